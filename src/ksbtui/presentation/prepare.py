"""What Prepare says: plain results of the journal as rows and lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ksbtui.core.assessment.answers import Answer
from ksbtui.core.assessment.benefits import say_gain
from ksbtui.core.assessment.discussion import MOCK_DEFAULT, MOCK_MINUTES, OVERRUN_SHARE, Checklist
from ksbtui.core.assessment.discussion import latest as latest_answers
from ksbtui.core.assessment.gateway import Gateway
from ksbtui.core.assessment.practice_session import (
    QUESTION_SECONDS,
    PracticeSession,
)
from ksbtui.core.assessment.project import SECTIONS, Project
from ksbtui.core.assessment.rehearsal import Rehearsal
from ksbtui.core.assessment.stories import Story
from ksbtui.core.coverage.coverage import Coverage
from ksbtui.core.days import line_day, long_day, short_day
from ksbtui.core.programme.standards import KSB_TYPES
from ksbtui.core.programme.timeline import Timeline
from ksbtui.core.text.text import number_of
from ksbtui.journal.assessment.discussion import PRACTICE_QUESTIONS
from ksbtui.journal.assessment.scans import ScanReport
from ksbtui.presentation.assessment.rehearsal import held_text, minutes_text
from ksbtui.presentation.parts import Block, Pair, Row
from ksbtui.presentation.styles import BOLD, DONE, MUTED, OWED, PLAIN, Line
from ksbtui.presentation.symbols import SPOKEN, STATES

SOUND = 3
"""The score from which an answer is sound."""
SHOWN_DAYS, SHOWN_HARD = 4, 3


def sentences(
    coverage: Coverage, timeline: Timeline, as_at: date, plan: Rehearsal | None = None
) -> list[Line]:
    """What stands beside the number: what will be held on the day, or how to begin."""
    if plan is not None and len(plan.new) < plan.total:
        due = number_of(len(plan.due), "KSB")
        return [
            [(held_text(plan), BOLD)],
            [(f"{due} due today. {minutes_text(plan.minutes)}", PLAIN)],
            [("ksbtui discuss plan says more.", MUTED)],
        ]
    minutes = PRACTICE_QUESTIONS * QUESTION_SECONDS // 60
    found: list[Line] = [
        [(f"{PRACTICE_QUESTIONS} questions, about {minutes} minutes.", BOLD)],
        [("Starts with what you lost, then what you have not answered.", PLAIN)],
    ]
    goal = timeline.next_milestone
    if goal is not None:
        weeks = (goal.day - as_at).days // 7
        when = f", in {number_of(weeks, 'week')}" if weeks > 1 else ""
        found.append([(f"{goal.name} {long_day(goal.day)}{when}.", MUTED)])
    return found


def answered_lines(coverage: Coverage) -> list[Block]:
    """A mark for each KSB in order: answered aloud or not."""
    lines: list[Block] = []
    for type in KSB_TYPES:
        ksbs = coverage.of_type(type)
        if ksbs:
            line: Line = [(f"{type} ", BOLD)]
            for ksb in ksbs:
                line.append((SPOKEN, DONE) if ksb.rehearsed else (STATES["none"], MUTED))
            lines.append(line)
    return lines


def lately_lines(answers: Sequence[Answer]) -> list[Block]:
    """The latest days of practice: a mark an answer, filled where it was sound or better."""
    days: dict[date, list[int]] = {}
    for answer in answers:
        days.setdefault(answer.day, []).append(answer.score)
    lines: list[Block] = []
    for day, scores in sorted(days.items(), reverse=True)[:SHOWN_DAYS]:
        sound = sum(score >= SOUND for score in scores)
        marks = STATES["evidenced"] * sound + STATES["mentioned"] * (len(scores) - sound)
        left: Line = [(f"{line_day(day):<8}", MUTED), (marks[:20], DONE)]
        lines.append(Pair(left, [(f"{sound}/{len(scores)}", MUTED)]))
    return lines or [[("No answer scored yet.", MUTED)]]


def hardest_lines(
    answers: Iterable[Answer], coverage: Coverage, checklist: Checklist
) -> list[Block]:
    """KSBs whose last answers went worst, with the word for it."""
    weak = [a for a in latest_answers(answers).values() if a.score < SOUND]
    weak.sort(key=lambda answer: (answer.score, answer.day, answer.code))
    lines: list[Block] = []
    for answer in weak[:SHOWN_HARD]:
        ksb = coverage.ksb(answer.code)
        left: Line = [(f"{answer.code:<5}", BOLD), (ksb.name if ksb else "", PLAIN)]
        lines.append(Pair(left, [(checklist.label(answer.score), MUTED)]))
    return lines


def start_rows(session: PracticeSession | None, mock_minutes: int = MOCK_MINUTES) -> list[Row]:
    """What can be begun, or gone on with, on ↵; a mock lasts as long as the discussion."""
    if session is not None:
        what = "mock discussion" if session.mock else "practice"
        place = f"question {session.place + 1} of {len(session.questions)}"
        return [Row("go on", f"Go on with the {what}", place, notes=("timer paused",))]
    practice = f"{PRACTICE_QUESTIONS} questions, {PRACTICE_QUESTIONS * QUESTION_SECONDS // 60} m"
    latest = round(mock_minutes * (1 + OVERRUN_SHARE))
    mock = f"{MOCK_DEFAULT} questions, {latest} m"
    return [
        Row(
            "practise",
            "Practise what is next",
            practice,
            notes=("one card a question, at your pace",),
        ),
        Row(
            "mock",
            "Mock discussion",
            mock,
            notes=(f"covers K, S and B: {mock_minutes} minutes plus {OVERRUN_SHARE:.0%}",),
        ),
    ]


def story_row(stories: Sequence[Story], without: Sequence[str], total: int) -> Row:
    """The story bank in a row."""
    if not stories:
        return Row("stories", "Stories", "none yet", notes=("one STAR(L) story serves many KSBs",))
    reach = f"{number_of(len(stories), 'story', 'stories')}, {total - len(without)} KSBs"
    note = (
        f"no story yet for {number_of(len(without), 'KSB')}" if without else "every KSB has a story"
    )
    return Row("stories", "Stories", reach, notes=(note,))


def evidence_row(coverage: Coverage) -> Row:
    """The evidence index in a row."""
    evidenced = sum(ksb.evidence > 0 for ksb in coverage.ksbs)
    awaiting = [ksb.code for ksb in coverage.of_type("B") if not ksb.employer_verified]
    note = "which evidence shows which KSB"
    if awaiting:
        note = f"{' '.join(awaiting)} wait for your employer"
    return Row("evidence", "Evidence index", f"{evidenced} of {coverage.total}", notes=(note,))


def project_row(project: Project) -> Row:
    """The project in a row."""
    figure = f"{project.parts_filled} of {len(SECTIONS)} parts"
    if not project.begun:
        return Row("project", "Project", "not started", notes=(SECTIONS[0].asks,))
    missing = [part.label.lower() for part in project.missing]
    note = f"missing: {', '.join(missing[:3])}" if missing else "every part is filled"
    return Row("project", "Project", figure, notes=(note,))


def scan_row(report: ScanReport) -> Row:
    """The skills scan in a row."""
    if not report.scans:
        return Row("scan", "Skills scan", "not rated", notes=("rate every KSB from 1 to 5",))
    steps = sum(spread.steps for spread in report.spreads)
    rated = len(report.distances) - len(report.unrated)
    moved = f"{abs(steps)} steps {'up' if steps >= 0 else 'down'}" if report.spreads else ""
    high = report.mismatches.rated_high
    note = (
        f"rated high without evidence: {' '.join(high)}"
        if high
        else f"{number_of(rated, 'KSB')} rated"
    )
    return Row("scan", "Skills scan", moved or f"{rated} rated", notes=(note,))


def gateway_row(gateway: Gateway | None) -> Row:
    """The gateway in a row: a count, and what is missing first."""
    if gateway is None:
        return Row("gateway", "Gateway", "no list", notes=("ask your provider for theirs",))
    figure = f"{gateway.done} of {len(gateway.needed)}"
    first = next(iter(gateway.missing), None)
    note = "nothing is missing"
    if first is not None:
        due = f"by {line_day(first.due)}: " if first.due else ""
        note = f"{due}{first.item.name}"
    return Row("gateway", "Ready for gateway", figure, notes=(note,))


def approval_lines(project: Project) -> list[Block]:
    """The project's approval and measures, for the side."""
    if project.approved:
        approved: Line = [
            (short_day(project.approved)[:3] + " " + line_day(project.approved), MUTED)
        ]
        lines: list[Block] = [Pair([("Approved", PLAIN)], approved)]
    else:
        due = f"due {line_day(project.approval_due)}" if project.approval_due else "not noted"
        lines = [Pair([("Approval", PLAIN)], [(due, OWED)])]
    for one in project.benefits[:3]:
        said = "no after yet" if one.gain is None else say_gain(one)
        style = OWED if one.gain is None or one.gain < 0 else MUTED
        lines.append(Pair([(one.measure.name, PLAIN)], [(said, style)]))
    return lines

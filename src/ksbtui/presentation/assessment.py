"""What Prepare says: its parts as rows and lines, what is due, and how a practice went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ksbtui.core.assessment.answers import Answer
from ksbtui.core.assessment.benefits import say_gain
from ksbtui.core.assessment.discussion import MOCK_DEFAULT, MOCK_MINUTES, OVERRUN_SHARE, Checklist
from ksbtui.core.assessment.discussion import latest as latest_answers
from ksbtui.core.assessment.gateway import Gateway
from ksbtui.core.assessment.practice_session import (
    AGAIN,
    LOG,
    MOCK,
    QUESTION_SECONDS,
    SHORTER,
    STORIES,
    UNANSWERED,
    PracticeSession,
    Results,
    Scored,
    Share,
    clock,
)
from ksbtui.core.assessment.project import SECTIONS, Project
from ksbtui.core.assessment.rehearsal import LAST_MINUTES, Memory, Minutes, Rehearsal
from ksbtui.core.assessment.stories import Story
from ksbtui.core.coverage.coverage import Coverage
from ksbtui.core.days import line_day, long_day, short_day
from ksbtui.core.programme.standards import KSB_TYPES
from ksbtui.core.programme.timeline import Timeline
from ksbtui.core.text.text import number_of
from ksbtui.journal.assessment.discussion import PRACTICE_QUESTIONS
from ksbtui.journal.assessment.scans import ScanReport
from ksbtui.presentation.parts import (
    BOLD,
    DONE,
    MUTED,
    OWED,
    PLAIN,
    SPOKEN,
    STATES,
    Block,
    Head,
    Line,
    Pair,
    Row,
)

SHOWN = 12
"""Codes named in one line."""


def held_text(rehearsal: Rehearsal) -> str:
    """How many KSBs will be held on the day: ``… you will still hold 41 of 58``."""
    if len(rehearsal.new) == rehearsal.total:
        return "You have not practised yet."
    number = f"{rehearsal.held_then} of {rehearsal.total}"
    return f"On {long_day(rehearsal.by)} you will still remember {number}."


def due_text(rehearsal: Rehearsal) -> str:
    """What wants practice today."""
    codes = _codes(rehearsal.due)
    return f"Due today: {codes}" if codes else "Nothing is due today."


def new_text(rehearsal: Rehearsal) -> str:
    """What was never practised; empty where all was."""
    codes = _codes(rehearsal.new)
    return f"Not practised yet: {codes}" if codes else ""


def _codes(memories: Sequence[Memory]) -> str:
    more = f" and {len(memories) - SHOWN} more" if len(memories) > SHOWN else ""
    return " ".join(memory.code for memory in memories[:SHOWN]) + more


def minutes_text(minutes: Minutes) -> str:
    """How long to practise a day."""
    if not minutes.early_days and not minutes.last_days:
        return "There are no days left to practise."
    if not minutes.early and not minutes.last:
        return "You do not need to practise any more."
    text = f"{number_of(minutes.early, 'minute')} a day is enough"
    if not minutes.early_days:
        text = f"{number_of(minutes.last, 'minute')} a day"
        if minutes.left_over:
            return (
                f"{text} is enough for the last weeks, but {number_of(minutes.left_over, 'minute')}"
                " of practice do not fit. Start with your weakest KSBs."
            )
        return f"{text}."
    if minutes.last and minutes.last < minutes.early:
        return f"{text}, and {minutes.last} in the last three weeks."
    return f"{text}."


def plan_lines(rehearsal: Rehearsal) -> Iterator[str]:
    """The whole plan as plain lines."""
    yield held_text(rehearsal)
    yield f"Today you remember {rehearsal.held_now}."
    yield due_text(rehearsal)
    if new := new_text(rehearsal):
        yield new
    yield minutes_text(rehearsal.minutes)
    mocks = "Mock discussions count." if rehearsal.with_mocks else "Mock discussions do not count."
    minutes = number_of(rehearsal.answer_minutes, "minute")
    cap = f"In the last three weeks, no day has more than {LAST_MINUTES}."
    yield f"{mocks} An answer takes about {minutes}. {cap}"


KINDS = {"K": "Knowledge", "S": "Skills", "B": "Behaviours"}
STEPS = {
    LOG: "Log an entry for {ksb}: you have none to answer from.",
    AGAIN: "Practise {ksb} again: it comes up first.",
    SHORTER: "Answer {ksb} again in {aim}: lead with the result.",
    UNANSWERED: "Practise the questions that were left.",
    MOCK: "Do a mock discussion: an hour of questions on K, S and B.",
    STORIES: "Read your stories aloud: each covers several KSBs.",
}


def headline(results: Results) -> str:
    """``9 of 12 sound or better``."""
    return f"{results.sound} of {len(results.answers)} sound or better"


def time_line(results: Results) -> str:
    """The time an answer took, against the aim."""
    took = f"{clock(results.average)} an answer, aim {clock(results.aim)}"
    over = f"; {number_of(len(results.over), 'answer')} longer" if results.over else ""
    return f"{took}{over}. {clock(results.seconds)} in all."


def step(results: Results, coverage: Coverage) -> str:
    """The one next step."""
    entries = {ksb.code: ksb.entries for ksb in coverage.ksbs}
    kind, code = results.next_step(entries)
    return STEPS[kind].format(ksb=_named(code, coverage), aim=clock(results.aim))


def blocks(results: Results, coverage: Coverage, checklist: Checklist) -> list[Block]:
    """The page: the number, the shares, the time, the weakest and the next step."""
    left = f"{number_of(results.left, 'question')} not answered" if results.left else ""
    page: list[Block] = [
        [(headline(results), BOLD), (f"  {left}" if left else "", MUTED)],
        [(time_line(results), OWED if results.average > results.aim else PLAIN)],
        None,
        Head("By kind"),
        *(_share(share, KINDS.get(share.name, share.name)) for share in results.by_kind),
        None,
        Head("By level"),
        *(_share(share, share.name.capitalize()) for share in results.by_level),
    ]
    if results.weakest:
        page += [None, Head("Weakest")]
        page += [_weak(scored, coverage, checklist) for scored in results.weakest]
    return [*page, None, Head("Next"), step(results, coverage)]


def plain_lines(results: Results, coverage: Coverage, checklist: Checklist) -> list[str]:
    """The same as plain lines."""
    lines = [f"{headline(results)}. {time_line(results)}"]
    for share in (*results.by_kind, *results.by_level):
        name = KINDS.get(share.name, share.name.capitalize())
        lines.append(f"{name}: {share.sound} of {share.answered}")
    for scored in results.weakest:
        named = _named(scored.question.code, coverage)
        lines.append(f"Weakest: {named}, {checklist.label(scored.score)}")
    return [*lines, f"Next: {step(results, coverage)}"]


def _share(share: Share, label: str) -> Block:
    marks = STATES["evidenced"] * share.sound + STATES["mentioned"] * (share.answered - share.sound)
    left: Line = [(f"{label:<12}", MUTED), (marks, DONE)]
    return Pair(left, [(f"{share.sound} of {share.answered}", PLAIN)])


def _weak(scored: Scored, coverage: Coverage, checklist: Checklist) -> Block:
    ksb = coverage.ksb(scored.question.code)
    left: Line = [(f"{scored.question.code:<5}", BOLD), (ksb.name if ksb else "", PLAIN)]
    return Pair(left, [(checklist.label(scored.score), MUTED)])


def _named(code: str, coverage: Coverage) -> str:
    ksb = coverage.ksb(code) if code else None
    return f"{code} {ksb.name}" if ksb else code


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
            [("For the whole plan: ksbtui discuss plan", MUTED)],
        ]
    minutes = PRACTICE_QUESTIONS * QUESTION_SECONDS // 60
    lines: list[Line] = [
        [(f"{PRACTICE_QUESTIONS} questions, about {minutes} minutes.", BOLD)],
        [("Starts with what you got wrong, then what you have not answered.", PLAIN)],
    ]
    goal = timeline.next_milestone
    if goal is not None:
        weeks = (goal.day - as_at).days // 7
        when = f", in {number_of(weeks, 'week')}" if weeks > 1 else ""
        lines.append([(f"{goal.name} {long_day(goal.day)}{when}.", MUTED)])
    return lines


def answered_lines(coverage: Coverage) -> list[Block]:
    """A mark for each KSB in order: answered aloud or not."""
    aloud, not_yet = (SPOKEN, DONE), (STATES["none"], MUTED)
    by_type = ((type, coverage.of_type(type)) for type in KSB_TYPES)
    return [
        [(f"{type} ", BOLD), *(aloud if ksb.rehearsed else not_yet for ksb in ksbs)]
        for type, ksbs in by_type
        if ksbs
    ]


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
    return lines or [[("No answers scored yet.", MUTED)]]


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
        return [Row("go on", f"Continue the {what}", place, notes=("timer paused",))]
    practice = f"{PRACTICE_QUESTIONS} questions, {PRACTICE_QUESTIONS * QUESTION_SECONDS // 60} m"
    latest = round(mock_minutes * (1 + OVERRUN_SHARE))
    mock = f"{MOCK_DEFAULT} questions, {latest} m"
    return [
        Row(
            "practise",
            "Practise what is next",
            practice,
            notes=("one question at a time, at your pace",),
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
        return Row(
            "stories", "Stories", "none yet", notes=("one STAR(L) story can show many KSBs",)
        )
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
        note = f"{' '.join(awaiting)} not verified by your employer"
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
        due = f"due {line_day(project.approval_due)}" if project.approval_due else "not recorded"
        lines = [Pair([("Approval", PLAIN)], [(due, OWED)])]
    for benefit in project.benefits[:3]:
        gain = "not measured after" if benefit.gain is None else say_gain(benefit)
        style = OWED if benefit.gain is None or benefit.gain < 0 else MUTED
        lines.append(Pair([(benefit.measure.name, PLAIN)], [(gain, style)]))
    return lines

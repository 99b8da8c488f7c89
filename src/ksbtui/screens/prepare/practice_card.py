"""The card of a practice: clock, question, own evidence, checklist and scores in one column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from ksbtui.core.assessment.answers import SELF
from ksbtui.core.assessment.discussion import Question
from ksbtui.core.assessment.practice_session import QUESTION_SECONDS, PracticeSession, clock
from ksbtui.core.days import line_day
from ksbtui.core.entry.entries import Entry
from ksbtui.presentation.entries import badge_of
from ksbtui.presentation.parts import BOLD, DONE, MUTED, PLAIN, Block, Head, Line, Pair
from ksbtui.screens.prepare.stories import Telling
from ksbtui.widgets.text.blocks import RichText
from ksbtui.widgets.text.session import Checks, ClockFace, Time

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal

SHOWN, SHOWN_SHORT = 5, 3


class PracticeCard(VerticalScroll):
    """Draws a session; what is done with it is the screen's."""

    def __init__(self, journal: Journal) -> None:
        super().__init__(id="card", can_focus=False)
        self._journal = journal
        self._read_last = ("", "")

    def compose(self) -> ComposeResult:
        yield ClockFace()
        yield _paper("quiet")
        yield _paper("question")
        yield _paper("evidence", shown=False)
        yield _paper("said", shown=False)
        yield _checklist()
        yield Telling()
        yield _paper("scores")

    def show(self, session: PracticeSession, asked: Question, by: str, *, further: bool) -> None:
        ksb = self._journal.enrolled.standard.ksb(asked.code)
        name = ksb.name if ksb else ""
        head: Line = [(asked.level.capitalize(), DONE), (f"  {asked.code} {name}", MUTED)]
        lines: list[Block | None] = [head, None, [(asked.text, BOLD)]]
        if further and asked.follow_up:
            lines += [None, [("If asked further", MUTED)], [(asked.follow_up, PLAIN)]]
        self._part("question").show(*lines)
        self.show_evidence(asked.code)
        self.show_said(session)
        self.show_scores(session, by)
        self.show_time(session)
        if asked.key != self._read_last:
            self._read_last = asked.key
            self.query_one(Telling).read(asked.text)

    def show_time(self, session: PracticeSession) -> None:
        """Show the clock: a mock's runs on, a practice has one a question."""
        now = self._journal.clock.now()
        seconds = session.watch.seconds(now) if session.mock else session.question_seconds(now)
        limit = session.limit if session.mock else QUESTION_SECONDS
        over = seconds - limit
        words = f"over by {clock(over)}" if over > 0 else f"of about {limit // 60} minutes"
        if not session.watch.running:
            words = f"{words}, paused"
        time = Time(clock(seconds), words, over > 0, session.place, len(session.questions))
        face = self.query_one(ClockFace)
        face.show(time)
        telling = self.query_one(Telling)
        telling.show_time(face, self._part("quiet"), session.question_seconds(now))

    def show_evidence(self, code: str) -> None:
        limit = SHOWN_SHORT if self.screen.has_class("-short") else SHOWN
        entries = self._journal.discussing.evidence_for(code, limit)
        if not entries:
            text = f"No entry for {code} yet. Answer from what you know, or press a."
            self._part("evidence").show([(text, MUTED)])
            return
        ksb = self._journal.progress.view.coverage.ksb(code)
        total = str(ksb.entries) if ksb else ""
        self._part("evidence").show(Head("Your evidence", total), *map(_entry, entries))

    def show_said(self, session: PracticeSession) -> None:
        checklist = self._journal.discussing.checklist
        items = [(item.id, item.label) for item in checklist.items]
        ticked = [id for id, _ in items if id in session.checked]
        self._part("said").show(Head("Did you say", f"{len(ticked)} of {len(items)}"))
        self.query_one("#checklist", Checks).show(items, ticked)
        self.query_one(Telling).show_parts(session.checked)

    def show_scores(self, session: PracticeSession, by: str) -> None:
        line: Line = []
        for words in self._journal.discussing.checklist.scores:
            line += [(f" {words.value} ", "bold on $panel"), (f" {words.label}   ", MUTED)]
        if by != SELF:
            line.append((f"scored by {by}", MUTED))
        if session.notes:
            line.append(("noted", MUTED))
        self._part("scores").show(line)

    def flip(self, id: str) -> bool:
        """Show or hide a part; tells whether it shows now."""
        part = self._part(id)
        part.display = not part.display
        if id == "said":
            self.query_one("#checklist", Checks).display = part.display
        return bool(part.display)

    def turn(self, part: str, session: PracticeSession) -> str:
        """Turn a part on or off; what is worth saying of it."""
        telling, question = self.query_one(Telling), session.question
        if part == "evidence":
            self.flip(part)
        elif part == "story":
            telling.turn()
        elif part == "quiet":
            telling.quiet = not telling.quiet
            self.show_time(session)
        elif question is not None:
            telling.turn_voice()
            telling.read(question.text)
            return "Questions are read aloud." if telling.aloud else "Questions are not read."
        return ""

    def fold(self) -> None:
        for name in ("#evidence", "#said", "#checklist"):
            self.query_one(name).display = False

    def _part(self, id: str) -> RichText:
        return self.query_one(f"#{id}", RichText)


def _paper(id: str, *, shown: bool = True) -> RichText:
    paper = RichText()
    paper.id = id
    paper.display = shown
    return paper


def _checklist() -> Checks:
    checks = Checks()
    checks.id = "checklist"
    checks.display = False
    return checks


def _entry(entry: Entry) -> Block:
    """An entry with its day and its first artefact, or what else it has to show."""
    shown = entry.evidence[0].title if entry.evidence else "reflection" if entry.words else ""
    left: Line = [(f"{line_day(entry.day):<8}", MUTED), (entry.title, PLAIN)]
    private = f"{badge_of(entry)}  " if entry.private else ""
    return Pair(left, [(private, MUTED), (_cut(shown), MUTED)])


def _cut(text: str, width: int = 26) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"

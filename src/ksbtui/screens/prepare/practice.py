"""A practice: questions against the clock, and what it came to."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from ksbtui.core.assessment.answers import SELF
from ksbtui.core.assessment.discussion import Question
from ksbtui.core.assessment.practice_session import LOG, STAR, PracticeSession, Results
from ksbtui.presentation import assessment as text
from ksbtui.presentation.parts import Block
from ksbtui.screens.prepare.practice_card import PracticeCard
from ksbtui.screens.shell.modal import Modal
from ksbtui.screens.shell.plain_form import FormField, PlainForm
from ksbtui.widgets.forms.dialogs import Ask, confirm
from ksbtui.widgets.frame.bars import TitleBar
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.text.blocks import Detail
from ksbtui.widgets.text.session import Checks

TICK_SECONDS = 1.0
BEAT_SECONDS = 10
"""How often time spent is put by: what a killed terminal can lose, and a suspend can add."""


class PracticeScreen(Modal[Results]):
    """Continues the practice session in progress, which must be there; every score is kept at once.

    Answers with the results once the last question is scored or the learner ends it.
    """

    CSS_PATH = "practice.tcss"
    title_text = "Practice"
    question: ClassVar[str] = "Can I explain it? Answer aloud, then score yourself."
    BINDINGS: ClassVar[list[BindingType]] = [
        Command(
            "practice.evidence",
            "space",
            "evidence",
            "Show or hide your own entries",
            action="turn('evidence')",
        ),
        Command("practice.checklist", "c", "checklist", "Show or hide what a good answer says"),
        Command("practice.further", "f", "if asked further", "Show or hide a follow-up question"),
        Command("practice.pause", "p", "", "Pause the clock, or start it again"),
        Command(
            "practice.score-1",
            "1",
            "score",
            "Score 1 to 4 and go on",
            action="score(1)",
            display="1-4",
        ),
        *(Command(f"practice.score-{n}", str(n), action=f"score({n})") for n in (2, 3, 4)),
        Command("practice.skip", "right", "skip", "Ask this question last"),
        Command("practice.notes", "n", "notes", "Write notes on your answer"),
        Command(
            "practice.story",
            "s",
            "story",
            "Tick the parts of your story as you tell it",
            action="turn('story')",
        ),
        Command(
            "practice.quiet",
            "q",
            "",
            "Switch between the small and the large clock",
            action="turn('quiet')",
        ),
        Command(
            "practice.aloud",
            "v",
            "",
            "Read questions aloud with the system's voice, or stop",
            action="turn('aloud')",
        ),
        Command("practice.end", "x", "end", "End it here; scored answers are kept"),
        Command("practice.tutor", "t", "", "Enter who scores, if not you"),
        Command("app.add", "a", "", "Log an entry for this KSB", action="entry"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._by = SELF
        self._session: PracticeSession | None = None
        self._since_beat = 0.0
        self._covered = False
        self._further = False

    def body(self) -> ComposeResult:
        yield PracticeCard(self.journal)

    def on_mount(self) -> None:
        """Take up the session in progress; time away does not count."""
        session = self.journal.discussing.session
        assert session is not None, "whoever opens the card has begun a session"
        self._session = self.journal.discussing.resume(session, BEAT_SECONDS)
        self._show()
        self.set_interval(TICK_SECONDS, self._tick)

    @property
    def session(self) -> PracticeSession:
        assert self._session is not None
        return self._session

    @property
    def asked(self) -> Question:
        question = self.session.question
        assert question is not None
        return question

    def _show(self) -> None:
        session = self.session
        _card(self).show(session, self.asked, self._by, further=self._further)
        kind = "Mock discussion" if session.mock else "Practice"
        place = f"question {session.place + 1} of {len(session.questions)}"
        self.query_one(TitleBar).show(kind, place, "esc keeps your place")

    # The clock

    def _tick(self) -> None:
        """Show another second; put time by now and then."""
        if self._session is None or self.session.question is None:
            return
        self._since_beat += TICK_SECONDS
        if self._since_beat >= BEAT_SECONDS and self.session.watch.running:
            self._since_beat = 0.0
            with self.shell.guarded():
                self._session = self.journal.discussing.beat(self.session, 3 * BEAT_SECONDS)
        _card(self).show_time(self.session)

    def keep_draft(self) -> None:
        if self._session is not None and self.session.watch.running and self.session.question:
            self._session = self.journal.discussing.pause(self.session, 3 * BEAT_SECONDS)

    def on_screen_suspend(self) -> None:
        """Stop the clock while another screen covers the card."""
        if self._session is not None and self.session.watch.running:
            self._covered = True
            self.keep_draft()

    def on_screen_resume(self) -> None:
        """Go on when the card is seen again; an entry may have been added."""
        if self._covered and self._session is not None and self.session.question:
            self._covered = False
            self._session = self.journal.discussing.resume(self.session)
            _card(self).show_evidence(self.asked.code)

    # Keys

    def action_turn(self, part: str) -> None:
        if message := _card(self).turn(part, self.session):
            self.shell.say(message)

    def action_further(self) -> None:
        self._further = not self._further
        self._show()

    def action_checklist(self) -> None:
        self.set_focus(self.query_one("#checklist", Checks) if _card(self).flip("said") else None)

    @on(Checks.Ticked)
    def _tick_said(self, event: Checks.Ticked) -> None:
        ticked = set(self.session.checked) ^ {event.id}
        known = [item.id for item in self.journal.discussing.checklist.items]
        order = [id for id in (*known, *(id for id, _ in STAR)) if id in ticked]
        self._keep(tuple(order), self.session.notes)

    def _keep(self, checked: tuple[str, ...], notes: str) -> None:
        self._session = self.journal.discussing.keep(self.session.noted(checked, notes))
        _card(self).show_said(self.session)
        _card(self).show_scores(self.session, self._by)

    def action_pause(self) -> None:
        if self.session.watch.running:
            self.keep_draft()
        else:
            self._session = self.journal.discussing.resume(self.session)
        _card(self).show_time(self.session)

    def action_score(self, score: int) -> None:
        after = self.journal.discussing.score(self.session, score, self._by)
        self._session = after
        self._further = False
        self.shell.changed()
        if after.question is None:
            self.dismiss(self.journal.discussing.results(after))
            return
        _card(self).fold()
        self.set_focus(None)
        self._show()

    def action_skip(self) -> None:
        self._session = self.journal.discussing.skip(self.session)
        self._further = False
        self._show()

    def action_end(self) -> None:
        left = len(self.session.questions) - self.session.place
        question = f"End it with {left} not answered?"

        def take(answer: str | None) -> None:
            if answer == "yes":
                results = self.journal.discussing.results(self.session)
                self.journal.discussing.stop()
                self._session = None
                self.dismiss(results if results.answers else None)

        self.app.push_screen(confirm(question, "End it", no="Go on"), take)

    def action_notes(self) -> None:
        def save(typed: dict[str, str]) -> str:
            self._keep(self.session.checked, typed["notes"])
            return "Noted."

        asked = (FormField("notes", "What to remember", True),)
        key = f"practice:{self.session.id}:{self.session.place}"
        values = {"notes": self.session.notes}
        self.app.push_screen(PlainForm(key, "Notes", asked, values, save))

    def action_tutor(self) -> None:
        def take(name: str | None) -> None:
            if name is not None:
                self._by = " ".join(name.split()) or SELF
                _card(self).show_scores(self.session, self._by)

        value = "" if self._by == SELF else self._by
        ask = Ask("Who scores?", str, value=value, text="Leave it empty if you do.")
        self.app.push_screen(ask, take)

    def action_entry(self) -> None:
        # deferred: loaded when its key is pressed, not with the first visit
        from ksbtui.screens.entry.form import EntryForm

        self.app.push_screen(EntryForm(preset={"ksbs": self.asked.code}))


def _card(screen: PracticeScreen) -> PracticeCard:
    return screen.query_one(PracticeCard)


def _step_is_an_entry(screen: PracticeEnd) -> bool:
    return screen.step[0] == LOG


class PracticeEnd(Modal[None]):
    """Shows results by kind and level, time against the aim, the weakest KSBs and what next."""

    CSS_PATH = "practice.tcss"
    title_text = "How a practice went"
    question: ClassVar[str] = "How did it go, and what next?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("practice-end.leave", "enter", "", "Go back to Prepare"),
        Command(
            "app.add",
            "a",
            "add",
            "Log an entry for the KSB of the next step",
            action="entry",
            when=_step_is_an_entry,
        ),
        Command("practice-end.save", "s", "save", "Save it as a text for your tutor"),
    ]

    def __init__(self, results: Results) -> None:
        super().__init__()
        self._results = results

    @property
    def step(self) -> tuple[str, str]:
        coverage = self.journal.progress.view.coverage
        return self._results.next_step({ksb.code: ksb.entries for ksb in coverage.ksbs})

    def body(self) -> ComposeResult:
        yield Detail(*self._blocks())

    def _blocks(self) -> list[Block]:
        coverage = self.journal.progress.view.coverage
        return text.blocks(self._results, coverage, self.journal.discussing.checklist)

    def on_mount(self) -> None:
        kind = "Mock discussion" if self._results.mock else "Practice"
        self.query_one(TitleBar).show(kind, "how it went")
        self.shell.journal_changed.subscribe(self, lambda _: self._refill())

    def _refill(self) -> None:
        self.query_one(Detail).show(*self._blocks())
        self.show_keys()

    def action_entry(self) -> None:
        from ksbtui.screens.entry.form import EntryForm

        self.app.push_screen(EntryForm(preset={"ksbs": self.step[1]}))

    def action_save(self) -> None:
        from ksbtui.screens.shell.paste import PasteScreen

        coverage = self.journal.progress.view.coverage
        day = self.journal.as_at.isoformat()
        kind = "Mock discussion" if self._results.mock else "Practice"
        lines = text.plain_lines(self._results, coverage, self.journal.discussing.checklist)
        page = f"# {kind}, {day}\n\n" + "\n".join(f"- {line}" for line in lines) + "\n"
        self.app.push_screen(PasteScreen(kind, page, f"practice-{day}.md"))

"""Practice: one question at a time, aloud, with the clock running."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from ksbtui.core.assessment.discussion import SELF, Question
from ksbtui.core.assessment.practice_session import (
    QUESTION_SECONDS,
    STAR,
    PracticeSession,
    clock,
)
from ksbtui.core.days import line_day
from ksbtui.core.entry.entries import Entry
from ksbtui.journal.assessment.discussion import Discussing
from ksbtui.presentation.entries import badge_of
from ksbtui.presentation.parts import Block, Head, Pair
from ksbtui.screens.prepare.telling import Telling
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.charts.clock_face import ClockFace, Time
from ksbtui.widgets.forms.ask import Ask
from ksbtui.widgets.frame.command import Command
from ksbtui.widgets.frame.titlebar import TitleBar
from ksbtui.widgets.lists.checks import Checks
from ksbtui.widgets.text.detail import RichText
from ksbtui.widgets.text.styles import BOLD, DONE, MUTED, PLAIN, Line

TICK_SECONDS = 1.0
BEAT_SECONDS = 10
"""How often time spent is put by: what a killed terminal can lose, and a suspend can add."""
SHOWN, SHOWN_SHORT = 5, 3


class PracticeScreen(Modal[None]):
    """Goes on with the sitting in progress, which must be there; every score is kept at once."""

    CSS_PATH = "practice.tcss"
    title_text = "Practice"
    question: ClassVar[str] = "Can I explain it? Answer aloud, then score yourself."
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("practice.evidence", "space", "evidence", "Show or hide your own entries"),
        Command("practice.checklist", "c", "checklist", "Show or hide what a good answer says"),
        Command("practice.further", "f", "if asked further", "Show or hide a follow-up question"),
        Command("practice.pause", "p", "", "Stop the clock, or set it going again"),
        Command(
            "practice.score-1",
            "1",
            "score",
            "Score 1 to 4 and go on",
            action="score(1)",
            display="1-4",
        ),
        Command("practice.score-2", "2", action="score(2)"),
        Command("practice.score-3", "3", action="score(3)"),
        Command("practice.score-4", "4", action="score(4)"),
        Command("practice.skip", "right", "skip", "Ask this one last"),
        Command("practice.notes", "n", "notes", "Note what you said or left out"),
        Command("practice.story", "s", "story", "Tick the parts of your story as you tell it"),
        Command("practice.quiet", "q", "", "A quiet clock with a speaking aim, or the large one"),
        Command("practice.aloud", "v", "", "Read questions aloud by the system's voice, or not"),
        Command("practice.tutor", "t", "", "Say who scores, if not you"),
        Command("app.add", "a", "", "Log an entry for this KSB", action="entry"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._by = SELF
        self._sitting: PracticeSession | None = None
        self._since_beat = 0.0
        self._covered = False
        self._further = False
        self._read_last = ("", "")

    def body(self) -> ComposeResult:
        """Give one column: clock, question, evidence, checklist, scores."""
        with VerticalScroll(id="card", can_focus=False):
            yield ClockFace()
            yield _paper("quiet")
            yield _paper("question")
            yield _paper("evidence")
            yield _paper("said")
            yield _checklist()
            yield Telling()
            yield _paper("scores")

    def on_mount(self) -> None:
        """Take up the sitting in progress; time away does not count."""
        found = self.discussing.sitting
        assert found is not None, "whoever opens the card has begun a sitting"
        self._sitting = self.discussing.resume(found, BEAT_SECONDS)
        for name in ("#evidence", "#said"):
            self.query_one(name).display = False
        self.query_one("#checklist", Checks).display = False
        self._show_question()
        self.set_interval(TICK_SECONDS, self._tick)

    @property
    def discussing(self) -> Discussing:
        """Practice of this journal."""
        found: Discussing = self.journal.discussing
        return found

    @property
    def sitting(self) -> PracticeSession:
        """The sitting, which is there from the first moment to the last score."""
        assert self._sitting is not None
        return self._sitting

    @property
    def asked(self) -> Question:
        """The question that is up."""
        question = self.sitting.question
        assert question is not None
        return question

    # Drawing

    def _show_question(self) -> None:
        """Fill the card for the question that is up."""
        asked = self.asked
        ksb = self.journal.enrolled.standard.ksb(asked.code)
        name = ksb.name if ksb else ""
        head: Line = [(asked.level.capitalize(), DONE), (f"  {asked.code} {name}", MUTED)]
        lines: list[Block | None] = [head, None, [(asked.text, BOLD)]]
        if self._further and asked.follow_up:
            lines += [None, [("If asked further", MUTED)], [(asked.follow_up, PLAIN)]]
        self._paper("question").show(*lines)
        self._show_evidence()
        self._show_said()
        self._paper("scores").show(self._scores())
        self._show_time()
        if asked.key != self._read_last:
            self._read_last = asked.key
            self.query_one(Telling).read(asked.text)

    def _show_time(self) -> None:
        """Show the clock: a mock's runs on, a practice has one a question."""
        sitting, now = self.sitting, self.journal.clock.now()
        seconds = sitting.watch.seconds(now) if sitting.mock else sitting.question_seconds(now)
        limit = sitting.limit if sitting.mock else QUESTION_SECONDS
        over = seconds - limit
        words = f"over by {clock(over)}" if over > 0 else f"of about {limit // 60} minutes"
        if not sitting.watch.running:
            words = f"{words}, paused"
        place, count = sitting.place, len(sitting.questions)
        self.query_one(ClockFace).show(Time(clock(seconds), words, over > 0, place, count))
        kind = "Mock discussion" if sitting.mock else "Practice"
        state = "esc keeps your place"
        self.query_one(TitleBar).show(kind, f"question {place + 1} of {count}", state)
        told = self.query_one(Telling)
        told.show_time(
            self.query_one(ClockFace), self._paper("quiet"), sitting.question_seconds(now)
        )

    def _show_evidence(self) -> None:
        """List the learner's own entries for the KSB."""
        limit = SHOWN_SHORT if self.has_class("-short") else SHOWN
        code = self.asked.code
        entries = self.discussing.evidence_for(code, limit)
        if not entries:
            text = f"No entry for {code} yet. Answer from what you know, or press a."
            self._paper("evidence").show([(text, MUTED)])
            return
        ksb = self.journal.progress.view.coverage.ksb(code)
        total = str(ksb.entries) if ksb else ""
        self._paper("evidence").show(Head("Your evidence", total), *map(_entry, entries))

    def _show_said(self) -> None:
        """Show the checklist with what is ticked, and the notes."""
        items = [(item.id, item.label) for item in self.discussing.checklist.items]
        checked = self.sitting.checked
        ticked = [id for id, _ in items if id in checked]
        self._paper("said").show(Head("Did you say", f"{len(ticked)} of {len(items)}"))
        self.query_one("#checklist", Checks).show(items, ticked)
        self.query_one(Telling).show_parts(checked)

    def _scores(self) -> Line:
        line: Line = []
        for words in self.discussing.checklist.scores:
            line += [(f" {words.value} ", "bold on $panel"), (f" {words.label}   ", MUTED)]
        if self._by != SELF:
            line.append((f"scored by {self._by}", MUTED))
        if self.sitting.notes:
            line.append(("noted", MUTED))
        return line

    def _paper(self, id: str) -> RichText:
        return self.query_one(f"#{id}", RichText)

    # The clock

    def _tick(self) -> None:
        """Show another second; put time by now and then."""
        if self._sitting is None:
            return
        self._since_beat += TICK_SECONDS
        if self._since_beat >= BEAT_SECONDS and self.sitting.watch.running:
            self._since_beat = 0.0
            with self.shell.guarded():
                self._sitting = self.discussing.beat(self.sitting, 3 * BEAT_SECONDS)
        self._show_time()

    def keep_draft(self) -> None:
        """Stop the clock and keep the place."""
        if self._sitting is not None and self.sitting.watch.running:
            self._sitting = self.discussing.pause(self.sitting, 3 * BEAT_SECONDS)

    def on_screen_suspend(self) -> None:
        """Stop the clock while another screen covers the card."""
        if self._sitting is not None and self.sitting.watch.running:
            self._covered = True
            self.keep_draft()

    def on_screen_resume(self) -> None:
        """Go on when the card is seen again; an entry may have been added."""
        if self._covered and self._sitting is not None:
            self._covered = False
            self._sitting = self.discussing.resume(self.sitting)
            self._show_evidence()

    # Keys

    def action_evidence(self) -> None:
        """Show or hide the evidence."""
        paper = self._paper("evidence")
        paper.display = not paper.display

    def action_further(self) -> None:
        """Show or hide the follow-up question."""
        self._further = not self._further
        self._show_question()

    def action_checklist(self) -> None:
        """Show or hide the checklist; it has the focus while it shows."""
        checks = self.query_one("#checklist", Checks)
        checks.display = self._paper("said").display = not checks.display
        if checks.display:
            checks.focus()
        else:
            self.set_focus(None)

    @on(Checks.Ticked)
    def _tick_said(self, event: Checks.Ticked) -> None:
        ticked = set(self.sitting.checked) ^ {event.id}
        known = [item.id for item in self.discussing.checklist.items] + [id for id, _ in STAR]
        order = [id for id in known if id in ticked]
        self._sitting = self.discussing.keep(self.sitting.noted(tuple(order), self.sitting.notes))
        self._show_said()

    def action_story(self) -> None:
        """Show or hide the parts of a story."""
        self.query_one(Telling).turn()

    def action_quiet(self) -> None:
        """Change between the large clock and a quiet one."""
        told = self.query_one(Telling)
        told.quiet = not told.quiet
        self._show_time()

    def action_aloud(self) -> None:
        """Have questions read aloud, or no more."""
        told = self.query_one(Telling)
        told.turn_voice()
        told.read(self.asked.text)
        self.shell.say("Questions are read aloud." if told.aloud else "Questions are not read.")

    def action_pause(self) -> None:
        """Stop the clock, or set it going again."""
        if self.sitting.watch.running:
            self.keep_draft()
        else:
            self._sitting = self.discussing.resume(self.sitting)
        self._show_time()

    def action_score(self, score: int) -> None:
        """Keep the answer with its score and bring up the next question."""
        last = self.sitting
        after = self.discussing.score(last, score, self._by)
        self._sitting = after
        self.shell.changed()
        if after is None:
            sound = sum(given >= 3 for given in (*last.scores, score))
            count = len(last.questions)
            self.shell.say(f"{count} answered, {sound} sound or better.")
            self.dismiss(None)
            return
        if self.query_one("#checklist", Checks).display:
            self.action_checklist()
        self._paper("evidence").display = self._further = False
        self._show_question()

    def action_skip(self) -> None:
        """Ask the present question last."""
        self._sitting = self.discussing.skip(self.sitting)
        self._further = False
        self._show_question()

    def action_notes(self) -> None:
        """Note a line about the answer."""

        def take(text: str | None) -> None:
            if text is not None:
                noted = self.sitting.noted(self.sitting.checked, text)
                self._sitting = self.discussing.keep(noted)
                self._paper("scores").show(self._scores())

        self.app.push_screen(Ask("What to remember", str, value=self.sitting.notes), take)

    def action_tutor(self) -> None:
        """Say who scores from now on."""

        def take(name: str | None) -> None:
            if name is not None:
                self._by = " ".join(name.split()) or SELF
                self._paper("scores").show(self._scores())

        value = "" if self._by == SELF else self._by
        ask = Ask("Who scores?", str, value=value, text="Empty: you do.")
        self.app.push_screen(ask, take)

    def action_entry(self) -> None:
        """Log an entry for the KSB; the clock waits."""
        from ksbtui.screens.entry.form import EntryForm

        self.app.push_screen(EntryForm(preset={"ksbs": self.asked.code}))


def _paper(id: str) -> RichText:
    paper = RichText()
    paper.id = id
    return paper


def _checklist() -> Checks:
    checks = Checks()
    checks.id = "checklist"
    return checks


def _entry(entry: Entry) -> Block:
    """An entry with its day and its first artefact, or what else it has to show."""
    shown = entry.evidence[0].title if entry.evidence else "reflection" if entry.words else ""
    left: Line = [(f"{line_day(entry.day):<8}", MUTED), (entry.title, PLAIN)]
    private = f"{badge_of(entry)}  " if entry.private else ""
    return Pair(left, [(private, MUTED), (_cut(shown), MUTED)])


def _cut(text: str, width: int = 26) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"

"""The answers of set-up: kept as a draft while they are typed, and read back as they rest."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from textual import on
from textual.timer import Timer
from textual.widgets import Input

from ksbtui.core.hours.opening import ASKED_AFTER
from ksbtui.core.programme.standards import Standard
from ksbtui.journal.programme.setup_answers import (
    BEFORE,
    BEFORE_DAY,
    BEFORE_SOURCE,
    DRAFT,
    END,
    HOURS,
    PRIOR,
    START,
    Answers,
    Reading,
    read_answers,
)
from ksbtui.presentation.parts import Block
from ksbtui.presentation.setup import Steps, start_means
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.forms.asked import Asked
from ksbtui.widgets.text.detail import Detail

READ_SECONDS = 0.15
KEEP_SECONDS = 0.6
FIELDS = {
    START: "First day",
    HOURS: "Agreed hours",
    PRIOR: "Prior learning",
    END: "Agreed last day",
}
BEFORE_FIELDS = {
    BEFORE: "Hours so far",
    BEFORE_DAY: "Up to the day",
    BEFORE_SOURCE: "Recorded in",
}
"""Asked where the first day lies over two weeks back."""


class SetupAnswers(Modal[bool]):
    """The base of set-up: what was answered so far, and what it is read as."""

    types_text = True

    def __init__(self) -> None:
        super().__init__()
        self._answers = Answers()
        self._step = "standard"
        self._touched = False
        self._pending: dict[str, Timer] = {}

    @cached_property
    def _standards(self) -> dict[str, Standard]:
        found: dict[str, Standard] = dict(self.journal.enrolments.standards().items)
        return found

    @property
    def _standard(self) -> Standard:
        return self.journal.enrolments.standard(self._answers.standard, self.journal.as_at)

    @property
    def _steps(self) -> Steps:
        option: Steps = ()
        if self._answers.standard and self._standard.options:
            option = ("option",)
        start = self._reading(self._answers).agreed if self._answers.standard else None
        before: Steps = ()
        if start and self.journal.as_at - start.start > ASKED_AFTER:
            before = ("before",)
        return ("standard", *option, "programme", "start", *before, "name")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        """Keep what is typed, and read it once the keys rest."""
        field = event.input.query_ancestor(Asked)
        value = event.value.strip() or ("today" if field.id == START else "")
        if getattr(self._answers, str(field.id)) == value:
            return
        self._answers = replace(self._answers, **{str(field.id): value})
        self._touched = True
        self._later("keep", KEEP_SECONDS)
        if self._step in ("start", "before"):
            self._later("read", READ_SECONDS)

    def _later(self, what: str, seconds: float) -> None:
        """Read, or keep the draft, after a rest; keeping is not put off by more keys."""
        if timer := self._pending.get(what):
            if what == "keep":
                return
            timer.stop()
        self._pending[what] = self.set_timer(seconds, lambda: self._now(what))

    def _now(self, what: str) -> None:
        self._pending.pop(what, None)
        if what == "read":
            self._read()
        else:
            with self.shell.guarded():
                self.keep_draft()

    def _reading(self, answers: Answers) -> Reading:
        journal = self.journal
        return read_answers(answers, self._standard, journal.enrolments, journal.as_at)

    def _read(self) -> Reading:
        """Say back what each field was read as, and what it all means."""
        reading = self._reading(self._answers)
        if HOURS in reading.refused:
            self._show_agreed(True)
        for name in (*FIELDS, *BEFORE_FIELDS):
            field = self.query_one(f"#{name}", Asked)
            if name in reading.refused:
                field.refuse(reading.refused[name])
            else:
                field.say(reading.said.get(name, ""))
        blocks: list[Block] = []
        if reading.made:
            blocks = start_means(reading.made, self.journal.as_at)
        self.query_one("#means", Detail).show(*blocks)
        return reading

    def _show_agreed(self, shown: bool) -> None:
        self.query_one("#fields").set_class(shown, "-agreed")

    def keep_draft(self) -> None:
        """Keep unfinished answers; this makes the journal's file, still without a course."""
        if self._touched:
            self.journal.create()
            self.journal.drafts.save(DRAFT, self._answers.as_draft())
            self._touched = False

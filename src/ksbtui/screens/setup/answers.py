"""The answers of set-up: kept as a draft while they are typed, and what they are read as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from textual.timer import Timer

from ksbtui.core.hours.forecast import ASKED_AFTER
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
    answers_from,
    read_answers,
)
from ksbtui.presentation.setup import Steps
from ksbtui.screens.shell.modal import Modal

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


class AnswerKeeper:
    """A part of set-up: what was answered so far, kept as a draft, and what it is read as."""

    def __init__(self, screen: Modal[Any]) -> None:
        self._screen = screen
        self.answers = Answers()
        self._touched = False
        self._keeping: Timer | None = None

    def load(self) -> None:
        """Take up unfinished answers."""
        journal = self._screen.journal
        draft = journal.drafts.get(DRAFT) if journal.exists else None
        if draft:
            self.answers = answers_from(draft)

    def change(self, answers: Mapping[str, str], *, soon: bool = False) -> bool:
        """Take answers by name; tell whether anything changed. ``soon`` keeps them after a rest."""
        if all(getattr(self.answers, name) == value for name, value in answers.items()):
            return False
        self.answers = replace(self.answers, **answers)
        self._touched = True
        if soon and self._keeping is None:  # not put off by more keys
            self._keeping = self._screen.set_timer(KEEP_SECONDS, self._keep_now)
        return True

    def _keep_now(self) -> None:
        with self._screen.shell.guarded():
            self.keep()

    def keep(self) -> None:
        """Keep unfinished answers; this makes the journal's file, still without a course."""
        self._stop()
        if self._touched:
            self._screen.journal.create()
            self._screen.journal.drafts.save(DRAFT, self.answers.as_draft())
            self._touched = False

    def finish(self) -> None:
        """Forget the draft: the journal is made."""
        self._stop()
        self._screen.journal.drafts.drop(DRAFT)
        self._touched = False

    def _stop(self) -> None:
        if self._keeping is not None:
            self._keeping.stop()
            self._keeping = None

    @cached_property
    def standards(self) -> dict[str, Standard]:
        """The standards and units on offer, by id."""
        found: dict[str, Standard] = dict(self._screen.journal.enrolments.standards().items)
        return found

    def look_again(self) -> None:
        """Read the standards on offer anew, after one was brought in."""
        del self.standards

    @property
    def standard(self) -> Standard:
        """The one that was chosen."""
        journal = self._screen.journal
        return journal.enrolments.standard(self.answers.standard, journal.as_at)

    @property
    def steps(self) -> Steps:
        """The questions in their order; some are asked only where they matter."""
        option: Steps = ()
        if self.answers.standard and self.standard.options:
            option = ("option",)
        start = self.reading().agreed if self.answers.standard else None
        before: Steps = ()
        if start and self._screen.journal.as_at - start.start > ASKED_AFTER:
            before = ("before",)
        return ("standard", *option, "programme", "start", *before, "name")

    def reading(self, **answers: str) -> Reading:
        """Give what the answers are read as, others tried in place of some by name."""
        journal = self._screen.journal
        tried = replace(self.answers, **answers)
        return read_answers(tried, self.standard, journal.enrolments, journal.as_at)

"""Entries (one activity on one day), their evidence, and what a person types for one."""

from __future__ import annotations

from datetime import date

from ksbtui.core.codec import derived, later
from ksbtui.core.forbid_extra import ForbidExtra
from ksbtui.core.frozen import dataclass

MIN_MINUTES = 1
MAX_MINUTES = 24 * 60
PAID = ("yes", "paid-back", "no")
APPLIED_WORDS = 12
"""Words of learning from which an entry counts as applying a KSB (the coverage ladder)."""


@dataclass(frozen=True, slots=True)
class Evidence(ForbidExtra):
    """An artefact on an entry: a file, left where it is, or a link."""

    id: str
    kind: str
    title: str
    target: str
    sha256: str = ""
    size: int | None = None
    note: str = ""
    private: bool = False
    copied: bool = False
    """Whether ``target`` is a copy inside the journal's own folder."""


@dataclass(frozen=True, slots=True)
class Verification(ForbidExtra):
    """Somebody's note that an entry took place: who and when, not proof."""

    by: str
    day: date


@dataclass(frozen=True, slots=True)
class Entry(ForbidExtra):
    """One activity on one day, as the journal keeps it.

    ``failed_rules`` are the clock-free rules it fails, in rule order; ``not-future`` is
    added by whoever knows the date (:func:`ksbtui.core.entry.rules.failed_at`).
    """

    id: str
    day: date
    minutes: int
    title: str
    type: str = "other"
    module: int | None = None
    module_given: bool = False
    """Whether the learner chose the module; otherwise it follows from the day."""
    notes: str = ""
    learned: str = ""
    ksbs: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    paid: str = "yes"
    new_learning: bool = True
    relevant: bool = True
    in_plan: bool = later(True)
    """Whether the activity is in the training plan, as far as the learner knows."""
    private: bool = False
    verified: Verification | None = None
    submitted: date | None = None
    enrolment: str = derived("")
    source: str = ""
    """Where an imported entry came from; empty for one typed here."""
    words: int = derived(0)
    """Words of ``learned`` without template headings (:func:`ksbtui.core.text.text.word_count`)."""
    failed_rules: tuple[str, ...] = derived(())
    created_at: str = ""
    updated_at: str = ""
    """Instants in UTC, ISO 8601 with ``Z``."""
    deleted_at: str = ""
    first_day: date | None = later(None)
    """The first day of a block, whose ``day`` is the last; None for an activity of one day."""

    @property
    def most_minutes(self) -> int:
        """The most minutes it can have: a day's, for each day of a block."""
        days = (self.day - self.first_day).days + 1 if self.first_day else 1
        return MAX_MINUTES * max(0, days)

    @property
    def days_late(self) -> int:
        """Days from the activity to its logging; 0 where it was logged on the day or before."""
        if not self.created_at:
            return 0
        return max(0, (date.fromisoformat(self.created_at[:10]) - self.day).days)

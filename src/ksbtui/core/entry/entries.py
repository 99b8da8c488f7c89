"""Entries (one activity on one day), their evidence, and what others say about them.

The change log and the exchange carry an entry as an image: its JSON values without what is
derived (enrolment, words, failed rules), so that taking an old image back derives them under
the rules of today.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from ksbtui.core.codec import ForbidExtra, decode, derived, encode_fields, later
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


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries to list; empty fields ask for nothing.

    ``search`` is a search line: words, phrases and facets (:mod:`ksbtui.core.text.query`).
    """

    ksb: str = ""
    type: str = ""
    module: int | None = None
    since: date | None = None
    until: date | None = None
    search: str = ""
    untagged: bool = False
    rule: str = ""
    """A rule id: entries that stand under it as their first failed one."""
    enrolment: str = ""


Image = dict[str, Any]


def entry_image(entry: Entry) -> Image:
    """Everything a person said about an entry, as JSON values."""
    return {**encode_fields(entry), "module": entry.module if entry.module_given else None}


def entry_from(image: Image) -> Entry:
    """Make the entry of an image; what is derived is left at its defaults."""
    return decode(Entry, image)


def difference(before: Image | None, after: Image | None) -> tuple[Image | None, Image | None]:
    """Keep of two images only what differs; a making or an end keeps the whole one."""
    if before is None or after is None:
        return before, after
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return (
        {key: before[key] for key in changed if key in before},
        {key: after[key] for key in changed if key in after},
    )


def patched(image: Image | None, take_away: Image | None, put: Image | None) -> Image | None:
    """Step an image from one side of a difference to the other.

    Keys of ``take_away`` that ``put`` lacks vanish; ``put`` None means the thing itself
    was not there.
    """
    if put is None:
        return None
    if image is None or take_away is None:
        return dict(put)
    return {**{key: image[key] for key in image if key not in take_away}, **put}


ENTRY = "entry"
"""The kind under which entries stand in the change log; every other kind is a record's."""
TWICE = "twice"
"""The kind of record that keeps what was written in a second place."""
PURGED = "purged"
"""The kind of record that says an entry was purged: its id, and nothing else of it."""
QUESTION, COMMENT = "question", "comment"
"""The kinds of record that hold a :class:`Comment`."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A question or comment on an entry: who said it, when, and in which call if any.

    A question stays open until ``answered`` is the day of its answer.
    """

    id: str
    enrolment: str
    entry: str
    by: str
    day: date
    text: str
    source: str = ""
    answered: date | None = None
    answer: str = ""

    def as_json(self) -> dict[str, object]:
        return encode_fields(self, "enrolment", "source")

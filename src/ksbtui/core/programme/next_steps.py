"""The next best step: up to three things worth doing now, each with its reason.

The order is fixed and ties go by code, so the same journal always gets the same advice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain, islice

from ksbtui.core.coverage.coverage import Coverage, KsbState
from ksbtui.core.days import long_day
from ksbtui.core.entry.entries import APPLIED_WORDS
from ksbtui.core.frozen import dataclass
from ksbtui.core.hours.hours import MonthGap
from ksbtui.core.programme.timeline import Timeline
from ksbtui.core.text.text import quoted

MOST = 3
"""Suggestions given at once."""
KINDS = (
    *("draft", "month", "action", "module-gap", "fragile-gap", "gap", "evidence"),
    *("untagged", "submit", "stale"),
)
"""What a suggestion can be about, in the order they are given."""

GAP_MINUTES = 60
LOG_MINUTES = 10
EVIDENCE_MINUTES = 15
ACTION_MINUTES = 30
STALE_MINUTES = 30
TAG_MINUTES, SUBMIT_MINUTES, SITTING = 2, 3, 30
"""Minutes an entry takes to tag or to copy, and the most asked for at one sitting."""


@dataclass(frozen=True, slots=True)
class DraftNote:
    """An entry begun and not saved: its id, its title so far and the day it was last touched."""

    id: str
    title: str
    day: date


@dataclass(frozen=True, slots=True)
class ActionDue:
    """An action agreed in a call or review and still open, with the day it is due."""

    id: str
    text: str
    due: date
    ksbs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many entries wait for something, and the id and title of the first to take up."""

    entries: int = 0
    first: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """All that advice and alerts are drawn from.

    ``untrained`` are the months without training, ``variance_minutes`` and the figures
    after it those of the hours; the pace is None in the first 28 days. ``ended`` is
    whether the enrolment is over.
    """

    as_at: date
    coverage: Coverage
    timeline: Timeline
    drafts: tuple[DraftNote, ...] = ()
    untrained: tuple[MonthGap, ...] = ()
    actions: tuple[ActionDue, ...] = ()
    """Open actions, due or not."""
    untagged: Waiting = Waiting()
    not_submitted: Waiting = Waiting()
    variance_minutes: int = 0
    pace_per_week_minutes: int | None = None
    needed_per_week_minutes: int | None = None
    logged_minutes: int = 0
    outside_minutes: int = 0
    """Logged minutes outside paid hours, where the rules ask for paid hours."""
    ended: bool = False
    two_places: int = 0
    """Texts that two devices wrote, until the learner chooses what stays."""

    @property
    def overdue(self) -> tuple[ActionDue, ...]:
        late = [action for action in self.actions if action.due < self.as_at]
        return tuple(sorted(late, key=lambda action: (action.due, action.text, action.id)))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing worth doing: what, why, the KSBs it serves and how many minutes to set aside.

    ``kind`` is one of :data:`KINDS`; ``entry`` the draft or entry to open, else empty.
    """

    what: str
    why: str
    ksbs: tuple[str, ...]
    minutes: int
    kind: str
    entry: str = ""


def next_steps(now: Situation, most: int = MOST) -> tuple[Suggestion, ...]:
    """The first ``most`` suggestions, in the order of :data:`KINDS`."""
    steps = chain(_drafts(now), _months(now), _actions(now), _ksbs(now), _entries(now))
    return tuple(islice(chain(steps, _stale(now)), most))


def _drafts(now: Situation) -> Iterator[Suggestion]:
    for draft in sorted(now.drafts, key=lambda draft: (draft.day, draft.id)):
        yield Suggestion(
            what=f"Finish the draft {quoted(draft.title)}" if draft.title else "Finish your draft",
            why="This draft is saved but not logged.",
            ksbs=(),
            minutes=LOG_MINUTES,
            kind="draft",
            entry=draft.id,
        )


def _months(now: Situation) -> Iterator[Suggestion]:
    """One suggestion, for the latest month: older ones are named, not repeated."""
    if not now.untrained:
        return
    latest, more = max(now.untrained, key=lambda gap: gap.day), len(now.untrained) - 1
    also = f" {more} earlier months have none either." if more > 1 else ""
    also = " An earlier month has none either." if more == 1 else also
    if latest.ended:
        what = f"Log what you did in {latest.name}, or ask your tutor about a break"
    else:
        what = f"Log some training in {latest.name}"
    yield Suggestion(what, latest.text + also, (), LOG_MINUTES, "month")


def _actions(now: Situation) -> Iterator[Suggestion]:
    for action in now.overdue:
        yield Suggestion(
            what=" ".join(action.text.split()),
            why=f"You agreed to do it by {long_day(action.due)}.",
            ksbs=action.ksbs,
            minutes=ACTION_MINUTES,
            kind="action",
        )


def _ksbs(now: Situation) -> Iterator[Suggestion]:
    """Gaps in this module, fragile gaps, other gaps, then what lacks only an artefact."""
    module = now.timeline.module
    here = frozenset(module.ksbs) if module else frozenset()
    gaps = [ksb for ksb in now.coverage.ksbs if ksb.gap]
    for ksb in gaps:
        if module and ksb.code in here:
            when = f"Module {module.number} is a good time for it{now.timeline.ours}."
            yield _gap(ksb, "module-gap", when)
    for ksb in gaps:
        if ksb.fragile and ksb.code not in here:
            yield _gap(ksb, "fragile-gap", f"Only Duty {ksb.duties[0]} leads to it.")
    for ksb in gaps:
        if not ksb.fragile and ksb.code not in here:
            yield _gap(ksb, "gap", "")
    for ksb in now.coverage.ksbs:
        if ksb.to_evidence:
            yield Suggestion(
                what=f"Add evidence for {ksb.code} {ksb.name}",
                why=f"You wrote about {ksb.code}. A file or link would show it.",
                ksbs=(ksb.code,),
                minutes=EVIDENCE_MINUTES,
                kind="evidence",
            )


def _gap(ksb: KsbState, kind: str, reason: str) -> Suggestion:
    """What to do about a gap: log something, or say more where an entry says too little."""
    if ksb.state == "none":
        what = f"Log something on {ksb.code} {ksb.name}"
        why = f"{ksb.code} has no entry yet"
    else:
        what = f"Say what you learned about {ksb.code} {ksb.name}"
        why = f"No entry on {ksb.code} says what you learned in {APPLIED_WORDS} words or more"
    return Suggestion(what, f"{why}. {reason}".rstrip(), (ksb.code,), GAP_MINUTES, kind)


def _entries(now: Situation) -> Iterator[Suggestion]:
    """Entries without a KSB, then those not yet copied into the provider's e-portfolio."""
    untagged = "Tag {} with a KSB", "An entry without a KSB does not count towards coverage."
    submit = "Copy {} into your e-portfolio", "Your provider can only see entries that are there."
    for kind, waiting, (what, why), minutes in (
        ("untagged", now.untagged, untagged, TAG_MINUTES),
        ("submit", now.not_submitted, submit, SUBMIT_MINUTES),
    ):
        if waiting.entries:
            yield Suggestion(
                what=what.format(_entries_named(waiting)),
                why=why,
                ksbs=(),
                minutes=min(SITTING, minutes * waiting.entries),
                kind=kind,
                entry=waiting.first,
            )


def _entries_named(waiting: Waiting) -> str:
    if waiting.entries > 1:
        return f"{waiting.entries} entries"
    return quoted(waiting.title) if waiting.title else "1 entry"


def _stale(now: Situation) -> Iterator[Suggestion]:
    for ksb in now.coverage.ksbs:
        if ksb.stale and ksb.last_day and not ksb.gap and not ksb.to_evidence:
            yield Suggestion(
                what=f"Return to {ksb.code} {ksb.name}",
                why=f"Its last entry is {(now.as_at - ksb.last_day).days} days old.",
                ksbs=(ksb.code,),
                minutes=STALE_MINUTES,
                kind="stale",
            )

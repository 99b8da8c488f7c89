"""What changed between two states of a journal: the comparison behind a call and a review.

Entries marked private count in every sum here and are named in no list that is shown:
:meth:`Changed.as_json` and whoever draws the lists leave them out and say how many.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from ksbtui.core.coaching.actions import DONE, DROPPED, OPEN, Action
from ksbtui.core.codec import encode_fields
from ksbtui.core.coverage.coverage import rung
from ksbtui.core.entry.entries import Entry
from ksbtui.core.hours.hours import Hours
from ksbtui.core.programme.standards import code_key

SAID = (
    *("day", "minutes", "title", "type", "module", "notes", "learned", "ksbs", "evidence"),
    *("paid", "new_learning", "relevant", "in_plan", "private"),
)
"""Fields of an entry that are the learner's: a difference in one is a change of the entry."""

REFLECTIONS = 5
"""Reflections offered to talk about."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The hours of one state, in minutes."""

    counted: int = 0
    planned: int = 0
    logged: int = 0
    verified: int = 0
    target: int = 0

    @property
    def variance(self) -> int:
        return self.counted - self.planned

    def as_json(self) -> dict[str, int]:
        return {
            "counted_minutes": self.counted,
            "planned_to_date_minutes": self.planned,
            "variance_minutes": self.variance,
            "logged_minutes": self.logged,
            "verified_minutes": self.verified,
            "target_minutes": self.target,
        }


def figures(hours: Hours) -> Figures:
    """The figures of a report of the hours."""
    return Figures(
        hours.counted_minutes,
        hours.planned_to_date_minutes,
        hours.logged_minutes,
        hours.verified_minutes,
        hours.target_minutes,
    )


@dataclass(frozen=True, slots=True)
class State:
    """A journal at the end of one change, seen from one day.

    ``entries`` are live ones by id, at least those that differ from the other state;
    ``rungs`` the coverage state of every KSB; ``actions`` all of the enrolment's, by id.
    """

    day: date
    hours: Figures
    rungs: Mapping[str, str]
    entries: Mapping[str, Entry]
    actions: Mapping[str, Action]


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry of both states that says something else now; ``fields`` names what."""

    before: Entry
    after: Entry
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A KSB that stands on another rung than before."""

    code: str
    before: str
    after: str

    @property
    def up(self) -> bool:
        return rung(self.after) > rung(self.before)


@dataclass(frozen=True, slots=True)
class Changed:
    """Everything that differs between two states, private entries included.

    ``since`` is the day of the earlier state. ``verified`` are entries that carry a
    verification they did not carry then. ``reflections`` are new or rewritten, not private,
    those with most to say first. ``overdue`` and ``open`` are the actions of the later state.
    """

    since: date
    until: date
    then: Figures
    present: Figures
    added: tuple[Entry, ...]
    changed: tuple[EntryChange, ...]
    deleted: tuple[Entry, ...]
    verified: tuple[Entry, ...]
    moved: tuple[Moved, ...]
    reflections: tuple[Entry, ...]
    agreed: tuple[Action, ...]
    done: tuple[Action, ...]
    dropped: tuple[Action, ...]
    overdue: tuple[Action, ...]
    open: tuple[Action, ...]

    @property
    def counted(self) -> int:
        return self.present.counted - self.then.counted

    @property
    def planned(self) -> int:
        return self.present.planned - self.then.planned

    @property
    def up(self) -> tuple[Moved, ...]:
        """KSBs that climbed, those that reached the highest rung first."""
        climbed = [move for move in self.moved if move.up]
        return tuple(sorted(climbed, key=lambda move: (-rung(move.after), code_key(move.code))))

    @property
    def private(self) -> int:
        now = (change.after for change in self.changed)
        return sum(entry.private for entry in (*self.added, *self.deleted, *now))

    @property
    def to_verify(self) -> tuple[Entry, ...]:
        """Entries logged or changed since that count and nobody has verified, none private."""
        now = (change.after for change in self.changed)
        return _newest(
            entry
            for entry in (*self.added, *now)
            if not (entry.verified or entry.private or entry.failed_rules)
        )

    def as_json(self) -> dict[str, object]:
        """The comparison as a call or review prints it: nothing private is named."""
        return {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "hours": {
                "then": self.then.as_json(),
                "now": self.present.as_json(),
                "counted_minutes": self.counted,
                "planned_minutes": self.planned,
            },
            "entries": {
                "added": len(self.added),
                "changed": len(self.changed),
                "deleted": len(self.deleted),
                "verified": len(self.verified),
                "private": self.private,
            },
            "added": _shown(self.added),
            "changed": [
                entry_json(change.after) | {"fields": list(change.fields)}
                for change in self.changed
                if not change.after.private
            ],
            "deleted": _shown(self.deleted),
            "verified": _shown(self.verified),
            "ksbs_moved": [
                {"code": move.code, "from": move.before, "to": move.after, "up": move.up}
                for move in self.moved
            ],
            "reflections": [
                entry_json(entry) | {"words": entry.words, "learned": entry.learned}
                for entry in self.reflections
            ],
            "actions": {
                name: [action.as_json(self.until) for action in getattr(self, name)]
                for name in ("agreed", "done", "dropped", "overdue", "open")
            },
        }


def _shown(entries: Iterable[Entry]) -> list[dict[str, object]]:
    return [entry_json(entry) for entry in entries if not entry.private]


def entry_json(entry: Entry) -> dict[str, object]:
    """What a call or review says of an entry that is not private.

    An artefact marked private is left out of its evidence.
    """
    return {
        "id": entry.id,
        "day": entry.day.isoformat(),
        "title": entry.title,
        "minutes": entry.minutes,
        "type": entry.type,
        "ksbs": list(entry.ksbs),
        "evidence": [item.title or item.kind for item in entry.evidence if not item.private],
        "verified": entry.verified and encode_fields(entry.verified),
    }


def compare(before: State, after: State) -> Changed:
    """Everything that differs between two states of one enrolment."""
    added = [entry for id, entry in after.entries.items() if id not in before.entries]
    deleted = [entry for id, entry in before.entries.items() if id not in after.entries]
    both = [(before.entries[id], e) for id, e in after.entries.items() if id in before.entries]
    changes = [EntryChange(old, new, names) for old, new in both if (names := _differing(old, new))]
    verified = [new for old, new in both if new.verified and old.verified != new.verified]
    verified += [entry for entry in added if entry.verified]
    reworded = [change.after for change in changes if "learned" in change.fields]
    now = after.actions.values()
    return Changed(
        since=before.day,
        until=after.day,
        then=before.hours,
        present=after.hours,
        added=_newest(added),
        changed=tuple(sorted(changes, key=lambda change: _recent(change.after), reverse=True)),
        deleted=_newest(deleted),
        verified=_newest(verified),
        moved=_moved(before.rungs, after.rungs),
        reflections=_worth_talking_about([*added, *reworded]),
        agreed=_by_day(action for action in now if action.id not in before.actions),
        done=_closed(before, after, DONE),
        dropped=_closed(before, after, DROPPED),
        overdue=_by_day(action for action in now if action.overdue(after.day)),
        open=_by_day(action for action in now if action.state == OPEN),
    )


def _differing(old: Entry, new: Entry) -> tuple[str, ...]:
    """Names of the fields that differ; a module that follows from the day is no change."""
    return tuple(
        field.name
        for field in fields(Entry)
        if field.name in SAID
        and getattr(old, field.name) != getattr(new, field.name)
        and (field.name != "module" or old.module_given or new.module_given)
    )


def _moved(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Moved, ...]:
    codes = sorted({*before, *after}, key=code_key)
    moves = (Moved(code, before.get(code, "none"), after.get(code, "none")) for code in codes)
    return tuple(move for move in moves if move.before != move.after)


def _worth_talking_about(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Those that say most about what was learned, none of them private."""
    worded = (entry for entry in entries if entry.words and not entry.private)
    return tuple(sorted(worded, key=lambda entry: (-entry.words, entry.id))[:REFLECTIONS])


def _closed(before: State, after: State, state: str) -> tuple[Action, ...]:
    return _by_day(
        action
        for id, action in after.actions.items()
        if action.state == state and (id not in before.actions or before.actions[id].state != state)
    )


def _by_day(actions: Iterable[Action]) -> tuple[Action, ...]:
    return tuple(sorted(actions, key=lambda action: (action.due, action.made, action.id)))


def _newest(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=_recent, reverse=True))


def _recent(entry: Entry) -> tuple[date, str, str]:
    return entry.day, entry.created_at, entry.id

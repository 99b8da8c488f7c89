"""Entries: log, read, change and delete, each write one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ksbtui.core.days import line_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import Entry, Filter
from ksbtui.core.entry.rules import failed_at, warnings
from ksbtui.core.frozen import dataclass
from ksbtui.core.programme.plan import Plan, plan
from ksbtui.core.programme.programmes import Course
from ksbtui.core.text.text import number_of, quoted, shortened
from ksbtui.errors import NotFound, Unreadable
from ksbtui.journal.context import SHORTEST_PREFIX, Context, new_id
from ksbtui.journal.entry.derive import Deriver, unknown_type
from ksbtui.store.database import rows, totals
from ksbtui.store.database.store import Batch

if TYPE_CHECKING:
    from ksbtui.journal.history import Version

Edit = Callable[[Entry], dict[str, Any]]
"""Given an entry as it stands: the fields to change, by name."""

VERIFIED_FIELDS = {"day", "minutes", "type", "ksbs", "title", "notes", "learned"}
"""What a verification vouches for: changing one of these removes the mark."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of entries, newest day first, and how many match in all.

    ``exact`` is False where nobody asked for the count: ``total`` is then the least it is.
    """

    entries: tuple[Entry, ...]
    total: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Saved:
    """An entry as it was saved, what to be warned of, and what else the save did."""

    entry: Entry
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """The entries that one change changed, and the ids of those that were gone already."""

    entries: tuple[Entry, ...]
    gone: tuple[str, ...] = ()


class Entries:
    """The entries of a journal."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add(self, entry: Entry, label: str = "") -> Saved:
        with self._context.writing(label) as batch:
            logged = self.put_new(batch, entry)
            batch.label = label or f"Logged {_named(logged)}"
        return self.saved(logged)

    def put_new(self, batch: Batch, entry: Entry, derive: Deriver | None = None) -> Entry:
        """Log an entry inside an open batch; an id or instants it brings are kept."""
        derive = derive or Deriver(self._context)
        entry = replace(
            entry,
            id=entry.id or new_id(),
            created_at=entry.created_at or batch.at,
            updated_at=entry.updated_at or batch.at,
        )
        _ = self._context.enrolled
        derived = derive(derive.checked(entry))
        batch.put_entry(None, derived)
        return derived

    def change(self, id: str, **changes: Any) -> Saved:
        return self.edit(id, lambda before: changes)

    def edit(self, id: str, edit: Edit) -> Saved:
        """Change an entry by what it holds: ``edit`` is given it and gives the new fields.

        It is read inside the write, so that what another program saved meanwhile stays.
        """
        notes = []
        id = self.get(id).id
        with self._context.writing("") as batch:
            before = self.get(id)
            after, changed = self.edited(before, edit(before))
            if before.verified and not after.verified:
                notes.append(f"{before.verified.by} had verified it. The verification is removed.")
            if changed:
                after = replace(after, updated_at=batch.at)
                batch.label = f"Changed {_named(after)}"
                batch.put_entry(before, after)
        saved = self.saved(after)
        return replace(saved, notes=tuple(notes))

    def edited(self, before: Entry, changes: dict[str, Any]) -> tuple[Entry, set[str]]:
        """An entry with fields changed, checked and derived, and the names of those fields."""
        derive = Deriver(self._context)
        if "module" in changes:
            changes.setdefault("module_given", changes["module"] is not None)
        _ = self._context.enrolled
        after = derive(derive.checked(replace(before, **changes), before.ksbs))
        changed = {
            f.name for f in fields(Entry) if getattr(before, f.name) != getattr(after, f.name)
        }
        if before.verified and changed & VERIFIED_FIELDS and "verified" not in changes:
            after = replace(after, verified=None)
        return after, changed

    def change_all(self, ids: Sequence[str], label: str, **changes: Any) -> tuple[Entry, ...]:
        changed = []
        with self._context.writing(label) as batch:
            derive = Deriver(self._context)
            for before in [self.get(id) for id in ids]:
                after = derive(replace(before, **changes, updated_at=batch.at))
                batch.put_entry(before, after)
                changed.append(after)
        return tuple(changed)

    def delete(self, ids: Sequence[str]) -> tuple[Entry, ...]:
        with self._context.writing("") as batch:
            entries = tuple({entry.id: entry for entry in map(self.get, ids)}.values())
            alone = len(entries) == 1
            batch.label = f"Deleted {_named(entries[0]) if alone else f'{len(entries)} entries'}"
            for before in entries:
                batch.put_entry(before, replace(before, deleted_at=batch.at))
        return entries

    def get(self, id: str) -> Entry:
        prefix = id.strip().lower()
        if len(prefix) < SHORTEST_PREFIX:
            raise Unreadable(
                f"{quoted(id)} is too short for an entry's id.",
                f"Enter at least {SHORTEST_PREFIX} of its 8 characters. To see them: ksbtui list",
            )
        entries = rows.by_prefix(self._context.store.connection, prefix)
        if not entries:
            raise NotFound(
                f"No entry's id starts with {quoted(id)}.", "To see the ids: ksbtui list"
            )
        if len(entries) > 1:
            ids = ", ".join(entry.id for entry in entries[:4])
            raise NotFound(
                f"{quoted(id)} matches {len(entries)} entries: {ids}.",
                "Enter one or more further characters.",
            )
        return entries[0]

    def whole_id(self, id: str) -> str:
        """Complete an entry's id; a deleted entry is found by its whole id."""
        whole = id.strip().lower()
        return whole if rows.by_id(self._context.store.connection, whole) else self.get(id).id

    def whole_ids(self, ids: Iterable[str], known: Collection[str] = ()) -> tuple[str, ...]:
        """Whole ids of entries given by prefix, each once; refuses one that names no entry.

        ``known`` ids were linked before and stay, even if their entry has been deleted since.
        """
        return tuple(dict.fromkeys(id if id in known else self.get(id).id for id in ids))

    def find(
        self, wanted: Filter | None = None, limit: int = -1, offset: int = 0, count: bool = True
    ) -> Listed:
        """List entries, newest day first, then newest made; ``limit`` below 0 lists all.

        Without ``count`` (a keystroke of a search) the total may be a lower bound. Private
        entries and artefacts are left out while a call is under way.
        """
        from ksbtui.store.database import search  # deferred: log neither searches nor looks back

        if not self._context.exists:
            return Listed((), 0)
        public, as_at = self._context.hides_private, self._context.as_at
        with self._context.store.guarded() as connection:
            entries, total, exact = search.find(
                connection, wanted or Filter(), as_at, limit, offset, count, public
            )
        shown = tuple(map(without_private, entries)) if public else entries
        return Listed(shown, total, exact)

    def warnings(self, entry: Entry) -> tuple[str, ...]:
        return self.warnings_with(entry, self.minutes_on(entry.day))

    def warnings_with(self, entry: Entry, day_minutes: int) -> tuple[str, ...]:
        """The same, given the day's logged minutes (this entry's included)."""
        created = date.fromisoformat(entry.created_at[:10])
        return self._warned(entry, day_minutes, created)

    def warnings_of(self, entry: Entry, day_minutes: int) -> tuple[str, ...]:
        """What an entry still being typed would be warned of, if it were logged today."""
        return self._warned(entry, day_minutes, self._context.as_at)

    def _warned(self, entry: Entry, day_minutes: int, created: date) -> tuple[str, ...]:
        rules = self.course_of(entry).rules
        return warnings(entry, day_minutes, created, rules, self.plan_of(entry))

    def minutes_on(self, day: date) -> int:
        return totals.minutes_on(self._context.store.connection, day)

    def failed(self, entry: Entry) -> tuple[str, ...]:
        course = self.course_of(entry)
        return failed_at(entry.day, entry.failed_rules, self._context.as_at, course.rules)

    def known_type(self, id: str) -> str:
        """Refuse an activity type the rules do not know; empty stays empty."""
        rules = self._context.enrolled.rules
        if id and rules.type(id) is None:
            raise unknown_type(id, rules)
        return id

    def course_of(self, entry: Entry) -> Course:
        courses = self._context.courses
        return next((c for c in courses if c.enrolment.id == entry.enrolment), courses[-1])

    def like(self, id: str, day: date) -> Entry:
        """A new entry after an earlier one: title, type, time, KSBs; no text, evidence or module.

        It is not saved; change what differs and give it to :meth:`add`.
        """
        pattern = self.get(id)
        return Entry(
            id="",
            day=day,
            minutes=pattern.minutes,
            title=pattern.title,
            type=pattern.type,
            ksbs=pattern.ksbs,
            paid=pattern.paid,
        )

    def versions(self, id: str) -> tuple[Version, ...]:
        from ksbtui.journal.history import versions

        all_versions = versions(self._context, self.get(id).id)
        if not self._context.hides_private:
            return all_versions
        return tuple(
            replace(version, entry=without_private(version.entry))
            for version in all_versions
            if not version.entry.private
        )

    def plan_of(self, entry: Entry) -> Plan:
        return plan(self.course_of(entry), self._context.as_at)

    def preview(self, entry: Entry) -> Entry:
        return Deriver(self._context)(entry)

    def saved(self, entry: Entry) -> Saved:
        return Saved(entry, self.warnings(entry))


class Several:
    """Changes to several entries, named by their whole ids."""

    def __init__(self, context: Context, entries: Entries) -> None:
        self._context = context
        self._entries = entries

    def edit(self, ids: Sequence[str], verb: str, edit: Edit) -> Changed:
        """Change entries, each by what it holds; ``verb`` begins the label for undo.

        Those deleted meanwhile are passed over and named.
        """
        changed = []
        with self._context.writing("") as batch:
            entries, gone = self._there(ids)
            for before in entries:
                after, names = self._entries.edited(before, edit(before))
                if names:
                    after = replace(after, updated_at=batch.at)
                    batch.put_entry(before, after)
                    changed.append(after)
            batch.label = f"{verb} {number_of(len(changed), 'entry', 'entries')}"
        return Changed(tuple(changed), gone)

    def delete(self, ids: Sequence[str]) -> Changed:
        with self._context.writing("") as batch:
            entries, gone = self._there(ids)
            batch.label = f"Deleted {number_of(len(entries), 'entry', 'entries')}"
            for before in entries:
                batch.put_entry(before, replace(before, deleted_at=batch.at))
        return Changed(entries, gone)

    def _there(self, ids: Iterable[str]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
        """The live entries of some ids, and those of the ids that name none."""
        wanted = tuple(dict.fromkeys(ids))
        connection = self._context.store.connection
        read = [rows.by_id(connection, id) for id in wanted]
        live = tuple(entry for entry in read if entry is not None and not entry.deleted_at)
        return live, tuple(set(wanted) - {entry.id for entry in live})


def without_private(entry: Entry) -> Entry:
    """An entry without its private artefacts."""
    shown = tuple(item for item in entry.evidence if not item.private)
    return replace(entry, evidence=shown) if shown != entry.evidence else entry


def with_module(entry: Entry) -> Entry:
    """Mark a module named on a new entry as the learner's choice."""
    return replace(entry, module_given=entry.module is not None)


def _named(entry: Entry) -> str:
    """An entry in a few words for undo and history: title, time and day."""
    title = "(private)" if entry.private else shortened(entry.title)
    return f'"{title}", {say_minutes(entry.minutes)}, {line_day(entry.day)}'

"""The whole record out and in again: ksbtui's own JSON, and the learner's list of names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from ksbtui.core.days import long_day
from ksbtui.core.entry.entries import Entry
from ksbtui.core.exchange.fields import Key, Origin
from ksbtui.core.text.text import clean, one_line
from ksbtui.errors import Conflict
from ksbtui.journal.context import ENROLMENT, PROGRAMME, RULES, STANDARD, Context, last_day
from ksbtui.journal.entry.derive import Deriver
from ksbtui.journal.exchange.imports import FEW
from ksbtui.journal.exchange.merge import MergeNote, Merging, plan_merge
from ksbtui.journal.exchange.own_json import Whole, is_ksbtui_json, read_whole
from ksbtui.store.database import changes, origins, rows
from ksbtui.store.database.store import Batch, Record

__all__ = ["Exchange", "Taken", "is_ksbtui_json"]

NAMES_RECORD = ("setting", "names")
"""The record with the names that the personal-data check looks for."""
_DERIVED_FROM = {ENROLMENT, STANDARD, PROGRAMME, RULES}

Tell = Callable[[int, int], None]
"""Told how many of how many are done."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking in a file did, in entries; ``records`` counts the other things it wrote.

    ``unchanged`` includes ``kept``: entries that differ only by what was changed here since.
    ``minutes`` are the logged minutes added; ``notes`` name what was merged.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0
    minutes: int = 0
    records: int = 0
    restored: bool = False
    deleted: int = 0
    notes: tuple[MergeNote, ...] = ()
    wishes: tuple[Entry, ...] = ()
    """Entries that were purged on another device and are still here."""

    @property
    def wrote(self) -> bool:
        return bool(self.added or self.changed or self.deleted or self.records)


class Exchange:
    """What leaves a journal whole and comes back."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def origins(self) -> tuple[dict[Key, Origin], frozenset[str]]:
        """Read which change each field comes from, and all changes this copy has seen."""
        with self._context.store.guarded() as connection:
            return origins.read(connection)

    def live_entries(self) -> list[Entry]:
        with self._context.store.guarded() as connection:
            return rows.read(connection, "WHERE deleted_at = '' ORDER BY seq")

    def restore_json(self, path: Path, tell: Tell | None = None, dry_run: bool = False) -> Taken:
        """Take in a file of ours: a restore into a new journal, else a merge by id.

        A restore adds no change that undo could take back. A merge is one change: both
        sides' changes stay (:mod:`ksbtui.core.exchange.merging`). Refuses a file whose
        enrolment would run beside another; a failure or Ctrl+C leaves the journal as it was.
        """
        whole = read_whole(path)
        new = not self._context.exists
        plan = _Plan.of(self._context, whole)
        if dry_run or not (plan.taken.wrote or plan.taken.restored or plan.merging.seen):
            return plan.taken
        try:
            self._context.create()
            plan = self._write(path, plan, whole, tell)
        except BaseException:
            self._context.touched()
            if new:
                self._context.close()
                self._context.path.unlink(missing_ok=True)
            raise
        return plan.taken

    def _write(self, path: Path, plan: _Plan, whole: Whole, tell: Tell | None) -> _Plan:
        context, taken = self._context, plan.taken
        kind = changes.CHANGE if taken.wrote and not taken.restored else changes.MADE
        verb = "Restored the journal from" if taken.restored else "Merged"
        with context.writing(f"{verb} {path.name}", kind) as batch:
            if plan.newest and batch.n != plan.newest + 1:  # another program wrote meanwhile
                context.touched()
                plan = _Plan.of(context, whole)
            for record in plan.records:
                batch.put_record(
                    record.kind, record.id, record.body, record.created_at, record.updated_at
                )
            for key in plan.merging.ended:
                batch.put_record(*key, None)
            changed = {*(record.kind for record in plan.records)}
            if changed.union(kind for kind, _ in plan.merging.ended) & _DERIVED_FROM:
                context.touched()
                _check_overlaps(context)
                batch.rederive(Deriver(context))
            _put_entries(context, batch, plan, tell)
            origins.keep(context.store.connection, batch.n, plan.merging.seen, plan.merging.origins)
        return plan

    @property
    def names(self) -> tuple[str, ...]:
        if not self._context.exists:
            return ()
        body = self._context.store.record(*NAMES_RECORD) or {}
        return tuple(body.get("names", ()))

    def keep_names(self, add: Iterable[str] = (), forget: Iterable[str] = ()) -> tuple[str, ...]:
        """Add names to the list, or take some off (in any case); returns the list."""
        gone = {" ".join(name.split()).casefold() for name in forget}
        found: dict[str, str] = {}
        for name in (*self.names, *add):
            plain = one_line(name)
            if plain and plain.casefold() not in gone:
                found.setdefault(plain.casefold(), plain)
        names = tuple(sorted(found.values(), key=str.casefold))
        if names != self.names:
            with self._context.writing("Changed the names to check for before sharing") as batch:
                batch.put_record(*NAMES_RECORD, {"names": list(names)})
        return names


@dataclass(frozen=True, slots=True)
class _Plan:
    """What taking in a file would write: pairs of the entry here (or None) and the new one."""

    entries: tuple[tuple[Entry | None, Entry], ...]
    records: tuple[Record, ...]
    taken: Taken
    merging: Merging
    newest: int = 0
    """The newest change of the journal it was compared with; 0 for a restore."""

    @classmethod
    def of(cls, context: Context, whole: Whole) -> _Plan:
        """Compare a file with the journal, which need not exist."""
        if not context.exists or not changes.newest(context.store.connection):
            return cls._restored(whole)
        newest = changes.newest(context.store.connection)
        merging = plan_merge(context, whole)
        counts = Counter(_outcome(before, after) for before, after in merging.entries)
        taken = Taken(
            added=counts["added"],
            changed=counts["changed"],
            unchanged=merging.unchanged,
            kept=merging.kept,
            minutes=sum(
                after.minutes for before, after in merging.entries if _is_added(before, after)
            ),
            records=len(merging.records) + len(merging.ended),
            deleted=counts["deleted"],
            notes=merging.notes,
            wishes=merging.wishes,
        )
        return cls(merging.entries, merging.records, taken, merging, newest)

    @classmethod
    def _restored(cls, whole: Whole) -> _Plan:
        minutes = sum(entry.minutes for entry in whole.entries)
        count = len(whole.entries)
        merging = Merging()
        if whole.merging:
            merging = Merging(
                seen=frozenset(whole.merging.seen),
                origins=tuple(line.of() for line in whole.merging.origins),
            )
        return cls(
            tuple((None, entry) for entry in whole.entries),
            whole.records,
            Taken(added=count, minutes=minutes, records=len(whole.records), restored=True),
            merging,
        )


def _is_added(before: Entry | None, after: Entry) -> bool:
    return not after.deleted_at and (before is None or bool(before.deleted_at))


def _outcome(before: Entry | None, after: Entry) -> str:
    if after.deleted_at:
        return "deleted"
    return "added" if _is_added(before, after) else "changed"


def _put_entries(context: Context, batch: Batch, plan: _Plan, tell: Tell | None) -> None:
    derive = Deriver(context)
    few = len(plan.entries) <= FEW
    for done, (before, entry) in enumerate(plan.entries):
        if tell and done % 100 == 0:
            tell(done, len(plan.entries))
        storable = replace(
            entry,
            title=clean(entry.title),
            notes=clean(entry.notes),
            learned=clean(entry.learned),
        )
        batch.put_entry(before, derive(storable), sums=few)
    if not few:
        batch.add_up()


def _check_overlaps(context: Context) -> None:
    """Refuse enrolments that would run at once; the open write is then taken back."""
    for earlier, later in pairwise(context.courses):
        if later.enrolment.start <= last_day(earlier, context.as_at):
            raise Conflict(
                f"The file's enrolment on {later.standard.ref} starts on "
                f"{long_day(later.enrolment.start)}, before {earlier.standard.ref} ends. "
                "You can only have one enrolment at a time.",
                "Import it into a new journal: ksbtui --journal NEW.db import FILE",
            )

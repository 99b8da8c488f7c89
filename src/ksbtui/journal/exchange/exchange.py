"""The whole record out and in again: ksbtui's own JSON, and the learner's list of names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from ksbtui.core.days import long_day
from ksbtui.core.entry.entries import Entry
from ksbtui.core.frozen import dataclass
from ksbtui.core.text.text import clean
from ksbtui.errors import Conflict
from ksbtui.journal.changes import rederive
from ksbtui.journal.context import DEMO_RECORD, Context
from ksbtui.journal.entry.derive import Deriver
from ksbtui.journal.exchange.imports import FEW
from ksbtui.journal.exchange.own_json import Whole, is_ksbtui_json, own_image, read_whole, written
from ksbtui.journal.programme.courses import ENROLMENT, PROGRAMME, RULES, STANDARD, last_day
from ksbtui.store.database import changes, rows
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

    ``unchanged`` includes ``kept``: entries that were changed here later than in the file.
    ``minutes`` are the logged minutes added.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0
    minutes: int = 0
    records: int = 0
    restored: bool = False

    @property
    def wrote(self) -> bool:
        """Whether anything in the journal is now different."""
        return bool(self.added or self.changed or self.records)


class Exchange:
    """What leaves a journal whole and comes back."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def whole_json(self) -> Iterator[str]:
        """Write the whole record as pieces of one JSON document: same record, same text."""
        return written(self._context.store.whole_records(), self.live_entries())

    def live_entries(self) -> list[Entry]:
        """Read every entry in the order they were made."""
        with self._context.store.guarded() as connection:
            return rows.read(connection, "WHERE deleted_at = '' ORDER BY seq")

    def restore_json(self, path: Path, tell: Tell | None = None, dry_run: bool = False) -> Taken:
        """Take in a file of ours: a restore into a new journal, else a merge by id.

        A restore adds no change that undo could take back. A merge is one change: of an
        entry or record on both sides the one updated last wins, at a tie the file's, and
        what only one side has stays. Refuses a file whose enrolment would run beside
        another; a failure or Ctrl+C leaves the journal as it was.
        """
        whole = read_whole(path)
        new = not self._context.exists
        plan = _Plan.of(self._context, whole)
        if dry_run or not (plan.taken.wrote or plan.taken.restored):
            return plan.taken
        try:
            self._context.create()
            self._write(path, plan, tell)
        except BaseException:
            self._context.touched()
            if new:
                self._context.close()
                self._context.path.unlink(missing_ok=True)
            raise
        return plan.taken

    def _write(self, path: Path, plan: _Plan, tell: Tell | None) -> None:
        context, taken = self._context, plan.taken
        kind = changes.MADE if taken.restored else changes.CHANGE
        verb = "Restored the journal from" if taken.restored else "Merged"
        with context.writing(f"{verb} {path.name}", kind) as batch:
            for record in plan.records:
                batch.put_record(
                    record.kind, record.id, record.body, record.created_at, record.updated_at
                )
            if any(record.kind in _DERIVED_FROM for record in plan.records):
                context.touched()
                _check_overlaps(context)
                rederive(context, batch)
            _put_entries(context, batch, plan, tell)

    @property
    def names(self) -> tuple[str, ...]:
        """The names that the personal-data check looks for."""
        if not self._context.exists:
            return ()
        body = self._context.store.record(*NAMES_RECORD) or {}
        return tuple(body.get("names", ()))

    def keep_names(self, add: Iterable[str] = (), forget: Iterable[str] = ()) -> tuple[str, ...]:
        """Add names to the list, or take some off (in any case); returns the list."""
        gone = {" ".join(name.split()).casefold() for name in forget}
        found: dict[str, str] = {}
        for name in (*self.names, *add):
            plain = " ".join(clean(name).split())
            if plain and plain.casefold() not in gone:
                found.setdefault(plain.casefold(), plain)
        names = tuple(sorted(found.values(), key=str.casefold))
        if names != self.names:
            with self._context.writing("Changed the names to look for before sharing") as batch:
                batch.put_record(*NAMES_RECORD, {"names": list(names)})
        return names


@dataclass(frozen=True, slots=True)
class _Plan:
    """What taking in a file would write: pairs of the entry here (or None) and the new one."""

    entries: tuple[tuple[Entry | None, Entry], ...]
    records: tuple[Record, ...]
    taken: Taken

    @classmethod
    def of(cls, context: Context, whole: Whole) -> _Plan:
        """Compare a file with the journal, which need not exist."""
        if not context.exists or not changes.newest(context.store.connection):
            minutes = sum(entry.minutes for entry in whole.entries)
            count = len(whole.entries)
            return cls(
                tuple((None, entry) for entry in whole.entries),
                whole.records,
                Taken(added=count, minutes=minutes, records=len(whole.records), restored=True),
            )
        records = tuple(_newer_records(context.store.whole_records(), whole.records))
        with context.store.guarded() as connection:
            here = {entry.id: entry for entry in rows.read(connection, "")}
        return _merged(here, whole.entries, records)


def _merged(here: dict[str, Entry], entries: Iterable[Entry], records: tuple[Record, ...]) -> _Plan:
    """Sort a file's entries into added, changed and unchanged against those here.

    An entry that was deleted here comes back as added: a file is taken in for what it has.
    """
    pairs: list[tuple[Entry | None, Entry]] = []
    added = changed = unchanged = kept = minutes = 0
    for entry in entries:
        before = here.get(entry.id)
        if before is None or before.deleted_at:
            added, minutes = added + 1, minutes + entry.minutes
        elif own_image(before) == own_image(entry):
            unchanged += 1
            continue
        elif entry.updated_at < before.updated_at:
            unchanged, kept = unchanged + 1, kept + 1
            continue
        else:
            changed += 1
        pairs.append((before, entry))
    return _Plan(
        tuple(pairs), records, Taken(added, changed, unchanged, kept, minutes, len(records))
    )


def _newer_records(here: Iterable[Record], there: Iterable[Record]) -> Iterator[Record]:
    """The records of a file that are not here, or were changed later than here.

    The mark of an invented journal stays where it is.
    """
    known = {(record.kind, record.id): record for record in here}
    for record in there:
        key = (record.kind, record.id)
        mine = known.get(key)
        if key != DEMO_RECORD and (
            mine is None or (record.body != mine.body and record.updated_at >= mine.updated_at)
        ):
            yield record


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
                f"The file is on {later.standard.ref} from {long_day(later.enrolment.start)}, "
                f"while {earlier.standard.ref} still runs: two enrolments never run at once.",
                "Take it into a journal of its own: ksbtui --journal NEW.db import FILE",
            )

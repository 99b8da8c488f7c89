"""Reading a damaged journal into a new one, and what a backup lacks of the file it replaces."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from ksbtui.core.entry.entries import Entry, entry_image
from ksbtui.errors import Conflict, NotFound, Unreadable
from ksbtui.journal.context import Context
from ksbtui.journal.entry.derive import Deriver
from ksbtui.store.database import rows, totals
from ksbtui.store.database.changes import MADE
from ksbtui.store.database.drafts import read_beside
from ksbtui.store.database.salvaged import Salvaged, fill, read_damaged, readable
from ksbtui.store.files.backups import is_sound
from ksbtui.store.files.paths import is_there


@dataclass(frozen=True, slots=True)
class Report:
    """What came out of a damaged journal: counts, what is lost, and whether it is set up."""

    path: Path
    entries: int
    deleted: int
    records: int
    drafts: int
    lost: tuple[str, ...]
    enrolled: bool


@dataclass(frozen=True, slots=True)
class Younger:
    """Entries of the file in place that a backup lacks, and those changed since it was made."""

    added: tuple[Entry, ...] = ()
    changed: tuple[Entry, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed)


def salvage(context: Context, target: Path) -> Report:
    """Read the journal page by page into a new one at ``target``; nothing else is changed.

    Entries whose row is gone are made again from the history.
    """
    journal = context.path
    if is_there(target):
        raise Conflict(f"{target} already exists.", "Choose a new file name. Nothing was changed.")
    if not is_there(journal) or not journal.is_file():
        raise NotFound(f"There is no journal at {journal}.", "Enter its path with --journal PATH.")
    salvaged = read_damaged(journal)
    if not salvaged.entries and not salvaged.records:
        raise Unreadable(
            f"Nothing in {journal} can be read.", "Restore the newest backup: ksbtui restore"
        )
    for key, (body, at) in read_beside(journal).items():
        salvaged.tables.drafts[key] = (key, json.dumps(body, ensure_ascii=False), at)
    copy = Context(target, context.clock)
    copy.create()
    try:
        return _filled(copy, salvaged)
    except BaseException:
        copy.close()
        target.unlink(missing_ok=True)
        raise


def _filled(copy: Context, salvaged: Salvaged) -> Report:
    store = copy.store
    good = tuple(entry for entry in salvaged.entries if readable(entry))
    lost = salvaged.lost + tuple(
        f"entry {entry.id} cannot be read" for entry in salvaged.entries if not readable(entry)
    )
    with store.guarded() as connection:
        connection.execute("BEGIN IMMEDIATE")
        fill(connection, replace(salvaged, entries=good))
        connection.execute("COMMIT")
    copy.touched()
    courses = copy.courses
    with store.writing("Read from a damaged journal", copy.clock.now(), kind=MADE) as batch:
        if courses:
            batch.rederive(Deriver(copy))
        totals.rebuild(store.connection)
    copy.close()
    live = sum(not entry.deleted_at for entry in good)
    counts = (live, len(good) - live, len(salvaged.records), len(salvaged.tables.drafts))
    return Report(copy.path, *counts, lost, bool(courses))


def younger(journal: Path, backup: Path) -> Younger:
    """Compare the file in place, however damaged, with a sound backup."""
    if not is_there(journal) or not is_sound(backup):  # which restoring it refuses
        return Younger()
    # Read like the other: opening a backup of an earlier format would change it.
    in_backup = {entry.id: entry for entry in read_damaged(backup).entries}
    added, changed = [], []
    for entry in filter(readable, read_damaged(journal).entries):
        before = in_backup.get(entry.id)
        if before is None:
            if not entry.deleted_at:
                added.append(entry)
        elif entry_image(before) != entry_image(entry) and entry.updated_at >= before.updated_at:
            changed.append(entry)
    return Younger(tuple(added), tuple(changed))


def take_over(context: Context, entries: Younger) -> int:
    """Put younger entries into the journal as one change; gives how many there were."""
    derive = Deriver(context)
    count = len(entries.added) + len(entries.changed)
    with context.writing(f"Copied {count} entries from the earlier file") as batch:
        for entry in (*entries.added, *entries.changed):
            before = rows.by_id(context.store.connection, entry.id)
            batch.put_entry(before, derive(entry))
    return count

"""Safe keeping: backups, restoring, checks and purge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ksbtui.core.entry.entries import PURGED, Entry
from ksbtui.errors import Conflict
from ksbtui.journal.backup import checking, salvage
from ksbtui.journal.backup.checking import Check, report
from ksbtui.journal.backup.salvage import Report, Younger
from ksbtui.journal.context import Context
from ksbtui.journal.entry.entries import Entries
from ksbtui.store.database import changes, purge, rows
from ksbtui.store.database.connection import check_sound
from ksbtui.store.database.drafts import drop_beside
from ksbtui.store.files import backups
from ksbtui.store.files.backups import Backup
from ksbtui.store.files.paths import backup_folder, is_there


@dataclass(frozen=True, slots=True)
class Purged:
    """What still holds words of a purged entry: files of ours, and things in the journal."""

    files: tuple[Path, ...]
    things: tuple[str, ...]


class SafeKeeping:
    """What keeps the record safe."""

    def __init__(self, context: Context, entries: Entries) -> None:
        self._context = context
        self._entries = entries

    def backup(self, path: Path | None = None, to: Sequence[str] = ()) -> Path:
        """Make a verified copy: at ``path``, else in the backup folder under today's day.

        ``to`` are public keys that it is encrypted for.
        """
        store, day = self._context.store, self._context.as_at.isoformat()
        if to:
            return self._sealed(path or backup_folder(store.path), day, to)
        if path is None:
            return backups.backup(store.connection, store.path, reason="made", day=day)
        if path.is_dir():
            path = path / f"{store.path.stem}-{self._context.as_at.isoformat()}.db"
        if is_there(path):
            raise Conflict(
                f"{path} already exists.", "Choose another file name. Nothing was changed."
            )
        return backups.copy(store.connection, store.path, path.absolute())

    def _sealed(self, path: Path, day: str, to: Sequence[str]) -> Path:
        # deferred: a compiled library, for backups that are encrypted
        from ksbtui.store.files.sealed import SUFFIX, sealed_copy

        store = self._context.store
        if path.is_dir() or path == backup_folder(store.path):
            path = path / f"{store.path.stem}-{day}{SUFFIX}"
        if is_there(path):
            raise Conflict(
                f"{path} already exists.", "Choose another file name. Nothing was changed."
            )
        return sealed_copy(store.connection, path.absolute(), to)

    def damage(self) -> str:
        store = self._context.store
        return check_sound(store.connection, store.path)

    def daily(self) -> Path | None:
        return self._context.make_daily_backup()

    def backups(self) -> list[Backup]:
        return backups.backups(self._context.path)

    def newest_sound(self) -> Backup | None:
        return backups.newest_sound(self._context.path)

    def restore(self, path: Path) -> Path | None:
        """Put a copy in the journal's place; returns where the present file was set aside."""
        from ksbtui.store.files.sealed import plain_copy  # one in a hundred is encrypted

        journal = self._context.path
        self._context.close()
        known = [backups.age(item.path)[0] for item in backups.listed(journal)]
        restored = 1 + max([0, backups.age(journal)[0], *known])
        with plain_copy(path, journal) as plain:
            aside = backups.restore(journal, plain)
        # A copy that goes on beside the one it was made from is a device of its own.
        self._context.store.rename_device(restored)
        self._context.touched()
        return aside

    def younger(self, path: Path) -> Younger:
        """What the file in place has that a copy lacks, however damaged it is."""
        from ksbtui.store.files.sealed import plain_copy  # one in a hundred is encrypted

        with plain_copy(path, self._context.path) as plain:
            backups.check_copy(self._context.path, plain)
            return salvage.younger(self._context.path, plain)

    def take_over(self, entries: Younger) -> int:
        return salvage.take_over(self._context, entries)

    def salvage(self, target: Path) -> Report:
        self._context.close()
        return salvage.salvage(self._context, target)

    def check(self) -> Check:
        return checking.check(self._context)

    def report(self) -> tuple[tuple[str, str], ...]:
        return tuple(report(self._context))

    def repair(self) -> tuple[str, ...]:
        done = checking.repair(self._context)
        self._context.touched()
        return done

    def to_purge(self, id: str) -> Entry:
        """Find the entry to purge, deleted or not, by its id or a prefix."""
        gone = rows.by_id(self._context.store.connection, id.strip().lower())
        return gone or self._entries.get(id)

    def purge(self, id: str) -> Purged:
        """Remove an entry, its history and its drafts for good; cannot be undone.

        The file is compacted afterwards so that no page holds the text. Names the files of
        ours that still hold it, and what in the journal has words of it.
        """
        store = self._context.store
        entry = self.to_purge(id)
        now = self._context.clock.now()
        with store.writing("Purged an entry", now, kind=changes.PURGE) as batch:
            texts = purge.texts_of(store.connection, entry)
            purge.forget(store.connection, entry, texts)
            # Another device learns the id from it, and is asked to purge the entry as well.
            batch.put_record(PURGED, entry.id, {"purged": True})
        drop_beside(store.path, f"entry:{entry.id}", variants=True)
        store.compact()
        self._context.touched()
        backups.sweep(store.path)
        telling, things = [], set()
        for probe in purge.probes(texts):
            mentions = purge.mentions(store.connection, probe)
            things.update(mentions)
            if not mentions:
                telling.append(probe)
        return Purged(tuple(purge.holding(store.path, entry.id, telling)), tuple(sorted(things)))

"""Safe keeping: backups, restoring, checks and purge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ksbtui.core.entry.entries import Entry
from ksbtui.core.exchange.fields import PURGED
from ksbtui.errors import Conflict
from ksbtui.journal.context import Context
from ksbtui.journal.entry.entries import Entries
from ksbtui.store.database import changes, purge, rows, totals
from ksbtui.store.files import backups
from ksbtui.store.files.backups import Backup
from ksbtui.store.files.paths import backup_folder


@dataclass(frozen=True, slots=True)
class Check:
    """What ``doctor`` looked at and found: a line each, and whether all is well."""

    lines: tuple[tuple[str, str, bool], ...] = field(default_factory=tuple)
    """(what was checked, what was found, whether that is as it should be)"""

    @property
    def well(self) -> bool:
        """Whether everything is as it should be."""
        return all(ok for _, _, ok in self.lines)


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
        if path.exists():
            raise Conflict(f"{path} is there already.", "Name another file; nothing was changed.")
        return backups.copy(store.connection, path.absolute())

    def _sealed(self, path: Path, day: str, to: Sequence[str]) -> Path:
        from ksbtui.store.files.sealed_copy import SUFFIX, sealed_copy

        store = self._context.store
        if path.is_dir() or path == backup_folder(store.path):
            path = path / f"{store.path.stem}-{day}{SUFFIX}"
        if path.exists():
            raise Conflict(f"{path} is there already.", "Name another file; nothing was changed.")
        return sealed_copy(store.connection, path.absolute(), to)

    def sound(self) -> bool:
        """Tell whether the file passes SQLite's own quick check."""
        with self._context.store.guarded() as connection:
            return bool(connection.execute("PRAGMA quick_check").fetchone() == ("ok",))

    def daily(self) -> Path | None:
        """Make today's backup unless there is one, and drop those past their keep."""
        journal, store = self._context.path, self._context.store
        day = self._context.as_at.isoformat()
        if any(item.day == day and item.reason == "daily" for item in backups.backups(journal)):
            return None
        made = backups.backup(store.connection, journal, reason="daily", day=day)
        backups.prune(journal)
        return made

    def backups(self) -> list[Backup]:
        """List the copies in the backup folder, newest first."""
        return backups.backups(self._context.path)

    def newest_sound(self) -> Backup | None:
        """Find the newest copy that passes its check."""
        return backups.newest_sound(self._context.path)

    def restore(self, path: Path) -> Path | None:
        """Put a copy in the journal's place; returns where the present file was set aside."""
        from ksbtui.store.files.sealed_copy import plain_copy  # one in a hundred is encrypted

        self._context.close()
        with plain_copy(path, self._context.path) as plain:
            aside = backups.restore(self._context.path, plain)
        # A copy that goes on beside the one it was made from is a device of its own.
        self._context.store.rename_device()
        self._context.touched()
        return aside

    def check(self) -> Check:
        """Check the file, recount every sum and look through the log."""
        store = self._context.store
        with store.guarded() as connection:
            (quick,) = connection.execute("PRAGMA quick_check").fetchone()
            keys = connection.execute("PRAGMA foreign_key_check").fetchall()
            wrong = totals.differences(connection)
            (entries,) = connection.execute(
                "SELECT count(*) FROM entry WHERE deleted_at = ''"
            ).fetchone()
        modes = oct(store.path.stat().st_mode & 0o777)
        return Check(
            (
                ("File", "sound" if quick == "ok" else str(quick), quick == "ok"),
                ("Links between rows", "sound" if not keys else f"{len(keys)} broken", not keys),
                ("Sums", "as a recount" if not wrong else f"{wrong} differ", not wrong),
                ("Entries", str(entries), True),
                ("File mode", modes, modes == "0o600"),
            )
        )

    def mend_sums(self) -> None:
        """Add all sums up afresh."""
        store = self._context.store
        with store.writing("Recounted the sums", self._context.clock.now()):
            totals.rebuild(store.connection)

    def to_purge(self, id: str) -> Entry:
        """Find the entry to purge, deleted or not, by its id or a prefix."""
        gone = rows.by_id(self._context.store.connection, id.strip().lower())
        return gone or self._entries.get(id)

    def purge(self, id: str) -> list[Path]:
        """Remove an entry, its history and its draft for good; cannot be undone.

        The file is compacted afterwards so that no page holds the text. Returns the
        backups that were made while the entry was there.
        """
        store = self._context.store
        entry = self.to_purge(id)
        now = self._context.clock.now()
        with store.writing("Purged an entry", now, kind=changes.PURGE) as batch:
            purge.forget(store.connection, entry)
            # Another device learns the id from it, and is asked to purge the entry as well.
            batch.put_record(PURGED, entry.id, {"purged": True})
        store.compact()
        self._context.touched()
        made = entry.created_at[:10]
        return [copy.path for copy in self.backups() if copy.day >= made]

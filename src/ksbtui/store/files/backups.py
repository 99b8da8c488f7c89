"""Verified copies of the journal, beside it or where the learner asks.

A copy is written under a temporary name (0600), checked by SQLite itself and compared in
rows, brought to the disk, and only then given its name; so a backup that exists is whole.
"""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ksbtui.errors import Conflict, KsbtuiError, StoreProblem
from ksbtui.store.database.connection import check_file, connect, refusal
from ksbtui.store.files.paths import backup_folder, private_file, private_folder

DAILY_KEPT = 7
WEEKLY_KEPT = 8


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy found in the backup folder: ``day`` of making (ISO) and why it was made."""

    path: Path
    day: str
    reason: str


def backup(connection: sqlite3.Connection, journal: Path, *, reason: str, day: str = "") -> Path:
    """Copy the open journal into its backup folder as ``DAY-REASON.db``.

    ``day`` is ISO and defaults to the day the journal was last written.
    """
    folder = private_folder(backup_folder(journal))
    written = datetime.fromtimestamp(journal.stat().st_mtime, tz=UTC).date().isoformat()
    return copy(connection, folder / f"{day or written}-{reason}.db")


def copy(connection: sqlite3.Connection, target: Path) -> Path:
    """Copy the open journal to ``target``, verified; an older copy there is replaced."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        private_file(temporary)
        try:
            _fill(connection, temporary)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(target.parent)
    except OSError as problem:
        raise StoreProblem(
            f"No backup could be made at {target}: {problem.strerror}.",
            "Check free space and permissions, or name another place.",
        ) from problem
    except sqlite3.Error as problem:
        raise refusal(problem, target) from problem
    return target


def _fill(connection: sqlite3.Connection, temporary: Path) -> None:
    copied = sqlite3.connect(temporary)
    try:
        connection.backup(copied)
        (verdict,) = copied.execute("PRAGMA quick_check").fetchone()
        count = "SELECT (SELECT count(*) FROM entry), (SELECT count(*) FROM record)"
        rows_match = copied.execute(count).fetchone() == connection.execute(count).fetchone()
    finally:
        copied.close()
    if verdict != "ok" or not rows_match:
        raise StoreProblem(
            f"The copy did not pass its check ({verdict}); it was thrown away.",
            "The journal may be damaged. Run: ksbtui doctor",
        )
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def backups(journal: Path) -> list[Backup]:
    """List the copies in the backup folder, newest first."""
    folder = backup_folder(journal)
    found = [
        Backup(path, path.stem[:10], path.stem[11:])
        for path in folder.glob("[0-9][0-9][0-9][0-9]-*.db")
    ]
    return sorted(found, key=lambda item: (item.day, item.path.stat().st_mtime), reverse=True)


def prune(journal: Path) -> list[Path]:
    """Drop daily copies beyond 7 days and 8 weeks; those made for a reason stay."""
    daily = [item for item in backups(journal) if item.reason == "daily"]
    weeks: dict[tuple[int, int], Backup] = {}
    for item in daily:
        weeks.setdefault(datetime.fromisoformat(item.day).isocalendar()[:2], item)
    kept = {item.path for item in daily[:DAILY_KEPT]}
    kept |= {item.path for item in list(weeks.values())[:WEEKLY_KEPT]}
    dropped = [item.path for item in daily if item.path not in kept]
    for path in dropped:
        path.unlink(missing_ok=True)
    return dropped


def newest_sound(journal: Path) -> Backup | None:
    """Find the newest backup that opens and passes SQLite's check."""
    return next((item for item in backups(journal) if is_sound(item.path)), None)


def is_sound(path: Path) -> bool:
    """Tell whether a file is a journal of ours that passes SQLite's check."""
    try:
        check_file(path)
        connection = connect(path)
        try:
            return bool(connection.execute("PRAGMA quick_check").fetchone() == ("ok",))
        finally:
            connection.close()
    except (KsbtuiError, sqlite3.Error):
        return False


def _check_copy(journal: Path, copy_path: Path) -> None:
    """Refuse to restore what is no sound journal, or is the journal itself."""
    if journal.exists() and copy_path.samefile(journal):
        fault = "is the journal itself"
    elif not is_sound(copy_path):
        fault = "is not a sound ksbtui journal"
    else:
        return
    raise Conflict(
        f"{copy_path} {fault}; nothing was changed.",
        "Choose another backup; ksbtui where lists the folder.",
    )


def restore(journal: Path, copy_path: Path) -> Path | None:
    """Put a backup in the journal's place; the present file is set aside, never lost.

    Returns where the present file went, None where there was none. The copy is made whole
    before the present file moves: a full disk leaves everything as it was.
    """
    _check_copy(journal, copy_path)
    private_folder(journal.parent)
    source = connect(copy_path)
    try:
        made = copy(source, journal.with_name(f".{journal.name}.restored"))
    finally:
        source.close()
    try:
        aside = _set_aside(journal)
        made.replace(journal)
    finally:
        made.unlink(missing_ok=True)
    return aside


def _set_aside(journal: Path) -> Path | None:
    if not journal.exists():
        return None
    number = 1
    while (aside := journal.with_name(f"{journal.name}.before-restore-{number}")).exists():
        number += 1
    journal.rename(aside)
    hot = journal.with_name(journal.name + "-journal")
    if hot.exists():
        hot.rename(aside.with_name(aside.name + "-journal"))
    return aside

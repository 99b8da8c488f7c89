"""Verified copies of the journal, and putting one in its place.

A copy is written under a temporary name (0600), checked by SQLite itself and compared in
rows, brought to the disk, and only then given its name; so a backup that exists is whole. At
every moment of a restore there is a journal under its name.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ksbtui.errors import Conflict, Damaged, KsbtuiError, StoreProblem
from ksbtui.store.database.connection import (
    check_file,
    check_sound,
    connect,
    damage_refusal,
    forget_damage,
    passes_quick_check,
    refusal,
)
from ksbtui.store.files.paths import (
    backup_folder,
    is_there,
    private_file,
    private_folder,
    real_path,
    rollback_journal,
)

DAILY_KEPT = 7
WEEKLY_KEPT = 8


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy found in the backup folder: ``day`` of making (ISO) and why it was made."""

    path: Path
    day: str
    reason: str


def backup(connection: sqlite3.Connection, journal: Path, *, reason: str, day: str = "") -> Path:
    """Copy the open journal into its backup folder as ``DAY-REASON.db``, over no other copy.

    ``day`` is ISO and defaults to the day the journal was last written.
    """
    folder = private_folder(backup_folder(journal))
    sweep(journal)
    written = datetime.fromtimestamp(journal.stat().st_mtime, tz=UTC).date().isoformat()
    name, number = f"{day or written}-{reason}", 2
    target = folder / f"{name}.db"
    while target.exists():
        target = folder / f"{name}.{number}.db"
        number += 1
    return copy(connection, journal, target)


def copy(connection: sqlite3.Connection, source: Path, target: Path) -> Path:
    """Copy the open journal ``source`` to ``target``, verified; a file there is replaced."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        private_file(temporary)
        try:
            _fill(connection, source, temporary)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
        sync_folder(target.parent)
    except OSError as problem:
        raise StoreProblem(
            f"No backup could be made at {target}: {problem.strerror}.",
            "Check free space and permissions, or choose another place.",
        ) from problem
    except sqlite3.Error as problem:
        error = refusal(problem, source)
        raise error if isinstance(error, Damaged) else refusal(problem, target) from problem
    return target


def _fill(connection: sqlite3.Connection, source: Path, temporary: Path) -> None:
    """Copy, and compare, what the file holds at one moment: others write meanwhile."""
    copied = sqlite3.connect(temporary)
    count = "SELECT (SELECT count(*) FROM entry), (SELECT count(*) FROM record)"
    try:
        connection.execute("BEGIN")
        try:
            rows = connection.execute(count).fetchone()
            connection.backup(copied)
        finally:
            connection.execute("ROLLBACK")
        (verdict,) = copied.execute("PRAGMA quick_check").fetchone()
        rows_match = copied.execute(count).fetchone() == rows
    finally:
        copied.close()
    if verdict != "ok" or not rows_match:
        if what := check_sound(connection, source):
            raise damage_refusal(source, what)
        raise StoreProblem(
            f"The copy did not pass its check ({verdict}), so it was deleted.",
            "The journal itself is fine. Check the drive, or choose another place.",
        )
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Bring a change of names in a folder to the disk."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def listed(journal: Path) -> list[Backup]:
    """List the copies in the backup folder by name."""
    paths = sorted(backup_folder(journal).glob("[0-9][0-9][0-9][0-9]-*.db"))
    return [Backup(path, path.stem[:10], path.stem[11:].partition(".")[0]) for path in paths]


def backups(journal: Path) -> list[Backup]:
    """List the copies in the backup folder, newest first.

    How new one is, its content says: days and times of files follow a clock that may have
    been wrong.
    """
    return sorted(listed(journal), key=lambda item: age(item.path), reverse=True)


def age(path: Path) -> tuple[int, int, int]:
    """How far a copy's record had come: restores before it, its newest batch, time of file."""
    try:
        modified = path.stat().st_mtime_ns
        uri = f"{real_path(path).as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(uri, uri=True)
    except (OSError, sqlite3.Error):
        return (-1, -1, 0)
    try:
        newest = "SELECT coalesce((SELECT value FROM meta WHERE key = 'restored'), 0), max(n)"
        restored, batch = connection.execute(f"{newest} FROM batch").fetchone()
        return (int(restored), int(batch or 0), modified)
    except (sqlite3.Error, ValueError):
        return (-1, -1, modified)
    finally:
        connection.close()


def prune(journal: Path) -> list[Path]:
    """Drop daily copies beyond 7 days and 8 weeks; those made for a reason stay."""
    daily = [item for item in backups(journal) if item.reason == "daily"]
    weeks: dict[tuple[int, int], Backup] = {}
    for item in daily:
        weeks.setdefault(datetime.fromisoformat(item.day).isocalendar()[:2], item)
    stay = [*daily[:DAILY_KEPT], *list(weeks.values())[:WEEKLY_KEPT]]
    dropped = [item.path for item in daily if item not in stay]
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
    except KsbtuiError:
        return False
    return passes_quick_check(path)


def sweep(journal: Path) -> list[Path]:
    """Remove the unfinished copies of programs that were killed; returns those that stay."""
    left = []
    for path in unfinished(journal):
        if not _is_running(int(re.findall(r"\d+", path.name.removesuffix("-journal"))[-1])):
            try:
                path.unlink()
                continue
            except OSError:
                pass
        left.append(path)
    return left


def unfinished(journal: Path) -> list[Path]:
    """Copies that are being written, or were when their program was killed."""
    real = real_path(journal)
    ours = re.compile(rf"\.+{re.escape(real.name)}(\.restored\.\d+)?(\.|\.opened-)\d+(-journal)?")
    copies = re.compile(r"\.\d{4}-.*\.db\.\d+(-journal)?")
    beside = [path for path in real.parent.glob(".*") if ours.fullmatch(path.name)]
    return beside + [p for p in backup_folder(journal).glob(".*") if copies.fullmatch(p.name)]


def _is_running(process: int) -> bool:
    """Whether a process of that number runs; on Windows a file in use cannot be removed."""
    if process == os.getpid():
        return True
    if os.name != "posix":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def restore(journal: Path, copy_path: Path) -> Path | None:
    """Put a backup in the journal's place; the present file is set aside, never lost.

    1. The backup is copied beside the journal and checked: a full disk stops here.
    2. What a killed program left half written in the present file is rolled back.
    3. The present file gets a second name, ``NAME.before-restore-N``.
    4. The copy takes the journal's name in one step.

    Returns where the present file went, None where there was none. Killed anywhere, the
    journal is either the earlier one or the restored one.
    """
    check_copy(journal, copy_path)
    real = real_path(journal)
    private_folder(real.parent)
    sweep(journal)
    source = connect(copy_path)
    try:
        fresh = copy(source, copy_path, real.with_name(f".{real.name}.restored.{os.getpid()}"))
    finally:
        source.close()
    try:
        aside = _set_aside(real)
        fresh.replace(real)
        sync_folder(real.parent)
    except OSError as problem:
        raise StoreProblem(
            f"{journal} could not be replaced: {problem.strerror}.",
            "Close every other ksbtui, check free space and permissions, then try again.",
        ) from problem
    finally:
        fresh.unlink(missing_ok=True)
    forget_damage(journal)
    return aside


def check_copy(journal: Path, copy_path: Path) -> None:
    """Refuse to restore what is no sound journal, or is the journal itself."""
    if is_there(journal) and copy_path.samefile(journal):
        fault = "is the journal itself"
    elif not is_sound(copy_path):
        fault = "is not a ksbtui journal, or is damaged"
    else:
        return
    raise Conflict(
        f"{copy_path} {fault}. Nothing was changed.",
        "Choose another backup. To see the folder: ksbtui where",
    )


def _set_aside(journal: Path) -> Path | None:
    """Give the present file a second name, with what it needs to be read."""
    if not is_there(journal):
        set_aside_leftover(journal)
        return None
    _roll_back(journal)
    number = 1
    while (aside := journal.with_name(f"{journal.name}.before-restore-{number}")).exists():
        number += 1
    hot = rollback_journal(journal)
    if hot.exists():
        _second_name(hot, aside.with_name(f"{aside.name}-journal"))
    _second_name(journal, aside)
    hot.unlink(missing_ok=True)
    return aside


def _roll_back(journal: Path) -> None:
    """Let SQLite undo what a killed program left half written; damage may keep it from that."""
    if not rollback_journal(journal).exists():
        return
    try:
        connection = connect(journal)
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        finally:
            connection.close()
    except (Damaged, sqlite3.DatabaseError):
        return


def _second_name(path: Path, name: Path) -> None:
    try:
        os.link(path, name)
    except OSError:  # a drive that knows no second names
        shutil.copyfile(path, private_file(name))
        with name.open("rb+") as file:
            os.fsync(file.fileno())


def set_aside_leftover(path: Path) -> None:
    """Move the rollback file of a journal that is gone out of the way.

    SQLite would roll it into the next file of that name.
    """
    hot = rollback_journal(path)
    if is_there(hot) and not is_there(path):
        number = 1
        while (aside := hot.with_name(f"{path.name}.leftover-{number}-journal")).exists():
            number += 1
        hot.rename(aside)

"""Making a journal file, and bringing one of an earlier format up to date."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from ksbtui.errors import Conflict, StoreProblem
from ksbtui.store.database.connection import SCHEMA_VERSION, connect, refusal
from ksbtui.store.database.damage import forget_damage
from ksbtui.store.database.schema import migrate
from ksbtui.store.files.backups import backup, listed
from ksbtui.store.files.paths import (
    backup_folder,
    is_there,
    private_file,
    private_folder,
    real_path,
)
from ksbtui.store.files.restoring import set_aside_leftover


def make_file(path: Path) -> None:
    """Make a new, empty journal (0600 in a 0700 folder); never over another file.

    Refused where backups say that there was one: a missing journal is not a new one.
    """
    if is_there(path):
        raise Conflict(f"{path} is there already.", "Name another file with --journal.")
    if missing := missing_journal(path):
        raise missing
    real = real_path(path)
    try:
        private_folder(real.parent)
        set_aside_leftover(real)
        fresh = private_file(real.with_name(f".{real.name}.{os.getpid()}"))
    except OSError as problem:
        raise StoreProblem(
            f"No journal can be made in {real.parent}: {problem.strerror}.",
            "Allow writing there, or name another place with --journal PATH.",
        ) from problem
    try:
        connection = sqlite3.connect(fresh, isolation_level=None)
        migrate(connection)
        connection.close()
        fresh.replace(real)
    except (sqlite3.Error, OSError) as problem:
        fresh.unlink(missing_ok=True)
        if isinstance(problem, sqlite3.Error):
            raise refusal(problem, path) from problem
        raise StoreProblem(
            f"No journal can be made at {path}: {problem.strerror}.",
            "Check free space and permissions, or name another place with --journal PATH.",
        ) from problem
    forget_damage(path)


def missing_journal(path: Path) -> Conflict | None:
    """The refusal where a journal is gone and its backups are still there, else None."""
    kept = listed(path)
    if is_there(path) or not kept:
        return None
    day = max(item.day for item in kept)
    return Conflict(
        f"The journal {path} is gone, but its backups are there, the newest of {day}.",
        "Bring it back with: ksbtui restore. "
        f"To begin a new one, move {backup_folder(path)} away first.",
    )


def upgrade(path: Path) -> None:
    """Bring an older format up to date, behind one verified backup."""
    connection = connect(path)
    try:
        backup(connection, path, reason=f"before-format-{SCHEMA_VERSION}")
        migrate(connection)  # does nothing where another program was quicker
    except sqlite3.Error as problem:
        raise refusal(problem, path) from problem
    finally:
        connection.close()

"""Putting a copy in the journal's place: at every moment there is a journal under its name."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

from ksbtui.errors import Conflict, Damaged, StoreProblem
from ksbtui.store.database.connection import connect
from ksbtui.store.database.damage import forget_damage
from ksbtui.store.files.backups import copy, is_sound, sweep, sync_folder
from ksbtui.store.files.paths import (
    is_there,
    private_file,
    private_folder,
    real_path,
    rollback_journal,
)


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
        made = copy(source, copy_path, real.with_name(f".{real.name}.restored.{os.getpid()}"))
    finally:
        source.close()
    try:
        aside = _set_aside(real)
        made.replace(real)
        sync_folder(real.parent)
    except OSError as problem:
        raise StoreProblem(
            f"{journal} could not be replaced: {problem.strerror}.",
            "Close every other ksbtui, check free space and permissions, then try again.",
        ) from problem
    finally:
        made.unlink(missing_ok=True)
    forget_damage(journal)
    return aside


def check_copy(journal: Path, copy_path: Path) -> None:
    """Refuse to restore what is no sound journal, or is the journal itself."""
    if is_there(journal) and copy_path.samefile(journal):
        fault = "is the journal itself"
    elif not is_sound(copy_path):
        fault = "is not a sound ksbtui journal"
    else:
        return
    raise Conflict(
        f"{copy_path} {fault}; nothing was changed.",
        "Choose another backup; ksbtui where lists the folder.",
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

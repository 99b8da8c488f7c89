"""Encrypted copies of the journal, fit for a shared folder: never on the disk in plain."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ksbtui.errors import StoreProblem
from ksbtui.store.database.connection import refusal
from ksbtui.store.files.paths import private_file, private_folder
from ksbtui.store.files.sealed import is_sealed, read_bytes, seal, unseal

SUFFIX = ".db.age"


def sealed_copy(connection: sqlite3.Connection, target: Path, to: Sequence[str]) -> Path:
    """Copy the open journal in memory, check the copy, and write it encrypted."""
    try:
        data = connection.serialize()
        copied = sqlite3.connect(":memory:")
        try:
            copied.deserialize(data)
            (verdict,) = copied.execute("PRAGMA quick_check").fetchone()
        finally:
            copied.close()
    except sqlite3.Error as problem:
        raise refusal(problem, target) from problem
    if verdict != "ok":
        raise StoreProblem(
            f"The copy did not pass its check ({verdict}); it was thrown away.",
            "The journal may be damaged. Run: ksbtui doctor",
        )
    _put(target, seal(data, to))
    return target


def _put(target: Path, data: bytes) -> None:
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        private_folder(target.parent)
        try:
            with private_file(temporary).open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as problem:
        raise StoreProblem(
            f"No backup could be made at {target}: {problem.strerror}.",
            "Check free space and permissions, or name another place.",
        ) from problem


@contextmanager
def plain_copy(path: Path, journal: Path) -> Iterator[Path]:
    """A copy as SQLite can read it: itself, or decrypted beside the journal for as long."""
    if not is_sealed(path):
        yield path
        return
    temporary = journal.with_name(f".{journal.name}.opened-{os.getpid()}")
    _put(temporary, unseal(read_bytes(path), path.name))
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)

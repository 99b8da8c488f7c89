"""How many rows of each kind a journal holds, for whoever must not see what they say."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator


def counts(connection: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """Rows of every table, and records by kind."""
    for table in ("entry", "entry_ksb", "evidence", "record", "draft", "batch", "change"):
        (number,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        yield f"Rows of {table}", int(number)
    kinds = "SELECT kind, count(*) FROM record GROUP BY kind ORDER BY kind"
    for kind, number in connection.execute(kinds).fetchall():
        yield f"Records {kind}", int(number)


def sqlite_version() -> str:
    """The version of SQLite that Python came with."""
    return sqlite3.sqlite_version

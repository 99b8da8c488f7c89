"""The full-text index beside the entries: whether it holds them all, and making it again."""

from __future__ import annotations

import sqlite3

from ksbtui.store.database.schema import SEARCH, has_full_text_search, run

_NAMES = ("entry_fts", "entry_fts_insert", "entry_fts_delete", "entry_fts_update")


def index_fault(connection: sqlite3.Connection) -> str:
    """What is wrong with the index; empty if it holds what the entries hold."""
    if not has_full_text_search(connection):
        return ""
    found = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    if missing := [name for name in _NAMES if name not in found]:
        return f"{missing[0]} is missing"
    try:
        connection.execute("INSERT INTO entry_fts (entry_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as problem:
        name = getattr(problem, "sqlite_errorname", "")
        if name.startswith(("SQLITE_BUSY", "SQLITE_READONLY")):
            return ""
        return "it differs from the entries"
    return ""


def make_index(connection: sqlite3.Connection) -> None:
    """Make the index and its triggers again, from the entries, as one write."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for trigger in _NAMES[1:]:
            connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        _drop(connection)
        run(connection, SEARCH)
        connection.execute("INSERT INTO entry_fts (entry_fts) VALUES ('rebuild')")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _drop(connection: sqlite3.Connection) -> None:
    """Drop the index; one whose parts are gone is taken apart by hand."""
    try:
        connection.execute("DROP TABLE IF EXISTS entry_fts")
    except sqlite3.DatabaseError:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("DELETE FROM sqlite_schema WHERE name = 'entry_fts'")
        connection.execute("PRAGMA writable_schema=RESET")
    parts = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'entry_fts_*'"
    ).fetchall()
    for (name,) in parts:
        connection.execute(f'DROP TABLE IF EXISTS "{name}"')

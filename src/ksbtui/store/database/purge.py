"""Forgetting one entry for good: the only thing that rewrites the change log."""

from __future__ import annotations

import sqlite3

from ksbtui.core.entry.entries import Entry
from ksbtui.core.exchange.fields import TWICE
from ksbtui.store.database import changes, rows, totals


def forget(connection: sqlite3.Connection, entry: Entry) -> None:
    """Take an entry out of the rows, the sums, the change log and the drafts.

    Runs inside an open write. The labels of the batches that named it are blanked.
    """
    rows.remove(connection, entry.id)
    totals.replace(connection, entry, None)
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('purging', '1')")
    named = (changes.ENTRY, entry.id)
    second = (TWICE, f"{changes.ENTRY}.{entry.id}.")
    connection.execute("DELETE FROM record WHERE kind = ? AND instr(id, ?) = 1", second)
    connection.execute("DELETE FROM change WHERE kind = ? AND instr(id, ?) = 1", second)
    connection.execute(
        "UPDATE batch SET label = 'An entry since purged' WHERE n IN "
        "(SELECT batch FROM change WHERE kind = ? AND id = ?)",
        named,
    )
    connection.execute("DELETE FROM change WHERE kind = ? AND id = ?", named)
    connection.execute("DELETE FROM meta WHERE key = 'purging'")
    connection.execute("DELETE FROM draft WHERE key = ?", (f"entry:{entry.id}",))

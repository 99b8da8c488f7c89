"""One verified backup a day, made by whatever first has something new to keep.

Kept apart from the rest of safe keeping: ``log`` asks for it after each save.
"""

from __future__ import annotations

from pathlib import Path

from ksbtui.journal.context import Context
from ksbtui.store.files import backups


def is_due(context: Context) -> bool:
    """Whether today's backup has still to be made; an invented or empty journal needs none."""
    day = context.as_at.isoformat()
    if any((b.day, b.reason) == (day, "daily") for b in backups.listed(context.path)):
        return False
    if not context.exists or context.is_demo:
        return False
    with context.store.guarded() as connection:
        return connection.execute("SELECT 1 FROM entry LIMIT 1").fetchone() is not None


def make_daily(context: Context) -> Path | None:
    """Make today's backup if it is due, and drop those past their keep."""
    if not is_due(context):
        return None
    store, day = context.store, context.as_at.isoformat()
    made = backups.backup(store.connection, context.path, reason="daily", day=day)
    backups.prune(context.path)
    return made

"""Half-written texts: rows of the journal, or a private file beside it while it is damaged.

Two windows may write them, so a write can be conditional. The condition is looked at within the
caller's transaction: nothing comes between it and the write. The file beside the journal,
``NAME.drafts.json``, holds an object for each draft by its key: ``body`` and ``kept_at``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

Body = dict[str, Any]


def save(
    connection: sqlite3.Connection,
    key: str,
    body: Body,
    at: str,
    over: Sequence[Body | None] | None = None,
) -> Body | None:
    """Keep a text under a key; gives it as it was kept.

    With ``over`` it is kept only if the key holds one of these now (None: nothing), else
    nothing is written and None is given.
    """
    if over is not None and _read(connection, key) not in over:
        return None
    text = json.dumps(body, ensure_ascii=False)
    connection.execute(
        "INSERT INTO draft VALUES (?, ?, ?) ON CONFLICT DO UPDATE "
        "SET body = excluded.body, updated_at = excluded.updated_at",
        (key, text, at),
    )
    kept: Body = json.loads(text)
    return kept


def drop(connection: sqlite3.Connection, key: str, only: Body | None = None) -> None:
    """Forget the text of a key; with ``only`` if it still is that one."""
    if only is None or _read(connection, key) == only:
        connection.execute("DELETE FROM draft WHERE key = ?", (key,))


def every(connection: sqlite3.Connection) -> dict[str, tuple[Body, str]]:
    """Read every text by its key, with the instant it was kept at, newest first."""
    found = connection.execute("SELECT key, body, updated_at FROM draft")
    kept = {key: (json.loads(body), at) for key, body, at in found}
    return dict(sorted(kept.items(), key=lambda item: item[1][1], reverse=True))


def _read(connection: sqlite3.Connection, key: str) -> Body | None:
    row = connection.execute("SELECT body FROM draft WHERE key = ?", (key,)).fetchone()
    return json.loads(row[0]) if row else None

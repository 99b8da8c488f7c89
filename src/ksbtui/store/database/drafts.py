"""Half-written texts: rows of the journal, or a private file beside it while it is damaged.

Two windows may write them, so a write can be conditional. The condition is looked at within the
caller's transaction: nothing comes between it and the write. The file beside the journal,
``NAME.drafts.json``, holds an object for each draft by its key: ``body`` and ``kept_at``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ksbtui.store.files.paths import real_path, write_private

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
    saved: Body = json.loads(text)
    return saved


def drop(connection: sqlite3.Connection, key: str, only: Body | None = None) -> None:
    """Forget the text of a key; with ``only`` if it still is that one."""
    if only is None or _read(connection, key) == only:
        connection.execute("DELETE FROM draft WHERE key = ?", (key,))


def every(connection: sqlite3.Connection) -> dict[str, tuple[Body, str]]:
    """Read every text by its key, with the instant it was kept at, newest first."""
    rows = connection.execute("SELECT key, body, updated_at FROM draft").fetchall()
    rows.sort(key=lambda row: row[2], reverse=True)
    return {key: (json.loads(body), at) for key, body, at in rows}


def _read(connection: sqlite3.Connection, key: str) -> Body | None:
    row = connection.execute("SELECT body FROM draft WHERE key = ?", (key,)).fetchone()
    return json.loads(row[0]) if row else None


DraftTexts = dict[str, tuple[dict[str, Any], str]]
"""By key: the body, and when it was kept."""


def drafts_path(journal: Path) -> Path:
    """Where the drafts of a damaged journal lie."""
    real = real_path(journal)
    return real.with_name(f"{real.name}.drafts.json")


def read_beside(journal: Path) -> DraftTexts:
    """Every draft beside a journal; a file that cannot be read holds none."""
    return _read_file(drafts_path(journal)) or {}


def save_beside(journal: Path, key: str, body: dict[str, Any], at: str) -> Path:
    """Keep a draft over the earlier one of its key; raises ``OSError`` where that fails."""
    path = drafts_path(journal)
    drafts = _read_file(path)
    if drafts is None:  # not ours to overwrite
        path.replace(path.with_name(f"{path.name}.unreadable"))
    _write_file(path, {**(drafts or {}), key: (body, at)})
    return path


def drop_beside(journal: Path, key: str, variants: bool = False) -> bool:
    """Forget the draft of a key, and those of ``key:…`` too; the last one takes the file along."""
    path, drafts = drafts_path(journal), read_beside(journal)
    left = {
        other: draft
        for other, draft in drafts.items()
        if other != key and not (variants and other.startswith(f"{key}:"))
    }
    if len(left) == len(drafts):
        return False
    if left:
        _write_file(path, left)
    else:
        path.unlink(missing_ok=True)
    return True


def _read_file(path: Path) -> DraftTexts | None:
    try:
        drafts = json.loads(path.read_text(encoding="utf-8")).items()
        return {key: (dict(draft["body"]), str(draft["kept_at"])) for key, draft in drafts}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _write_file(path: Path, drafts: DraftTexts) -> None:
    body = {key: {"body": body, "kept_at": at} for key, (body, at) in drafts.items()}
    write_private(path, json.dumps(body, ensure_ascii=False, indent=1).encode())

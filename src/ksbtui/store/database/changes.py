"""The change log: every write as one batch of before-and-after images.

It is audit, history and undo at once. Undoing writes a new batch that puts the earlier
images back; nothing in the log is ever rewritten (save by ``purge``, for privacy).
"""

from __future__ import annotations

import json
import sqlite3

from ksbtui.core.entry.entries import ENTRY as ENTRY
from ksbtui.core.entry.entries import Image
from ksbtui.core.frozen import dataclass

CHANGE, UNDO, REDO, PURGE, MADE = "change", "undo", "redo", "purge", "made"
"""Kinds of batch; only a change can be undone. ``made`` is what a journal began with."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a batch did to one thing; ``before`` None is a making, ``after`` None an end."""

    kind: str
    id: str
    before: Image | None
    after: Image | None


@dataclass(frozen=True, slots=True)
class Done:
    """One batch of the log: when, what in a few words, and whether it was taken back."""

    n: int
    at: str
    label: str
    kind: str
    undone: bool
    changes: tuple[Change, ...] = ()


def begin(connection: sqlite3.Connection, at: str, label: str, kind: str) -> int:
    """Open a batch."""
    cursor = connection.execute(
        "INSERT INTO batch (at, label, kind) VALUES (?, ?, ?)", (at, label, kind)
    )
    return int(cursor.lastrowid or 0)


def aim(connection: sqlite3.Connection, n: int, kind: str, target: int) -> None:
    """Note which batch an open undo or redo takes back or puts back, and mark that one."""
    connection.execute("UPDATE batch SET undone = ? WHERE n = ?", (kind == UNDO, target))
    connection.execute("UPDATE batch SET target = ? WHERE n = ?", (target, n))


def rename(connection: sqlite3.Connection, n: int, label: str) -> None:
    """Call an open batch something else."""
    connection.execute("UPDATE batch SET label = ? WHERE n = ?", (label, n))


def drop(connection: sqlite3.Connection, n: int) -> None:
    """Drop an open batch that turned out to change nothing."""
    connection.execute("DELETE FROM batch WHERE n = ?", (n,))


def add(connection: sqlite3.Connection, batch: int, change: Change) -> None:
    """Add one change to an open batch."""
    connection.execute(
        "INSERT INTO change (batch, kind, id, before, after) VALUES (?, ?, ?, ?, ?)",
        (batch, change.kind, change.id, _text(change.before), _text(change.after)),
    )


def to_undo(connection: sqlite3.Connection) -> Done | None:
    """Find the newest change not yet undone."""
    return _first(
        connection,
        "WHERE kind = 'change' AND undone = 0 "
        "AND EXISTS (SELECT 1 FROM change WHERE change.batch = batch.n) ORDER BY n DESC",
    )


def to_redo(connection: sqlite3.Connection) -> Done | None:
    """Find the change undone last, among those undone after the newest change was made.

    A change that was undone before another one was made stays undone.
    """
    return _first(
        connection,
        "WHERE kind = 'change' AND undone = 1 AND n IN (SELECT target FROM batch "
        "WHERE kind = 'undo' AND n > (SELECT max(n) FROM batch WHERE kind = 'change')) ORDER BY n",
    )


def _first(connection: sqlite3.Connection, tail: str) -> Done | None:
    query = f"SELECT n, at, label, kind, undone FROM batch {tail} LIMIT 1"
    row = connection.execute(query).fetchone()
    return _done(connection, row) if row else None


def _done(connection: sqlite3.Connection, row: tuple[int, str, str, str, int]) -> Done:
    n, at, label, kind, undone = row
    changes = connection.execute(
        "SELECT kind, id, before, after FROM change WHERE batch = ? ORDER BY n", (n,)
    )
    images = tuple(Change(k, id, _image(b), _image(a)) for k, id, b, a in changes)
    return Done(n, at, label, kind, bool(undone), images)


def first_at(connection: sqlite3.Connection) -> str:
    """Read the instant of the first batch; empty where there is none."""
    row = connection.execute("SELECT at FROM batch ORDER BY n LIMIT 1").fetchone()
    return str(row[0]) if row else ""


def history(connection: sqlite3.Connection, limit: int = 50) -> list[Done]:
    """Read the newest batches, newest first."""
    rows = connection.execute(
        "SELECT n, at, label, kind, undone FROM batch ORDER BY n DESC LIMIT ?", (limit,)
    ).fetchall()
    return [_done(connection, row) for row in rows]


def history_of(connection: sqlite3.Connection, kind: str, id: str) -> list[Done]:
    """Read every batch that touched one thing, oldest first, with its changes to it only."""
    rows = connection.execute(
        "SELECT batch.n, batch.at, batch.label, batch.kind, batch.undone, "
        "change.before, change.after FROM change JOIN batch ON batch.n = change.batch "
        "WHERE change.kind = ? AND change.id = ? ORDER BY change.n",
        (kind, id),
    )
    return [
        Done(n, at, label, type_, bool(undone), (Change(kind, id, _image(before), _image(after)),))
        for n, at, label, type_, undone, before, after in rows
    ]


def since(connection: sqlite3.Connection, batch: int) -> list[Change]:
    """Read all changes made after a batch, newest first, to step back through them.

    What made a thing comes without ``after``: to step back, nothing of it is needed.
    """
    rows = connection.execute(
        "SELECT kind, id, before, after FROM change WHERE batch > ? ORDER BY batch DESC, n DESC",
        (batch,),
    )
    return [Change(k, id, _image(b), _image(a) if b else None) for k, id, b, a in rows]


def entries_since(connection: sqlite3.Connection, batch: int) -> set[str]:
    """Ids of all entries that were changed after a batch."""
    # The plus keeps SQLite from the index by kind, which leads to every entry there is.
    query = "SELECT DISTINCT id FROM change WHERE batch > ? AND +kind = ?"
    return {id for (id,) in connection.execute(query, (batch, ENTRY))}


def newest(connection: sqlite3.Connection) -> int:
    """Number of the newest batch, 0 in a new journal."""
    (n,) = connection.execute("SELECT coalesce(max(n), 0) FROM batch").fetchone()
    return int(n)


def newest_on(connection: sqlite3.Connection, day: str) -> int:
    """Number of the newest batch written by the end of a day (ISO), 0 if there is none."""
    (n,) = connection.execute(
        "SELECT coalesce(max(n), 0) FROM batch WHERE substr(at, 1, 10) <= ?", (day,)
    ).fetchone()
    return int(n)


def _text(image: Image | None) -> str | None:
    return None if image is None else json.dumps(image, ensure_ascii=False, separators=(",", ":"))


def _image(text: str | None) -> Image | None:
    if text is None:
        return None
    image: Image = json.loads(text)
    return image

"""Entries as rows, and as the images the change log keeps."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from ksbtui.core.entry.entries import Entry, Evidence, Verification
from ksbtui.core.programme.standards import code_key

COLUMNS = (
    "id, enrolment, day, minutes, title, type, module, module_given, notes, learned, paid, "
    "new_learning, relevant, private, verified_by, verified_day, submitted, source, words, "
    "failed_rules, evidence_text, created_at, updated_at, deleted_at, first_day, in_plan"
)
_PLACEHOLDERS = ", ".join("?" * len(COLUMNS.split(",")))
_ASSIGNMENTS = ", ".join(f"{name.strip()} = ?" for name in COLUMNS.split(","))

Row = tuple[Any, ...]

_as_they_are = attrgetter(
    *("minutes", "title", "type", "module", "module_given", "notes", "learned", "paid"),
    *("new_learning", "relevant", "private"),
)
_artefact = attrgetter("kind", "title", "target", "sha256", "size", "note", "private", "copied")
"""Columns that hold a field as it is, in their order."""


def _values(entry: Entry) -> Row:
    return (
        entry.id,
        entry.enrolment,
        entry.day.isoformat(),
        *_as_they_are(entry),
        entry.verified.by if entry.verified else "",
        entry.verified.day.isoformat() if entry.verified else "",
        entry.submitted.isoformat() if entry.submitted else "",
        entry.source,
        entry.words,
        " ".join(entry.failed_rules),
        "\n".join(f"{item.title} {item.target} {item.note}" for item in entry.evidence),
        entry.created_at,
        entry.updated_at,
        entry.deleted_at,
        entry.first_day.isoformat() if entry.first_day else "",
        entry.in_plan,
    )


def insert(connection: sqlite3.Connection, entry: Entry) -> None:
    """Add an entry with its codes and evidence."""
    query = f"INSERT INTO entry ({COLUMNS}) VALUES ({_PLACEHOLDERS})"
    cursor = connection.execute(query, _values(entry))
    _insert_parts(connection, int(cursor.lastrowid or 0), entry)


def update(connection: sqlite3.Connection, entry: Entry) -> None:
    """Write an entry over the row of the same id."""
    (seq,) = connection.execute("SELECT seq FROM entry WHERE id = ?", (entry.id,)).fetchone()
    connection.execute(f"UPDATE entry SET {_ASSIGNMENTS} WHERE seq = ?", (*_values(entry), seq))
    connection.execute("DELETE FROM entry_ksb WHERE entry = ?", (seq,))
    connection.execute("DELETE FROM evidence WHERE entry = ?", (seq,))
    _insert_parts(connection, seq, entry)


def remove(connection: sqlite3.Connection, id: str) -> None:
    """Take an entry's row away for good (undoing its making, or a purge)."""
    connection.execute("DELETE FROM entry WHERE id = ?", (id,))


def _insert_parts(connection: sqlite3.Connection, seq: int, entry: Entry) -> None:
    connection.executemany(
        "INSERT INTO entry_ksb (code, entry) VALUES (?, ?)",
        [(code, seq) for code in entry.ksbs],
    )
    if not entry.evidence:
        return
    connection.executemany(
        "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(item.id, seq, place, *_artefact(item)) for place, item in enumerate(entry.evidence)],
    )


def read(
    connection: sqlite3.Connection, tail: str, parameters: Sequence[object] = ()
) -> list[Entry]:
    """Read whole entries: ``tail`` is what follows ``FROM entry`` (joins, where, order).

    Codes and evidence come in two further queries however many entries there are.
    """
    columns = ", ".join(f"entry.{name.strip()}" for name in COLUMNS.split(","))
    query = f"SELECT entry.seq, {columns} FROM entry {tail}"
    rows: list[Row] = connection.execute(query, parameters).fetchall()
    codes: dict[int, list[str]] = {}
    evidence: dict[int, list[Evidence]] = {}
    for first in range(0, len(rows), _AT_ONCE):
        seqs = [row[0] for row in rows[first : first + _AT_ONCE]]
        marks = ", ".join("?" * len(seqs))
        tags = f"SELECT code, entry FROM entry_ksb WHERE entry IN ({marks})"
        for code, seq in connection.execute(tags, seqs):
            codes.setdefault(seq, []).append(code)
        artefacts = (
            "SELECT entry, id, kind, title, target, sha256, size, note, private, copied "
            f"FROM evidence WHERE entry IN ({marks}) ORDER BY entry, place"
        )
        for seq, *parts in connection.execute(artefacts, seqs):
            evidence.setdefault(seq, []).append(evidence_of(parts))
    return [entry_of(row, codes.get(row[0], ()), evidence.get(row[0], ())) for row in rows]


_AT_ONCE = 500
"""Entries whose codes and evidence one query reads."""


def evidence_of(parts: Sequence[Any]) -> Evidence:
    """Evidence from its columns, without ``entry`` and ``place``."""
    id, kind, title, target, sha256, size, note, private, copied = parts
    return Evidence(id, kind, title, target, sha256, size, note, bool(private), bool(copied))


def entry_of(row: Row, codes: Iterable[str], evidence: Iterable[Evidence]) -> Entry:
    """An entry from its row (``seq``, then :data:`COLUMNS`), codes and evidence."""
    (_, id, enrolment, day, minutes, title, type_, module, module_given, notes, learned) = row[:11]
    (paid, new_learning, relevant, private, verified_by, verified_day, submitted) = row[11:18]
    (source, words, failed_rules, _, created_at, updated_at, deleted_at) = row[18:25]
    first_day, in_plan = row[25:]
    return Entry(
        id=id,
        day=date.fromisoformat(day),
        minutes=minutes,
        title=title,
        type=type_,
        module=module,
        module_given=bool(module_given),
        notes=notes,
        learned=learned,
        ksbs=tuple(sorted(codes, key=code_key)),
        evidence=tuple(evidence),
        paid=paid,
        new_learning=bool(new_learning),
        relevant=bool(relevant),
        in_plan=bool(in_plan),
        private=bool(private),
        verified=Verification(verified_by, date.fromisoformat(verified_day))
        if verified_day
        else None,
        submitted=date.fromisoformat(submitted) if submitted else None,
        enrolment=enrolment,
        source=source,
        words=words,
        failed_rules=tuple(failed_rules.split()),
        created_at=created_at,
        updated_at=updated_at,
        deleted_at=deleted_at,
        first_day=date.fromisoformat(first_day) if first_day else None,
    )


def learned(connection: sqlite3.Connection, limit: int) -> list[tuple[str, date, str, str]]:
    """Read id, day, title and learning of the newest entries that say what was learned."""
    rows = connection.execute(
        "SELECT id, day, title, learned FROM entry WHERE deleted_at = '' AND learned <> '' "
        "ORDER BY day DESC, seq DESC LIMIT ?",
        (limit,),
    )
    return [(id, date.fromisoformat(day), title, text) for id, day, title, text in rows]


def texts(
    connection: sqlite3.Connection, enrolment: str, limit: int, *, public: bool = False
) -> list[tuple[str, date, str, str, str, tuple[str, ...]]]:
    """Read id, day, title, notes, learning and codes of an enrolment's newest entries."""
    rows = connection.execute(
        "SELECT id, day, title, notes, learned, "
        "(SELECT group_concat(code, ' ') FROM entry_ksb WHERE entry = seq) "
        "FROM entry WHERE deleted_at = '' AND enrolment = ? "
        f"{'AND private = 0 ' if public else ''}ORDER BY day DESC, seq DESC LIMIT ?",
        (enrolment, limit),
    )
    return [
        (id, date.fromisoformat(day), title, notes, learned, tuple((codes or "").split()))
        for id, day, title, notes, learned, codes in rows
    ]


def by_id(connection: sqlite3.Connection, id: str) -> Entry | None:
    """Read one entry by its whole id, deleted or not."""
    return next(iter(read(connection, "WHERE entry.id = ?", (id,))), None)


def by_prefix(connection: sqlite3.Connection, prefix: str, limit: int = 5) -> list[Entry]:
    """Read the live entries whose id begins with ``prefix`` (ids are ``[2-9a-z]``)."""
    return read(
        connection,
        "WHERE id >= ? AND id < ? AND deleted_at = '' ORDER BY id LIMIT ?",
        (prefix, prefix + "\x7f", limit),
    )


def ids_by_title(connection: sqlite3.Connection) -> dict[str, str]:
    """Read the newest live entry's id for each title."""
    rows = connection.execute("SELECT title, id FROM entry WHERE deleted_at = '' ORDER BY seq")
    return dict(rows.fetchall())


def brief(connection: sqlite3.Connection) -> list[tuple[str, str, int, str]]:
    """Read id, ISO day, minutes and title of every live entry."""
    rows = connection.execute("SELECT id, day, minutes, title FROM entry WHERE deleted_at = ''")
    return rows.fetchall()


def private_ids(
    connection: sqlite3.Connection, among: Collection[str] | None = None
) -> frozenset[str]:
    """The ids of the live entries that are private, of all or of those ``among`` which are."""
    query = "SELECT id FROM entry WHERE private = 1 AND deleted_at = ''"
    if among is None:
        return frozenset(id for (id,) in connection.execute(query))
    query += " AND id IN (SELECT value FROM json_each(?))"
    return frozenset(id for (id,) in connection.execute(query, (json.dumps(sorted(among)),)))


def live(
    connection: sqlite3.Connection, ids: Iterable[str], *, public: bool = False
) -> frozenset[str]:
    """Those of ``ids`` whose entry is not deleted, nor private where only ``public`` count."""
    query = "SELECT 1 FROM entry WHERE id = ? AND deleted_at = ''"
    query += " AND private = 0" if public else ""
    return frozenset(id for id in ids if connection.execute(query, (id,)).fetchone())

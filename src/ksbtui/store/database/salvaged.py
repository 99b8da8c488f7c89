"""What can still be read of a damaged journal, put into a new file; and the search index.

Rows come from the pages (:mod:`ksbtui.store.database.carving`); what those lack is made again
from the history, which holds every entry and record a second time, on other pages. The
full-text index stands beside the entries and can be made again from them.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from ksbtui.core.entry.entries import PAID, PURGED, Entry, Image, entry_from, patched
from ksbtui.store.database import rows
from ksbtui.store.database.carving import Carved, Row, carve
from ksbtui.store.database.changes import ENTRY, MADE
from ksbtui.store.database.schema import SEARCH, has_full_text_search, run

_ID = re.compile(r"[2-9a-z]{8}")
_CODE = re.compile(r"[KSB][1-9][0-9]*")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ENTRY_COLUMNS = len(rows.COLUMNS.split(",")) + 1
_FIRST_COLUMNS = 25
"""Of an entry's row in the first format: a row keeps the columns it was written with."""
_UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)


@dataclass(slots=True)
class Tables:
    """The rows of a damaged file by table; entries by id, and their codes by row number."""

    rows: dict[str, Carved] = field(default_factory=dict)
    codes: dict[int, set[str]] = field(default_factory=dict)
    evidence: dict[int, dict[str, Row]] = field(default_factory=dict)
    records: dict[tuple[str, str], Row] = field(default_factory=dict)
    drafts: dict[str, Row] = field(default_factory=dict)
    batches: dict[int, Row] = field(default_factory=dict)
    changes: dict[int, Row] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    """Row numbers of entries by id, as an index names them: lost ones too."""
    days: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was read: live and deleted entries, records, and what is lost, a line each."""

    entries: tuple[Entry, ...]
    records: dict[tuple[str, str], Row]
    lost: tuple[str, ...]
    tables: Tables


def read_damaged(path: Path) -> Salvaged:
    """Read all that the pages of a file still hold."""
    tables = Tables()
    for row in carve(path):
        _sort(tables, row)
    images = dict(_replayed(tables))
    entries, lost = [], []
    gone = {id for kind, id in tables.records if kind == PURGED}
    for id in dict.fromkeys([*tables.rows, *(id for kind, id in images if kind == ENTRY)]):
        if id in gone:
            continue
        entry, why = _entry(tables, id, images.get((ENTRY, id)))
        if entry is not None:
            entries.append(entry)
        if why:
            lost.append(why)
    known = {*tables.rows, *(entry.id for entry in entries), *gone}
    known |= {entry.enrolment for entry in entries}  # which another index names
    for id, number in sorted(tables.numbers.items()):
        if id not in known and images.get((ENTRY, id), {}) is not None:
            day = tables.days.get(number)
            lost.append(f"entry {id}{f' of {day}' if day else ''} could not be read")
    records = dict(tables.records)
    for key, image in images.items():
        if key[0] != ENTRY and image and key not in records:
            at = str(image.get("created_at") or "1970-01-01T00:00:00Z")
            records[key] = (*key, json.dumps(image, ensure_ascii=False), at, at)
    entries.sort(key=lambda entry: (entry.created_at, entry.id))
    return Salvaged(tuple(entries), records, tuple(lost), tables)


def _sort(tables: Tables, row: Carved) -> None:
    """Tell the table of a row by what it holds."""
    v = row.values
    many = _FIRST_COLUMNS <= len(v) <= _ENTRY_COLUMNS
    if row.rowid is not None and many and _is(v[1], _ID) and _is(v[3], _DAY):
        tables.rows[v[1]] = row
    elif row.cut:
        return
    elif row.rowid is None:
        _sort_index(tables, v)
    elif len(v) == 5 and _are_texts(v) and v[2].startswith("{"):
        tables.records[v[0], v[1]] = v
    elif len(v) == 3 and _are_texts(v) and v[1].startswith("{"):
        tables.drafts[v[0]] = v
    elif len(v) == 6 and v[0] is None and isinstance(v[2], str) and isinstance(v[3], str):
        if isinstance(v[1], int):
            tables.changes[row.rowid] = v
        elif isinstance(v[1], str) and isinstance(v[5], int):
            tables.batches[row.rowid] = v


def _sort_index(tables: Tables, v: Row) -> None:
    if len(v) == 11 and isinstance(v[1], int) and isinstance(v[0], str):
        tables.evidence.setdefault(v[1], {})[v[0]] = v
    elif len(v) == 2 and isinstance(v[0], int) and _is(v[1], _CODE):
        tables.codes.setdefault(v[0], set()).add(v[1])
    elif len(v) == 2 and _is(v[0], _ID) and isinstance(v[1], int):
        tables.numbers[v[0]] = v[1]
    elif len(v) in (2, 3) and _is(v[0], _DAY) and isinstance(v[-1], int):
        tables.days[v[-1]] = v[0]


def _are_texts(values: Row) -> bool:
    return all(isinstance(value, str) for value in values)


def _is(value: Any, pattern: re.Pattern[str]) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _replayed(tables: Tables) -> Iterator[tuple[tuple[str, str], Image | None]]:
    """What the history makes of each thing whose making it still holds; None where it ended."""
    images: dict[tuple[str, str], Image | None] = {}
    for _, (_, _, kind, id, before, after) in sorted(tables.changes.items()):
        key = (str(kind), str(id))
        try:
            old = json.loads(before) if before else None
            new = json.loads(after) if after else None
        except (TypeError, ValueError):
            continue
        if old is None or new is None:
            images[key] = new
        elif images.get(key) is not None:
            images[key] = patched(images[key], old, new)
    yield from images.items()


def _entry(tables: Tables, id: str, image: Image | None) -> tuple[Entry | None, str]:
    """An entry from its row, else from the history; and what of it is lost."""
    try:
        again = entry_from(image) if image else None
    except _UNREADABLE:
        again = None
    row = tables.rows.get(id)
    broken = row is not None and (row.cut or not _plausible(row.values))
    if row is None or (broken and again):
        return again, ""
    number = int(row.rowid or 0)
    codes = tables.codes.get(number, set())
    evidence = sorted(tables.evidence.get(number, {}).values(), key=lambda row: row[2])
    try:
        values = (number, *(("" if value is None else value) for value in row.values[1:]))
        values += ("",) * (_ENTRY_COLUMNS - len(values))
        values = (*values[:7], row.values[7], *values[8:])
        entry = rows.entry_of(values, codes, [rows.evidence_of((v[0], *v[3:])) for v in evidence])
    except _UNREADABLE:
        return again, "" if again else f"entry {id} cannot be read"
    if broken:
        entry = _with_defaults(entry)
    if again:
        entry = replace(
            entry,
            ksbs=tuple(dict.fromkeys([*entry.ksbs, *again.ksbs])) if not codes else entry.ksbs,
            evidence=entry.evidence or again.evidence,
        )
    return entry, f"entry {id}: part of its text is missing" if broken else ""


def _plausible(values: Row) -> bool:
    """Whether the end of a row is what ksbtui writes: a long text may lead over broken pages."""
    whole = all("\ufffd" not in text for text in values if isinstance(text, str))
    return whole and values[11] in PAID and _is(values[22], _INSTANT)


def _with_defaults(entry: Entry) -> Entry:
    """An entry whose last columns are missing, with what they are at first."""
    at = entry.created_at or f"{entry.day.isoformat()}T00:00:00Z"
    return replace(
        entry,
        paid=entry.paid if entry.paid in PAID else "yes",
        words=entry.words if isinstance(entry.words, int) else 0,
        created_at=at,
        updated_at=entry.updated_at or at,
    )


def fill(connection: sqlite3.Connection, salvaged: Salvaged) -> None:
    """Put what was read into a new journal, inside an open write; sums are left to the caller.

    The history can be read, but no longer undone: parts of it may be missing.
    """
    connection.executemany("INSERT INTO record VALUES (?, ?, ?, ?, ?)", _valid(salvaged.records))
    connection.executemany("INSERT INTO draft VALUES (?, ?, ?)", _valid(salvaged.tables.drafts))
    read = salvaged.tables.batches.items()
    batches = {n: (n, at, label, MADE, None, 0) for n, (_, at, label, *_) in read}
    lost_name = ("1970-01-01T00:00:00Z", "A change that lost its name", MADE, None, 0)
    for _, n, *_ in salvaged.tables.changes.values():
        batches.setdefault(n, (n, *lost_name))
    connection.executemany(
        "INSERT INTO batch VALUES (?, ?, ?, ?, ?, ?)", [batches[n] for n in sorted(batches)]
    )
    connection.executemany(
        "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?)",
        [
            (n, *row[1:])
            for n, row in sorted(salvaged.tables.changes.items())
            if all(_is_json(image) for image in row[4:] if image)
        ],
    )
    for entry in salvaged.entries:
        rows.insert(connection, entry)


def _valid(rows: dict[Any, Row]) -> list[Row]:
    return [row for row in rows.values() if _is_json(row[1] if len(row) == 3 else row[2])]


def _is_json(text: Any) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (TypeError, ValueError):
        return False


def readable(entry: Entry) -> bool:
    """Whether an entry can be put into a journal as it was read."""
    try:
        return bool(entry.title) and 1 <= entry.minutes <= 1440 and isinstance(entry.day, date)
    except TypeError:
        return False


_NAMES = ("entry_fts", "entry_fts_insert", "entry_fts_delete", "entry_fts_update")


def index_fault(connection: sqlite3.Connection) -> str:
    """What is wrong with the index; empty if it holds what the entries hold."""
    if not has_full_text_search(connection):
        return ""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    if missing := [name for name in _NAMES if name not in there]:
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

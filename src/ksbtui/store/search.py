"""Finding entries: the filters of ``list`` as SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Protocol

from ksbtui.core.entries import Entry
from ksbtui.store import rows


class Wanted(Protocol):
    """What may be asked for; empty fields ask for nothing."""

    @property
    def ksb(self) -> str:
        """A code the entry is tagged with."""

    @property
    def type(self) -> str:
        """Its activity type."""

    @property
    def module(self) -> int | None:
        """Its module."""

    @property
    def since(self) -> date | None:
        """Its first day."""

    @property
    def until(self) -> date | None:
        """Its last day."""

    @property
    def search(self) -> str:
        """Words in title, notes, learning or evidence."""

    @property
    def untagged(self) -> bool:
        """Only entries without a KSB."""

    @property
    def rule(self) -> str:
        """The first rule it fails."""


Condition = tuple[str, tuple[object, ...]]


def find(
    connection: sqlite3.Connection, wanted: Wanted, as_at: date, limit: int, offset: int
) -> tuple[tuple[Entry, ...], int]:
    """Read a page of matching live entries, newest first, and count all that match."""
    conditions = list(_conditions(connection, wanted, as_at))
    where = " AND ".join(["entry.deleted_at = ''", *(sql for sql, _ in conditions)])
    values = [value for _, given in conditions for value in given]
    entries = rows.read(
        connection,
        f"WHERE {where} ORDER BY entry.day DESC, entry.seq DESC LIMIT ? OFFSET ?",
        [*values, limit, offset],
    )
    (total,) = connection.execute(f"SELECT count(*) FROM entry WHERE {where}", values).fetchone()
    return tuple(entries), int(total)


def _conditions(connection: sqlite3.Connection, wanted: Wanted, as_at: date) -> Iterator[Condition]:
    if wanted.ksb:
        yield (
            "EXISTS (SELECT 1 FROM entry_ksb WHERE entry_ksb.entry = entry.seq AND code = ?)",
            (wanted.ksb,),
        )
    if wanted.untagged:
        yield "NOT EXISTS (SELECT 1 FROM entry_ksb WHERE entry_ksb.entry = entry.seq)", ()
    if wanted.type:
        yield "entry.type = ?", (wanted.type,)
    if wanted.module is not None:
        yield "entry.module = ?", (wanted.module,)
    if wanted.since:
        yield "entry.day >= ?", (wanted.since.isoformat(),)
    if wanted.until:
        yield "entry.day <= ?", (wanted.until.isoformat(),)
    if wanted.rule:
        yield from _under(wanted.rule, as_at)
    for word in wanted.search.split():
        like = f"%{word.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
        yield (
            "(entry.title LIKE ? ESCAPE '!' OR entry.notes LIKE ? ESCAPE '!' "
            "OR entry.learned LIKE ? ESCAPE '!' OR entry.evidence_text LIKE ? ESCAPE '!')",
            (like,) * 4,
        )


def _under(rule: str, as_at: date) -> Iterator[Condition]:
    """Entries that stand under a rule: it is the first they fail, the date considered."""
    earlier = "(entry.failed_rules || ' ') LIKE 'inside-programme %'"
    in_break = "(entry.failed_rules || ' ') LIKE 'not-in-break %'"
    before_clock = f"({earlier} OR {in_break})"
    if rule == "not-future":
        yield f"entry.day > ? AND NOT {before_clock}", (as_at.isoformat(),)
    else:
        yield "(entry.failed_rules || ' ') LIKE ?", (f"{rule} %",)
        if rule not in ("inside-programme", "not-in-break"):
            yield "entry.day <= ?", (as_at.isoformat(),)

"""What reports read: artefacts by KSB, and how many rows of each kind a journal holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date

from ksbtui.core.coverage.evidence_index import Artefact
from ksbtui.core.entry.entries import Entry
from ksbtui.store.database.rows import read

SQLITE_VERSION = sqlite3.sqlite_version

_FROM = (
    "FROM evidence JOIN entry ON entry.seq = evidence.entry "
    "JOIN entry_ksb ON entry_ksb.entry = entry.seq "
    "WHERE entry.deleted_at = '' AND entry.enrolment = ?"
)
_PRIVATE = "(entry.private OR evidence.private)"


def artefacts(
    connection: sqlite3.Connection, enrolment: str, *, private: bool = False
) -> list[Artefact]:
    """Read an enrolment's artefacts with the code each stands for, newest first.

    One on an entry of three KSBs comes three times. Private ones only if asked for.
    """
    rows = connection.execute(
        "SELECT entry_ksb.code, entry.id, entry.day, entry.title, "
        f"evidence.id, evidence.kind, evidence.title, evidence.target {_FROM} "
        + ("" if private else f"AND NOT {_PRIVATE} ")
        + "ORDER BY entry.day DESC, entry.seq DESC, evidence.place",
        (enrolment,),
    )
    return [
        Artefact(code, entry, date.fromisoformat(day), title, *rest)
        for code, entry, day, title, *rest in rows
    ]


def withheld(connection: sqlite3.Connection, enrolment: str) -> int:
    """Count the private artefacts of an enrolment that stand for a KSB."""
    sql = f"SELECT count(DISTINCT evidence.id) {_FROM} AND {_PRIVATE}"
    (count,) = connection.execute(sql, (enrolment,)).fetchone()
    return int(count)


def entries_for(
    connection: sqlite3.Connection, enrolment: str, code: str, limit: int, *, private: bool = False
) -> list[Entry]:
    """Read the newest entries of an enrolment that are tagged with a code.

    Those with evidence or a reflection come before those without.
    """
    return read(
        connection,
        "WHERE entry.deleted_at = '' AND entry.enrolment = ? "
        + ("" if private else "AND NOT entry.private ")
        + "AND EXISTS (SELECT 1 FROM entry_ksb WHERE entry_ksb.entry = entry.seq AND code = ?) "
        "ORDER BY EXISTS (SELECT 1 FROM evidence WHERE evidence.entry = entry.seq) DESC, "
        "entry.words > 0 DESC, entry.day DESC, entry.seq DESC LIMIT ?",
        (enrolment, code, limit),
    )


def counts(connection: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """Rows of every table, and records by kind."""
    for table in ("entry", "entry_ksb", "evidence", "record", "draft", "batch", "change"):
        (number,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        yield f"Rows of {table}", int(number)
    kinds = "SELECT kind, count(*) FROM record GROUP BY kind ORDER BY kind"
    for kind, number in connection.execute(kinds).fetchall():
        yield f"Records {kind}", int(number)

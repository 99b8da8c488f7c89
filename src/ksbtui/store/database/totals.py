"""The sums kept with the rows, changed in the same transaction as the entry they cover."""

from __future__ import annotations

import sqlite3
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING

from ksbtui.core.entry.entries import APPLIED_WORDS, Entry
from ksbtui.core.hours.totals import DayTotal, KsbDay, day_shares, ksb_shares

if TYPE_CHECKING:
    from ksbtui.core.coverage.coverage import Tally

_ADD_DAY = """
INSERT INTO day_total VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET entries = entries + excluded.entries,
                          minutes = minutes + excluded.minutes
"""
_ADD_KSB = """
INSERT INTO ksb_day VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET entries = entries + excluded.entries,
    minutes = minutes + excluded.minutes,
    worded = worded + excluded.worded,
    evidence = evidence + excluded.evidence,
    evidenced = evidenced + excluded.evidenced,
    evidenced_worded = evidenced_worded + excluded.evidenced_worded
"""


def replace(connection: sqlite3.Connection, before: Entry | None, after: Entry | None) -> None:
    """Take an entry's earlier share out of the sums and put its present share in."""
    if before is not None and not before.deleted_at:
        _add(connection, before, -1)
    if after is not None and not after.deleted_at:
        _add(connection, after, 1)
    if before is not None:
        _sweep(connection, before)


_counts = attrgetter("entries", "minutes", "worded", "evidence", "evidenced", "evidenced_worded")


def _add(connection: sqlite3.Connection, entry: Entry, sign: int) -> None:
    day = entry.day.isoformat()
    connection.executemany(
        _ADD_DAY,
        [
            (entry.enrolment, share.day.isoformat(), share.type, share.module or 0, *share[3:])
            for share in day_shares(entry, sign)
        ],
    )
    connection.executemany(
        _ADD_KSB,
        [(entry.enrolment, row.code, day, *_counts(row)) for row in ksb_shares(entry, sign)],
    )


def _sweep(connection: sqlite3.Connection, entry: Entry) -> None:
    """Drop the rows of a day that sum to nothing."""
    key = (entry.enrolment, entry.day.isoformat())
    connection.execute(
        "DELETE FROM day_total WHERE enrolment = ? AND day BETWEEN ? AND ? "
        "AND entries = 0 AND minutes = 0",
        (key[0], (entry.first_day or entry.day).isoformat(), key[1]),
    )
    connection.executemany(
        "DELETE FROM ksb_day WHERE enrolment = ? AND day = ? AND code = ? AND entries = 0",
        [(*key, code) for code in entry.ksbs],
    )


def rebuild(connection: sqlite3.Connection) -> None:
    """Add all sums up afresh from the rows."""
    connection.execute("DELETE FROM day_total")
    connection.execute("DELETE FROM ksb_day")
    connection.execute(f"INSERT INTO day_total {_RECOUNT_DAYS}")
    connection.execute(f"INSERT INTO ksb_day {_RECOUNT_KSBS}")


_RECOUNT_DAYS = """
WITH RECURSIVE
block (seq, at, last) AS (
    SELECT seq, first_day, day FROM entry WHERE first_day <> '' AND deleted_at = ''
    UNION ALL SELECT seq, date(at, '+1 day'), last FROM block WHERE at < last
),
working (seq, at) AS (SELECT seq, at FROM block WHERE strftime('%w', at) NOT IN ('0', '6')),
carrying (seq, at) AS (
    SELECT seq, at FROM working
    UNION ALL SELECT seq, at FROM block WHERE seq NOT IN (SELECT seq FROM working)
),
numbered (seq, at, n, of) AS (
    SELECT seq, at, row_number() OVER (PARTITION BY seq ORDER BY at),
           count(*) OVER (PARTITION BY seq) FROM carrying
),
share (seq, at, entries, part) AS (
    SELECT seq, day, 1, minutes FROM entry WHERE first_day = '' AND deleted_at = ''
    UNION ALL
    SELECT seq, at, at = day, minutes * n / of - minutes * (n - 1) / of
    FROM numbered JOIN entry USING (seq)
    UNION ALL
    SELECT seq, day, 1, 0 FROM entry
    WHERE first_day <> '' AND deleted_at = '' AND (seq, day) NOT IN (SELECT * FROM carrying)
)
SELECT enrolment, at, type, coalesce(module, 0),
       CASE instr(failed_rules, ' ') WHEN 0 THEN failed_rules
       ELSE substr(failed_rules, 1, instr(failed_rules, ' ') - 1) END,
       verified_day <> '',
       NOT EXISTS (SELECT 1 FROM entry_ksb WHERE entry_ksb.entry = share.seq),
       sum(entries), sum(part)
FROM share JOIN entry USING (seq) GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
_RECOUNT_KSBS = f"""
SELECT enrolment, code, day, count(*), sum(minutes), sum(words >= {APPLIED_WORDS}),
       sum(artefacts), sum(artefacts > 0), sum(artefacts > 0 AND words >= {APPLIED_WORDS})
FROM (SELECT entry.*, (SELECT count(*) FROM evidence WHERE evidence.entry = seq) AS artefacts
      FROM entry WHERE deleted_at = '')
JOIN entry_ksb ON entry_ksb.entry = seq
GROUP BY enrolment, code, day
"""


def differences(connection: sqlite3.Connection) -> int:
    """Count the sums sums that a recount of the rows does not confirm (0 is right)."""
    wrong = 0
    for table, recount in (("day_total", _RECOUNT_DAYS), ("ksb_day", _RECOUNT_KSBS)):
        sums = f"SELECT * FROM {table}"
        for some, others in ((sums, recount), (recount, sums)):
            query = f"SELECT count(*) FROM (SELECT * FROM ({some}) EXCEPT SELECT * FROM ({others}))"
            wrong += connection.execute(query).fetchone()[0]
    return wrong


def day_totals(connection: sqlite3.Connection, enrolment: str) -> list[DayTotal]:
    """Read an enrolment's day sums, oldest day first."""
    rows = connection.execute(
        "SELECT day, type, module, rule, verified, untagged, entries, minutes "
        "FROM day_total WHERE enrolment = ? ORDER BY day",
        (enrolment,),
    )
    days: dict[str, date] = {}
    return [
        DayTotal(
            days.get(day) or days.setdefault(day, date.fromisoformat(day)),
            type_,
            module or None,
            rule,
            bool(verified),
            bool(untagged),
            entries,
            minutes,
        )
        for day, type_, module, rule, verified, untagged, entries, minutes in rows
    ]


def ksb_tallies(
    connection: sqlite3.Connection, enrolment: str, before: date | None = None
) -> dict[str, Tally]:
    """Add an enrolment's KSB sums (of the days before one) up by code, in the database."""
    from ksbtui.core.coverage.coverage import Tally  # deferred: log counts no coverage

    rows = connection.execute(
        "SELECT code, sum(entries), sum(minutes), sum(worded), sum(evidence), "
        "sum(evidenced_worded), max(day), min(CASE WHEN evidenced THEN day END), "
        "max(CASE WHEN evidenced THEN day END) "
        f"FROM ksb_day WHERE enrolment = ? {'AND day < ?' if before else ''} GROUP BY code",
        (enrolment, before.isoformat()) if before else (enrolment,),
    )
    return {
        code: Tally(*sums[:5], *(date.fromisoformat(day) if day else None for day in sums[5:]))
        for code, *sums in rows
    }


def ksb_days(connection: sqlite3.Connection, enrolment: str, since: date) -> list[KsbDay]:
    """Read an enrolment's KSB sums from a day on, by code and day."""
    rows = connection.execute(
        "SELECT code, day, entries, minutes, worded, evidence, evidenced, evidenced_worded "
        "FROM ksb_day WHERE enrolment = ? AND day >= ?",
        (enrolment, since.isoformat()),
    )
    days: dict[str, date] = {}
    return [
        KsbDay(code, days.get(day) or days.setdefault(day, date.fromisoformat(day)), *counts)
        for code, day, *counts in rows
    ]


def minutes_on(connection: sqlite3.Connection, day: date) -> int:
    """Sum the live minutes logged on a day, in whichever enrolment."""
    (minutes,) = connection.execute(
        "SELECT coalesce(sum(minutes), 0) FROM day_total WHERE day = ?", (day.isoformat(),)
    ).fetchone()
    return int(minutes)


def minutes_by_day(connection: sqlite3.Connection) -> dict[str, int]:
    """Sum the live minutes of every day that has some, by ISO day."""
    rows = connection.execute("SELECT day, sum(minutes) FROM day_total GROUP BY day")
    return dict(rows.fetchall())


def minutes_outside_hours(connection: sqlite3.Connection, enrolment: str) -> int:
    """Minutes logged as outside paid hours, paid back or not."""
    (minutes,) = connection.execute(
        "SELECT coalesce(sum(minutes), 0) FROM entry "
        "WHERE deleted_at = '' AND paid <> 'yes' AND enrolment = ?",
        (enrolment,),
    ).fetchone()
    return int(minutes)

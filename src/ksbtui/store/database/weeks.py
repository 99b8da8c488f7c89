"""The journal week by week: what stands above each week, and where an entry stands.

Headings come from the day sums, so that a list of any length never reads the entries it
does not show.
"""

from __future__ import annotations

import sqlite3
from datetime import date

_WEEKS = """
SELECT date(day, 'weekday 0', '-6 days') AS monday, sum(entries), sum(minutes),
       sum(CASE WHEN rule = '' AND day <= ? THEN minutes ELSE 0 END)
FROM day_total GROUP BY monday HAVING sum(entries) > 0 ORDER BY monday DESC
"""
_AHEAD = """
SELECT count(*) FROM entry JOIN (SELECT day AS at, seq AS n FROM entry WHERE id = ?)
WHERE deleted_at = '' AND (day > at OR (day = at AND seq > n))
"""


_PUBLIC_WEEKS = """
SELECT date(day, 'weekday 0', '-6 days') AS monday, count(*), sum(minutes),
       sum(CASE WHEN failed_rules = '' AND day <= ? THEN minutes ELSE 0 END)
FROM entry WHERE deleted_at = '' AND private = 0 GROUP BY monday ORDER BY monday DESC
"""


def weeks(
    connection: sqlite3.Connection, as_at: date, *, public: bool = False
) -> list[tuple[date, int, int, int]]:
    """Read (Monday, entries, logged minutes, counted minutes), newest week first.

    ``public`` leaves private entries out, which the day sums do not know.
    """
    rows = connection.execute(_PUBLIC_WEEKS if public else _WEEKS, (as_at.isoformat(),))
    return [(date.fromisoformat(monday), *sums) for monday, *sums in rows]


def position_of(connection: sqlite3.Connection, id: str, *, public: bool = False) -> int | None:
    """Count the live entries that stand before one, newest first; None if it is gone."""
    shown = " AND private = 0" if public else ""
    live = f"SELECT 1 FROM entry WHERE id = ? AND deleted_at = ''{shown}"
    if connection.execute(live, (id,)).fetchone() is None:
        return None
    (ahead,) = connection.execute(_AHEAD + shown, (id,)).fetchone()
    return int(ahead)

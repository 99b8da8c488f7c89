"""Columns of time that tell one time in several spellings: 2.5, 150 and 2:30 are not 7 h 30."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ksbtui.errors import KsbtuiError
from ksbtui.imports.logs.amounts import is_nothing, read_hours, read_minutes
from ksbtui.imports.tables import Cell

_FINEST = ("minutes", "duration", "hours")
"""Which column is taken, the exact before the rounded."""


def repeated_times(
    times: Sequence[int], roles: Mapping[int, str], body: Sequence[Sequence[Cell]]
) -> list[int]:
    """Columns to leave out, since another says the same in every row to half a hundredth hour.

    Columns that differ in one row, or of which only one is filled there, are all kept: they
    are parts of a time or times of different activities. Columns of one kind are kept too.
    """
    told = {column: _told(column, roles[column], body) for column in times}
    left: list[int] = []
    for column in sorted(times, key=lambda c: _FINEST.index(roles[c]), reverse=True):
        others = [c for c in times if c not in (column, *left) and roles[c] != roles[column]]
        if any(_same(told[column], told[other]) for other in others):
            left.append(column)
    return left


def _told(column: int, role: str, body: Sequence[Sequence[Cell]]) -> list[int | None]:
    return [_minutes(row[column], role) if column < len(row) else None for row in body]


def _minutes(cell: Cell, role: str) -> int | None:
    if is_nothing(cell):
        return None
    try:
        return (read_minutes if role == "minutes" else read_hours)(cell)[0]
    except KsbtuiError:
        return None


def _same(one: Sequence[int | None], other: Sequence[int | None]) -> bool:
    """Whether two columns are filled in the same rows, say the same there, and say anything."""
    filled = [pair for pair in zip(one, other, strict=True) if pair != (None, None)]
    return bool(filled) and all(
        a is not None and b is not None and abs(a - b) <= 1 for a, b in filled
    )

"""A grid of typed cells as it stands in a file, how a cell reads, and whether it is a figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | time | datetime | timedelta | None
"""A whole number is an int, a day without a time a date, an empty cell None."""

MAX_COLUMNS = 1_000
MAX_CELLS = 2_000_000

_FIGURE = re.compile(
    r"[£$~]?\s*[-+]?\d[\d.,:/\s-]*\s*(?:h(?:ou)?rs?|h|m(?:in(?:ute)?s?)?|%)?", re.I
)
_DAY = re.compile(
    r"(?:[a-z]{3,9},? )?\d{1,2}(?:st|nd|rd|th)?[ ./-]+[a-z]{3,9}\.?(?:[ ./,-]*\d{2,4})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet, or one table of a text file. Row ``n`` as a person sees it is ``rows[n - 1]``.

    Formulas appear as their saved values. A text or day in merged cells is repeated in each
    of them (headings, days); a number is not, or hours would count twice. ``covered`` are the
    merged cells other than the first of each, as (row, column) from 0.
    """

    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    covered: frozenset[tuple[int, int]] = frozenset()
    unsaved: int = 0
    """Formulas without a saved value, of the whole file; told on its first grid."""

    def at(self, row: int, column: int) -> Cell:
        cells = self.rows[row] if 0 <= row < len(self.rows) else ()
        return cells[column] if 0 <= column < len(cells) else None


def text_of(cell: Cell) -> str:
    """A cell as a page would print it."""
    if isinstance(cell, datetime):
        cell = cell.date() if cell.time() == time() else cell
    if isinstance(cell, date | time | datetime):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return "" if cell is None else str(cell).strip()


def is_figure(cell: Cell) -> bool:
    """Whether a cell is a number, a day or a length of time, typed or spelt."""
    if isinstance(cell, str):
        text = cell.strip()
        if not text or len(text) > 40 or not any(map(str.isdigit, text)):
            return False
        return bool(_FIGURE.fullmatch(text) or _DAY.fullmatch(text))
    return isinstance(cell, int | float | date | time | timedelta) and not isinstance(cell, bool)


def merge(rows: list[list[Cell]], ranges: list[tuple[int, int, int, int]]) -> set[tuple[int, int]]:
    """Repeat merged texts and days in place; the places covered by (top, left, bottom, right).

    Merges that would cover more cells than a sheet may have are left as they are.
    """
    covered: set[tuple[int, int]] = set()
    left_over = MAX_CELLS
    for top, left, bottom, right in ranges:
        if not (top < len(rows) and left < len(rows[top])):
            continue
        left_over -= (min(bottom + 1, len(rows)) - top) * (min(right + 1, MAX_COLUMNS) - left)
        if left_over < 0:
            break
        value = rows[top][left]
        for number, row in enumerate(rows[top : bottom + 1], start=top):
            for column in range(left, min(right + 1, len(row))):
                if (number, column) != (top, left):
                    covered.add((number, column))
                    row[column] = value if isinstance(value, str | date) else None
    return covered


def letter_of(column: int) -> str:
    """The letter of a column counted from 0: ``A``, ``Z``, ``AA``."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_of(letters: str) -> int | None:
    """The column (from 0) of a letter such as ``G``; None where it is no letter."""
    wanted = letters.strip()
    if not (wanted.isalpha() and wanted.isascii() and len(wanted) <= 3):
        return None
    number = 0
    for letter in wanted.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1

"""Days in the cells and lines of other people's files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from ksbtui.core.days import EARLIEST_YEAR, LATEST_YEAR, MONTH_NAMES, full_day
from ksbtui.core.text.text import quoted
from ksbtui.errors import Unreadable
from ksbtui.imports.tables.grid import Cell

ORDERS = ("dmy", "mdy")

_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(30_000, 80_000)
"""Whole numbers that can be a spreadsheet's days (1982 to 2119) when nothing formats them so."""

_WEEKDAY = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]\d{1,2}:\d{2}.*)?")
_NUMBERS = re.compile(
    r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})(?:\s+\d{1,2}:\d{2}.*)?"
)
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s./-]*([a-z]{3,9})\.?[\s.,/-]*(\d{4}|\d{2})?")
_AMERICAN = re.compile(
    r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s*(\d{4})?(?:,?\s+\d{1,2}:\d{2}.*)?"
)
_SHORT = re.compile(r"(\d{1,2})[-/.](\d{1,2})")
_SHORT_SPAN = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?\s*(?:-|–|—|to|&|and)\s*(\d{1,2})(?:st|nd|rd|th)?"
    r"([ ./-]*[a-z]{3,9}.*)"
)
_SPAN = re.compile(r"\s+(?:-|–|—|→|to|until|&|and)\s+|\s*[–—→]\s*")


def order_of(cells: Iterable[Cell], as_at: date | None = None, start: date | None = None) -> str:
    """Which order of day and month texts like 03/04/2026 must have: an order, both, or neither.

    ``dmy`` or ``mdy`` where at least one of them allows no other, ``both`` where they
    contradict each other, ``open`` where some are there and none decides, else ``""``. Where
    none decides, ``dmy`` if only so all lie between ``start`` and ``as_at`` or follow one
    another: nobody in England is taken to write the month first without proof.
    """
    seen: set[str] = set()
    unsure: list[tuple[int, int, int]] = []
    for cell in cells:
        match = _NUMBERS.fullmatch(_plain(cell)) if isinstance(cell, str) else None
        if match is not None:
            first, second = int(match[1]), int(match[2])
            decided = "dmy" if first > 12 else "mdy" if second > 12 else "open"
            seen.add("same" if first == second else decided)
            unsure.append((_year(match[3]), first, second))
    decided_ones = seen & set(ORDERS)
    if len(decided_ones) == 2:
        return "both"
    if decided_ones or "open" not in seen:
        return decided_ones.pop() if decided_ones else ""
    return "dmy" if as_at and _only_day_first(unsure, as_at, start) else "open"


def _only_day_first(found: Sequence[tuple[int, int, int]], as_at: date, start: date | None) -> bool:
    """Whether days that may be either make sense only day first."""
    sides = []
    for order in ORDERS:
        try:
            days = [date(y, b, a) if order == "dmy" else date(y, a, b) for y, a, b in found]
        except ValueError:
            return False
        inside = all((start or days[0]) <= day <= as_at for day in days)
        rising = len(set(days)) > 2 and days in (sorted(days), sorted(days, reverse=True))
        sides.append((inside and start is not None, rising))
    return any(day and not month for day, month in zip(*sides, strict=True))


def read_day(cell: Cell, order: str, as_at: date) -> tuple[date, str]:
    """The day in a cell, and a warning about how it was read (empty for none).

    Raises Unreadable for what is no day.
    """
    if isinstance(cell, datetime):
        return _within(cell.date(), cell), ""
    if isinstance(cell, date):
        return _within(cell, cell), ""
    if isinstance(cell, int) and not isinstance(cell, bool) and cell in _SERIALS:
        day = _EXCEL_EPOCH + timedelta(days=cell)
        return day, f"the number {cell} was read as {full_day(day)}"
    if not isinstance(cell, str):
        raise _no_day(cell)
    found = _read_day(_plain(cell), order, as_at)
    if found is None:
        raise _no_day(cell)
    if not re.search(r"\d{4}|\d\D+\d{1,2}\D+\d{2}|[a-z]\D*\d{2}$", _plain(cell)):
        return _within(found, cell), f"{quoted(cell)} has no year; it was read as {full_day(found)}"
    return _within(found, cell), ""


def read_span(cell: Cell, order: str, as_at: date) -> tuple[date, date | None, str]:
    """The last day in a cell, the first where it names a span, and a warning as ``read_day``.

    The day and month of the first may stand with the last: ``3-14 March 2026``.
    """
    text = _plain(cell) if isinstance(cell, str) else ""
    if match := _SHORT_SPAN.fullmatch(text):
        last, odd = read_day(f"{match[2]} {match[3]}", order, as_at)
        return last, last.replace(day=min(int(match[1]), last.day)), odd
    parts = _SPAN.split(text, maxsplit=1)
    if len(parts) == 2 and _read_day(parts[0], order, as_at):
        (first, _), (last, odd) = (read_day(part, order, as_at) for part in parts)
        if not re.search(r"\d{4}|[a-z]\D*\d{2}$", parts[0]):
            first = first.replace(
                year=last.year - ((first.month, first.day) > (last.month, last.day))
            )
        return last, first if first < last else None, odd
    day, odd = read_day(cell, order, as_at)
    return day, None, odd


def _plain(cell: Cell) -> str:
    text = " ".join(str(cell).replace("\u00a0", " ").split()).lower()
    return _WEEKDAY.sub("", text).rstrip(".,")


def _read_day(text: str, order: str, as_at: date) -> date | None:
    """The day of a text in any of the forms read here, or None."""
    try:
        if match := _ISO.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _NUMBERS.fullmatch(text):
            first, second, year = int(match[1]), int(match[2]), _year(match[3])
            return date(year, first, second) if order == "mdy" else date(year, second, first)
        if match := _NAMED.fullmatch(text):
            return _named(int(match[1]), match[2], match[3], as_at)
        if match := _AMERICAN.fullmatch(text):
            return _named(int(match[2]), match[1], match[3], as_at)
        if match := _SHORT.fullmatch(text):
            first, second = int(match[1]), int(match[2])
            day, month = (second, first) if order == "mdy" else (first, second)
            return _latest(day, month, as_at)
    except ValueError:
        return None
    return None


def _named(day: int, name: str, year: str | None, as_at: date) -> date | None:
    names = [n.lower() for n in MONTH_NAMES]
    name = "sep" if name == "sept" else name
    month = next((i for i, n in enumerate(names, start=1) if n.startswith(name)), None)
    if month is None:
        return None
    return date(_year(year), month, day) if year else _latest(day, month, as_at)


def _latest(day: int, month: int, as_at: date) -> date | None:
    """The latest such day not after ``as_at``."""
    for year in range(as_at.year, as_at.year - 9, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= as_at:
            return found
    return None


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text)


def _within(day: date, cell: Cell) -> date:
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise _no_day(cell)
    return day


def _no_day(cell: Cell) -> Unreadable:
    return Unreadable(f"{quoted(str(cell))} is not a day")

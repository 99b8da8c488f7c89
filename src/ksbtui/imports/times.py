"""Days and lengths of time as people write them in cells and lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from ksbtui.core.days import EARLIEST_YEAR, LATEST_YEAR, MONTH_NAMES, full_day
from ksbtui.core.durations import parse_minutes, say_minutes
from ksbtui.core.entry.entries import MAX_MINUTES
from ksbtui.core.text.text import quoted
from ksbtui.errors import KsbtuiError, Unreadable
from ksbtui.imports.tables.grid import Cell

MAX_BLOCK = 1_000 * 60
"""More is no activity, however many weeks it took."""

_NOTHING = {
    "",
    "-",
    "–",
    "—",
    "n/a",
    "na",
    "nil",
    "none",
    "0",
    "0.0",
    "0.00",
    "0:00",
    "00:00",
    "tbc",
}
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_NUMBER = re.compile(r"-?\d{1,6}(?:\.\d{1,6})?|-?\.\d{1,6}")
_CLOCK = re.compile(r"(\d{1,4}):(\d{2})(?::(\d{2}))?")
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s*(am|pm|a\.m\.|p\.m\.)?")
_RANGE = re.compile(r"(.+?)\s*(?:-|–|—|to|until)\s*(.+)")
_WORDS = re.compile(r"\b(?:approx(?:imately)?|about|circa|ca?)\b\.?|[~≈]")


def is_nothing(cell: Cell) -> bool:
    """Whether a cell says that there was no time: empty, nought, a dash, n/a."""
    if cell is None or isinstance(cell, bool):
        return True
    if isinstance(cell, timedelta):
        return not cell
    if isinstance(cell, int | float):
        return cell == 0
    if isinstance(cell, time) and not isinstance(cell, datetime):
        return cell == time()
    return isinstance(cell, str) and cell.strip().lower() in _NOTHING


def read_hours(cell: Cell, most: int = MAX_MINUTES) -> tuple[int, str]:
    """Minutes of a cell whose bare number is hours, and a warning about how it was read."""
    return _read(cell, 60, most)


def read_minutes(cell: Cell, most: int = MAX_MINUTES) -> tuple[int, str]:
    """Minutes of a cell whose bare number is minutes, and a warning about how it was read."""
    return _read(cell, 1, most)


def _read(cell: Cell, unit: int, most: int) -> tuple[int, str]:
    if isinstance(cell, timedelta):
        return _rounded(cell.total_seconds() / 60, cell, most), ""
    if isinstance(cell, datetime):
        raise _no_time(cell)
    if isinstance(cell, time):
        return _rounded(cell.hour * 60 + cell.minute + cell.second / 60, cell, most), ""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _rounded(cell * unit, cell, most), ""
    if not isinstance(cell, str):
        raise _no_time(cell)
    return _spelt(cell, unit, most)


def _spelt(cell: str, unit: int, most: int) -> tuple[int, str]:
    """Minutes of a text: a number, 1:30, 1h 30, 90 min, half day, 09:00-10:30."""
    text = " ".join(cell.lower().replace("\u00a0", " ").split())
    about = _WORDS.search(text) is not None
    text = _WORDS.sub("", text).strip()
    for sign, decimal in _FRACTIONS.items():
        text = text.replace(sign, decimal)
    text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    if _NUMBER.fullmatch(text):
        return _rounded(float(text) * unit, cell, most), _oddity(cell, about)
    if match := _CLOCK.fullmatch(text):
        seconds = int(match[3] or 0)
        if int(match[2]) > 59 or seconds > 59:
            raise _no_time(cell)
        whole = int(match[1]) * 60 + int(match[2]) + seconds / 60
        return _rounded(whole, cell, most), _oddity(cell, about)
    if (match := _RANGE.fullmatch(text)) and (span := _range(match)):
        return span, ""
    text = re.sub(r"\s*(?:,|and|&)\s*(?=\d)", " ", text).rstrip(".")
    try:
        minutes = parse_minutes(text, most)
    except KsbtuiError as problem:
        raise _no_time(cell) from problem
    return minutes, _oddity(cell, about or "day" in text, minutes)


def _oddity(cell: str, unsure: bool, minutes: int | None = None) -> str:
    if not unsure:
        return ""
    read = f" as {say_minutes(minutes)}" if minutes is not None else ""
    return f"the time {quoted(cell)} was read{read}"


def read_clock(cell: Cell) -> int:
    """Minutes since midnight of a time of day. Raises Unreadable."""
    if isinstance(cell, datetime | time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, timedelta) and timedelta() <= cell <= timedelta(days=1):
        return int(cell.total_seconds() // 60)
    if isinstance(cell, float) and 0 <= cell < 1:
        return round(cell * 24 * 60)
    text = str(cell).strip().lower()
    text = text.rsplit(" ", 1)[-1] if re.match(r"\d{4}-\d{2}-\d{2} ", text) else text
    match = _TIME.fullmatch(text)
    if match is None or (not match[2] and not match[3]):
        raise Unreadable(f"{quoted(str(cell))} is not a time of day")
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        hour = hour % 12 + (12 if match[3].startswith("p") else 0)
    if hour > 24 or minute > 59:
        raise Unreadable(f"{quoted(str(cell))} is not a time of day")
    return hour * 60 + minute


def between(start: Cell, end: Cell) -> int:
    """Minutes from one time of day to another on the same day. Raises Unreadable."""
    minutes = read_clock(end) - read_clock(start)
    if minutes <= 0:
        raise Unreadable(f"{quoted(str(end))} is not after {quoted(str(start))}")
    return minutes


def _range(match: re.Match[str]) -> int | None:
    try:
        return between(match[1], match[2])
    except Unreadable:
        return None


def _rounded(minutes: float, cell: Cell, most: int) -> int:
    """Half up to the minute; more than a day or less than nothing is no activity."""
    whole = int(minutes + 0.5 + 1e-9) if minutes >= 0 else -1
    if not 0 <= whole <= most or (whole == 0 and minutes > 0):
        raise _no_time(cell)
    return whole


def _no_time(cell: Cell) -> Unreadable:
    return Unreadable(f"{quoted(str(cell))} is not the time of one activity")


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


def _only_day_first(dates: Sequence[tuple[int, int, int]], as_at: date, start: date | None) -> bool:
    """Whether days that may be either make sense only day first."""
    sides = []
    for order in ORDERS:
        try:
            days = [date(y, b, a) if order == "dmy" else date(y, a, b) for y, a, b in dates]
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
    read = _read_day(_plain(cell), order, as_at)
    if read is None:
        raise _no_day(cell)
    if not re.search(r"\d{4}|\d\D+\d{1,2}\D+\d{2}|[a-z]\D*\d{2}$", _plain(cell)):
        return _within(read, cell), f"{quoted(cell)} has no year; it was read as {full_day(read)}"
    return _within(read, cell), ""


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
    for year in range(as_at.year, as_at.year - 9, -1):
        try:
            latest = date(year, month, day)
        except ValueError:
            continue
        if latest <= as_at:
            return latest
    return None


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text)


def _within(day: date, cell: Cell) -> date:
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise _no_day(cell)
    return day


def _no_day(cell: Cell) -> Unreadable:
    return Unreadable(f"{quoted(str(cell))} is not a day")

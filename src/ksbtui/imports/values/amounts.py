"""Lengths of time in the cells and lines of other people's files, as whole minutes."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

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
        return _rounded(float(text) * unit, cell, most), _said(cell, about)
    if match := _CLOCK.fullmatch(text):
        seconds = int(match[3] or 0)
        if int(match[2]) > 59 or seconds > 59:
            raise _no_time(cell)
        whole = int(match[1]) * 60 + int(match[2]) + seconds / 60
        return _rounded(whole, cell, most), _said(cell, about)
    if (match := _RANGE.fullmatch(text)) and (span := _range(match)):
        return span, ""
    text = re.sub(r"\s*(?:,|and|&)\s*(?=\d)", " ", text).rstrip(".")
    try:
        minutes = parse_minutes(text, most)
    except KsbtuiError as problem:
        raise _no_time(cell) from problem
    return minutes, _said(cell, about or "day" in text, minutes)


def _said(cell: str, unsure: bool, minutes: int | None = None) -> str:
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

"""Calendar days: reading what a person types, month arithmetic, and how a day is said.

Names are our own English ones, so that no locale changes what is read or shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from ksbtui.core.text.text import quoted
from ksbtui.errors import Unreadable

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
"""Years read from a person: wide enough for any record, far from the calendar's own ends."""

ONE_DAY = timedelta(days=1)
HINT = "Write a day like today, yesterday, mon, -3, 21/11 or 2026-11-21."

# Kept as texts: re compiles and remembers each when it is first tried.
_ISO = r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
_SLASHED = r"([0-9]{1,2})/([0-9]{1,2})(?:/([0-9]{4}))?"
_NAMED = r"([0-9]{1,2}) ([a-z]{3,9})(?: ([0-9]{4}))?"
_BACK = r"-([0-9]{1,6})"
_AHEAD = r"\+?([0-9]{1,3}) ?(d|days?|w|weeks?)?"
COMING_HINT = "Write a day like fri, +14, 2 weeks, 21/11 or 2026-11-21."


def add_months(start: date, months: int) -> date:
    """The day ``months`` after ``start``, counted from ``start``; short months clamp it.

    31 January: 28 February after one month, 31 March after two.
    """
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(start.day, month_length(year, month + 1)))


def month_length(year: int, month: int) -> int:
    """How many days a month has; the calendar module would cost a command half a ms."""
    after = date(year + month // 12, month % 12 + 1, 1)
    return (after - ONE_DAY).day


def days_in(first: date, last: date) -> int:
    """How many days ``first`` to ``last`` are, both included; 0 if they are the wrong way round."""
    return max(0, (last - first).days + 1)


def month_of(day: date) -> str:
    """The calendar month of a day: ``2026-01``."""
    return f"{day.year:04}-{day.month:02}"


def month_days(month: str) -> tuple[date, date]:
    """First and last day of a calendar month written ``2026-01``."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, 1), date(year, number, month_length(year, number))


def months_between(first: date, last: date) -> Iterator[str]:
    """Every calendar month from that of ``first`` to that of ``last``, as ``2026-01``."""
    index, stop = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    for step in range(index, stop + 1):
        yield f"{step // 12:04}-{step % 12 + 1:02}"


def parse_iso(text: str) -> date:
    """A day written ``YYYY-MM-DD`` and nothing else.

    Raises Unreadable for any other text, or a day the calendar lacks.
    """
    match = re.fullmatch(_ISO, text.strip())
    if match is None:
        raise Unreadable(f"{quoted(text)} is not a day.", "Write it as year-month-day: 2026-11-21.")
    return _day(text, int(match[1]), int(match[2]), int(match[3]))


def parse_day(text: str, today: date) -> date:
    """The day a person means by ``text``, seen from ``today``.

    Read: ISO, ``today``, ``yesterday``, ``mon`` to ``sun`` (the latest, today included),
    ``-3`` (days ago), ``21/11/2026``, and ``21/11`` (day first, the latest not after today).
    ``21 Nov`` and ``21 November 2026`` are read too, because screens say days so.

    Raises Unreadable with the forms that can be read.
    """
    plain = " ".join(text.casefold().split())
    if plain in ("today", "yesterday"):
        return today if plain == "today" else today - ONE_DAY
    if re.fullmatch(_ISO, plain):
        return parse_iso(plain)
    if (weekday := _name_index(plain, DAY_NAMES)) is not None:
        return today - timedelta(days=(today.weekday() - weekday) % 7)
    if match := re.fullmatch(_BACK, plain):
        if int(match[1]) > (today - date(EARLIEST_YEAR, 1, 1)).days:
            raise Unreadable(f"{quoted(text)} is too long ago.", HINT)
        return today - timedelta(days=int(match[1]))
    if match := re.fullmatch(_SLASHED, plain):
        return _dated(text, match[3], int(match[2]), int(match[1]), today)
    if match := re.fullmatch(_NAMED, plain):
        month = _name_index(match[2], MONTH_NAMES)
        if month is not None:
            return _dated(text, match[3], month + 1, int(match[1]), today)
    raise Unreadable(f"{quoted(text)} is not a day.", HINT)


def parse_coming_day(text: str, today: date) -> date:
    """The day still to come that a person means by ``text``, seen from ``today``.

    As :func:`parse_day`, but looking ahead: ``tomorrow``, ``+14``, ``10 days``, ``2 weeks``,
    ``mon`` to ``sun`` (the first after today), ``21/11`` and ``21 Nov`` (the first not before
    today). An ISO day or a year is taken as given, past or not.
    """
    plain = " ".join(text.casefold().split())
    if plain in ("today", "tomorrow"):
        return today if plain == "today" else today + ONE_DAY
    if (weekday := _name_index(plain, DAY_NAMES)) is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if (match := re.fullmatch(_AHEAD, plain)) and (plain[0] == "+" or match[2]):
        return today + timedelta(days=int(match[1]) * (7 if (match[2] or "d")[0] == "w" else 1))
    if plain == "yesterday" or re.fullmatch(_BACK, plain):
        raise Unreadable(f"{quoted(text)} is in the past.", COMING_HINT)
    try:
        day = parse_day(text, today)
    except Unreadable as problem:
        raise Unreadable(problem.message, COMING_HINT) from None
    yearless = re.fullmatch(_ISO, plain) is None and not plain[-4:].isdigit()
    return _first_from(day, today) if yearless else day


def _first_from(day: date, today: date) -> date:
    """The first day of the same date not before ``today``; 29 February waits for its year."""
    for year in range(today.year, today.year + 9):
        try:
            coming = day.replace(year=year)
        except ValueError:
            continue
        if coming >= today:
            return coming
    return day


def _name_index(text: str, names: tuple[str, ...]) -> int | None:
    """Which of ``names`` the text begins, from three letters on; None if it is none."""
    if len(text) < 3:
        return None
    return next((i for i, name in enumerate(names) if name.casefold().startswith(text)), None)


def _dated(text: str, year: str | None, month: int, day: int, today: date) -> date:
    """A day with or without its year; without one, the latest such day not after today."""
    if year is not None:
        return _day(text, int(year), month, day)
    for past in range(today.year, today.year - 9, -1):  # 29 February may be eight years back
        try:
            dated = date(past, month, day)
        except ValueError:
            continue
        if dated <= today:
            return dated
    raise Unreadable(f"{quoted(text)} is not a real date.", HINT)


def _day(text: str, year: int, month: int, day: int) -> date:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise Unreadable(
            f"The year of {quoted(text)} looks wrong: {year}.",
            f"Use a year from {EARLIEST_YEAR} to {LATEST_YEAR}.",
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(f"{quoted(text)} is not a real date.", HINT) from None


def short_day(day: date) -> str:
    """A day in a list: ``Wed 16``."""
    return f"{DAY_NAMES[day.weekday()][:3]} {day.day}"


def line_day(day: date) -> str:
    """A day in a line: ``16 Sep``."""
    return f"{day.day} {MONTH_NAMES[day.month - 1][:3]}"


def full_day(day: date) -> str:
    """A day in a line where the year matters: ``16 Sep 2026``."""
    return f"{line_day(day)} {day.year}"


def near_day(day: date, today: date) -> str:
    """A day in a line, with its year unless it is this one: ``16 Sep`` or ``16 Sep 2029``."""
    return line_day(day) if day.year == today.year else full_day(day)


def long_day(day: date) -> str:
    """A day in a sentence: ``11 March 2027``."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def span_text(first: date | None, last: date, *, weekday: bool = False) -> str:
    """A day, or the span from ``first`` to ``last``: ``6 Feb to 13 Feb 2026``."""
    if first is None:
        return f"{short_day(last)[:3] if weekday else ''} {full_day(last)}".strip()
    return f"{line_day(first) if first.year == last.year else full_day(first)} to {full_day(last)}"


def short_month(month: str) -> str:
    """A month ``2026-01`` as ``Jan``."""
    return MONTH_NAMES[int(month[5:]) - 1][:3]


def long_month(month: str) -> str:
    """A month ``2026-01`` as ``January 2026``."""
    return f"{MONTH_NAMES[int(month[5:]) - 1]} {int(month[:4])}"


def months_text(months: Iterable[str], year: int | None = None) -> str:
    """Months in order as spans: ``January to March and May 2026``.

    A year is named where it changes and at the end; that of ``year`` nowhere.
    """
    spans: list[list[str]] = []
    for month in months:
        if spans and month_of(month_days(spans[-1][-1])[1] + ONE_DAY) == month:
            spans[-1].append(month)
        else:
            spans.append([month])
    named = []
    for span in spans:  # two months are named, three or more are a span
        named += [[span[0], span[-1]]] if len(span) > 2 else [[month] for month in span]
    order = [month for span in named for month in span]
    names = {}
    for month, following in zip(order, [*order[1:], ""], strict=True):
        names[month] = MONTH_NAMES[int(month[5:]) - 1]
        if following[:4] != month[:4] and int(month[:4]) != year:
            names[month] += f" {int(month[:4])}"
    words = [" to ".join(names[month] for month in span) for span in named]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)

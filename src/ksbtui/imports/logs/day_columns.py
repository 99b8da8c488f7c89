"""Tables with a column for each day, such as a weekly timesheet from Monday to Friday.

A heading is a day, or a weekday of a week that is named in the row, above the table or by
the sheet. Each time in such a column is an activity of its own day.
"""

from __future__ import annotations

import re
from calendar import day_name
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from ksbtui.errors import KsbtuiError, Unreadable
from ksbtui.imports.logs.words import plain, role_of
from ksbtui.imports.tables.finder import NAME, Table
from ksbtui.imports.tables.grid import Cell, Grid, text_of
from ksbtui.imports.times import ORDERS, is_nothing, read_day, read_hours, read_span

FEWEST = 3
"""Fewer days side by side are a start and an end, not columns of days."""
_BELOW = 8
"""Rows below a heading that are looked at for times."""
_ABOVE = 8
"""Rows above a table that may name its week."""
_WEEKDAYS = tuple(name[:3].lower() for name in day_name)
_DIGIT = re.compile(r"\d")
_NAMED_DAY = re.compile(r"\d{4} \d{2} \d{2}")
_WEEK_OF = re.compile(r"\s*(?:w ?/? ?[cb]|week(?: commencing| beginning| of)?)\b\W*", re.IGNORECASE)
_WEEK = re.compile(r"\bw ?[ceb]\b|\bweek\b|\bcommencing\b|\bbeginning\b|\bending\b")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9} \d{2,4}")

WeekDay = date | int
"""The day of a column, or its weekday from Monday, 0, where the week is named elsewhere."""


def is_day(cell: Cell) -> bool:
    """Whether a cell is a day or a span of days, typed or spelt."""
    if isinstance(cell, date):
        return True
    try:
        return isinstance(cell, str) and bool(read_span(cell, "dmy", date(2026, 1, 1)))
    except KsbtuiError:
        return False


def is_time(cell: Cell) -> bool:
    """Whether a cell is a length of time, in figures or words."""
    try:
        return is_nothing(cell) or bool(read_hours(cell))
    except KsbtuiError:
        return False


def is_amount(cell: Cell) -> bool:
    """Whether a cell is a number or a time written in figures."""
    if isinstance(cell, bool | date):
        return False
    return not isinstance(cell, str) or (
        cell.strip("0123456789.,: ") == "" and any(map(str.isdigit, cell))
    )


def with_named_days(grid: Grid, as_at: date) -> Grid:
    """A grid whose rows of days above times are words, ``Monday 2026-09-07``, as headings are.

    Weekdays in a row next to them are joined with them.
    """
    rows = grid.rows
    for number in range(len(rows)):
        days = _days_in(rows[number], as_at)
        if not days or not _over_times(rows, number, days):
            continue
        rows = list(rows) if rows is grid.rows else rows
        place = number
        for beside in (number - 1, number + 1):
            if 0 <= beside < len(rows) and _weekdays_in(rows[beside]) >= set(days):
                place = beside
                rows[number] = [None if c in days else cell for c, cell in enumerate(rows[number])]
        named = {c: f"{day_name[day.weekday()]} {day.isoformat()}" for c, day in days.items()}
        rows[place] = [named.get(c, cell) for c, cell in enumerate(rows[place])]
    return grid if rows is grid.rows else replace(grid, rows=rows)


def _days_in(row: Sequence[Cell], as_at: date) -> dict[int, date]:
    """The days of a row by column where they follow one another by a week at the most."""
    spelt: dict[int, Cell] = {}
    likely = [c for c, cell in enumerate(row) if _may_be_day(cell)]
    for seen, column in enumerate(likely):
        if len(spelt) + len(likely) - seen < FEWEST:
            return {}
        cell = row[column]
        cell = _WEEK_OF.sub("", cell) if isinstance(cell, str) else cell
        if is_day(cell):
            spelt[column] = cell
    if len(spelt) < FEWEST:
        return {}
    for order in ORDERS:
        try:
            days = {c: read_day(cell, order, as_at)[0] for c, cell in spelt.items()}
        except KsbtuiError:
            continue
        if all(0 < (b - a).days <= 7 for a, b in pairwise(days.values())):
            return days
    return {}


def _may_be_day(cell: Cell) -> bool:
    """Whether a cell is worth reading as a day: this is asked of each cell of a log."""
    if not isinstance(cell, str):
        return isinstance(cell, date)
    return len(cell) <= NAME and bool(_DIGIT.search(cell)) and not is_amount(cell)


def _over_times(rows: Sequence[Sequence[Cell]], number: int, days: Mapping[int, date]) -> bool:
    """Whether times and no days stand below."""
    below = [
        cell
        for row in rows[number + 1 : number + 1 + _BELOW]
        for column in days
        if column < len(row) and (cell := row[column]) is not None
    ]
    times = [cell for cell in below if is_amount(cell) or not is_day(cell)]
    return len(times) * 2 > len(below)


def _weekdays_in(row: Sequence[Cell]) -> set[int]:
    texts = ((c, cell) for c, cell in enumerate(row) if isinstance(cell, str))
    return {c for c, text in texts if role_of(text) == "on" and not _DIGIT.search(text)}


def day_columns(headings: Mapping[int, str]) -> dict[int, WeekDay]:
    """The day of each column whose role is ``on``; none where they are few or one stands twice."""
    days = {column: _day_of(plain(heading)) for column, heading in headings.items()}
    return days if len(days) >= FEWEST and len(set(days.values())) == len(days) else {}


def _day_of(words: str) -> WeekDay:
    spelt = _NAMED_DAY.search(words)
    return date.fromisoformat(spelt[0].replace(" ", "-")) if spelt else _WEEKDAYS.index(words[:3])


def week_above(table: Table) -> tuple[Cell, str]:
    """The cell above a table, or the name of its sheet, that names its week, with its words."""
    rows = table.grid.rows
    top = table.first - 1 if table.head is None else table.head
    for row in reversed(rows[max(0, top - _ABOVE) : top]):
        texts = [(c, text_of(cell)) for c, cell in enumerate(row) if isinstance(cell, str)]
        for column, text in texts:
            words = plain(text)
            if not _WEEK.search(words):
                continue
            spelt = _DATE.search(text)
            beside = next((cell for cell in row[column + 1 :] if cell is not None), None)
            if spelt or (beside is not None and is_day(beside)):
                return _settled(spelt[0] if spelt else beside), words
    spelt = _DATE.search(table.grid.name)
    return (_settled(spelt[0]), plain(table.grid.name)) if spelt else (None, "")


def _settled(week: Cell) -> Cell:
    """A week that begins on a Monday if its day comes first, and on none if its month does."""
    days = []
    for order in ORDERS:
        try:
            days.append(read_day(week, order, date.max)[0])
        except KsbtuiError:
            return week
    return days[0] if [day.weekday() == 0 for day in days] == [True, False] else week


def day_in_week(day: WeekDay, week: Cell, words: str, order: str, as_at: date) -> date:
    """The day of a column in the week that a cell names. Raises Unreadable.

    A week that begins or ends on the day named is counted from there; any other is the one
    from Monday to Sunday that it lies in.
    """
    if isinstance(day, date):
        return day
    if week is None:
        raise Unreadable("it is not said which week its days are of")
    named, _ = read_day(week, order, as_at)
    if re.search(r"\bend|\bw ?e\b", words):
        return named - timedelta(days=(named.weekday() - day) % 7)
    if re.search(r"commenc|begin|start|\bw ?[cb]\b", words):
        return named + timedelta(days=(day - named.weekday()) % 7)
    return named + timedelta(days=day - named.weekday())


def is_bare_day(cell: Cell) -> bool:
    """Whether a cell is a day without a time of day."""
    return is_day(cell) and not isinstance(cell, datetime) and ":" not in str(cell)

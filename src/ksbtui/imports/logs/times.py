"""How long the activity of a row took, over which days, and whether its sums agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from ksbtui.core.days import span_text
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import MAX_MINUTES
from ksbtui.errors import KsbtuiError, Unreadable
from ksbtui.imports.logs.day_columns import day_in_week
from ksbtui.imports.logs.layout import Layout
from ksbtui.imports.logs.words import plain
from ksbtui.imports.tables.grid import Cell, text_of
from ksbtui.imports.times import (
    MAX_BLOCK,
    between,
    is_nothing,
    read_day,
    read_hours,
    read_minutes,
    read_span,
)

_ENDED = re.compile(r"complet|finish|achiev|passed|submitted|ended|signed off")
"""What the heading of a day says that is the end of something that may have taken weeks."""

WORKING_DAY = 7 * 60 + 30
"""Minutes of a working day, from which a span is counted back where only its end is known."""

MOST_DAYS = 366 * 2
"""A longer span is a year typed wrong."""


@dataclass(slots=True)
class Row:
    """One row being read: its cells by column and what was odd so far."""

    number: int
    cells: Sequence[Cell]
    layout: Layout
    where: str
    odd: list[str] = field(default_factory=list)

    def cell(self, column: int) -> Cell:
        return self.cells[column] if column < len(self.cells) else None

    def filled(self, *roles: str) -> list[Cell]:
        cells = (self.cell(column) for column in self.layout.columns(*roles))
        return [cell for cell in cells if cell is not None]

    @property
    def days(self) -> list[Cell]:
        return [cell for column in self.layout.days if (cell := self.cell(column)) is not None]

    def texts(self, *roles: str) -> list[str]:
        return [text_of(cell) for cell in self.filled(*roles)]


@dataclass(frozen=True, slots=True)
class Part:
    """Minutes of one activity in a row, and the heading of their kind; its days."""

    minutes: int
    label: str
    day: date
    first_day: date | None = None


def parts_of(row: Row, order: str, as_at: date) -> list[Part]:
    """The activities of a row: one, or one for each kind of time. Raises Unreadable.

    A row that names its first day, or the day it was completed with more than a working day's
    hours, is one block; the parts of its time are then told in ``odd``.
    """
    if row.layout.on:
        return _parts_by_day(row, order, as_at)
    day, first, odd = read_span(row.days[0], order, as_at)
    row.odd += [odd] if odd else []
    for cell in row.filled("until")[:1]:
        last, _ = read_day(cell, order, as_at)
        first, day = (day, last) if last > day else (first, day)
    amounts = _amounts(row)
    whole = sum(minutes for minutes, _ in amounts)
    heading = plain(row.layout.labels.get(row.layout.days[0], ""))
    if first is None and whole > WORKING_DAY and _ENDED.search(heading):
        first = first_day_for(day, whole)
        span = f"{say_minutes(whole)} over {span_text(first, day)}"
        row.odd.append(f"{span}: counted back, because the first day is missing")
    if first is None and whole > MAX_MINUTES:
        raise Unreadable(f"{say_minutes(whole)} is more than a day, and the first day is missing")
    if first is None:
        return [Part(minutes, label, day) for minutes, label in amounts]
    if not 0 <= (day - first).days <= MOST_DAYS:
        raise Unreadable(f"{first.isoformat()} to {day.isoformat()} is too long for one activity")
    if whole > MAX_MINUTES * ((day - first).days + 1):
        raise Unreadable(f"{say_minutes(whole)} does not fit in those days")
    label = max(amounts)[1]
    return [Part(whole, label, day, first if first < day else None)]


def _parts_by_day(row: Row, order: str, as_at: date) -> list[Part]:
    """An activity for each day of a row that has a time; weekdays are of the row's own week."""
    week, words = (row.days[0], _day_heading(row)) if row.days else row.layout.week
    parts = []
    for column in row.layout.columns("on"):
        if not is_nothing(row.cell(column)):
            minutes = _minutes_of(row, read_hours(row.cell(column)))
            day = day_in_week(row.layout.on[column], week, words, order, as_at)
            parts.append(Part(minutes, "", day))
    for cell in row.filled("total")[:1]:
        _check_total(row, cell, sum(part.minutes for part in parts))
    return parts


def _day_heading(row: Row) -> str:
    return plain(row.layout.labels.get(row.layout.days[0], ""))


def kinds_of(row: Row) -> list[str]:
    """The kinds of time in a row that is one block, each with its minutes, for the notes."""
    odd = row.odd[:]
    kinds = [f"{label}: {say_minutes(minutes)}" for minutes, label in _amounts(row) if label]
    row.odd[:] = odd
    return kinds if len(kinds) > 1 else []


def _amounts(row: Row) -> list[tuple[int, str]]:
    """Minutes and category of each time in a row. Raises Unreadable."""
    layout = row.layout
    parts: list[tuple[int, str]] = []
    for column in layout.columns("category"):
        if not is_nothing(row.cell(column)):
            read = read_minutes if layout.units.get(column) == "minutes" else read_hours
            label = layout.labels.get(column, "")
            parts.append((_minutes_of(row, read(row.cell(column), MAX_BLOCK)), label))
    if not parts:
        hours = [c for c in row.filled("hours", "duration") if not is_nothing(c)]
        minutes = [c for c in row.filled("minutes") if not is_nothing(c)]
        whole = sum(_minutes_of(row, read_hours(cell, MAX_BLOCK)) for cell in hours)
        whole += sum(_minutes_of(row, read_minutes(cell, MAX_BLOCK)) for cell in minutes)
        parts = [(_checked_span(row, whole), "")]
    totals = [cell for cell in row.filled("total") if not is_nothing(cell)]
    if totals and len(layout.columns("total")) == 1:
        _check_total(row, totals[0], sum(minutes for minutes, _ in parts))
    return parts


def _minutes_of(row: Row, read: tuple[int, str]) -> int:
    minutes, odd = read
    if odd:
        row.odd.append(odd)
    return minutes


def _checked_span(row: Row, minutes: int) -> int:
    """The minutes of start and end where no time is given; a difference is named."""
    starts, ends = row.filled("start"), row.filled("end")
    if not starts or not ends:
        return minutes
    try:
        span = between(starts[0], ends[0])
    except KsbtuiError:
        if minutes:
            return minutes
        raise
    if minutes and span != minutes:
        row.odd.append(
            f"start and end give {say_minutes(span)}, the time column gives "
            f"{say_minutes(minutes)}; the time column was used"
        )
    return minutes or span


def _check_total(row: Row, cell: Cell, minutes: int) -> None:
    total = _read_total(cell)
    if total is not None and abs(total - minutes) > 1:
        row.odd.append(
            f"its total is {say_minutes(total)}, its parts add up to "
            f"{say_minutes(minutes)}; the parts were used"
        )


def _read_total(cell: Cell) -> int | None:
    try:
        return read_hours(cell, MAX_BLOCK * 20)[0]
    except KsbtuiError:
        return None


def first_day_for(last: date, minutes: int) -> date:
    """The latest day on which so much training can have begun, at a working day's hours a day."""
    wanted = -(-minutes // WORKING_DAY)
    day = last
    while True:
        wanted -= day.weekday() < 5
        if wanted <= 0:
            return day
        day -= timedelta(days=1)


class Sums:
    """The minutes taken so far in a table, against the sums that stand in it."""

    def __init__(self) -> None:
        self._all = self._since = 0
        self._rows = 0

    def add(self, parts: Sequence[Part]) -> None:
        minutes = sum(part.minutes for part in parts)
        self._all += minutes
        self._since += minutes
        self._rows += 1

    def compare(self, row: Row) -> str:
        """What a row of sums says that the rows above it do not; empty where they agree."""
        layout = row.layout
        columns = layout.columns("total") or layout.columns("hours", "duration", "category", "on")
        cells = [cell for c in columns if not is_nothing(cell := row.cell(c))]
        unit = "minutes" in {layout.units.get(c) for c in columns} and not layout.columns("total")
        totals = [_read_total(cell) for cell in cells] if columns and not unit else []
        stated = sum(total or 0 for total in totals) if layout.columns("category", "on") else 0
        stated = (totals[0] or 0) if len(totals) == 1 else stated
        since, self._since = self._since, 0
        slack = 1 + self._rows * 0.3
        if (
            not stated
            or not self._rows
            or any(abs(stated - n) <= slack for n in (since, self._all))
        ):
            return ""
        return (
            f"its total is {say_minutes(stated)}, the rows above it add up to {say_minutes(since)}"
        )

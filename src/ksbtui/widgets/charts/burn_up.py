"""The hill of counted hours under the plan, and the line from today to the finish.

Time runs to the right, hours upwards. Everything is calculated in cells by pure functions;
one widget paints the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from rich.cells import cell_len

from ksbtui.presentation.parts import (
    AHEAD,
    BOLD,
    DONE,
    DONE_BOLD,
    EARLIER,
    EIGHTHS,
    HAIR,
    HAIRLINE,
    MUTED,
    PLAIN,
    PLAN,
    REACHED,
    Line,
)
from ksbtui.widgets.charts.canvas import Canvas
from ksbtui.widgets.charts.strips import SOLID
from ksbtui.widgets.text.drawing import Drawing, is_small

AXIS = 5
"""Cells left of the plot: the hours of a line, right-aligned, and a space."""
BRAILLE = 0x2800
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of a braille cell's dot, by row from the top and column."""
GRID, PLAIN_GRID = "┈", "."
BREAK, BREAK_NAME = "░", "break"
EMPTY = " " + GRID + PLAIN_GRID

Point = tuple[date, int]
"""A day and the minutes reached at its end."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A month or week below the plot: where it begins, its name and its hours.

    ``brief`` are the hours without minutes, for a narrow plot.
    """

    day: date
    label: str
    figure: str = ""
    brief: str = ""
    style: str = MUTED
    figure_style: str = MUTED


@dataclass(frozen=True, slots=True)
class Burn:
    """What is drawn; minutes throughout.

    ``counted`` holds the sum at the end of each day from ``start`` on. ``planned`` is the
    plan's line, ``ahead`` runs from today to the finish, ``late`` to the latest one.
    ``finish`` is named by ``finish_label``; without it no diamond of yours is drawn. ``most``
    is the upper end of a range of hours, where there is one. ``note`` stands in the empty
    part, ``today_label`` at the hill's edge.
    """

    start: date
    last: date
    today: date
    counted: tuple[int, ...]
    planned: tuple[Point, ...]
    target: int
    plan_end: date
    plan_label: str
    finish: date | None = None
    finish_label: str = ""
    ahead: tuple[Point, ...] = ()
    late: tuple[Point, ...] = ()
    most: int | None = None
    most_label: str = ""
    note: str = ""
    today_label: str = "today"
    ticks: tuple[Tick, ...] = ()
    breaks: tuple[tuple[date, date], ...] = ()
    """First and last days of breaks in learning, shaded on the axis."""

    @property
    def top(self) -> int:
        """The minutes at the upper edge: the target, or more where more was done."""
        done = max(self.counted, default=0)
        if self.most is None:
            return max(self.target, done, 1)
        return max(1, min(self.most, max(self.target * 3 // 2, done * 5 // 4)), done)


@dataclass(frozen=True, slots=True)
class Scale:
    """``width`` columns over ``start`` to ``last``, ``rows`` rows over 0 to ``top`` minutes."""

    start: date
    last: date
    width: int
    rows: int
    top: int

    def column(self, day: date) -> int:
        """The column a day lies in; days outside lie at the edge."""
        return self.part(day, 1)

    def part(self, day: date, parts: int) -> int:
        """The column a day lies in, each of the columns being ``parts`` parts wide."""
        days = (self.last - self.start).days + 1
        at = (day - self.start).days * self.width * parts // max(1, days)
        return min(max(0, at), max(0, self.width * parts - 1))

    def days_of(self, column: int) -> int:
        """How many days after the start the last day of a column lies."""
        days = (self.last - self.start).days + 1
        return max(0, -(-(column + 1) * days // max(1, self.width)) - 1)

    def eighths(self, minutes: int) -> int:
        """Scale minutes to eighths of a row; anything at all shows."""
        if minutes <= 0:
            return 0
        return max(1, min(8 * self.rows, round(minutes * 8 * self.rows / self.top)))

    def row(self, minutes: int) -> int:
        """The row, from the top, on whose line this many minutes are reached."""
        return self.rows - min(self.rows, round(minutes * self.rows / self.top))


def last_day(burn: Burn, width: int) -> date:
    """The last day shown: late enough for the words behind the later diamond to fit."""
    marks = [(burn.plan_end, burn.plan_label)]
    if burn.finish is not None:
        marks.append((burn.finish, burn.finish_label))
    day, label = max(marks)
    need = cell_len(label) + 4
    if day > burn.last or 3 * need > width:
        return burn.last
    days = -(-(day - burn.start).days * width // (width - need))
    return max(burn.last, burn.start + timedelta(days=days))


def whole_top(burn: Burn, rows: int) -> int:
    """The minutes at the upper edge such that the target lies between two rows."""
    below = max(1, rows * burn.target // burn.top)
    return max(1, -(-burn.target * rows // below))


def hill(burn: Burn, scale: Scale) -> list[int]:
    """The height in eighths of each column up to today, the last one today's."""
    today = min(len(burn.counted), (burn.today - burn.start).days + 1) - 1
    if today < 0:
        return []
    heights = []
    for column in range(scale.column(min(burn.today, scale.last)) + 1):
        day = min(today, scale.days_of(column))
        heights.append(scale.eighths(burn.counted[day]))
    return heights


def braille(points: Sequence[Point], scale: Scale, every: int = 1) -> dict[tuple[int, int], int]:
    """(row, column) → dots of a line through ``points``, two dots wide, four high a cell.

    Row 0 is the line of the upper edge, so a point at the top lies below it. Of the dots
    only every ``every``-th is set.
    """
    cells: dict[tuple[int, int], int] = {}
    for (day, low), (until, high) in pairwise(points):
        begin, end = scale.part(day, 2), scale.part(until, 2)
        if until > scale.last:
            days = max(1, (until - day).days)
            high = low + (high - low) * max(0, (scale.last - day).days) // days
        for at in range(begin, end + 1):
            value = low + (high - low) * (at - begin) // max(1, end - begin)
            dot = min(4 * scale.rows - 1, max(0, (value * 4 * scale.rows - 1) // scale.top))
            if at % every or value < 0:
                continue
            row, within = divmod(4 * scale.rows - 1 - dot, 4)
            key = (row + 1, at // 2)
            cells[key] = cells.get(key, 0) | DOTS[within][at % 2]
    return cells


def burn_lines(burn: Burn, width: int, rows: int, *, plain: bool = False) -> list[Line]:
    """Draw the target's line, ``rows`` rows of plot, the months or weeks and their hours."""
    plot = max(1, width - AXIS)
    scale = Scale(burn.start, last_day(burn, plot), plot, rows, whole_top(burn, rows))
    canvas = Canvas(scale.width, rows + 1)
    _draw_grid(canvas, burn, scale, plain)
    _draw_lines(canvas, burn, scale, plain)
    _draw_hill(canvas, burn, scale)
    _draw_goal(canvas, burn, scale)
    _draw_note(canvas, burn, scale)
    lines = []
    hours = _axis_hours(burn, scale)
    for number in range(rows + 1):
        label, style = hours.get(number, ("", MUTED))
        lines.append([(f"{label:>{AXIS - 1}} ", style), *canvas.line(number)])
    return [*lines, *_tick_lines(burn, scale)]


def _axis_hours(burn: Burn, scale: Scale) -> dict[int, tuple[str, str]]:
    """Name the lines at the target and its quarters; a range names its upper end too."""
    labels: dict[int, tuple[str, str]] = {}
    if burn.top > burn.target and scale.row(burn.top) + 1 < scale.row(burn.target):
        labels[0] = (_hours(burn.top), MUTED)
    labels[scale.row(burn.target)] = (_hours(burn.target), BOLD)
    for quarter in (3, 2, 1):
        minutes = burn.target * quarter // 4
        row = scale.row(minutes)
        if minutes and minutes % 60 == 0 and all(abs(row - other) > 1 for other in labels):
            labels[row] = (_hours(minutes), MUTED)
    return labels


def _hours(minutes: int) -> str:
    hours = (minutes + 30) // 60
    return str(hours) if hours < 10 ** (AXIS - 1) else f"{hours // 1000}k"


def _draw_grid(canvas: Canvas, burn: Burn, scale: Scale, plain: bool) -> None:
    goal = scale.row(burn.target)
    for row in _axis_hours(burn, scale):
        if row != goal:
            canvas.put(row, 0, (PLAIN_GRID if plain else GRID) * scale.width, HAIR)
    if burn.most is not None and goal > 1:
        text = f" {burn.most_label} "
        canvas.put(max(0, goal // 2), 2, text, MUTED)
    canvas.put(goal, 0, HAIRLINE * scale.width, HAIR)


def _draw_lines(canvas: Canvas, burn: Burn, scale: Scale, plain: bool) -> None:
    """Draw the latest finish, the plan, and the way ahead, the last one uppermost."""
    drawn = (
        (braille(burn.late, scale, every=4), MUTED, "."),
        (braille(burn.planned, scale), PLAN, "."),
        (braille(burn.ahead, scale), DONE, "*"),
    )
    for cells, style, sign in drawn:
        for (row, column), dots in cells.items():
            canvas.put(row, column, sign if plain else chr(BRAILLE + dots), style)


def _draw_hill(canvas: Canvas, burn: Burn, scale: Scale) -> None:
    """Draw the hill: whole cells filled by background, so that no seam shows."""
    heights = hill(burn, scale)
    for column, height in enumerate(heights):
        colour = DONE if column == len(heights) - 1 else EARLIER
        for level in range(-(-height // 8)):
            part = min(8, height - 8 * level)
            style = SOLID[colour] if part == 8 else colour
            canvas.put(scale.rows - level, column, EIGHTHS[part], style)
    if not heights:
        return
    row = max(1, scale.rows - heights[-1] // 16)
    if canvas.free(row, len(heights), len(burn.today_label) + 2, EMPTY):
        canvas.put(row, len(heights), f" {burn.today_label} ", BOLD)


def _draw_note(canvas: Canvas, burn: Burn, scale: Scale) -> None:
    """Put the note where the plot is empty, low in it; its last sentence where all is too long."""
    for text in (burn.note, burn.note.split(". ")[-1]) if burn.note else ():
        size = cell_len(text) + 2
        for row in range(scale.rows - 1, 0, -1):
            for at in (scale.width // 2 - size // 2, scale.width - size - 1):
                if canvas.free(row, at, size, EMPTY):
                    canvas.put(row, at, f" {text} ", BOLD)
                    return


def _draw_goal(canvas: Canvas, burn: Burn, scale: Scale) -> None:
    """Put the two diamonds on the target's line, each with its words on the free side."""
    row = scale.row(burn.target)
    marks = [(scale.column(burn.plan_end), AHEAD, burn.plan_label, PLAN)]
    if burn.finish is not None:
        column = scale.column(burn.finish)
        if marks[0][0] == column:
            marks.clear()
        marks.append((column, REACHED, burn.finish_label, DONE_BOLD))
    marks.sort()
    for column, sign, _, style in marks:
        canvas.put(row, column, sign, style)
    for number, (column, _, label, style) in enumerate(marks):
        size = cell_len(label) + 2
        left, right = column - size, column + 1
        sides = (left, right) if number == 0 and len(marks) > 1 else (right, left)
        for at in sides:
            if canvas.free(row, at, size, HAIRLINE):
                canvas.put(row, at, f" {label} ", style)
                break


def _tick_lines(burn: Burn, scale: Scale) -> list[Line]:
    """Draw the names of months or weeks, and their hours: exact, or whole where that is tight."""
    ticks = [tick for tick in burn.ticks if tick.day <= scale.last]
    if not ticks:
        return []
    columns = [scale.column(tick.day) for tick in ticks]
    rooms = [end - at for at, end in zip(columns, [*columns[1:], scale.width], strict=True)]
    shown = list(zip(ticks, columns, rooms, strict=True))
    names, hours = Canvas(scale.width, 1), Canvas(scale.width, 1)
    months = [(len(tick.label), room) for tick, _, room in shown if not tick.label.isdigit()]
    whole = all(room > size for size, room in months[1:-1])
    exact = all(room > len(tick.figure) for tick, _, room in shown)
    free = 0
    for tick, column, room in shown:
        label = tick.label if whole and room > len(tick.label) else tick.label[: room - 1][:1]
        if tick.label.isdigit():
            label = tick.label
        if column >= free and label:
            names.put(0, column, label, tick.style)
            free = column + len(label) + (len(label) > 1)
        figure = tick.figure if exact else tick.brief
        if len(figure) < room:
            hours.put(0, column, figure, tick.figure_style)
    for first, last in burn.breaks:
        if first <= scale.last:
            _shade(names, scale.column(first), scale.column(last))
    lines = [[(" " * AXIS, PLAIN), *names.line(0)]]
    if any(tick.figure for tick in ticks):
        lines.append([(" " * AXIS if exact else f"{'h':>{AXIS - 1}} ", MUTED), *hours.line(0)])
    return lines


def _shade(names: Canvas, first: int, last: int) -> None:
    """Shade what is free of the columns of a break, and name it where there is room."""
    for column in range(first, last + 1):
        if names.free(0, column, 1):
            names.put(0, column, BREAK, MUTED)
    size = len(BREAK_NAME)
    for column in range((first + last - size + 1) // 2, last - size + 1):
        if names.free(0, column - 1, size + 2, BREAK):  # a shade on both sides
            names.put(0, column, BREAK_NAME, MUTED)
            return


class BurnUp(Drawing):
    """The chart, as high as the screen has room for."""

    def show(self, burn: Burn) -> None:
        self.become(burn)

    def draw(self, width: int) -> list[Line]:
        if not self._state:
            return []
        rows = min(20, max(5, self.app.size.height - (16 if is_small(self) else 26)))
        (burn,) = self._state
        return burn_lines(burn, width, rows, plain=self.plain)

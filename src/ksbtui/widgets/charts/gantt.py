"""The programme as lanes over days: modules, the project, sessions, reviews, milestones.

A day's column is a pure function of the window and the width; one widget paints.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Literal

from rich.cells import cell_len
from textual import events
from textual.binding import BindingType
from textual.message import Message

from ksbtui.core.days import ONE_DAY
from ksbtui.presentation.cells import fill, short_title
from ksbtui.presentation.parts import (
    BAR,
    BOLD,
    CURSOR,
    DONE,
    EARLIER,
    MUTED,
    OWED,
    PLAIN,
    PLAN,
    TRACK,
    Line,
)
from ksbtui.widgets.charts.canvas import Canvas
from ksbtui.widgets.charts.strips import SOLID
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.text.drawing import Drawing, spread

State = Literal["done", "now", "next"]
FULL, SHORTFALL, AHEAD_CELL, PROJECT, PAUSE, TODAY = "█", "▒", "░", "━", "╌", "│"
WIDE, TINY = 100, 66
NAMES, NAMES_NARROW, NAMES_TINY = 24, 22, 12
FIGURES = 13
OPEN = " ╌"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of days: ``share`` of a finished module's plan was counted; a line has no state."""

    first: date
    last: date
    state: State | None = None
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A symbol on a day, with words beside it where there is room.

    ``brief`` are fewer words; without them the label is shortened at a phrase.
    """

    day: date
    sign: str
    style: str = PLAIN
    label: str = ""
    brief: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """One row: ``key`` names it, ``number`` stands before the title, ``figure`` behind."""

    key: str
    title: str
    number: str = ""
    stretch: Stretch | None = None
    marks: tuple[Mark, ...] = ()
    figure: str = ""
    figure_style: str = MUTED
    style: str = PLAIN


@dataclass(frozen=True, slots=True)
class Tick:
    """A day at which a month, week or day of the header begins."""

    day: date
    label: str
    now: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """The days in view, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def moved(self, days: int, within: Window) -> Window:
        """The window ``days`` later, not past either end of ``within``."""
        days = min(days, (within.last - self.last).days)
        days = max(days, (within.first - self.first).days)
        return Window(self.first + timedelta(days=days), self.last + timedelta(days=days))

    def around(self, day: date, length: int, within: Window) -> Window:
        """``length`` days with ``day`` in the middle, as far as ``within`` allows."""
        length = min(length, within.days)
        first = day - timedelta(days=length // 2)
        return Window(first, first + timedelta(days=length - 1)).moved(0, within)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn, whatever part of it is in view."""

    whole: Window
    today: date
    lanes: tuple[Lane, ...] = ()
    breaks: tuple[tuple[date, date], ...] = ()
    ticks: tuple[Tick, ...] = ()


def column(day: date, window: Window, width: int) -> int:
    """The column of a day; below 0 or at ``width`` and above where it is not in view."""
    return (day - window.first).days * width // max(1, window.days)


def cells(first: date, last: date, window: Window, width: int) -> range:
    """The columns of a run of days: at least one, none where it is not in view."""
    if last < window.first or first > window.last:
        return range(0)
    begin = max(0, column(first, window, width))
    end = min(width, max(begin + 1, column(last + ONE_DAY, window, width)))
    return range(min(begin, width - 1), end)


def break_cells(chart: Chart, window: Window, width: int) -> set[int]:
    """The columns all of whose days lie in a break."""
    columns: set[int] = set()
    for first, last in chart.breaks:
        inside = cells(first, last, window, width)
        columns |= {
            at
            for at in inside
            if column(first - ONE_DAY, window, width) < at < column(last + ONE_DAY, window, width)
        }
    return columns


def lane_canvas(lane: Lane, chart: Chart, window: Window, width: int) -> Canvas:
    """Draw one lane: its run of days, breaks as gaps, marks with their words, today."""
    canvas = Canvas(width, 1)
    today = column(chart.today, window, width) if window.holds(chart.today) else -1
    if lane.stretch is not None:
        _draw_stretch(canvas, lane.stretch, chart, window, today)
    if 0 <= today < width:
        canvas.put(0, today, TODAY, BOLD)
    _draw_marks(canvas, lane.marks, window)
    return canvas


def _draw_stretch(
    canvas: Canvas, stretch: Stretch, chart: Chart, window: Window, today: int
) -> None:
    width = canvas.width
    inside = list(cells(stretch.first, stretch.last, window, width))
    paused = break_cells(chart, window, width)
    active = [at for at in inside if at not in paused]
    if stretch.state is None:
        for at in active:
            canvas.put(0, at, PROJECT, PLAN)
    else:
        solid = _solid(stretch, active, window, width, today)
        for number, at in enumerate(active):
            if number < solid:
                colour = DONE if stretch.state == "now" else EARLIER
                canvas.put(0, at, FULL, SOLID[colour])
            elif stretch.state == "done":
                canvas.put(0, at, SHORTFALL, OWED)
            else:
                canvas.put(0, at, AHEAD_CELL, EARLIER if stretch.state == "now" else TRACK)
    for at in inside:
        if at in paused:
            canvas.put(0, at, PAUSE, MUTED)


def _solid(stretch: Stretch, active: list[int], window: Window, width: int, today: int) -> int:
    """Count the solid cells: the counted share of a finished module, the days gone of this."""
    if stretch.state == "next":
        return 0
    if stretch.state == "now":
        edge = today if today >= 0 else width
        return sum(at < edge for at in active)
    days = (stretch.last - stretch.first).days + 1
    end = stretch.first + timedelta(days=round(min(1.0, stretch.share) * days))
    gone = column(end, window, width)
    solid = sum(at < gone for at in active)
    if stretch.share < 0.9 and window.holds(stretch.last):
        solid = min(solid, len(active) - 1)
    return max(0, solid)


def _draw_marks(canvas: Canvas, marks: Sequence[Mark], window: Window) -> None:
    """Put the symbols, then words on the free side of each, later ones first."""
    seen = [mark for mark in marks if window.holds(mark.day)]
    places = [column(mark.day, window, canvas.width) for mark in seen]
    for mark, at in zip(seen, places, strict=True):
        canvas.put(0, at, mark.sign, mark.style)
    for mark, at in reversed(list(zip(seen, places, strict=True))):
        if mark.label:
            _label(canvas, mark, at)


def _label(canvas: Canvas, mark: Mark, at: int) -> None:
    """Write a mark's words in full, else the brief or first ones, where nothing stands."""
    brief = (mark.brief,) if mark.brief else (short_title(mark.label, n) for n in (16, 9))
    for text in dict.fromkeys((mark.label, *brief)):
        size = cell_len(text) + 1
        for start, words in ((at - size, f"{text} "), (at + 1, f" {text}")):
            left, right = max(0, start - 1), min(canvas.width, start + size + 1)
            room = [cell for cell in range(left, right) if cell != at]
            fits = not text.endswith("…") and canvas.free(0, start, size, OPEN)
            if fits and all(canvas.free(0, cell, 1, OPEN + TODAY) for cell in room):
                canvas.put(0, start, words, MUTED)
                return


def header_line(chart: Chart, window: Window, width: int) -> Line:
    """Name the months, weeks or days that begin in view: whole names if all fit, else initials."""
    canvas = Canvas(width, 1)
    seen = [tick for tick in chart.ticks if window.first <= tick.day <= window.last]
    places = [column(tick.day, window, width) for tick in seen]
    rooms = [end - at for at, end in zip(places, [*places[1:], width], strict=True)] if seen else []
    whole = all(room > len(tick.label) for tick, room in list(zip(seen, rooms, strict=True))[1:-1])
    free = 0
    for tick, at, room in zip(seen, places, rooms, strict=True):
        label = tick.label
        if not label.isdigit() and (not whole or room <= len(label)):
            label = label.split()[0] if label[0].isdigit() else label[:1]
        if at >= free and at + len(label) <= width:
            canvas.put(0, at, label, BOLD if tick.now else MUTED)
            free = at + len(label) + (len(label) > 1)
    return canvas.line(0)


def today_line(chart: Chart, window: Window, width: int) -> Line:
    """Write ``today`` below its line, or on which side it lies."""
    canvas = Canvas(width, 1)
    if chart.today < window.first:
        canvas.put(0, 0, "◂ today", MUTED)
    elif chart.today > window.last:
        canvas.put(0, width - 7, "today ▸", MUTED)
    else:
        at = column(chart.today, window, width) - 2
        canvas.put(0, min(max(0, at), max(0, width - 5)), "today", BOLD)
    return canvas.line(0)


def gantt_lines(
    chart: Chart, window: Window, width: int, *, cursor: str = "", roomy: bool = False
) -> list[Line]:
    """Draw header, lanes and today's word; each line is ``width`` cells.

    The first cell is the cursor's, the last one empty. ``roomy`` sets lanes a row apart.
    """
    names = NAMES if width >= WIDE else NAMES_NARROW if width >= TINY else NAMES_TINY
    figures = FIGURES if width >= WIDE and any(lane.figure for lane in chart.lanes) else 0
    plot = max(8, width - 2 - names - figures)
    blank: Line = [(" " * (1 + names), PLAIN)]
    lines: list[Line] = [[*blank, *header_line(chart, window, plot)]]
    between = Lane("", "")
    for lane in chart.lanes:
        if roomy:
            lines.append([*blank, *lane_canvas(between, chart, window, plot).line(0)])
        line = _lane_line(lane, chart, window, (names, plot, figures))
        here = lane.key == cursor
        if here:
            line = [
                (text, style if " on " in style else f"{style} {CURSOR}") for text, style in line
            ]
        lines.append([(BAR if here else " ", DONE), *line])
    lines.append([*blank, *today_line(chart, window, plot)])
    return lines


def _lane_line(lane: Lane, chart: Chart, window: Window, widths: tuple[int, int, int]) -> Line:
    names, plot, figures = widths
    lead = f"{lane.number} " if lane.number else ""
    title = short_title(lane.title, max(1, names - 1 - len(lead)))
    line: Line = [(lead, MUTED), (fill(title, names - len(lead)), lane.style)]
    line += lane_canvas(lane, chart, window, plot).line(0)
    if figures:
        line += spread([], [(lane.figure, lane.figure_style)], figures)
    return [*line, (" ", PLAIN)]


class Gantt(Drawing):
    """The lanes with one cursor; ↑ ↓ moves it, + - zooms, ← → pans."""

    can_focus = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("lanes.up", "up", action="step(-1)"),
        Command("lanes.down", "down", action="step(1)"),
        Command("lanes.first", "home", action="leap(0)"),
        Command("lanes.last", "end", action="leap(-1)"),
    ]

    class Highlighted(Message):
        """The cursor came to another lane, or the window moved."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._chart: Chart | None = None
        self._window: Window | None = None
        self.key = ""

    def show(self, chart: Chart, window: Window, key: str) -> None:
        if (chart, window, key) != (self._chart, self._window, self.key):
            self._chart, self._window, self.key = chart, window, key
            self.redraw()

    @property
    def roomy(self) -> bool:
        """Whether lanes stand a row apart."""
        lanes = len(self._chart.lanes) if self._chart else 0
        return not self.screen.has_class("-short") and self.app.size.height >= 2 * lanes + 13

    def draw(self, width: int) -> list[Line]:
        if self._chart is None or self._window is None:
            return []
        cursor = self.key if self.has_focus else ""
        return gantt_lines(self._chart, self._window, width, cursor=cursor, roomy=self.roomy)

    def action_step(self, by: int) -> None:
        keys = [lane.key for lane in self._chart.lanes] if self._chart else []
        if keys:
            index = keys.index(self.key) if self.key in keys else 0
            self._go(keys[min(max(0, index + by), len(keys) - 1)])

    def action_leap(self, index: int) -> None:
        if self._chart and self._chart.lanes:
            self._go(self._chart.lanes[index].key)

    def _go(self, key: str) -> None:
        if key != self.key:
            self.key = key
            self.redraw()
            self.post_message(self.Highlighted())

    def on_click(self, event: events.Click) -> None:
        if self._chart is None:
            return
        row = event.y - 1
        index, off = divmod(row - 1, 2) if self.roomy else (row, 0)
        if not off and 0 <= index < len(self._chart.lanes):
            self._go(self._chart.lanes[index].key)

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self.redraw()

"""What a call or a practice shows: its clock, agenda, figures and checklist."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import BindingType
from textual.message import Message

from ksbtui.presentation.cells import fill, width_of
from ksbtui.presentation.parts import (
    BAR,
    BOLD,
    CHOSEN_BOX,
    DONE,
    DONE_BOLD,
    FREE_BOX,
    MUTED,
    OWED,
    OWED_BOLD,
    PLAIN,
    REACHED,
    STATES,
    Line,
    Shown,
)
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.text.blocks import digit_rows
from ksbtui.widgets.text.drawing import Drawing, cut_line, is_small, spread, wrap


@dataclass(frozen=True, slots=True)
class Step:
    """One item of an agenda and the minutes it is given."""

    title: str
    minutes: int


class Clock(Drawing):
    """Minutes and seconds in large digits; repaints itself once a second and nothing else.

    ``elapsed`` gives the seconds gone, or None where the clock has nothing to say; from
    ``minutes`` on it turns amber, and never stops.
    """

    def __init__(self, elapsed: Callable[[], int | None], minutes: int) -> None:
        super().__init__()
        self._elapsed, self._minutes = elapsed, minutes

    def on_mount(self) -> None:
        self.set_interval(1.0, self.redraw)

    def draw(self, width: int) -> list[Line]:
        gone = self._elapsed()
        if gone is None:
            return [[], [("Not timed", MUTED)], []]
        over = gone >= 60 * self._minutes
        rows = time_rows(f"{gone // 60:02}:{gone % 60:02}", plain=self.plain)
        lines: list[Line] = [[(row, OWED if over else BOLD)] for row in rows]
        lines[1].append((f"  of {self._minutes} min", MUTED))
        return lines


class Agenda(Drawing):
    """The items in order, the present one marked."""

    def __init__(self, steps: Sequence[Step]) -> None:
        super().__init__()
        self._steps = tuple(steps)
        self._state = (0,)

    def show(self, at: int) -> None:
        self.become(at)

    def draw(self, width: int) -> list[Line]:
        """Draw a list where the agenda has a panel, else as few lines as hold it."""
        (at,) = self._state
        if self.screen.has_class("-narrow"):
            return self._flow(at, width)
        lines: list[Line] = []
        for place, step in enumerate(self._steps):
            style, head = (BOLD, DONE_BOLD) if place == at else (MUTED, MUTED)
            first, *rest = wrap([(step.title, style)], max(8, width - 9))
            lines.append(
                spread([(f"  {place + 1}  ", head), *first], [(f"{step.minutes:>3}", MUTED)], width)
            )
            lines += [[("     ", PLAIN), *text] for text in rest]
            lines.append([])
        return lines

    def _flow(self, at: int, width: int) -> list[Line]:
        lines: list[Line] = [[]]
        used = 0
        for place, step in enumerate(self._steps):
            now = place == at
            text = f"{place + 1} {step.title}"
            minutes = f"   {step.minutes} min" if now else ""
            if used and used + 3 + len(text) + len(minutes) > width:
                lines.append([])
                used = 0
            gap = "   " if used else ""
            lines[-1] += [(gap + text, DONE_BOLD if now else MUTED), (minutes, MUTED)]
            used += len(gap) + len(text) + len(minutes)
        return lines


class FigureRow(Drawing):
    """Figures in columns of one width: digits where there is room, else bold numbers."""

    def show(self, figures: Sequence[Shown]) -> None:
        self.become(*figures)

    def draw(self, width: int) -> list[Line]:
        column = _small if is_small(self) or self.plain else _large
        columns = [column(figure) for figure in self._state]
        share = width // max(1, len(columns))
        return [_beside(cells, share) for cells in zip(*columns, strict=True)]


def _beside(cells: Sequence[Line], share: int) -> Line:
    return [piece for cell in cells for piece in spread(cut_line(cell, share - 1), [], share)]


def _small(figure: Shown) -> list[Line]:
    number = " ".join(filter(None, (figure.number, figure.unit)))
    return [[(number, BOLD)], [(figure.label, MUTED)]]


def _large(figure: Shown) -> list[Line]:
    rows = digit_rows(figure.number)
    lines: list[Line] = [[(row, BOLD)] for row in rows]
    lines[-1].append((f" {figure.unit}" if figure.unit else "", PLAIN))
    return [*lines, [(figure.label, MUTED)], [(figure.note, figure.note_style)]]


HERE, ANSWERED, COMING = REACHED, STATES["evidenced"], STATES["none"]


@dataclass(frozen=True, slots=True)
class Time:
    """What the clock shows: ``value`` (``3:42``), words beside it, place of how many."""

    value: str = "0:00"
    words: str = ""
    over: bool = False
    place: int = 0
    count: int = 0


def progress_line(place: int, count: int, width: int) -> Line:
    """A mark a question: answered, here, to come; numbers where there is no room for marks."""
    gap = " " if 2 * count <= width else ""
    if count > width:
        return [(f"{place + 1} of {count}", MUTED)]
    marks = [(ANSWERED + gap, DONE)] * place + [(HERE + gap, DONE_BOLD)]
    return [*marks, *[(COMING + gap, MUTED)] * (count - place - 1)][:count]


def time_rows(value: str, *, plain: bool) -> tuple[str, str, str]:
    """Draw a time three rows high, its colon one cell wide; ``plain`` as it is written."""
    if plain:
        return "", value, ""
    top, middle, foot = zip(*map(digit_rows, value.split(":")), strict=True)
    return " ".join(top), ":".join(middle), " ".join(foot)


def clock_lines(time: Time, width: int, *, plain: bool = False) -> list[Line]:
    """Draw the clock in three rows; ``plain`` writes the time as a bold number."""
    style = OWED_BOLD if time.over else BOLD
    lines: list[Line] = [[(row, style)] for row in time_rows(time.value, plain=plain)]
    lines[1] += [("   ", PLAIN), (time.words, OWED_BOLD if time.over else MUTED)]
    room = width - width_of(lines[1]) - 2
    right = progress_line(time.place, time.count, room) if time.count else []
    lines[1] = spread(lines[1], right, width)
    return lines


class ClockFace(Drawing):
    """The clock; showing another second repaints only this."""

    _state: tuple[Any, ...] = (Time(),)

    def show(self, time: Time) -> None:
        self.become(time)

    def draw(self, width: int) -> list[Line]:
        (time,) = self._state
        return clock_lines(time, width, plain=self.plain)


MOST_COLUMNS = 3
BOX = 5
"""Cells of the cursor bar, the box and the space behind it."""


def column_widths(labels: Sequence[str], width: int) -> list[int]:
    """How wide each column is: as many columns as fit, each as wide as its longest label."""
    for across in range(MOST_COLUMNS, 1, -1):
        widths = [
            max((cell_len(label) for label in labels[first::across]), default=0) + BOX + 1
            for first in range(across)
        ]
        spare = width - sum(widths)
        if spare >= 0:
            return [cells + spare // across for cells in widths]
    return [width]


def checks_lines(
    items: Sequence[tuple[str, str]], ticked: Collection[str], cursor: int | None, width: int
) -> list[Line]:
    """Draw (id, label) items row by row; ``cursor`` marks one, None where it is elsewhere."""
    widths = column_widths([label for _, label in items], width)
    lines: list[Line] = []
    for number, (id, label) in enumerate(items):
        column = number % len(widths)
        if column == 0:
            lines.append([])
        on, here = id in ticked, number == cursor
        box = (CHOSEN_BOX, DONE_BOLD) if on else (FREE_BOX, MUTED)
        words = BOLD if here else PLAIN if on else MUTED
        text = fill(f" {label}", widths[column] - BOX + 1)
        lines[-1] += [(BAR if here else " ", DONE_BOLD), box, (text, words)]
    return lines


class Checks(Drawing):
    """Things to tick; ``Ticked`` names the one that was."""

    can_focus = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("checks.up", "up", action="move(0,-1)"),
        Command("checks.down", "down", action="move(0,1)"),
        Command("checks.left", "left", action="move(-1,0)"),
        Command("checks.right", "right", action="move(1,0)"),
        Command("checks.tick", "enter", "", "Tick what you said"),
    ]

    @dataclass
    class Ticked(Message):
        """An item was ticked or unticked."""

        id: str

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[tuple[str, str], ...] = ()
        self._ticked: frozenset[str] = frozenset()
        self._cursor = 0

    def show(self, items: Sequence[tuple[str, str]], ticked: Collection[str]) -> None:
        self._items, self._ticked = tuple(items), frozenset(ticked)
        self._cursor = min(self._cursor, max(0, len(self._items) - 1))
        self.redraw()

    def draw(self, width: int) -> list[Line]:
        cursor = self._cursor if self.has_focus else None
        return checks_lines(self._items, self._ticked, cursor, width)

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self.redraw()

    def action_move(self, across: int, down: int) -> None:
        to = self._cursor + across + down * len(self._widths())
        if 0 <= to < len(self._items):
            self._cursor = to
            self.redraw()

    def action_tick(self) -> None:
        if self._items:
            self.post_message(self.Ticked(self._items[self._cursor][0]))

    def on_click(self, event: events.Click) -> None:
        widths = self._widths()
        ends = [sum(widths[: number + 1]) for number in range(len(widths))]
        column = next((n for n, end in enumerate(ends) if event.x - 1 < end), len(widths) - 1)
        number = event.y * len(widths) + column
        if 0 <= number < len(self._items):
            self._cursor = number
            self.action_tick()

    def _widths(self) -> list[int]:
        return column_widths([label for _, label in self._items], self.content_size.width)

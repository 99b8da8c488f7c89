"""A few things to tick, in columns: arrows move, ↵ ticks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import BindingType
from textual.message import Message

from ksbtui.widgets.frame.command import Command
from ksbtui.widgets.frame.symbols import BAR, CHOSEN_BOX, FREE_BOX
from ksbtui.widgets.text.drawing import Drawing
from ksbtui.widgets.text.styles import BOLD, DONE_BOLD, MUTED, PLAIN, Line, fill

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
            return [one + spare // across for one in widths]
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
        """Set the items and which of them are ticked."""
        self._items, self._ticked = tuple(items), frozenset(ticked)
        self._cursor = min(self._cursor, max(0, len(self._items) - 1))
        self.redraw()

    def draw(self, width: int) -> list[Line]:
        """Draw the items; the cursor only while they have the focus."""
        cursor = self._cursor if self.has_focus else None
        return checks_lines(self._items, self._ticked, cursor, width)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show or hide the cursor."""
        super().watch_has_focus(has_focus)
        self.redraw()

    def action_move(self, across: int, down: int) -> None:
        """Move the cursor; it stops at the edges."""
        to = self._cursor + across + down * len(self._widths())
        if 0 <= to < len(self._items):
            self._cursor = to
            self.redraw()

    def action_tick(self) -> None:
        """Say that the item under the cursor was ticked."""
        if self._items:
            self.post_message(self.Ticked(self._items[self._cursor][0]))

    def on_click(self, event: events.Click) -> None:
        """Tick what is under the pointer."""
        widths = self._widths()
        ends = [sum(widths[: number + 1]) for number in range(len(widths))]
        column = next((n for n, end in enumerate(ends) if event.x - 1 < end), len(widths) - 1)
        number = event.y * len(widths) + column
        if 0 <= number < len(self._items):
            self._cursor = number
            self.action_tick()

    def _widths(self) -> list[int]:
        return column_widths([label for _, label in self._items], self.content_size.width)

"""The progress bar: what is counted, the teeth that are owed, what is still to come."""

from __future__ import annotations

from rich.cells import cell_len

from ksbtui.presentation.parts import BarValues
from ksbtui.widgets.frame.symbols import COUNTED, MISSING, POINTER, TO_COME
from ksbtui.widgets.text.drawing import Drawing
from ksbtui.widgets.text.styles import DONE, MUTED, OWED, PLAIN, TRACK, Line, cut


def bar_cells(values: BarValues, width: int) -> tuple[int, int, int]:
    """Share ``width`` cells: (counted, missing to plan, to come).

    Any counted minute and any missing one show at least one cell; the bar is full only
    when the whole is reached.
    """
    whole = max(1, values.whole)
    done = round(min(values.done, whole) * width / whole)
    if 0 < values.done < whole:
        done = min(max(1, done), width - 1)
    plan = round(min(values.plan, whole) * width / whole)
    owed = values.plan > values.done and done < width
    missing = max(1, plan - done) if owed else 0
    return done, missing, width - done - missing


def bar_lines(values: BarValues, width: int) -> list[Line]:
    """Draw the bar and, if there are words, the line below it."""
    done, missing, to_come = bar_cells(values, width)
    bar: Line = [
        (COUNTED * done, DONE),
        (MISSING * missing, OWED),
        (TO_COME * to_come, TRACK),
    ]
    if not (values.left or values.pointer or values.right):
        return [bar]
    plan = round(min(values.plan, max(1, values.whole)) * width / max(1, values.whole))
    return [bar, _label_line(values, max(0, min(plan, width) - 1), width)]


def _label_line(values: BarValues, column: int, width: int) -> Line:
    """Set the three labels so that none touches another; the pointer's words go first."""
    left, right = cut(values.left, width), values.right
    if cell_len(left) + cell_len(right) + 2 > width:
        right = ""
    start, end = cell_len(left) + (2 if left else 0), width - cell_len(right) - 2
    text = ""
    if values.pointer:
        after, before = f"{POINTER} {values.pointer}", f"{values.pointer} {POINTER}"
        if column >= start and column + cell_len(after) <= end:
            text, start = after, column
        elif column - cell_len(before) + 1 >= start and column < end:
            text, start = before, column - cell_len(before) + 1
        elif start <= column < end:
            text, start = POINTER, column
    gap = start - cell_len(left) if text else 0
    rest = width - cell_len(left) - gap - cell_len(text) - cell_len(right)
    return [
        (left, MUTED),
        (" " * gap, PLAIN),
        (text, MUTED),
        (" " * max(0, rest), PLAIN),
        (right, MUTED),
    ]


class Bar(Drawing):
    """A bar with its words."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._values = BarValues(0, 0, 0)

    def show(self, values: BarValues) -> None:
        """Set the figures and words."""
        if values != self._values:
            self._values = values
            self.redraw()

    def draw(self, width: int) -> list[Line]:
        """Draw bar and words."""
        return bar_lines(self._values, width)

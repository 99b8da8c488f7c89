"""Charts of a few rows: hours as a bar and month by month, KSBs as symbols."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len

from ksbtui.presentation.cells import cut, fill
from ksbtui.presentation.parts import (
    ALERT,
    BOLD,
    COUNTED,
    DONE,
    EARLIER,
    EIGHTHS,
    GHOST,
    MISSING,
    MUTED,
    OWED,
    OWED_BOLD,
    PLAIN,
    POINTER,
    RUNGS,
    TO_COME,
    TRACK,
    BarValues,
    Line,
    Month,
    state_symbol,
)
from ksbtui.widgets.text.drawing import Drawing, is_small, spread


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
    bar: Line = [(COUNTED * done, DONE), (MISSING * missing, OWED), (TO_COME * to_come, TRACK)]
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

    _state: tuple[Any, ...] = (BarValues(0, 0, 0),)

    def show(self, values: BarValues) -> None:
        self.become(values)

    def draw(self, width: int) -> list[Line]:
        (values,) = self._state
        return bar_lines(values, width)


LEGEND_WIDTH = 9
SOLID = {DONE: f"{DONE} on {DONE}", EARLIER: f"{DONE} 1% on {EARLIER}"}
"""A filled cell: background, with the block character in (as good as) the same colour."""


def slots(count: int, width: int) -> tuple[int, int]:
    """(bar width, gap) for ``count`` months: 6 + 1 cells at most, 1 + 0 at least."""
    slot = min(7, width // max(1, count))
    if slot >= 3:
        return slot - 1, 1
    return max(1, slot), 0


def visible(months: Sequence[Month], width: int) -> Sequence[Month]:
    """The months that fit, around the present one, where not even one cell each fits."""
    if len(months) <= width:
        return months
    now = next((i for i, month in enumerate(months) if month.when == "now"), 0)
    start = min(max(0, now - width // 2), len(months) - width)
    return months[start : start + width]


def month_cells(month: Month, width: int, rows: int, most: int) -> list[Line]:
    """Draw one month's bar as ``rows`` lines of ``width`` cells, top first.

    Whole cells are filled by background, so that no seam shows between them; their block
    characters are there for text alone and have the fill's own colour.
    """
    done = _eighths(month.counted, most, rows)
    plan = _eighths(month.planned, most, rows)
    colour = DONE if month.when == "now" else EARLIER
    lines: list[Line] = []
    for level in range(rows - 1, -1, -1):
        here, ghost = done - 8 * level, plan - 8 * level
        if here >= 8:
            lines.append([(EIGHTHS[8] * width, SOLID[colour])])
        elif here > 0:
            under = f" on {GHOST}" if ghost >= 8 else ""
            lines.append([(EIGHTHS[here] * width, colour + under)])
        elif ghost >= 8:
            lines.append([(" " * width, f"on {GHOST}")])
        else:
            lines.append([(EIGHTHS[max(0, ghost)] * width, GHOST)])
    if month.owed and not month.counted and month.when == "past":
        style = OWED_BOLD + (f" on {GHOST}" if plan >= 8 else "")
        lines[-1] = [(ALERT + " " * (width - 1), style)]
    return lines


def month_lines(months: Sequence[Month], width: int, rows: int, figures: bool) -> list[Line]:
    """Draw the strip: ``rows`` lines of bars, the labels, and the hours if ``figures``."""
    months = visible(months, width)
    most = max((max(m.counted, m.planned) for m in months), default=0)
    bar, gap = slots(len(months), width)
    space = (" " * gap, PLAIN)
    lines: list[Line] = [[] for _ in range(rows)]
    labels: Line = []
    hours: Line = []
    for month in months:
        for line, piece in zip(lines, month_cells(month, bar, rows, most), strict=True):
            line += [*piece, space]
        style = BOLD if month.when == "now" else MUTED
        labels += [(fill(_short(month.label, bar), bar), style), space]
        figure_style = OWED if month.owed else style
        hours += [(fill(_whole(month.figure, bar + gap), bar + gap), figure_style)]
    if rows > 1 and (bar + gap) * len(months) + LEGEND_WIDTH <= width:
        pad = (" " * (width - (bar + gap) * len(months) - 6), PLAIN)
        lines[0] += [pad, ("■", GHOST), (" plan", MUTED)]
        lines[1] += [pad, ("■", EARLIER), (" done", MUTED)]
    lines.append(labels)
    if figures and bar >= 5 and any(month.figure for month in months):
        lines.append(hours)
    return lines


def _eighths(minutes: int, most: int, rows: int) -> int:
    """Scale to eighths of a cell; anything at all shows."""
    if minutes <= 0 or most <= 0:
        return 0
    return max(1, round(minutes * rows * 8 / most))


def _short(label: str, width: int) -> str:
    """The label, or its initial where it does not fit."""
    return label if len(label) <= width else label[:1]


def _whole(figure: str, width: int) -> str:
    """The figure if it fits whole: figures are never cut."""
    return figure if len(figure) < width else cut("", width)


class Months(Drawing):
    """The strip: 3 rows with hours below, 1 row where the screen is narrow or short."""

    def show(self, months: Sequence[Month]) -> None:
        self.become(*months)

    def draw(self, width: int) -> list[Line]:
        small = is_small(self)
        return month_lines(self._state, width, 1 if small else 3, not small)


def ksb_line(letter: str, states: Sequence[str], figure: str, width: int, gap: str = "  ") -> Line:
    """Draw ``K ◆◆●●◐○··  22/29``; without room the figure goes, then symbols are counted."""
    counts = Counter(states)
    room = width - len(letter) - len(gap) - len(states)
    line: Line = [(letter, BOLD), (gap, PLAIN)]
    for rung in RUNGS:
        symbol, style = state_symbol(rung)
        if room < 0:
            line += [(symbol, style), (f"{counts[rung]} ", PLAIN)]
        else:
            line.append((symbol * counts[rung], style))
    return spread(line, [(figure, MUTED)] if room >= 2 + cell_len(figure) else [], width)


def legend_line(states: Sequence[str], width: int) -> Line:
    """Name the symbols: ``◆ strong  ● evidenced  ◐ applied``, as many as fit whole."""
    line: Line = []
    for rung in states:
        item: Line = [("  " if line else "", PLAIN), state_symbol(rung), (f" {rung}", MUTED)]
        if sum(cell_len(text) for text, _ in (*line, *item)) > width:
            break
        line += item
    return line


class KsbLines(Drawing):
    """A line for each type of KSB, and a legend where the screen has room."""

    def show(self, types: Sequence[tuple[str, Sequence[str], str]]) -> None:
        """Set (letter, state of each KSB, figure) for each type."""
        self.become(*((letter, tuple(states), figure) for letter, states, figure in types))

    def draw(self, width: int) -> list[Line]:
        small = is_small(self)
        gap = " " if small else "  "
        lines = [ksb_line(letter, states, fig, width, gap) for letter, states, fig in self._state]
        return lines if small else [*lines, [], legend_line(RUNGS[:3], width)]

"""The month strip: every month of the programme, its plan as a ghost, its hours as a bar."""

from __future__ import annotations

from collections.abc import Sequence

from ksbtui.presentation.parts import Month
from ksbtui.widgets.frame.symbols import ALERT, EIGHTHS
from ksbtui.widgets.text.drawing import Drawing
from ksbtui.widgets.text.styles import (
    BOLD,
    DONE,
    EARLIER,
    GHOST,
    MUTED,
    OWED,
    OWED_BOLD,
    PLAIN,
    Line,
    cut,
    fill,
)

LEGEND_WIDTH = 9
SOLID = {DONE: f"{DONE} on {DONE}", EARLIER: f"{DONE} 1% on {EARLIER}"}
"""A filled cell: background, with the block character in (as good as) the same colour."""


def slots(count: int, width: int) -> tuple[int, int]:
    """Give (bar width, gap) for ``count`` months: 6 + 1 cells at most, 1 + 0 at least."""
    slot = min(7, width // max(1, count))
    if slot >= 3:
        return slot - 1, 1
    return max(1, slot), 0


def visible(months: Sequence[Month], width: int) -> Sequence[Month]:
    """Give the months that fit, around the present one, where not even one cell each fits."""
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
    """Give the label, or its initial where it does not fit."""
    return label if len(label) <= width else label[:1]


def _whole(figure: str, width: int) -> str:
    """Give the figure if it fits whole: figures are never cut."""
    return figure if len(figure) < width else cut("", width)


class Months(Drawing):
    """The strip: 3 rows with hours below, 1 row where the screen is narrow or short."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._months: tuple[Month, ...] = ()

    def show(self, months: Sequence[Month]) -> None:
        """Set the months."""
        if tuple(months) != self._months:
            self._months = tuple(months)
            self.redraw()

    def draw(self, width: int) -> list[Line]:
        """Draw the strip for this screen."""
        small = self.screen.has_class("-narrow") or self.screen.has_class("-short")
        return month_lines(self._months, width, 1 if small else 3, not small)

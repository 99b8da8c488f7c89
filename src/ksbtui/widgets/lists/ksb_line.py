"""One symbol a KSB, sorted by rung: how much of a type is shown, at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.cells import cell_len

from ksbtui.presentation.parts import RUNGS
from ksbtui.widgets.frame.symbols import state_symbol
from ksbtui.widgets.text.drawing import Drawing
from ksbtui.widgets.text.styles import BOLD, MUTED, PLAIN, Line, spread


def ksb_line(letter: str, states: Sequence[str], figure: str, width: int, gap: str = "  ") -> Line:
    """Draw ``K ◆◆●●◐○··  22/29``; without room the figure goes, then symbols are counted."""
    counts = Counter(states)
    symbols: Line = []
    for rung in RUNGS:
        symbol, style = state_symbol(rung)
        if counts[rung]:
            symbols.append((symbol * counts[rung], style))
    head: Line = [(letter, BOLD), (gap, PLAIN)]
    if len(letter) + len(gap) + len(states) > width:
        symbols = []
        for rung in RUNGS:
            symbol, style = state_symbol(rung)
            symbols += [(symbol, style), (f"{counts[rung]} ", PLAIN)]
    right: Line = [(figure, MUTED)]
    if len(letter) + len(gap) + len(states) + 2 + cell_len(figure) > width:
        right = []
    return spread([*head, *symbols], right, width)


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

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._types: tuple[tuple[str, tuple[str, ...], str], ...] = ()

    def show(self, types: Sequence[tuple[str, Sequence[str], str]]) -> None:
        """Set (letter, state of each KSB, figure) for each type."""
        new = tuple((letter, tuple(states), figure) for letter, states, figure in types)
        if new != self._types:
            self._types = new
            self.redraw()

    def draw(self, width: int) -> list[Line]:
        """Draw the lines."""
        small = self.screen.has_class("-narrow") or self.screen.has_class("-short")
        gap = " " if small else "  "
        lines = [ksb_line(letter, states, fig, width, gap) for letter, states, fig in self._types]
        return lines if small else [*lines, [], legend_line(RUNGS[:3], width)]

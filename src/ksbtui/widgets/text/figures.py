"""A few figures side by side, large enough to be read on a shared screen."""

from __future__ import annotations

from collections.abc import Sequence

from ksbtui.presentation.parts import Shown
from ksbtui.widgets.text.drawing import Drawing
from ksbtui.widgets.text.headline import digit_rows
from ksbtui.widgets.text.styles import BOLD, MUTED, PLAIN, Line, cut_line, width_of


class FigureRow(Drawing):
    """Figures in columns of one width: digits where there is room, else bold numbers."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._figures: tuple[Shown, ...] = ()

    def show(self, figures: Sequence[Shown]) -> None:
        """Set the figures."""
        if tuple(figures) != self._figures:
            self._figures = tuple(figures)
            self.redraw()

    def draw(self, width: int) -> list[Line]:
        """Draw them."""
        screen = self.screen
        small = screen.has_class("-narrow") or screen.has_class("-short")
        small = small or bool(getattr(self.app, "plain", False))
        columns = [_small(one) if small else _large(one) for one in self._figures]
        share = width // max(1, len(columns))
        return [
            _beside([column[row] for column in columns], share) for row in range(_rows(columns))
        ]


def _rows(columns: Sequence[Sequence[Line]]) -> int:
    return len(columns[0]) if columns else 0


def _beside(cells: Sequence[Line], share: int) -> Line:
    line: Line = []
    for cell in cells:
        kept = cut_line(cell, share - 1)
        line += [*kept, (" " * (share - width_of(kept)), PLAIN)]
    return line


def _small(figure: Shown) -> list[Line]:
    number = " ".join(filter(None, (figure.number, figure.unit)))
    return [[(number, BOLD)], [(figure.label, MUTED)]]


def _large(figure: Shown) -> list[Line]:
    rows = digit_rows(figure.number)
    lines: list[Line] = [[(row, BOLD)] for row in rows]
    lines[-1].append((f" {figure.unit}" if figure.unit else "", PLAIN))
    return [*lines, [(figure.label, MUTED)], [(figure.note, figure.note_style)]]

"""A line of filters: the one in force filled, the others muted, a total at the right."""

from __future__ import annotations

from collections.abc import Sequence

from ksbtui.widgets.text.drawing import Drawing
from ksbtui.widgets.text.styles import CHOSEN, MUTED, PLAIN, Line, spread


class Filters(Drawing):
    """Which of ``names`` is in force."""

    def __init__(self) -> None:
        super().__init__()
        self._state: tuple[tuple[str, ...], int, str] = ((), 0, "")

    def show(self, names: Sequence[str], chosen: int, total: str = "") -> None:
        """Set the names, the index of the one in force, and the total."""
        if (state := (tuple(names), chosen, total)) != self._state:
            self._state = state
            self.redraw()

    def draw(self, width: int) -> list[Line]:
        """Draw the one line."""
        names, chosen, total = self._state
        line: Line = []
        for index, name in enumerate(names):
            line += [(f" {name} ", CHOSEN if index == chosen else MUTED), (" ", PLAIN)]
        return [spread(line, [(total, MUTED)], width)]

"""The first line of a page: the answer on the left, the most that fits at the right edge."""

from __future__ import annotations

from collections.abc import Sequence

from ksbtui.widgets.text.drawing import Drawing
from ksbtui.widgets.text.styles import Line, spread, width_of


def head_line(lefts: Sequence[Line], rights: Sequence[Line], width: int) -> Line:
    """Give the fullest wording of the left that fits with one of the right, else alone."""
    for left in lefts:
        for right in rights:
            if width_of(left) + 3 + width_of(right) <= width:
                return spread(left, right, width)
    for left in lefts:
        if width_of(left) <= width:
            return spread(left, [], width)
    return spread(lefts[-1] if lefts else [], [], width)


class TopLine(Drawing):
    """One line in several wordings, fullest first."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lefts: tuple[Line, ...] = ()
        self._rights: tuple[Line, ...] = ()

    def show(self, lefts: Sequence[Line], rights: Sequence[Line] = ()) -> None:
        """Set the wordings of both sides."""
        self._lefts, self._rights = tuple(lefts), tuple(rights)
        self.redraw()

    def draw(self, width: int) -> list[Line]:
        """Draw the fullest wording."""
        return [head_line(self._lefts, self._rights, width)]

"""Cells that charts are drawn on: one character and one style each, later over earlier."""

from __future__ import annotations

from rich.cells import cell_len

from ksbtui.presentation.parts import PLAIN, Line


class Canvas:
    """Cells of one character and style each, written over one another."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._cells: list[list[tuple[str, str]]] = [[(" ", PLAIN)] * width for _ in range(height)]

    def put(self, row: int, column: int, text: str, style: str) -> None:
        """Write ``text`` as far as it lies on the canvas; a wide character takes two cells."""
        at = column
        for sign in text:
            width = cell_len(sign)
            if width and 0 <= row < self.height and at >= 0 and at + width <= self.width:
                self._cells[row][at : at + width] = [(sign, style), ("", style)][:width]
            at += width

    def free(self, row: int, column: int, length: int, over: str = " ") -> bool:
        """Tell whether ``length`` cells lie on the canvas and hold only signs of ``over``."""
        if not 0 <= row < self.height or column < 0 or column + length > self.width:
            return False
        signs = self._cells[row][column : column + length]
        return all(sign and sign in over for sign, _ in signs)

    def line(self, row: int) -> Line:
        """A row, neighbours of one style joined."""
        joined: Line = []
        for sign, style in self._cells[row]:
            if joined and joined[-1][1] == style:
                joined[-1] = (joined[-1][0] + sign, style)
            else:
                joined.append((sign, style))
        return joined

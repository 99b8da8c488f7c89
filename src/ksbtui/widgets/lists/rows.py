"""Short lists (up to some 500 rows), and the line of filters above one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from ksbtui.presentation.parts import CHOSEN, MUTED, PLAIN, Line, Row
from ksbtui.widgets.lists.listing import Columns, Listing
from ksbtui.widgets.text.drawing import Drawing, is_small, spread


class Rows(Listing):
    """Steps, alerts, choices: `show` sets them, the cursor stays on its key.

    ``roomy`` puts an empty line between rows, unless the screen is narrow or short.
    """

    def __init__(
        self,
        *rows: Row,
        columns: Columns | None = None,
        roomy: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(columns or Columns(), id=id, classes=classes)
        self._rows = rows
        self._roomy = roomy
        self._measure()

    def show(self, rows: Sequence[Row], at: str | None = None) -> None:
        """Set the rows; the cursor goes to the key ``at``, else stays on its key or place."""
        wanted = at or self.key
        self._rows = tuple(rows)
        self._measure()
        self.lay_out()
        keys = [row.key for row in self._rows]
        index = keys.index(wanted) if wanted in keys else min(self.cursor, len(keys) - 1)
        self.cursor = max(0, index)
        self._settle(self.cursor, 1)
        self.refresh(layout=True)

    @property
    def count(self) -> int:
        return len(self._rows)

    @property
    def height_in_lines(self) -> int:
        return self._lines

    def row(self, index: int) -> Row | None:
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def place(self, index: int) -> tuple[int, int]:
        return self._tops[index], self._rows[index].height

    def at(self, line: int) -> tuple[int | None, int]:
        index = bisect_right(self._tops, line) - 1
        if index < 0 or line - self._tops[index] >= self._rows[index].height:
            return None, 0
        return index, line - self._tops[index]

    def lay_out(self) -> None:
        self._measure()
        super().lay_out()

    def _measure(self) -> None:
        """Place the rows; an empty line stands before each heading but the first row."""
        gap = int(self._roomy and self.is_attached and not is_small(self))
        self._tops, top = [], 0
        for number, row in enumerate(self._rows):
            top += (gap or int(row.heading)) if number else 0
            self._tops.append(top)
            top += row.height
        self._lines = top


class Shelf(Rows):
    """Rows whose first and last row lead on, so that arrows reach every region."""

    def action_step(self, by: int) -> None:
        before = self.cursor
        super().action_step(by)
        if self.cursor == before:
            (self.screen.focus_next if by > 0 else self.screen.focus_previous)()


class Filters(Drawing):
    """Which of ``names`` is in force."""

    _state: tuple[Any, ...] = ((), 0, "")

    def show(self, names: Sequence[str], chosen: int, total: str = "") -> None:
        self.become(tuple(names), chosen, total)

    def draw(self, width: int) -> list[Line]:
        names, chosen, total = self._state
        line: Line = []
        for index, name in enumerate(names):
            line += [(f" {name} ", CHOSEN if index == chosen else MUTED), (" ", PLAIN)]
        return [spread(line, [(total, MUTED)], width)]

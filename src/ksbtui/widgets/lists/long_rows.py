"""A list of any length: rows are fetched in windows as they come into view."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from ksbtui.presentation.parts import BOLD, MUTED, PLAIN, Group, Line, Row
from ksbtui.widgets.lists.listing import Columns, Listing
from ksbtui.widgets.text.blocks import section_line

WINDOW = 64
KEPT_WINDOWS = 8

Fetch = Callable[[int, int], Sequence[Row]]
"""(offset, limit) → that many rows, in the order of the list."""


class Grid:
    """Where groups and rows stand: pure sums over the group sizes.

    ``gap`` empty lines stand between groups; a group without a label has no heading.
    """

    def __init__(self, groups: Sequence[Group], gap: int) -> None:
        self.groups = tuple(groups)
        self.gap = gap
        self._tops: list[int] = []
        self._firsts: list[int] = []
        top = first = 0
        for number, group in enumerate(self.groups):
            top += gap if number else 0
            self._tops.append(top)
            self._firsts.append(first)
            top += group.count + bool(group.label)
            first += group.count
        self.lines, self.count = top, first

    def place(self, index: int) -> int:
        group = bisect_right(self._firsts, index) - 1
        return self._tops[group] + bool(self.groups[group].label) + index - self._firsts[group]

    def at(self, line: int) -> tuple[int | None, int | None]:
        """(group if ``line`` is its heading, row index if a row stands there)."""
        group = bisect_right(self._tops, line) - 1
        if group < 0:
            return None, None
        within = line - self._tops[group] - bool(self.groups[group].label)
        if within < 0:
            return group, None
        if within >= self.groups[group].count:
            return None, None
        return None, self._firsts[group] + within


class LongRows(Listing):
    """The journal's list: constant cost at any length, the cursor kept by key.

    ``find(key)`` gives the index of a row after a change, or None if it is gone.
    """

    def __init__(
        self, *, columns: Columns | None = None, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(columns or Columns(), id=id, classes=classes)
        self._grid = Grid((), 0)
        self._fetch: Fetch = lambda offset, limit: ()
        self._windows: dict[int, Sequence[Row]] = {}

    def show(
        self,
        groups: Sequence[Group],
        fetch: Fetch,
        find: Callable[[str], int | None] | None = None,
        at: str | None = None,
    ) -> None:
        """Set what the list holds; the cursor goes to ``at``, else stays on its key or place."""
        wanted = at or self.key
        self._grid = Grid(groups, self._gap())
        self._fetch = fetch
        self._windows.clear()
        index = find(wanted) if find and wanted else None
        if index is None:
            index = min(self.cursor, self._grid.count - 1)
        self.cursor = max(0, index)
        self.lay_out()
        self.refresh(layout=True)
        if self._grid.count:
            self.call_after_refresh(self.move_to, self.cursor, tell=False)

    @property
    def count(self) -> int:
        return self._grid.count

    @property
    def height_in_lines(self) -> int:
        return self._grid.lines

    def row(self, index: int) -> Row | None:
        window, within = divmod(index, WINDOW)
        rows = self._windows.get(window)
        if rows is None:
            while len(self._windows) >= KEPT_WINDOWS:
                del self._windows[next(iter(self._windows))]
            rows = self._windows[window] = self._fetch(window * WINDOW, WINDOW)
        return rows[within] if within < len(rows) else None

    def place(self, index: int) -> tuple[int, int]:
        return self._grid.place(index), 1

    def at(self, line: int) -> tuple[int | None, int]:
        return self._grid.at(line)[1], 0

    def between(self, line: int, width: int) -> Line:
        group = self._grid.at(line)[0]
        if group is None:
            return []
        heading = self._grid.groups[group]
        return [
            (" ", PLAIN),
            *section_line(heading.label, heading.total, max(0, width - 2), f"{BOLD} {MUTED}"),
        ]

    def lay_out(self) -> None:
        if self._grid.gap != self._gap():
            self._grid = Grid(self._grid.groups, self._gap())
        super().lay_out()

    def _gap(self) -> int:
        tight = not self.is_attached or self.screen.has_class("-narrow")
        return 0 if tight or self.screen.has_class("-short") else 1

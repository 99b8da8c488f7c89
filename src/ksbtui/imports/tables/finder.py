"""Finds the tables of a grid: any number, above or beside each other, whatever they are about.

1. A *head* is a row of short texts that a subject's words know, or one above figures that
   they do not know. Rows of groups above it and of parts or instructions below belong to it.
2. A head is cut where an empty column, or the same headings again, begin another table.
3. A table goes on to the next head over its columns; its title stands above its head.
4. What is left with figures in it is a table without a head, so that nothing is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ksbtui.imports.tables.grid import Grid, is_figure
from ksbtui.imports.tables.heads import Head, Heading, Heads, Vocabulary


@dataclass(frozen=True, slots=True)
class Table:
    """One table: rows and columns are counted from 0, ``stop`` and ``right`` excluded.

    ``head`` is the row of its headings, None where it has none.
    """

    grid: Grid
    left: int
    right: int
    first: int
    stop: int
    head: int | None = None
    title: str = ""
    headings: dict[int, Heading] = field(default_factory=dict)

    @property
    def body(self) -> range:
        return range(self.first, self.stop)

    @property
    def shape(self) -> tuple[str, ...]:
        """Its headings, by which the next file of this shape is known."""
        return tuple(" ".join(h.label.lower().split()) for _, h in sorted(self.headings.items()))

    @property
    def has_figures(self) -> bool:
        """Whether a number, a day or a time stands in its rows."""
        return any(
            is_figure(cell)
            for row in self.body
            for cell in self.grid.rows[row][self.left : self.right]
        )


def find_tables(grid: Grid, words: Vocabulary) -> list[Table]:
    """Every table of a grid from the top, those without a head that hold figures included."""
    return _Finder(grid, words).tables()


class _Finder:
    """The tables between the heads of a grid."""

    def __init__(self, grid: Grid, words: Vocabulary) -> None:
        self._grid = grid
        self._words = words
        self._heads = Heads(grid, words)
        self._filled = self._heads.filled

    def tables(self) -> list[Table]:
        heads = list(self._heads)
        found: list[Table] = []
        for place, head in enumerate(heads):
            stop = len(self._filled)
            for later in heads[place + 1 :]:
                if later.columns[0] <= head.columns[-1] and later.columns[-1] >= head.columns[0]:
                    stop = self._heads.above(later)[0]
                    break
            found += self._cut(head, max(stop, head.bottom + 1))
        found += self._headless(found)
        return sorted(found, key=lambda table: (table.first, table.left))

    def _cut(self, head: Head, stop: int) -> Iterator[Table]:
        """The tables that one head holds, side by side."""
        used: set[int] = set()
        for row in range(head.bottom + 1, stop):
            used.update(self._filled[row])
        _, title = self._heads.above(head)
        headings = self._heads.headings(head)
        right = head.columns[-1] + 1
        while right in used:
            right += 1
        left = head.columns[0]
        left -= left - 1 in used and not self._filled[head.row].get(left - 1)
        cuts = [left]
        for column in range(head.columns[0] + 1, right):
            after = [c for c in head.columns if c > column]
            empty = column not in headings and column not in used and len(after) > 1
            part = [self._words.role(headings[c].whole) for c in head.columns if c >= cuts[-1]]
            if empty and len([c for c in head.columns if cuts[-1] <= c < column]) > 1:
                cuts.append(column + 1)
            elif column in headings and self._again(headings, cuts[-1], column, right, part):
                cuts.append(column)
        for left, end in zip(cuts, [*cuts[1:], right], strict=True):
            named = {c: h for c, h in headings.items() if left <= c < end}
            if named:
                yield Table(self._grid, left, end, head.bottom + 1, stop, head.row, title, named)

    def _again(
        self, headings: dict[int, Heading], left: int, column: int, right: int, part: list[str]
    ) -> bool:
        """Whether the headings of a table begin again at a column."""
        role = self._words.role
        first = self._words.first
        if not first or role(headings[column].whole) != first or column - left < 2:
            return False
        sides = [
            [role(headings[c].whole) for c in range(a, b) if c in headings]
            for a, b in ((left, column), (column, right))
        ]
        shared = set(sides[0]) & set(sides[1]) - {""}
        return first in shared and len(shared) > 1 and all(map(self._words.is_head, sides))

    def _headless(self, tables: Sequence[Table]) -> Iterator[Table]:
        """Cells with figures in no table, as tables without a head."""
        taken = [(t.first if t.head is None else t.head, t) for t in tables]
        region: list[int] = []
        columns: set[int] = set()
        for row in range(len(self._filled) + 1):
            cells = self._filled[row] if row < len(self._filled) else {}
            here = [t for top, t in taken if top <= row < t.stop]
            loose = {c for c in cells if not any(t.left <= c < t.right for t in here)}
            if loose and (not region or row - region[-1] <= 2):
                region.append(row)
                columns |= loose
                continue
            if region and not loose and row < len(self._filled) and row - region[-1] < 2:
                continue
            if region:
                yield from self._region(region, columns)
            region, columns = ([row], set(loose)) if loose else ([], set())

    def _region(self, rows: list[int], columns: set[int]) -> Iterator[Table]:
        made = Table(self._grid, min(columns), max(columns) + 1, rows[0], rows[-1] + 1)
        if made.has_figures:
            yield made

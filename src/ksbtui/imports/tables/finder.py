"""The heads of the tables in a grid: which rows name columns, and what stands above each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from ksbtui.imports.tables.grid import Cell, Grid, is_figure, text_of

LONGEST = 160
"""A heading is shorter; a longer cell is somebody's text."""
NAME = 60
"""Longer headings are no names of parts of a time."""

_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_HINT = re.compile(
    r"[(\[].*[)\]]|(?:e\.?g\.?|please|format|use|enter|select|choose|drop.?down|yes ?/ ?no|y ?/ ?n"
    r"|dd|mm|yyyy|hh|h:mm|in hours|in minutes|decimal|hours?|minutes?|hrs?|mins?)\b.*",
    re.IGNORECASE | re.DOTALL,
)
"""What stands in a row of instructions below a head."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A subject's words for headings.

    ``role`` tells what a heading means (empty where nothing), ``is_head`` whether these
    meanings make a head, and ``opens`` whether they do so within another table.
    """

    role: Callable[[str], str]
    is_head: Callable[[Sequence[str]], bool]
    opens: Callable[[Sequence[str]], bool]
    first: str = ""
    """The meaning with which the same headings begin again beside a table."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a column: its own words, those of its group, and the note in brackets."""

    label: str = ""
    group: str = ""
    note: str = ""

    @property
    def whole(self) -> str:
        """Its own words as they stand, with the note."""
        return f"{self.label} {self.note}".strip()


def heading_of(label: str, group: str = "") -> Heading:
    """A heading with what stands in brackets, or in further lines, apart."""
    short = _BRACKETS.sub("", label).strip(" :*\n") or label.strip(" :*\n")
    note = " ".join(m.strip() for m in _BRACKETS.findall(label)) if short != label else ""
    return Heading(" ".join(short.split()), " ".join(group.split()), note)


@dataclass(frozen=True, slots=True)
class Head:
    """The rows of a head (``bottom`` included) and its columns."""

    top: int
    row: int
    bottom: int
    columns: tuple[int, ...]


class Heads:
    """The heads of one grid, found from its filled cells by a subject's words."""

    def __init__(self, grid: Grid, words: Vocabulary) -> None:
        self._grid = grid
        self.words = words
        covered = grid.covered
        self.filled: list[dict[int, Cell]] = [
            {
                c: cell
                for c, cell in enumerate(row)
                if cell is not None and not (covered and (r, c) in covered)
            }
            for r, row in enumerate(grid.rows)
        ]

    def __iter__(self) -> Iterator[Head]:
        """Every head in order; one within another table only where its words say so."""
        last: Head | None = None
        row = 0
        while row < len(self.filled):
            columns = self._head_columns(row, last)
            if columns:
                last = self._grown(row, columns)
                yield last
                row = last.bottom
            row += 1

    def _head_columns(self, row: int, last: Head | None) -> tuple[int, ...]:
        """The columns of the head that a row is, as a whole or in one run of cells."""
        cells = self.filled[row]
        if len(cells) < 2:
            return ()
        runs = [cells] if self._is_text(cells) else []
        runs += [run for run in _runs(cells) if len(run) > 1 and len(run) < len(cells)]
        for run in runs:
            if not self._is_text(run):
                continue
            roles = [self.words.role(str(cell)) for cell in run.values()]
            within = last and set(run) <= set(range(last.columns[0], last.columns[-1] + 1))
            free = not within or self.words.opens(roles)
            if self.words.is_head(roles) and (free or run is cells):
                return tuple(run)
            blank = row == 0 or len(self.filled[row - 1]) < 2
            alone = run is cells and blank and (free or self._leaves(row, last))
            if alone and self._over_figures(row, run):
                return tuple(run)
        return ()

    def _is_text(self, cells: dict[int, Cell]) -> bool:
        return all(
            isinstance(cell, str) and len(cell) <= LONGEST and not is_figure(cell)
            for cell in cells.values()
        )

    def _over_figures(self, row: int, cells: dict[int, Cell]) -> bool:
        """Whether a row of unknown words heads figures: not one fact beside its name."""
        if any(str(cell).rstrip().endswith(":") for cell in cells.values()):
            return False
        below = next((r for r in self.filled[row + 1 : row + 4] if r), {})
        shared = below.keys() & cells.keys()
        return len(shared) > 1 and any(is_figure(below[c]) for c in shared)

    def _leaves(self, row: int, last: Head | None) -> bool:
        """Whether a row of words begins another table below one that names its days.

        Either the rows below lack what every row of the table above has, such as a day, or
        words stand where a day should and in nearly as many columns as that table has.
        """
        if last is None:
            return True
        above = self.filled[last.row].items()
        firsts = [c for c, cell in above if self.words.role(str(cell)) == self.words.first]
        here = self.filled[row]
        if len(here) >= max(3, len(last.columns) * 2 / 3) and firsts and firsts[0] in here:
            return True
        below: list[dict[int, Cell]] = []
        for cells in self.filled[row + 1 : row + 6]:
            if not cells:
                break
            below.append(cells)
        return bool(firsts) and not any(is_figure(cells.get(c)) for cells in below for c in firsts)

    def _grown(self, row: int, columns: tuple[int, ...]) -> Head:
        """A head with the groups above it and the parts or instructions below it."""
        top = bottom = row
        grown = set(columns)
        if row and self._is_group(row - 1, columns):
            top = row - 1
            grown |= self.filled[top].keys() & set(range(columns[0], columns[-1] + 1))
        while bottom + 1 < len(self.filled) and bottom < row + 2 and self._goes_on(bottom, grown):
            bottom += 1
            grown |= self.filled[bottom].keys()
        return Head(top, row, bottom, tuple(sorted(grown)))

    def _is_group(self, row: int, columns: tuple[int, ...]) -> bool:
        """Whether a row above a head holds the headings of groups of its columns."""
        cells = self.filled[row]
        inside = [c for c in cells if columns[0] <= c <= columns[-1]]
        if not inside or len(inside) < len(cells) or not self._is_text(cells):
            return False
        if any(len(str(cell)) > NAME for cell in cells.values()):
            return False
        wide = [c for c in cells if (row, c + 1) in self._grid.covered]
        alone = len(cells) == 1
        if alone and (inside[0] == columns[0] or not wide):
            return inside[0] != columns[0] and bool(self.words.role(str(cells[inside[0]])))
        gaps = any(c + 1 in columns and c + 1 not in cells for c in cells)
        return bool(wide) or gaps or all((row + 1, c) in self._grid.covered for c in cells)

    def _goes_on(self, row: int, columns: set[int]) -> bool:
        """Whether the row below goes on with a head: parts of its groups, or instructions."""
        cells = self.filled[row + 1]
        if not cells or not self._is_text(cells):
            return False
        if all(_HINT.fullmatch(str(cell).strip()) for cell in cells.values()):
            roles = [self.words.role(str(cell)) for cell in cells.values()]
            return not self.words.is_head(roles)
        if len(cells) < 2 or any(len(str(cell)) > NAME for cell in cells.values()):
            return False
        grid, above = self._grid, self.filled[row]
        spread = [
            (c not in above and (grid.at(row, c) is not None or self._left_of(row, c)))
            or (c in above and (c + 1 in cells and c + 1 not in above))
            for c in cells
        ]
        free = any(c not in cells and (row + 1, c) not in grid.covered for c in above)
        return all(spread) and (free or any((row + 1, c) in grid.covered for c in above))

    def _left_of(self, row: int, column: int) -> bool:
        """Whether an empty cell of a head lies to the right of a filled one of its group."""
        left = [c for c in self.filled[row] if c < column]
        return bool(left) and self.words.role(str(self.filled[row][left[-1]])) != self.words.first

    def above(self, head: Head) -> tuple[int, str]:
        """The first row of what stands above a head, and the title there."""
        left, right = head.columns[0], head.columns[-1]
        row, title, blanks = head.top, "", 0
        for above in range(head.top - 1, max(-1, head.top - 5), -1):
            cells = self.filled[above]
            inside = [c for c in cells if left - 1 <= c <= right]
            if not cells:
                blanks += 1
                if title or blanks > 1:
                    break
                continue
            if len(inside) != 1:
                break
            text = cells[inside[0]]
            if not isinstance(text, str) or is_figure(text):
                break
            if not title or len(text) <= NAME:
                title = " ".join(text.split())
            row = above
            if len(cells) > 1:
                break
        return row, title[:LONGEST]

    def headings(self, head: Head) -> dict[int, Heading]:
        rows = range(head.top, head.bottom + 1)
        headings: dict[int, Heading] = {}
        spread: dict[int, dict[int, str]] = {}
        for row in rows:
            last = ""
            spread[row] = {}
            for c in range(head.columns[0], head.columns[-1] + 1):
                own = self.filled[row].get(c)
                below = any(c in self.filled[r] for r in rows if r > row)
                if own is not None:
                    last = str(own)
                elif self._grid.at(row, c) is not None:
                    last = text_of(self._grid.at(row, c))
                elif not below or self.words.role(last) == self.words.first:
                    last = ""
                spread[row][c] = last if own is not None or below else ""
        for c in head.columns:
            own_words = [spread[row][c] for row in rows if c in self.filled[row]]
            hints = [w for w in own_words[1:] if _HINT.fullmatch(w.strip())]
            names = [w for w in own_words if w not in hints] or own_words
            label = names[-1]
            groups = [spread[row][c] for row in rows if spread[row][c] not in ("", *own_words)]
            groups += names[:-1]
            heading = heading_of(label, " ".join(dict.fromkeys(groups)))
            note = " ".join([heading.note, *hints]).strip()
            headings[c] = Heading(heading.label, heading.group, note)
        return headings


def _runs(cells: dict[int, Cell]) -> Iterator[dict[int, Cell]]:
    """The cells of a row in groups without an empty column between them."""
    run: dict[int, Cell] = {}
    for column, cell in cells.items():
        if run and column - 1 not in run:
            yield run
            run = {}
        run[column] = cell
    if run:
        yield run


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
        tables: list[Table] = []
        for place, head in enumerate(heads):
            stop = len(self._filled)
            for later in heads[place + 1 :]:
                if later.columns[0] <= head.columns[-1] and later.columns[-1] >= head.columns[0]:
                    stop = self._heads.above(later)[0]
                    break
            tables += self._cut(head, max(stop, head.bottom + 1))
        tables += self._headless(tables)
        return sorted(tables, key=lambda table: (table.first, table.left))

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
        table = Table(self._grid, min(columns), max(columns) + 1, rows[0], rows[-1] + 1)
        if table.has_figures:
            yield table

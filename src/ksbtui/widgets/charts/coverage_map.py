"""The coverage map: every KSB a tile in its place, one widget, two tiles repainted a move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView

from ksbtui.presentation.parts import BOLD, MARKS, PLAIN, STATES, Line
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.text.blocks import section_line
from ksbtui.widgets.text.drawing import Painted

TILE, PITCH = 6, 7
"""Cells of a tile, and from one tile to the next."""
FADED = "$foreground 45%"
HELD = "bold $background on $foreground"
TILE_STYLES = {
    "none": "$foreground-muted on $foreground 6%",
    "mentioned": "$foreground on $primary 12%",
    "applied": "$foreground on $primary 28%",
    "evidenced": "bold $foreground on $primary 45%",
    "strong": "bold $background on $primary",
}
"""Text and fill of a tile by state."""
OWED_MARK = "bold $warning"


@dataclass(frozen=True, slots=True)
class Tile:
    """One KSB: ``marks`` are keys of `MARKS`; ``gap`` sets them in amber; faded tiles wait."""

    code: str
    state: str
    marks: tuple[str, ...] = ()
    gap: bool = False
    faded: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A labelled block of tiles."""

    label: str
    total: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """How tiles stand: tiles a row, rows of cells a tile, empty rows between and after a label."""

    per_row: int
    tall: int
    between: int
    lead: int

    def lines(self, counts: Sequence[int]) -> int:
        total = max(0, len(counts) - 1)
        for count in counts:
            rows = -(-count // self.per_row)
            total += 1 + self.lead + rows * self.tall + max(0, rows - 1) * self.between
        return total


def grid_for(counts: Sequence[int], width: int, height: int) -> Grid:
    """Choose the roomiest grid that fits; the closest one scrolls.

    Ten tiles stand in a row, or five, so that K17 is always the seventh of its row or the
    second: a place to remember.
    """
    per_row = next((n for n in (10, 5) if n * PITCH - 1 <= width), max(1, (width + 1) // PITCH))
    grids = (
        Grid(per_row, tall, between, lead)
        for tall, between, lead in ((2, 1, 1), (2, 1, 0), (2, 0, 0), (1, 0, 0))
    )
    for grid in grids:
        if grid.lines(counts) <= height:
            return grid
    return Grid(per_row, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Laid:
    """Where everything stands: tiles as (x, y), rows of tile numbers, what is on each line."""

    places: tuple[tuple[int, int], ...] = ()
    rows: tuple[tuple[int, ...], ...] = ()
    labels: dict[int, int] = field(default_factory=dict)
    """Line → number of the block whose label stands there."""
    on_line: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Line → tile numbers that cross it."""
    height: int = 0


def lay_out(counts: Sequence[int], grid: Grid) -> Laid:
    """Place the tiles of blocks with so many tiles each."""
    places: list[tuple[int, int]] = []
    rows: list[tuple[int, ...]] = []
    labels: dict[int, int] = {}
    on_line: dict[int, tuple[int, ...]] = {}
    y = 0
    for block, count in enumerate(counts):
        y += 1 if block else 0
        labels[y] = block
        y += 1 + grid.lead
        for start in range(0, count, grid.per_row):
            y += grid.between if start else 0
            first = len(places)
            row = tuple(range(first, first + min(grid.per_row, count - start)))
            places += [(index * PITCH, y) for index in range(len(row))]
            rows.append(row)
            on_line |= {y + part: row for part in range(grid.tall)}
            y += grid.tall
    return Laid(tuple(places), tuple(rows), labels, on_line, y)


def step(laid: Laid, at: int, across: int, down: int) -> int:
    """The tile an arrow leads to: along the reading order, or the same place a row on."""
    if across:
        return max(0, min(len(laid.places) - 1, at + across))
    row = next(number for number, row in enumerate(laid.rows) if at in row)
    if not 0 <= row + down < len(laid.rows):
        return at
    column, wanted = laid.rows[row].index(at), laid.rows[row + down]
    return wanted[min(column, len(wanted) - 1)]


def tile_text(tile: Tile, tall: bool) -> tuple[str, str]:
    """What a tile says on its first and second line (the second empty if not tall).

    Six cells: the code, the rung's symbol and the mark that matters most; a tall tile has
    room for two. A faded tile keeps its code alone.
    """
    symbol = "" if tile.faded else STATES[tile.state]
    marks = "" if tile.faded else "".join(MARKS[mark] for mark in tile.marks)
    if tall:
        return f" {tile.code:<5}", f" {symbol:<1} {marks[:2]:<3}"
    return f"{tile.code:<4}{symbol:<1}{marks[:1]:<1}", ""


class CoverageMap(ScrollView, Painted):
    """The tiles, with one cursor. `Moved` follows it, `Chosen` is ↵."""

    can_focus = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("map.left", "left", action="step(-1, 0)"),
        Command("map.right", "right", action="step(1, 0)"),
        Command("map.up", "up", action="step(0, -1)"),
        Command("map.down", "down", action="step(0, 1)"),
        Command("map.first", "home", action="go_to(0)"),
        Command("map.last", "end", action="go_to(-1)"),
        Command("map.previous-block", "pageup", action="block(-1)"),
        Command("map.next-block", "pagedown", action="block(1)"),
        Command("map.choose", "enter"),
    ]

    @dataclass
    class Moved(Message):
        """The cursor came to the KSB ``code``."""

        code: str

    @dataclass
    class Chosen(Message):
        """↵ or a click on the tile under the cursor."""

        code: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blocks: tuple[Block, ...] = ()
        self._tiles: tuple[Tile, ...] = ()
        self._cursor = 0
        self._laid: tuple[tuple[object, ...], Grid, Laid] = ((), Grid(10, 1, 0, 0), Laid())

    # What is shown

    def show(self, blocks: Sequence[Block], at: str | None = None) -> None:
        """Set the tiles; the cursor goes to the code ``at``, else stays on its code."""
        wanted = at or self.code
        if tuple(blocks) != self._blocks:
            self._blocks = tuple(blocks)
            self._tiles = tuple(tile for block in blocks for tile in block.tiles)
            self._cursor = 0
            self._fit()
            self.refresh(layout=True)
        if wanted is not None:
            self.go(wanted, tell=False)

    @property
    def code(self) -> str | None:
        return self._tiles[self._cursor].code if self._tiles else None

    def go(self, code: str, *, tell: bool = True) -> None:
        codes = [tile.code for tile in self._tiles]
        if code in codes:
            self._move(codes.index(code), tell=tell)

    # Moving

    def action_step(self, across: int, down: int) -> None:
        if self._tiles:
            self._move(step(self._now()[1], self._cursor, across, down))

    def action_go_to(self, index: int) -> None:
        self._move(index % max(1, len(self._tiles)))

    def action_block(self, by: int) -> None:
        starts, start = [], 0
        for block in self._blocks:
            starts.append(start)
            start += len(block.tiles)
        past = [
            start for start in starts if (start > self._cursor if by > 0 else start < self._cursor)
        ]
        if past:
            self._move(past[0] if by > 0 else past[-1])

    def action_choose(self) -> None:
        if (code := self.code) is not None:
            self.post_message(self.Chosen(code))

    def on_click(self, event: events.Click) -> None:
        x, y = event.x, event.y + self.scroll_offset.y
        for index in self._now()[1].on_line.get(y, ()):
            left = self._now()[1].places[index][0]
            if left <= x < left + TILE:
                if index == self._cursor and self.has_focus:
                    self.action_choose()
                else:
                    self._move(index)

    def _move(self, index: int, *, tell: bool = True) -> None:
        """Move the cursor: only the two tiles are painted anew."""
        if not 0 <= index < len(self._tiles):
            return
        before, self._cursor = self._cursor, index
        region = self._region(index)
        if self.size.height and self.virtual_size.height > self.size.height:
            above = 1 if self._tiles and index < self._now()[0].per_row else 0
            around = Region(0, max(0, region.y - above), 1, region.height + above)
            self.scroll_to_region(around, animate=False, force=True, immediate=True)
        offset = self.scroll_offset
        self.refresh(
            self._region(before).translate((0, -offset.y)), region.translate((0, -offset.y))
        )
        if tell and before != index:
            self.post_message(self.Moved(self._tiles[index].code))

    def _region(self, index: int) -> Region:
        grid, laid = self._now()
        x, y = laid.places[index]
        return Region(x, y, TILE, grid.tall)

    # Laying out and painting

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self.refresh()

    def on_resize(self) -> None:
        self._fit()
        self.call_after_refresh(lambda: self._move(self._cursor, tell=False))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Be as tall as the roomiest grid that leaves half of the screen to the rest."""
        counts = [len(block.tiles) for block in self._blocks]
        return grid_for(counts, width, viewport.height // 2).lines(counts)

    @property
    def height_in_lines(self) -> int:
        return self.virtual_size.height

    def line_at(self, row: int) -> Line:
        grid, laid = self._now()
        width = self.scrollable_content_region.width
        if row in laid.labels:
            block = self._blocks[laid.labels[row]]
            return section_line(block.label, block.total, min(width, grid.per_row * PITCH - 1))
        return list(self._row(laid, row, grid.tall == 2)) if row in laid.on_line else []

    def _row(self, laid: Laid, line: int, tall: bool) -> Iterator[tuple[str, str]]:
        for place, index in enumerate(laid.on_line[line]):
            tile = self._tiles[index]
            text = tile_text(tile, tall)[line - laid.places[index][1]]
            if place:
                yield " ", PLAIN
            if index == self._cursor and self.has_focus:
                yield text, HELD
            elif tile.faded:
                yield text, FADED
            else:
                style = TILE_STYLES[tile.state]
                second = tall and line > laid.places[index][1]
                at = 3 if second else 5
                owed = tile.gap and tile.marks[:1] == ("fragile",) and (second or not tall)
                if tile.state != "none" and tall and not second:
                    style = f"{BOLD} {style}" if not style.startswith(BOLD) else style
                yield text[:at], style
                mark_style = f"{OWED_MARK} on {style.split(' on ')[1]}" if owed else style
                yield text[at:], mark_style

    def _fit(self) -> None:
        width, height = self.scrollable_content_region.size
        if not height:  # not laid out yet
            return
        size = Size(width, self._now()[1].height)
        if max(size.height, self.virtual_size.height) <= height:
            # Nothing scrolls, before or now: there is no bar to make room for by a new layout.
            self.set_reactive(CoverageMap.virtual_size, size)
        else:
            self.virtual_size = size

    def _now(self) -> tuple[Grid, Laid]:
        size = self.scrollable_content_region.size
        state = (size, self._blocks)
        if self._laid[0] != state:
            counts = [len(block.tiles) for block in self._blocks]
            grid = grid_for(counts, size.width, size.height)
            self._laid = (state, grid, lay_out(counts, grid))
        return self._laid[1], self._laid[2]

"""The tables of a file with what the person said of one of them laid over it."""

from __future__ import annotations

from collections.abc import Sequence

from ksbtui.core.text.text import quoted
from ksbtui.errors import NotFound, Unreadable
from ksbtui.imports.logs.headers import WORDS
from ksbtui.imports.logs.layout import Layout, layout_of, overlaid
from ksbtui.imports.options import Options
from ksbtui.imports.tables.finder import Table, find_tables
from ksbtui.imports.tables.grid import Grid, column_of, text_of
from ksbtui.imports.tables.heads import Heading, heading_of
from ksbtui.imports.values.words import plain


def chosen_layouts(grids: Sequence[Grid], options: Options) -> list[Layout]:
    """Every table of the sheets asked for, in the order that ``--table`` counts them."""
    tables: list[Table] = []
    for grid in _sheets(grids, options.sheet):
        if options.header_row is not None:
            tables.append(_headed(grid, options.header_row))
        else:
            found = find_tables(grid, WORDS)
            whole = not found and bool(options.columns) and any(grid.rows)
            tables += [_whole(grid)] if whole else found
    if options.table is not None and not 1 <= options.table <= len(tables):
        raise NotFound(
            f"There is no table {options.table}; {len(tables)} were found.",
            "See them with --dry-run.",
        )
    layouts = [layout_of(table) for table in tables]
    if options.columns:
        for layout in _meant(layouts, options):
            overlaid(layout, _places(layout, options))
    return layouts


def _sheets(grids: Sequence[Grid], wanted: str) -> list[Grid]:
    """The sheets to read: the one named (or numbered from 1), else every one that is shown."""
    if not wanted:
        return [grid for grid in grids if not grid.hidden]
    for number, grid in enumerate(grids, start=1):
        if wanted.strip().casefold() in (grid.name.strip().casefold(), str(number)):
            return [grid]
    names = ", ".join(grid.name for grid in grids)
    raise NotFound(f"There is no sheet {quoted(wanted)}.", f"The file has: {names}.")


def _headed(grid: Grid, number: int) -> Table:
    """The table whose headings stand in the row that a person named."""
    if not 1 <= number <= len(grid.rows):
        raise NotFound(
            f"There is no row {number}; the sheet has {len(grid.rows)}.",
            "Enter the row of the headings: --header-row N",
        )
    row = grid.rows[number - 1]
    headings = {c: heading_of(text_of(cell)) for c, cell in enumerate(row) if cell is not None}
    width = max(map(len, grid.rows))
    return Table(grid, 0, width, number, len(grid.rows), number - 1, "", headings)


def _whole(grid: Grid) -> Table:
    """A sheet in which no table was found, as one without headings."""
    nothing: dict[int, Heading] = {}
    return Table(grid, 0, max(map(len, grid.rows)), 0, len(grid.rows), None, "", nothing)


def _meant(layouts: Sequence[Layout], options: Options) -> list[Layout]:
    """The tables that a map is about: the one numbered, else those of one shape."""
    if options.table is not None:
        return [layouts[options.table - 1]]
    if options.shape and (same := [x for x in layouts if x.table.shape == options.shape]):
        return same
    named = [name for names in options.columns.values() for name in names]
    fitting = [x for x in layouts if all(_place(x, name) is not None for name in named)]
    shapes = {layout.table.shape for layout in fitting}
    logs = [layout for layout in fitting if not layout.reason]
    if len(shapes) > 1 and len({layout.table.shape for layout in logs}) == 1:
        return logs
    if len(shapes) > 1:
        numbers = ", ".join(str(layouts.index(layout) + 1) for layout in fitting)
        raise Unreadable(
            f"The map fits tables {numbers}, which have different columns.",
            "Say which one it is about: --table N. See them with --dry-run.",
        )
    return fitting or list(layouts[:1])


def _places(layout: Layout, options: Options) -> dict[str, list[int]]:
    """The columns of a table by field. Raises NotFound for one it lacks."""
    found: dict[str, list[int]] = {}
    for role, names in options.columns.items():
        for name in names:
            place = _place(layout, name)
            if place is None:
                raise NotFound(
                    f"There is no column {quoted(name)}.",
                    "Enter a letter such as G, or a heading from the file.",
                )
            found.setdefault(role, []).append(place)
    return found


def _place(layout: Layout, name: str) -> int | None:
    """The column (from 0) of a heading, else of a letter such as ``G``."""
    wanted = plain(name)
    for column, label in layout.labels.items():
        heading = layout.table.headings.get(column)
        if wanted and wanted in (plain(label), plain(heading.whole) if heading else ""):
            return column
    place = column_of(name)
    inside = place is not None and layout.table.left <= place < layout.table.right
    return place if inside else None

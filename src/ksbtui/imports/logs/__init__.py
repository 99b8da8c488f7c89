"""Reads training logs from the tables of any grid, and says what was read of each."""

from __future__ import annotations

from collections.abc import Sequence

from ksbtui.core.exchange.imported import ColumnSeen, Note, Reading, TableSeen
from ksbtui.core.text.text import number_of, quoted
from ksbtui.errors import NotFound, Unreadable
from ksbtui.imports.logs.day_columns import with_named_days
from ksbtui.imports.logs.layout import NO_WEEK, Layout, layout_of, overlaid
from ksbtui.imports.logs.own_logs import own_columns, read_own_rows
from ksbtui.imports.logs.rows import read_rows
from ksbtui.imports.logs.words import WORDS, is_facts, plain
from ksbtui.imports.source import Options
from ksbtui.imports.tables.finder import Heading, Table, find_tables, heading_of
from ksbtui.imports.tables.grid import Cell, Grid, column_of, letter_of, text_of
from ksbtui.imports.times import order_of


def chosen_layouts(grids: Sequence[Grid], options: Options) -> list[Layout]:
    """Every table of the sheets asked for, in the order that ``--table`` counts them."""
    tables: list[Table] = []
    for grid in _sheets(grids, options.sheet):
        if options.header_row is not None:
            tables.append(_headed(grid, options.header_row))
        else:
            of_grid = find_tables(grid, WORDS)
            whole = not of_grid and bool(options.columns) and any(grid.rows)
            tables += [_whole(grid)] if whole else of_grid
    if options.table is not None and not 1 <= options.table <= len(tables):
        raise NotFound(
            f"There is no table {options.table}. The file has {len(tables)}.",
            "To see them: --dry-run",
        )
    layouts = [layout_of(table) for table in tables]
    if options.columns:
        for layout in _meant(layouts, options):
            overlaid(layout, _places(layout, options))
    return layouts


def _sheets(grids: Sequence[Grid], wanted: str) -> list[Grid]:
    if not wanted:
        return [grid for grid in grids if not grid.hidden]
    for number, grid in enumerate(grids, start=1):
        if wanted.strip().casefold() in (grid.name.strip().casefold(), str(number)):
            return [grid]
    names = ", ".join(grid.name for grid in grids)
    raise NotFound(f"There is no sheet {quoted(wanted)}.", f"The file has: {names}.")


def _headed(grid: Grid, number: int) -> Table:
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
            "Choose one with --table N. To see them: --dry-run",
        )
    return fitting or list(layouts[:1])


def _places(layout: Layout, options: Options) -> dict[str, list[int]]:
    """The columns of a table by field. Raises NotFound for one it lacks."""
    columns: dict[str, list[int]] = {}
    for role, names in options.columns.items():
        for name in names:
            place = _place(layout, name)
            if place is None:
                raise NotFound(
                    f"There is no column {quoted(name)}.",
                    "Enter a letter such as G, or a heading from the file.",
                )
            columns.setdefault(role, []).append(place)
    return columns


def _place(layout: Layout, name: str) -> int | None:
    wanted = plain(name)
    for column, label in layout.labels.items():
        heading = layout.table.headings.get(column)
        if wanted and wanted in (plain(label), plain(heading.whole) if heading else ""):
            return column
    place = column_of(name)
    inside = place is not None and layout.table.left <= place < layout.table.right
    return place if inside else None


_MEANS = {
    "day": "day",
    "title": "title",
    "text": "title or what I did",
    "hours": "time in hours",
    "minutes": "time in minutes",
    "duration": "time",
    "start": "start",
    "end": "end",
    "until": "last day",
    "category": "time of one kind",
    "on": "time on one day",
    "total": "a sum",
    "type": "type",
    "module": "module",
    "notes": "what I did",
    "learned": "what I learned",
    "ksbs": "KSBs",
    "k": "knowledge",
    "s": "skills",
    "b": "behaviours",
    "paid": "paid hours",
    "place": "on or off the job",
    "evidence": "evidence",
    "ignore": "not read",
    "": "added to what I did",
}
_COLUMNS_SHOWN = 60
_SAVE = "open the file in a spreadsheet program and save it, or these cells are read as empty"


class NoLog(NotFound):
    """No table of a file can be read as a log; ``tables`` are those that were found."""

    def __init__(self, name: str, tables: Sequence[TableSeen]) -> None:
        message = f"{name} has no columns for a date and hours that ksbtui recognises."
        super().__init__(message, _what_next(tables))
        self.tables = tuple(tables)


def read_log(grids: Sequence[Grid], options: Options, name: str = "The file") -> Reading:
    """Read every table of activities in the sheets that are shown, or what was asked for.

    1. Name days that stand as headings.
    2. Find the tables and what their columns mean, with what the person said over it.
    3. Settle the order of day and month for the whole file.
    4. Read the rows of each; say of every table and column left aside why.
    """
    grids = [with_named_days(grid, options.as_at) for grid in grids]
    layouts = chosen_layouts(grids, options)
    reading = Reading()
    reading.warnings += [
        Note(1, f"{number_of(grid.unsaved, 'formula')} without a saved value: {_SAVE}", grid.name)
        for grid in grids
        if grid.unsaved
    ]
    read = [layout for layout in layouts if _is_wanted(layout, layouts, options)]
    order = _order(read, options)
    if order == "mdy" and not options.order:
        month_first = "days were read month first, because some cannot be read day first"
        reading.warnings.append(Note(read[0].table.first + 1, month_first, read[0].table.grid.name))
    for number, layout in enumerate(layouts, start=1):
        where = layout.table.grid.name if len(grids) > 1 else ""
        if any(layout is other for other in read):
            columns = None if options.columns else own_columns(layout.table)
            if columns:
                part = read_own_rows(layout.table, columns, options.as_at, where)
                part.own = True
            else:
                part = read_rows(layout, options, order, where)
            part.tables.append(_seen(number, layout, part))
            reading.add(part)
        else:
            _leave(reading, number, layout, where, options)
    if not read:
        raise NoLog(name, reading.tables)
    _name_sheets_without_tables(grids, layouts, options, reading)
    return reading


def _is_wanted(layout: Layout, layouts: Sequence[Layout], options: Options) -> bool:
    if options.table is not None and layout is not layouts[options.table - 1]:
        return False
    return not layout.reason


def _leave(reading: Reading, number: int, layout: Layout, where: str, options: Options) -> None:
    """Note a table of which nothing is read; one with figures is a warning."""
    table = layout.table
    if options.table not in (None, number):
        reason, warn = f"you chose table {options.table} only", False
    elif is_facts(table):
        reason, warn = "facts and sums, no activities", False
    else:
        reason, warn = layout.reason, table.has_figures
    seen = _seen(number, layout, Reading(), reason)
    reading.tables.append(seen)
    if warn:
        columns = ", ".join(c.heading for c in seen.columns if c.heading)
        named = f" (columns {columns[:80]})" if columns else ""
        reading.warnings.append(
            Note(seen.first, f"{seen.name} was not read{named}: {reason}", where)
        )


def _seen(number: int, layout: Layout, reading: Reading, reason: str = "") -> TableSeen:
    table = layout.table
    columns = []
    for column, role in sorted(layout.roles.items())[:_COLUMNS_SHOWN]:
        example = next((text_of(cell) for cell in layout.cells(column, 1)), "")
        means = f"tick for {role[5:]}" if role.startswith("code:") else _MEANS[role]
        means = _MEANS["ignore"] if reason else means
        heading = layout.labels.get(column, "")
        if heading or example:
            aside = layout.aside.get(column, "") if role in ("ignore", "total") else ""
            columns.append(ColumnSeen(letter_of(column), heading, means, example[:60], aside))
    return TableSeen(
        number=number,
        sheet=table.grid.name,
        title=table.title,
        first=(table.first if table.head is None else table.head) + 1,
        last=table.stop,
        columns=tuple(columns),
        rows=len({activity.row for activity in reading.activities}),
        minutes=sum(activity.minutes for activity in reading.activities),
        aside=reason,
        shape=table.shape,
        mapped=layout.is_mapped,
    )


def _name_sheets_without_tables(
    grids: Sequence[Grid], layouts: Sequence[Layout], options: Options, reading: Reading
) -> None:
    """Name each sheet that holds words but no table, and each that is hidden."""
    for grid in grids:
        asked = options.sheet or options.table is not None
        filled = any(cell is not None for row in grid.rows for cell in row)
        if not filled or asked or any(layout.table.grid is grid for layout in layouts):
            continue
        reason = "the sheet is hidden" if grid.hidden else "this sheet has no table"
        reading.warnings.append(Note(1, f"{reason}, so nothing of it was read", grid.name))


def _order(layouts: Sequence[Layout], options: Options) -> str:
    """The order of day and month for the whole file: as told, as proved, else it is asked for."""
    if options.order:
        return options.order
    cells: list[Cell] = []
    for layout in layouts:
        for column in layout.days[:1]:
            cells += layout.cells(column, len(layout.table.body))
        cells.append(layout.week[0])
    order = order_of(cells, options.as_at, options.first)
    if order in ("open", "both"):
        example = next(cell for cell in cells if isinstance(cell, str) and order_of([cell]))
        either = "some days only work day first, others only month first, such as"
        why = (
            f"{either} {quoted(example)}"
            if order == "both"
            else f"{quoted(example)} could be either"
        )
        raise Unreadable(
            f"It is not clear whether the day or the month comes first: {why}.",
            "Add --date-order dmy if the day comes first, or --date-order mdy if the month does.",
        )
    return order or "dmy"


def _what_next(tables: Sequence[TableSeen]) -> str:
    if not tables:
        return "It has no table with figures in it."
    if any(table.aside == NO_WEEK for table in tables):
        return "Write the week above the table, such as: Week commencing 7 September 2026."
    most = max(tables, key=lambda table: len(table.columns))
    texts = [column.heading or column.example for column in most.columns][:6]
    which = f" --table {most.number}" if len(tables) > 1 else ""
    seen = f" Seen: {', '.join(text[:20] for text in texts if text)}." if texts else ""
    return f"Enter the columns:{which} --map day=A,title=B,hours=C{seen}"


def check_refused(reading: Reading, name: str, keep_going: bool) -> None:
    """Refuse a file with rows whose day or time cannot be read, unless told to go on."""
    if not reading.refused:
        return
    if keep_going:
        reading.skipped += reading.refused
        reading.refused = []
        return
    shown = "; ".join(note.text for note in reading.refused[:5])
    more = len(reading.refused) - 5
    raise Unreadable(
        f"{name}: {shown}" + (f"; and {more} more." if more > 0 else "."),
        "Fix these rows in the file, or skip them with --keep-going.",
    )

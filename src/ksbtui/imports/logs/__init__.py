"""Reads a training log from CSV, XLSX or ODS, wherever its tables and headings stand."""

from __future__ import annotations

from collections.abc import Sequence

from ksbtui.core.exchange.activities import Note, Reading
from ksbtui.core.text.text import quoted
from ksbtui.errors import NotFound, Unreadable
from ksbtui.imports.logs.days import order_of
from ksbtui.imports.logs.layout import Layout, find_layouts, mapped_layout, text_of
from ksbtui.imports.logs.options import Options
from ksbtui.imports.logs.rows import read_rows
from ksbtui.imports.tables import Table


def read_log(tables: Sequence[Table], options: Options, name: str = "The file") -> Reading:
    """Read every table of activities in the sheets that are shown, or in the one named."""
    sheets = _sheets(tables, options.sheet)
    found = [(sheet, layouts_of(sheet, options)) for sheet in sheets]
    if not any(layouts for _, layouts in found):
        raise NotFound(f"{name}: no columns for a date and hours were found.", _seen(sheets))
    reading = Reading()
    order = _order(found, options, reading)
    for sheet, layouts in found:
        where = sheet.name if len(tables) > 1 else ""
        if not layouts and any(any(cell is not None for cell in row) for row in sheet.rows):
            reading.warnings.append(
                Note(1, "no table with a date and hours is on this sheet", where)
            )
        for layout in layouts:
            reading.add(read_rows(sheet.rows, layout, options, order, where))
    return reading


def layouts_of(sheet: Table, options: Options) -> list[Layout]:
    """The tables of one sheet, as found or as mapped."""
    if options.columns or options.header_row is not None:
        layouts = mapped_layout(sheet.rows, options.columns, options.header_row)
        return [layout for layout in layouts if layout.usable]
    return find_layouts(sheet.rows)


def _sheets(tables: Sequence[Table], wanted: str) -> list[Table]:
    """The sheets to read: the one named (or numbered from 1), else every one that is shown."""
    if not wanted:
        return [table for table in tables if not table.hidden]
    for number, table in enumerate(tables, start=1):
        if wanted.strip().casefold() in (table.name.strip().casefold(), str(number)):
            return [table]
    names = ", ".join(table.name for table in tables)
    raise NotFound(f"There is no sheet {quoted(wanted)}.", f"The file has: {names}.")


def _order(found: Sequence[tuple[Table, list[Layout]]], options: Options, reading: Reading) -> str:
    """The order of day and month for the whole file: as told, as proved, else day first."""
    if options.order:
        return options.order
    cells = [
        (sheet.rows[index][column], index, sheet)
        for sheet, layouts in found
        for layout in layouts
        for column in layout.days
        for index in range(layout.first, min(layout.stop, len(sheet.rows)))
        if column < len(sheet.rows[index])
    ]
    order = order_of(cell for cell, _, _ in cells)
    if order in ("open", "mdy", "both"):
        index = next(i for cell, i, _ in cells if isinstance(cell, str) and order_of([cell]))
        said = {
            "open": "days such as 03/04 were read day first; --date-order mdy reads month first",
            "mdy": "days were read month first, because some fit no other order",
            "both": "some days fit only day first, others only month first; read day first",
        }
        reading.warnings.append(Note(index + 1, said[order]))
    return "mdy" if order == "mdy" else "dmy"


def _seen(sheets: Sequence[Table]) -> str:
    """What to do next, with the row that looks most like headings."""
    rows = [row for sheet in sheets for row in sheet.rows[:50]]
    if not rows:
        return "It has no rows."
    widest = max(rows, key=lambda row: sum(isinstance(cell, str) for cell in row))
    texts = [text_of(cell)[:20] for cell in widest if isinstance(cell, str)][:6]
    seen = f" Seen: {', '.join(texts)}." if texts else ""
    return f"Name the columns: --map day=A,title=B,hours=C{seen}"


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
        "Mend them in the file, or leave these rows out with --keep-going.",
    )

"""CSV and XLSX: the rows of a sheet, for a program that adds up and for a person who reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from ksbtui.core.exchange.pages import DAY, HOURS, WHOLE, Cell, Column, Sheet
from ksbtui.core.text.text import printable
from ksbtui.exports.making import Tell

_STARTS = tuple("=+-@＝＋－＠")


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, even once saved again as CSV.

    An apostrophe goes before ``= + - @`` (their wide forms too), also behind white space or
    another apostrophe, so that taking one away again gives the text.
    """
    risky = text.lstrip("' \t\r\n").startswith(_STARTS) or text.startswith(("\t", "\r"))
    return f"'{text}" if risky else text


def write_csv(sheet: Sheet, tell: Tell) -> bytes:
    """UTF-8, commas, CRLF (RFC 4180), ISO days, hours with two decimals; no footer."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(column.header for column in sheet.columns)
    kinds = [column.kind for column in sheet.columns]
    for done, row in enumerate(sheet.rows):
        writer.writerow(_csv_cell(cell, kind) for cell, kind in zip(row, kinds, strict=True))
        tell(done, len(sheet.rows))
    return out.getvalue().encode()


def _csv_cell(cell: Cell, kind: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return safe_cell(printable(cell))
    return f"{cell:.2f}" if kind == HOURS else str(cell)


A4 = 9
"""The number of the paper size (ECMA-376)."""
LONGEST_CELL = 32_767
"""Characters a cell can hold (Excel's limit)."""
LONGEST_HEADER = 255
"""Characters the line above a printed page can hold (Excel's limit)."""
TALLEST_ROW = 409
"""Points a row can have (Excel's limit)."""
LINE_HEIGHT = 14.5
CUT = " … [cut: the cell is full]"

FORMATS = {DAY: "dd mmm yyyy", HOURS: "0.00", WHOLE: "0"}
INK, LINE, HEAD = "#22282E", "#C9C5B8", "#F3F1EA"
THIN, HAIR = 1, 7
"""Numbers of the line styles."""
MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)
"""What every book says it was made at: the same record gives the same file."""

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def write_xlsx(sheet: Sheet, tell: Tell) -> bytes:
    """One worksheet: the header in row 1, the rows, then the totals."""
    # deferred: the library of one format is loaded to write that format
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, _OPTIONS)
    book.set_properties({"title": sheet.title, "author": "ksbtui", "created": MADE_AT})
    page = book.add_worksheet(sheet.title)
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width + 1)
    _print_setup(page, sheet)
    _fill(book, page, sheet, tell)
    book.close()
    return out.getvalue()


def _fill(book: Any, page: Any, sheet: Sheet, tell: Tell) -> None:
    top = {"bold": True, "bg_color": HEAD, "bottom": THIN, "valign": "vcenter"}
    heads = [_format(book, column, **top) for column in sheet.columns]
    plain = [_format(book, column, bottom=HAIR, bottom_color=LINE) for column in sheet.columns]
    total = [_format(book, column, bold=True, top=THIN) for column in sheet.columns]
    for index, column in enumerate(sheet.columns):
        page.write_string(0, index, fitting(column.header), heads[index])
    for number, row in enumerate(sheet.rows, start=1):
        page.set_row(number, _height(row, sheet.columns))
        _write_row(page, number, row, plain)
        tell(number, len(sheet.rows))
    for number, row in enumerate(sheet.footer, start=len(sheet.rows) + 1):
        _write_row(page, number, row, total)


def _write_row(page: Any, number: int, row: Sequence[Cell], formats: Sequence[Any]) -> None:
    """Write each cell as what it is; a text is never read as anything else."""
    for index, value in enumerate(row):
        look = formats[index]
        if isinstance(value, str):
            page.write_string(number, index, fitting(value), look)
        elif value is None:
            page.write_blank(number, index, None, look)
        elif isinstance(value, date):
            page.write_datetime(number, index, value, look)
        else:
            page.write_number(number, index, value, look)


def _format(book: Any, column: Column, **more: Any) -> Any:
    right = column.kind in (HOURS, WHOLE)
    aligned = {"align": "right", "indent": 1} if right else {"align": "left", "text_wrap": True}
    number = {"num_format": FORMATS[column.kind]} if column.kind in FORMATS else {}
    return book.add_format({**_look(**more), **aligned, **number})


def _look(**more: Any) -> dict[str, Any]:
    return {"font_color": INK, "valign": "top", "bottom_color": INK, "top_color": INK, **more}


def _print_setup(page: Any, sheet: Sheet) -> None:
    """A4 across, as wide as the paper, the header on every page, the learner above it."""
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    title = printable(f"{sheet.title} · {sheet.subtitle}").replace("&", "&&")
    page.set_header(f"&L{title}"[:LONGEST_HEADER].rstrip("&"))
    page.set_footer("&R&P of &N")
    printed = sum(column.paper for column in sheet.columns)
    page.print_area(0, 0, len(sheet.rows) + len(sheet.footer), printed - 1)
    if sheet.rows_a_page:
        page.set_h_pagebreaks(range(sheet.rows_a_page + 1, len(sheet.rows) + 1, sheet.rows_a_page))


def _height(row: Sequence[Cell], columns: Sequence[Column]) -> float:
    """Points a row needs for its longest printed text; nothing works that out on opening."""
    lines = 1
    for value, column in zip(row, columns, strict=True):
        if column.paper and isinstance(value, str) and (len(value) > column.width or "\n" in value):
            lines = max(lines, sum(1 + len(li) // column.width for li in value.split("\n")))
    return min(TALLEST_ROW, lines * LINE_HEIGHT + 3)


def fitting(text: str) -> str:
    """A text that a cell can hold, marked where it had to be cut."""
    safe = safe_cell(printable(text))
    return safe if len(safe) <= LONGEST_CELL else safe[: LONGEST_CELL - len(CUT)] + CUT

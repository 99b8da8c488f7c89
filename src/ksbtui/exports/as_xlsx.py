"""XLSX: real dates, numeric hours, a frozen header, and a page that prints."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

from ksbtui.core.sheets import DAY, HOURS, WHOLE, Cell, Column, Sheet
from ksbtui.exports.harmless import harmless_cell, printable
from ksbtui.exports.saving import Tell

A4 = 9
"""The number of the paper size (ECMA-376)."""
LONGEST_CELL = 32_767
"""Characters a cell can hold (Excel's limit)."""
TALLEST_ROW = 409
"""Points a row can have (Excel's limit)."""
LINE_HEIGHT = 14.5
CUT = " … [cut here: a cell holds no more]"

FORMATS = {DAY: "dd mmm yyyy", HOURS: "0.00", WHOLE: "0"}
INK, MUTED, LINE = "22282E", "58626C", "C9C5B8"


def write(sheet: Sheet, tell: Tell) -> bytes:
    """One worksheet: the header in row 1, the rows, then the totals."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    page: Any = book.create_sheet(sheet.title)
    for index, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(index)].width = column.width + 1
    page.freeze_panes = "A2"
    last = f"{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"
    page.auto_filter.ref = f"A1:{last}"
    _print_setup(page, sheet)
    try:
        _fill(page, sheet, tell)
    except BaseException:
        page.close()
        raise
    book.properties.title = sheet.title
    book.properties.creator = "ksbtui"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(page: Any, sheet: Sheet, tell: Tell) -> None:
    styles = _Styles(page)
    page.append(styles.header(sheet.columns))
    for done, row in enumerate(sheet.rows):
        page.row_dimensions[done + 2].height = _height(row, sheet.columns)
        page.append(styles.row(row, sheet.columns))
        tell(done, len(sheet.rows))
    for row in sheet.footer:
        page.append(styles.total(row, sheet.columns))


def _print_setup(page: Any, sheet: Sheet) -> None:
    """A4 across, as wide as the paper, the header on every page, the learner above it."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"
    for side in ("left", "right", "top", "bottom"):
        setattr(page.page_margins, side, 0.5 if side in ("left", "right") else 0.7)
    page.oddHeader.left.text = printable(f"{sheet.title} · {sheet.subtitle}").replace("&", "&&")
    page.oddFooter.right.text = "&P of &N"


def _height(row: Iterable[Cell], columns: Iterable[Column]) -> float:
    """Points a row needs for its longest wrapped text; nothing works that out on opening."""
    lines = 1
    for value, column in zip(row, columns, strict=True):
        if isinstance(value, str):
            lines = max(lines, sum(1 + len(li) // column.width for li in value.split("\n")))
    return min(TALLEST_ROW, lines * LINE_HEIGHT + 3)


class _Styles:
    """Cells of the three kinds of row, each style made once."""

    def __init__(self, page: Any) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self._page = page
        self._bold = Font(bold=True, color=INK)
        self._plain = Font(color=INK)
        self._fill = PatternFill("solid", fgColor="F3F1EA")
        self._under = Border(bottom=Side("thin", color=INK))
        self._over = Border(top=Side("thin", color=INK))
        self._hair = Border(bottom=Side("hair", color=LINE))
        self._left = Alignment(vertical="top", wrap_text=True)
        self._right = Alignment(vertical="top", horizontal="right")
        self._head = Alignment(vertical="center", wrap_text=True)

    def header(self, columns: Iterable[Column]) -> list[Any]:
        """The header row."""
        cells = []
        for column in columns:
            cell = self._cell(column.header, column)
            cell.font, cell.fill, cell.border = self._bold, self._fill, self._under
            cell.alignment = self._head
            cells.append(cell)
        return cells

    def row(self, row: Iterable[Cell], columns: Iterable[Column]) -> Iterator[Any]:
        """One row of data."""
        for value, column in zip(row, columns, strict=True):
            cell = self._cell(value, column)
            cell.font, cell.border = self._plain, self._hair
            yield cell

    def total(self, row: Iterable[Cell], columns: Iterable[Column]) -> Iterator[Any]:
        """One row below them."""
        for value, column in zip(row, columns, strict=True):
            cell = self._cell(value, column)
            cell.font, cell.border = self._bold, self._over
            yield cell

    def _cell(self, value: Cell, column: Column) -> Any:
        from openpyxl.cell import WriteOnlyCell

        if isinstance(value, str):
            cell = WriteOnlyCell(self._page, None)
            cell.value = fitting(value)
            cell.data_type = "s"
        else:
            cell = WriteOnlyCell(self._page, None)
            cell.value = value
            if value is not None and column.kind in FORMATS:
                cell.number_format = FORMATS[column.kind]
        cell.alignment = self._right if column.kind in (HOURS, WHOLE) else self._left
        return cell


def fitting(text: str) -> str:
    """A text that a cell can hold, marked where it had to be cut."""
    safe = harmless_cell(printable(text))
    return safe if len(safe) <= LONGEST_CELL else safe[: LONGEST_CELL - len(CUT)] + CUT

"""The grids of a CSV, XLSX, ODS, HTML or Markdown file, read within bounds."""

from __future__ import annotations

import csv
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ksbtui.errors import Unreadable
from ksbtui.imports.source import (
    MAX_FILE,
    check_xml,
    check_zip,
    container,
    decode_text,
    read_bytes,
    refuse_locked,
    unpack,
)
from ksbtui.imports.tables.grid import MAX_CELLS, MAX_COLUMNS, Cell, Grid, merge

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

SHEET_SUFFIXES = (".xlsx", ".xlsm", ".ods")
CSV_SUFFIXES = (".csv", ".tsv", ".tab")
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown")

_ATTRIBUTES = rb"((?:\"[^\"]*\"|'[^']*'|[^>\"'])*)>"
_XLSX_CELL = re.compile(rb"<(?:\w+:)?c\b" + _ATTRIBUTES)
_XLSX_REF = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,7})([0-9]{1,9})[\"']")
_UNSAVED = re.compile(rb"</f>\s*(?:<v\s*/>|<v>\s*</v>|</c>)")
"""A formula of XLSX whose value was never worked out."""
_ODS_TAG = re.compile(rb"<table:(table-row|table-cell|covered-table-cell|table)\b" + _ATTRIBUTES)
_ODS_REPEAT = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"']([0-9]{1,12})[\"']")
_ODS_SPAN = re.compile(rb"number-(rows|columns)-spanned\s*=\s*[\"']([0-9]{1,6})[\"']")
Merge = tuple[int, int, int, int]
"""Top, left, bottom and right of merged cells."""
_EXCEL_EPOCH = datetime(1899, 12, 31)  # noqa: DTZ001 - a spreadsheet's days have no zone


def read_grids(path: Path, max_bytes: int = MAX_FILE) -> list[Grid]:
    """Every grid of a file; refuses what is unsafe or no table."""
    data = read_bytes(path, max_bytes)
    suffix = path.suffix.lower()
    kind = container(data)
    if kind == "ole":
        raise refuse_locked(path.name)
    if kind == "zip":
        if suffix not in SHEET_SUFFIXES:
            raise Unreadable(
                f"{path.name} is a packed file of another format than its suffix says.",
                "Change the file's suffix to its real format, such as .xlsx or .ods.",
            )
        return _sheets(path)
    if kind == "pdf" or suffix in SHEET_SUFFIXES:
        raise Unreadable(
            f"{path.name} is not a spreadsheet.",
            "Change the file's suffix to its real format, or save it as CSV, XLSX or ODS.",
        )
    text, _ = decode_text(data, path.name)
    if suffix in (*HTML_SUFFIXES, *MARKDOWN_SUFFIXES) or is_html(text):
        # deferred: a CSV needs neither of the two readers
        from ksbtui.imports.tables.markup import html_grids, markdown_grids

        return (markdown_grids if suffix in MARKDOWN_SUFFIXES else html_grids)(text)
    return [Grid(path.stem, csv_rows(text, path.name))]


def is_html(text: str) -> bool:
    """Whether a text begins as a page does, whatever it is called."""
    head = text[:2_000].lstrip("\ufeff \t\r\n").lower()
    return head.startswith(("<!doctype html", "<html", "<?xml", "<body", "<table"))


def csv_rows(text: str, name: str = "The file") -> list[list[Cell]]:
    """The records of separated text; the separator is found from its first records."""
    lines = text.splitlines(keepends=True)
    first = lines[0].strip().lower() if lines else ""
    if first.startswith("sep=") and len(first) == 5:
        return [[], *_records(lines[1:], first[4], name)]
    return _records(lines, _delimiter(lines[:60]), name)


def _records(lines: list[str], delimiter: str, name: str) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    cells = 0
    try:
        for record in csv.reader(lines, delimiter=delimiter):
            cells += len(record)
            if len(record) > MAX_COLUMNS or cells > MAX_CELLS:
                raise _too_wide(name, name)
            rows.append([value if value.strip() else None for value in record])
    except csv.Error as error:
        raise Unreadable(
            f"{name} cannot be read as CSV: {error}.", "Check its quotation marks near the end."
        ) from error
    return rows


def _delimiter(lines: list[str]) -> str:
    best, best_score = ",", 0
    for delimiter in ",;\t|":
        try:
            widths = Counter(len(record) for record in csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            continue
        score = max((count * width for width, count in widths.items() if width > 1), default=0)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _sheets(path: Path) -> list[Grid]:
    unsaved = _check_workbook(path)
    merges = _ods_merges(path) if path.suffix.lower() == ".ods" else {}
    import python_calamine

    try:
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            grids = []
            for number, meta in enumerate(book.sheets_metadata):
                if meta.typ == python_calamine.SheetTypeEnum.WorkSheet:
                    sheet = book.get_sheet_by_name(meta.name)
                    rows, covered = _sheet_rows(sheet, merges.get(number, []))
                    hidden = meta.visible != python_calamine.SheetVisibleEnum.Visible
                    grids.append(Grid(meta.name, rows, hidden, covered, unsaved))
                    unsaved = 0
    except python_calamine.PasswordError as error:
        raise refuse_locked(path.name) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise Unreadable(
            f"{path.name} cannot be read as a workbook.",
            "Open it in a spreadsheet program and save it again, or save it as CSV.",
        ) from error
    return grids


def _sheet_rows(
    sheet: CalamineSheet, merges: list[Merge]
) -> tuple[list[list[Cell]], frozenset[tuple[int, int]]]:
    """A sheet's rows from its first row and column on, and the places that merges cover."""
    rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    ranges = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    return rows, frozenset(merge(rows, ranges + merges))


def _cell(value: Cell) -> Cell:
    """A cell as a reader means it: 7.0 is 7, and 30:00 is a length of time, not a day."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, datetime) and value.year <= 1900:
        return value.replace(tzinfo=None) - _EXCEL_EPOCH
    if isinstance(value, str) and not value.strip():
        return None
    return value


def _check_workbook(path: Path) -> int:
    """Refuse a workbook whose sheets, once laid out, would not fit in memory.

    The reader lays a sheet out as a full grid, so one value in a far corner costs
    gigabytes. The cells that hold something are measured in the XML beforehand. Counts the
    formulas without a saved value.
    """
    members = check_zip(path)
    names = {member.filename for member in members}
    if not names & {"xl/workbook.xml", "content.xml"}:
        raise Unreadable(
            f"{path.name} is not a spreadsheet.",
            "Change the file's suffix to its real format, or save it as CSV, XLSX or ODS.",
        )
    return sum(
        _check_member(path, member)
        for member in members
        if member.filename.endswith((".xml", ".rels"))
    )


def _check_member(path: Path, member: zipfile.ZipInfo) -> int:
    """Refuse unsafe XML, and a sheet that is too wide or too large; count unsaved formulas."""
    data = unpack(path, member)
    check_xml(path.name, data)
    if member.filename == "content.xml":
        extents = _ods_extents(data)
    elif member.filename.startswith("xl/worksheets/"):
        extents = [_xlsx_extent(data)]
    else:
        return 0
    for height, width in extents:
        if width > MAX_COLUMNS or height * width > MAX_CELLS:
            raise _too_wide(path.name, "A sheet")
    return len(_UNSAVED.findall(data))


def _xlsx_extent(data: bytes) -> tuple[int, int]:
    """Rows and columns up to the last cell that holds something."""
    height = width = 0
    for match in _XLSX_CELL.finditer(data):
        if match[1].endswith(b"/"):
            continue
        ref = _XLSX_REF.search(match[1])
        if ref is not None:
            height = max(height, int(ref[2]))
            column = 0
            for letter in ref[1].upper():
                column = column * 26 + letter - 64
            width = max(width, column)
    return height, width


def _ods_cells(data: bytes) -> Iterator[tuple[int, int, int, int, int, bytes]]:
    """Each cell of an ODS: its table, row and column, how often both repeat, its attributes."""
    table, row, rows, column = -1, 0, 0, 0
    for match in _ODS_TAG.finditer(data):
        tag, attributes = match[1], match[2]
        repeat = _ODS_REPEAT.search(attributes)
        count = int(repeat[1]) if repeat else 1
        if tag == b"table":
            table, row, rows = table + 1, 0, 0
        elif tag == b"table-row":
            row, rows, column = row + rows, count, 0
        else:
            yield table, row, column, rows, count, attributes
            column += count


def _ods_extents(data: bytes) -> list[tuple[int, int]]:
    """Rows and columns of each table up to the last cell that holds something."""
    extents: dict[int, tuple[int, int]] = {}
    for table, row, column, rows, count, attributes in _ods_cells(data):
        if b"value-type" in attributes or not attributes.endswith(b"/"):
            height, width = extents.get(table, (0, 0))
            extents[table] = max(height, row + rows), max(width, column + count)
    return list(extents.values())


def _ods_merges(path: Path) -> dict[int, list[Merge]]:
    """The merged cells of each table of an ODS, which the reader does not tell."""
    merges: dict[int, list[Merge]] = {}
    for member in check_zip(path):
        if member.filename != "content.xml":
            continue
        for table, row, column, _, _, attributes in _ods_cells(unpack(path, member)):
            spans = {name: int(count) - 1 for name, count in _ODS_SPAN.findall(attributes)}
            if any(spans.values()):
                down, across = spans.get(b"rows", 0), spans.get(b"columns", 0)
                merges.setdefault(table, []).append((row, column, row + down, column + across))
    return merges


def _too_wide(name: str, what: str) -> Unreadable:
    return Unreadable(
        f"{name} is too large a table: {what} has over {MAX_COLUMNS:,} columns"
        f" or {MAX_CELLS:,} cells.",
        "Keep only the sheet and columns you need, and save them as CSV.",
    )

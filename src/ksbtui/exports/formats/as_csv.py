"""CSV: the rows of a sheet and nothing else, so that a program adds up what a person would."""

from __future__ import annotations

import csv
import io
from datetime import date

from ksbtui.core.exchange.pages import HOURS, Cell, Sheet
from ksbtui.core.text.text import printable
from ksbtui.exports.formats.sanitize import safe_cell
from ksbtui.exports.making import Tell


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

"""Rows and typed cells as they stand in the file."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl

from ksbtui.imports.tables.files import csv_rows, read_grids


def test_cells_keep_their_types_and_rows_their_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["B3"], sheet["C3"], sheet["D3"] = date(2026, 1, 2), 1.5, 7
    sheet["E3"], sheet["F3"], sheet["G3"] = time(1, 30), timedelta(hours=30), True
    sheet["H3"] = datetime(2026, 1, 2, 9, 15)
    sheet["I3"], sheet["I3"].number_format = 1.25, "h:mm"
    sheet["J3"] = "  "
    sheet["K3"] = "end"
    book.create_sheet("Hidden").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    first, second = read_grids(tmp_path / "a.xlsx")
    assert first.rows[2] == [
        None,
        date(2026, 1, 2),
        1.5,
        7,
        time(1, 30),
        timedelta(hours=30),
        True,
        datetime(2026, 1, 2, 9, 15),
        timedelta(hours=30),
        None,
        "end",
    ]
    assert (first.hidden, second.name, second.hidden) == (False, "Hidden", True)


def test_merged_texts_and_days_repeat_but_hours_do_not(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for ref, value in (("A1", "Off the job"), ("A2", date(2026, 1, 2)), ("B2", 3), ("C3", 1)):
        sheet[ref] = value
    for place in ("A1:C1", "A2:A3", "B2:B3"):
        sheet.merge_cells(place)
    book.save(tmp_path / "a.xlsx")
    rows = read_grids(tmp_path / "a.xlsx")[0].rows
    assert rows[0] == ["Off the job"] * 3
    assert [row[0] for row in rows[1:]] == [date(2026, 1, 2)] * 2
    assert [row[1] for row in rows[1:]] == [3, None]


def test_the_separator_is_found() -> None:
    for mark in ",;\t|":
        text = f'Day{mark}Hours{mark}Title\n01/02/2026{mark}1{mark}"a{mark}b"\n\nx{mark}{mark}\n'
        rows = csv_rows(text)
        assert rows[1] == ["01/02/2026", "1", f"a{mark}b"]
        assert (rows[2], rows[3]) == ([], ["x", None, None])
    assert csv_rows("sep=;\na;b,c\n") == [[], ["a", "b,c"]]

"""Rows and typed cells as they stand in the file."""

from __future__ import annotations

import time as time_module
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl

from ksbtui.imports.tables.files import csv_rows, read_grids
from ksbtui.imports.tables.finder import Vocabulary, find_tables
from ksbtui.imports.tables.grid import Cell, Grid, merge
from ksbtui.imports.tables.markup import html_grids
from tests.imports.files import write_ods


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


def test_formulas_are_read_by_their_saved_value_and_told_where_there_is_none(
    tmp_path: Path,
) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "saved.xlsx") as made:
        made.add_worksheet().write_formula("A1", "=1+1", None, 2)
    assert read_grids(tmp_path / "saved.xlsx")[0].rows == [[2]]
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "=1+1"
    book.save(tmp_path / "unsaved.xlsx")
    assert read_grids(tmp_path / "unsaved.xlsx")[0].unsaved == 1
    assert read_grids(tmp_path / "saved.xlsx")[0].unsaved == 0


VOCABULARY = Vocabulary(
    role=lambda heading: {"Day": "day", "What": "what", "Hours": "hours"}.get(heading, ""),
    is_head=lambda roles: {"day", "hours"} <= set(roles),
    opens=lambda roles: "day" in roles,
    first="day",
)


def found(text: str) -> list[tuple[str, int | None, int, int, int, int]]:
    tables = find_tables(Grid("g", csv_rows(text)), VOCABULARY)
    return [(t.title, t.head, t.first, t.stop, t.left, t.right) for t in tables]


def test_tables_above_and_beside_each_other_are_found_with_their_titles() -> None:
    assert found(
        "Spring,,\nDay,What,Hours\n1/1/26,a,2\n\nSummer,,\nDay,What,Hours\n2/2/26,b,1\n"
    ) == [
        ("Spring", 1, 2, 4, 0, 3),
        ("Summer", 5, 6, 7, 0, 3),
    ]
    assert found("Day,Hours,What,Day,Hours\n1/1/26,2,a,2/1/26,1\n") == [
        ("", 0, 1, 2, 0, 3),
        ("", 0, 1, 2, 3, 5),
    ]
    assert found("Day,Hours,,Day,Hours\n1/1/26,2,,2/1/26,1\n") == [
        ("", 0, 1, 2, 0, 3),
        ("", 0, 1, 2, 3, 5),
    ]
    touching = "Day,Hours\n1/1/26,2\nDay,Hours\n2/1/26,1\n"
    assert [t[1:4] for t in found(touching)] == [(0, 1, 2), (2, 3, 4)]


def test_a_head_without_rows_and_figures_without_a_head_are_found() -> None:
    assert found("Day,Hours\n") == [("", 0, 1, 1, 0, 2)]
    assert found("a,b\nTarget,7\n\n\n\nDay,Hours\n1/1/26,2\n")[0][1:4] == (0, 1, 5)
    assert found("Target,7\nLeft,2\n") == [("", None, 0, 2, 0, 2)]
    assert found("only,words\nand,more\n") == []


def test_parts_and_instructions_below_a_heading_belong_to_it() -> None:
    text = "Day,Hours,\n,Taught,Alone\n(dd/mm/yy),(decimal),\n1/1/26,2,1\n"
    (table,) = find_tables(Grid("g", csv_rows(text)), VOCABULARY)
    assert (table.first, table.stop) == (3, 4)
    assert [(h.label, h.group) for _, h in sorted(table.headings.items())] == [
        ("Day", ""),
        ("Taught", "Hours"),
        ("Alone", "Hours"),
    ]


def test_spans_of_a_page_are_repeated_and_cells_stay_in_their_columns() -> None:
    page = (
        "<table><tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><td>c</td><td>d</td></tr>"
        "<tr><td><table><tr><td>inner</td><td>1</td></tr></table></td></tr></table>"
    )
    inner, outer = html_grids(page)
    assert outer.rows[:2] == [["a", "b", "b"], ["a", "c", "d"]]
    assert inner.rows == [["inner", "1"]]
    assert (1, 0) in outer.covered
    assert html_grids("<table><tr><td>open")[0].rows == [["open"]]


def test_merged_cells_of_an_ods_are_repeated_too(tmp_path: Path) -> None:
    def cell(text: str, span: str = "") -> str:
        words = f"<text:p>{text}</text:p>"
        return f'<table:table-cell {span} office:value-type="string">{words}</table:table-cell>'

    down = 'table:number-rows-spanned="2" table:number-columns-spanned="1"'
    gap = "<table:covered-table-cell/>"
    rows = [cell("Day") + cell("What"), cell("14/01/2026", down) + cell("a"), gap + cell("b")]
    write_ods(
        tmp_path / "a.ods", "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    )
    grid = read_grids(tmp_path / "a.ods")[0]
    assert grid.rows[1:] == [["14/01/2026", "a"], ["14/01/2026", "b"]]
    assert grid.covered == {(2, 0)}


def test_merges_over_merges_cost_no_more_than_a_sheet() -> None:
    rows: list[list[Cell]] = [["x"] + [None] * 999 for _ in range(100)]
    begun = time_module.process_time()
    merge(rows, [(0, 0, 99, 999)] * 5_000)
    assert time_module.process_time() - begun < 5

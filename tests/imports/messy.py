"""A training log with every oddity that real ones have, and ten versions of it as it grew."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

FIRST_ROW = 6
MERGED = ("A1:J1", "A4:A5", "B4:B5", "C4:F4", "G4:I4", "J4:J5")

LOG: list[tuple[Any, ...]] = [
    # day, activity, shadowing, research, short courses, total, K, S, B, learned
    (date(2026, 1, 14), "Watched the help desk", 2, None, None, 2, "1, 3", "S4", None, "Queues."),
    (date(2026, 1, 15), "Read, then a course", None, 1.5, 3, 4.5, "K7", None, "B1", None),
    ("16/01/2026", "Notes on K9 and S2", None, "0:30", None, None, None, None, None, None),
    (None, None, 0, 0, 0, 0),
    ("Total January", None, 2, 2, 3, 7),
    (date(2062, 1, 19), "A year typed wrong", 1, None, None, 1, "K1"),
    (date(2026, 1, 20), "Hours left blank"),
    (date(2026, 1, 21), "A day of twelve hours", None, None, 12, 12, "K99"),
    (None, "No date at all", 1, None, None, 1),
    (date(2026, 1, 22), "Its total does not fit", 1, None, None, 5, None, None, None, "Check."),
    (date(2026, 1, 23), "Total quality workshop", None, None, timedelta(hours=2), None),
]
"""Rows 6 to 16: 120, 90 + 180, 30, –, –, 60, –, 720, –, 60 and 120 minutes."""

SECOND: list[tuple[Any, ...]] = [
    ("Date", "Task", "Start", "End", "Type", "Paid hours?", "Module"),
    (datetime(2026, 2, 2), "Mentoring", "09:00", "10:30", "Mentoring", "Y", "Module 1"),
    (datetime(2026, 2, 3), "Evening", time(18, 0), time(19, 15), "Webinar", "TOIL", 2),
    (datetime(2026, 2, 4), "At home", time(18, 0), time(18, 45), "Wibble", "No", None),
]
"""Headings in row 19, then 90, 75 and 45 minutes."""

MINUTES = 120 + 90 + 180 + 30 + 60 + 720 + 60 + 120 + 90 + 75 + 45
ENTRIES = 11
SKIPPED = {9: "no date", 10: "a total", 12: "no hours", 14: "no date"}


def write(path: Path, log: list[tuple[Any, ...]], second: list[tuple[Any, ...]]) -> Path:
    """The workbook with these rows in its two tables, a summary below and a sheet of notes."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Log"
    sheet["A1"] = "Off-the-job training hours log 2026"
    sheet["A2"] = "Name: Sam"
    for place, text in {
        **{"A4": "Date", "B4": "Activity", "C4": "Off-the-job hours", "C5": "Shadowing"},
        **{"D5": "Research", "E5": "Short courses", "F5": "Total", "G4": "KSB codes"},
        **{"G5": "K", "H5": "S", "I5": "B", "J4": "What did you learn?"},
    }.items():
        sheet[place] = text
    for cells in MERGED:
        sheet.merge_cells(cells)
    summary = [("Month", "Hours"), (date(2026, 1, 1), 19.0), (date(2026, 2, 1), 3)]
    rows = [*log, (), (), *second, (), *summary]
    for number, row in enumerate(rows, start=FIRST_ROW):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column, value)
    book.create_sheet("Notes")["A1"] = "Remember to log"
    book.save(path)
    return path


def versions() -> list[tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]]:
    """Ten states of the log: it grows, a row is put in between, rows are edited and back again."""
    edited = [*LOG]
    edited[0] = (date(2026, 1, 14), "Watched the desk", 2.5, *LOG[0][3:])
    states = [(LOG[:n], SECOND[:2]) for n in (1, 2, 3, 5, 8)]
    states += [(edited[:8], SECOND[:2]), (edited, SECOND[:3]), ([*LOG[:1], *LOG[2:]], SECOND)]
    return [*states, (LOG, SECOND), (LOG, SECOND)]

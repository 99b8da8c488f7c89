"""Provider workbooks and learners' logs in the shapes that are met, each with what it holds.

None is a copy of a real file: they are drawn from how providers and learners describe theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.imports.files import ods_row, write_ods

Rows = Iterable[tuple[Any, ...]]


@dataclass(frozen=True)
class Book:
    """A file to be built: its headings by place, and what comes in of it.

    ``said`` are rows that are told as skipped or odd; ``options`` go with the command.
    """

    name: str
    build: Callable[[Path, frozenset[str]], None]
    entries: int
    minutes: int
    codes: str = ""
    headings: tuple[str, ...] = ()
    said: tuple[int, ...] = ()
    options: tuple[str, ...] = ()
    titles: tuple[str, ...] = field(default=())


def put(sheet: Worksheet, rows: Rows, first: int = 1, left: int = 1) -> int:
    """Write rows from a place on; the row behind the last one."""
    number = first
    for number, row in enumerate(rows, start=first):
        for column, value in enumerate(row, start=left):
            if value is not None:
                sheet.cell(number, column, value)
    return number + 1


def book(fill: Callable[[Workbook, Worksheet], None]) -> Callable[[Path, frozenset[str]], None]:
    """A builder of a workbook that leaves out the headings named."""

    def build(path: Path, without: frozenset[str]) -> None:
        made = Workbook()
        sheet = made.worksheets[0]
        fill(made, sheet)
        for page in made.worksheets:
            for place in without:
                name, _, cell = place.rpartition("!")
                if name in ("", page.title):
                    page[cell].value = None
        made.save(path)

    return build


def text(content: str) -> Callable[[Path, frozenset[str]], None]:
    """A builder of a text file that takes the words named out of its first line of headings."""

    def build(path: Path, without: frozenset[str]) -> None:
        changed = content
        for word in without:
            changed = changed.replace(word, "", 1)
        path.write_text(changed, encoding="utf-8")

    return build


MODULES: Rows = [
    ("Off-the-job training record",),
    ("Learner", "Sam Field", None, "Planned hours", 420),
    (),
    ("PQ Modules", "Webinar and Exam/Assignment Completed", "Date Completed", "Contact Hours",
     "Additional Time", "TOTAL"),
    ("Management accounting", "Y", date(2026, 2, 13), 24, 17.5, 41.5),
    ("Business technology", "Y", date(2026, 2, 20), 2, 1.5, 3.5),
    ("Financial reporting", None, None, 24, 18, 42),
    ("Audit", "N", None, 24, 18, 42),
    ("TOTAL", None, None, 26, 19, 45),
    ("Required", None, None, None, None, 420),
    ("Outstanding", None, None, None, None, 375),
    ("Learner signature",),
]  # fmt: skip


def _modules(made: Workbook, sheet: Worksheet) -> None:
    sheet.title = "OTJ"
    put(sheet, MODULES)
    sheet.merge_cells("A1:F1")


def _three_tables(made: Workbook, sheet: Worksheet) -> None:
    """Modules, portfolio and CPD below each other, the last two touching."""
    row = put(sheet, MODULES)
    row = put(sheet, [
        (),
        ("Portfolio",),
        ("Skills & Behaviours", "Submitted", "Date Submitted", "Hours", "Additional Time", "TOTAL"),
        ("Building relationships (B2)", "Y", date(2026, 1, 23), 3, 1, 4),
        ("Communication S4", "Y", date(2026, 2, 6), 2, None, 2),
        ("Planning", "N", None, 3, None, 3),
        ("TOTAL", None, None, 5, 1, 6),
    ], row)  # fmt: skip
    put(sheet, [
        ("Continuing professional development",),
        ("Activity", "Learning outcome", "Date Completed",
         "What did you learn / how has it benefitted your understanding (please give detail)",
         "Hours", "KSB mapping"),
        ("Webinar on data", "Know the law", date(2026, 1, 16), "Six principles.", 1.5, "K7, S2"),
        ("Podcast", None, date(2026, 1, 30), "Ask before I share.", 0.75, "B3"),
        ("Reading group", None, None, None, 1, None),
        ("Required", None, None, None, 30, None),
        ("Completed", None, None, None, 2.25, None),
        ("Outstanding", None, None, None, 27.75, None),
    ], row)  # fmt: skip


def _side_by_side(made: Workbook, sheet: Worksheet) -> None:
    """Two logs beside each other, and a box of sums to their right that starts lower."""
    put(sheet, [
        ("Taught", None, None, None, None, "Self-study"),
        ("Date", "Session", "Hours", "KSBs", None, "Date", "Activity", "Minutes", "KSBs"),
        (date(2026, 1, 14), "Data basics", 2, "K1", None, date(2026, 1, 15), "Notes", 45, "K1"),
        (date(2026, 1, 21), "Ethics", 2, "K7", None, date(2026, 1, 22), "Case study", 90, "S9"),
        (date(2026, 1, 28), "Risk", 1.5, "K9", None, None, None, None, None),
    ])  # fmt: skip
    put(sheet, [("Target hours", 420), ("Completed", 7.75)], first=4, left=12)


def _matrix(made: Workbook, sheet: Worksheet) -> None:
    """Categories under a merged heading, two of them called Other, notes in brackets."""
    put(sheet, [
        ("Self-study log (complete weekly, in hours and decimals)",),
        ("Date (dd/mm/yyyy)", "Off-the-job hours", None, None, None, None,
         "Other (please describe)", "Signatures", None),
        (None, "Shadowing", "In-house training", "Research", "Core reading", "Other", None,
         "Learner", "Manager"),
        (date(2026, 1, 14), 2, None, 0.5, None, None, "Watched the help desk, K3", "SF", "JB"),
        (date(2026, 1, 15), None, 3, None, 1, 0.25, "Course on queues S4", "SF", None),
        (date(2026, 1, 16), None, None, None, None, 1.5, "Talked to a vendor", "SF", None),
        ("Total", 2, 3, 0.5, 1, 1.75),
    ])  # fmt: skip
    for cells in ("A1:I1", "A2:A3", "B2:F2", "G2:G3", "H2:I2"):
        sheet.merge_cells(cells)


def _weekly(made: Workbook, sheet: Worksheet) -> None:
    """Weeks as merged banners, a heading told again, days merged over two activities."""
    head = ("Week", "Day", "Date", "What I did today", "Time spent", "KSBs covered")
    put(sheet, [
        head,
        ("Week beginning 12 January",),
        ("Week 1", "Wed", date(2026, 1, 14), "Mapped a process", "1h 30m", "K4 S5"),
        ("Week 1", None, None, "Wrote it up", "45 mins", "S5"),
        ("Week 1", "Fri", date(2026, 1, 16), "Team meeting about data", "1:15", "B1"),
        (None, None, None, None, None, None),
        ("Week beginning 19 January",),
        head,
        ("Week 2", "Tue", date(2026, 1, 20), "Coaching call", "1 hour", "B2"),
        ("Week 2", "Thu", date(2026, 1, 22), None, None, None),
    ])  # fmt: skip
    for cells in ("A2:F2", "A7:F7", "B3:B4", "C3:C4"):
        sheet.merge_cells(cells)


def _timesheet(made: Workbook, sheet: Worksheet) -> None:
    """Start and end of day, a day with a weekday in it, and hours as a length of time."""
    put(sheet, [
        ("Timesheet", None, None, None, None),
        (),
        ("Description", "Category", "Who", "Start date", "Start time", "End time", "h", "m",
         "On/off the job"),
        ("Lecture on models", "Lecture", "Tutor", date(2026, 1, 14), time(9), time(11, 30), 2, 30,
         "Off the job"),
        ("Normal work", "Work", None, date(2026, 1, 15), time(9), time(10), 1, 0, "On the job"),
        ("Mentor", "Mentoring", "Jo", date(2026, 1, 16), time(14), time(14, 45), 0, 45,
         "Off the job"),
    ])  # fmt: skip


def _day_columns(made: Workbook, sheet: Worksheet) -> None:
    """Weeks below each other: weekdays above typed days, then days alone; sums on both sides."""
    row = put(sheet, [
        ("Off-the-job timesheet",),
        ("Activity", "Mon", "Tue", "Wed", "Thu", "Fri", "Total", "KSBs"),
        (None, *(date(2026, 1, n) for n in range(12, 17))),
        ("Lecture on models", 2, None, 1.5, None, None, 3.5, "K1"),
        ("Case study", None, "45 min", None, None, time(0, 30), 1.25, "S9"),
        ("Total", 2, 0.75, 1.5, 0, 0.5, 4.75),
        (),
    ])  # fmt: skip
    put(sheet, [
        ("Activity", *(datetime(2026, 1, n) for n in range(19, 24)), "Total", "KSBs"),
        ("Podcast", None, None, None, 1, None, 1, "B3"),
    ], row)  # fmt: skip


def _weekdays(made: Workbook, sheet: Worksheet) -> None:
    """A sheet a week, with the week named above: from Monday, and by its last day."""
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    put(sheet, [
        ("Week commencing", date(2026, 1, 12)),
        (),
        ("Task", *days, "Total hours"),
        ("Workshop on data", 3, None, None, None, 1, 4),
    ])  # fmt: skip
    put(made.create_sheet("Second"), [
        ("Name", "Sam Field", None, "W/E:", date(2026, 1, 23)),
        ("Project", *days, "Notes"),
        ("Dashboard", None, 1.5, None, None, None, "Built with S7"),
    ])  # fmt: skip


def _ticks(made: Workbook, sheet: Worksheet) -> None:
    """A column for each KSB under group headings, ticked."""
    put(sheet, [
        (None, None, None, "Knowledge", None, None, "Skills", None, "Behaviours"),
        ("Date", "Activity", "Duration (hh:mm)", "K1", "K2", "K3", "S1", "S2", "B1"),
        (date(2026, 1, 14), "Workshop", time(1, 30), "x", None, "x", None, "x", None),
        (date(2026, 1, 15), "Review of code", timedelta(hours=2), None, "✓", None, None, None, "Y"),
    ])  # fmt: skip
    for cells in ("D1:F1", "G1:H1"):
        sheet.merge_cells(cells)


def _sheets(made: Workbook, sheet: Worksheet) -> None:
    """A sheet a month, a sheet of lists, a summary by month, and a hidden one."""
    for number, (name, day) in enumerate((("January", 1), ("February", 2)), start=1):
        page = sheet if number == 1 else made.create_sheet()
        page.title = name
        put(page, [
            (f"{name} 2026",),
            ("Date", "Type of training", "Details", "OTJ hours", "Standard mapping"),
            (date(2026, day, 14), "E-learning", "Excel course", 1.5, "S12"),
            (date(2026, day, 21), "Shadowing", "Finance desk", 3, "K14; B4"),
            (None, None, "Total", 4.5, None),
        ])  # fmt: skip
    put(made.create_sheet("Summary"), [
        ("Month", "Hours"), ("January", 4.5), ("February", 4.5), ("Total", 9),
    ])  # fmt: skip
    put(made.create_sheet("Lists"), [("Types",), ("E-learning",), ("Shadowing",)])
    hidden = made.create_sheet("Old")
    hidden.sheet_state = "hidden"
    put(hidden, [("Date", "Activity", "Hours"), (date(2025, 1, 1), "Gone", 9)])


def _answers(made: Workbook, sheet: Worksheet) -> None:
    """The answers to an online form, with its own instant of sending."""
    put(sheet, [
        ("Timestamp", "Email address", "Date of activity", "What did you do?",
         "How long did it take? (in minutes)", "Which KSBs does it link to?",
         "What did you learn from it?", "Was this in your normal working hours?"),
        (datetime(2026, 1, 19, 8, 1), "s@example.org", date(2026, 1, 14), "Built a dashboard", 150,
         "S12, K20", "Plan the data first.", "Yes"),
        (datetime(2026, 1, 26, 8, 5), "s@example.org", date(2026, 1, 22), "Call with tutor", 60,
         "B1", "Set one aim.", "No"),
    ])  # fmt: skip


def _spans(made: Workbook, sheet: Worksheet) -> None:
    """First and last days, spans in one cell, and a single long day."""
    put(sheet, [
        ("Module", "Start date", "End date", "Activity", "Guided learning hours",
         "Independent study hours"),
        ("Module 1: Foundations", date(2026, 1, 12), date(2026, 1, 30), "Online units", 20, 10),
        ("Module 2", date(2026, 2, 2), date(2026, 2, 2), "Masterclass", 6, None),
        ("Module 3", None, None, "To come", 20, 10),
    ])  # fmt: skip


def _wide(made: Workbook, sheet: Worksheet) -> None:
    """Sixty columns, most of them empty, one of which means nothing."""
    names = ["Date", "Activity", "Hours", "KSBs", *(f"Question {n}" for n in range(1, 57))]
    first = [date(2026, 1, 14), "Built a model", 2, "K5", *([None] * 55), "Room 4"]
    second = [date(2026, 1, 15), "Tested it", 1, "S8", *([None] * 55), "Room 5"]
    put(sheet, [tuple(names), tuple(first), tuple(second)])


def _many(made: Workbook, sheet: Worksheet) -> None:
    """Forty tables on one sheet, one of which has headings and no rows."""
    row = 1
    for number in range(40):
        body = [(date(2026, 1, 12) + timedelta(days=number), f"Day {number} of notes", 1, "K2")]
        row = put(sheet, [
            (f"Log sheet {number + 1}",),
            ("Date", "What did you do", "Hours", "KSB"),
            *(body if number != 7 else []),
            (),
        ], row)  # fmt: skip


def _ods(path: Path, without: frozenset[str]) -> None:
    rows = [
        ("Training diary", ""),
        ("Date", "Task", "Hrs", "Reflection", "KSB ref"),
        ("14/01/2026", "Read the policy", "1,5", "Who owns what.", "K12"),
        ("20 January 2026", "Peer review", "45 min", "Ask early.", "S3-S4"),
        ("", "Total", "2.25", "", ""),
    ]
    kept = [tuple("" if cell in without else cell for cell in row) for row in rows]
    write_ods(path, "".join(ods_row(*row) for row in kept))


CSV = """My off the job log;;;;
Please fill in every week;;;;
;;;;
When;Task;Time taken;Evidence link;Link to standard
14.01.2026;Set up a tracker;2h;https://a.example/x;K1, K2
Thu 15 Jan 2026;Tidied the data;90 mins;;S6
;;;;
21/01/26;Presented to the team;half day;;B4
;Total;7h;;
"""

HTML = """<html><body><h1>Portfolio</h1><p>Some words.</p>
<h2>Learning log</h2><table><caption>Spring</caption>
<tr><th rowspan="2">Date</th><th rowspan="2">Activity</th><th colspan="2">Hours</th>
<th rowspan="2">KSBs</th></tr><tr><th>Taught</th><th>Research</th></tr>
<tr><td rowspan="2">14/01/2026</td><td>Lecture &amp; notes</td><td>2</td><td></td><td>K1</td></tr>
<tr><td>Library</td><td></td><td>1.5</td><td>K2</td></tr>
<tr><td>Total</td><td></td><td>2</td><td>1.5</td><td></td></tr></table>
<table><tr><td>Name</td><td>Sam</td></tr><tr><td>Target hours</td><td>420</td></tr></table>
</body></html>"""

MARKDOWN = """# Training log

Kept since January.

## January

| Date | What I did | Time | KSBs |
|------|------------|-----:|------|
| 14 Jan 2026 | Read **two** papers | 1h 30 | K1 |
| 20 Jan 2026 | Call | 45 min | S3 |

## February

| Date | What I did | Time | KSBs |
|------|------------|-----:|------|
| 3 Feb 2026 | Talk | 2h | K2 |
"""

WEEKDAYS = """\
Project,Mon,Tue,Wed,Thu,Fri,Sat,Sun,Total,Week Start
Alpha,2,0,1.5,0,0,0,0,3.5,2026-01-12
Beta,0,0,0,0,0,2,0,2,2026-01-19
"""

BOOKS = (
    Book("modules.xlsx", book(_modules), 3, 2490 + 210, headings=("C4", "D4", "E4", "F4"),
         said=(7, 8, 9), titles=("Management accounting", "Business technology")),
    Book("provider.xlsx", book(_three_tables), 3 + 3 + 2, 2490 + 210 + 360 + 135,
         "K7 S2 S4 B2 B3",
         ("C4", "D4", "E4", "F4", "C15", "D15", "E15", "A21", "C21", "E21", "F21"),
         (7, 8, 18, 24), titles=("Webinar on data", "Podcast", "Communication S4")),
    Book("beside.xlsx", book(_side_by_side), 5, 330 + 135, "K1 K7 K9 S9",
         ("A2", "B2", "C2", "D2", "F2", "G2", "H2", "I2"), titles=("Case study",)),
    Book("matrix.xlsx", book(_matrix), 6, 150 + 255 + 90, "K3 S4",
         ("A2", "B3", "C3", "D3", "E3", "F3", "G2"), (7,), titles=("Watched the help desk, K3",)),
    Book("weekly.xlsx", book(_weekly), 4, 90 + 45 + 75 + 60, "K4 S5 B1 B2",
         ("C1", "D1", "E1", "F1"), (2, 10), titles=("Wrote it up", "Coaching call")),
    Book("timesheet.xlsx", book(_timesheet), 3, 150 + 60 + 45, headings=("A3", "D3", "G3", "H3"),
         titles=("Normal work",)),
    Book("day-columns.xlsx", book(_day_columns), 5, 210 + 75 + 60, "K1 S9 B3", ("A2", "H2"),
         (6,), titles=("Lecture on models", "Case study", "Podcast")),
    Book("weekdays.xlsx", book(_weekdays), 3, 240 + 90, "S7",
         ("Sheet!A1", "Sheet!A3", "Sheet!C3", "Second!D1", "Second!A2"),
         titles=("Workshop on data", "Dashboard")),
    Book("weekdays.csv", text(WEEKDAYS), 3, 330, headings=("Week Start",),
         titles=("Alpha", "Beta")),
    Book("ticks.xlsx", book(_ticks), 2, 210, "K1 K2 K3 S2 B1", ("A2", "B2", "C2", "D2", "E2", "H2"),
         titles=("Review of code",)),
    Book("sheets.xlsx", book(_sheets), 4, 540, "K14 S12 B4",
         ("January!A2", "January!C2", "January!D2", "February!D2", "February!E2"), (1, 5),
         titles=("Excel course",)),
    Book("answers.xlsx", book(_answers), 2, 210, "K20 S12 B1", ("C1", "D1", "E1", "F1", "G1"),
         titles=("Built a dashboard",)),
    Book("spans.xlsx", book(_spans), 2, 1800 + 360, headings=("B1", "C1", "D1", "E1", "F1"),
         said=(4,), titles=("Online units", "Masterclass")),
    Book("wide.xlsx", book(_wide), 2, 180, "K5 S8", ("A1", "B1", "C1", "D1", "BH1"),
         titles=("Tested it",)),
    Book("many.xlsx", book(_many), 39, 39 * 60, "K2", ("A2", "B2", "C2", "D2", "C49")),
    Book("diary.ods", _ods, 2, 135, "K12 S3 S4", ("Date", "Task", "Hrs", "Reflection", "KSB ref"),
         (5,), titles=("Peer review",)),
    Book("semicolons.csv", text(CSV), 3, 120 + 90 + 210, "K1 K2 S6 B4",
         ("When", "Task", "Time taken", "Evidence link", "Link to standard"), (9,),
         titles=("Tidied the data",)),
    Book("page.html", text(HTML), 2, 210, "K1 K2", ("Date", "Activity", "Taught", "KSBs"), (5,),
         titles=("Lecture & notes",)),
    Book("log.md", text(MARKDOWN), 3, 90 + 45 + 120, "K1 K2 S3",
         (" Date ", " What I did ", " Time ", " KSBs "), titles=("Read two papers",)),
)  # fmt: skip

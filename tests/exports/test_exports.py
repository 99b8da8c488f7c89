"""Every report in every format, read again by its own library."""

from __future__ import annotations

import csv
import io
import json
import re
import stat
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import icalendar
import openpyxl
import pytest

from ksbtui.clock import Clock
from ksbtui.core.exchange.pages import decimal_hours
from ksbtui.core.exchange.personal_data import Finding
from ksbtui.errors import Conflict, KsbtuiError
from ksbtui.exports import REPORTS
from ksbtui.exports.making import export
from ksbtui.exports.reports.otj import layouts
from ksbtui.exports.reports.source import Scope
from ksbtui.journal.journal import Journal

LAYOUTS = tuple(layouts().items)
EVERY = [(name, suffix) for name, report in REPORTS.items() for suffix in report.suffixes]


@pytest.fixture(autouse=True)
def _folder(path: Path) -> None:
    path.mkdir()


def rows_of(journal: Journal, path: Path, scope: Scope | None = None) -> list[dict[str, str]]:
    made = export(journal, "otj", path / "log.csv", scope)
    with made.path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def book_of(journal: Journal, path: Path, report: str, layout: str = "") -> Any:
    made = export(journal, report, path / "book.xlsx", Scope(layout=layout))
    return openpyxl.load_workbook(made.path).active


def text_of(path: Path) -> str:
    """All that a file says, whatever its format."""
    if path.is_dir():
        return "\n".join(file.name + file.read_text() for file in path.iterdir())
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            return "\n".join(packed.read(n).decode("utf-8", "replace") for n in packed.namelist())
    return path.read_text(encoding="utf-8")


def test_every_minute_survives_two_decimals() -> None:
    for minutes in range(1441):
        assert round(decimal_hours(minutes) * 60) == minutes
        assert round(float(f"{decimal_hours(minutes):.2f}") * 60) == minutes


def test_the_log_sums_to_what_was_logged(journal: Journal, path: Path) -> None:
    rows = rows_of(journal, path)
    assert all(round(float(row["Hours"]) * 60) == int(row["Minutes"]) for row in rows)
    hours = journal.progress.view.hours
    assert sum(int(row["Minutes"]) for row in rows) == hours.logged_minutes
    counted = sum(int(row["Minutes"]) for row in rows if row["Counts"] == "Y")
    assert counted == hours.counted_minutes
    assert [row["Date"] for row in rows] == sorted(row["Date"] for row in rows)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_has_real_days_numbers_and_a_total(
    journal: Journal, path: Path, layout: str
) -> None:
    header, *rows = book_of(journal, path, "otj", layout).iter_rows(values_only=True)
    minutes, hours = header.index("Minutes"), header.index("Hours")
    day = next(i for i, name in enumerate(header) if "Date" in name)
    data = [row for row in rows if isinstance(row[day], datetime)]
    assert data
    for row in data:
        assert isinstance(row[minutes], int)
        assert isinstance(row[hours], int | float)
        assert round(row[hours] * 60) == row[minutes]
    footer = rows[len(data) :]
    assert footer
    view = journal.progress.view.hours
    said = {row[minutes] for row in footer}
    assert view.counted_minutes in said
    assert all(row[hours] == decimal_hours(row[minutes]) for row in footer)


def test_hours_stand_in_one_category_column(journal: Journal, path: Path) -> None:
    header, *rows = book_of(journal, path, "otj", "bpp-self-study").iter_rows(values_only=True)
    first, last = header.index("Shadowing"), header.index("Other") + 1
    hours = header.index("Hours")
    for row in rows[:-1]:
        assert [cell for cell in row[first:last] if cell is not None] == [row[hours]]


@pytest.mark.parametrize(("report", "suffix"), EVERY)
def test_every_report_in_every_format(
    journal: Journal, path: Path, report: str, suffix: str
) -> None:
    made = export(journal, report, path / (f"x.{suffix}" if suffix else "x"))
    assert stat.S_IMODE(made.path.stat().st_mode) == (0o600 if suffix else 0o700)
    assert [item.name for item in path.iterdir()] == [made.path.name]
    first = text_of(made.path)
    if suffix not in ("docx", "ics"):
        export(journal, report, made.path)
        assert text_of(made.path) == first


@pytest.mark.parametrize(("report", "suffix"), [pair for pair in EVERY if pair[0] != "json"])
def test_private_entries_and_folders_stay_out(
    journal: Journal, path: Path, report: str, suffix: str
) -> None:
    made = export(journal, report, path / (f"x.{suffix}" if suffix else "x"))
    said = text_of(made.path)
    for secret in ("SECRET", "Priya", "secret.pdf", "Hidden piece", "secret-folder"):
        assert secret not in said
    if report in ("otj", "portfolio", "entries"):
        assert "(private)" in said
        assert made.private >= 1


def test_private_entries_come_along_when_asked(journal: Journal, path: Path) -> None:
    rows = rows_of(journal, path, Scope(with_private=True))
    assert any("SECRET-NOTES" in row["What I did"] for row in rows)
    (private,) = (
        row
        for row in rows_of(journal, path)
        if row["Activity"] == "(private)" and row["Date"] == "2026-09-02"
    )
    assert (private["Minutes"], private["Category"]) == ("47", "Coaching or mentoring")
    assert not any(private[name] for name in ("KSBs", "Module", "What I did", "Evidence"))


@pytest.mark.parametrize("report", ["otj", "ksb-tracker", "evidence-index"])
def test_no_cell_is_a_formula(journal: Journal, path: Path, report: str) -> None:
    made = export(journal, report, path / "x.csv")
    with made.path.open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert any("HYPERLINK" in cell or "cmd|" in cell for cell in cells)
    assert not [cell for cell in cells if cell.lstrip().startswith(tuple("=+-@"))]
    for row in book_of(journal, path, report).iter_rows():
        for cell in row:
            assert cell.data_type != "f"
            assert not str(cell.value).lstrip().startswith(tuple("=+-@"))


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("report", ["portfolio", "ksb-tracker", "evidence-index"])
def test_html_runs_and_fetches_nothing(journal: Journal, path: Path, report: str) -> None:
    text = export(journal, report, path / "x.html").path.read_text()
    parser = _Tags()
    parser.feed(text)
    assert not {tag for tag, _ in parser.tags} & {"script", "iframe", "img", "link", "object"}
    links = [a["href"] or "" for tag, a in parser.tags if tag == "a"]
    assert all(link.startswith(("#", "https://", "http://")) for link in links)
    ids = {a["id"] for _, a in parser.tags if a.get("id")}
    assert {link[1:] for link in links if link.startswith("#")} <= ids
    assert not re.search(r"(?i)url\(|@import", text)
    assert "7*7" in text or report != "portfolio"


def test_html_portfolio_has_every_way_in(journal: Journal, path: Path) -> None:
    text = export(journal, "portfolio", path / "x.html").path.read_text()
    assert text.count("<svg") == 3
    for place in ("hours", "ksbs", "duties", "modules", "activities", "evidence", "K1", "B6"):
        assert f'id="{place}"' in text
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


def test_docx_holds_the_words(journal: Journal, path: Path) -> None:
    document = docx.Document(str(export(journal, "portfolio", path / "x.docx").path))
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 2"]
    assert headings[:2] == ["Hours by month", "KSBs"]
    assert any("<script>" in p.text for p in document.paragraphs)
    assert len(document.tables[-1].rows) > 2


def test_markdown_keeps_text_as_text(journal: Journal, path: Path) -> None:
    from markdown_it import MarkdownIt

    text = export(journal, "portfolio", path / "x.md").path.read_text()
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert "<script>" not in html
    assert "<h1>not a heading" not in html
    assert "# not a heading" in html
    assert html.count("<ol>") == 0


def test_calendar_is_read_by_others_and_stays_the_same(journal: Journal, path: Path) -> None:
    with journal.writing("An action") as batch:
        batch.put_record(
            "action",
            "a2345678",
            {
                "enrolment": journal.enrolled.enrolment.id,
                "text": "Share the plan; then, rest",
                "who": "me",
                "due": "2026-10-01",
                "id": "a2345678",
                "made": "2026-09-01",
                "ksbs": ["K1"],
                "state": "open",
            },
        )
    made = export(journal, "calendar", path / "x.ics").path
    events: list[Any] = icalendar.Calendar.from_ical(made.read_bytes()).walk("VEVENT")
    titles = {str(event["summary"]): event for event in events}
    assert titles["Action: Share the plan; then, rest"]["dtstart"].dt == date(2026, 10, 1)
    timeline = journal.progress.view.timeline
    assert {one.name for one in timeline.milestones} <= titles.keys()
    assert len({str(event["uid"]) for event in events}) == len(events)
    journal.undo()


def test_the_twin_is_a_folder_of_safe_names(journal: Journal, path: Path) -> None:
    made = export(journal, "entries", path / "twin").path
    names = [file.name for file in made.iterdir()]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", name) for name in names)
    assert len(names) == len(journal.exchange.live_entries()) + 2
    for file in made.glob("2026-*.md"):
        front = file.read_text().split("---\n")[1]
        values = dict(line.split(": ", 1) for line in front.splitlines())
        assert file.name.startswith(json.loads(values["day"]))
        assert 1 <= json.loads(values["minutes"]) <= 1440


def test_the_twin_follows_deletions_and_spares_other_files(journal: Journal, path: Path) -> None:
    twin = path / "twin"
    export(journal, "entries", twin)
    (twin / "mine.txt").write_text("mine")
    before = set(twin.iterdir())
    gone = journal.exchange.live_entries()[0]
    journal.entries.delete([gone.id])
    export(journal, "entries", twin)
    assert {file.name for file in before - set(twin.iterdir())} == {
        next(file.name for file in before if gone.id in file.name)
    }
    assert (twin / "mine.txt").read_text() == "mine"
    journal.undo()
    other = path / "other"
    other.mkdir()
    (other / "photo.jpg").touch()
    with pytest.raises(Conflict):
        export(journal, "entries", other)


def test_json_goes_back_in(journal: Journal, path: Path) -> None:
    made = export(journal, "json", path / "x.json").path
    fresh = Journal(path / "fresh.db", Clock(date(2026, 9, 23)))
    fresh.exchange.restore_json(made)
    again = export(fresh, "json", path / "again.json").path
    assert again.read_bytes() == made.read_bytes()


def findings_of(journal: Journal, report: str, path: Path, redact: bool) -> tuple[Finding, ...]:
    return export(journal, report, path, ask=lambda found: redact).findings


@pytest.mark.parametrize(
    ("report", "name"), [("otj", "x.csv"), ("portfolio", "x.html"), ("json", "x.json")]
)
def test_personal_data_is_found_and_redacted_in_the_export_only(
    journal: Journal, path: Path, report: str, name: str
) -> None:
    journal.exchange.keep_names(["Ruth Adeyemi"])
    found = findings_of(journal, report, path / name, redact=False)
    assert {"e-mail address", "telephone number", "name"} <= {one.kind for one in found}
    assert any("2026-09-03, title" in one.where for one in found)
    assert "07700 900123" in (path / name).read_text()
    findings_of(journal, report, path / name, redact=True)
    said = (path / name).read_text()
    assert "07700 900123" not in said
    assert "jane@northbridge" not in said
    assert "[telephone number]" in said
    if report != "json":
        assert "Ruth Adeyemi" not in said
    journal.undo()
    assert any("07700" in entry.learned for entry in journal.exchange.live_entries())


def test_scopes(journal: Journal, path: Path) -> None:
    rows = rows_of(journal, path, Scope(since=date(2026, 9, 1), until=date(2026, 9, 2)))
    assert [row["Date"] for row in rows] == sorted(
        e.day.isoformat()
        for e in journal.exchange.live_entries()
        if date(2026, 9, 1) <= e.day <= date(2026, 9, 2)
    )
    assert {"K1"} <= set(
        " ".join(row["KSBs"] for row in rows_of(journal, path, Scope(ksbs=("K1",)))).split()
    )


def test_refusals_write_nothing(journal: Journal, path: Path) -> None:
    refused: list[tuple[str, Path, Scope]] = [
        ("otj", path / "x.pdf", Scope()),
        ("otj", path / "x", Scope()),
        ("oti", path / "x.csv", Scope()),
        ("otj", path / "x.csv", Scope(layout="none")),
        ("otj", path / "absent" / "x.csv", Scope()),
        ("json", journal.path, Scope()),
    ]
    for report, target, scope in refused:
        with pytest.raises(KsbtuiError):
            export(journal, report, target, scope)
    assert list(path.iterdir()) == []


def test_stopping_leaves_no_trace(journal: Journal, path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    old = path / "x.xlsx"
    old.write_bytes(b"the earlier one")
    with pytest.raises(KeyboardInterrupt):
        export(journal, "otj", old, tell=stop)
    assert old.read_bytes() == b"the earlier one"
    assert list(path.iterdir()) == [old]


def test_a_long_text_is_marked_where_it_was_cut() -> None:
    from ksbtui.exports.formats.sheets import LONGEST_CELL, fitting

    assert fitting("x" * 40_000).endswith("[cut: the cell is full]")
    assert len(fitting("x" * 40_000)) == LONGEST_CELL


def _lines(data: bytes) -> Iterator[list[str]]:
    yield from csv.reader(io.StringIO(data.decode("utf-8-sig")))


def test_excel_gets_its_mark(journal: Journal, path: Path) -> None:
    made = export(journal, "otj", path / "x.csv", mark_for_excel=True).path.read_bytes()
    assert made.startswith(b"\xef\xbb\xbf")
    assert next(_lines(made))[0] == "Date"
    assert b"\r\n" in made

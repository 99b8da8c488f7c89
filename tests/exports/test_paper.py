"""What is made for paper: the tracker in a provider's columns, the review to sign."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl

from ksbtui.exports.making import export
from ksbtui.exports.reports.tracker import ROWS_A_PAGE
from ksbtui.journal.journal import Journal


def test_the_tracker_prints_a_providers_columns_on_landscape_pages(
    journal: Journal, path: Path
) -> None:
    made = export(journal, "ksb-tracker", path.with_suffix(".xlsx")).path
    sheet = openpyxl.load_workbook(made).active
    assert sheet is not None
    heads = [cell.value for cell in sheet[1]]
    printed = heads[: heads.index("Type")]
    assert {"KSB", "Statement", "Theme", "Assignment", "Complete", "Evidence", "Comments"} <= set(
        printed
    )
    assert sheet.page_setup.orientation == "landscape"
    assert str(sheet.print_area).endswith(f"$I${sheet.max_row}")
    assert [one.id for one in sheet.row_breaks.brk] == list(range(ROWS_A_PAGE + 1, 65, ROWS_A_PAGE))
    coverage = {ksb.code: ksb for ksb in journal.progress.view.coverage.ksbs}
    for row in sheet.iter_rows(min_row=2, values_only=True):
        cells = dict(zip(heads, row, strict=True))
        ksb = coverage[str(cells["KSB"])]
        assert cells["Complete"] == ("Y" if ksb.state in ("evidenced", "strong") else "N")
        assert cells["Minutes"] == ksb.minutes
        assert bool(cells["Theme"]) == bool(ksb.duties)


def test_a_comment_on_an_entry_stands_in_the_tracker(journal: Journal, path: Path) -> None:
    entry = next(e for e in journal.exchange.live_entries() if e.ksbs and not e.private)
    journal.verifying.question(entry.id, "Ruth", "Which data did you test it on?")
    made = export(journal, "ksb-tracker", path.with_suffix(".csv")).path
    assert "Ruth: Which data did you test it on?" in made.read_text(encoding="utf-8-sig")


def test_a_review_has_tables_and_a_line_for_each_signature(journal: Journal, path: Path) -> None:
    made = export(journal, "review", path.with_suffix(".docx")).path
    tables = docx.Document(str(made)).tables
    heads = [[cell.text for cell in table.rows[0].cells] for table in tables]
    assert ["", "Counted", "Planned", "Compared with the plan"] in heads
    signing = tables[heads.index(["Role", "Name", "Signature", "Date"])]
    assert [row.cells[0].text for row in signing.rows[1:]] == ["apprentice", "provider"]
    assert all(row.height for row in signing.rows[1:])
    page = export(journal, "review", path.with_suffix(".html")).path.read_text()
    assert '<table class="signed">' in page

"""Reports that leave the journal: each made once from the record, then written in a format.

A report is one function and one line of :data:`REPORTS`, a format one function and one line of
:data:`WRITERS`. A builder (``build(source)``) makes the content; a writer
(``write(content, tell)``) turns it into bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

from ksbtui.errors import NotFound

TABLES = ("csv", "xlsx")
PAGES = ("html", "docx", "md", "txt")
BOTH = (*TABLES, *PAGES)

WRITERS = {
    "csv": "formats.sheets.write_csv",
    "xlsx": "formats.sheets.write_xlsx",
    "html": "formats.as_html.write_html",
    "docx": "formats.as_docx.write_docx",
    "md": "formats.texts.write_markdown",
    "txt": "formats.texts.write_text",
    "ics": "reports.calendar.write_ics",
    "json": "formats.texts.write_json",
    "": "formats.texts.write_folder",
}
"""What writes each suffix, below this package; an empty one is a folder."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report on offer: what it is for, what builds it, and the formats it comes in."""

    text: str
    builder: str
    """Its function below ``reports``."""
    suffixes: tuple[str, ...]


REPORTS = {
    "otj": Report("training log, one row for each activity", "otj.training_log", TABLES),
    "ksb-tracker": Report(
        "one row for each KSB: state, entries, evidence", "tracker.ksb_tracker", (*TABLES, *PAGES)
    ),
    "evidence-index": Report(
        "one row for each piece of evidence", "tracker.evidence_index", (*TABLES, *PAGES)
    ),
    "portfolio": Report("everything you have shown, to read", "portfolio.portfolio", PAGES),
    "review": Report("the pack of the progress review in preparation", "pages.review_pack", PAGES),
    "evidence-by-ksb": Report("the evidence of each KSB, and gaps", "pages.evidence_by_ksb", PAGES),
    "project-pack": Report("the workplace project, for its review", "pages.project_pack", PAGES),
    "calendar": Report("milestones, reviews and actions", "calendar.calendar_events", ("ics",)),
    "entries": Report("a folder of Markdown files", "copies.markdown_folder", ("",)),
    "json": Report("your whole record, to import again", "copies.whole_record", ("json",)),
}
"""Every report by the name people type; the first suffix is what it is when none is said."""


def find_report(name: str) -> Report:
    """Pick a report by name, or refuse with what there is."""
    report = REPORTS.get(name.strip().lower())
    if report is None:
        from difflib import get_close_matches  # deferred: only a mistyped report needs it

        near = get_close_matches(name.lower(), REPORTS, 1)
        raise NotFound(
            f"There is no report {name!r}." + (f" Did you mean {near[0]}?" if near else ""),
            f"There are: {', '.join(REPORTS)}.",
        )
    return report

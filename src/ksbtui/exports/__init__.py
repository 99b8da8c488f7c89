"""Reports that leave the journal: each made once from the record, then written in a format.

A report is one line of :data:`REPORTS`; a format is one module and one line of
:data:`WRITERS`. A builder (``build(source)``) makes the content; a writer
(``write(content, tell)``) turns it into bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

from ksbtui.errors import NotFound

TABLES = ("csv", "xlsx")
PAGES = ("html", "docx", "md", "txt")

WRITERS = {
    "csv": "ksbtui.exports.formats.as_csv",
    "xlsx": "ksbtui.exports.formats.as_xlsx",
    "html": "ksbtui.exports.formats.as_html",
    "docx": "ksbtui.exports.formats.as_docx",
    "md": "ksbtui.exports.formats.as_markdown",
    "txt": "ksbtui.exports.formats.as_text",
    "ics": "ksbtui.exports.formats.as_ics",
    "json": "ksbtui.exports.formats.as_json",
    "": "ksbtui.exports.formats.as_folder",
}
"""The module of each suffix; an empty one is a folder."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report on offer: what it is for, who builds it, and the formats it comes in."""

    text: str
    builder: str
    suffixes: tuple[str, ...]


REPORTS = {
    "otj": Report("training log, one row an activity", "otj", TABLES),
    "ksb-tracker": Report("one row a KSB: state, entries, evidence", "tracker", (*TABLES, *PAGES)),
    "evidence-index": Report("one row for each piece of evidence", "evidence", (*TABLES, *PAGES)),
    "portfolio": Report("everything you have shown, to read", "portfolio", PAGES),
    "review": Report("the pack of the progress review in hand", "review", PAGES),
    "evidence-by-ksb": Report("the evidence of each KSB, and gaps", "evidence_by_ksb", PAGES),
    "project-pack": Report("the workplace project, for its review", "project_pack", PAGES),
    "calendar": Report("milestones, reviews and actions", "calendar", ("ics",)),
    "entries": Report("a folder of Markdown files", "markdown_folder", ("",)),
    "json": Report("the whole record, to bring back", "record", ("json",)),
}
"""Every report by the name people type; the first suffix is what it is when none is said."""


def find_report(name: str) -> Report:
    """Pick a report by name, or refuse with what there is."""
    report = REPORTS.get(name.strip().lower())
    if report is None:
        from difflib import get_close_matches

        near = get_close_matches(name.lower(), REPORTS, 1)
        raise NotFound(
            f"There is no report {name!r}." + (f" Did you mean {near[0]}?" if near else ""),
            f"There are: {', '.join(REPORTS)}.",
        )
    return report

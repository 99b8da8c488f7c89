"""The evidence index: one row for each piece of evidence, with the KSBs its entry shows."""

from __future__ import annotations

from ksbtui.core.exchange.pages import DAY, WHOLE, Column, Sheet
from ksbtui.exports.reports.source import Source, display_path

INDEX_COLUMNS = (
    Column("No", WHOLE, 5),
    Column("Evidence", width=40),
    Column("Kind", width=20),
    Column("File or link", width=36),
    Column("KSBs", width=20),
    Column("Activity", width=40),
    Column("Date", DAY, 12),
    Column("Module", WHOLE, 8, paper=False),
    Column("Verified by", width=16, paper=False),
    Column("SHA-256", width=18, paper=False),
    Column("Entry", width=10, paper=False),
)


def evidence_index(source: Source) -> Sheet:
    """Every artefact on the chosen entries, oldest first, numbered."""
    found = [(entry, item) for entry in source.entries for item in entry.evidence]
    return Sheet(
        title="Evidence index",
        subtitle=source.heading(),
        columns=INDEX_COLUMNS,
        rows=tuple(
            (
                number,
                item.title,
                item.kind,
                display_path(item),
                " ".join(entry.ksbs),
                entry.title,
                entry.day,
                entry.module,
                entry.verified.by if entry.verified else "",
                item.sha256[:16],
                entry.id,
            )
            for number, (entry, item) in enumerate(found, start=1)
        ),
        note="The first 16 characters of a file's SHA-256 tell whether it is still the same file.",
    )

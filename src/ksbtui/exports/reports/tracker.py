"""The KSB tracker, one row a KSB, and the evidence index, one row for each piece of evidence."""

from __future__ import annotations

from collections.abc import Iterable

from ksbtui.core.coverage.coverage import KsbState
from ksbtui.core.entry.entries import Entry
from ksbtui.core.exchange.pages import DAY, HOURS, WHOLE, Cell, Column, Sheet, decimal_hours
from ksbtui.core.programme.standards import TYPE_NAMES
from ksbtui.exports.reports.source import Source, display_path

STATE_TEXTS = {
    "none": "Not shown yet",
    "mentioned": "Mentioned",
    "applied": "Applied",
    "evidenced": "Evidenced",
    "strong": "Strong",
}
"""Every rung of the ladder as a reader outside knows it."""

COLUMNS = (
    Column("KSB", width=6),
    Column("Statement", width=60),
    Column("Theme", width=18),
    Column("Assignment", width=26),
    Column("State", width=12),
    Column("Complete", width=9),
    Column("Evidence", width=34),
    Column("Latest", DAY, 12),
    Column("Comments", width=24),
    Column("Type", width=12, paper=False),
    Column("Activities", WHOLE, 10, paper=False),
    Column("Hours", HOURS, 8, paper=False),
    Column("Minutes", WHOLE, 9, paper=False),
    Column("Pieces of evidence", WHOLE, 12, paper=False),
    Column("Duties", width=12, paper=False),
    Column("Evidence files and links", width=48, paper=False),
    Column("Entries", width=48, paper=False),
    Column("Rehearsed", width=11, paper=False),
    Column("Employer verified", width=12, paper=False),
)
"""Provider sign-off sheets ask for theme, assignment, complete and comments; what the
journal does not know of them is left empty for the provider."""

COMPLETE = frozenset({"evidenced", "strong"})
ROWS_A_PAGE = 10
ASSIGNMENTS = ("assignment", "project")
"""Activity types that stand under Assignment."""
SHOWN = 3
"""Titles a cell lists; it says how many more there are."""


def ksb_tracker(source: Source) -> Sheet:
    """One row a KSB of the standard, in published order."""
    wanted = source.scope.ksbs
    states = [ksb for ksb in source.view.coverage.ksbs if not wanted or ksb.code in wanted]
    tagged: dict[str, list[Entry]] = {ksb.code: [] for ksb in states}
    for entry in source.entries:
        for code in entry.ksbs:
            tagged.setdefault(code, []).append(entry)
    return Sheet(
        title="KSB tracker",
        subtitle=source.heading(),
        columns=COLUMNS,
        rows=tuple(_row(source, ksb, tagged[ksb.code]) for ksb in states),
        rows_a_page=ROWS_A_PAGE,
        note="State, numbers and minutes include all your entries, private ones too. An "
        "activity with several KSBs is shown in full under each.",
    )


def _row(source: Source, ksb: KsbState, entries: list[Entry]) -> tuple[Cell, ...]:
    assignments = [entry.title for entry in entries if entry.type in ASSIGNMENTS]
    evidence = [item for entry in entries for item in entry.evidence]
    return (
        ksb.code,
        ksb.statement,
        _theme(source, ksb),
        _some(assignments),
        STATE_TEXTS[ksb.state],
        "Y" if ksb.state in COMPLETE else "N",
        _some(item.title for item in evidence),
        ksb.last_day,
        _some(source.comments(entry) for entry in entries),
        TYPE_NAMES[ksb.type],
        ksb.entries,
        decimal_hours(ksb.minutes),
        ksb.minutes,
        ksb.evidence,
        " ".join(map(str, ksb.duties)),
        "\n".join(f"{item.title} ({display_path(item)})" for item in evidence),
        "\n".join(f"{entry.day.isoformat()} {entry.title}" for entry in entries),
        "Y" if ksb.rehearsed else "",
        "Y" if ksb.employer_verified else "",
    )


def _theme(source: Source, ksb: KsbState) -> str:
    """The first duty a KSB belongs to, by its short name; empty where there are no duties."""
    names = source.duty_names
    return next((names[number] for number in ksb.duties if number in names), "")


def _some(texts: Iterable[str]) -> str:
    """Each different text once, a line each; those above ``SHOWN`` are counted."""
    lines = [text for text in dict.fromkeys(texts) if text]
    more = [f"and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
    return "\n".join([*lines[:SHOWN], *more])


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
    artefacts = [(entry, item) for entry in source.entries for item in entry.evidence]
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
            for number, (entry, item) in enumerate(artefacts, start=1)
        ),
        note="The first 16 characters of a file's SHA-256 show whether it is still the same file.",
    )

"""The KSB tracker: one row a KSB with its state, entries and evidence."""

from __future__ import annotations

from ksbtui.core.coverage.coverage import KsbState
from ksbtui.core.entry.entries import Entry
from ksbtui.core.exchange.sheets import DAY, HOURS, WHOLE, Cell, Column, Sheet, decimal_hours
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
    Column("KSB", width=7),
    Column("Type", width=12, paper=False),
    Column("Statement", width=56),
    Column("State", width=14),
    Column("Activities", WHOLE, 10),
    Column("Hours", HOURS, 8),
    Column("Minutes", WHOLE, 9, paper=False),
    Column("Pieces of evidence", WHOLE, 12, paper=False),
    Column("Latest", DAY, 12),
    Column("Duties", width=12, paper=False),
    Column("Evidence", width=48),
    Column("Entries", width=48, paper=False),
    Column("Rehearsed", width=11, paper=False),
    Column("Employer verified", width=12, paper=False),
)


def build(source: Source) -> Sheet:
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
        rows=tuple(_row(ksb, tagged[ksb.code]) for ksb in states),
        note="State, numbers and minutes are over all your entries, private ones included; "
        "an activity tagged with several KSBs stands in full under each.",
    )


def _row(ksb: KsbState, entries: list[Entry]) -> tuple[Cell, ...]:
    return (
        ksb.code,
        TYPE_NAMES[ksb.type],
        ksb.statement,
        STATE_TEXTS[ksb.state],
        ksb.entries,
        decimal_hours(ksb.minutes),
        ksb.minutes,
        ksb.evidence,
        ksb.last_day,
        " ".join(map(str, ksb.duties)),
        "\n".join(f"{item.title} ({display_path(item)})" for e in entries for item in e.evidence),
        "\n".join(f"{entry.day.isoformat()} {entry.title}" for entry in entries),
        "Y" if ksb.rehearsed else "",
        "Y" if ksb.employer_verified else "",
    )

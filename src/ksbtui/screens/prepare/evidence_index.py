"""The evidence index: which evidence shows which KSB, and what has none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from ksbtui.core.coverage.evidence_index import EvidenceIndex, IndexRow
from ksbtui.core.days import full_day
from ksbtui.core.programme.standards import TYPE_NAMES
from ksbtui.presentation.parts import Block, Head, Row
from ksbtui.screens.shell.modal import Part
from ksbtui.widgets.frame.command import Command
from ksbtui.widgets.frame.symbols import STATE_STYLES, STATES, VERIFIED
from ksbtui.widgets.lists.row import Columns
from ksbtui.widgets.text.styles import BOLD, MUTED, OWED, PLAIN, Line


class EvidenceScreen(Part):
    """Every KSB with the number of its artefacts; those of the cursor's on the right."""

    title_text = "Evidence index"
    question: ClassVar[str] = "Which evidence shows which KSB?"
    columns = Columns(lead=3, figure=4)
    missing_only = False
    _index: EvidenceIndex
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("index.filter", "f", "only missing", "Only KSBs without evidence, or all"),
    ]

    def fill(self) -> tuple[Sequence[Block], Sequence[Row]]:
        """Count what is evidenced; list every KSB under its type."""
        index = self._index = self.journal.discussing.evidence_index()
        top: list[Block] = [_summary(index)]
        if index.awaiting_employer:
            words = f"Your employer has not verified {' '.join(index.awaiting_employer)}."
            top.append([(words, MUTED)])
        if index.withheld:
            top.append([(f"{index.withheld} marked private are not named here.", MUTED)])
        rows: list[Row] = []
        for type, name in TYPE_NAMES.items():
            of = [row for row in index.rows if row.ksb.type == type and self._wanted(row)]
            if of:
                rows += [Row(f"#{type}", name, str(len(of)), heading=True), *map(_index_row, of)]
        return top, rows

    def _wanted(self, row: IndexRow) -> bool:
        return not (self.missing_only and row.ksb.evidence)

    def detail(self, key: str) -> Sequence[Block]:
        """Show the statement and each artefact with its entry."""
        row = next((row for row in self._index.rows if row.ksb.code == key), None)
        if row is None:
            return []
        ksb = row.ksb
        state: Line = [(STATES[ksb.state], STATE_STYLES[ksb.state]), (f" {ksb.state}", MUTED)]
        blocks: list[Block] = [[(f"{ksb.code} {ksb.name}", BOLD)], state, [(ksb.statement, PLAIN)]]
        if ksb.type == "B":
            said = f"{VERIFIED} verified by your employer" if ksb.employer_verified else ""
            blocks.append([(said or "not yet verified by your employer", MUTED)])
        blocks += [None, Head("Artefacts", str(len(row.artefacts)))]
        for one in row.artefacts:
            blocks += [[(one.name, PLAIN)]]
            blocks += [[(f"{full_day(one.day)} · {one.entry_title}", MUTED)], None]
        if not row.artefacts:
            blocks.append([(_way_out(row), OWED)])
        return blocks

    def action_filter(self) -> None:
        """Show only what has no evidence, or everything."""
        self.missing_only = not self.missing_only
        self.show_part()


def _way_out(row: IndexRow) -> str:
    if row.ksb.evidence:
        return "Only private evidence shows it."
    if row.ksb.entries:
        return "None yet. Attach a file or link to one of its entries."
    return "No entry yet. Press a on any place to log one."


def _index_row(row: IndexRow) -> Row:
    ksb = row.ksb
    return Row(
        ksb.code,
        f"{ksb.code:<4} {ksb.name}",
        str(ksb.evidence) if ksb.evidence else "–",
        STATES[ksb.state],
        muted=not ksb.evidence,
        lead_style=STATE_STYLES[ksb.state],
    )


def _summary(index: EvidenceIndex) -> Line:
    return [
        (f"{index.evidenced} of {len(index.rows)}", BOLD),
        (" KSBs have evidence. ", PLAIN),
        (f"{len(index.to_evidence)} are shown and lack it, {len(index.gaps)} are gaps.", MUTED),
    ]

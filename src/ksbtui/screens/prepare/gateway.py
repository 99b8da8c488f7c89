"""The gateway: what must be there, and the index of evidence by KSB."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from ksbtui.core.assessment.gateway import COMPUTED, TICKABLE_CHECKS, Gateway, ItemState
from ksbtui.core.coverage.evidence_index import EvidenceIndex, IndexRow
from ksbtui.core.days import full_day, line_day, long_day
from ksbtui.core.programme.standards import TYPE_NAMES
from ksbtui.presentation.parts import (
    BOLD,
    CHOSEN_BOX,
    DONE_BOLD,
    FREE_BOX,
    MUTED,
    OWED,
    PLAIN,
    STATE_STYLES,
    STATES,
    VERIFIED,
    Block,
    Head,
    Line,
    Row,
)
from ksbtui.screens.entry.answering import employer_testimony
from ksbtui.screens.shell.modal import Part
from ksbtui.widgets.forms.dialogs import Ask, Choose
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.lists.listing import Columns

ASKED_BOX = "[?]"
WHO = {
    "you": "you do this",
    "employer": "your employer does this",
    "provider": "your provider does this",
}
CONFIDENCE = {
    "H": "",
    "M": "From one good source. Ask your tutor.",
    "L": "Our conclusion, not from a source. Ask your tutor.",
}
SETTINGS = {
    "english-maths-required": ("english_maths", "Do you have to pass English and maths?"),
    "extended-assessment-chosen": ("extended", "Are you taking the extended assessment?"),
}


def _in_hand(screen: GatewayScreen) -> ItemState | None:
    return screen._item(screen.key) if screen.is_mounted else None


def _can_tick(screen: GatewayScreen) -> bool:
    item = _in_hand(screen)
    return item is not None and (item.item.kind != COMPUTED or item.item.check in TICKABLE_CHECKS)


def _can_settle(screen: GatewayScreen) -> bool:
    item = _in_hand(screen)
    return item is not None and item.item.only_if in SETTINGS


class GatewayScreen(Part):
    """The checklist in order of the days it is due; counts and dates, never a result."""

    title_text = "Gateway"
    question: ClassVar[str] = "What is in place, and what is missing by when?"
    columns = Columns(lead=4)
    _read: Gateway | None = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Command(
            "gateway.choose",
            "space",
            "tick",
            "Record who confirmed it, or remove the tick",
            when=_can_tick,
        ),
        Command(
            "gateway.verify",
            "v",
            "verify",
            "Record behaviours your employer has verified",
            when=lambda screen: bool(screen._awaiting),
        ),
        Command(
            "gateway.settle",
            "y",
            "applies?",
            "Answer whether the item applies to you",
            when=_can_settle,
        ),
        Command("app.undo", "u", "", "Undo the last change"),
    ]

    def fill(self) -> tuple[Sequence[Block], Sequence[Row]]:
        read = self._read = self.journal.gateway.read()
        top: list[Block] = [
            [
                (f"{read.done} of {len(read.needed)}", BOLD),
                (f" in place for {read.title[:1].lower()}{read.title[1:]}.", PLAIN),
            ]
        ]
        rows: list[Row] = []
        due = object()
        for state in read.items:
            if state.due != due:
                due = state.due
                label = f"By {long_day(state.due)}" if state.due else "No due date"
                rows.append(Row(f"#{label}", label, heading=True))
            rows.append(_row(state))
        return top, rows

    def _item(self, key: str) -> ItemState | None:
        items = self._read.items if self._read else ()
        return next((state for state in items if state.item.id == key), None)

    def detail(self, key: str) -> Sequence[Block]:
        state = self._item(key)
        if state is None:
            return []
        item = state.item
        blocks: list[Block] = [[(item.text, BOLD)]]
        blocks.append([(state.progress or ("optional" if item.optional else "open"), MUTED)])
        if state.asked:
            blocks += [None, [("Does this apply to you? Press y to answer.", OWED)]]
        elif not state.done:
            blocks += [None, Head("What to do", WHO[item.who]), [(item.when_missing, PLAIN)]]
        blocks += [None, Head("Source"), [(item.source, MUTED)]]
        if CONFIDENCE[item.confidence]:
            blocks.append([(CONFIDENCE[item.confidence], MUTED)])
        if self._read and self._read.note:
            blocks += [None, [(self._read.note, MUTED)]]
        return blocks

    @property
    def _awaiting(self) -> list[str]:
        ksbs = self.journal.progress.view.coverage.of_type("B")
        return [ksb.code for ksb in ksbs if not ksb.employer_verified]

    def action_verify(self) -> None:
        employer_testimony(self)

    def action_choose(self) -> None:
        state = self._item(self.key)
        if state is None:
            return
        if state.tick is not None:
            self.journal.gateway.untick(state.item.id)
            self.shell.changed("No longer ticked.")
            return
        id = state.item.id

        def take(name: str | None) -> None:
            if name is not None:
                with self.shell.guarded():
                    self.journal.gateway.tick(id, name)
                    self.shell.changed(f"Ticked by {name}, {line_day(self.journal.as_at)}.")

        text = "ksbtui records the name and today's date. It is not proof."
        self.app.push_screen(Ask("Who confirmed it?", str, text=text), take)

    def action_settle(self) -> None:
        state = self._item(self.key)
        if state is None or state.item.only_if not in SETTINGS:
            return
        name, asked = SETTINGS[state.item.only_if]

        def take(answer: str | None) -> None:
            if answer is not None:
                self.journal.gateway.settle(**{name: answer == "yes"})
                self.shell.changed()

        self.app.push_screen(Choose(asked, (Row("yes", "Yes"), Row("no", "No"))), take)


def _row(state: ItemState) -> Row:
    box = ASKED_BOX if state.asked else CHOSEN_BOX if state.done else FREE_BOX
    style = DONE_BOLD if state.done else OWED if state.asked else MUTED
    figure = state.progress or ("optional" if state.item.optional else "")
    return Row(
        state.item.id,
        state.item.name,
        figure.split(", ")[0] if state.item.kind == COMPUTED else figure,
        box,
        muted=state.done,
        lead_style=style,
        figure_style=MUTED,
    )


class EvidenceScreen(Part):
    """Every KSB with the number of its artefacts; those of the cursor's on the right."""

    title_text = "Evidence index"
    question: ClassVar[str] = "Which evidence shows which KSB?"
    columns = Columns(lead=3, figure=4)
    missing_only = False
    _index: EvidenceIndex
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("index.filter", "f", "only missing", "Show only KSBs without evidence, or all")
    ]

    def fill(self) -> tuple[Sequence[Block], Sequence[Row]]:
        index = self._index = self.journal.discussing.evidence_index()
        top: list[Block] = [_summary(index)]
        if index.awaiting_employer:
            words = f"Your employer has not verified {' '.join(index.awaiting_employer)}."
            top.append([(words, MUTED)])
        if index.withheld:
            top.append([(f"{index.withheld} marked private are not listed here.", MUTED)])
        rows: list[Row] = []
        for type, name in TYPE_NAMES.items():
            of = [row for row in index.rows if row.ksb.type == type and self._wanted(row)]
            if of:
                rows += [Row(f"#{type}", name, str(len(of)), heading=True), *map(_index_row, of)]
        return top, rows

    def _wanted(self, row: IndexRow) -> bool:
        return not (self.missing_only and row.ksb.evidence)

    def detail(self, key: str) -> Sequence[Block]:
        row = next((row for row in self._index.rows if row.ksb.code == key), None)
        if row is None:
            return []
        ksb = row.ksb
        state: Line = [(STATES[ksb.state], STATE_STYLES[ksb.state]), (f" {ksb.state}", MUTED)]
        blocks: list[Block] = [[(f"{ksb.code} {ksb.name}", BOLD)], state, [(ksb.statement, PLAIN)]]
        if ksb.type == "B":
            seen = f"{VERIFIED} verified by your employer" if ksb.employer_verified else ""
            blocks.append([(seen or "not yet verified by your employer", MUTED)])
        blocks += [None, Head("Artefacts", str(len(row.artefacts)))]
        for artefact in row.artefacts:
            blocks += [[(artefact.name, PLAIN)]]
            blocks += [[(f"{full_day(artefact.day)} · {artefact.entry_title}", MUTED)], None]
        if not row.artefacts:
            blocks.append([(_way_out(row), OWED)])
        return blocks

    def action_filter(self) -> None:
        self.missing_only = not self.missing_only
        self.show_part()


def _way_out(row: IndexRow) -> str:
    if row.ksb.evidence:
        return "Only private evidence shows it."
    if row.ksb.entries:
        return "None yet. Attach a file or link to one of its entries."
    return "No entry yet. To log one, press a on any screen."


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
        (f"{len(index.to_evidence)} are shown but have none, {len(index.gaps)} are gaps.", MUTED),
    ]

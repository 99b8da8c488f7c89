"""The gateway: what must be in place, what is missing, by when and whose move it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from ksbtui.core.assessment.gateway import COMPUTED, TICKABLE_CHECKS, Gateway, ItemState
from ksbtui.core.days import line_day, long_day
from ksbtui.presentation.parts import Block, Head, Row
from ksbtui.screens.entry.answering import employer_testimony
from ksbtui.screens.shell.modal import Part
from ksbtui.widgets.forms.ask import Ask
from ksbtui.widgets.forms.choose import Choose
from ksbtui.widgets.frame.command import Command
from ksbtui.widgets.frame.symbols import CHOSEN_BOX, FREE_BOX
from ksbtui.widgets.lists.row import Columns
from ksbtui.widgets.text.styles import BOLD, DONE_BOLD, MUTED, OWED, PLAIN

ASKED_BOX = "[?]"
WHO = {"you": "your move", "employer": "your employer's move", "provider": "your provider's move"}
CONFIDENCE = {
    "H": "",
    "M": "One good source. Ask your tutor.",
    "L": "Inferred, not read. Ask your tutor.",
}
SETTINGS = {
    "english-maths-required": ("english_maths", "Are English and maths required of you?"),
    "extended-assessment-chosen": ("extended", "Is an extended assessment chosen?"),
}


def _in_hand(screen: GatewayScreen) -> ItemState | None:
    return screen._item(screen.key) if screen.is_mounted else None


def _can_tick(screen: GatewayScreen) -> bool:
    one = _in_hand(screen)
    return one is not None and (one.item.kind != COMPUTED or one.item.check in TICKABLE_CHECKS)


def _can_settle(screen: GatewayScreen) -> bool:
    one = _in_hand(screen)
    return one is not None and one.item.only_if in SETTINGS


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
            "Note who confirmed it, or take the tick off",
            when=_can_tick,
        ),
        Command(
            "gateway.verify",
            "v",
            "verify",
            "Note behaviours your employer has verified",
            when=lambda screen: bool(screen._awaiting),
        ),
        Command(
            "gateway.settle",
            "y",
            "applies?",
            "Say whether the item applies to you",
            when=_can_settle,
        ),
        Command("app.undo", "u", "", "Take the last change back"),
    ]

    def fill(self) -> tuple[Sequence[Block], Sequence[Row]]:
        """Count what is in place; list the items under their days."""
        read = self._read = self.journal.gateway.read()
        top: list[Block] = [
            [
                (f"{read.done} of {len(read.needed)}", BOLD),
                (f" in place for {read.title[:1].lower()}{read.title[1:]}.", PLAIN),
            ]
        ]
        rows: list[Row] = []
        due = object()
        for one in read.items:
            if one.due != due:
                due = one.due
                label = f"By {long_day(one.due)}" if one.due else "No day given"
                rows.append(Row(f"#{label}", label, heading=True))
            rows.append(_row(one))
        return top, rows

    def _item(self, key: str) -> ItemState | None:
        items = self._read.items if self._read else ()
        return next((one for one in items if one.item.id == key), None)

    def detail(self, key: str) -> Sequence[Block]:
        """Show the item, what to do about it, and where it is from."""
        one = self._item(key)
        if one is None:
            return []
        item = one.item
        blocks: list[Block] = [[(item.text, BOLD)]]
        blocks.append([(one.progress or ("optional" if item.optional else "open"), MUTED)])
        if one.asked:
            blocks += [None, [("Does this apply to you? Press y to answer.", OWED)]]
        elif not one.done:
            blocks += [None, Head("What to do", WHO[item.who]), [(item.when_missing, PLAIN)]]
        blocks += [None, Head("Where it is from"), [(item.source, MUTED)]]
        if CONFIDENCE[item.confidence]:
            blocks.append([(CONFIDENCE[item.confidence], MUTED)])
        if self._read and self._read.note:
            blocks += [None, [(self._read.note, MUTED)]]
        return blocks

    @property
    def _awaiting(self) -> list[str]:
        """Behaviours the employer has not verified."""
        ksbs = self.journal.progress.view.coverage.of_type("B")
        return [ksb.code for ksb in ksbs if not ksb.employer_verified]

    def action_verify(self) -> None:
        """Note what the employer verified, and what they saw."""
        employer_testimony(self)

    def action_choose(self) -> None:
        """Tick the item with a name, or take its tick off."""
        one = self._item(self.key)
        if one is None:
            return
        if one.tick is not None:
            self.journal.gateway.untick(one.item.id)
            self.shell.changed()
            self.shell.say("No longer ticked. u undoes it.")
            return
        id = one.item.id

        def take(name: str | None) -> None:
            if name is not None:
                with self.shell.guarded():
                    self.journal.gateway.tick(id, name)
                    self.shell.changed()
                    self.shell.say(f"Ticked by {name}, {line_day(self.journal.as_at)}.")

        text = "The name and today's day are noted; this is not proof."
        self.app.push_screen(Ask("Who confirmed it?", str, text=text), take)

    def action_settle(self) -> None:
        """Say whether the item applies at all."""
        one = self._item(self.key)
        if one is None or one.item.only_if not in SETTINGS:
            return
        name, asked = SETTINGS[one.item.only_if]

        def take(answer: str | None) -> None:
            if answer is not None:
                self.journal.gateway.settle(**{name: answer == "yes"})
                self.shell.changed()

        self.app.push_screen(Choose(asked, (Row("yes", "Yes"), Row("no", "No"))), take)


def _row(one: ItemState) -> Row:
    box = ASKED_BOX if one.asked else CHOSEN_BOX if one.done else FREE_BOX
    style = DONE_BOLD if one.done else OWED if one.asked else MUTED
    figure = one.progress or ("optional" if one.item.optional else "")
    return Row(
        one.item.id,
        one.item.name,
        figure.split(", ")[0] if one.item.kind == COMPUTED else figure,
        box,
        muted=one.done,
        lead_style=style,
        figure_style=MUTED,
    )

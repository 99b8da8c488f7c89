"""You wrote this in two places: each text whole, and one key to choose what stays."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from ksbtui.core.days import full_day
from ksbtui.journal.exchange.merge import Double
from ksbtui.presentation.exchange import double_title, value_text
from ksbtui.presentation.parts import BOLD, MUTED, PLAIN, Block, Head, Row
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.blocks import Detail


def _can_join(screen: TwoPlaces) -> bool:
    double = screen.double
    return double is not None and all(isinstance(value, str) for value in double.values)


def _has_kept(screen: TwoPlaces) -> bool:
    return screen.kept > 0


class TwoPlaces(Modal[None]):
    """A list of what two devices wrote in one field, and the texts of one of them."""

    title_text = "Texts that differ on two devices"
    question: ClassVar[str] = "Which text do you want to keep?"
    CSS_PATH = "two_places.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Command(f"two.keep-{n}", str(n), f"keep {n}" if n < 3 else "", action=f"keep({n})")
            for n in range(1, 10)
        ),
        Command("two.join", "j", "both", "Keep all texts, one after the other", when=_can_join),
        Command("app.undo", "u", "undo", "Undo the last choice", action="undo", when=_has_kept),
    ]
    kept = 0
    """Choices made here and not taken back: ``u`` takes back no change but these."""

    def body(self) -> ComposeResult:
        with Container(classes="columns"):
            with Container(classes="main"):
                yield Rows(id="doubles", classes="tall")
            yield Detail(id="texts", focusable=False)

    def on_mount(self) -> None:
        self.query_one(Rows).focus()
        self._fill()

    @property
    def double(self) -> Double | None:
        key = next((rows.key for rows in self.query(Rows)), None)
        return next((double for double in self.journal.merges.doubles() if double.id == key), None)

    def _fill(self) -> None:
        doubles = self.journal.merges.doubles()
        rows = [
            Row(double.id, double_title(double), figure=full_day(double.day) if double.day else "")
            for double in doubles
        ]
        self.query_one(Rows).show(rows)
        self._show_one()
        self.refresh_bindings()

    @on(Rows.Highlighted)
    def _show_one(self) -> None:
        double = self.double
        if double is None:
            text = "No texts differ on two devices."
            self.query_one("#texts", Detail).show([(text, MUTED)], *self._wishes())
            return
        blocks: list[Block] = [[(double_title(double), BOLD)]]
        for number, value in enumerate(double.values, 1):
            mark = "shown now" if number == 1 else ""
            blocks += [None, Head(f"{number}", mark), [(value_text(value), PLAIN)]]
        self.query_one("#texts", Detail).show(*blocks, *self._wishes())

    def _wishes(self) -> list[Block]:
        """Entries that another device purged and that are still here."""
        wishes = self.journal.merges.wishes()
        if not wishes:
            return []
        blocks: list[Block] = [None, Head("Purged on your other device but still here")]
        for entry in wishes:
            title = "(private)" if entry.private else entry.title
            blocks.append([(f"{entry.id}  {title}", PLAIN)])
        return [*blocks, [("To remove one here as well: ksbtui purge ID", MUTED)]]

    def action_keep(self, number: int) -> None:
        double = self.double
        if double is not None and number <= len(double.values):
            self._keep(double, double.values[number - 1])

    def action_join(self) -> None:
        double = self.double
        if double is not None:
            between = "; " if double.path == "title" else "\n\n"
            self._keep(double, between.join(filter(None, double.values)))

    async def action_undo(self) -> None:
        if self.kept:
            await self.app.run_action("app.undo")
            self.kept -= 1
            self._fill()

    def _keep(self, double: Double, value: object) -> None:
        self.journal.merges.keep(double.id, value)
        self.kept += 1
        self.shell.changed("Saved.")
        self._fill()

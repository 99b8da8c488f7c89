"""One module opened: what it is about, its days and hours, its KSBs and its entries."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from ksbtui.core.programme.timeline import ModuleState
from ksbtui.journal.progress.progress import View
from ksbtui.presentation.parts import Block
from ksbtui.screens.entry.entry_list import EntryList, Listing, listing_of
from ksbtui.screens.timeline import text as words
from ksbtui.widgets.frame.command import Command
from ksbtui.widgets.frame.section import Section
from ksbtui.widgets.frame.symbols import state_symbol
from ksbtui.widgets.text.detail import RichText
from ksbtui.widgets.text.styles import MUTED, PLAIN, Line


class ModuleScreen(EntryList):
    """Opened from the Timeline; lists the module's entries below what it is about."""

    question: ClassVar[str] = "What did I do in this module?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("module.open", "enter", "open", "Open the entry"),
        Command("module.move", "m", "move dates", "Move the module, as a provider may"),
        Command("app.back", "escape", "back", "Go back to the timeline", action="leave"),
    ]

    def __init__(self, view: View, number: int) -> None:
        self.number = number
        super().__init__(self._listing(view))

    def _listing(self, view: View) -> Listing:
        """Its entries, under its number alone: its whole title stands below the bar."""
        return replace(listing_of(view, f"module:{self.number}"), title=f"Module {self.number}")

    def body(self) -> ComposeResult:
        """Give what the module is about above its entries."""
        yield RichText()
        yield Section("Entries", classes="apart")
        yield from super().body()

    def sync(self) -> None:
        """Say the module's figures anew with its list."""
        if self.journal.revision != self._seen and self.is_current:
            view = self.journal.progress.view
            self.listing = self._listing(view)
            self.query(RichText).first().show(*self._about(view))
        super().sync()

    def _about(self, view: View) -> list[Block]:
        module = next(one for one in view.timeline.modules if one.number == self.number)
        blocks: list[Block] = [words.module_title(module), words.module_figures(view, module)]
        if module.summary and not self.has_class("-tiny"):
            blocks += [None, module.summary]
        ksbs = self._ksbs(view, module)
        return [*blocks, ksbs] if ksbs else blocks

    def _ksbs(self, view: View, module: ModuleState) -> Line:
        """Name the KSBs the module leans towards, each with where it stands."""
        states = {ksb.code: ksb.state for ksb in view.coverage.ksbs}
        line: Line = []
        for code in module.ksbs:
            if code in states:
                symbol = state_symbol(states[code])
                line += [(f"{code}\u00a0", PLAIN), symbol, ("  ", PLAIN)]
        ours = view.timeline.ours
        return [(f"KSBs{ours}  ", MUTED), *line] if line else []

    def action_move(self) -> None:
        """Ask for the module's new days."""
        from ksbtui.screens.timeline.breaks import ask_move

        ask_move(self.shell, self.app.push_screen, self.number)

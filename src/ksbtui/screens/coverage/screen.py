"""Coverage: what have I not shown? The map of every KSB, and what is known of the one in hand."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from ksbtui.core.coverage.coverage import KsbState
from ksbtui.screens.coverage.panel import KsbPanel, entries_of
from ksbtui.screens.coverage.view import CoverageView, Legend
from ksbtui.screens.shell.page import Page
from ksbtui.widgets.charts.coverage_map import CoverageMap
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.lists.listing import Listing


class CoverageScreen(Page):
    """Place 4."""

    CSS_PATH = "coverage.tcss"
    question: ClassVar[str] = "What have I not shown yet?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("", "up,down,left,right", "move", "Move", action="nothing", display="arrows"),
        Command(
            "map.choose",
            "enter",
            "open",
            "Show its entries, or the KSBs of a duty",
            action="nothing",
        ),
        Command(
            "app.add",
            "a",
            "add",
            "Log an entry tagged with it",
            action="add_tagged",
            when=lambda screen: screen.can_add,
        ),
        Command(
            "coverage.filter",
            "f",
            "filter",
            "Show only gaps, stale KSBs, a duty …",
            action="view('filter')",
        ),
        Command(
            "coverage.group",
            "g",
            "group",
            "Group by duty or outcome, or go back to the map",
            action="view('group')",
            when=lambda screen: screen.journal.course is not None and bool(screen.view.groups),
        ),
        Command(
            "coverage.sort",
            "s",
            "sort",
            "Sort by urgency, or by code",
            action="view('sort')",
        ),
        Command("coverage.more", "space", "", "Scroll the panel"),
        Command("app.back", "escape", "", "Show all again; then go back", action="all"),
    ]

    def body(self) -> ComposeResult:
        yield CoverageView(id="left")
        yield KsbPanel(id="panel")
        yield Legend(id="foot", marks=False)

    @property
    def view(self) -> CoverageView:
        return self.query_one(CoverageView)

    @property
    def can_add(self) -> bool:
        return self.app.check_action("add", ()) is True

    def refresh_page(self) -> None:
        self.query_one(KsbPanel).forget()
        self.view.draw()
        self._show_in_hand(moving=False)
        for legend in self.query(Legend):
            legend.show(self.view.coverage)
        if self.focused is None:  # at once: a focus that comes later draws the map again
            self.set_focus(self.query_one(CoverageMap), scroll_visible=False)

    @on(CoverageMap.Moved)
    @on(Listing.Highlighted)
    @on(CoverageView.Changed)
    def _follow(self) -> None:
        self._show_in_hand(moving=True)

    def _show_in_hand(self, moving: bool) -> None:
        in_hand, panel = self.view.in_hand, self.query_one(KsbPanel)
        if in_hand is None or isinstance(in_hand, KsbState):
            panel.show_ksb(in_hand, moving=moving)
        else:
            panel.show_group(in_hand, self.view.coverage)
        self.refresh_bindings()

    @on(CoverageMap.Chosen)
    def _open_entries(self, event: CoverageMap.Chosen) -> None:
        # deferred: loaded when its key is pressed, not with the first visit
        from ksbtui.screens.entry.entry_list import EntryList
        from ksbtui.screens.entry.entry_list import Listing as Listed

        ksb = self.view.coverage.ksb(event.code)
        if ksb is None or not ksb.entries:
            self.shell.say(f"No entries are tagged with {event.code} yet.")
            return
        listed = Listed(f"{ksb.code}  {ksb.name}", ksb.state, entries_of(self.journal, ksb))
        self.app.push_screen(EntryList(listed))

    def show_ksb(self, code: str) -> None:
        self.view.show_ksb(code)

    # Keys

    def action_nothing(self) -> None:
        """Arrows and enter belong to the map; here they are only named."""

    def action_view(self, name: str) -> None:
        getattr(self.view, name)()

    def action_add_tagged(self) -> None:
        from ksbtui.screens.entry.form import EntryForm

        in_hand = self.view.in_hand
        preset = {"ksbs": in_hand.code} if isinstance(in_hand, KsbState) else {}
        self.app.push_screen(EntryForm(preset=preset))

    def action_all(self) -> None:
        """Show everything again: first the map, then all of it, then go back."""
        if not self.view.widen():
            self.run_worker(self.app.run_action("app.back"))

    def action_more(self) -> None:
        """Scroll the panel a page; from its end back to its beginning."""
        panel = self.query_one(KsbPanel)
        if panel.scroll_offset.y >= panel.max_scroll_y:
            panel.scroll_home(animate=False)
        else:
            panel.scroll_page_down(animate=False)

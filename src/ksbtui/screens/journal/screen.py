"""The Journal, the second place, answers what you did."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from ksbtui import screens
from ksbtui.presentation import entries as words
from ksbtui.presentation.parts import Block, Head
from ksbtui.screens.journal.commands import (
    ANSWER_KEY,
    CHANGE_KEYS,
    MANY_KEYS,
    OTHER_KEYS,
    EntryCommands,
    ManyCommands,
)
from ksbtui.screens.journal.entries import MOST_CHOSEN, EntryBrowser, EntryDetail
from ksbtui.screens.shell.keys import TIMER, WEEK
from ksbtui.screens.shell.page import Page, fit
from ksbtui.widgets.frame.keys import Command, Keys
from ksbtui.widgets.lists.long_rows import LongRows

if TYPE_CHECKING:
    from textual.geometry import Size


class JournalPage(Page):
    """Every entry by week, one of them in full; ``/`` searches."""

    question = "What did I do?"
    first_focus = "LongRows"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("app.add", "a", "add", "Log an activity"),
        *CHANGE_KEYS,
        Command(
            "app.search",
            "slash",
            "search",
            "Search for words, phrases and facets",
            action="start_search",
        ),
        Command("app.undo", "u", "undo", "Undo the last change"),
        ANSWER_KEY,
        Command("journal.full", "space", "more", "Show the whole entry"),
        Command("journal.bring-in", "i", "", "Import a log, calendar or notes"),
        WEEK,
        TIMER,
        *OTHER_KEYS,
        *MANY_KEYS,
        Command("app.back", "escape", "", "Show all entries; go back", action="back"),
    ]
    _size_shown: Size | None = None
    _questions_shown = False

    def body(self) -> ComposeResult:
        yield EntryBrowser(self.journal, self._show_entry)
        yield EntryDetail(id="detail")

    @property
    def browser(self) -> EntryBrowser:
        return self.query_one(EntryBrowser)

    @property
    def commands(self) -> EntryCommands:
        return EntryCommands(
            self, lambda: self.browser.entry, self.entry_saved, self.browser.deleted
        )

    def on_resize(self, event: events.Resize) -> None:
        fit(self)
        if self._size_shown not in (None, self.app.size) and self.is_current:
            self.refresh_page()

    def help_blocks(self) -> list[Block]:
        return [Head("In a search"), *words.facet_lines()]

    def refresh_page(self) -> None:
        self._size_shown = self.app.size
        self.browser.fill()
        self._show_entry()

    @on(LongRows.Highlighted)
    def _show_entry(self) -> None:
        shown = self.browser
        self.query_one(EntryDetail).show_entry(shown.entry, self.journal, shown.query_shown)
        if bool(self.commands.questions) != self._questions_shown:
            self._questions_shown = not self._questions_shown
            self.refresh_bindings()

    def show_entry(self, id: str) -> None:
        self.browser.go_to(id)
        self._show_entry()

    def entry_saved(self, id: str | None) -> None:
        if id is not None:
            self.browser.saved(id)
            self._show_entry()

    # Keys

    def action_entry(self, command: str) -> None:
        entry, chosen = self.browser.entry, tuple(self.browser.chosen)
        if command in ManyCommands.names and (chosen or command in ("tag", "type")):
            ids = chosen or ((entry.id,) if entry else ())
            if ids:
                ManyCommands(self, ids, self.browser.let_go).run(command)
        else:
            self.commands.run(command)

    def action_choose(self) -> None:
        self.browser.choose()
        self._show_entry()

    def action_choose_all(self) -> None:
        if not self.browser.choose_all():
            self.shell.say(f"The newest {MOST_CHOSEN:,} are chosen.")

    @on(LongRows.Chosen)
    def action_full(self) -> None:
        if self.browser.entry is None:
            return
        full = not self.has_class("-full")
        self.set_class(full, "-full")
        self.query_one("#detail" if full else LongRows).focus()
        self._show_entry()

    def action_bring_in(self) -> None:
        self.app.push_screen(screens.form("import"))

    def action_start_search(self) -> None:
        if self.has_class("-full"):
            self.action_full()
        self.browser.start_search()
        self.show_keys()

    def action_back(self) -> None:
        """Leave the whole entry, then what is chosen, then the search, then the place."""
        if self.has_class("-full"):
            self.action_full()
        elif self.browser.chosen:
            self.browser.let_go(tuple(self.browser.chosen))
        elif self.browser.searching:
            self.browser.leave_search()
            self.refresh_page()
        else:
            self.app.call_later(self.app.run_action, "app.back")

    def show_keys(self) -> None:
        if self.is_current and isinstance(self.focused, Input):
            self.query_one(Keys).show(
                [("↵", "to the list"), ("esc", "all entries")], ("f1", "help")
            )
        else:
            super().show_keys()

    def on_descendant_focus(self) -> None:
        self.show_keys()

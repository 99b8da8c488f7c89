"""The Journal, the second place, answers what you did."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Input

from ksbtui import screens
from ksbtui.core.text.text import quoted
from ksbtui.journal.entry.entries import Filter
from ksbtui.presentation import entries as words
from ksbtui.presentation.parts import Block, Group, Head, Row
from ksbtui.screens.entry.answering import Answering
from ksbtui.screens.journal.entry_keys import ENTRY_KEYS
from ksbtui.screens.today.daily_keys import TIMER_KEY, WEEK_KEY
from ksbtui.widgets.lists.long_rows import LongRows
from ksbtui.widgets.lists.row import Columns
from ksbtui.widgets.text.detail import Detail, RichText
from ksbtui.widgets.text.styles import BOLD, MUTED, Line

if TYPE_CHECKING:
    from textual.geometry import Size

    from ksbtui.core.entry.entries import Entry
    from ksbtui.core.text.query import Query

FRESH_SECONDS = 1.0
TYPING_SECONDS = 0.08
"""From the last key of a search to its results."""
LOOKED_THROUGH = 512
"""Hits among which the cursor is found again after a change."""


class JournalPage(Answering):
    """Every entry by week, one of them in full; ``/`` searches."""

    question = "What did I do?"
    first_focus = "LongRows"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "add", tooltip="Log an activity"),
        Binding("e", "edit", "edit", tooltip="Change the entry"),
        Binding("d", "delete", "delete", tooltip="Delete the entry; u brings it back"),
        Binding("slash", "start_search", "search", tooltip="Search: words, phrases, facets"),
        Binding("u", "app.undo", "undo", tooltip="Take the last change back"),
        Binding("q", "answer", "answer", tooltip="Answer what was asked about the entry"),
        Binding("space", "full", "more", tooltip="Read the whole entry"),
        Binding("i", "bring_in", show=False, tooltip="Bring in a log, calendar or notes"),
        WEEK_KEY,
        TIMER_KEY,
        *ENTRY_KEYS,
        Binding("escape", "back", "back", show=False, tooltip="Show all entries again; go back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._entries: dict[str, Entry] = {}
        self._line = ""
        self._query: Query | None = None
        self._at: str | None = None
        self._fresh = ""
        self._gone = ""
        self._size_shown: Size | None = None

    def body(self) -> ComposeResult:
        """Give the list and the entry beside or below it."""
        with Container(id="entries"):
            yield RichText(id="summary")
            yield Input(placeholder='words, "a phrase", ksb:S6, after:2026-03', id="line")
            yield LongRows(classes="tall")
            yield RichText(id="none")
        yield Detail(id="detail")

    def on_mount(self) -> None:
        """Begin on the newest entry, with no search."""
        self.query_one("#line").display = False
        self.query_one("#none").display = False

    def on_resize(self, event: events.Resize) -> None:
        """Say more or less, as there is room."""
        self.fit()
        if self._size_shown not in (None, self.app.size) and self.is_current:
            self.refresh_page()

    def help_blocks(self) -> list[Block]:
        """Explain the search line in the help."""
        return [Head("In a search"), *words.facet_lines()]

    # Filling

    def refresh_page(self) -> None:
        """Fill the list anew; the cursor stays on its entry, or goes to the one just saved."""
        self._entries.clear()
        self._size_shown = self.app.size
        rows = self.query_one(LongRows)
        at = self._at or self._returned() or rows.key
        self._at = None
        weeks = self.journal.listing.weeks()
        total = sum(week.entries for week in weeks)
        if self._line:
            found = self._search(weeks_total=total)
            groups, find = ([Group("", "", found)] if found else []), self._place_in_search
        else:
            groups, find = words.groups(weeks, self.journal.as_at), self.journal.listing.position_of
            found = total
            self.query_one("#summary", RichText).show(words.summary(weeks))
        narrow = self.has_class("-narrow")
        lead = 13 if self._line else 8
        rows.columns = Columns(lead, 9 if narrow else 7, 8, 56)
        rows.show(groups, self._fetch, find, at)
        rows.display = bool(found)
        self._show_none(total, found)
        self._show_detail(at if at in self._entries else None)

    def _search(self, weeks_total: int) -> int:
        """Read the search line, count its hits and say how many there are."""
        from ksbtui.core.text.query import parse_query

        self._query = parse_query(self._line, self.journal.as_at)
        found: int = self.journal.entries.find(self._wanted, limit=0).total
        heading: Line = [("Search", BOLD), (f"  {found:,} of {weeks_total:,}", MUTED)]
        self.query_one("#summary", RichText).show(heading)
        return found

    @property
    def _wanted(self) -> Filter:
        return Filter(search=self._line)

    def _fetch(self, offset: int, limit: int) -> list[Row]:
        """Read a window of the list."""
        from ksbtui.core.text.highlight import highlight

        found = self.journal.entries.find(self._wanted, limit, offset, count=False).entries
        self._entries.update((entry.id, entry) for entry in found)
        failed = self.journal.entries.failed
        return [
            words.row_of(
                entry,
                counts=not failed(entry),
                tags=1 if len(entry.ksbs) != 2 or not self.has_class("-narrow") else 2,
                dated=bool(self._line),
                fresh=entry.id == self._fresh,
                found=highlight(entry.title, self._query) if self._query else (),
            )
            for entry in found
        ]

    def _place_in_search(self, id: str) -> int | None:
        near = self.journal.entries.find(self._wanted, LOOKED_THROUGH, count=False).entries
        return next((index for index, entry in enumerate(near) if entry.id == id), None)

    def _returned(self) -> str | None:
        """The entry that an undo has brought back, if it was deleted here."""
        if self._gone and self.journal.listing.position_of(self._gone) is not None:
            back, self._gone = self._gone, ""
            return back
        return None

    def _show_none(self, total: int, found: int) -> None:
        """Say what to press where there is nothing to list."""
        none = self.query_one("#none", RichText)
        none.display = not found
        if not total:
            none.show("Nothing logged yet. Press a for your first activity.")
        elif not found:
            none.show("No entry matches. esc shows all.", None, *words.facet_lines())

    # The entry under the cursor

    @property
    def entry_in_hand(self) -> Entry | None:
        """The entry under the cursor."""
        return self._entry

    @property
    def _entry(self) -> Entry | None:
        key = self.query_one(LongRows).key
        return self._entries.get(key) if key else None

    def _show_detail(self, key: str | None = None) -> None:
        detail = self.query_one(Detail)
        entry = self._entries.get(key) if key else self._entry
        detail.display = entry is not None and not (
            self.has_class("-tiny") and not self.has_class("-full")
        )
        if entry is None:
            return
        small = self.has_class("-narrow") and not self.has_class("-full")
        draw = words.small_detail if small else words.full_detail
        detail.show(*draw(entry, self.journal, self._query))

    @on(LongRows.Highlighted)
    def _follow(self, event: LongRows.Highlighted) -> None:
        self._show_detail(event.key)
        self.offer_to_answer()

    @on(LongRows.Chosen)
    def _open(self, event: LongRows.Chosen) -> None:
        self.action_full()

    def show_entry(self, id: str) -> None:
        """Put the cursor on an entry, from another place."""
        self._leave_search()
        self._at = id
        self.refresh_page()

    # Keys

    def action_full(self) -> None:
        """Show the entry alone, or the list again."""
        if self._entry is None:
            return
        full = not self.has_class("-full")
        self.set_class(full, "-full")
        (self.query_one(Detail) if full else self.query_one(LongRows)).focus()
        self._show_detail()

    def action_add(self) -> None:
        """Open the form for a new entry."""
        from ksbtui.screens.entry.form import EntryForm

        self.app.push_screen(EntryForm(), self._saved)

    def action_edit(self) -> None:
        """Open the form on the entry under the cursor."""
        from ksbtui.screens.entry.form import EntryForm

        if (entry := self._entry) is not None:
            self.app.push_screen(EntryForm(entry.id), self._saved)

    def action_delete(self) -> None:
        """Delete the entry under the cursor; undo brings it back."""
        if (entry := self._entry) is None:
            return
        self.journal.entries.delete([entry.id])
        self._gone = entry.id
        self.shell.changed()
        self.shell.say(f"Deleted {quoted(entry.title)}. u undoes it.")

    def _saved(self, id: str | None) -> None:
        """Show a saved entry under the cursor, bold for a second."""
        if id is None:
            return
        self._at = self._fresh = id
        if self._line and self._place_in_search(id) is None:
            self._leave_search()
        self.refresh_page()
        self.set_timer(FRESH_SECONDS, self._settle)

    def _settle(self) -> None:
        self._fresh = ""
        if self.is_current:
            self.refresh_page()

    def action_bring_in(self) -> None:
        """Open the form that imports a file."""
        self.app.push_screen(screens.form("import"))

    # Searching

    def action_start_search(self) -> None:
        """Open the search line."""
        if self.has_class("-full"):
            self.action_full()
        line = self.query_one("#line", Input)
        line.display = True
        line.focus()
        self.show_keys()

    def action_back(self) -> None:
        """Leave the whole entry, then the search, then the place."""
        if self.has_class("-full"):
            self.action_full()
        elif self.query_one("#line").display:
            self._leave_search()
            self.refresh_page()
        else:
            self.app.call_later(self.app.run_action, "app.back")

    def _leave_search(self) -> None:
        line = self.query_one("#line", Input)
        with line.prevent(Input.Changed):
            line.value = ""
        line.display = False
        self._line, self._query = "", None
        self.query_one(LongRows).display = True
        self.query_one(LongRows).focus()

    @on(Input.Changed, "#line")
    def _typed(self, event: Input.Changed) -> None:
        self.set_timer(TYPING_SECONDS, self._look)

    def _look(self) -> None:
        typed = self.query_one("#line", Input).value
        if typed != self._line:
            self._line = typed
            if not typed.strip():
                self._line, self._query = "", None
            self.refresh_page()

    @on(Input.Submitted, "#line")
    def _to_list(self) -> None:
        self._look()
        self.query_one(LongRows).focus()

    def on_key(self, event: events.Key) -> None:
        """Go down from the search line into what it found."""
        if event.key == "down" and isinstance(self.focused, Input):
            event.stop()
            self._to_list()

    def show_keys(self) -> None:
        """While a search is typed, name the keys of the search."""
        from ksbtui.widgets.frame.footer import Keys

        if self.is_current and isinstance(self.focused, Input):
            self.query_one(Keys).show(
                [("↵", "to the list"), ("esc", "all entries")], ("f1", "help")
            )
        else:
            super().show_keys()

    def on_descendant_focus(self) -> None:
        """Keep the footer true."""
        self.show_keys()

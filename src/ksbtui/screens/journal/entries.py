"""The list of the Journal: entries by week, or what a search finds, and how many there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Input

from ksbtui.core.entry.entries import Filter
from ksbtui.presentation import entries as words
from ksbtui.presentation.parts import (
    BOLD,
    CHOSEN_BOX,
    FREE_BOX,
    MUTED,
    PLAIN,
    Group,
    Head,
    Line,
    Row,
)
from ksbtui.presentation.today import what_counts
from ksbtui.widgets.lists.listing import Columns
from ksbtui.widgets.lists.long_rows import LongRows
from ksbtui.widgets.text.blocks import Detail, RichText
from ksbtui.widgets.text.drawing import is_small

if TYPE_CHECKING:
    from ksbtui.core.entry.entries import Entry
    from ksbtui.core.text.query import Query
    from ksbtui.journal.entry.search import Respelt
    from ksbtui.journal.journal import Journal

FRESH_SECONDS = 1.0
TYPING_SECONDS = 0.08
"""From the last key of a search to its results."""
ROWS_AROUND = 8
YOUNG_FROM = 19
"""Lines around the list, and those that must be left below it for the panel."""
MOST_CHOSEN = 1_000
"""Entries that are chosen at once."""
LOOKED_THROUGH = 512
"""Hits among which the cursor is found again after a change."""


class EntryBrowser(Container):
    """The summary, the search line and the list; ``on_filled`` is called after a search."""

    def __init__(self, journal: Journal, on_filled: Callable[[], None]) -> None:
        super().__init__(id="entries")
        self.query_shown: Query | None = None
        """What is searched for; None while every entry is shown."""
        self.chosen: dict[str, None] = {}
        """Ids of the entries chosen to be changed together, in their order."""
        self._journal = journal
        self._on_filled = on_filled
        self._entries: dict[str, Entry] = {}
        self._line = ""
        self._respelt: Respelt | None = None
        self._at: str | None = None
        self._fresh = ""
        self._gone = ""

    def compose(self) -> ComposeResult:
        yield RichText(id="summary")
        line = Input(placeholder='words, "a phrase", ksb:S6, after:2026-03', id="line")
        line.display = False
        yield line
        yield LongRows(classes="tall")
        none = RichText(id="none")
        none.display = False
        yield none
        young = RichText(id="young")
        young.display = False
        yield young

    @property
    def entry(self) -> Entry | None:
        key = self.query_one(LongRows).key
        return self._entries.get(key) if key else None

    @property
    def wanted(self) -> Filter:
        return Filter(search=self._respelt.line if self._respelt else self._line)

    @property
    def searching(self) -> bool:
        return self.query_one("#line").display

    # Filling

    def fill(self) -> None:
        """Fill the list anew; the cursor stays on its entry, or goes to the one just saved."""
        self._entries.clear()
        rows = self.query_one(LongRows)
        at = self._at or self._returned() or rows.key
        self._at = None
        weeks = self._journal.listing.weeks()
        total = hits = sum(week.entries for week in weeks)
        if self._line:
            hits = self._search(total)
            groups, find = ([Group("", "", hits)] if hits else []), self._place_in_search
        else:
            groups = words.groups(weeks, self._journal.as_at)
            find = self._journal.listing.position_of
            self.query_one("#summary", RichText).show(words.summary(weeks))
        if self.chosen:
            self.query_one("#summary", RichText).show(words.chosen_line(len(self.chosen)))
        boxes = 4 if self.chosen else 0
        lead = (13 if self._line else 8) + boxes
        rows.columns = Columns(lead, 9 if self._narrow else 7, 8, 56)
        rows.show(groups, self._fetch, find, at)
        self._show_rows(rows, any_found=bool(hits))
        self._show_none(total, hits)
        self._show_young(rows)

    def _show_young(self, rows: LongRows) -> None:
        """Below a list that leaves half of the screen empty, say what is worth reading."""
        room = self.app.size.height - ROWS_AROUND - rows.height_in_lines
        young = self.query_one("#young", RichText)
        small = is_small(self)
        fits = room >= YOUNG_FROM and not (small or self._line)
        self.set_class(fits, "-young")
        young.display = fits
        if fits:
            view = self._journal.progress.view
            counts = [] if rows.count else [None, Head("What counts"), *what_counts(view)]
            young.show(*words.young_blocks(self._journal), *counts)

    def _show_rows(self, rows: LongRows, *, any_found: bool) -> None:
        """Show or hide the list; its keys never go to the search line when it empties."""
        if not any_found and rows.has_focus:
            self.screen.set_focus(None)
        rows.display = any_found
        if any_found and self.screen.focused is None:
            rows.focus()

    @property
    def _narrow(self) -> bool:
        return self.screen.has_class("-narrow")

    def _search(self, total: int) -> int:
        from ksbtui.core.text.query import parse_query  # deferred: only a search needs these

        self._respelt = None
        hits: int = self._journal.entries.find(self.wanted, limit=0).total
        if not hits:
            self._respelt = self._journal.searching.respelt(self._line)
            if self._respelt:
                hits = self._journal.entries.find(self.wanted, limit=0).total
        self.query_shown = parse_query(self.wanted.search, self._journal.as_at)
        heading: Line = [("Search", BOLD), (f"  {hits:,} of {total:,}", MUTED)]
        if self._respelt:
            heading.append((f"  {self._respelt.said}", PLAIN))
        self.query_one("#summary", RichText).show(heading)
        return hits

    def _fetch(self, offset: int, limit: int) -> list[Row]:
        from ksbtui.core.text.terms import highlight

        entries = self._journal.entries.find(self.wanted, limit, offset, count=False).entries
        self._entries.update((entry.id, entry) for entry in entries)
        failed, query = self._journal.entries.failed, self.query_shown
        rows = [
            words.row_of(
                entry,
                counts=not failed(entry),
                tags=1 if len(entry.ksbs) != 2 or not self._narrow else 2,
                dated=bool(self._line),
                fresh=entry.id == self._fresh,
                found=highlight(entry.title, query) if query else (),
            )
            for entry in entries
        ]
        if not self.chosen:
            return rows
        boxes = {True: CHOSEN_BOX, False: FREE_BOX}
        return [replace(row, lead=f"{boxes[row.key in self.chosen]} {row.lead}") for row in rows]

    def _place_in_search(self, id: str) -> int | None:
        near = self._journal.entries.find(self.wanted, LOOKED_THROUGH, count=False).entries
        return next((index for index, entry in enumerate(near) if entry.id == id), None)

    def _returned(self) -> str | None:
        """The entry that an undo has brought back, if it was deleted here."""
        if self._gone and self._journal.listing.position_of(self._gone) is not None:
            back, self._gone = self._gone, ""
            return back
        return None

    def _show_none(self, total: int, hits: int) -> None:
        none = self.query_one("#none", RichText)
        none.display = not hits
        if not total:
            none.show("Nothing logged yet. Press a for your first activity.")
        elif not hits:
            none.show("No entry matches. esc shows all.", None, *words.facet_lines())

    # What happened to an entry

    def go_to(self, id: str) -> None:
        self.leave_search()
        self._at = id
        self.fill()

    def saved(self, id: str) -> None:
        self._at = self._fresh = id
        if self._line and self._place_in_search(id) is None:
            self.leave_search()
        self.fill()
        self.set_timer(FRESH_SECONDS, self._settle)

    def deleted(self, id: str) -> None:
        """Remember a deleted entry: an undo puts the cursor back on it."""
        self._gone = id

    def _settle(self) -> None:
        self._fresh = ""
        if self.screen.is_current:
            self.fill()

    # Choosing several

    def choose(self) -> None:
        if (entry := self.entry) is None:
            return
        if entry.id in self.chosen:
            del self.chosen[entry.id]
        else:
            self.chosen[entry.id] = None
        self.query_one(LongRows).action_step(1)
        self.fill()

    def choose_all(self) -> bool:
        """Choose every entry listed, or none where some are; tells whether that was all."""
        if self.chosen:
            self.let_go(tuple(self.chosen))
            return True
        page = self._journal.entries.find(self.wanted, MOST_CHOSEN)
        self.chosen = dict.fromkeys(entry.id for entry in page.entries)
        self.fill()
        return page.total <= MOST_CHOSEN

    def let_go(self, ids: tuple[str, ...]) -> None:
        self.chosen = {id: None for id in self.chosen if id not in ids}
        self.fill()

    # Searching

    def start_search(self) -> None:
        line = self.query_one("#line", Input)
        line.display = True
        line.focus()

    def leave_search(self) -> None:
        line = self.query_one("#line", Input)
        with line.prevent(Input.Changed):
            line.value = ""
        line.display = False
        self._forget_search()
        self.query_one(LongRows).display = True
        self.query_one(LongRows).focus()

    def _forget_search(self) -> None:
        self._line, self.query_shown, self._respelt = "", None, None

    @on(Input.Changed, "#line")
    def _typed(self, event: Input.Changed) -> None:
        self.set_timer(TYPING_SECONDS, self._look)

    def _look(self) -> None:
        typed = self.query_one("#line", Input).value
        if typed != self._line:
            self._line = typed
            if not typed.strip():
                self._forget_search()
            self.fill()
            self._on_filled()

    @on(Input.Submitted, "#line")
    def _to_list(self) -> None:
        self._look()
        self.query_one(LongRows).focus()

    def on_key(self, event: events.Key) -> None:
        if event.key == "down" and isinstance(self.screen.focused, Input):
            event.stop()
            self._to_list()


class EntryDetail(Detail):
    """One entry: a few lines of it where there is little room, else all."""

    def show_entry(self, entry: Entry | None, journal: Journal, query: Query | None) -> None:
        screen = self.screen
        whole = screen.has_class("-full")
        self.display = entry is not None and (whole or not screen.has_class("-tiny"))
        if entry is not None:
            small = screen.has_class("-narrow") and not whole
            draw = words.small_detail if small else words.full_detail
            self.show(*draw(entry, journal, query))

"""Choosing entries from a list, so that nobody has to type an id."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ksbtui.core.entry.entries import Entry
from ksbtui.presentation.parts import Row
from ksbtui.screens.entry.entry_list import EntryList, Listing
from ksbtui.widgets.frame.symbols import CHOSEN_BOX, FREE_BOX
from ksbtui.widgets.lists.long_rows import LongRows
from ksbtui.widgets.lists.row import Columns
from ksbtui.widgets.text.detail import Detail


class EntryChooser(EntryList):
    """Entries of one filter, newest first; ↵ takes one or lets it go, esc hands them over."""

    title_text = "Choose entries"
    question: ClassVar[str] = "Which entries show it?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "choose", tooltip="Take the entry, or let it go"),
        Binding("space", "open", show=False),
        Binding("escape", "leave", "done", tooltip="Go back with those chosen"),
    ]

    def __init__(
        self, listing: Listing, chosen: Iterable[str], then: Callable[[tuple[str, ...]], None]
    ) -> None:
        super().__init__(listing)
        self._chosen = dict.fromkeys(chosen)
        self._then = then

    def body(self) -> ComposeResult:
        """Give the list with boxes, and the entry under the cursor."""
        columns = Columns(lead=12, tags=10, figure=11, tags_from=64)
        yield LongRows(columns=columns, classes="tall")
        yield Detail(focusable=False)

    def _row(self, entry: Entry) -> Row:
        row = super()._row(entry)
        box = CHOSEN_BOX if entry.id in self._chosen else FREE_BOX
        return replace(row, lead=f"{box} {row.lead}", muted=False)

    def action_open(self) -> None:
        """Take the entry under the cursor, or let it go."""
        rows = self.query_one(LongRows)
        if (key := rows.key) is None:
            return
        if key in self._chosen:
            del self._chosen[key]
        else:
            self._chosen[key] = None
        self._seen = -1
        self.sync()

    def action_leave(self) -> None:
        """Go back with those chosen."""
        self._then(tuple(self._chosen))
        self.dismiss(None)

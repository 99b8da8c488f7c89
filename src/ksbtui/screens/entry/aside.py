"""What stands beside the fields of an entry: the verdict, what the words suggest, what changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from ksbtui.presentation.parts import Block, Row
from ksbtui.widgets.frame.section import Section
from ksbtui.widgets.lists.row import Columns
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.detail import RichText


class Aside(VerticalScroll, can_focus=False):
    """Verdict, suggestions (the one part that takes the cursor), and what saving would change."""

    def compose(self) -> ComposeResult:
        """Set them one below the other; there is nothing to suggest yet."""
        yield RichText(id="verdict")
        head = Section("Your words suggest", "↵ tags it", classes="apart", id="suggested-head")
        rows = Rows(columns=Columns(lead=6), roomy=True, id="suggested")
        head.display = rows.display = rows.can_focus = False
        yield head
        yield rows
        yield RichText(id="would")

    def show(self, verdict: Iterable[Block], would: Iterable[Block]) -> None:
        """Set the verdict and what saving would change."""
        self.query_one("#verdict", RichText).show(*verdict)
        self.query_one("#would", RichText).show(*would)

    def suggest(self, found: Sequence[Row]) -> None:
        """Set the suggestions; without any the cursor goes back to the fields."""
        rows = self.query_one("#suggested", Rows)
        if not found and not rows.display:
            return
        if rows.has_focus and not found:
            self.screen.focus_previous()
        rows.show(found)
        rows.can_focus = rows.display = bool(found)
        self.query_one("#suggested-head").display = bool(found)

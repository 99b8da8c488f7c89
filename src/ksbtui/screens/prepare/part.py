"""The base of Prepare's parts: a list, and the detail of what the cursor is on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from ksbtui.presentation.parts import Block, Row
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.lists.row import Columns
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.detail import Detail, RichText


class Part(Modal[None]):
    """A part gives `fill` (top lines and rows), `detail` of a key, and its own keys.

    It is filled again whenever the journal has changed.
    """

    CSS_PATH = "part.tcss"
    BINDINGS: ClassVar[list[BindingType]] = []
    columns: ClassVar[Columns] = Columns()
    roomy: ClassVar[bool] = False

    def body(self) -> ComposeResult:
        """Give the lines on top, the list and the detail."""
        top = RichText()
        top.id = "top"
        yield top
        with Container(classes="columns"):
            with Container(classes="main"):
                yield Rows(columns=self.columns, roomy=self.roomy, id="list", classes="tall")
            yield Detail(id="detail", focusable=False)

    def on_mount(self) -> None:
        """Fill the part and listen for changes."""
        self.shell.journal_changed.subscribe(self, lambda _: self.show_part())
        self.show_part()

    def fill(self) -> tuple[Sequence[Block], Sequence[Row]]:
        """Give the lines on top and the rows of the list."""
        raise NotImplementedError

    def detail(self, key: str) -> Sequence[Block]:
        """Give what is known of the row under the cursor."""
        raise NotImplementedError

    @property
    def key(self) -> str:
        """The key of the row under the cursor; empty where there is none."""
        return self.query_one("#list", Rows).key or ""

    def show_part(self, at: str | None = None) -> None:
        """Fill everything again, the cursor on ``at`` or where it was."""
        top, rows = self.fill()
        self.query_one("#top", RichText).show(*top)
        self.query_one("#list", Rows).show(rows, at)
        self._show_detail()
        self.show_keys()

    @on(Rows.Highlighted)
    def _follow(self) -> None:
        self._show_detail()
        self.show_keys()

    @on(Rows.Chosen)
    async def _choose(self) -> None:
        await self.app.run_action("choose", self)

    def action_choose(self) -> None:
        """What ↵ does with the row under the cursor."""

    def _show_detail(self) -> None:
        blocks = self.detail(self.key)
        self.query_one("#detail", Detail).show(*blocks)

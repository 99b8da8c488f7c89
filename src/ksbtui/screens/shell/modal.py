"""The base of full-screen forms and modes, and of those that are a list with a detail.

A title row stands instead of tabs, and ``esc`` goes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.screen import Screen

from ksbtui.presentation.parts import Block, Row
from ksbtui.screens.shell.keys import footer_hints, help_hint
from ksbtui.screens.shell.messages import Notice
from ksbtui.screens.shell.page import OnShell, fit
from ksbtui.widgets.frame.bars import TitleBar
from ksbtui.widgets.frame.keys import Command, Keys
from ksbtui.widgets.lists.listing import Columns
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.blocks import Detail, RichText

Result = TypeVar("Result")


BACK = Command("app.back", "escape", "back", "Go back", action="leave")


class Modal(OnShell, Screen[Result], Generic[Result]):
    """A screen pushed over a place, which keeps digits and letters for itself.

    A sheet gives `title_text`, `question`, `body`, and, if text is typed in it, sets
    `types_text` (help is then ``f1``, as ``?`` is text) and `keep_draft`, which must save
    whatever is unsaved at once: it is called on leaving and when the terminal closes.
    """

    title_text: ClassVar[str] = ""
    question: ClassVar[str] = ""
    types_text: ClassVar[bool] = False
    BINDINGS: ClassVar[list[BindingType]] = [
        BACK,
        Command("app.next-field", "tab", action="app.focus_next", priority=True),
        Command("app.previous-field", "shift+tab", action="app.focus_previous", priority=True),
        Command("app.help", "question_mark,f1", "", "Show the keys", action="app.show_help"),
    ]

    def body(self) -> ComposeResult:
        yield from ()

    def keep_draft(self) -> None:
        """Save what has been typed and not yet saved."""

    def compose(self) -> ComposeResult:
        fit(self)
        yield TitleBar(self.title_text)
        yield Notice()
        with Container(id="body"):
            yield from self.body()
        yield Keys()

    def on_mount(self) -> None:
        """Be known to the app, which saves open drafts when it must leave."""
        self.shell.open_sheets.append(self)
        self.bindings_updated_signal.subscribe(self, lambda _: self.show_keys())
        self.show_keys()

    def on_unmount(self) -> None:
        if self in self.shell.open_sheets:
            self.shell.open_sheets.remove(self)

    def on_resize(self, event: events.Resize) -> None:
        fit(self)

    def show_keys(self) -> None:
        if self.is_current:
            hints = footer_hints(self, (BACK,))
            self.query_one(Keys).show(hints, help_hint(self.shell, typed=self.types_text))

    def action_leave(self) -> None:
        self.keep_draft()
        self.dismiss(None)


class Part(Modal[None]):
    """It gives `fill` (top lines and rows), `detail` of a key, and its own keys.

    It is filled again whenever the journal has changed.
    """

    CSS_PATH = Path(__file__).with_name("part.tcss")
    columns: ClassVar[Columns] = Columns()
    roomy: ClassVar[bool] = False

    def body(self) -> ComposeResult:
        top = RichText()
        top.id = "top"
        yield top
        with Container(classes="columns"):
            with Container(classes="main"):
                yield Rows(columns=self.columns, roomy=self.roomy, id="list", classes="tall")
            yield Detail(id="detail", focusable=False)

    def on_mount(self) -> None:
        self.shell.journal_changed.subscribe(self, lambda _: self.show_part())
        self.show_part()

    def fill(self) -> tuple[Sequence[Block], Sequence[Row]]:
        """The lines on top and the rows of the list."""
        raise NotImplementedError

    def detail(self, key: str) -> Sequence[Block]:
        """What is known of the row under the cursor."""
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

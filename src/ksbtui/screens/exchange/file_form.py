"""A form around one file: its path and a few words, and below what would happen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.timer import Timer
from textual.widgets import Input

from ksbtui.errors import KsbtuiError
from ksbtui.presentation.parts import Block
from ksbtui.screens.exchange.import_log import LOOK_SECONDS, PathSuggester
from ksbtui.screens.shell.modal import Modal
from ksbtui.store.files.paths import typed_path
from ksbtui.widgets.forms.field import Field
from ksbtui.widgets.frame.command import Command
from ksbtui.widgets.text.detail import Detail
from ksbtui.widgets.text.styles import MUTED, REFUSED

WRITE = Command("file.act", "ctrl+s", "write", "Write the file", priority=True)
TAKE_IN = Command("file.act", "ctrl+s", "take in", "Take in what is shown", priority=True)
"""What ctrl+s does in a form; each form declares its own."""


class FileForm(Modal[bool]):
    """Asks for :attr:`fields`, tells what :meth:`look` gives, and acts on ctrl+s.

    A form gives `fields` (name, label, hint; the first is the path), `look`, which may raise
    `KsbtuiError`, and `act`, which does it and gives what to say.
    """

    CSS_PATH = "file_form.tcss"
    types_text = True
    fields: ClassVar[Sequence[tuple[str, str, str]]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("file.page-down", "pagedown", action="page(1)"),
        Command("file.page-up", "pageup", action="page(-1)"),
    ]
    _waiting: Timer | None = None

    def body(self) -> ComposeResult:
        """Give the fields and what would happen."""
        with Vertical(id="asked"):
            for name, label, hint in self.fields:
                field = Input(id=name, placeholder=hint, compact=True, select_on_focus=False)
                field.cursor_blink = False
                yield Field(label, field)
        yield Detail(id="told", focusable=False)

    def on_mount(self) -> None:
        """Begin at the path."""
        path = self.query_one(f"#{self.fields[0][0]}", Input)
        path.suggester = PathSuggester()
        path.focus()
        self.look_again()

    def value(self, name: str) -> str:
        """What stands in a field."""
        return self.query_one(f"#{name}", Input).value.strip()

    @property
    def path(self) -> Path:
        """The file that is named."""
        return typed_path(self.value(self.fields[0][0]).strip("'\""))

    def look(self) -> Sequence[Block]:
        """Tell what would happen."""
        raise NotImplementedError

    def act(self) -> str:
        """Do it; gives what to say."""
        raise NotImplementedError

    @on(Input.Changed)
    def _typed(self) -> None:
        if self._waiting:
            self._waiting.stop()
        self._waiting = self.set_timer(LOOK_SECONDS, self.look_again)

    @on(Input.Submitted)
    def _next(self) -> None:
        self.focus_next(Input)

    def look_again(self) -> None:
        """Tell what would happen as the form stands now."""
        try:
            blocks = self.look()
        except KsbtuiError as refusal:
            blocks = [[(refusal.message, REFUSED)], [(refusal.hint, MUTED)]]
        self.query_one("#told", Detail).show(*blocks)

    def action_act(self) -> None:
        """Do it, say so and leave."""
        self.shell.say(self.act())
        self.dismiss(True)

    def action_page(self, pages: int) -> None:
        """Scroll what is told."""
        told = self.query_one("#told", Detail)
        told.scroll_relative(y=pages * max(1, told.size.height - 2), animate=False)

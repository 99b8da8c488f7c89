"""The forms that ask for a file and say what would happen with it, as it is typed."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.suggester import Suggester
from textual.timer import Timer
from textual.widgets import Input

from ksbtui.presentation.parts import MUTED, Block
from ksbtui.screens.shell.modal import Modal
from ksbtui.store.files.paths import typed_path
from ksbtui.widgets.forms.dialogs import Field, line_input
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.text.blocks import Detail

LOOK_SECONDS = 0.4
"""From the last key to the next look at the file."""


class PathSuggester(Suggester):
    """Offers the first file or folder whose path begins as typed."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        return complete_path(value)


def complete_path(value: str) -> str | None:
    """The path that a typed beginning may mean, spelt as typed up to there."""
    folder, _, name = value.rpartition("/")
    place = typed_path(f"{folder}/" if "/" in value else ".")
    if not name:
        return None
    try:
        names = sorted(
            (entry.name, entry.is_dir())
            for entry in os.scandir(place)
            if entry.name.startswith(name)
        )
    except OSError:
        return None
    if not names:
        return None
    first, is_folder = names[0]
    return f"{value[: len(value) - len(name)]}{first}{'/' if is_folder else ''}"


class FileForm(Modal[bool]):
    """Asks for :attr:`fields` (name, label, hint; the first is the path).

    `look` says what would happen, soon after the last key; `forget` is called at once. What is
    said takes keys of its own where it `scrolls`.
    """

    CSS_PATH = "file_form.tcss"
    types_text = True
    fields: ClassVar[Sequence[tuple[str, str, str]]] = ()
    scrolls: ClassVar[bool] = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("file.page-down", "pagedown", action="page(1)"),
        Command("file.page-up", "pageup", action="page(-1)"),
    ]
    _waiting: Timer | None = None

    def body(self) -> ComposeResult:
        with Vertical(id="asked"):
            for name, label, hint in self.fields:
                line = line_input(id=name, hint=hint, compact=True, select_on_focus=False)
                yield Field(label, line)
        yield Detail(id="told", focusable=self.scrolls)

    def on_mount(self) -> None:
        path = self.query_one(f"#{self.fields[0][0]}", Input)
        path.suggester = PathSuggester()
        path.focus()
        self.look()

    def look(self) -> None:
        """Say what would happen as the form stands now."""
        raise NotImplementedError

    def forget(self) -> None:
        """Forget what was last looked at: something was typed."""

    def value(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    @property
    def path(self) -> Path:
        return typed_path(self.value(self.fields[0][0]).strip("'\""))

    def tell(self, *blocks: Block) -> None:
        self.query_one("#told", Detail).show(*blocks)

    @on(Input.Changed)
    def _typed(self) -> None:
        self.forget()
        if self._waiting:
            self._waiting.stop()
        self._waiting = self.set_timer(LOOK_SECONDS, self.look)

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        self.entered(event.input)

    def entered(self, line: Input) -> None:
        """Go on from a field in which ↵ was pressed."""
        self.focus_next(Input)

    def action_page(self, pages: int) -> None:
        page = self.query_one("#told", Detail)
        page.scroll_relative(y=pages * max(1, page.size.height - 2), animate=False)


def say_and_do(form: FileForm, words: str, do: Callable[[], None]) -> None:
    """Say what is being done, and do it once that can be read: it may take seconds."""

    def attempt() -> None:
        with form.shell.guarded():
            do()
            return
        form.look()

    form.tell([(words, MUTED)])
    form.call_after_refresh(attempt)

"""The base of the small dialogs: a filled box over a dimmed screen, ``esc`` leaves."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.screen import ModalScreen

from ksbtui.presentation.parts import Block
from ksbtui.widgets.frame.command import Command
from ksbtui.widgets.text.detail import RichText

Result = TypeVar("Result")


class Dialog(ModalScreen[Result | None], Generic[Result]):
    """A question over the screen, answered by a typed result or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Command("app.back", "escape", "", "back", action="leave")
    ]

    def __init__(self, *blocks: Block) -> None:
        super().__init__()
        self._blocks = blocks

    def compose(self) -> ComposeResult:
        """Frame the question and what answers it."""
        with Container(id="box"):
            yield RichText(*self._blocks)
            yield from self.answers()

    def answers(self) -> ComposeResult:
        """Give the widgets that answer the question."""
        yield from ()

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

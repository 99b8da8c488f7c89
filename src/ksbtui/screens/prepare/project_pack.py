"""The review pack as it stands, to read before it is exported."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from ksbtui.presentation.parts import Block
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.text.detail import Detail
from ksbtui.widgets.text.styles import MUTED


class PackScreen(Modal[None]):
    """Shows the pack's text; ``ksbtui export`` makes a document of it."""

    title_text = "Review pack"
    question: ClassVar[str] = "Would a stranger follow it, and is nothing confidential in it?"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def body(self) -> ComposeResult:
        """Give the text, line by line as the writer broke it."""
        said = "Read it as a stranger would. ksbtui project pack prints it."
        blocks: list[Block] = [[(said, MUTED)], None, self._text]
        yield Detail(*blocks, id="pack")

"""A one-line dialog whose answer is read by a given function, a refusal shown below it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from ksbtui.errors import KsbtuiError
from ksbtui.presentation.parts import Block
from ksbtui.widgets.forms.dialog import Dialog
from ksbtui.widgets.text.detail import RichText
from ksbtui.widgets.text.styles import BOLD, MUTED, REFUSED

Value = TypeVar("Value")


class Ask(Dialog[Value], Generic[Value]):
    """Answers with what ``read`` makes of the text, or None.

    ``read`` raises `KsbtuiError` for text it cannot take. What it understood is said
    back while typing by ``echo``, if given.
    """

    def __init__(
        self,
        title: str,
        read: Callable[[str], Value],
        *,
        value: str = "",
        text: str = "",
        echo: Callable[[Value], str] | None = None,
    ) -> None:
        words: list[Block] = [[(title, BOLD)]]
        if text:
            words.append([(text, MUTED)])
        super().__init__(*words)
        self._read, self._echo, self._value = read, echo, value

    def answers(self) -> ComposeResult:
        """Give the field and the line below it."""
        field = Input(self._value)
        field.cursor_blink = False
        yield field
        below = RichText(None)
        below.id = "below"
        yield below

    @on(Input.Changed)
    def _say_back(self, event: Input.Changed) -> None:
        below = self.query_one("#below", RichText)
        try:
            said = self._echo(self._read(event.value)) if self._echo and event.value else ""
        except KsbtuiError:
            said = ""
        below.show([(said, MUTED)] if said else None)

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        try:
            answer = self._read(event.value)
        except KsbtuiError as error:
            self.query_one("#below", RichText).show(
                [(error.message, REFUSED)], [(error.hint, MUTED)] if error.hint else None
            )
            return
        self.dismiss(answer)

"""One field of a form: its label, what is typed, what was understood, a refusal below it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Input

from ksbtui.errors import KsbtuiError
from ksbtui.widgets.text.detail import RichText
from ksbtui.widgets.text.styles import MUTED, REFUSED, Line


class EchoField(Container):
    """A labelled input line. The screen says back what it understood, or why it refuses."""

    def __init__(self, label: str, *, id: str, value: str = "") -> None:
        super().__init__(id=id)
        self._label, self._first = label, value

    def compose(self) -> ComposeResult:
        """Set label, input and echo on one line, the refusal on the next."""
        with Container(classes="line"):
            label = RichText([(self._label, MUTED)])
            label.add_class("label")
            yield label
            field = Input(self._first, select_on_focus=True)
            field.cursor_blink = False
            yield field
            echo = RichText(None)
            echo.add_class("echo")
            yield echo
        below = RichText(None)
        below.add_class("below")
        yield below

    @property
    def input(self) -> Input:
        """The line typed in."""
        return self.query_one(Input)

    @property
    def text(self) -> str:
        """What is typed, without outer spaces."""
        return self.input.value.strip()

    def say(self, *words: str) -> None:
        """Say back what was understood."""
        line: Line = [(" ".join(word for word in words if word), MUTED)]
        self.remove_class("-refused")
        self.query_one(".echo", RichText).show(line)

    def refuse(self, error: KsbtuiError) -> None:
        """Say below the field why what is typed cannot be taken, and the way out."""
        self.query_one(".echo", RichText).show(None)
        self.query_one(".below", RichText).show([(error.message, REFUSED)], [(error.hint, MUTED)])
        self.add_class("-refused")

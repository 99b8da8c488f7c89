"""A labelled field of a form, with what it was understood as at its right edge."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget

from ksbtui.widgets.text.drawing import Drawing
from ksbtui.widgets.text.styles import MUTED, PLAIN, REFUSED, Line, cut


class Said(Drawing):
    """One short line: a label, or an echo; ``refused`` says it cannot be read."""

    def __init__(self, text: str = "", *, id: str | None = None, classes: str = "") -> None:
        super().__init__(id=id, classes=classes)
        self._text, self._style = text, MUTED

    def show(self, text: str, *, refused: bool = False) -> None:
        """Set the text."""
        style = REFUSED if refused else MUTED
        if (text, style) != (self._text, self._style):
            self._text, self._style = text, style
            self.redraw()

    def draw(self, width: int) -> list[Line]:
        """Draw the line, right-aligned where it is an echo."""
        text = cut(self._text, width)
        line: Line = [(text, self._style)]
        return [[(" " * (width - len(text)), PLAIN), *line] if self.has_class("echo") else line]


class Field(Horizontal):
    """A label, a widget to type or pick in, and an echo."""

    def __init__(self, label: str, widget: Widget, *, echo: bool = False) -> None:
        super().__init__()
        self._label, self._widget, self._echo = label, widget, echo

    def compose(self) -> ComposeResult:
        """Set them side by side."""
        yield Said(self._label, classes="label")
        yield self._widget
        if self._echo:
            yield Said(id=f"{self._widget.id}-echo", classes="echo")

"""A field that holds one of a few values, shown as text; ↵ opens the list, ← → step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message

from ksbtui.presentation.parts import Row
from ksbtui.widgets.forms.choose import Choose
from ksbtui.widgets.frame.command import Command
from ksbtui.widgets.text.drawing import Drawing
from ksbtui.widgets.text.styles import MUTED, PLAIN, Line, spread


class Pick(Drawing):
    """One of ``options``, each (value, label); says `Changed` when another is picked."""

    can_focus = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("pick.open", "enter,space"),
        Command("pick.previous", "left", action="step(-1)"),
        Command("pick.next", "right", action="step(1)"),
    ]

    @dataclass
    class Changed(Message):
        """Another value was picked."""

        pick: Pick
        value: str

        @property
        def control(self) -> Pick:
            """The field."""
            return self.pick

    def __init__(self, title: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._title = title
        self._options: tuple[tuple[str, str], ...] = ()
        self.value = ""

    def show(self, options: Sequence[tuple[str, str]], value: str) -> None:
        """Set the options and the value."""
        self._options = tuple(options)
        self.value = value
        self.redraw()

    def draw(self, width: int) -> list[Line]:
        """Draw the label of the value and the sign that there are others."""
        label = dict(self._options).get(self.value, self.value)
        return [spread([(label, PLAIN)], [("▾", MUTED)], width)]

    def pick(self, value: str) -> None:
        """Take a value."""
        if value != self.value:
            self.value = value
            self.redraw()
            self.post_message(self.Changed(self, value))

    def action_step(self, by: int) -> None:
        """Take the next or previous value."""
        values = [value for value, _ in self._options]
        at = values.index(self.value) + by if self.value in values else 0
        if 0 <= at < len(values):
            self.pick(values[at])

    def action_open(self) -> None:
        """List all values."""
        rows = [Row(f"={value}", label) for value, label in self._options]

        def take(key: str | None) -> None:
            if key is not None:
                self.pick(key[1:])

        self.app.push_screen(Choose(self._title, rows, at=f"={self.value}"), take)

    def on_click(self, event: events.Click) -> None:
        """List all values."""
        self.action_open()

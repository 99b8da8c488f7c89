"""A field that holds one of a few values, shown as text; ↵ opens the list, ← → step.

Typing jumps to the value whose label begins so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message

from ksbtui.presentation.parts import Row
from ksbtui.widgets.forms.choose import Choose, TypeAhead
from ksbtui.widgets.frame.command import Command
from ksbtui.widgets.text.drawing import Drawing
from ksbtui.widgets.text.styles import BOLD, MUTED, PLAIN, Line, cut, spread


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
        self._suggested = ""
        self._typed = TypeAhead()

    def show(self, options: Sequence[tuple[str, str]], value: str) -> None:
        """Set the options and the value."""
        self._options = tuple(options)
        self.value = value
        self.redraw()

    def suggest(self, value: str) -> None:
        """Offer another value beside the one it has; ``+`` takes it. Empty offers none."""
        value = value if value in dict(self._options) and value != self.value else ""
        if value != self._suggested:
            self._suggested = value
            self.redraw()

    def draw(self, width: int) -> list[Line]:
        """Draw the label of the value, what is suggested, and the sign that there are others."""
        labels = dict(self._options)
        label = labels.get(self.value, self.value)
        if not self._suggested:
            return [spread([(label, PLAIN)], [("▾", MUTED)], width)]
        asked = f"{cut(labels[self._suggested], max(0, width - 3))}? "
        return [spread([(label, MUTED)], [(asked, PLAIN), ("+", BOLD)], width)]

    def pick(self, value: str) -> None:
        """Take a value."""
        if value != self.value:
            self.value, self._suggested = value, ""
            self.redraw()
            self.post_message(self.Changed(self, value))

    def on_key(self, event: events.Key) -> None:
        """Take the value that begins with what is typed, or the one suggested."""
        if not event.is_printable or not event.character:
            return
        event.stop()
        if event.character == "+" and self._suggested:
            self.pick(self._suggested)
            return
        found = self._typed.find(event.character, [label for _, label in self._options])
        if found is not None:
            self.pick(self._options[found][0])

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

        self.app.push_screen(
            Choose(self._title, rows, at=f"={self._suggested or self.value}"), take
        )

    def on_click(self, event: events.Click) -> None:
        """List all values."""
        self.action_open()

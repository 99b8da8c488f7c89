"""Fields of a form: a line with its echo, one of a few values, a box for prose."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message
from textual.widgets import Input, TextArea

from ksbtui.core.text.text import clean
from ksbtui.errors import KsbtuiError
from ksbtui.presentation.cells import cut
from ksbtui.presentation.parts import BOLD, MUTED, PLAIN, REFUSED, Line, Row
from ksbtui.widgets.forms.dialogs import Choose, TypeAhead, line_input
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.text.blocks import RichText
from ksbtui.widgets.text.drawing import Drawing, spread


class EchoField(Container):
    """A labelled input line. The screen says back what it understood, or why it refuses."""

    def __init__(self, label: str, *, id: str) -> None:
        super().__init__(id=id)
        self._label = label

    def compose(self) -> ComposeResult:
        with Container(classes="line"):
            yield RichText([(self._label, MUTED)], classes="label")
            yield line_input(select_on_focus=True)
            yield RichText(None, classes="echo")
        yield RichText(None, classes="below")

    @property
    def input(self) -> Input:
        return self.query_one(Input)

    @property
    def text(self) -> str:
        return self.input.value.strip()

    def say(self, *words: str) -> None:
        self.remove_class("-refused")
        self.query_one(".echo", RichText).show([(" ".join(filter(None, words)), MUTED)])

    def refuse(self, error: KsbtuiError) -> None:
        self.query_one(".echo", RichText).show(None)
        self.query_one(".below", RichText).show([(error.message, REFUSED)], [(error.hint, MUTED)])
        self.add_class("-refused")


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
            return self.pick

    def __init__(self, title: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._title = title
        self._options: tuple[tuple[str, str], ...] = ()
        self.value = ""
        self._suggested = ""
        self._typed = TypeAhead()

    def show(self, options: Sequence[tuple[str, str]], value: str) -> None:
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
        labels = dict(self._options)
        label = labels.get(self.value, self.value)
        if not self._suggested:
            return [spread([(label, PLAIN)], [("▾", MUTED)], width)]
        asked = f"{cut(labels[self._suggested], max(0, width - 3))}? "
        return [spread([(label, MUTED)], [(asked, PLAIN), ("+", BOLD)], width)]

    def pick(self, value: str) -> None:
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
        index = self._typed.find(event.character, [label for _, label in self._options])
        if index is not None:
            self.pick(self._options[index][0])

    def action_step(self, by: int) -> None:
        values = [value for value, _ in self._options]
        at = values.index(self.value) + by if self.value in values else 0
        if 0 <= at < len(values):
            self.pick(values[at])

    def action_open(self) -> None:
        rows = [Row(f"={value}", label) for value, label in self._options]

        def take(key: str | None) -> None:
            if key is not None:
                self.pick(key[1:])

        self.app.push_screen(
            Choose(self._title, rows, at=f"={self._suggested or self.value}"), take
        )

    def on_click(self, event: events.Click) -> None:
        self.action_open()


LONGEST = 2_000
"""Characters of a line: a longer one would slow down every key typed into it."""


def folded(text: str, longest: int = LONGEST) -> str:
    """Break lines over ``longest`` characters at their spaces; no other character changes."""
    if len(text) <= longest:
        return text
    return "\n".join(piece for line in text.split("\n") for piece in _pieces(line, longest))


def _pieces(line: str, longest: int) -> list[str]:
    pieces = []
    while len(line) > longest:
        at = line.rfind(" ", 1, longest + 1)
        pieces.append(line[: at if at > 0 else longest])
        line = line[at + 1 :] if at > 0 else line[longest:]
    return [*pieces, line]


class Writing(TextArea):
    """Soft-wrapped prose. Tab leaves it; alt+z redoes, as ctrl+y is the form's."""

    BINDINGS: ClassVar[list[BindingType]] = [Command("text.redo", "alt+z")]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(
            id=id, soft_wrap=True, show_line_numbers=False, tab_behavior="focus", compact=True
        )
        self.cursor_blink = False
        self.highlight_cursor_line = False

    def _recompute_cursor_offset(self) -> None:
        with suppress(ValueError):  # Textual's undo asks for it while the cursor is below the text
            super()._recompute_cursor_offset()  # type: ignore[no-untyped-call]

    def fill(self, text: str) -> None:
        """Set the text; the change cannot be taken back with ctrl+z."""
        self.text = folded(text)

    def put(self, text: str) -> None:
        """Put another text in its place, the cursor at its end; ctrl+z takes it back."""
        self.replace(folded(clean(text)), self.document.start, self.document.end)
        self.move_cursor(self.document.end)

    def on_paste(self, event: events.Paste) -> None:
        """Make a paste fit, before it is inserted as any other."""
        event.text = folded(clean(event.text))

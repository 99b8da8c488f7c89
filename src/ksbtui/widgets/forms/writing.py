"""A box for prose: what is pasted into it is made storable and quick to go on writing in."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.widgets import TextArea

from ksbtui.core.text.text import clean
from ksbtui.widgets.frame.command import Command

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

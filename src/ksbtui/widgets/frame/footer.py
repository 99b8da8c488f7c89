"""The footer: the keys of this screen in order of use, and help at the right edge."""

from __future__ import annotations

from collections.abc import Sequence

from ksbtui.widgets.text.drawing import Drawing
from ksbtui.widgets.text.styles import BOLD, MUTED, PLAIN, Line, spread, width_of

Hint = tuple[str, str]
"""(key as shown, verb)."""
WIDE = 110
MOST, MOST_NARROW = 6, 5
NAMES = {
    "enter": "↵",
    "slash": "/",
    "question_mark": "?",
    "escape": "esc",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "plus": "+",
    "minus": "-",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}


def key_name(key: str) -> str:
    """Give the short name of a Textual key, as the footer and the help show it."""
    return NAMES.get(key, key)


def keys_line(hints: Sequence[Hint], help_hint: Hint, width: int) -> Line:
    """Draw as many keys as fit whole, at most six (five when narrow), then the help key."""
    wide = width >= WIDE
    margin = " " * (3 if wide else 2)
    gap = "   " if wide else "  "
    right: Line = [(help_hint[0], BOLD), (f" {help_hint[1]}", MUTED), (margin, PLAIN)]
    line: Line = [(margin, PLAIN)] if width_of(right) + len(margin) < width else []
    for number, (key, verb) in enumerate(hints[: MOST if wide else MOST_NARROW]):
        item: Line = [(gap if number else "", PLAIN), (key, BOLD), (f" {verb}", MUTED)]
        if width_of(line) + width_of(item) + 2 + width_of(right) > width:
            break
        line += item
    return spread(line, right, width)


class Keys(Drawing):
    """The last row of every screen."""

    def __init__(self) -> None:
        super().__init__()
        self._hints: tuple[Hint, ...] = ()
        self._help: Hint = ("?", "help")

    def show(self, hints: Sequence[Hint], help_hint: Hint = ("?", "help")) -> None:
        """Set the keys, most used first."""
        if (tuple(hints), help_hint) != (self._hints, self._help):
            self._hints, self._help = tuple(hints), help_hint
            self.redraw()

    def draw(self, width: int) -> list[Line]:
        """Draw the one line."""
        return [keys_line(self._hints, self._help, width)]

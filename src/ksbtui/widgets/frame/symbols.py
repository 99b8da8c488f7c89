"""The symbols of the screens, and what stands for each on a terminal without them.

Widgets draw with the symbols; `PlainSymbols` turns them into ASCII on the way to the
terminal, one cell for one cell, so that nothing moves and nothing is forgotten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.filter import LineFilter

from ksbtui.core.coverage.ladder import SYMBOLS
from ksbtui.core.text.plain import ASCII
from ksbtui.widgets.text.styles import DONE, EARLIER, MUTED, Piece

if TYPE_CHECKING:
    from textual.color import Color

STATES = SYMBOLS
"""Coverage, weakest first."""
STATE_STYLES = {
    "none": MUTED,
    "mentioned": MUTED,
    "applied": EARLIER,
    "evidenced": DONE,
    "strong": DONE,
}
TILE_FILLS = {
    "none": "$foreground 6%",
    "mentioned": "$primary 12%",
    "applied": "$primary 28%",
    "evidenced": "$primary 45%",
    "strong": "$primary",
}
"""What a coverage tile is filled with."""

FRAGILE, STALE, SPOKEN, VERIFIED = "¹", "~", "”", "✓"
NOT_COUNTED, DRAFT, ALERT, ASKED = "×", "…", "!", "?"
CHOSEN_BOX, FREE_BOX, CHOSEN_DOT, FREE_DOT = "[x]", "[ ]", "(•)", "( )"
REACHED, AHEAD = "◆", "◇"
COUNTED, MISSING, TO_COME = "▄", "▗", "▁"
POINTER, BAR, HAIRLINE = "↑", "▌", "─"
EIGHTHS = " ▁▂▃▄▅▆▇█"


def state_symbol(state: str) -> Piece:
    """Give the symbol and style of a coverage state."""
    return STATES[state], STATE_STYLES[state]


class PlainSymbols(LineFilter):
    """Writes every symbol as ASCII, for terminals with wide symbols or without UTF-8."""

    TABLE = str.maketrans(ASCII)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Translate the text of ``segments``; widths stay as they are."""
        table = self.TABLE
        return [Segment(text.translate(table), style, control) for text, style, control in segments]

"""The symbols that sentences, rows and drawings use, and the style of each coverage state."""

from __future__ import annotations

from ksbtui.core.coverage.ladder import SYMBOLS
from ksbtui.presentation.styles import DONE, EARLIER, MUTED, Piece

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
MARKS = {"fragile": FRAGILE, "stale": STALE, "rehearsed": SPOKEN, "verified": VERIFIED}
"""The marks of a KSB, the one that matters most first."""
RUNGS = tuple(reversed(STATES))
"""Coverage, strongest first."""
NOT_COUNTED, DRAFT, ALERT, ASKED = "×", "…", "!", "?"
CHOSEN_BOX, FREE_BOX, CHOSEN_DOT, FREE_DOT = "[x]", "[ ]", "(•)", "( )"
REACHED, AHEAD = "◆", "◇"
COUNTED, MISSING, TO_COME = "▄", "▗", "▁"
POINTER, BAR, HAIRLINE, RUNNING = "↑", "▌", "─", "▸"
EIGHTHS = " ▁▂▃▄▅▆▇█"


def state_symbol(state: str) -> Piece:
    """Give the symbol and style of a coverage state."""
    return STATES[state], STATE_STYLES[state]

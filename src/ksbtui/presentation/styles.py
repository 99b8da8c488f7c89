"""What a styled line is: pieces of text with a style each, without a terminal.

A `Piece` is (text, style), a `Line` a list of pieces. A style is a Textual style string over
the standard theme variables, so that every theme works; the named ones below are the whole
vocabulary. Text is never parsed as markup. :mod:`ksbtui.widgets.text.styles` measures, cuts
and paints lines.
"""

from __future__ import annotations

Piece = tuple[str, str]
Line = list[Piece]

PLAIN = ""
BOLD = "bold"
MUTED = "$foreground-muted"
HAIR = "$foreground 12%"
TRACK = "$foreground 25%"
DONE = "$primary"
DONE_BOLD = "bold $primary"
EARLIER = "$primary 55%"
OWED = "$warning"
OWED_BOLD = "bold $warning"
REFUSED = "$error"
PLAN = "$secondary"
GHOST = "$panel"
CHOSEN = "bold $background on $primary"
CURSOR = "on $panel"


def plain(line: Line) -> str:
    """Give a line as text, its no-break spaces plain: what a command prints of it."""
    return "".join(text for text, _ in line).replace("\u00a0", " ")

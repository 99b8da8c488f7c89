"""What replaces each symbol on a terminal without it.

`PlainSymbols` turns the symbols of :mod:`ksbtui.presentation.parts` into ASCII on the way
to the terminal, one cell for one cell, so that nothing moves and nothing is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.filter import LineFilter

from ksbtui.core.text.text import ASCII
from ksbtui.presentation.parts import (
    AHEAD,
    ALERT,
    ASKED,
    BAR,
    CHOSEN_BOX,
    CHOSEN_DOT,
    COUNTED,
    DRAFT,
    EIGHTHS,
    FRAGILE,
    FREE_BOX,
    FREE_DOT,
    HAIRLINE,
    MISSING,
    NOT_COUNTED,
    POINTER,
    REACHED,
    SPOKEN,
    STALE,
    STATE_STYLES,
    STATES,
    TILE_FILLS,
    TO_COME,
    VERIFIED,
    state_symbol,
)

if TYPE_CHECKING:
    from textual.color import Color

__all__ = [
    "AHEAD",
    "ALERT",
    "ASKED",
    "BAR",
    "CHOSEN_BOX",
    "CHOSEN_DOT",
    "COUNTED",
    "DRAFT",
    "EIGHTHS",
    "FRAGILE",
    "FREE_BOX",
    "FREE_DOT",
    "HAIRLINE",
    "MISSING",
    "NOT_COUNTED",
    "POINTER",
    "REACHED",
    "SPOKEN",
    "STALE",
    "STATES",
    "STATE_STYLES",
    "TILE_FILLS",
    "TO_COME",
    "VERIFIED",
    "PlainSymbols",
    "state_symbol",
]


class PlainSymbols(LineFilter):
    """Writes every symbol as ASCII, for terminals with wide symbols or without UTF-8."""

    TABLE = str.maketrans(ASCII)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Translate the text of ``segments``; widths stay as they are."""
        table = self.TABLE
        return [Segment(text.translate(table), style, control) for text, style, control in segments]

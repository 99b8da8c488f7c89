"""Themes, and what replaces each symbol on a terminal without it.

A dark theme and a light one, and the same two for comfortable reading. Widgets use standard
variables only, so any theme works.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from textual.filter import LineFilter
from textual.theme import Theme

from ksbtui.core.text.text import ASCII

if TYPE_CHECKING:
    from textual.color import Color

DARK, LIGHT = "ksb-dark", "ksb-light"
COMFORT = {DARK: "ksb-dark-comfort", LIGHT: "ksb-light-comfort"}
"""The theme of full contrast beside each: nothing in it is dim."""


class PlainSymbols(LineFilter):
    """Writes every symbol as ASCII, one cell for one cell, so that nothing moves."""

    TABLE = str.maketrans(ASCII)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        table = self.TABLE
        return [Segment(text.translate(table), style, control) for text, style, control in segments]


def _theme(name: str, **colours: Any) -> Theme:
    """A theme of ten colours; the standard variables that Textual derives otherwise are set."""
    muted, primary = colours.pop("muted"), colours["primary"]
    background, panel = colours["background"], colours["panel"]
    return Theme(
        name=name,
        dark=name in (DARK, COMFORT[DARK]),
        **colours,
        accent=primary,
        success=primary,
        variables={
            "foreground-muted": muted,
            "text-muted": muted,
            "block-cursor-background": panel,
            "block-cursor-foreground": primary,
            "block-cursor-text-style": "bold",
            "input-cursor-background": primary,
            "input-cursor-foreground": background,
            "input-selection-background": f"{primary} 35%",
            "scrollbar": panel,
            "scrollbar-hover": muted,
            "scrollbar-active": primary,
            "scrollbar-background": background,
            "scrollbar-background-hover": background,
            "scrollbar-background-active": background,
            "scrollbar-corner-color": background,
            "border": primary,
            "border-blurred": panel,
        },
    )


_COLOURS = """
                  background surface panel   foreground muted   primary secondary warning error
ksb-dark          #10151b    #171e26 #202a34 #dfe6ec    #8b99a8 #62d2b1 #7c93ad   #e8b765 #ef8379
ksb-light         #fbfaf6    #f3f1ea #e6e3d8 #22282e    #58626c #0b7560 #5b7088   #925800 #b23327
ksb-dark-comfort  #000000    #101010 #2b3a4a #ffffff    #ffffff #8dffdd #c3d6ea   #ffd27a #ffb3ac
ksb-light-comfort #ffffff    #f4f4f4 #d5dde6 #000000    #000000 #00483a #27384a   #5e3800 #7d130b
"""
_ROLES, *_ROWS = (line.split() for line in _COLOURS.strip().splitlines())
THEMES = tuple(_theme(name, **dict(zip(_ROLES, colours, strict=True))) for name, *colours in _ROWS)

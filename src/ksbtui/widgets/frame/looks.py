"""Themes, and what replaces each symbol on a terminal without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.filter import LineFilter
from textual.theme import Theme

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
        table = self.TABLE
        return [Segment(text.translate(table), style, control) for text, style, control in segments]


DARK, LIGHT = "ksb-dark", "ksb-light"
COMFORT = {DARK: "ksb-dark-comfort", LIGHT: "ksb-light-comfort"}
"""The theme of full contrast beside each: nothing in it is dim."""


def _variables(muted: str, panel: str, primary: str, background: str) -> dict[str, str]:
    return {
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
    }


THEMES = (
    Theme(
        name=DARK,
        dark=True,
        background="#10151b",
        surface="#171e26",
        panel="#202a34",
        foreground="#dfe6ec",
        primary="#62d2b1",
        accent="#62d2b1",
        success="#62d2b1",
        secondary="#7c93ad",
        warning="#e8b765",
        error="#ef8379",
        variables=_variables("#8b99a8", "#202a34", "#62d2b1", "#10151b"),
    ),
    Theme(
        name=LIGHT,
        dark=False,
        background="#fbfaf6",
        surface="#f3f1ea",
        panel="#e6e3d8",
        foreground="#22282e",
        primary="#0b7560",
        accent="#0b7560",
        success="#0b7560",
        secondary="#5b7088",
        warning="#925800",
        error="#b23327",
        variables=_variables("#58626c", "#e6e3d8", "#0b7560", "#fbfaf6"),
    ),
    Theme(
        name=COMFORT[DARK],
        dark=True,
        background="#000000",
        surface="#101010",
        panel="#2b3a4a",
        foreground="#ffffff",
        primary="#8dffdd",
        accent="#8dffdd",
        success="#8dffdd",
        secondary="#c3d6ea",
        warning="#ffd27a",
        error="#ffb3ac",
        variables=_variables("#ffffff", "#2b3a4a", "#8dffdd", "#000000"),
    ),
    Theme(
        name=COMFORT[LIGHT],
        dark=False,
        background="#ffffff",
        surface="#f4f4f4",
        panel="#d5dde6",
        foreground="#000000",
        primary="#00483a",
        accent="#00483a",
        success="#00483a",
        secondary="#27384a",
        warning="#5e3800",
        error="#7d130b",
        variables=_variables("#000000", "#d5dde6", "#00483a", "#ffffff"),
    ),
)

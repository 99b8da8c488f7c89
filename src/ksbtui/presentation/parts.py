"""The parts that a screen is filled with, and what commands print of them.

Pieces of text with a style each, symbols, rows, answers, figures.
"""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from ksbtui.core.coverage.coverage import SYMBOLS
from ksbtui.core.frozen import dataclass

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


@dataclass(frozen=True, slots=True)
class Head:
    """A section label with its total."""

    label: str
    total: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A line with something at its right edge; the left side is cut, never wrapped."""

    left: Line
    right: Line = field(default_factory=list)


Block = str | Line | Head | Pair | None
"""A paragraph (plain or styled, wrapped), a label, a pair, or None for an empty row."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: ``key`` identifies it, ``title`` is cut to fit, codes and figures never are.

    ``lead`` stands before the title (a day, ``!``, ``(•)``), ``mark`` (amber) before the
    right-aligned ``figure``; a muted word as ``badge`` (``private``) is never cut. ``notes`` are
    muted lines below, the first with ``note_figure`` at its right. A ``heading`` is
    a label with a hairline.
    ``found`` are (start, end) positions of the title to underline.
    """

    key: str
    title: str
    figure: str = ""
    lead: str = ""
    mark: str = ""
    tags: str = ""
    notes: tuple[str, ...] = ()
    note_figure: str = ""
    muted: bool = False
    heading: bool = False
    fresh: bool = False
    lead_style: str = MUTED
    figure_style: str = PLAIN
    found: tuple[tuple[int, int], ...] = ()
    badge: str = ""

    @property
    def height(self) -> int:
        """The number of lines."""
        return 1 + len(self.notes)


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer: its ``facts`` are muted below the title, ``text`` explains it."""

    key: str
    title: str
    facts: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class BarValues:
    """Minutes counted, planned by today and in all, and the words below the bar.

    ``pointer`` stands under the planned point; without it no pointer is drawn.
    """

    done: int
    plan: int
    whole: int
    left: str = ""
    pointer: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A number that can be changed: the words before it, itself, and the words after it."""

    before: str
    value: str
    after: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A number with its unit, what it counts, and a word below in a style of its own."""

    number: str
    unit: str
    label: str
    note: str = ""
    note_style: str = MUTED


When = Literal["past", "now", "next"]


@dataclass(frozen=True, slots=True)
class Month:
    """One month: label ``Jan``, minutes counted and planned, and the figure below.

    ``owed`` marks a month that needs a word: a past one without training shows ``!``.
    """

    label: str
    counted: int
    planned: int
    when: When
    figure: str = ""
    owed: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading: the week, its total, and how many rows it has."""

    label: str
    total: str
    count: int

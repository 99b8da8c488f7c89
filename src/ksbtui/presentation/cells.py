"""Text measured in terminal cells: made safe, cut to a width, or shortened to its first words."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from ksbtui.presentation.parts import Line

ELLIPSIS = "…"
_TURNS = (0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Marks that turn the direction of writing, also of what stands beside a text."""
_CONTROLS = {code: " " for code in (*range(32), *range(127, 161))} | dict.fromkeys(_TURNS)


def clean(text: str) -> str:
    """Give ``text`` as one line without control codes, which a terminal would obey.

    A no-break space becomes a plain one: it has done its work in `wrap`.
    """
    return text.translate(_CONTROLS)


def cut(text: str, width: int) -> str:
    """Cut ``text`` to ``width`` cells, the last one an ellipsis if anything is lost."""
    text = clean(text)
    if cell_len(text) <= width:
        return text
    if width < 1:
        return ""
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def fill(text: str, width: int) -> str:
    """Cut or pad ``text`` to exactly ``width`` cells."""
    return set_cell_size(cut(text, width), max(0, width))


def width_of(line: Line) -> int:
    """Count the cells of ``line``."""
    return sum(cell_len(clean(text)) for text, _ in line)


LOOSE_ENDS = frozenset(
    (
        *("a", "an", "and", "as", "at", "by", "for", "from", "in"),
        *("of", "on", "or", "that", "the", "to", "with"),
    )
)
"""Words that no short title ends in."""


def short_title(title: str, width: int) -> str:
    """Give the first words of ``title`` that fit ``width`` cells, without a loose end.

    ``Ethics, governance and compliance`` in 20 cells is ``Ethics, governance``. A first
    word that does not fit is cut as any text is.
    """
    words = title.split()
    if cell_len(" ".join(words)) <= width:
        return " ".join(words)
    while words and cell_len(" ".join(words).rstrip(",;:")) > width:
        words.pop()
    while words and words[-1].casefold() in LOOSE_ENDS:
        words.pop()
    return " ".join(words).rstrip(",;:") or cut(title, width)

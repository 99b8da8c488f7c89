"""A long title in few cells: its first words, where a phrase may end."""

from __future__ import annotations

from rich.cells import cell_len

from ksbtui.widgets.text.styles import cut

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

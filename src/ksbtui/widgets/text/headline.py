"""The one big number of a screen, its unit, and the sentence beside it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.renderables.digits import DIGITS, DIGITS3X3_BOLD

from ksbtui.widgets.frame.tabs import WIDE
from ksbtui.widgets.text.drawing import Drawing
from ksbtui.widgets.text.styles import BOLD, MUTED, PLAIN, Line, cut_line, spread, width_of, wrap

SENTENCE_AT, SENTENCE_AT_NARROW = 24, 22


def digit_rows(value: str) -> tuple[str, str, str]:
    """Draw ``value`` three rows high, three cells a digit; other signs stand at the foot."""
    rows = ["", "", ""]
    for sign in value:
        at = DIGITS.find(sign) * 3
        for number in range(3):
            small = sign if number == 2 else " "
            rows[number] += DIGITS3X3_BOLD[at + number].ljust(3) if at >= 0 else small
    return rows[0], rows[1], rows[2]


def headline_lines(
    number: tuple[str, str, str],
    sentences: Sequence[Line],
    aside: str,
    width: int,
    *,
    plain: bool = False,
) -> list[Line]:
    """Draw ``number`` = (digits, unit beside them, words below the unit) and the sentences.

    A sentence is wrapped beside the number; one that no longer fits in the three rows is
    left out whole. ``aside`` stands at the right edge of the first row, if there
    is room for both.
    """
    value, unit, below = number
    rows = ("", value, "") if plain else digit_rows(value)
    units: tuple[Line, ...] = ([], [(unit, BOLD)], [(below, MUTED)])
    left: list[Line] = [
        [(row, BOLD), (" " if row or plain else "", PLAIN), *words]
        for row, words in zip(rows, units, strict=True)
    ]
    if plain:
        left[2] = [(" " * (len(value) + 1), PLAIN), *units[2]]
    start = SENTENCE_AT if width >= WIDE - 6 else SENTENCE_AT_NARROW
    start = max(start, *(width_of(line) + 2 for line in left))
    room = width - start - width_of([(aside, "")]) - 2
    if sentences and width_of(sentences[0]) > room:
        aside = ""
    texts = _beside(sentences, width - start, width_of([(aside, "")]))
    lines = []
    for number_line, text in zip(left, texts, strict=True):
        pad = " " * (start - width_of(number_line))
        lines.append(cut_line([*number_line, (pad, PLAIN), *text], width))
    if aside:
        lines[0] = spread(lines[0], [(aside, MUTED)], width, gap=2)
    return lines


def _beside(sentences: Sequence[Line], width: int, aside: int) -> list[Line]:
    """Wrap sentences into three rows, whole or not at all; the first row spares ``aside``."""
    rows: list[Line] = []
    for sentence in sentences:
        room = width - (aside + 2 if aside and not rows else 0)
        wrapped = wrap(sentence, room)
        if len(rows) + len(wrapped) <= 3:
            rows += wrapped
    return [*rows, [], [], []][:3]


class Headline(Drawing):
    """Three rows: the answer to the screen's question, in a number and in words."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._number = ("", "", "")
        self._sentences: tuple[Line, ...] = ()
        self._aside = ""

    def show(
        self, value: str, unit: str, below: str, sentences: Sequence[Line], aside: str = ""
    ) -> None:
        """Set number, unit, the words below it, the sentences, and a word at the edge."""
        self._number = (value, unit, below)
        self._sentences = tuple(sentences)
        self._aside = aside
        self.redraw()

    def draw(self, width: int) -> list[Line]:
        """Draw the three rows; the aside only where the tab bar has no room for it."""
        aside = "" if width >= WIDE - 6 else self._aside
        plain = bool(getattr(self.app, "plain", False))
        return headline_lines(self._number, self._sentences, aside, width, plain=plain)

"""What a page is set from: section labels, the first line, the big number, paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import ScrollableContainer
from textual.renderables.digits import DIGITS, DIGITS3X3_BOLD

from ksbtui.presentation.cells import cut, width_of
from ksbtui.presentation.parts import BOLD, HAIR, HAIRLINE, MUTED, PLAIN, Block, Head, Line, Pair
from ksbtui.widgets.text.drawing import WIDE, Drawing, cut_line, spread, wrap


def section_line(label: str, total: str, width: int, style: str = BOLD) -> Line:
    """Draw ``label ───── total`` in exactly ``width`` cells; the label gives way."""
    total = f" {total}" if total else ""
    label = cut(label, width - cell_len(total) - 2)
    hair = width - cell_len(label) - 1 - cell_len(total)
    return [(label, style), (" ", PLAIN), (HAIRLINE * max(0, hair), HAIR), (total, MUTED)]


class Section(Drawing):
    """One label line over what follows it."""

    def __init__(
        self, label: str, total: str = "", *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._state = (label, total)

    def show(self, label: str, total: str = "") -> None:
        self.become(label, total)

    def draw(self, width: int) -> list[Line]:
        label, total = self._state
        return [section_line(label, total, width)]


def head_line(lefts: Sequence[Line], rights: Sequence[Line], width: int) -> Line:
    """The fullest wording of the left that fits with one of the right, else alone."""
    for left in lefts:
        for right in rights:
            if width_of(left) + 3 + width_of(right) <= width:
                return spread(left, right, width)
    for left in lefts:
        if width_of(left) <= width:
            return spread(left, [], width)
    return spread(lefts[-1] if lefts else [], [], width)


class TopLine(Drawing):
    """One line in several wordings, fullest first."""

    _state: tuple[Any, ...] = ((), ())

    def show(self, lefts: Sequence[Line], rights: Sequence[Line] = ()) -> None:
        self.become(tuple(lefts), tuple(rights))

    def draw(self, width: int) -> list[Line]:
        lefts, rights = self._state
        return [head_line(lefts, rights, width)]


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

    _state: tuple[Any, ...] = (("", "", ""), (), "")

    def show(
        self, value: str, unit: str, below: str, sentences: Sequence[Line], aside: str = ""
    ) -> None:
        self._state = ((value, unit, below), tuple(sentences), aside)
        self.redraw()  # also where digits or their plain form come in their place

    def draw(self, width: int) -> list[Line]:
        """Draw the three rows; the aside only where the tab bar has no room for it."""
        number, sentences, aside = self._state
        aside = "" if width >= WIDE - 6 else aside
        return headline_lines(number, sentences, aside, width, plain=self.plain)


def block_lines(block: Block, width: int) -> list[Line]:
    """Lay one block out in ``width`` cells."""
    match block:
        case None:
            return [[]]
        case Head(label, total):
            return [section_line(label, total, width)]
        case Pair(left, right):
            return [spread(left, right, width)]
        case str():
            return wrap([(block, PLAIN)], width)
    return wrap(block, width)


class RichText(Drawing):
    """Blocks one below the other."""

    def __init__(self, *blocks: Block, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._state = blocks

    def show(self, *blocks: Block) -> None:
        self.become(*blocks)

    def draw(self, width: int) -> list[Line]:
        return [line for block in self._state for line in block_lines(block, width)]


class Detail(ScrollableContainer):
    """RichText that scrolls when it is taller than its place; ``fill`` it by CSS."""

    def __init__(self, *blocks: Block, id: str | None = None, focusable: bool = True) -> None:
        super().__init__(id=id)
        self.can_focus = focusable
        self._first = blocks

    def compose(self) -> ComposeResult:
        yield RichText(*self._first)

    def show(self, *blocks: Block) -> None:
        self.query_one(RichText).show(*blocks)
        self.scroll_home(animate=False)

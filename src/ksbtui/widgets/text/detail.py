"""A panel of paragraphs: the detail beside or below a list, and the text of help."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import ScrollableContainer

from ksbtui.presentation.parts import Block, Head, Pair
from ksbtui.widgets.frame.section import section_line
from ksbtui.widgets.text.drawing import Drawing
from ksbtui.widgets.text.styles import PLAIN, Line, spread, wrap


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

    def __init__(self, *blocks: Block, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blocks = blocks

    def show(self, *blocks: Block) -> None:
        """Set the blocks."""
        if blocks != self._blocks:
            self._blocks = blocks
            self.redraw()

    def draw(self, width: int) -> list[Line]:
        """Lay the blocks out."""
        return [line for block in self._blocks for line in block_lines(block, width)]


class Detail(ScrollableContainer):
    """RichText that scrolls when it is taller than its place; ``fill`` it by CSS."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, *blocks: Block, id: str | None = None, focusable: bool = True) -> None:
        super().__init__(id=id)
        self.can_focus = focusable
        self._first = blocks

    def compose(self) -> ComposeResult:
        """Hold one sheet of paper."""
        yield RichText(*self._first)

    def show(self, *blocks: Block) -> None:
        """Set the blocks and go back to the top."""
        self.query_one(RichText).show(*blocks)
        self.scroll_home(animate=False)

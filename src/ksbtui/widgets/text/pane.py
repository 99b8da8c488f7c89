"""A pane of paragraphs that changes with every move of a cursor, at the cost of its own paint."""

from __future__ import annotations

from itertools import zip_longest

from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.widget import Widget

from ksbtui.presentation.parts import Block, Line
from ksbtui.widgets.text.blocks import block_lines
from ksbtui.widgets.text.drawing import Painted


class Pane(ScrollView, Painted):
    """Like `Detail`, but of a given height: new text lays nothing out but itself."""

    can_focus = True

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blocks: tuple[Block, ...] = ()
        self._drawn: tuple[int, list[Line]] = (-1, [])

    def show(self, *blocks: Block, keep_place: bool = False) -> None:
        """Set the blocks; go back to the top unless ``keep_place``."""
        if blocks == self._blocks:
            return
        before = self._drawn[1]
        self._blocks = blocks
        self._drawn = (-1, [])
        self._fit()
        if not keep_place and self.scroll_offset.y:
            self.scroll_to(y=0, animate=False, force=True, immediate=True)
        self._repaint(before)

    def _repaint(self, before: list[Line]) -> None:
        """Paint the rows that differ: those of the shorter text's end stay blank."""
        if self.scroll_offset.y:
            self.refresh()
            return
        size = self.scrollable_content_region.size
        empty: Line = []
        pairs = zip_longest(before, self._lines(size.width), fillvalue=empty)
        changed = [row for row, (old, new) in enumerate(pairs) if old != new]
        if changed:
            top, end = changed[0], min(changed[-1] + 1, size.height)
            self.refresh(Region(0, top, size.width, max(0, end - top)))

    def on_resize(self) -> None:
        self._fit()

    @property
    def height_in_lines(self) -> int:
        return len(self._lines(self.scrollable_content_region.width))

    def line_at(self, row: int) -> Line:
        lines = self._lines(self.scrollable_content_region.width)
        return lines[row] if row < len(lines) else []

    def _fit(self) -> None:
        """Set the scrolled height. Only a scrollbar that comes or goes lays out anew."""
        region = self.scrollable_content_region
        size = Size(region.width, max(region.height, len(self._lines(region.width))))
        if self.show_vertical_scrollbar and size.height > region.height:
            self.set_reactive(Widget.virtual_size, size)
            self.vertical_scrollbar.window_virtual_size = size.height
        else:
            self.virtual_size = size

    def _lines(self, width: int) -> list[Line]:
        if self._drawn[0] != width:
            drawn = [line for block in self._blocks for line in block_lines(block, width)]
            self._drawn = (width, drawn)
        return self._drawn[1]

"""A pane of paragraphs that changes with every move of a cursor, at the cost of its own paint."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ksbtui.widgets.detail import Block, block_lines
from ksbtui.widgets.ink import Line, strip_of


class Pane(ScrollView):
    """Like `Detail`, but of a given height: new text lays nothing out but itself."""

    ALLOW_SELECT = False
    can_focus = True

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blocks: tuple[Block, ...] = ()
        self._drawn: tuple[int, list[Line]] = (-1, [])

    def show(self, *blocks: Block, keep_place: bool = False) -> None:
        """Set the blocks; go back to the top unless ``keep_place``."""
        if blocks == self._blocks:
            return
        self._blocks = blocks
        self._drawn = (-1, [])
        self._fit()
        if not keep_place and self.scroll_offset.y:
            self.scroll_to(y=0, animate=False, force=True, immediate=True)
        self.refresh()

    @property
    def overflows(self) -> bool:
        """Whether there is more than fits."""
        return self.virtual_size.height > self.scrollable_content_region.height

    def on_resize(self) -> None:
        """Wrap to the new width."""
        self._fit()

    def render_line(self, y: int) -> Strip:
        """Paint one row of the terminal."""
        width = self.scrollable_content_region.width
        lines, line = self._lines(width), y + self.scroll_offset.y
        return strip_of(self, lines[line] if line < len(lines) else [], width, self.visual_style)

    def _fit(self) -> None:
        width = self.scrollable_content_region.width
        self.virtual_size = Size(width, len(self._lines(width)))

    def _lines(self, width: int) -> list[Line]:
        if self._drawn[0] != width:
            drawn = [line for block in self._blocks for line in block_lines(block, width)]
            self._drawn = (width, drawn)
        return self._drawn[1]

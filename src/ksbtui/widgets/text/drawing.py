"""The base of every widget that draws lines: pure geometry in, terminal rows out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from ksbtui.widgets.text.styles import Line, selected_text, strip_of, text_of

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.selection import Selection
    from textual.strip import Strip


class Drawing(Widget):
    """A widget whose look is ``draw(width) -> lines``, as tall as its lines.

    Subclasses hold plain values, give `draw`, and call `redraw` when a value changes.
    """

    def draw(self, width: int) -> list[Line]:
        """Lay the values out in ``width`` cells."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Lay out anew after a value changed; other widgets move only if the height did."""
        before = len(self._drawn[1])
        self._drawn = (-1, [])
        width = self.content_size.width
        self.refresh(layout=not width or len(self._lines(width)) != before)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Be as tall as the drawing at this width."""
        return len(self._lines(width))

    def render_line(self, y: int) -> Strip:
        """Paint row ``y``, or a blank one below the drawing."""
        width = self.content_size.width
        lines = self._lines(width)
        return strip_of(self, lines[y] if y < len(lines) else [], width, self.visual_style, y)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Give what is selected with the mouse."""
        text = text_of(self._lines(self.content_size.width))
        return selected_text(selection, text.__getitem__, len(text))

    def on_enter(self) -> None:
        """Paint rows anew from which a drag may start."""
        self.refresh()

    def selection_updated(self, selection: Selection | None) -> None:
        """Paint what is selected now."""
        self.refresh()

    _drawn: tuple[int, list[Line]] = (-1, [])

    def _lines(self, width: int) -> list[Line]:
        """Draw once for each width."""
        if self._drawn[0] != width:
            self._drawn = (width, self.draw(width))
        return self._drawn[1]

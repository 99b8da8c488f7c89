"""Styled lines measured, cut, wrapped and painted, and the base of every widget that draws them.

What a line and a style are is said in :mod:`ksbtui.presentation.parts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from ksbtui.presentation.cells import clean, cut, width_of
from ksbtui.presentation.parts import PLAIN, Line, Piece

WIDE = 110
"""Columns from which a screen is wide."""

if TYPE_CHECKING:
    from rich.style import Style as RichStyle
    from textual.geometry import Size
    from textual.selection import Selection
    from textual.style import Style


def cut_line(line: Line, width: int) -> Line:
    """Cut ``line`` to ``width`` cells, ending in an ellipsis if anything is lost."""
    if width_of(line) <= width:
        return line
    cut_to: Line = []
    for text, style in line:
        room = width - width_of(cut_to)
        if cell_len(clean(text)) >= room:
            cut_to.append((cut(text + " ", room), style))
            break
        cut_to.append((text, style))
    return cut_to


def spread(left: Line, right: Line, width: int, gap: int = 1) -> Line:
    """Set ``left`` at the start and ``right`` at the end of ``width``; left gives way."""
    room = width - width_of(right) - (gap if right else 0)
    left = cut_line(left, max(0, room))
    space = max(0, width - width_of(left) - width_of(right))
    return cut_line([*left, (" " * space, PLAIN), *right], width)


def wrap(line: Line, width: int) -> list[Line]:
    """Break ``line`` at spaces into lines of at most ``width`` cells, styles kept.

    A word wider than the line is broken. Newlines in the text start a new line.
    """
    width = max(1, width)
    lines: list[Line] = [[]]
    used = 0
    for word, style in _words(line):
        if word == "\n":
            _strip_end(lines[-1])
            lines.append([])
            used = 0
            continue
        size = cell_len(word.rstrip())
        if used and used + size > width:
            _strip_end(lines[-1])
            lines.append([])
            used = 0
        if size > width:
            *heads, word = _split(word, width)
            for head in heads:
                lines[-1].append((head, style))
                lines.append([])
        lines[-1].append((word, style))
        used += cell_len(word)
    _strip_end(lines[-1])
    return lines


def strip_of(widget: Widget, line: Line, width: int, under: Style, row: int) -> Strip:
    """Paint ``line`` on the ``under`` style as one terminal row of ``width`` cells.

    ``row`` counts it among the widget's rows, so that it can be selected with the mouse.
    """
    parse = widget.app.stylesheet.parse_style
    segments = [
        Segment(clean(text), _mix(under, parse(style)) if style else under.rich_style)
        for text, style in line
        if text
    ]
    strip = Strip(segments).adjust_cell_length(width, under.rich_style)
    selection = widget.text_selection
    span = selection.get_span(row) if selection is not None else None
    if span is not None:
        style = widget.screen.get_component_rich_style("screen--selection")
        start, end = (cell_len(strip.text[: None if at < 0 else at]) for at in span)
        before, within, after = (
            strip.crop(0, start),
            strip.crop(start, end),
            strip.crop(end, strip.cell_length),
        )
        strip = Strip.join([before, within.apply_style(style), after])
    if widget.mouse_hover or selection is not None:  # what a drag starts from; 0.1 ms a row
        return strip.apply_offsets(0, row)
    return strip


@lru_cache(maxsize=512)
def _mix(under: Style, over: Style) -> RichStyle:
    """Lay one style over another; a page repeats some twenty pairs hundreds of times."""
    return (under + over).rich_style


def text_of(lines: Sequence[Line]) -> list[str]:
    """The bare text of ``lines``, for tests and for reading aloud."""
    return ["".join(text for text, _ in line).rstrip() for line in lines]


def _words(line: Line) -> list[Piece]:
    """Split into words, each with the spaces behind it; a newline is its own word."""
    words: list[Piece] = []
    for text, style in line:
        for number, row in enumerate(text.split("\n")):
            if number:
                words.append(("\n", PLAIN))
            start = 0
            for end in range(1, len(row) + 1):
                if end == len(row) or (row[end - 1] == " " and row[end] != " "):
                    words.append((clean(row[start:end]), style))
                    start = end
    return words


def _split(word: str, width: int) -> list[str]:
    """Cut ``word`` into parts of at most ``width`` cells; spaces behind it stay with the last."""
    parts: list[str] = []
    start = used = 0
    bare = word.rstrip()
    for at, character in enumerate(bare):
        size = cell_len(character)
        if used + size > width and at > start:
            parts.append(bare[start:at])
            start, used = at, 0
        used += size
    return [*parts, word[start:]]


def _strip_end(line: Line) -> None:
    if line:
        text, style = line[-1]
        line[-1] = (text.rstrip(" "), style)


def is_small(node: Widget) -> bool:
    """Whether a widget's screen is narrow or short."""
    return node.screen.has_class("-narrow") or node.screen.has_class("-short")


class Painted(Widget):
    """A widget of styled lines, painted row by row; they can be selected with the mouse."""

    @property
    def height_in_lines(self) -> int:
        raise NotImplementedError

    def line_at(self, row: int) -> Line:
        """Draw one row, counted from the top of everything there is; empty below it."""
        raise NotImplementedError

    def style_at(self, row: int) -> Style:
        """The style below a row's own."""
        return self.visual_style

    def render_line(self, y: int) -> Strip:
        row, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        return strip_of(self, self.line_at(row), width, self.style_at(row), row)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        end = self.height_in_lines - 1
        first = selection.start.y if selection.start else 0
        last = min(selection.end.y if selection.end else end, end)
        texts = []
        for row in range(first, last + 1):
            start, stop = selection.get_span(row) or (0, 0)
            text = text_of([self.line_at(row)])[0]
            texts.append(text[start : None if stop < 0 else stop].rstrip())
        return "\n".join(texts), "\n"

    def on_enter(self) -> None:
        self.refresh()  # rows from which a drag may start

    def selection_updated(self, selection: Selection | None) -> None:
        self.refresh()


class Drawing(Painted):
    """A widget whose look is ``draw(width) -> lines``, as tall as its lines.

    Subclasses hold plain values, give `draw`, and call `become` or `redraw` when one changes.
    """

    _state: tuple[Any, ...] = ()
    _drawn: tuple[int, list[Line]] = (-1, [])

    def draw(self, width: int) -> list[Line]:
        """Lay the values out in ``width`` cells."""
        raise NotImplementedError

    def become(self, *state: Any) -> None:
        """Take other values, kept as ``_state``; the same ones cost nothing."""
        if state != self._state:
            self._state = state
            self.redraw()

    def redraw(self) -> None:
        """Lay out anew after a value changed; other widgets move only if the height did."""
        before = len(self._drawn[1])
        self._drawn = (-1, [])
        width = self.content_size.width
        self.refresh(layout=not width or len(self._lines(width)) != before)

    @property
    def plain(self) -> bool:
        """Whether the terminal has no large digits and symbols."""
        return bool(getattr(self.app, "plain", False))

    @property
    def height_in_lines(self) -> int:
        return len(self._lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def line_at(self, row: int) -> Line:
        lines = self._lines(self.content_size.width)
        return lines[row] if row < len(lines) else []

    def _lines(self, width: int) -> list[Line]:
        """Draw once for each width."""
        if self._drawn[0] != width:
            self._drawn = (width, self.draw(width))
        return self._drawn[1]

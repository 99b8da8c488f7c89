"""What short and long lists share: a row laid out, one cursor kept by key, one paint a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.style import Style

from ksbtui.presentation.cells import clean, cut, fill, width_of
from ksbtui.presentation.parts import (
    BAR,
    BOLD,
    CURSOR,
    DONE,
    MUTED,
    NOT_COUNTED,
    OWED,
    PLAIN,
    Line,
    Row,
)
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.text.blocks import section_line
from ksbtui.widgets.text.drawing import Painted, spread


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths that rows of one list share: ``lead`` at the left, ``tags`` and ``figure`` right.

    0 means as wide as the text. Below ``tags_from`` cells of width the tags are left out.
    """

    lead: int = 0
    tags: int = 0
    figure: int = 0
    tags_from: int = 0


def row_lines(row: Row, width: int, columns: Columns, *, cursor: bool = False) -> list[Line]:
    """Lay a row out in ``width`` cells: one for the cursor bar, one empty at the right."""
    inner = max(0, width - 2)
    edge: Line = [(BAR if cursor else " ", DONE)]
    if row.heading:
        return [[*edge, *section_line(row.title, row.figure, inner, f"{BOLD} {MUTED}")]]
    lead = _lead(row, columns)
    lines = [spread([*lead, *_title(row, cursor)], _right(row, columns, width), inner)]
    indent = " " * width_of(lead)
    for number, note in enumerate(row.notes):
        right: Line = [(row.note_figure, MUTED)] if not number and row.note_figure else []
        lines.append(spread([(indent, PLAIN), (clean(note), MUTED)], right, inner))
    return [[*edge, *line] for line in lines]


def _lead(row: Row, columns: Columns) -> Line:
    if not columns.lead and not row.lead:
        return []
    width = columns.lead or cell_len(row.lead) + 1
    return [(fill(row.lead, width), row.lead_style)]


def _title(row: Row, cursor: bool) -> Line:
    """Draw the title, what was found in it underlined; bold under the cursor or just saved."""
    style = MUTED if row.muted else PLAIN
    if cursor or row.fresh:
        style = BOLD
    line: Line = []
    title, at = clean(row.title), 0
    for start, end in row.found:
        line += [(title[at:start], style), (title[start:end], f"{style} underline")]
        at = end
    line.append((title[at:], style))
    return [(text, style.strip()) for text, style in line if text]


def _right(row: Row, columns: Columns, width: int) -> Line:
    line: Line = [(f"{row.badge} ", MUTED)] if row.badge else []
    if columns.tags and width >= columns.tags_from:
        line.append((fill(row.tags, columns.tags), MUTED))
    elif row.tags and not columns.tags:
        line.append((cut(row.tags, 24) + " ", MUTED))
    figure = row.figure.rjust(columns.figure)
    if row.mark:
        line += [(row.mark, OWED), (" ", PLAIN)]
    elif columns.figure:
        line.append((" " * (cell_len(NOT_COUNTED) + 1), PLAIN))
    line.append((figure, MUTED if row.muted else row.figure_style))
    return line if any(text.strip() for text, _ in line) else []


class Listing(ScrollView, Painted):
    """A borderless list with one cursor. ``Highlighted`` follows it, ``Chosen`` is ↵.

    Subclasses say how many rows there are, give a row by its index, and place rows on
    lines. Headings are never under the cursor.
    """

    can_focus = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("list.up", "up", action="step(-1)"),
        Command("list.down", "down", action="step(1)"),
        Command("list.page-up", "pageup", action="leap(-1)"),
        Command("list.page-down", "pagedown", action="leap(1)"),
        Command("list.first", "home", action="end(-1)"),
        Command("list.last", "end", action="end(1)"),
        Command("list.choose", "enter"),
    ]

    @dataclass
    class OfRow(Message):
        """Something about the row ``key``."""

        listing: Listing
        key: str

        @property
        def control(self) -> Listing:
            return self.listing

    class Chosen(OfRow):
        """↵ or a click on the row under the cursor."""

    class Highlighted(OfRow):
        """The cursor came to the row."""

    def __init__(self, columns: Columns, *, id: str | None, classes: str | None) -> None:
        super().__init__(id=id, classes=classes)
        self.columns = columns
        self.cursor = 0
        self._unplaced = False

    # What a subclass gives

    @property
    def count(self) -> int:
        """The number of rows, headings included if they are rows."""
        raise NotImplementedError

    def row(self, index: int) -> Row | None:
        """A row, or None if it is gone."""
        raise NotImplementedError

    def place(self, index: int) -> tuple[int, int]:
        """(first line, number of lines) of a row."""
        raise NotImplementedError

    def at(self, line: int) -> tuple[int | None, int]:
        """(row index, line within the row); None where no row stands."""
        raise NotImplementedError

    def between(self, line: int, width: int) -> Line:
        """Draw a line on which no row stands."""
        return []

    # The cursor

    @property
    def key(self) -> str | None:
        row = self.row(self.cursor) if self.count else None
        return row.key if row and not row.heading else None

    def move_to(self, index: int, *, tell: bool = True) -> None:
        if not 0 <= index < self.count:
            return
        moved, self.cursor = index != self.cursor, index
        self._bring_into_view()
        self.refresh()
        key = self.key
        if key is not None and moved and tell:
            self.post_message(self.Highlighted(self, key))

    def _bring_into_view(self) -> None:
        """Scroll to the cursor; before the list has a height, once it gets one."""
        self._unplaced = not self.size.height
        if self._unplaced or not 0 <= self.cursor < self.count:
            return
        top, height = self.place(self.cursor)
        above = 1 if top and self.cursor == 0 else 0
        self.scroll_to_region(
            Region(0, max(0, top - above), 1, height), animate=False, force=True, immediate=True
        )

    def action_step(self, by: int) -> None:
        """Go to the next row, past headings; at an end show what stands beyond it."""
        index = self.cursor + by
        while 0 <= index < self.count and (row := self.row(index)) and row.heading:
            index += by
        if 0 <= index < self.count:
            self.move_to(index)
        else:
            self.scroll_relative(y=by, animate=False, force=True, immediate=True)

    def action_leap(self, pages: int) -> None:
        top = self.place(self.cursor)[0] if self.count else 0
        line = top + pages * max(1, self.size.height - 1)
        while 0 <= line < self.height_in_lines:
            index, _ = self.at(line)
            if index is not None:
                return self._settle(index, pages)
            line += pages
        self.action_end(pages)

    def action_end(self, side: int) -> None:
        self._settle(0 if side < 0 else self.count - 1, -side)

    def action_choose(self) -> None:
        if (key := self.key) is not None:
            self.post_message(self.Chosen(self, key))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the pointer is; a click on the cursor chooses."""
        if self.text_selection is not None:
            return  # the end of a drag, not a choice
        index, _ = self.at(event.y + self.scroll_offset.y)
        row = self.row(index) if index is not None else None
        if index is None or row is None or row.heading:
            return
        if index == self.cursor and self.has_focus:
            self.action_choose()
        else:
            self.move_to(index)

    def _settle(self, index: int, direction: int) -> None:
        """Put the cursor on ``index`` or the nearest row that is not a heading."""
        for by in (direction, -direction):
            at = index
            while 0 <= at < self.count and (row := self.row(at)):
                if not row.heading:
                    self.move_to(at)
                    return
                at += by

    # Drawing

    def lay_out(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, self.height_in_lines)

    def on_resize(self) -> None:
        self.lay_out()
        if self._unplaced:
            self._bring_into_view()

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self.height_in_lines

    def style_at(self, row: int) -> Style:
        style = self.visual_style
        return style + self.app.stylesheet.parse_style(CURSOR) if self._holds(row) else style

    def _holds(self, line: int) -> bool:
        index, _ = self.at(line)
        row = self.row(index) if index is not None and index == self.cursor else None
        return self.has_focus and row is not None and not row.heading

    def line_at(self, row: int) -> Line:
        width = self.scrollable_content_region.width
        index, part = self.at(row)
        shown = self.row(index) if index is not None else None
        if shown is None:
            return self.between(row, width)
        lines = row_lines(shown, width, self.columns, cursor=self._holds(row))
        return lines[part] if part < len(lines) else []

"""A question's answers one below the other; the one under the cursor says what it means."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Size

from ksbtui.presentation.parts import (
    BAR,
    BOLD,
    CHOSEN_DOT,
    DONE,
    DONE_BOLD,
    FREE_DOT,
    MUTED,
    PLAIN,
    Choice,
    Line,
    Row,
)
from ksbtui.widgets.lists.listing import Columns, Listing
from ksbtui.widgets.text.drawing import cut_line, wrap


def choice_lines(
    choice: Choice, width: int, *, chosen: bool, cursor: bool, full: bool = False
) -> list[Line]:
    """Lay one answer out in ``width`` cells.

    ``cursor`` draws the cursor's bar; the text stands below the ``chosen`` one, and below
    every one if ``full``.
    """
    inner = max(8, width - 8)
    mark, style = (CHOSEN_DOT, DONE_BOLD) if chosen else (FREE_DOT, MUTED)
    below: list[Line] = [[(choice.facts, MUTED)]] if choice.facts else []
    if choice.text and (chosen or full):
        below += wrap([(choice.text, PLAIN if chosen else MUTED)], inner)
    edge: Line = [(BAR if cursor else " ", DONE), (" ", PLAIN)]
    title: Line = [(choice.title, BOLD if chosen else PLAIN)]
    lines = [[*edge, (f"{mark} ", style), *cut_line(title, inner)]]
    return lines + [[*edge, ("    ", PLAIN), *cut_line(line, inner)] for line in below]


class Choices(Listing):
    """A list of `Choice`; the cursor is the answer, an empty line stands between two."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(Columns(), id=id, classes=None)
        self._choices: tuple[Choice, ...] = ()
        self._laid: tuple[tuple[object, ...], list[list[Line]], list[int]] = ((), [], [])

    def show(self, choices: Sequence[Choice], at: str | None = None) -> None:
        self._choices = tuple(choices)
        keys = [choice.key for choice in choices]
        self.cursor = keys.index(at) if at in keys else 0
        self.lay_out()
        self.move_to(self.cursor, tell=False)
        self.refresh(layout=True)

    @property
    def count(self) -> int:
        return len(self._choices)

    @property
    def height_in_lines(self) -> int:
        return self._height(self.scrollable_content_region.width)

    def row(self, index: int) -> Row | None:
        if not 0 <= index < len(self._choices):
            return None
        return Row(self._choices[index].key, self._choices[index].title)

    def place(self, index: int) -> tuple[int, int]:
        blocks, tops = self._lay(self.scrollable_content_region.width)
        return tops[index], len(blocks[index])

    def at(self, line: int) -> tuple[int | None, int]:
        blocks, tops = self._lay(self.scrollable_content_region.width)
        for index, top in enumerate(tops):
            if top <= line < top + len(blocks[index]):
                return index, line - top
        return None, 0

    def move_to(self, index: int, *, tell: bool = True) -> None:
        """Put the cursor on an answer; the explanation moves with it."""
        if not 0 <= index < self.count:
            return
        before, lines = self.cursor, self.height_in_lines
        self.cursor = index
        changed = self.height_in_lines != lines
        self.lay_out()
        self.cursor = before
        super().move_to(index, tell=tell)
        if changed:
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._height(width)

    def _holds(self, line: int) -> bool:
        return self.has_focus and self.at(line)[0] == self.cursor

    def line_at(self, row: int) -> Line:
        index, part = self.at(row)
        width = self.scrollable_content_region.width
        return [] if index is None else self._lay(width)[0][index][part]

    def _height(self, width: int) -> int:
        blocks, tops = self._lay(width)
        return tops[-1] + len(blocks[-1]) if blocks else 0

    def _lay(self, width: int) -> tuple[list[list[Line]], list[int]]:
        """Lay all answers out once for each state."""
        roomy = self.is_attached and not (
            self.screen.has_class("-short") or self.screen.has_class("-tiny")
        )
        state = (width, self._choices, self.cursor, self.has_focus, roomy)
        if self._laid[0] != state:
            blocks = [
                choice_lines(
                    choice,
                    width,
                    chosen=index == self.cursor,
                    cursor=index == self.cursor and self.has_focus,
                    full=roomy,
                )
                for index, choice in enumerate(self._choices)
            ]
            tops, top = [], 0
            for block in blocks:
                tops.append(top)
                top += len(block) + 1
            self._laid = (state, blocks, tops)
        return self._laid[1], self._laid[2]

"""Duties or outcomes as rows: each with its KSBs as symbols, and how many are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from ksbtui.presentation.cells import cut, fill, width_of
from ksbtui.presentation.parts import BAR, BOLD, DONE, MUTED, PLAIN, RUNGS, Line, Row, state_symbol
from ksbtui.widgets.lists.rows import Rows

LEAST_TITLE, FIGURE, COUNTED = 22, 6, 20
"""Cells a title keeps, of the figure with the space before it, and of five counted rungs."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A duty or outcome: the states of its KSBs, the figure, or a note where it has none."""

    number: int
    title: str
    states: tuple[str, ...]
    figure: str
    note: str = ""


def group_line(row: GroupRow, width: int, most: int, *, cursor: bool = False) -> Line:
    """Draw ``13  Title …   ◆◆●●◐○··   9/15`` in ``width`` cells.

    ``most`` is the greatest number of symbols of any row; where titles would have no room
    the symbols are counted by rung.
    """
    room = max(0, width - 5 - FIGURE)
    wide = next((n for n in (most, COUNTED) if room - n - 1 >= LEAST_TITLE), 0)
    symbols = _symbols(row.states) if wide == most else _counted(row.states) if wide else []
    if row.note:
        wide = min(cell_len(row.note), max(0, room - LEAST_TITLE - 1))
        symbols = [(cut(row.note, wide), MUTED)]
    title = fill(row.title, max(0, room - wide - 1))
    drawn = width_of(symbols)
    return [
        (BAR if cursor else " ", DONE),
        (f"{row.number:>2}  ", MUTED),
        (title, MUTED if row.note else BOLD if cursor else PLAIN),
        (" ", PLAIN),
        *symbols,
        (" " * max(0, wide - drawn), PLAIN),
        (f"{row.figure:>{FIGURE}}", PLAIN),
    ]


def _symbols(states: Sequence[str]) -> Line:
    line: Line = []
    for rung in RUNGS:
        symbol, style = state_symbol(rung)
        if number := states.count(rung):
            line.append((symbol * number, style))
    return line


def _counted(states: Sequence[str]) -> Line:
    line: Line = []
    for rung in RUNGS:
        symbol, style = state_symbol(rung)
        if number := states.count(rung):
            line += [(symbol, style), (f"{number:<3}", MUTED)]
    return line


class CoverageGroups(Rows):
    """The rows, with one cursor."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(roomy=True, id=id)
        self._groups: tuple[GroupRow, ...] = ()

    def set_groups(self, groups: Sequence[GroupRow], at: str | None = None) -> None:
        self._groups = tuple(groups)
        self.show([Row(str(group.number), group.title, group.figure) for group in groups], at)

    def line_at(self, row: int) -> Line:
        index, _ = self.at(row)
        if index is None or index >= len(self._groups):
            return []
        most = max(len(group.states) for group in self._groups)
        width = self.scrollable_content_region.width
        return group_line(self._groups[index], width - 1, most, cursor=self._holds(row))

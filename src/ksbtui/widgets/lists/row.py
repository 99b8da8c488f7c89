"""One row of a list: what it holds and how it is laid out in a width."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from ksbtui.presentation.parts import Row
from ksbtui.widgets.frame.section import section_line
from ksbtui.widgets.frame.symbols import BAR, NOT_COUNTED
from ksbtui.widgets.text.styles import (
    BOLD,
    DONE,
    MUTED,
    OWED,
    PLAIN,
    Line,
    clean,
    cut,
    fill,
    spread,
    width_of,
)


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
    """Draw the column before the title, with a space behind it."""
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
    """Draw tags, mark and figure, right-aligned in their columns."""
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

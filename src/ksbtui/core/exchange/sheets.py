"""A report as rows of typed cells, free of any format: what a spreadsheet is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ksbtui.core.days import full_day
from ksbtui.core.exchange.pages import LEFT, RIGHT, Block, Note, Page, Table

Cell = str | int | float | date | None

TEXT, DAY, HOURS, WHOLE = "text", "day", "hours", "whole"
"""Kinds of column: text, a real date, hours with two decimals, a whole number."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, what its cells are, and a width in characters.

    ``paper`` is False for what only a spreadsheet has room for: these columns stand behind
    the others and are not printed.
    """

    header: str
    kind: str = TEXT
    width: int = 12
    paper: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A titled table; every row and footer row has a cell for each column, maybe None.

    ``footer`` rows (totals, what is outstanding) stand below the rows where a person reads,
    and are left out where a program does. ``rows_a_page`` breaks the printed page after so
    many rows; 0 leaves that to the program that prints.
    """

    title: str
    subtitle: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    footer: tuple[tuple[Cell, ...], ...] = ()
    note: str = ""
    rows_a_page: int = 0

    def __post_init__(self) -> None:
        """Hold the promise that every row fits the columns."""
        width = len(self.columns)
        assert all(len(row) == width for row in (*self.rows, *self.footer)), "rows fit columns"


def decimal_hours(minutes: int) -> float:
    """Minutes as hours rounded half up to two decimals.

    From 0.01 h = 0.6 min follows that ``round(hours * 60)`` gives the minutes back.
    """
    return (minutes * 100 * 2 + 60) // 120 / 100


def cell_text(cell: Cell, kind: str = TEXT) -> str:
    """A cell as a person reads it."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return full_day(cell)
    return f"{cell:.2f}" if kind == HOURS and not isinstance(cell, str) else str(cell)


def as_page(sheet: Sheet) -> Page:
    """The sheet as a page with one table of its paper columns."""
    kept = [(i, column) for i, column in enumerate(sheet.columns) if column.paper]
    table = Table(
        tuple(column.header for _, column in kept),
        tuple(
            tuple(cell_text(row[i], column.kind) for i, column in kept)
            for row in (*sheet.rows, *sheet.footer)
        ),
        tuple(RIGHT if column.kind in (HOURS, WHOLE) else LEFT for _, column in kept),
        total=len(sheet.footer) == 1,
    )
    blocks: tuple[Block, ...] = (table, Note(sheet.note)) if sheet.note else (table,)
    return Page(sheet.title, sheet.subtitle, blocks, landscape=True)

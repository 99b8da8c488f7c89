"""A document as plain blocks and a table as typed cells, free of any format.

A report module returns a :class:`Page` or a :class:`Sheet`; an exporter walks it and needs to
know nothing of the subject. All text is plain text as a person typed it (never markup; an
exporter escapes it for its format) and may hold line breaks in :class:`Paragraph`,
:class:`Note` and table cells. Blocks stand in reading order, and a :class:`Heading`
governs what follows it up to the next one of its level or higher.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ksbtui.core.days import full_day

LEFT, RIGHT = "left", "right"
"""Alignments of a table's column."""

HEADING_LEVELS = (2, 3)
"""Levels of headings inside a page, whose own title is level 1."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the page, of level 2 (a section) or 3 (a part of one)."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a line break in it is the writer's own and is kept."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points without an order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark set apart and quieter than the text: what is missing, where a rule is from."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many cells as there are headers.

    ``align`` holds LEFT or RIGHT for each column; empty means all left. ``total`` tells that
    the last row sums the others up. ``signed`` leaves each row the height of a signature.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: tuple[str, ...] = ()
    caption: str = ""
    total: bool = False
    signed: bool = False

    def __post_init__(self) -> None:
        width = len(self.headers)
        assert all(len(row) == width for row in self.rows), "a row is as wide as the headers"
        assert len(self.align) in (0, width), "every column is aligned, or none"

    def alignment(self, column: int) -> str:
        return self.align[column] if self.align else LEFT


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that matters: ``label``, ``value`` with its unit, and a word beside it."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """A few numbers shown large, side by side where there is room."""

    items: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: what it stands for, its amount (not negative) and how it is said.

    ``label`` may be empty where the bar's own says it all. ``tone`` is ``done``, ``owed``,
    ``plan`` or ``rest``: colour is the exporter's, and never the only sign, for label and
    text say the same.
    """

    label: str
    amount: float
    text: str = ""
    tone: str = "done"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar whose parts lie end to end: a chart is several with the same ``scale``.

    ``scale`` is the amount a full line stands for; 0 lets the parts fill it. An exporter
    without drawing writes the label and each part's label and text.
    """

    label: str
    parts: tuple[Part, ...]
    text: str = ""
    scale: float = 0.0

    @property
    def amount(self) -> float:
        return sum(part.amount for part in self.parts)

    def share(self, part: Part) -> float:
        """How much of a full line a part takes, 0 to 1; 0 where everything is nothing."""
        whole = max(self.scale, self.amount)
        return part.amount / whole if whole > 0 else 0.0


Block = Heading | Paragraph | Bullets | Note | Table | Figures | Bar


@dataclass(frozen=True, slots=True)
class Page:
    """A whole document: its title, a line under it, and its blocks in order.

    ``landscape`` asks for paper turned on its side, for wide tables.
    """

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    landscape: bool = False


def plain(page: Page) -> str:
    """The page as plain lines, for a terminal or a screen reader; ends with a line break."""
    parts = [page.title, *([page.subtitle] if page.subtitle else [])]
    parts += ["", *(line for block in page.blocks for line in (*_lines(block), ""))]
    return "\n".join(parts).rstrip("\n") + "\n"


def _lines(block: Block) -> list[str]:
    match block:
        case Heading(level, text):
            return [text, ("=" if level == HEADING_LEVELS[0] else "-") * len(text)]
        case Paragraph(text):
            return text.splitlines()
        case Note(text):
            return [f"({text})"]
        case Bullets(items):
            return [f"- {item}" for item in items]
        case Figures(items):
            return [f"{i.label}: {i.value}" + (f" ({i.note})" if i.note else "") for i in items]
        case Bar(label, parts, text):
            amounts = ", ".join(f"{part.label} {part.text}".strip() for part in parts)
            return [f"{label}: {amounts}" + (f" ({text})" if text else "")]
        case Table():
            return _table(block)


def _table(table: Table) -> list[str]:
    rows = [table.headers, *(tuple(" ".join(c.split()) for c in row) for row in table.rows)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(table.headers))]
    lines = [table.caption] if table.caption else []
    for row in rows:
        cells = [
            cell.rjust(width) if table.alignment(i) == RIGHT else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return lines


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
    printed = [(i, column) for i, column in enumerate(sheet.columns) if column.paper]
    table = Table(
        tuple(column.header for _, column in printed),
        tuple(
            tuple(cell_text(row[i], column.kind) for i, column in printed)
            for row in (*sheet.rows, *sheet.footer)
        ),
        tuple(RIGHT if column.kind in (HOURS, WHOLE) else LEFT for _, column in printed),
        total=len(sheet.footer) == 1,
    )
    blocks: tuple[Block, ...] = (table, Note(sheet.note)) if sheet.note else (table,)
    return Page(sheet.title, sheet.subtitle, blocks, landscape=True)

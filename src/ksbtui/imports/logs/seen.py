"""What the columns of a log were taken for: what a person looks at before importing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ksbtui.imports.logs import layouts_of
from ksbtui.imports.logs.layout import text_of
from ksbtui.imports.logs.options import Options
from ksbtui.imports.tables import Table

MEANS = {
    "day": "day",
    "weekday": "not read",
    "title": "title",
    "text": "title or what I did",
    "hours": "time in hours",
    "minutes": "time in minutes",
    "duration": "time",
    "start": "start",
    "end": "end",
    "category": "time of one kind",
    "total": "a sum, not counted",
    "type": "type",
    "module": "module",
    "notes": "what I did",
    "learned": "what I learned",
    "ksbs": "KSBs",
    "k": "knowledge",
    "s": "skills",
    "b": "behaviours",
    "paid": "paid hours",
    "place": "on or off the job",
    "ignore": "not read",
    "": "kept in what I did",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its letter, heading, what it was taken for, and its first value."""

    letter: str
    heading: str
    means: str
    example: str


@dataclass(frozen=True, slots=True)
class Seen:
    """One table of a sheet, with the rows (from 1) it covers; no columns where none was found."""

    sheet: str
    first: int
    last: int
    columns: tuple[Column, ...] = ()


def letter_of(column: int) -> str:
    """The letter of a column counted from 0: ``A``, ``Z``, ``AA``."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def tables_seen(tables: Sequence[Table], options: Options) -> tuple[Seen, ...]:
    """Every table of the sheets shown; a sheet without one by its name and first row."""
    found: list[Seen] = []
    for sheet in tables:
        wanted = options.sheet.strip().casefold()
        if sheet.hidden or (wanted and wanted != sheet.name.strip().casefold()):
            continue
        layouts = layouts_of(sheet, options)
        for layout in layouts:
            body = sheet.rows[layout.first : layout.stop]
            columns = []
            for column, role in sorted(layout.roles.items()):
                cells = (row[column] for row in body if column < len(row))
                example = next((text_of(cell) for cell in cells if cell is not None), "")
                means = f"tick for {role[5:]}" if role.startswith("code:") else MEANS[role]
                heading = layout.labels.get(column, "")
                if heading or example:
                    columns.append(Column(letter_of(column), heading, means, example))
            found.append(Seen(sheet.name, layout.first + 1, layout.stop, tuple(columns)))
        if not layouts and any(sheet.rows):
            found.append(Seen(sheet.name, 1, len(sheet.rows)))
    return tuple(found)

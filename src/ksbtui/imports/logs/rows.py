"""From the rows of a table to activities; whatever is odd is named, nothing is mended unseen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import MAX_MINUTES
from ksbtui.core.exchange.activities import Activity, Note, Reading, headline
from ksbtui.core.text.text import clean, quoted
from ksbtui.errors import KsbtuiError, Unreadable
from ksbtui.imports.logs.amounts import between, is_nothing, read_hours, read_minutes
from ksbtui.imports.logs.days import read_day
from ksbtui.imports.logs.headers import role_of
from ksbtui.imports.logs.layout import Layout
from ksbtui.imports.logs.options import Options
from ksbtui.imports.logs.words import (
    codes_in_cell,
    codes_in_text,
    ordered,
    plain,
    read_module,
    read_paid,
    read_type,
    split_links,
)
from ksbtui.imports.tables.grid import Cell, text_of

_TOTAL = re.compile(
    r"(?:(?:sub|grand|overall|weekly|monthly|module|running|cumulative|year|page) ?)*totals?"
    r"(?: (?:hours?|hrs?|time|otj|minutes?|for|to|so far|this|of|off|carried|brought|c f|b f).*)?"
    r"|(?:hours?|time) total|sum|(?:carried|brought) forward|c f|b f"
)
_TOTAL_LABEL = re.compile(
    r"(?:\w+ ){0,3}(?:sub ?|grand )?totals?\b|sum\b|(?:carried|brought) forward"
)
"""What may stand where a day should: a looser reading, since no day is lost by it."""

_TICKED = {"x", "y", "yes", "✓", "✔", "1", "true", "*"}


@dataclass(slots=True)
class _Row:
    """One row being read: its cells by column and what was odd so far."""

    number: int
    cells: Sequence[Cell]
    layout: Layout
    where: str
    odd: list[str] = field(default_factory=list)

    def cell(self, column: int) -> Cell:
        return self.cells[column] if column < len(self.cells) else None

    def filled(self, *roles: str) -> list[Cell]:
        """The cells that hold something in the columns with these roles."""
        cells = (self.cell(column) for column in self.layout.columns(*roles))
        return [cell for cell in cells if cell is not None]

    @property
    def days(self) -> list[Cell]:
        """What stands where the day should."""
        return [cell for column in self.layout.days if (cell := self.cell(column)) is not None]

    def texts(self, *roles: str) -> list[str]:
        return [text_of(cell) for cell in self.filled(*roles)]


def read_rows(layout: Layout, options: Options, order: str, where: str) -> Reading:
    """Every row of one table, as activities or with the reason why not."""
    table, reading = layout.table, Reading()
    top = (table.first if table.head is None else table.head) + 1
    reading.warnings += [Note(top, said, where) for said in layout.odd]
    for index in table.body:
        row = _Row(index + 1, table.grid.rows[index], layout, where)
        if any(row.cell(column) is not None for column in layout.roles):
            _read_row(row, options, order, reading)
    return reading


def _read_row(row: _Row, options: Options, order: str, reading: Reading) -> None:
    """Read one row into ``reading``."""
    reason = _why_skipped(row)
    if reason:
        reading.skipped.append(Note(row.number, reason, row.where))
        return
    if reason is None:
        return
    try:
        day, odd = read_day(row.days[0], order, options.as_at)
        parts = _amounts(row)
    except KsbtuiError as problem:
        reading.refused.append(Note(row.number, problem.message, row.where))
        return
    row.odd += [odd] if odd else []
    reading.activities += [_activity(row, day, minutes, label) for minutes, label in parts]
    reading.warnings += [Note(row.number, text, row.where) for text in row.odd]


def _why_skipped(row: _Row) -> str | None:
    """Why a row holds no activity; empty where it does, None for a heading told again."""
    days = row.days
    if days and isinstance(days[0], str) and role_of(days[0]) in ("day", "weekday"):
        return None
    if days and isinstance(days[0], str) and _TOTAL_LABEL.match(plain(days[0])):
        return "a total"
    first = [text for text in row.texts("day", "title", "text", "type", "module", "notes") if text]
    if any(_TOTAL.fullmatch(plain(text)) for text in first[:2]):
        return "a total"
    if not days:
        loose = [text_of(cell) for cell in row.cells if isinstance(cell, str)]
        return "a total" if any(_TOTAL_LABEL.match(plain(text)) for text in loose) else "no date"
    times = row.filled(*("hours", "minutes", "duration", "category"))
    spans = row.filled("start") and row.filled("end")
    if all(is_nothing(cell) for cell in times) and not spans:
        return "no hours"
    return ""


def _amounts(row: _Row) -> list[tuple[int, str]]:
    """Minutes and category of each activity in a row. Raises Unreadable."""
    layout = row.layout
    parts: list[tuple[int, str]] = []
    for column in layout.columns("category"):
        if not is_nothing(row.cell(column)):
            read = read_minutes if layout.units.get(column) == "minutes" else read_hours
            parts.append((_said(row, read(row.cell(column))), layout.labels.get(column, "")))
    if not parts:
        whole = sum(
            _said(row, read_hours(c)) for c in row.filled("hours", "duration") if not is_nothing(c)
        )
        whole += sum(
            _said(row, read_minutes(c)) for c in row.filled("minutes") if not is_nothing(c)
        )
        whole = _checked_span(row, whole)
        if whole > MAX_MINUTES:
            raise Unreadable(f"{say_minutes(whole)} is more than a day")
        parts = [(whole, "")]
    totals = [cell for cell in row.filled("total") if not is_nothing(cell)]
    if totals and len(layout.columns("total")) == 1:
        _check_total(row, totals[0], sum(minutes for minutes, _ in parts))
    return parts


def _said(row: _Row, read: tuple[int, str]) -> int:
    minutes, odd = read
    if odd:
        row.odd.append(odd)
    return minutes


def _checked_span(row: _Row, minutes: int) -> int:
    """The minutes of start and end where no time is given; a difference is named."""
    starts, ends = row.filled("start"), row.filled("end")
    if not starts or not ends:
        return minutes
    try:
        span = between(starts[0], ends[0])
    except KsbtuiError:
        if minutes:
            return minutes
        raise
    if minutes and span != minutes:
        row.odd.append(
            f"start and end make {say_minutes(span)}, the time says {say_minutes(minutes)}; "
            "the time was taken"
        )
    return minutes or span


def _check_total(row: _Row, cell: Cell, minutes: int) -> None:
    try:
        total, _ = read_hours(cell)
    except KsbtuiError:
        return
    if abs(total - minutes) > 1:
        row.odd.append(
            f"its total says {say_minutes(total)}, its parts make {say_minutes(minutes)}; "
            "the parts were taken"
        )


def _activity(row: _Row, day: date, minutes: int, label: str) -> Activity:
    """One activity of a row: its fields, and every other word of it in the notes."""
    texts = row.texts("title") + row.texts("text")
    title, rest = headline(texts[0]) if texts else ("", "")
    links, words = split_links(row.texts("evidence"))
    notes = [rest, *texts[1:], *row.texts("notes"), *words]
    learned = row.texts("learned")
    if not title:
        found = (*notes, *learned, *row.texts("module", "type"), label)
        source = next((text for text in found if text and not text.isdigit()), "")
        title = headline(source)[0] or "Activity without a title"
    kind = _kind(row, label, notes)
    module = _module(row, notes)
    notes += _loose(row)
    kept = "\n\n".join(text for text in notes if text)
    return Activity(
        row=row.number,
        day=day,
        minutes=minutes,
        title=" ".join(clean(title).split()),
        type=kind,
        module=module,
        notes=clean(kept).strip("\n"),
        learned=clean("\n\n".join(learned)).strip("\n"),
        codes=_codes(row, (title, kept, *learned)),
        paid=_paid(row),
        links=links,
        where=row.where,
    )


def _kind(row: _Row, label: str, notes: list[str]) -> str:
    """The activity type of the category or type column; an unknown word goes to the notes."""
    places = row.texts("place")
    if any(plain(text).removesuffix(" training").startswith("on") for text in places):
        return "work"
    words = [label] if label else []
    words += [text for text in row.texts("type") if text]
    for word in words:
        if kind := read_type(word):
            return kind
    notes += [f"Category: {word}" for word in words if plain(word)]
    return ""


def _module(row: _Row, notes: list[str]) -> int | None:
    """The module's number; a name without one goes to the notes."""
    texts = row.texts("module")
    number = read_module(texts[0]) if texts else None
    if texts and (number is None or len(plain(texts[0]).split()) > 2):
        notes.append(f"Module: {texts[0]}")
    return number


def _loose(row: _Row) -> list[str]:
    """Texts of columns that mean nothing here, under their headings, so that none is lost."""
    found = []
    for column, role in sorted(row.layout.roles.items()):
        cell, label = row.cell(column), row.layout.labels.get(column, "")
        if role == "" and isinstance(cell, str):
            found.append(f"{label}: {cell.strip()}" if label else cell.strip())
    return found


def _paid(row: _Row) -> str:
    texts = row.texts("paid")
    if not texts:
        return "yes"
    paid = read_paid(texts[0])
    if paid is None:
        row.odd.append(f"{quoted(texts[0])} says nothing about pay; it was read as paid")
    return paid or "yes"


def _codes(row: _Row, texts: Sequence[str]) -> tuple[str, ...]:
    """Codes from their columns, from columns of ticks and from running text."""
    found = set(codes_in_text(*texts))
    for role, letter in (("k", "K"), ("s", "S"), ("b", "B"), ("ksbs", "")):
        for cell in row.filled(role):
            found.update(codes_in_cell(text_of(cell), letter))
    for column in row.layout.roles:
        role, cell = row.layout.roles[column], row.cell(column)
        if role.startswith("code:") and text_of(cell).lower() in _TICKED:
            found.add(role.removeprefix("code:"))
    return ordered(found)

"""From the rows of a table to activities; whatever is odd is named, nothing is mended unseen."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ksbtui.core.exchange.imported import Activity, Note, Reading, headline
from ksbtui.core.text.text import clean, one_line, quoted
from ksbtui.errors import KsbtuiError
from ksbtui.imports.logs.layout import Layout
from ksbtui.imports.logs.times import Part, Row, Sums, kinds_of, parts_of
from ksbtui.imports.logs.words import (
    codes_in_cell,
    codes_in_text,
    ordered,
    plain,
    read_module,
    read_paid,
    read_type,
    role_of,
    split_links,
)
from ksbtui.imports.source import Options
from ksbtui.imports.tables.grid import text_of
from ksbtui.imports.times import is_nothing

_TOTAL = re.compile(
    r"(?:(?:sub|grand|overall|weekly|monthly|module|running|cumulative|year|page) ?)*totals?"
    r"(?: (?:hours?|hrs?|time|otj|minutes?|for|to|so far|this|of|off|carried|brought|c f|b f).*)?"
    r"|(?:hours?|time) total|sum|(?:carried|brought) forward|c f|b f"
)
_TOTAL_LABEL = re.compile(
    r"(?:\w+ ){0,3}(?:sub ?|grand )?totals?\b|sum\b|(?:carried|brought) forward"
)
"""What may stand where a day should: a looser reading, since no day is lost by it."""

_A_TOTAL = "a total"
_FOOTER = re.compile(
    r"(?:required|completed|outstanding|remaining|target|counted|logged|planned|claimed|balance"
    r"|(?:\w+ )?(?:signature|signed)|date signed|name|notes?|please|comments?)\b"
)
_NO_TITLE = re.compile(
    r"(?:(?:week|wk|day|month|session|lesson|term|sprint|no|number|module|unit)? ?\d{1,3}"
    r"(?: of \d{1,3})?|w ?c .*|week (?:commencing|ending|beginning) .*)"
)
"""What numbers an activity but says nothing of it, such as Week 2."""
_TIME_WORDS = re.compile(r"\b(?:hours?|hrs?|time|minutes?|mins?|duration)\b", re.IGNORECASE)
_LABEL = 40
"""A longer heading is an instruction and is not copied into notes."""
_TICKED = {"x", "y", "yes", "✓", "✔", "1", "true", "*"}


def read_rows(layout: Layout, options: Options, order: str, where: str) -> Reading:
    """Every row of one table, as activities or with the reason why not."""
    table, reading = layout.table, Reading()
    top = (table.first if table.head is None else table.head) + 1
    reading.warnings += [Note(top, odd, where) for odd in layout.odd]
    sums = Sums()
    for index in table.body:
        row = Row(index + 1, table.grid.rows[index], layout, where)
        if any(row.cell(column) is not None for column in layout.roles):
            _read_row(row, options, order, reading, sums)
    return reading


def _read_row(row: Row, options: Options, order: str, reading: Reading, sums: Sums) -> None:
    reason = _why_skipped(row)
    if reason is None:
        return
    if reason:
        reading.skipped.append(Note(row.number, reason, row.where))
        if reason == _A_TOTAL and (difference := sums.compare(row)):
            reading.warnings.append(Note(row.number, difference, row.where))
        return
    try:
        parts = parts_of(row, order, options.as_at)
    except KsbtuiError as problem:
        reading.refused.append(Note(row.number, problem.message, row.where))
        return
    sums.add(parts)
    reading.activities += [_activity(row, part) for part in parts]
    reading.warnings += [Note(row.number, text, row.where) for text in row.odd]


def _why_skipped(row: Row) -> str | None:
    """Why a row holds no activity; empty where it does, None for a heading told again."""
    days = row.days
    if days and isinstance(days[0], str) and role_of(days[0]) in ("day", "weekday", "filed"):
        return None
    if days and isinstance(days[0], str) and _TOTAL_LABEL.match(plain(days[0])):
        return _A_TOTAL
    texts = [text_of(cell) for cell in row.cells if isinstance(cell, str)]
    if len(texts) > 2 and len(set(texts)) == 1:
        return f"a heading: {quoted(texts[0])}"
    first = [text for text in row.texts("day", "title", "text", "type", "module", "notes") if text]
    if any(_TOTAL.fullmatch(plain(text)) for text in first[:2]):
        return _A_TOTAL
    if not days and not row.layout.on:
        return _without_a_day(texts)
    times = row.filled(*("hours", "minutes", "duration", "category", "on"))
    spans = row.filled("start") and row.filled("end")
    if all(is_nothing(cell) for cell in times) and not spans:
        places = {(row.number - 1, c) for c in row.layout.columns("hours", "minutes", "duration")}
        merged = not places.isdisjoint(row.layout.table.grid.covered)
        return "its time is merged with the row above" if merged else "no hours"
    return ""


def _without_a_day(texts: Sequence[str]) -> str:
    """What a row without a day is: a sum, another line below a table, or an activity undated."""
    words = [plain(text) for text in texts]
    if any(_TOTAL_LABEL.match(text) for text in words):
        return _A_TOTAL
    if words and _FOOTER.match(words[0]):
        return f"below the table: {quoted(texts[0])}"
    return "no date"


def _activity(row: Row, part: Part) -> Activity:
    """One activity of a row: its fields, and every other word of it in the notes."""
    texts = row.texts("title") + row.texts("text")
    links, words = split_links(row.texts("evidence"))
    learned, modules = row.texts("learned"), row.texts("module")
    others = [*row.texts("notes"), *words]
    candidates = [*texts, *modules, *others, *learned, *row.texts("type"), part.label]
    source = next(
        (text for text in candidates if text and not _NO_TITLE.fullmatch(plain(text))), ""
    )
    title, rest = headline(source or next((text for text in candidates if text), ""))
    notes = [rest, *(text for text in texts if text != source), *others]
    kind = _kind(row, part.label, notes)
    module = _module(row, notes, source)
    notes += [*_loose(row), *(kinds_of(row) if part.first_day else ())]
    joined = "\n\n".join(text for text in notes if text)
    return Activity(
        row=row.number,
        day=part.day,
        first_day=part.first_day,
        minutes=part.minutes,
        title=one_line(title) or "Activity without a title",
        type=kind,
        module=module,
        notes=clean(joined).strip("\n"),
        learned=clean("\n\n".join(learned)).strip("\n"),
        codes=_codes(row, (title, joined, *learned)),
        paid=_paid(row),
        links=links,
        where=row.where,
    )


def _kind(row: Row, label: str, notes: list[str]) -> str:
    """The activity type of the category or type column; an unknown word goes to the notes."""
    places = row.texts("place")
    if any(plain(text).removesuffix(" training").startswith("on") for text in places):
        return "work"
    words = [kind] if (kind := _TIME_WORDS.sub("", label).strip()) else []
    words += [text for text in row.texts("type") if text]
    for word in words:
        if kind := read_type(word):
            return kind
    notes += [f"Category: {word}" for word in words if plain(word)]
    return ""


def _module(row: Row, notes: list[str], title: str) -> int | None:
    """The module's number; a name without one goes to the notes."""
    texts = row.texts("module")
    number = read_module(texts[0]) if texts else None
    if texts and texts[0] != title and (number is None or len(plain(texts[0]).split()) > 2):
        notes.append(f"Module: {texts[0]}")
    return number


def _loose(row: Row) -> list[str]:
    """Texts of columns that mean nothing here, under their headings, so that none is lost."""
    loose = []
    for column, role in sorted(row.layout.roles.items()):
        text, label = text_of(row.cell(column)), row.layout.labels.get(column, "")
        if role == "" and text:
            short = label if len(label) <= _LABEL else ""
            loose.append(f"{short}: {text}" if short else text)
    return loose


def _paid(row: Row) -> str:
    texts = row.texts("paid")
    if not texts:
        return "yes"
    paid = read_paid(texts[0])
    if paid is None:
        row.odd.append(f"{quoted(texts[0])} does not say whether it was paid; it was read as paid")
    return paid or "yes"


def _codes(row: Row, texts: Sequence[str]) -> tuple[str, ...]:
    """Codes from their columns, from columns of ticks and from running text."""
    codes = set(codes_in_text(*texts))
    for role, letter in (("k", "K"), ("s", "S"), ("b", "B"), ("ksbs", "")):
        for cell in row.filled(role):
            codes.update(codes_in_cell(text_of(cell), letter))
    for column in row.layout.roles:
        role, cell = row.layout.roles[column], row.cell(column)
        if role.startswith("code:") and text_of(cell).lower() in _TICKED:
            codes.add(role.removeprefix("code:"))
    return ordered(codes)

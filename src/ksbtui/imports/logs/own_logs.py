"""Training logs that ksbtui wrote itself, read back by the columns of its layouts.

Each column goes to the field it was written from, so nothing is guessed: a title may be
``Week 2`` and a note may name a KSB that the entry is not tagged with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from ksbtui.core.exchange.imported import Activity, Note, Reading
from ksbtui.errors import KsbtuiError, Unreadable
from ksbtui.imports.logs.words import codes_in_cell, ordered, read_module, read_paid, read_type
from ksbtui.imports.tables.finder import Table
from ksbtui.imports.tables.grid import Cell, text_of
from ksbtui.imports.times import is_nothing, read_day, read_hours, read_minutes, read_span

_FEWEST = 16
"""Columns from which a table that lacks some of a layout's is still one of ours: ksbtui 0.1.0
wrote fewer of the standard layout."""

PRIVATE = "(private)"
"""The title of an entry of which only day, type and time were written."""

_ESCAPED = re.compile(r"\A'(?=['\s]*[=+\-@＝＋－＠]|[\t\r])")
_EVIDENCE = re.compile(r"(.*) \((\S.*)\)")
_DERIVED = ("counts", "why-not", "name", "off-the-job", "id", "blank", "clock", "hours-other")

Columns = Mapping[int, Mapping[str, Any]]
"""Columns of a layout's file by their place in a table."""


def own_columns(table: Table) -> Columns | None:
    """The columns of the layout a table was written in; None where it is nobody's of ours."""
    heads = {column: table.headings[column].whole for column in sorted(table.headings)}
    for layout in _layouts():
        named = {column["header"]: column for column in layout}
        same = list(heads.values()) == list(named)
        if same or (len(heads) >= _FEWEST and named.keys() >= set(heads.values())):
            return {place: named[head] for place, head in heads.items()}
    return None


@lru_cache
def _layouts() -> tuple[tuple[dict[str, Any], ...], ...]:
    """The columns of every layout on offer, those with most columns first."""
    # deferred: the data files, only where a log comes in
    from ksbtui.store.seed.seeds import read_table, seed_files

    read_layouts = []
    for path in seed_files("layouts"):
        try:
            read_layouts.append(tuple(read_table(path)["columns"]))
        except (KsbtuiError, KeyError):
            continue
    return tuple(sorted(read_layouts, key=len, reverse=True))


@lru_cache
def _types() -> dict[str, str]:
    from ksbtui.store.seed.seeds import read_table, seed_files  # only where a log comes in

    tables = [read_table(path).get("types", []) for path in seed_files("rules")]
    return {kind["label"]: kind["id"] for kinds in tables for kind in kinds}


def typed(cell: Cell) -> str:
    """A text as it was before a spreadsheet was kept from taking it for a formula."""
    return _ESCAPED.sub("", text_of(cell), count=1) if isinstance(cell, str) else text_of(cell)


def read_own_rows(table: Table, columns: Columns, as_at: date, where: str) -> Reading:
    """Every row as the activity it was written from; the sums below them left out."""
    reading = Reading()
    for index in table.body:
        cells = table.grid.rows[index]
        filled = [
            (column, cells[place])
            for place, column in columns.items()
            if place < len(cells) and not is_empty(cells[place])
        ]
        if not filled:
            continue
        try:
            activity = _activity(index + 1, filled, as_at, where)
        except KsbtuiError as problem:
            reading.refused.append(Note(index + 1, problem.message, where))
            continue
        if activity:
            reading.activities.append(activity)
        else:
            reading.skipped.append(Note(index + 1, "a total", where))
    return reading


def is_empty(cell: Cell) -> bool:
    """Whether a cell holds nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _activity(
    row: int, filled: list[tuple[Mapping[str, Any], Cell]], as_at: date, where: str
) -> Activity | None:
    given = {column["value"]: cell for column, cell in filled if not column.get("types")}
    day = given.get("day")
    if day is None or (isinstance(day, str) and not any(map(str.isdigit, day))):
        if len(given) > 6:
            raise Unreadable("it has no day")
        return None
    last, first, _ = read_span(day, "dmy", as_at)
    values: dict[str, Any] = {"row": row, "where": where, "day": last, "first_day": first}
    values["minutes"] = _minutes(given)
    codes: list[str] = []
    for name, cell in given.items():
        if name in _READERS:
            values |= _READERS[name](cell)
        elif name in ("ksbs", "knowledge", "skills", "behaviours"):
            codes += codes_in_cell(text_of(cell))
        elif name not in _DERIVED and name not in _TIMES:
            values["notes"] = "\n\n".join(filter(None, (values.get("notes", ""), typed(cell))))
    values |= dict(_type(filled)) if "type" not in values else {}
    if values.get("verified") and "verified-on" in given:
        by, _ = values["verified"]
        values["verified"] = (by, read_day(given["verified-on"], "dmy", as_at)[0])
    values["new_learning"], values["relevant"] = _flags(given)
    values.setdefault("title", "Activity without a title")
    values["private"] = values["title"] == PRIVATE
    return Activity(codes=ordered(codes), **values)


_TIMES = ("day", "minutes", "hours", "hours-part", "minutes-part", "verified-on")


def _minutes(given: Mapping[str, Cell]) -> int:
    """The exact minutes; hours only where a row has no minutes, as one added by hand."""
    if not is_nothing(given.get("minutes")):
        return read_minutes(given["minutes"], 60_000)[0]
    if is_nothing(given.get("hours")):
        raise Unreadable("it has no minutes")
    return read_hours(given["hours"], 60_000)[0]


def _flags(given: Mapping[str, Cell]) -> tuple[bool, bool]:
    """Whether the learning was new and about the standard, as their columns or reason say."""
    why = text_of(given.get("why-not")).lower()
    new = text_of(given.get("new-learning")) or ("N" if "new" in why.split() else "Y")
    on = text_of(given.get("relevant")) or ("N" if "about the standard" in why else "Y")
    return new != "N", on != "N"


def _type(filled: list[tuple[Mapping[str, Any], Cell]]) -> Iterator[tuple[str, str]]:
    """The type that a column of its own stands for, where hours are in it."""
    for column, cell in filled:
        if not is_nothing(cell) and column["value"] == "hours" and column.get("types"):
            yield "type", column["types"][0]
        elif not is_nothing(cell) and column["value"] == "hours-other":
            yield "type", "other"


def _titled(cell: Cell) -> dict[str, Any]:
    """A title and what was done, written into one cell."""
    title, _, notes = typed(cell).partition("\n")
    return {"title": title, "notes": notes}


def _evidence(cell: Cell) -> dict[str, Any]:
    lines = [line for line in text_of(cell).splitlines() if line.strip()]
    matches = [_EVIDENCE.fullmatch(typed(line)) for line in lines]
    pairs = [
        (match[1], match[2]) if match else (line, line)
        for match, line in zip(matches, lines, strict=True)
    ]
    return {"links": tuple(pairs)}


def _day(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else date.fromisoformat(text_of(cell))


_READERS: dict[str, Callable[[Cell], dict[str, Any]]] = {
    "title": lambda cell: {"title": typed(cell)},
    "activity": _titled,
    "notes": lambda cell: {"notes": typed(cell)},
    "learned": lambda cell: {"learned": typed(cell)},
    "category": lambda cell: {"type": _types().get(text_of(cell)) or read_type(text_of(cell))},
    "module": lambda cell: {"module": read_module(text_of(cell))},
    "module-number": lambda cell: {"module": read_module(text_of(cell))},
    "paid": lambda cell: {"paid": read_paid(text_of(cell)) or "yes"},
    "evidence": _evidence,
    "submitted-on": lambda cell: {"submitted": _day(cell)},
    "verified-by": lambda cell: {"verified": (typed(cell), None)},
    "new-learning": lambda cell: {},
    "relevant": lambda cell: {},
}
"""How each value of a layout goes back to the fields of an activity."""

"""Where the tables of a sheet are, and what each of their columns means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from ksbtui.core.text.text import quoted
from ksbtui.errors import KsbtuiError, NotFound, Unreadable
from ksbtui.imports.logs.amounts import is_nothing
from ksbtui.imports.logs.days import read_day
from ksbtui.imports.logs.headers import MAPPABLE, TIMES, role_of
from ksbtui.imports.logs.told_twice import repeated_times
from ksbtui.imports.logs.words import plain, read_type
from ksbtui.imports.tables import Cell

Row = Sequence[Cell]

_TIMED = (*TIMES, "total")
_WIDE = 60
"""Headings longer than this are no names of categories of time."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One table: the rows that belong to it (from 0, ``stop`` excluded) and its columns.

    ``roles`` and ``labels`` are by column; a column with the role ``category`` holds the
    time of one kind of activity, named by its label, in ``unit`` (hours or minutes).
    """

    first: int
    stop: int
    left: int
    roles: Mapping[int, str]
    labels: Mapping[int, str]
    units: Mapping[int, str]
    header: int | None = None
    _found: dict[tuple[str, ...], list[int]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def columns(self, *roles: str) -> list[int]:
        """The columns with one of these roles, from left to right."""
        if roles not in self._found:
            found = sorted(column for column, role in self.roles.items() if role in roles)
            self._found[roles] = found
        return self._found[roles]

    @property
    def days(self) -> list[int]:
        """Columns that hold the day: its own, else the start, where that names a day too."""
        return self.columns("day") or self.columns("start")[:1]

    @property
    def times(self) -> list[int]:
        """Columns that hold lengths of time."""
        return self.columns(*TIMES, "category")

    @property
    def usable(self) -> bool:
        """Whether it has a column of days and a way to tell how long an activity took."""
        timed = bool(self.times) or bool(self.columns("start") and self.columns("end"))
        return bool(self.days) and (timed or bool(self.columns("total")))


def text_of(cell: Cell) -> str:
    """A cell as a page would print it."""
    if isinstance(cell, datetime):
        cell = cell.date() if cell.time() == time() else cell
    if isinstance(cell, date | time | datetime):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return "" if cell is None else str(cell).strip()


def find_layouts(rows: Sequence[Row]) -> list[Layout]:
    """Every table of activities in a sheet, from the top; side-by-side ones each by itself."""
    headers = list(_headers(rows))
    stops = [index for index in range(len(rows)) if _ends_table(rows, index)]
    found: list[Layout] = []
    for place, layout in enumerate(headers):
        later = [other.header for other in headers[place + 1 :] if other.header != layout.header]
        after = [stop for stop in (*later, *stops) if stop is not None and stop >= layout.first]
        layout = replace(layout, stop=min(after, default=len(rows)))
        found.append(_with_categories(layout, rows))
    return [layout for layout in found if layout.usable and _has_days(layout, rows)]


def _has_days(layout: Layout, rows: Sequence[Row]) -> bool:
    """Whether a table without a column of days has them in its column of starts."""
    if layout.columns("day"):
        return True
    start, body = layout.days[0], rows[layout.first : layout.stop]
    return any(_is_day(row[start]) for row in body if start < len(row))


def mapped_layout(
    rows: Sequence[Row], columns: Mapping[str, tuple[str, ...]], header_row: int | None
) -> list[Layout]:
    """The tables of a sheet with the columns that a person named put over those found."""
    found = find_layouts(rows) if header_row is None else []
    if header_row is not None:
        if not 1 <= header_row <= len(rows):
            raise NotFound(
                f"There is no row {header_row}; the sheet has {len(rows)}.",
                "Give the row of the headings: --header-row N",
            )
        block = _block(rows, header_row - 1, sub=False)
        found = [_with_categories(replace(block, stop=len(rows)), rows)]
    elif not found:
        found = [Layout(0, len(rows), 0, {}, {}, {})]
    return [_overlaid(layout, columns, rows) for layout in found]


def _overlaid(
    layout: Layout, columns: Mapping[str, tuple[str, ...]], rows: Sequence[Row]
) -> Layout:
    """A layout whose fields in ``columns`` come from there and nowhere else."""
    named = {
        role: [_column(name, layout, rows) for name in names] for role, names in columns.items()
    }
    taken = {column for found in named.values() for column in found}
    time_named = any(role in (*TIMES, "start") for role in named)
    roles = {
        column: role
        for column, role in layout.roles.items()
        if column not in taken
        and role not in named
        and not (time_named and role in (*_TIMED, "category", "start", "end"))
    }
    units = dict(layout.units)
    for role, places in named.items():
        many = role in TIMES and len(places) > 1
        for column in places:
            roles[column] = "category" if many else role
            units[column] = "minutes" if role == "minutes" else "hours"
    return replace(layout, roles=roles, units=units)


def _column(name: str, layout: Layout, rows: Sequence[Row]) -> int:
    """The column (from 0) of a letter such as ``G`` or of a heading."""
    wanted = name.strip()
    for column, label in layout.labels.items():
        if plain(label) == plain(wanted) and plain(wanted):
            return column
    if wanted.isalpha() and wanted.isascii() and len(wanted) <= 3:
        number = 0
        for letter in wanted.upper():
            number = number * 26 + ord(letter) - 64
        if number <= max((len(row) for row in rows), default=0):
            return number - 1
    raise NotFound(
        f"There is no column {quoted(name)}.",
        "Give a letter such as G, or a heading as it stands in the file.",
    )


def read_map(text: str) -> dict[str, tuple[str, ...]]:
    """``day=A,hours=G+H,title=Activity`` as columns by field. Raises Unreadable."""
    found: dict[str, tuple[str, ...]] = {}
    for part in text.split(","):
        field, equals, names = part.partition("=")
        field = {"date": "day", "activity": "title", "time": "duration"}.get(
            field.strip().lower(), field.strip().lower()
        )
        if not equals or field not in MAPPABLE or not names.strip():
            raise Unreadable(
                f"{quoted(part)} maps no field.",
                f"Write day=A,hours=G; the fields are {', '.join(MAPPABLE)}.",
            )
        found[field] = tuple(name.strip() for name in names.split("+") if name.strip())
    return found


def _headers(rows: Sequence[Row]) -> Iterator[Layout]:
    """Every header of one or two rows, in order."""
    index = 0
    while index < len(rows):
        if _is_header(rows[index]):
            block = _block(rows, index)
            yield from _sides(block)
            index = block.first
        else:
            index += 1


def _is_header(row: Row) -> bool:
    """Whether a row names a day and at least one more field, and holds only short texts."""
    filled = [cell for cell in row if cell is not None]
    if len(filled) < 2 or any(not isinstance(cell, str) for cell in filled):
        return False
    texts = [cell for cell in filled if isinstance(cell, str)]
    roles = {role_of(text) for text in texts}
    if not roles & {"day", "weekday"}:
        return roles >= {"start", "end"}
    others = roles - {"", "day", "weekday", "ignore", "code"}
    return bool(others) or sum(bool(read_type(text)) for text in texts) > 1


def _block(rows: Sequence[Row], index: int, *, sub: bool = True) -> Layout:
    """The header at a row with the group headings above it or the sub-headings below."""
    row = rows[index]
    day = next((c for c, cell in enumerate(row) if role_of(text_of(cell)) == "day"), None)
    below = sub and index + 1 < len(rows) and _is_sub(row, rows[index + 1], day)
    if below:
        bottom, top = rows[index + 1], _spread(row, rows[index + 1])
    else:
        bottom = row
        top = _spread(rows[index - 1], row) if index and _is_group(rows[index - 1]) else []
    roles: dict[int, str] = {}
    labels: dict[int, str] = {}
    units: dict[int, str] = {}
    for column in range(max(len(bottom), len(top))):
        label, group = _at(bottom, column), _at(top, column)
        if day is not None and column != day and group == _at(top, day) != "":
            group = ""
        roles[column] = _role(label, group)
        labels[column] = label or group
        units[column] = "minutes" if "min" in plain(f"{group} {label}") else "hours"
    return Layout(index + 1 + below, len(rows), 0, roles, labels, units, index)


def _role(label: str, group: str) -> str:
    """A column's role from its own heading and the one it stands under."""
    own, over = role_of(label), role_of(group)
    if not label:
        return over
    if over in TIMES and label != group:
        if own in ("total", "ignore", "minutes", "hours", "start", "end", "duration"):
            return own
        return "category" if len(label) <= _WIDE else own
    if over == "day" and own in ("start", "end") and label != group:
        return "day" if own == "start" else "ignore"
    if own in ("k", "s", "b") or own:
        return own
    return over if over in ("ksbs", "k", "s", "b", "paid", "notes", "learned") else ""


def _is_sub(header: Row, row: Row, day: int | None) -> bool:
    """Whether a row goes on with the header above it: short texts, no day of its own."""
    filled = [(c, cell) for c, cell in enumerate(row) if cell is not None]
    if len(filled) < 2 or any(not isinstance(cell, str) for _, cell in filled):
        return False
    if day is not None and _at(row, day) not in ("", _at(header, day)):
        return False
    if all(_at(header, c) == text_of(cell) for c, cell in filled):
        return False
    new = [(c, text_of(cell)) for c, cell in filled if text_of(cell) != _at(header, c)]
    over = _spread(header, row)
    spans = [_at(over, c) in (_at(over, c - 1) if c else "", _at(over, c + 1)) for c, _ in new]
    return all(spans) and all(len(text) <= _WIDE for _, text in new)


def _is_group(row: Row) -> bool:
    """Whether a row above a header can hold the headings of groups: a few short texts."""
    filled = [cell for cell in row if cell is not None]
    return bool(filled) and all(isinstance(cell, str) and len(cell) <= _WIDE for cell in filled)


def _spread(top: Row, bottom: Row) -> list[Cell]:
    """A row of group headings carried on over the empty cells to their right."""
    spread: list[Cell] = []
    last: Cell = None
    for column in range(max(len(top), len(bottom))):
        own = top[column] if column < len(top) else None
        if own is not None:
            last = own if role_of(text_of(own)) != "day" else None
            spread.append(own)
        else:
            spread.append(last if column < len(bottom) and bottom[column] is not None else None)
    return spread


def _sides(block: Layout) -> Iterator[Layout]:
    """Tables that stand side by side under one row of headings, each by itself."""
    days = block.columns("day")
    cuts = [0, *days[1:], len(block.roles)]
    sides = [
        replace(block, left=left, roles={c: r for c, r in block.roles.items() if left <= c < right})
        for left, right in pairwise(cuts)
    ]
    if len(sides) > 1 and all(side.usable and side.columns("title", "text") for side in sides):
        yield from sides
        return
    roles = dict(block.roles)
    if not days:
        roles |= {c: "day" for c in block.columns("weekday")[:1]}
    best = min(days, key=lambda c: plain(block.labels[c]) not in ("date", "dates"), default=None)
    roles |= {c: "ignore" for c in days if c != best}
    yield replace(block, roles=roles)


def _with_categories(layout: Layout, rows: Sequence[Row]) -> Layout:
    """Settle which columns of time are categories, which the one time, which a sum."""
    roles = dict(layout.roles)
    body = rows[layout.first : layout.stop]
    times = [c for c in roles if roles[c] in TIMES]
    roles |= dict.fromkeys(repeated_times(times, roles, body), "ignore")
    times = [c for c in times if roles[c] != "ignore"]
    numeric = [
        c
        for c, role in roles.items()
        if role not in (*_TIMED, "category", "day", "start", "end", "ignore", "paid", "module")
        and not role.startswith("code:")
        and read_type(layout.labels.get(c, ""))
        and _holds_numbers(body, c)
    ]
    named = [c for c in roles if roles[c] == "category"]
    summed = "total" in roles.values()
    if len(numeric) >= 2 or (numeric and (summed or not times)):
        roles |= dict.fromkeys((*numeric, *(times if summed else ())), "category")
        named += numeric
        if len(times) == 1 and not summed:
            roles[times[0]] = "total"
        times = []
    pair = sorted(roles[c] for c in times) == ["hours", "minutes"]
    if len(times) > 1 and not pair:
        roles |= dict.fromkeys(times, "category")
    elif not times and not named and (totals := [c for c in roles if roles[c] == "total"]):
        roles[totals[0]] = "duration"
    return replace(layout, roles=roles)


def _holds_numbers(body: Sequence[Row], column: int) -> bool:
    """Whether a column's filled cells are numbers or lengths of time."""
    cells = [row[column] for row in body if column < len(row) and row[column] is not None]
    numbers = [c for c in cells if not isinstance(c, str) or c.strip("0123456789.: ") == ""]
    dates = [c for c in cells if isinstance(c, date)]
    return bool(cells) and not dates and len(numbers) * 2 > len(cells)


def _ends_table(rows: Sequence[Row], index: int) -> bool:
    """Whether another kind of table begins at a row: headings with a time and without a day."""
    filled = [cell for cell in rows[index] if cell is not None]
    if len(filled) < 2 or any(not isinstance(cell, str) for cell in filled):
        return False
    above = rows[index - 1] if index else []
    if any(cell is not None for cell in above):
        return False
    roles = [role_of(text_of(cell)) for cell in filled]
    return (
        "day" not in roles
        and any(role in _TIMED for role in roles)
        and not any(is_nothing(cell) or _is_day(cell) for cell in filled)
    )


def _is_day(cell: Cell) -> bool:
    try:
        read_day(cell, "dmy", date(2026, 1, 1))
    except KsbtuiError:
        return False
    return True


def _at(row: Row, column: int) -> str:
    return text_of(row[column]) if column < len(row) else ""

"""What the columns of a table mean for a log, and why some are left aside."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ksbtui.core.text.text import quoted
from ksbtui.errors import KsbtuiError
from ksbtui.imports.logs.day_columns import (
    WeekDay,
    day_columns,
    is_amount,
    is_bare_day,
    is_day,
    is_time,
    week_above,
)
from ksbtui.imports.logs.words import (
    TIMES,
    codes_in_cell,
    is_answer,
    is_codes,
    near_role,
    plain,
    read_type,
    role_of,
)
from ksbtui.imports.tables.finder import NAME, Table
from ksbtui.imports.tables.grid import Cell, is_figure, letter_of, text_of
from ksbtui.imports.times import is_nothing, read_hours, read_minutes

TIMED = (*TIMES, "total", "on")
_HANDED_DOWN = ("ksbs", "k", "s", "b", "paid", "notes", "learned", "ignore")
"""Meanings that a heading over several columns gives to those that say nothing known."""
_CODES = ("ksbs", "k", "s", "b")
NO_WEEK = "its columns are weekdays, and no date says of which week"
_FINEST = ("minutes", "duration", "hours")
"""Which of several spellings of one time is taken, the exact before the rounded."""
_STARTED = re.compile(r"\b(start(ed)?|from|began|begun|first)\b")
_ENDED = re.compile(r"\b(end(ed)?|to|until|finish(ed)?|complet(ed|ion)|last)\b")
_LOOK = 400
"""Rows of a column that are looked at to see what it holds."""


@dataclass(slots=True)
class Layout:
    """A table with the role of each column, its label, and the unit of its times.

    A column with the role ``category`` holds the time of one kind of activity, named by its
    label. ``aside`` says of a column why nothing is read of it, ``odd`` what a person should
    look at. ``on`` are the columns with the times of one day, ``week`` the cell outside the
    rows that names the week of weekdays, with its words.
    """

    table: Table
    roles: dict[int, str] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    aside: dict[int, str] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)
    on: dict[int, WeekDay] = field(default_factory=dict)
    week: tuple[Cell, str] = (None, "")
    is_mapped: bool = False
    _found: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    _found_for: dict[int, str] = field(default_factory=dict)

    def columns(self, *roles: str) -> list[int]:
        """The columns with one of these roles, from left to right; asked for in every row."""
        if self._found_for != self.roles:
            self._found, self._found_for = {}, dict(self.roles)
        if roles not in self._found:
            self._found[roles] = sorted(c for c, role in self.roles.items() if role in roles)
        return self._found[roles]

    @property
    def days(self) -> list[int]:
        """Columns that hold the day: its own, else the start, where that names a day too."""
        return self.columns("day") or self.columns("start")[:1]

    @property
    def names_weekdays(self) -> bool:
        """Whether it has columns for weekdays, whose week is named elsewhere."""
        return any(isinstance(day, int) for day in self.on.values())

    @property
    def is_timed(self) -> bool:
        spans = self.columns("start") and self.columns("end")
        return bool(self.columns(*TIMES, "category", "on") or spans or self.columns("total"))

    @property
    def reason(self) -> str:
        """Why nothing of it is read; empty where it is a log."""
        if self.on and not self.columns("title", "text", "module", "type", "notes", "learned"):
            return "no column says what was done on its days"
        if self.names_weekdays and self.week[0] is None and not self.days:
            return NO_WEEK
        lacking = [] if self.days or self.on else ["the day"]
        lacking += [] if self.is_timed else ["the time"]
        return f"no column for {' or for '.join(lacking)} was found" if lacking else ""

    def name(self, column: int) -> str:
        """A column as a person finds it: its letter and heading."""
        label = self.labels.get(column, "")
        return f"{letter_of(column)} {quoted(label)}" if label else letter_of(column)

    def cells(self, column: int, most: int = _LOOK) -> list[Cell]:
        rows = self.table.grid.rows
        cells: list[Cell] = []
        for row in self.table.body:
            cell = rows[row][column] if column < len(rows[row]) else None
            if cell is not None:
                cells.append(cell)
                if len(cells) == most:
                    break
        return cells

    def leave(self, column: int, reason: str) -> None:
        self.roles[column] = "ignore"
        self.aside[column] = reason


def layout_of(table: Table) -> Layout:
    """The meaning of each column, by its heading and, where that says nothing, its content."""
    layout = Layout(table)
    day = [c for c, h in table.headings.items() if role_of(h.whole) == "day"][:1]
    over = table.headings[day[0]].group if day else ""
    for column in range(table.left, table.right):
        heading = table.headings.get(column)
        if heading is None:
            layout.roles[column] = ""
            continue
        group = heading.group if column in day or heading.group != over else ""
        layout.roles[column] = _role(heading.whole, heading.label, group)
        layout.labels[column] = heading.label or group
        words = plain(f"{group} {heading.whole}")
        layout.units[column] = "minutes" if "min" in words and "hour" not in words else "hours"
    _settle_day_columns(layout)
    _settle_days(layout)
    _settle_times(layout)
    _settle_words(layout)
    return layout


def _role(whole: str, label: str, group: str) -> str:
    """A column's role from its own heading and the one it stands under."""
    own, over = role_of(whole), role_of(group)
    if not label:
        return over
    if over in TIMES and label != group:
        if own in ("total", "on", "ignore", "minutes", "hours", "start", "end", "duration"):
            return own
        return "category" if len(label) <= NAME else own
    if over == "day" and own in ("start", "end") and label != group:
        return "day" if own == "start" else "until"
    return own or (over if over in _HANDED_DOWN and not read_type(label) else "")


def _settle_day_columns(layout: Layout) -> None:
    """Times under days make every other column of time a sum; anything else there is no time."""
    columns = layout.columns("on")
    cells = [cell for column in columns for cell in layout.cells(column)]
    if sum(map(is_time, cells)) * 2 >= len(cells):
        layout.on = day_columns({column: layout.labels[column] for column in columns})
    if layout.on:
        layout.roles |= dict.fromkeys(layout.columns(*TIMES), "total")
        layout.week = week_above(layout.table) if layout.names_weekdays else layout.week
    else:
        layout.roles |= dict.fromkeys(columns, "")


def _settle_days(layout: Layout) -> None:
    """One column of days: the one that says so best, or the one that holds them."""
    if _settle_span(layout):
        return
    days = layout.columns("day")
    starts = layout.columns("start")
    if not days and not layout.on and not (starts and _mostly(layout, starts[0], is_day)):
        others = [*layout.columns("filed"), *layout.columns("weekday")]
        free = [c for c, role in layout.roles.items() if not role]
        spelt = [c for c in free if near_role(layout.labels.get(c, "")) == "day"]
        holding = [c for c in free if _mostly(layout, c, is_day)]
        chosen = ([c for c in others if _mostly(layout, c, is_day)] or spelt or holding)[:1]
        if chosen and chosen[0] not in others:
            layout.odd.append(
                f"column {layout.name(chosen[0])} holds days, so it was read as the day"
            )
        days = chosen
    best = min(days, key=lambda c: (_rank(layout, c), c), default=None)
    for column in layout.columns("day", "filed", "weekday"):
        if column != best:
            layout.leave(column, "not the day of the activity")
    if best is not None:
        layout.roles[best] = "day"
        layout.aside.pop(best, None)


def _settle_span(layout: Layout) -> bool:
    """Whether one column holds first days and another one last days, without a time of day."""
    first, last = (
        [
            column
            for column in layout.columns("day", end)
            if words.search(plain(layout.labels.get(column, "")))
            and _mostly(layout, column, is_bare_day)
        ]
        for end, words in (("start", _STARTED), ("end", _ENDED))
    )
    if not first or not last or first[0] == last[0]:
        return False
    for column in layout.columns("day", "filed", "weekday"):
        layout.leave(column, "not the day of the activity")
    for column, role in ((first[0], "day"), (last[0], "until")):
        layout.roles[column] = role
        layout.aside.pop(column, None)
    return True


def _rank(layout: Layout, column: int) -> int:
    label = plain(layout.labels.get(column, ""))
    return 0 if label in ("date", "dates") else 1 if "complet" in label or "date" in label else 2


def _settle_times(layout: Layout) -> None:
    """Settle which columns of time are categories, which the one time, which a sum."""
    roles = layout.roles
    times = [c for c in roles if roles[c] in TIMES]
    for column in _repeated(layout, times):
        layout.leave(column, "the same time as in another column")
    times = [c for c in times if roles[c] != "ignore"]
    summed = [c for c in roles if roles[c] == "total"]
    settled = (*TIMED, "category", "day", "start", "end", "until", "ignore", "paid", "module")
    open_ = [c for c, role in roles.items() if role not in settled and role[:5] != "code:"]
    numeric = [c for c in open_ if _mostly(layout, c, is_amount)]
    named = [c for c in roles if roles[c] == "category"]
    kinds = [c for c in numeric if read_type(layout.labels.get(c, ""))]
    unknown = [c for c in numeric if c not in kinds and not roles[c]]
    if unknown and summed and _sums(layout, [*times, *named, *kinds, *unknown], summed[0]):
        kinds += unknown
        layout.odd += [
            f"column {layout.name(c)} was read as time, because the totals then match"
            for c in unknown
        ]
    if len(kinds) >= 2 or (kinds and (summed or not times)):
        roles |= dict.fromkeys((*kinds, *(times if summed else ())), "category")
        if len(times) == 1 and not summed:
            roles[times[0]] = "total"
        named += kinds
        times = []
    pair = sorted(roles[c] for c in times) == ["hours", "minutes"]
    if len(times) > 1 and not pair:
        roles |= dict.fromkeys(times, "category")
    elif not (times or named or layout.on) and summed:
        roles[summed[0]] = "duration"
    for column in roles:
        if roles[column] == "total":
            layout.aside[column] = "a sum"


def _settle_words(layout: Layout) -> None:
    """Find codes and a title by content where no heading names them; say what is left over."""
    for column in [c for c, role in layout.roles.items() if not role and layout.cells(c, 1)]:
        role = _role_by_content(layout, column)
        layout.roles[column] = role
        named = column in layout.labels
        if role == "ignore":
            layout.aside[column] = (
                "ksbtui does not know its heading" if named else "it has no heading"
            )
            if not named or not _mostly(layout, column, is_answer):
                layout.odd.append(
                    f"column {layout.name(column)} was not read: {layout.aside[column]}"
                )
        elif role and not named:
            layout.odd.append(
                f"column {layout.name(column)} was read as {role}, because of its contents"
            )
        elif not named:
            layout.odd.append(
                f"column {layout.name(column)} has no heading; its text was added to what I did"
            )
    _settle_title(layout)
    for column, role in layout.roles.items():
        if role == "ignore":
            layout.aside.setdefault(column, "not needed")
        cells = layout.cells(column) if role in _CODES else []
        letter = role.upper() if len(role) == 1 else ""
        if cells and not any(codes_in_cell(text_of(cell), letter) for cell in cells):
            layout.odd.append(f"column {layout.name(column)} has no KSB codes")


def _settle_title(layout: Layout) -> None:
    """Take the longest words for the title where no heading says what was done."""
    for column in layout.columns("name"):
        names = layout.cells(column)
        is_title = len(set(names)) > 1 or len(names) == 1
        if is_title and not layout.columns("title"):
            layout.roles[column] = "title"
        else:
            layout.leave(column, "the same name in every row")
    if layout.columns("title", "text", "module", "learned"):
        return
    texts = {c: layout.cells(c) for c, role in layout.roles.items() if not role}
    size = {c: sum(len(text_of(x)) for x in cells) for c, cells in texts.items() if cells}
    if size:
        layout.roles[max(size, key=lambda column: size[column])] = "title"


def _role_by_content(layout: Layout, column: int) -> str:
    """The role of a column by its misspelt heading or its content; ``ignore`` for figures."""
    near = near_role(layout.labels.get(column, ""))
    if near and near not in ("day", *TIMED) and not layout.columns(near):
        return near
    if _mostly(layout, column, is_codes) and not layout.columns("ksbs"):
        return "ksbs"
    words = [cell for cell in layout.cells(column) if isinstance(cell, str) and not is_figure(cell)]
    if _mostly(layout, column, is_answer) or len(words) * 2 <= len(layout.cells(column)):
        return "ignore"
    return ""


def _mostly(layout: Layout, column: int, is_so: object) -> bool:
    cells = layout.cells(column)
    return bool(cells) and sum(map(is_so, cells)) * 2 > len(cells)  # type: ignore[call-overload]


def _column(layout: Layout, column: int) -> list[int | None]:
    role = (
        layout.roles[column] if layout.roles[column] in TIMES else layout.units.get(column, "hours")
    )
    read = read_minutes if role == "minutes" else read_hours
    minutes: list[int | None] = []
    for row in layout.table.body:
        cell = layout.table.grid.at(row, column)
        try:
            minutes.append(None if is_nothing(cell) else read(cell)[0])
        except KsbtuiError:
            minutes.append(None)
    return minutes


def _repeated(layout: Layout, times: Sequence[int]) -> list[int]:
    """Columns that tell one time in another spelling in every row: 2.5, 150 and 2:30.

    Columns that differ in one row, or of which only one is filled there, are all kept: they
    are parts of a time or times of different activities. Columns of one kind are kept too.
    """
    roles = layout.roles
    if len({roles[c] for c in times}) < 2:
        return []
    minutes = {column: _column(layout, column) for column in times}
    left: list[int] = []
    for column in sorted(times, key=lambda c: _FINEST.index(roles[c]), reverse=True):
        others = [c for c in times if c not in (column, *left) and roles[c] != roles[column]]
        if any(_same(minutes[column], minutes[other]) for other in others):
            left.append(column)
    return left


def _same(some: Sequence[int | None], other: Sequence[int | None]) -> bool:
    """Whether two columns are filled in the same rows, say the same there, and say anything."""
    filled = [pair for pair in zip(some, other, strict=True) if pair != (None, None)]
    return bool(filled) and all(
        a is not None and b is not None and abs(a - b) <= 1 for a, b in filled
    )


def _sums(layout: Layout, parts: Sequence[int], total: int) -> bool:
    """Whether a column of sums is the sum of these columns in every row that has one."""
    columns = [_column(layout, c) for c in parts]
    sums = _column(layout, total)
    rows = [
        (sum(column[i] or 0 for column in columns), stated)
        for i, stated in enumerate(sums)
        if stated is not None
    ]
    return bool(rows) and sum(abs(a - b) <= 1 for a, b in rows) * 4 >= 3 * len(rows)


def overlaid(layout: Layout, columns: Mapping[str, Sequence[int]]) -> Layout:
    """A layout whose fields in ``columns`` come from there and nowhere else."""
    taken = {column for numbers in columns.values() for column in numbers}
    time_named = any(role in (*TIMES, "start") for role in columns)
    for column, role in list(layout.roles.items()):
        timed = role in (*TIMED, "category", "start", "end")
        if column not in taken and (role in columns or (time_named and timed)):
            layout.leave(column, "you chose another column for it")
    for role, places in columns.items():
        many = role in TIMES and len(places) > 1
        for column in places:
            layout.roles[column] = "category" if many else role
            layout.units[column] = "minutes" if role == "minutes" else "hours"
            layout.aside.pop(column, None)
    names = {f"column {layout.name(c)} " for c in taken} | {
        f"column {letter_of(c)} " for c in taken
    }
    layout.odd = [odd for odd in layout.odd if not any(name in f"{odd} " for name in names)]
    layout.is_mapped = True
    return layout

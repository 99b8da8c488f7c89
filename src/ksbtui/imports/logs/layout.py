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

    def columns(self, *roles: str) -> list[int]:
        if roles not in self._found:
            found = sorted(column for column, role in self.roles.items() if role in roles)
            self._found[roles] = found
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
        found: list[Cell] = []
        for row in self.table.body:
            cell = rows[row][column] if column < len(rows[row]) else None
            if cell is not None:
                found.append(cell)
                if len(found) == most:
                    break
        return found

    def leave(self, column: int, reason: str) -> None:
        self.roles[column] = "ignore"
        self.aside[column] = reason


def layout_of(table: Table) -> Layout:
    """The meaning of each column, by its heading and, where that says nothing, its content."""
    made = Layout(table)
    day = [c for c, h in table.headings.items() if role_of(h.whole) == "day"][:1]
    over = table.headings[day[0]].group if day else ""
    for column in range(table.left, table.right):
        heading = table.headings.get(column)
        if heading is None:
            made.roles[column] = ""
            continue
        group = heading.group if column in day or heading.group != over else ""
        made.roles[column] = _role(heading.whole, heading.label, group)
        made.labels[column] = heading.label or group
        words = plain(f"{group} {heading.whole}")
        made.units[column] = "minutes" if "min" in words and "hour" not in words else "hours"
    _settle_day_columns(made)
    _settle_days(made)
    _settle_times(made)
    _settle_words(made)
    return made


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


def _settle_day_columns(made: Layout) -> None:
    """Times under days make every other column of time a sum; anything else there is no time."""
    columns = made.columns("on")
    cells = [cell for column in columns for cell in made.cells(column)]
    if sum(map(is_time, cells)) * 2 >= len(cells):
        made.on = day_columns({column: made.labels[column] for column in columns})
    if made.on:
        made.roles |= dict.fromkeys(made.columns(*TIMES), "total")
        made.week = week_above(made.table) if made.names_weekdays else made.week
    else:
        made.roles |= dict.fromkeys(columns, "")
    made._found.clear()


def _settle_days(made: Layout) -> None:
    """One column of days: the one that says so best, or the one that holds them."""
    if _settle_span(made):
        return
    days = made.columns("day")
    starts = made.columns("start")
    if not days and not made.on and not (starts and _mostly(made, starts[0], is_day)):
        others = [*made.columns("filed"), *made.columns("weekday")]
        free = [c for c, role in made.roles.items() if not role]
        spelt = [c for c in free if near_role(made.labels.get(c, "")) == "day"]
        held = [c for c in free if _mostly(made, c, is_day)]
        found = ([c for c in others if _mostly(made, c, is_day)] or spelt or held)[:1]
        if found and found[0] not in others:
            made.odd.append(f"column {made.name(found[0])} holds days, so it was read as the day")
        days = found
    best = min(days, key=lambda c: (_rank(made, c), c), default=None)
    for column in made.columns("day", "filed", "weekday"):
        if column != best:
            made.leave(column, "not the day of the activity")
    if best is not None:
        made.roles[best] = "day"
        made.aside.pop(best, None)
    made._found.clear()


def _settle_span(made: Layout) -> bool:
    """Whether one column holds first days and another one last days, without a time of day."""
    first, last = (
        [
            column
            for column in made.columns("day", end)
            if words.search(plain(made.labels.get(column, "")))
            and _mostly(made, column, is_bare_day)
        ]
        for end, words in (("start", _STARTED), ("end", _ENDED))
    )
    if not first or not last or first[0] == last[0]:
        return False
    for column in made.columns("day", "filed", "weekday"):
        made.leave(column, "not the day of the activity")
    for column, role in ((first[0], "day"), (last[0], "until")):
        made.roles[column] = role
        made.aside.pop(column, None)
    made._found.clear()
    return True


def _rank(made: Layout, column: int) -> int:
    label = plain(made.labels.get(column, ""))
    return 0 if label in ("date", "dates") else 1 if "complet" in label or "date" in label else 2


def _settle_times(made: Layout) -> None:
    """Settle which columns of time are categories, which the one time, which a sum."""
    roles = made.roles
    times = [c for c in roles if roles[c] in TIMES]
    for column in _repeated(made, times):
        made.leave(column, "the same time as in another column")
    times = [c for c in times if roles[c] != "ignore"]
    summed = [c for c in roles if roles[c] == "total"]
    settled = (*TIMED, "category", "day", "start", "end", "until", "ignore", "paid", "module")
    open_ = [c for c, role in roles.items() if role not in settled and role[:5] != "code:"]
    numeric = [c for c in open_ if _mostly(made, c, is_amount)]
    named = [c for c in roles if roles[c] == "category"]
    kinds = [c for c in numeric if read_type(made.labels.get(c, ""))]
    unknown = [c for c in numeric if c not in kinds and not roles[c]]
    if unknown and summed and _sums(made, [*times, *named, *kinds, *unknown], summed[0]):
        kinds += unknown
        made.odd += [
            f"column {made.name(c)} was read as time: with it the sums agree" for c in unknown
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
    elif not (times or named or made.on) and summed:
        roles[summed[0]] = "duration"
    for column in roles:
        if roles[column] == "total":
            made.aside[column] = "a sum"
    made._found.clear()


def _settle_words(made: Layout) -> None:
    """Find codes and a title by content where no heading names them; say what is left over."""
    for column in [c for c, role in made.roles.items() if not role and made.cells(c, 1)]:
        role = _held(made, column)
        made.roles[column] = role
        named = column in made.labels
        if role == "ignore":
            made.aside[column] = "its heading means nothing here" if named else "it has no heading"
            if not named or not _mostly(made, column, is_answer):
                made.odd.append(f"column {made.name(column)} was not read: {made.aside[column]}")
        elif role and not named:
            made.odd.append(f"column {made.name(column)} was read as {role}, by what it holds")
        elif not named:
            made.odd.append(
                f"column {made.name(column)} has no heading; its words are kept in what I did"
            )
    made._found.clear()
    _settle_title(made)
    for column, role in made.roles.items():
        if role == "ignore":
            made.aside.setdefault(column, "not needed")
        cells = made.cells(column) if role in _CODES else []
        letter = role.upper() if len(role) == 1 else ""
        if cells and not any(codes_in_cell(text_of(cell), letter) for cell in cells):
            made.odd.append(f"column {made.name(column)} names no KSB by its code")
    made._found.clear()


def _settle_title(made: Layout) -> None:
    """Take the longest words for the title where no heading says what was done."""
    for column in made.columns("name"):
        names = made.cells(column)
        is_title = len(set(names)) > 1 or len(names) == 1
        if is_title and not made.columns("title"):
            made.roles[column] = "title"
        else:
            made.leave(column, "the same name in every row")
    made._found.clear()
    if made.columns("title", "text", "module", "learned"):
        return
    texts = {c: made.cells(c) for c, role in made.roles.items() if not role}
    size = {c: sum(len(text_of(x)) for x in cells) for c, cells in texts.items() if cells}
    if size:
        made.roles[max(size, key=lambda column: size[column])] = "title"
        made._found.clear()


def _held(made: Layout, column: int) -> str:
    """The role of a column by its misspelt heading or its content; ``ignore`` for figures."""
    made._found.clear()
    near = near_role(made.labels.get(column, ""))
    if near and near not in ("day", *TIMED) and not made.columns(near):
        return near
    if _mostly(made, column, is_codes) and not made.columns("ksbs"):
        return "ksbs"
    words = [cell for cell in made.cells(column) if isinstance(cell, str) and not is_figure(cell)]
    if _mostly(made, column, is_answer) or len(words) * 2 <= len(made.cells(column)):
        return "ignore"
    return ""


def _mostly(made: Layout, column: int, is_so: object) -> bool:
    cells = made.cells(column)
    return bool(cells) and sum(map(is_so, cells)) * 2 > len(cells)  # type: ignore[call-overload]


def _column(made: Layout, column: int) -> list[int | None]:
    role = made.roles[column] if made.roles[column] in TIMES else made.units.get(column, "hours")
    read = read_minutes if role == "minutes" else read_hours
    minutes: list[int | None] = []
    for row in made.table.body:
        cell = made.table.grid.at(row, column)
        try:
            minutes.append(None if is_nothing(cell) else read(cell)[0])
        except KsbtuiError:
            minutes.append(None)
    return minutes


def _repeated(made: Layout, times: Sequence[int]) -> list[int]:
    """Columns that tell one time in another spelling in every row: 2.5, 150 and 2:30.

    Columns that differ in one row, or of which only one is filled there, are all kept: they
    are parts of a time or times of different activities. Columns of one kind are kept too.
    """
    roles = made.roles
    if len({roles[c] for c in times}) < 2:
        return []
    told = {column: _column(made, column) for column in times}
    left: list[int] = []
    for column in sorted(times, key=lambda c: _FINEST.index(roles[c]), reverse=True):
        others = [c for c in times if c not in (column, *left) and roles[c] != roles[column]]
        if any(_same(told[column], told[other]) for other in others):
            left.append(column)
    return left


def _same(one: Sequence[int | None], other: Sequence[int | None]) -> bool:
    """Whether two columns are filled in the same rows, say the same there, and say anything."""
    filled = [pair for pair in zip(one, other, strict=True) if pair != (None, None)]
    return bool(filled) and all(
        a is not None and b is not None and abs(a - b) <= 1 for a, b in filled
    )


def _sums(made: Layout, parts: Sequence[int], total: int) -> bool:
    """Whether a column of sums is the sum of these columns in every row that has one."""
    columns = [_column(made, c) for c in parts]
    sums = _column(made, total)
    rows = [
        (sum(column[i] or 0 for column in columns), said)
        for i, said in enumerate(sums)
        if said is not None
    ]
    return bool(rows) and sum(abs(a - b) <= 1 for a, b in rows) * 4 >= 3 * len(rows)


def overlaid(made: Layout, columns: Mapping[str, Sequence[int]]) -> Layout:
    """A layout whose fields in ``columns`` come from there and nowhere else."""
    taken = {column for found in columns.values() for column in found}
    time_named = any(role in (*TIMES, "start") for role in columns)
    for column, role in list(made.roles.items()):
        timed = role in (*TIMED, "category", "start", "end")
        if column not in taken and (role in columns or (time_named and timed)):
            made.leave(column, "another column was named for it")
    for role, places in columns.items():
        many = role in TIMES and len(places) > 1
        for column in places:
            made.roles[column] = "category" if many else role
            made.units[column] = "minutes" if role == "minutes" else "hours"
            made.aside.pop(column, None)
    names = {f"column {made.name(c)} " for c in taken} | {f"column {letter_of(c)} " for c in taken}
    made.odd = [said for said in made.odd if not any(name in f"{said} " for name in names)]
    made._found.clear()
    made.is_mapped = True
    return made

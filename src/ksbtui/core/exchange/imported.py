"""Activities as files name them, and which of them an earlier import brought in.

A row is matched with the entry it made first by (day, title, minutes), each as often as it
stands; then, between two neighbours matched so, what is left by its order. So a file that grew
or was edited finds its entries.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from ksbtui.core.entry.entries import Entry
from ksbtui.core.entry.evidence import is_link

TITLE_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity as a file has it, before the journal's rules and standard look at it."""

    row: int
    day: date
    minutes: int
    title: str
    type: str = ""
    """An activity type's id; empty where the file names none that is known."""
    module: int | None = None
    notes: str = ""
    learned: str = ""
    codes: tuple[str, ...] = ()
    """KSB codes as found, normalised (``K1``); the standard may lack some."""
    paid: str = "yes"
    links: tuple[tuple[str, str], ...] = ()
    """Evidence on the web: title and target."""
    where: str = ""
    """The sheet or file it stands in, where there is more than one."""
    first_day: date | None = None
    """The first day of a block, of which ``day`` is the last."""
    new_learning: bool = True
    relevant: bool = True
    private: bool = False
    verified: tuple[str, date] | None = None
    """Who had verified it and when, in a file of ksbtui's own."""
    submitted: date | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A row and what was odd about it."""

    row: int
    reason: str
    where: str = ""

    @property
    def text(self) -> str:
        """The note in one line: ``row 14: no hours``."""
        place = f"{self.where}, row {self.row}" if self.where else f"row {self.row}"
        return f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """One column: its letter, heading, what it was taken for, and its first value.

    ``aside`` says why nothing is read of it; empty where something is.
    """

    letter: str
    heading: str
    means: str
    example: str
    aside: str = ""


@dataclass(frozen=True, slots=True)
class TableSeen:
    """One table of a file: where it stands, what was read of it, or the reason why nothing."""

    number: int
    """From 1 through the whole file; ``--table`` names it."""
    sheet: str
    title: str
    first: int
    last: int
    """Rows from 1, the headings included."""
    columns: tuple[ColumnSeen, ...] = ()
    rows: int = 0
    minutes: int = 0
    aside: str = ""
    shape: tuple[str, ...] = ()
    mapped: bool = False
    """Whether a person named columns of it."""

    @property
    def name(self) -> str:
        title = f' "{self.title}"' if self.title else ""
        return f"table {self.number}{title}"


@dataclass(slots=True)
class Reading:
    """What a file holds. ``refused`` are rows with a day and time that cannot be read."""

    activities: list[Activity] = field(default_factory=list)
    skipped: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    refused: list[Note] = field(default_factory=list)
    tables: list[TableSeen] = field(default_factory=list)
    own: bool = False
    """Whether ksbtui wrote the file: its rows may be entries that are here already."""

    def add(self, other: Reading) -> None:
        self.activities += other.activities
        self.skipped += other.skipped
        self.warnings += other.warnings
        self.refused += other.refused
        self.tables += other.tables
        self.own |= other.own

    def within(self, name: str) -> Reading:
        """The same, each row told apart by the name of its file."""

        def within(item: Any) -> Any:
            return replace(item, where=f"{name} {item.where}".strip())

        return Reading(
            list(map(within, self.activities)),
            list(map(within, self.skipped)),
            list(map(within, self.warnings)),
            list(map(within, self.refused)),
            [replace(table, sheet=f"{name} {table.sheet}".strip()) for table in self.tables],
            self.own,
        )


def headline(text: str) -> tuple[str, str]:
    """A title of one line out of a text, and the whole text where the title is only a part."""
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    lines = [line for line in lines if line]
    first = lines[0] if lines else ""
    if len(first) > TITLE_LENGTH:
        return f"{first[:TITLE_LENGTH].rsplit(' ', 1)[0]}…", text.strip()
    return first, text.strip() if len(lines) > 1 else ""


FIELDS = ("day", "minutes", "title", "type", "module", "ksbs", "paid", "notes", "learned")
"""What a file can say of an entry, in the order that a mark keeps it."""

Mark = list[Any]
"""The values of ``FIELDS`` as JSON, long texts as a short digest; then the links."""


def mark(entry: Entry) -> Mark:
    """What an entry holds in the fields that a file can say."""
    return [
        entry.day.isoformat(),
        entry.minutes,
        entry.title,
        entry.type,
        entry.module if entry.module_given else None,
        " ".join(entry.ksbs),
        entry.paid,
        _digest(entry.notes),
        _digest(entry.learned),
        " ".join(links_of(entry)),
    ]


def links_of(entry: Entry) -> tuple[str, ...]:
    """Where an entry's evidence on the web leads; no link holds a space."""
    return tuple(item.target for item in entry.evidence if is_link(item.target))


def linked(mark: Sequence[Any]) -> frozenset[str]:
    """The links that a mark remembers."""
    return frozenset(str(mark[len(FIELDS)]).split()) if len(mark) > len(FIELDS) else frozenset()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12] if text else ""


@dataclass(frozen=True, slots=True)
class Source:
    """A named source: its rows in the order of the file by entry id, each with its mark.

    ``gone`` are those that the file no longer had when it was imported last.
    """

    name: str
    order: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    marks: Mapping[str, Mark] | None = None

    def body(self) -> dict[str, Any]:
        """The record of a source; a key for each row, so that the change log stays small."""
        marks = self.marks or {}
        return {
            "order": list(self.order),
            "gone": list(self.gone),
            **{id: marks[id] for id in (*self.order, *self.gone)},
        }


def source_from(name: str, body: Mapping[str, Any] | None) -> Source:
    """Read a source back from its record; an unknown one is empty."""
    body = body or {}
    order, gone = tuple(body.get("order", ())), tuple(body.get("gone", ()))
    return Source(name, order, gone, {id: body[id] for id in (*order, *gone)})


def day_title_minutes(mark: Sequence[Any]) -> tuple[date, str, int]:
    """What a row is matched by."""
    return date.fromisoformat(mark[0]), mark[2], mark[1]


class Key(NamedTuple):
    """What a row is known by."""

    day: date
    title: str
    minutes: int


_PARTS: tuple[Callable[[Key], Hashable], ...] = (
    lambda key: (key.day, key.title),
    lambda key: (key.title, key.minutes),
    lambda key: (key.day, key.minutes),
    lambda key: key.day,
    lambda key: key.title,
)
"""Within a gap a row that keeps some of the three goes before one that keeps its place only."""


def match(old: Sequence[Key], new: Sequence[Key]) -> dict[int, int]:
    """For each row of ``new`` (its place) the row of ``old`` it is; rows not named are new.

    No row of ``old`` is given twice. Rows equal in all three match wherever they moved to.
    """
    pairs = _equal(old, new)
    for old_gap, new_gap, inside in _gaps(len(old), len(new), _in_order(pairs.items()), pairs):
        _fill(old, new, old_gap, new_gap, pairs, inside=inside)
    return pairs


def _equal(old: Sequence[Key], new: Sequence[Key]) -> dict[int, int]:
    """Rows that are the same, the first with the first where one stands several times."""
    places: defaultdict[Key, deque[int]] = defaultdict(deque)
    for place, key in enumerate(old):
        places[key].append(place)
    return {place: places[key].popleft() for place, key in enumerate(new) if places.get(key)}


def _in_order(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs (new, old) that rise on both sides: the neighbours to count from."""
    ordered = sorted(pairs)
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, old) in enumerate(ordered):
        place = bisect_left(tails, old)
        before.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(old)
            ends.append(index)
        else:
            tails[place], ends[place] = old, index
    run: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        run.append(ordered[index])
        index = before[index]
    return run[::-1]


def _gaps(
    old: int, new: int, run: Sequence[tuple[int, int]], pairs: dict[int, int]
) -> list[tuple[list[int], list[int], bool]]:
    """Unmatched rows of both sides between each two neighbours, and whether both are rows.

    At the beginning and end of the file one neighbour is the file's edge.
    """
    taken = set(pairs.values())
    gaps = []
    for index, (before, after) in enumerate(pairwise([(-1, -1), *run, (new, old)])):
        (new_a, old_a), (new_b, old_b) = before, after
        old_gap = [place for place in range(old_a + 1, old_b) if place not in taken]
        new_gap = [place for place in range(new_a + 1, new_b) if place not in pairs]
        if old_gap and new_gap:
            gaps.append((old_gap, new_gap, 0 < index < len(run)))
    return gaps


def _fill(
    old: Sequence[Key],
    new: Sequence[Key],
    old_gap: list[int],
    new_gap: list[int],
    pairs: dict[int, int],
    *,
    inside: bool,
) -> None:
    """Pair the rows of one gap: those that keep some of their fields, then by their order.

    At an edge of the file order alone proves nothing: a month's rows may have gone and
    another month's come, so rows that keep neither day nor title stay apart.
    """
    for part in _PARTS:
        places: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for place in old_gap:
            places[part(old[place])].append(place)
        for place in new_gap:
            if waiting := places.get(part(new[place])):
                pairs[place] = waiting.popleft()
        new_gap = [place for place in new_gap if place not in pairs]
        old_gap = sorted(place for waiting in places.values() for place in waiting)
    if inside:
        pairs.update(zip(new_gap, old_gap, strict=False))

"""Which rows of a file are the entries that an earlier import of the same file made.

First by (day, title, minutes), each as often as it stands; then, between two neighbours
matched so, what is left by its order. A file that grew or was edited so finds its entries.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple


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
    found = []
    last = len(run)
    for index, ((new_a, old_a), (new_b, old_b)) in enumerate(
        pairwise([(-1, -1), *run, (new, old)])
    ):
        old_gap = [place for place in range(old_a + 1, old_b) if place not in taken]
        new_gap = [place for place in range(new_a + 1, new_b) if place not in pairs]
        if old_gap and new_gap:
            found.append((old_gap, new_gap, 0 < index < last))
    return found


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

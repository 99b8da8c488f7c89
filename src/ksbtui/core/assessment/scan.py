"""The skills scan: how the learner (or somebody who knows their work) rates each KSB, 1 to 5.

Ratings are only ever added. They measure confidence, not evidence, and no training hours
follow from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ksbtui.core.codec import ForbidExtra, encode_fields
from ksbtui.core.coverage.coverage import Coverage, KsbState, rung
from ksbtui.core.programme.standards import KSB_TYPES, code_key

RATINGS = (1, 2, 3, 4, 5)
OCCASIONS = ("start", "review", "gateway")
SELF = "self"
HIGH, LOW = 4, 2
"""Ratings from which, and up to which, one looks whether evidence agrees."""


@dataclass(frozen=True, slots=True)
class RatingText(ForbidExtra):
    """What a rating means for knowledge, skills and behaviours."""

    value: int
    label: str
    K: str
    S: str
    B: str

    def of(self, type: str) -> str:
        text: str = getattr(self, type)
        return text


@dataclass(frozen=True, slots=True)
class Scale(ForbidExtra):
    """The words of all ratings, and what to keep in mind while rating."""

    intro: str
    ratings: tuple[RatingText, ...]

    def label(self, value: int) -> str:
        return next((words.label for words in self.ratings if words.value == value), str(value))


@dataclass(frozen=True, slots=True)
class Scan:
    """Ratings given on one occasion and day by one person (``self`` or a name)."""

    id: str
    enrolment: str
    occasion: str
    day: date
    by: str
    ratings: Mapping[str, int]

    @property
    def own(self) -> bool:
        return self.by == SELF


@dataclass(frozen=True, slots=True)
class Distance:
    """How far the rating of one KSB has come.

    ``first`` and ``last`` are the learner's own earliest and newest ratings (None where
    they gave none), ``other`` the newest by somebody else, with their name in ``other_by``.
    """

    code: str
    first: int | None
    last: int | None
    first_day: date | None
    last_day: date | None
    other: int | None = None
    other_by: str = ""

    @property
    def moved(self) -> int | None:
        """Steps from first to last; None where there is only one rating, or none."""
        if self.first is None or self.last is None or self.first_day == self.last_day:
            return None
        return self.last - self.first

    def as_json(self) -> dict[str, object]:
        return {**encode_fields(self), "moved": self.moved}


def distance(scans: Iterable[Scan], codes: Iterable[str]) -> tuple[Distance, ...]:
    """How far each code has come, in the order of ``codes``.

    Scans count by day, then by the order of occasions; between scans of one day and
    occasion the later of the iterable is the newer.
    """
    ordered = in_order(scans)
    distances = []
    for code in codes:
        rated = [scan for scan in ordered if code in scan.ratings]
        own = [(scan.ratings[code], scan.day) for scan in rated if scan.own]
        others = [(scan.ratings[code], scan.by) for scan in rated if not scan.own]
        first, last = (own[0], own[-1]) if own else ((None, None), (None, None))
        other = others[-1] if others else (None, "")
        distances.append(Distance(code, first[0], last[0], first[1], last[1], *other))
    return tuple(distances)


def in_order(scans: Iterable[Scan]) -> tuple[Scan, ...]:
    """Scans as they happened."""
    return tuple(sorted(scans, key=lambda scan: (scan.day, OCCASIONS.index(scan.occasion))))


@dataclass(frozen=True, slots=True)
class Spread:
    """The KSBs of one type rated at least twice: their sums then and now, and steps moved.

    ``before`` and ``after`` count the KSBs at each rating 1 to 5.
    """

    type: str
    rated: int
    before: tuple[int, ...]
    after: tuple[int, ...]

    @property
    def steps(self) -> int:
        """Steps of all ratings together; negative where they fell."""
        return _sum(self.after) - _sum(self.before)

    def mean_tenths(self, counts: tuple[int, ...]) -> int | None:
        """The mean rating in tenths, half up (``27`` is 2.7); None where none is rated."""
        return (20 * _sum(counts) + self.rated) // (2 * self.rated) if self.rated else None

    def as_json(self) -> dict[str, object]:
        return {**encode_fields(self), "steps": self.steps}


def _sum(counts: tuple[int, ...]) -> int:
    return sum(value * count for value, count in zip(RATINGS, counts, strict=True))


def spreads(distances: Iterable[Distance]) -> tuple[Spread, ...]:
    """Then and now for each type with a KSB rated on two days or more."""
    moved = [distance for distance in distances if distance.moved is not None]
    spreads = []
    for type in KSB_TYPES:
        rated = [distance for distance in moved if distance.code[0] == type]
        if rated:
            before = tuple(sum(d.first == value for d in rated) for value in RATINGS)
            after = tuple(sum(d.last == value for d in rated) for value in RATINGS)
            spreads.append(Spread(type, len(rated), before, after))
    return tuple(spreads)


@dataclass(frozen=True, slots=True)
class Mismatches:
    """Where rating and evidence disagree: pointed out, never corrected."""

    rated_high: tuple[str, ...]
    """Rated 4 or 5 by the learner, without an artefact."""
    rated_low: tuple[str, ...]
    """With an artefact, rated 1 or 2 by the learner."""
    apart: tuple[str, ...]
    """Rated two steps or more apart by the learner and somebody else."""

    def as_json(self) -> dict[str, list[str]]:
        return {
            "high_without_evidence": list(self.rated_high),
            "evidence_rated_low": list(self.rated_low),
            "ratings_apart": list(self.apart),
        }


def mismatches(distances: Iterable[Distance], coverage: Coverage) -> Mismatches:
    """Compare the newest ratings with where each KSB stands."""
    high, low, apart = [], [], []
    for rated in distances:
        ksb, own = coverage.ksb(rated.code), rated.last
        if ksb is None or own is None:
            continue
        if own >= HIGH and not evidenced(ksb):
            high.append(rated.code)
        if own <= LOW and evidenced(ksb):
            low.append(rated.code)
        if rated.other is not None and abs(rated.other - own) >= 2:
            apart.append(rated.code)
    return Mismatches(tuple(high), tuple(low), tuple(apart))


def evidenced(ksb: KsbState) -> bool:
    """Whether a KSB has an artefact."""
    return rung(ksb.state) >= rung("evidenced")


def unknown_codes(scans: Iterable[Scan], codes: Iterable[str]) -> tuple[str, ...]:
    """Rated codes that the standard does not have: it changed since. They are kept."""
    known = set(codes)
    rated = {code for scan in scans for code in scan.ratings}
    return tuple(sorted(rated - known, key=code_key))

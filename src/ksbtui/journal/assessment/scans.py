"""The skills scans of a journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ksbtui.core.assessment.scan import (
    OCCASIONS,
    RATINGS,
    SELF,
    Distance,
    Mismatches,
    Scale,
    Scan,
    Spread,
    distance,
    in_order,
    mismatches,
    spreads,
    unknown_codes,
)
from ksbtui.core.codec import encode_fields
from ksbtui.core.text.text import number_of, one_line, quoted
from ksbtui.errors import NotFound, Unreadable
from ksbtui.journal.context import Context, new_id
from ksbtui.journal.progress.progress import Progress
from ksbtui.store.seed import assessment

SCAN = "scan"
"""Kind of record."""


@dataclass(frozen=True, slots=True)
class ScanReport:
    """Ratings as at today: how far each KSB has come, and where evidence disagrees.

    ``unrated`` are codes the learner has never rated; ``unknown`` codes that were rated but
    are not in the standard now.
    """

    distances: tuple[Distance, ...]
    spreads: tuple[Spread, ...]
    mismatches: Mismatches
    unrated: tuple[str, ...]
    unknown: tuple[str, ...]
    scans: tuple[Scan, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "ksbs": [one.as_json() for one in self.distances],
            "spread": [one.as_json() for one in self.spreads],
            **self.mismatches.as_json(),
            "unrated": list(self.unrated),
            "not_in_standard": list(self.unknown),
            "scans": [
                {"occasion": x.occasion, "day": f"{x.day}", "by": x.by, "rated": len(x.ratings)}
                for x in self.scans
            ],
        }


class Scans:
    """The skills scans of the present enrolment; ratings are only ever added."""

    def __init__(self, context: Context, progress: Progress) -> None:
        self._context = context
        self._progress = progress
        self._scale: Scale | None = None

    @property
    def scale(self) -> Scale:
        if self._scale is None:
            self._scale = assessment.scale()
        return self._scale

    def all(self) -> tuple[Scan, ...]:
        return in_order(self._context.own(SCAN, Scan))

    def report(self) -> ScanReport:
        coverage = self._progress.view.coverage
        codes = [ksb.code for ksb in coverage.ksbs]
        scans = self.all()
        distances = distance(scans, codes)
        return ScanReport(
            distances,
            spreads(distances),
            mismatches(distances, coverage),
            tuple(one.code for one in distances if one.last is None),
            unknown_codes(scans, codes),
            scans,
        )

    def rate(
        self,
        codes: str | Iterable[str],
        rating: int,
        *,
        occasion: str = "",
        by: str = SELF,
        day: date | None = None,
    ) -> Scan:
        rated = self._context.codes(codes)
        if not rated:
            raise Unreadable("You entered no KSB.", "Enter codes such as K1 or K1-K4,S2.")
        return self.rate_all(dict.fromkeys(rated, rating), occasion=occasion, by=by, day=day)

    def rate_all(
        self,
        ratings: Mapping[str, int],
        *,
        occasion: str = "",
        by: str = SELF,
        day: date | None = None,
    ) -> Scan:
        """Keep ratings; more of the same occasion, day and person join the same scan.

        Without an occasion it is the start where this person has rated nothing yet, else a
        review.
        """
        by = one_line(by) or SELF
        occasion = occasion or self.occasion(by)
        self._check(ratings.values(), occasion)
        day = self._context.past_day(day)
        same = [s for s in self.all() if (s.occasion, s.day, s.by) == (occasion, day, by)]
        scan = same[-1] if same else None
        scan = scan or Scan(new_id(), self._context.enrolment_id, occasion, day, by, {})
        scan = replace(scan, ratings={**scan.ratings, **ratings})
        who = "" if by == SELF else f" by {by}"
        label = f"Rated {number_of(len(ratings), 'KSB')}{who} ({occasion})"
        self._context.put(label, SCAN, scan.id, encode_fields(scan, "id"))
        return scan

    def occasion(self, by: str = SELF) -> str:
        """The occasion a rating of today most likely belongs to."""
        rated = any(scan.by == by for scan in self.all())
        return OCCASIONS[1] if rated else OCCASIONS[0]

    def _check(self, ratings: Iterable[int], occasion: str) -> None:
        wrong = next((value for value in ratings if value not in RATINGS), None)
        if wrong is not None:
            words = self.scale.ratings
            raise Unreadable(
                f"{wrong} is not a rating.",
                f"Rate from 1 ({words[0].label}) to 5 ({words[-1].label}).",
            )
        if occasion not in OCCASIONS:
            raise NotFound(
                f"{quoted(occasion)} is not an occasion for a scan.",
                f"Use one of: {', '.join(OCCASIONS)}.",
            )

"""The two clocks of progress reviews: 12 weeks, and the end of the third month.

Sources read the rule both ways, so both days are always shown. How many weeks and
months is data of the rule set; units have no review clock.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ksbtui.core.days import ONE_DAY, add_months
from ksbtui.core.programmes import Break, RuleSet


@dataclass(frozen=True, slots=True)
class Review:
    """One progress review: when it falls due by either clock, and when it was held."""

    number: int
    due_12_weeks: date
    due_month_end: date
    held: date | None = None

    def as_json(self) -> dict[str, object]:
        """The review as ``timeline`` and ``status`` print it."""
        return {
            "number": self.number,
            "due_12_weeks": self.due_12_weeks.isoformat(),
            "due_month_end": self.due_month_end.isoformat(),
            "held": self.held.isoformat() if self.held else None,
        }


def reviews(
    rules: RuleSet,
    start: date,
    held: Iterable[date],
    breaks: Sequence[Break],
    as_at: date,
    *,
    end: date | None = None,
) -> tuple[Review, ...]:
    """The reviews held up to ``as_at`` in order, then the next one due.

    Days outside ``start`` … ``as_at`` are left out of ``held``. A break in learning
    suspends both clocks: each of its days moves a day due by one. No review follows
    once both clocks run past ``end``, the programme's last day.
    """
    if rules.review_weeks is None or rules.review_months is None:
        return ()
    found: list[Review] = []
    since = start
    for day in (*sorted({day for day in held if start <= day <= as_at}), None):
        weeks, month_end = clocks(since, rules.review_weeks, rules.review_months)
        review = Review(
            len(found) + 1,
            _moved(since, weeks, breaks, as_at),
            _moved(since, month_end, breaks, as_at),
            day,
        )
        if day is not None:
            since = day
        elif end is not None and min(review.due_12_weeks, review.due_month_end) > end:
            break
        found.append(review)
    return tuple(found)


def next_review(found: Sequence[Review]) -> Review | None:
    """The review that is due next, or None."""
    return found[-1] if found and found[-1].held is None else None


def clocks(since: date, weeks: int = 12, months: int = 3) -> tuple[date, date]:
    """Both days due after ``since``, without breaks: 1 August gives 24 October and 30 November."""
    later = add_months(since.replace(day=1), months)
    return since + timedelta(weeks=weeks), later.replace(day=monthrange(later.year, later.month)[1])


def _moved(since: date, due: date, breaks: Sequence[Break], as_at: date) -> date:
    """``due``, moved by each day of a break after ``since`` and up to the moved day itself."""
    moved = due
    while True:
        later = due + timedelta(days=_break_days(since, moved, breaks, as_at))
        if later == moved:
            return moved
        moved = later


def _break_days(since: date, until: date, breaks: Sequence[Break], as_at: date) -> int:
    """Days of a break after ``since`` up to ``until``; an open break lasts to ``as_at`` so far."""
    count, first = 0, since + ONE_DAY
    for one in sorted(breaks, key=lambda one: one.start):
        last = one.end if one.end is not None else as_at
        begin, finish = max(first, one.start), min(until, last)
        if begin <= finish:
            count += (finish - begin).days + 1
            first = finish + ONE_DAY
    return count

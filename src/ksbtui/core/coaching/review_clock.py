"""The two clocks of progress reviews: 12 weeks, and the end of the third month.

Sources read the rule both ways, so both days are always shown. How many weeks and
months is data of the rule set; units have no review clock.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from ksbtui.core.days import add_months
from ksbtui.core.frozen import dataclass
from ksbtui.core.programme.plan import Plan
from ksbtui.core.programme.programmes import RuleSet


@dataclass(frozen=True, slots=True)
class Review:
    """One progress review: when it falls due by either clock, and when it was held."""

    number: int
    due_12_weeks: date
    due_month_end: date
    held: date | None = None


def reviews(rules: RuleSet, plan: Plan, held: Iterable[date], as_at: date) -> tuple[Review, ...]:
    """The reviews held up to ``as_at`` in order, then the next one due.

    Days of ``held`` before the start or after ``as_at`` are left out. A break in learning
    suspends both clocks: each of its days moves a day due by one. None is due once the
    earlier clock runs past the programme's last day.
    """
    if rules.review_weeks is None or rules.review_months is None:
        return ()
    found: list[Review] = []
    since = plan.start
    for day in (*sorted({day for day in held if plan.start <= day <= as_at}), None):
        weeks, month_end = clocks(since, rules.review_weeks, rules.review_months)
        review = Review(
            len(found) + 1, _moved(plan, since, weeks), _moved(plan, since, month_end), day
        )
        if day is None and review.due_12_weeks > plan.last:
            break
        found.append(review)
        since = day or since
    return tuple(found)


def next_review(found: Sequence[Review]) -> Review | None:
    """The review that is due next, or None."""
    return found[-1] if found and found[-1].held is None else None


def clocks(since: date, weeks: int = 12, months: int = 3) -> tuple[date, date]:
    """Both days due after ``since``, without breaks: 1 August gives 24 October and 30 November."""
    later = add_months(since.replace(day=1), months)
    return since + timedelta(weeks=weeks), later.replace(day=monthrange(later.year, later.month)[1])


def _moved(plan: Plan, since: date, due: date) -> date:
    """``due`` put as many days outside breaks after ``since`` as it is days after it."""
    return plan.day_after(since, (due - since).days) or due

"""When progress reviews are due: by the end of the third month, beside the habit of 12 weeks.

The funding rules ask for a review at least every three calendar months: the last day of the
third month is when one is due and after which it is overdue. Many providers work to 12 weeks,
so that day is shown beside it and never raises an alert. How many weeks and months is data of
the rule set; units have no reviews.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from ksbtui.core.days import add_months, long_day
from ksbtui.core.frozen import dataclass
from ksbtui.core.programme.plan import Plan
from ksbtui.core.programme.programmes import RuleSet


@dataclass(frozen=True, slots=True)
class Review:
    """One progress review: the last day it may be held, 12 weeks, and when it was held."""

    number: int
    due_12_weeks: date
    due_month_end: date
    held: date | None = None

    def overdue(self, as_at: date) -> bool:
        """Whether it was not held by the end of its third month."""
        return self.held is None and as_at > self.due_month_end

    @property
    def due_text(self) -> str:
        """The day it is due and the habit of 12 weeks, in words."""
        return f"{long_day(self.due_month_end)} (12 weeks: {long_day(self.due_12_weeks)})"


def reviews(rules: RuleSet, plan: Plan, held: Iterable[date], as_at: date) -> tuple[Review, ...]:
    """The reviews held up to ``as_at`` in order, then the next one due.

    Days of ``held`` before the start or after ``as_at`` are left out. A break in learning
    suspends both clocks: each of its days moves a day due by one. None is due where the end
    of its third month is past the programme's last day.
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
        if day is None and review.due_month_end > plan.last:
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

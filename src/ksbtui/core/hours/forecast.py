"""When the hours will be reached, and hours recorded elsewhere before this journal began.

The forecast takes the pace of the last eight weeks. An opening figure has a day and a source
and is never an entry. What entries up to its day count is part of it, not added to it: it
stands for what they do not (yet) account for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from ksbtui.core.codec import encode_fields
from ksbtui.core.days import ONE_DAY, long_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.frozen import dataclass
from ksbtui.core.programme.plan import Plan, Span, merged
from ksbtui.core.programme.programmes import Opening
from ksbtui.errors import Conflict, Unreadable

OPENING = "opening"
"""What the figure is called among types and modules."""
ASKED_AFTER = timedelta(days=14)
"""A first day further back than this may have hours that are recorded elsewhere."""


def check_opening(opening: Opening, plan: Plan, as_at: date) -> None:
    """Refuse a figure that cannot be: without a source, out of its days, above the target."""
    if opening.minutes < 1:
        raise Unreadable("An opening figure must be more than 0 hours.", "Such as 120h.")
    if opening.day > as_at:
        raise Conflict(
            f"{long_day(opening.day)} is in the future.", "Enter the last day the figure covers."
        )
    if opening.day < plan.start:
        raise Conflict(
            f"{long_day(opening.day)} is before the programme starts.",
            f"It starts on {long_day(plan.start)}. Hours before that are prior learning.",
        )
    if opening.minutes > plan.target:
        raise Conflict(
            f"{say_minutes(opening.minutes)} is more than your target of "
            f"{say_minutes(plan.target)}.",
            "Check the figure, or the agreed hours.",
        )
    if not opening.source.strip():
        raise Unreadable(
            "It is missing where these hours are recorded.",
            "Add it, such as your provider's e-portfolio: --opening-source TEXT",
        )


def open_minutes(opening: Opening | None, daily: Mapping[date, int], as_at: date) -> int:
    """What is left of a figure once the entries up to its day are counted; 0 before its day."""
    if opening is None or opening.day > as_at:
        return 0
    entered = sum(minutes for day, minutes in daily.items() if day <= opening.day)
    return max(0, opening.minutes - entered)


def say_opening(opening: Opening, left: int) -> str:
    """The figure in a line, as it is shown wherever hours are."""
    whose = f"verified by {opening.verified_by}" if opening.verified_by else "not verified"
    figure = say_minutes(left)
    if left != opening.minutes:
        figure = f"{figure} left of {say_minutes(opening.minutes)}"
    return f"{figure} recorded elsewhere up to {long_day(opening.day)} ({opening.source}, {whose})"


WINDOW_DAYS = 56
"""Programme days outside breaks over which the pace is measured."""

LEAST_DAYS = 28
"""Programme days that must have passed before a pace or forecast is given."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """The days on which the target is reached at the faster, whole and slower pace.

    A day is None where that pace is nought (or the day lies beyond the calendar).
    """

    earliest: date | None
    likely: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class Window:
    """W: the last programme days outside breaks, with the minutes counted on them.

    ``newer_days`` and ``newer_minutes`` are its newer half, of ⌊days/2⌋ days.
    """

    days: int
    minutes: int
    newer_days: int
    newer_minutes: int

    @property
    def pace_per_week(self) -> int:
        return (2 * self.minutes * 7 + self.days) // (2 * self.days)

    def rates(self) -> tuple[Fraction, Fraction, Fraction]:
        newer = Fraction(self.newer_minutes, self.newer_days)
        older = Fraction(self.minutes - self.newer_minutes, self.days - self.newer_days)
        return max(newer, older), Fraction(self.minutes, self.days), min(newer, older)


def window(
    plan: Plan, counted: Mapping[date, int], as_at: date, since: date | None = None
) -> Window | None:
    """W on ``as_at``, from counted minutes by day; None before 28 programme days have passed.

    Days up to ``since`` are not looked at: what was done on them is recorded elsewhere.
    """
    last = min(as_at, plan.last)
    begun = max(plan.start, since + ONE_DAY) if since else plan.start
    if plan.outside_breaks(begun, last) < LEAST_DAYS:
        return None
    first = max(begun, plan.day_before(last, WINDOW_DAYS))
    days = plan.outside_breaks(first, last)
    halfway = plan.day_before(last, days // 2)
    whole, newer = (
        sum(
            counted.get(day, 0)
            for day in (since + timedelta(days=n) for n in range((last - since).days + 1))
            if plan.outside_breaks(day, day)
        )
        for since in (first, halfway)
    )
    return Window(days, whole, days // 2, newer)


def forecast(plan: Plan, seen: Window, left: int, as_at: date) -> Forecast:
    """Days on which ``left`` minutes more are reached, at the three paces of the window."""
    return Forecast(*(_reached(plan, left, rate, as_at) for rate in seen.rates()))


def _reached(plan: Plan, left: int, rate: Fraction, as_at: date) -> date | None:
    """The day on which ``left`` minutes (over 0) are done at ``rate`` a day outside breaks."""
    return plan.day_after(as_at, ceil(left / rate)) if rate else None


def needed_per_week(plan: Plan, left: int, as_at: date) -> int | None:
    """Minutes a week that reach the target by plan_end, rounded up; None if no day is left."""
    days = plan.outside_breaks(max(plan.start, as_at + ONE_DAY), plan.plan_end)
    return -(-left * 7 // days) if days else None


def planned_per_week(plan: Plan, as_at: date) -> int:
    """Minutes a week that the whole target asks for, as `needed_per_week` says it at the start.

    Of a start in the past: what it said on the first day, whatever was logged since.
    """
    at = max(plan.start - ONE_DAY, min(as_at, plan.start))
    return needed_per_week(plan, plan.target, at) or plan.target


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a change would do: the finish range, and what would then be needed a week.

    ``weekly_minutes`` is the pace it assumes, None where none is known. ``late_days`` is how
    far ``likely`` falls after ``plan_end``, negative before it.
    """

    weekly_minutes: int | None
    forecast: Forecast | None
    needed_per_week_minutes: int | None
    plan_end: date
    end: date

    @property
    def late_days(self) -> int | None:
        """Days from plan_end to the likely finish; None without one."""
        if self.forecast is None or self.forecast.likely is None:
            return None
        return (self.forecast.likely - self.plan_end).days

    def as_json(self) -> dict[str, object]:
        return {**encode_fields(self), "late_days": self.late_days}


def what_if(
    plan: Plan,
    seen: Window | None,
    left: int,
    as_at: date,
    weekly_minutes: int | None = None,
    leave: Sequence[Span] = (),
) -> WhatIf:
    """The finish if ``left`` minutes go on at ``weekly_minutes``, with no progress on leave.

    Without ``weekly_minutes`` the measured pace goes on. With it, the range keeps its shape:
    the faster and slower half stand to it as they stood to the measured pace; before there is
    a pace all three days are one. A break to try belongs in ``plan``, where it moves the
    planned end too; leave moves only the learner.
    """
    idle = replace(plan, breaks=merged((*plan.breaks, *leave)))
    rates = _rates(seen, weekly_minutes)
    finish = None
    if left and rates is not None:
        finish = Forecast(*(_reached(idle, left, rate, as_at) for rate in rates))
    pace = seen.pace_per_week if seen else None
    return WhatIf(
        weekly_minutes=pace if weekly_minutes is None else weekly_minutes,
        forecast=finish,
        needed_per_week_minutes=needed_per_week(idle, left, as_at),
        plan_end=plan.plan_end,
        end=plan.end,
    )


def _rates(
    seen: Window | None, weekly_minutes: int | None
) -> tuple[Fraction, Fraction, Fraction] | None:
    """Minutes a day at the faster, likely and slower pace, or None where no pace is known."""
    if weekly_minutes is None:
        return seen.rates() if seen else None
    daily = Fraction(weekly_minutes, 7)
    if seen is None or not seen.minutes:
        return daily, daily, daily
    faster, whole, slower = seen.rates()
    return daily * faster / whole, daily, daily * slower / whole

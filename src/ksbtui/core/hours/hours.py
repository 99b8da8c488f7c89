"""Where the hours stand: logged, counted, verified, planned, pace and forecast.

Everything is calculated from the totals the store keeps by day (:class:`DayTotal`), in one
pass. ``logged = counted + Σ not_counted``: an entry stands under its first failed rule. The
planned-versus-actual statement (R14) is plain text to paste where hours fall short.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import accumulate

from ksbtui.core.codec import encode_fields
from ksbtui.core.days import long_day, long_month, month_days, month_of, months_between
from ksbtui.core.durations import clock_minutes, say_minutes
from ksbtui.core.entry.rules import first_failed
from ksbtui.core.frozen import dataclass
from ksbtui.core.hours.forecast import (
    OPENING,
    Forecast,
    Window,
    forecast,
    needed_per_week,
    open_minutes,
    say_opening,
    window,
)
from ksbtui.core.hours.totals import DayTotal
from ksbtui.core.programme.plan import Plan
from ksbtui.core.programme.programmes import Course, Opening, RuleSet

NO_MODULE = "none"


@dataclass(frozen=True, slots=True)
class MonthHours:
    """One calendar month (``2026-01``) of the programme."""

    month: str
    counted_minutes: int
    planned_minutes: int


@dataclass(frozen=True, slots=True)
class NotCounted:
    """Entries that do not count, under the first rule they fail."""

    rule: str
    entries: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Hours:
    """Every figure of the hours, in minutes; see :func:`hours_report`.

    ``untagged_minutes`` are those of live entries without a KSB, whether or not they count:
    a warning, not a deduction. ``by_type`` and ``by_module`` hold counted minutes (module
    number or ``none``), ``daily`` counted minutes by day.
    """

    target_minutes: int
    max_minutes: int | None
    logged_minutes: int
    counted_minutes: int
    verified_minutes: int
    untagged_minutes: int
    planned_to_date_minutes: int
    variance_minutes: int
    pace_per_week_minutes: int | None
    needed_per_week_minutes: int | None
    forecast: Forecast | None
    by_month: tuple[MonthHours, ...]
    by_type: Mapping[str, int]
    by_module: Mapping[str, int]
    not_counted: tuple[NotCounted, ...]
    window: Window | None
    daily: Mapping[date, int]
    active_months: frozenset[str] = frozenset()
    """Months with an activity that keeps them active without counting, such as English."""
    opening: Opening | None = None
    """Hours recorded elsewhere, where they were named."""
    opening_minutes: int = 0
    """What of them no entry accounts for: part of the logged and counted minutes."""

    @property
    def left_minutes(self) -> int:
        """r: minutes still to count before the target is reached."""
        return max(0, self.target_minutes - self.counted_minutes)

    def elsewhere(self, month: str) -> bool:
        """Whether what was done in a month (``2026-01``) is recorded elsewhere, as one figure."""
        opening = self.opening
        return bool(opening and self.opening_minutes and month <= month_of(opening.day))

    def scalars(self) -> dict[str, object]:
        """The figures that are one number each, and the forecast: what ``status`` repeats."""
        rest = ("by_month", "by_type", "by_module", "not_counted", *_NOT_SHOWN)
        return encode_fields(self, *rest)

    def as_json(self) -> dict[str, object]:
        return encode_fields(self, *_NOT_SHOWN)


_NOT_SHOWN = ("window", "daily", "active_months")
"""Fields that other figures are drawn from, and no document prints."""


class _Sums:
    """What one pass over the totals adds up."""

    def __init__(self) -> None:
        self.logged = self.counted = self.verified = self.untagged = 0
        self.types: Counter[str] = Counter()
        self.modules: Counter[int | None] = Counter()
        self.daily: Counter[date] = Counter()
        self.failed_entries: Counter[str] = Counter()
        self.failed_minutes: Counter[str] = Counter()
        self.active: set[str] = set()


def hours_report(course: Course, plan: Plan, totals: Iterable[DayTotal], as_at: date) -> Hours:
    """All figures of the hours on ``as_at``, from the day totals of one enrolment.

    An entry counts when it fails no rule; one dated after ``as_at`` fails ``not-future``.
    ``plan`` is the course's plan for the same ``as_at``. An opening figure is logged and
    counted on its day, under a type and module of its own; the pace leaves its days out.
    """
    sums = _add_up(totals, as_at, course.rules)
    opened, opening = open_minutes(course.opening, sums.daily, as_at), course.opening
    since = opening.day if opening and opened else None
    seen = window(plan, sums.daily, as_at, since)
    if opening and opened:
        _open(sums, opening, opened)
    planned = plan.planned_to(as_at)
    left = max(0, plan.target - sums.counted)
    return Hours(
        target_minutes=plan.target,
        max_minutes=plan.max_minutes,
        logged_minutes=sums.logged,
        counted_minutes=sums.counted,
        verified_minutes=sums.verified,
        untagged_minutes=sums.untagged,
        planned_to_date_minutes=planned,
        variance_minutes=sums.counted - planned,
        pace_per_week_minutes=seen.pace_per_week if seen else None,
        needed_per_week_minutes=needed_per_week(plan, left, as_at),
        forecast=_forecast(plan, sums.daily, seen, left, as_at),
        by_month=_by_month(plan, sums.daily),
        by_type=dict(sorted(sums.types.items(), key=lambda item: (-item[1], item[0]))),
        by_module=_by_module(sums.modules) | ({OPENING: opened} if opened else {}),
        not_counted=tuple(
            NotCounted(rule.id, sums.failed_entries[rule.id], sums.failed_minutes[rule.id])
            for rule in course.rules.rules
            if sums.failed_entries[rule.id]
        ),
        window=seen,
        daily=dict(sums.daily),
        active_months=frozenset(sums.active),
        opening=opening,
        opening_minutes=opened,
    )


def _open(sums: _Sums, opening: Opening, minutes: int) -> None:
    """Add what is left of an opening figure on its day."""
    sums.logged += minutes
    sums.counted += minutes
    sums.verified += minutes if opening.verified_by else 0
    sums.types[OPENING] += minutes
    sums.daily[opening.day] += minutes


def _add_up(totals: Iterable[DayTotal], as_at: date, rules: RuleSet) -> _Sums:
    sums = _Sums()
    for row in totals:
        sums.logged += row.minutes
        if row.untagged:
            sums.untagged += row.minutes
        if row.type in rules.active_types and row.day <= as_at:
            sums.active.add(month_of(row.day))
        if rule := first_failed(row.rule, row.day, as_at, rules):
            sums.failed_entries[rule] += row.entries
            sums.failed_minutes[rule] += row.minutes
            continue
        sums.counted += row.minutes
        sums.verified += row.minutes if row.verified else 0
        sums.types[row.type] += row.minutes
        sums.modules[row.module] += row.minutes
        sums.daily[row.day] += row.minutes
    return sums


def _forecast(
    plan: Plan, daily: Mapping[date, int], seen: Window | None, left: int, as_at: date
) -> Forecast | None:
    """The range, or the day the target was reached; None while there is too little to go by."""
    if left == 0:
        days = sorted(daily)
        sums = zip(days, accumulate(daily[day] for day in days), strict=True)
        reached = next((day for day, minutes in sums if minutes >= plan.target), None)
        return Forecast(reached, reached, reached)
    return forecast(plan, seen, left, as_at) if seen else None


def _by_month(plan: Plan, daily: Mapping[date, int]) -> tuple[MonthHours, ...]:
    """Every calendar month from start to end; the planned minutes sum to the target."""
    counted: Counter[str] = Counter()
    for day, minutes in daily.items():
        counted[month_of(day)] += minutes
    return tuple(
        MonthHours(month, counted[month], plan.planned_between(*month_days(month)))
        for month in months_between(plan.start, plan.end)
    )


def _by_module(modules: Mapping[int | None, int]) -> dict[str, int]:
    """Counted minutes by module number, in order, then those of no module."""
    numbered = {str(n): modules[n] for n in sorted(n for n in modules if n is not None)}
    return numbered | ({NO_MODULE: modules[None]} if None in modules else {})


@dataclass(frozen=True, slots=True)
class MonthGap:
    """A calendar month (or quarter) of the programme without a counted minute.

    ``ended`` is False for the present one, which is a notice and not yet a gap.
    """

    first_month: str
    last_month: str
    ended: bool

    @property
    def day(self) -> date:
        """Its last day: when it was, or will be, too late."""
        return month_days(self.last_month)[1]

    @property
    def months(self) -> tuple[str, ...]:
        return tuple(months_between(month_days(self.first_month)[0], self.day))

    @property
    def name(self) -> str:
        """``March 2026``, or ``January 2026 to March 2026``."""
        first, last = long_month(self.first_month), long_month(self.last_month)
        return first if first == last else f"{first} to {last}"

    @property
    def text(self) -> str:
        yet = "" if self.ended else "yet "
        return f"No hours counted {yet}in {self.name}."


def months_without_training(
    course: Course, plan: Plan, hours: Hours, as_at: date
) -> tuple[MonthGap, ...]:
    """Ended months with a programme day outside breaks and no counted minute, oldest first.

    A month with an activity of the rule set's ``active_types`` (English or maths) is active.
    The present month joins them as a notice from the 15th. Where quarters were agreed, three
    calendar months from the month of the start on are taken together (the notice comes in the
    last of them). A rule set without a monthly rule (units) gives none.
    """
    every = course.enrolment.monthly or course.rules.monthly
    if not every:
        return ()
    size = 3 if every == "quarter" else 1
    months, gaps = hours.by_month, []
    for index in range(0, len(months), size):
        part = months[index : index + size]
        first, last = month_days(part[0].month)[0], month_days(part[-1].month)[1]
        until = min(last, as_at, plan.last)
        days = plan.outside_breaks(max(first, plan.start), until)
        active = any(m.counted_minutes or m.month in hours.active_months for m in part)
        if days == 0 or hours.elsewhere(part[0].month) or active:
            continue
        ended = last < as_at
        present = part[-1].month == month_of(as_at)
        if ended or (present and as_at.day >= course.rules.notice_from_day):
            gaps.append(MonthGap(part[0].month, part[-1].month, ended))
    return tuple(gaps)


ON_PLAN = "on plan"


def say_variance(minutes: int) -> str:
    """A difference to the plan, with its side in words: ``19 h 30 m behind plan``."""
    if minutes == 0:
        return ON_PLAN
    return f"{say_minutes(abs(minutes))} {'behind plan' if minutes < 0 else 'ahead of plan'}"


def statement(course: Course, plan: Plan, hours: Hours, as_at: date) -> str:
    """Planned and actual training hours up to ``as_at``, by month, with room to sign.

    Figures are those of the hours screen. The reason for a difference is the learner's and
    employer's to write, so its line is left empty.
    """
    enrolment, standard = course.enrolment, course.standard
    lines = [
        f"Training hours, planned and actual, to {long_day(min(as_at, plan.last))}",
        "",
        f"Learner: {enrolment.name or '____________________'}",
        f"Standard: {standard.title} ({standard.named})",
        f"Programme: {course.programme.title}",
        f"Planned dates: {long_day(plan.start)} to {long_day(plan.end)}",
        f"Target hours: {say_minutes(plan.target)} by {long_day(plan.plan_end)}",
    ]
    if enrolment.prior_learning_minutes:
        prior = say_minutes(enrolment.prior_learning_minutes)
        lines.append(f"Prior learning recognised: {prior}")
    for first, last in plan.breaks:
        lines.append(f"Break in learning: {long_day(first)} to {long_day(last)}")
    lines += ["", *_months(plan, hours, as_at), ""]
    lines.append(
        f"Counted {say_minutes(hours.counted_minutes)} of "
        f"{say_minutes(hours.planned_to_date_minutes)} planned: "
        f"{say_variance(hours.variance_minutes)}. Verified: {say_minutes(hours.verified_minutes)}."
    )
    if hours.opening and hours.opening_minutes:
        lines.append(f"Of these: {say_opening(hours.opening, hours.opening_minutes)}.")
    for row in hours.not_counted:
        rule = course.rules.rule(row.rule)
        reason = rule.failed if rule else row.rule
        lines.append(f"Logged but not counted, {reason}: {say_minutes(row.minutes)}")
    if hours.variance_minutes < 0:
        lines += ["", "Why there are fewer hours than planned, and what was agreed:", "", ""]
    lines.append("")
    for who in ("Apprentice", "Employer", "Provider"):
        lines.append(f"{who}: ____________________  Day: __________")
    return "\n".join(lines) + "\n"


def _months(plan: Plan, hours: Hours, as_at: date) -> list[str]:
    """A row for each month begun by ``as_at``; the present one is planned up to that day."""
    rows = [f"{'Month':<16}{'Planned':>10}{'Actual':>10}"]
    for month in hours.by_month:
        if month.month > month_of(as_at):
            break
        first, last = month_days(month.month)
        planned = plan.planned_between(first, min(last, as_at))
        rows.append(
            f"{long_month(month.month):<16}"
            f"{clock_minutes(planned):>10}{clock_minutes(month.counted_minutes):>10}"
        )
    planned, actual = hours.planned_to_date_minutes, hours.counted_minutes
    return [*rows, f"{'In all':<16}{clock_minutes(planned):>10}{clock_minutes(actual):>10}"]

"""The planned-versus-actual statement (R14): plain text to paste where hours fall short."""

from __future__ import annotations

from datetime import date

from ksbtui.core.coverage.codes import named
from ksbtui.core.days import long_day, long_month, month_days, month_of
from ksbtui.core.durations import clock_minutes, say_minutes
from ksbtui.core.hours.hours import Hours
from ksbtui.core.hours.opening import say_opening
from ksbtui.core.programme.plan import Plan
from ksbtui.core.programme.programmes import Course

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
        f"Standard: {standard.title} ({named(standard)})",
        f"Programme: {course.programme.title}",
        f"Planned dates: {long_day(plan.start)} to {long_day(plan.end)}",
        f"Hours to reach: {say_minutes(plan.target)} by {long_day(plan.plan_end)}",
    ]
    if enrolment.prior_learning_minutes:
        prior = say_minutes(enrolment.prior_learning_minutes)
        lines.append(f"Prior learning recognised: {prior}")
    lines += _breaks(plan)
    lines += ["", *_months(plan, hours, as_at), ""]
    lines.append(
        f"Counted {say_minutes(hours.counted_minutes)} of "
        f"{say_minutes(hours.planned_to_date_minutes)} planned: "
        f"{say_variance(hours.variance_minutes)}. Verified: {say_minutes(hours.verified_minutes)}."
    )
    if hours.opening and hours.opening_minutes:
        lines.append(f"Of these: {say_opening(hours.opening, hours.opening_minutes)}.")
    lines += _not_counted(course, hours)
    if hours.variance_minutes < 0:
        lines += ["", "Why fewer hours than planned, and what was agreed:", "", ""]
    lines += ["", *(f"{who}: ____________________  Day: __________" for who in _SIGNERS)]
    return "\n".join(lines) + "\n"


_SIGNERS = ("Apprentice", "Employer", "Provider")


def _breaks(plan: Plan) -> list[str]:
    return [
        f"Break in learning: {long_day(first)} to {long_day(last)}" for first, last in plan.breaks
    ]


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


def _not_counted(course: Course, hours: Hours) -> list[str]:
    rows = []
    for row in hours.not_counted:
        rule = course.rules.rule(row.rule)
        reason = rule.failed if rule else row.rule
        rows.append(f"Logged but not counted, {reason}: {say_minutes(row.minutes)}")
    return rows

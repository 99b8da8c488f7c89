"""What the burn-up chart of the Hours screen holds: a view's figures as days and minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ksbtui.core.days import ONE_DAY, long_day, month_days, near_day, short_month
from ksbtui.core.durations import clock_minutes, say_minutes, whole_hours
from ksbtui.core.hours.forecast import LEAST_DAYS, WhatIf
from ksbtui.core.programme.plan import Plan, Span, merged, plan
from ksbtui.core.programme.programmes import Break
from ksbtui.presentation.parts import BOLD, MUTED, OWED, OWED_BOLD
from ksbtui.widgets.charts.burn_up import Burn, Point, Tick

if TYPE_CHECKING:
    from ksbtui.journal.progress.progress import View

STEP = 7
"""Days between two points of the plan's line."""
BEYOND = 0.5
"""How far past the planned end the chart may reach, as a share of the programme."""


def burn_of(view: View, tried: WhatIf, idle: Sequence[Span], pause: Sequence[Span]) -> Burn:
    """The chart of ``view``, with the finish as ``tried``.

    ``idle`` are days of leave and ``pause`` days of a break that is tried out.
    """
    days, hours = tried_plan(view, pause), view.hours
    today = min(view.as_at, days.last)
    over = view.course.enrolment.ended is not None or view.as_at > days.end
    finish, late = _finish(view, tried)
    last = _last_day(days, today, finish)
    gaps = merged((*days.breaks, *idle))
    counted = _counted(view, days.start, today)
    reached = (today, counted[-1] if counted else 0)
    ahead = _ahead(reached, finish, days.target, gaps) if hours.left_minutes else ()
    return Burn(
        start=days.start,
        last=last,
        today=today,
        counted=counted,
        planned=_planned(days),
        target=days.target,
        plan_end=days.plan_end,
        plan_label=f"plan {near_day(days.plan_end, view.as_at)}",
        finish=finish,
        finish_label=near_day(finish, view.as_at) if finish else "",
        ahead=ahead,
        late=_ahead(reached, late, days.target, gaps) if hours.left_minutes else (),
        most=days.max_minutes,
        most_label=_range_label(days),
        note=note(view),
        today_label="last day" if over else "today",
        ticks=_ticks(view, days, last + (last - days.start) // 2),
        breaks=merged(days.breaks),
    )


def tried_plan(view: View, pause: Sequence[Span]) -> Plan:
    """The plan as a break that is tried out would move it."""
    if not pause:
        return view.plan
    enrolment = view.course.enrolment
    breaks = (*enrolment.breaks, *(Break(first, last) for first, last in pause))
    moved = replace(view.course, enrolment=replace(enrolment, breaks=breaks))
    return plan(moved, view.as_at)


def note(view: View) -> str:
    """Say what is missing from the chart and why; empty where nothing is."""
    hours, days = view.hours, view.plan
    if view.as_at < days.start:
        return f"Your programme starts on {long_day(days.start)}."
    if view.course.enrolment.ended or not hours.left_minutes:
        return ""
    if not hours.logged_minutes:
        return "Nothing logged yet. Press a for your first activity."
    if hours.window is None:
        first = days.day_after(days.start - ONE_DAY, LEAST_DAYS)
        return f"A forecast starts on {long_day(first)}." if first else ""
    return ""


def _finish(view: View, tried: WhatIf) -> tuple[date | None, date | None]:
    """The likely and the latest finish; once the target is reached, that day."""
    if view.course.enrolment.ended is not None:
        return None, None
    forecast = tried.forecast if view.hours.left_minutes else view.hours.forecast
    return (forecast.likely, forecast.latest) if forecast else (None, None)


def _last_day(days: Plan, today: date, finish: date | None) -> date:
    """The chart's last day: the end or the finish, within reason."""
    furthest = max(days.end, today)
    reach = days.end + timedelta(days=int((days.end - days.start).days * BEYOND))
    wanted = max(days.plan_end, min(finish or furthest, reach))
    return max(furthest, wanted)


def _counted(view: View, start: date, today: date) -> tuple[int, ...]:
    done, sums, daily = 0, [], view.hours.daily
    for number in range((today - start).days + 1):
        done += daily.get(start + timedelta(days=number), 0)
        sums.append(done)
    return tuple(sums)


def _planned(days: Plan) -> tuple[Point, ...]:
    """The plan's line, a point a week and at the edges of breaks."""
    length = (days.plan_end - days.start).days
    marks = {days.start + timedelta(days=number) for number in range(0, length, STEP)}
    for first, last in days.breaks:
        marks |= {day for day in (first - ONE_DAY, last) if days.start <= day < days.plan_end}
    return tuple((day, days.planned_to(day)) for day in (*sorted(marks), days.plan_end))


def _ahead(
    reached: Point, finish: date | None, target: int, gaps: Sequence[Span]
) -> tuple[Point, ...]:
    """The line from today to the finish, level over days of leave and breaks."""
    today, done = reached
    if finish is None or finish <= today:
        return ()
    ahead = [(max(a, today + ONE_DAY), b) for a, b in gaps if b > today and a <= finish]
    active = (finish - today).days - sum((min(b, finish) - a).days + 1 for a, b in ahead)
    points, left, since = [reached], target - done, today
    for first, last in ahead:
        done += left * (first - ONE_DAY - since).days // max(1, active)
        points += [(first - ONE_DAY, done), (last, done)]
        since = last
    return (*points, (finish, target))


def _range_label(days: Plan) -> str:
    if days.max_minutes is None:
        return ""
    return f"{say_minutes(days.target)} is the minimum, {say_minutes(days.max_minutes)} the maximum"


def _ticks(view: View, days: Plan, last: date) -> tuple[Tick, ...]:
    """Name the months below the plot with their hours, or the weeks of a unit.

    A January after the first month is named by its year, a month on a break as a break.
    """
    if view.course.programme.unit == "week":
        return _weeks(view, days.start, last)
    figures = {month.month: month for month in view.hours.by_month}
    breaks = merged(days.breaks)
    ticks: list[Tick] = []
    day = days.start
    while day <= last:
        month = f"{day.year:04}-{day.month:02}"
        first, end = month_days(month)
        hours = figures.get(month)
        now = first <= view.as_at <= end
        figure, brief, style = "", "", BOLD if now else MUTED
        if hours and first <= view.as_at:
            figure = clock_minutes(hours.counted_minutes)
            brief = whole_hours(hours.counted_minutes)
            past = end < view.as_at
            elsewhere = view.hours.elsewhere(hours.month)
            owed = past and not elsewhere and 2 * hours.counted_minutes < hours.planned_minutes
            style = OWED if owed else style
            if owed and not hours.counted_minutes:
                figure, brief, style = "! 0", "!", OWED_BOLD
        paused = any(a <= max(first, days.start) and min(end, days.end) <= b for a, b in breaks)
        if paused and not (hours and hours.counted_minutes):
            figure, brief, style = "–", "–", MUTED
        name = BOLD if now else MUTED
        label = str(day.year) if day.month == 1 and ticks else short_month(month)
        if any(a < day <= b for a, b in breaks) and label.isalpha():
            label = ""  # the shade of the break goes on
        ticks.append(Tick(day, label, figure, brief, name, style))
        day = end + ONE_DAY
    return tuple(ticks)


def _weeks(view: View, start: date, last: date) -> tuple[Tick, ...]:
    daily, ticks = view.hours.daily, []
    for number in range((last - start).days // 7 + 1):
        first = start + timedelta(days=7 * number)
        end = first + timedelta(days=6)
        now = first <= view.as_at <= end
        done = sum(daily.get(first + timedelta(days=n), 0) for n in range(7))
        figure = clock_minutes(done) if first <= view.as_at else ""
        brief = whole_hours(done) if figure else ""
        style = BOLD if now else MUTED
        ticks.append(Tick(first, str(number + 1), figure, brief, style, style))
    return tuple(ticks)

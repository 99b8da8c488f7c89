"""The lanes of the Timeline screen: a view's modules, sessions, reviews and breaks on days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ksbtui.core.days import add_months, line_day, month_of, short_month
from ksbtui.core.durations import clock_minutes, say_minutes, whole_hours
from ksbtui.core.programme.timeline import MilestoneState, ModuleState
from ksbtui.core.text.text import number_of
from ksbtui.presentation.parts import (
    AHEAD,
    ALERT,
    BOLD,
    DONE,
    EARLIER,
    MUTED,
    OWED,
    OWED_BOLD,
    PLAIN,
    REACHED,
    STATES,
)
from ksbtui.presentation.timeline import BREAKS, COACHING, MILESTONES, PROJECT, REVIEWS, UNRECORDED
from ksbtui.widgets.charts.gantt import Chart, Lane, Mark, State, Stretch, Tick, Window

if TYPE_CHECKING:
    from ksbtui.journal.progress.progress import View

PROJECT_START = "project-start"
"""A milestone that the project's own lane shows."""
QUARTER, MONTH = 13 * 7, 5 * 7
"""Days in view at the two closer zooms."""
STATES_OF: dict[str, State] = {"done": "done", "now": "now", "next": "next"}
HELD, PLANNED = STATES["evidenced"], STATES["mentioned"]
"""A coaching session: held, or to come."""


def zooms(whole: Window) -> list[int]:
    """The numbers of days a zoom may show, the whole programme first."""
    return [whole.days, *(days for days in (QUARTER, MONTH) if days < whole.days)]


def whole_window(view: View) -> Window:
    """The days of the programme, with whatever of it lies past its end."""
    timeline = view.timeline
    days = [view.plan.end, *(milestone.day for milestone in timeline.milestones)]
    days += [module.ends for module in timeline.modules]
    return Window(view.plan.start, max(days))


def chart_of(view: View, window: Window) -> Chart:
    """The lanes of a view, with a header that suits the days in view."""
    whole = whole_window(view)
    return Chart(
        whole, view.as_at, tuple(lanes(view)), view.plan.breaks, tuple(_ticks(view, whole, window))
    )


def lanes(view: View) -> Iterator[Lane]:
    """Modules, then what runs beside them; lanes that would be empty are left out."""
    timeline = view.timeline
    yield from (_module(module) for module in timeline.modules)
    if timeline.project_from is not None:
        until = max(timeline.project_from, view.plan.plan_end)
        yield Lane(PROJECT, "Live project", stretch=Stretch(timeline.project_from, until))
    sessions = [session for session in timeline.milestones if session.coaching]
    if sessions:
        marks = tuple(_session(session) for session in sessions)
        yield Lane(COACHING, "Coaching", marks=marks)
    if timeline.reviews:
        yield Lane(REVIEWS, "Progress reviews", marks=tuple(_reviews(view)))
    milestones = [
        milestone
        for milestone in timeline.milestones
        if not milestone.coaching and milestone.id != PROJECT_START
    ]
    if milestones:
        marks = tuple(_milestone(milestone) for milestone in milestones)
        yield Lane(MILESTONES, "Milestones", marks=marks)
    if view.plan.breaks:
        yield Lane(BREAKS, "Break in learning", marks=tuple(_breaks(view)))


def _session(session: MilestoneState) -> Mark:
    """A session is filled by a call that was held; a day that passed without is owed."""
    if session.recorded:
        return Mark(session.day, HELD, EARLIER)
    return (
        Mark(session.day, UNRECORDED, OWED) if session.missed else Mark(session.day, PLANNED, MUTED)
    )


def _milestone(milestone: MilestoneState) -> Mark:
    if milestone.recorded:
        return Mark(milestone.day, REACHED, EARLIER, milestone.name)
    if milestone.missed:
        return Mark(milestone.day, AHEAD, OWED, f"{milestone.name}, not recorded", milestone.name)
    return Mark(milestone.day, AHEAD, MUTED if milestone.optional else PLAIN, milestone.name)


def _module(module: ModuleState) -> Lane:
    planned = module.planned_minutes
    share = module.counted_minutes / planned if planned else 1.0
    state = STATES_OF[module.state]
    owed = state == "done" and share < 0.9
    figure = f"{clock_minutes(module.counted_minutes)} / {whole_hours(planned)}"
    if state == "next" and not module.counted_minutes:
        figure = say_minutes(60 * int(whole_hours(planned)))
    return Lane(
        str(module.number),
        module.title,
        str(module.number),
        Stretch(module.starts, module.ends, state, share),
        figure=figure,
        figure_style=OWED if owed else PLAIN if state == "now" else MUTED,
        style={"done": PLAIN, "now": BOLD, "next": MUTED}[state],
    )


def _reviews(view: View) -> Iterator[Mark]:
    """Held reviews on their day, the next one on the day it is due."""
    for review in view.timeline.reviews:
        if review.held is not None:
            yield Mark(review.held, HELD, DONE)
            continue
        late = review.overdue(view.as_at)
        style = OWED_BOLD if late else OWED
        brief = f"{f'{ALERT} ' if late else ''}by {line_day(review.due_month_end)}"
        habit = f"{brief} (12 weeks: {line_day(review.due_12_weeks)})"
        yield Mark(review.due_month_end, AHEAD, style, habit, brief)


def _breaks(view: View) -> Iterator[Mark]:
    """Name each break in its middle; the gaps in the lanes show how long it is."""
    for first, last in view.plan.breaks:
        days = (last - first).days + 1
        still = view.plan.open_break is not None and last >= view.as_at
        length = "open" if still else _how_long(days)
        middle = first + timedelta(days=days // 2)
        yield Mark(middle, "╌", OWED, f"{length} from {line_day(first)}", length)


def _how_long(days: int) -> str:
    if days % 7:
        return number_of(days, "day")
    return number_of(days // 7, "week")


def _ticks(view: View, whole: Window, window: Window) -> Iterator[Tick]:
    if window.days <= QUARTER and window != whole:
        yield from _mondays(window)
    elif view.course.programme.unit == "week":
        for number in range(whole.days // 7 + 1):
            first = whole.first + timedelta(days=7 * number)
            yield Tick(first, str(number + 1), 0 <= (view.as_at - first).days < 7)
    else:
        yield from _months(window, view.as_at)


def _months(window: Window, today: date) -> Iterator[Tick]:
    day = window.first
    while day <= window.last:
        yield Tick(day, short_month(month_of(day)), month_of(day) == month_of(today))
        day = add_months(day.replace(day=1), 1)


def _mondays(window: Window) -> Iterator[Tick]:
    day, month = window.first + timedelta(days=-window.first.weekday() % 7), 0
    while day <= window.last:
        yield Tick(day, str(day.day) if day.month == month else line_day(day))
        day, month = day + timedelta(days=7), day.month

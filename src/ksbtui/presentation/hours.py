"""What the Hours screen says: the answer, the what-if row and the three lists, as lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ksbtui.core.days import ONE_DAY, full_day, long_day, near_day
from ksbtui.core.durations import clock_minutes, say_minutes, whole_hours
from ksbtui.core.hours.forecast import OPENING, WhatIf
from ksbtui.core.hours.hours import NO_MODULE, say_variance
from ksbtui.core.programme.plan import Span
from ksbtui.core.text.text import number_of
from ksbtui.presentation.cells import short_title
from ksbtui.presentation.parts import (
    ALERT,
    BOLD,
    DONE,
    MUTED,
    NOT_COUNTED,
    OWED,
    OWED_BOLD,
    PLAIN,
    VERIFIED,
    Field,
    Line,
    Row,
)

if TYPE_CHECKING:
    from ksbtui.journal.progress.progress import View

QUARTER = 15
MOST_WEEKLY = 60 * 60
MOST_WEEKS = 52


@dataclass(frozen=True, slots=True)
class Tried:
    """What is tried out: minutes a week (None: the measured pace), weeks of leave and break."""

    weekly: int | None = None
    leave: int = 0
    pause: int = 0

    @property
    def changed(self) -> bool:
        """Whether anything differs from how it is."""
        return self != Tried()


def weekly_step(weekly: int, by: int) -> int:
    """Give the next quarter of an hour above or below, between 15 minutes and 60 hours."""
    stepped = weekly // QUARTER + by if by > 0 else -(-weekly // QUARTER) + by
    return min(MOST_WEEKLY, max(QUARTER, stepped * QUARTER))


def usual_weekly(view: View) -> int:
    """Give the minutes a week that a first step starts from: the pace, else what is needed."""
    return view.hours.pace_per_week_minutes or view.hours.needed_per_week_minutes or 0


def spans_tried(tried: Tried, as_at: date) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Give (leave, break) as days: leave from tomorrow, the break after it."""
    leave, after = _weeks_from(as_at + ONE_DAY, tried.leave)
    pause, _ = _weeks_from(after, tried.pause)
    return leave, pause


def _weeks_from(first: date, weeks: int) -> tuple[tuple[Span, ...], date]:
    after = first + timedelta(weeks=weeks)
    return ((first, after - ONE_DAY),) if weeks else (), after


def head_text(view: View) -> tuple[list[Line], list[Line]]:
    """Give the head's wordings: what is counted and the side, and when it will be finished."""
    hours = view.hours
    counted, target = say_minutes(hours.counted_minutes), say_minutes(hours.target_minutes)
    if hours.max_minutes:
        target = f"{target.removesuffix(' h')} to {say_minutes(hours.max_minutes)}"
    behind = hours.variance_minutes < 0
    side = (say_variance(hours.variance_minutes), OWED_BOLD if behind else BOLD)
    lefts: list[Line] = [
        [(counted, BOLD), (f" {word} {target}", MUTED), (gap, PLAIN), side]
        for word, gap in (("counted of", "     "), ("of", "   "), ("of", "  "))
    ]
    return [*lefts, [(counted, BOLD), ("  ", PLAIN), side]], _finish_text(view)


def _finish_text(view: View) -> list[Line]:
    hours, enrolment = view.hours, view.course.enrolment
    if enrolment.ended is not None:
        return [[(f"{enrolment.outcome or 'ended'} {full_day(enrolment.ended)}", MUTED)]]
    forecast = hours.forecast
    if forecast is None or forecast.likely is None:
        return [[(f"planned end {full_day(view.plan.plan_end)}", MUTED)]]
    if not hours.left_minutes:
        return [[(f"reached {full_day(forecast.likely)}", MUTED)]]
    likely = f"finish {full_day(forecast.likely)}"
    words = [likely, full_day(forecast.likely)]
    if forecast.earliest and forecast.latest and forecast.earliest < forecast.latest:
        first, last = (near_day(day, view.as_at) for day in (forecast.earliest, forecast.latest))
        words.insert(0, f"{likely}, between {first} and {last}")
    elif forecast.earliest and forecast.latest is None:
        words.insert(0, f"{likely}, {near_day(forecast.earliest, view.as_at)} at the earliest")
    return [[(word, MUTED)] for word in words]


def field_text(view: View, tried: Tried, what_if: WhatIf) -> tuple[Field, ...]:
    """Give the numbers of the what-if row; none once there is nothing to try."""
    if view.course.enrolment.ended is not None or not view.hours.left_minutes:
        return ()
    weekly = what_if.weekly_minutes
    value = say_minutes(weekly) if weekly else "no hours yet"
    return (
        Field("I log", value, "a week"),
        _weeks("and take", tried.leave, "leave"),
        _weeks("with", tried.pause, "break"),
    )


def _weeks(before: str, number: int, what: str) -> Field:
    if not number:
        return Field(before, f"no {what}", "")
    return Field(before, number_of(number, "week"), f"of {what}")


def result_text(view: View, tried: Tried, what_if: WhatIf, short: bool) -> Line:
    """Say the finish that follows, against the forecast and against the planned end."""
    hours, enrolment = view.hours, view.course.enrolment
    if enrolment.ended is not None:
        outcome = f": {enrolment.outcome}" if enrolment.outcome else ""
        return [("Ended ", MUTED), (long_day(enrolment.ended), BOLD), (outcome, MUTED)]
    if not hours.left_minutes:
        likely = hours.forecast.likely if hours.forecast else None
        day = f" on {long_day(likely)}" if likely else ""
        return [(f"The target was reached{day}.", PLAIN)]
    likely = what_if.forecast.likely if what_if.forecast else None
    if likely is None:
        needed = what_if.needed_per_week_minutes
        side = f" You need {say_minutes(needed)} a week to finish on time." if needed else ""
        return [("Press → to try hours a week.", PLAIN), (side, MUTED)]
    line: Line = [] if short else [("Finish  ", MUTED)]
    line += [(long_day(likely), BOLD), ("   ", PLAIN)]
    usual = hours.forecast.likely if hours.forecast else None
    if tried.changed and usual:
        days = (usual - likely).days
        word = _side(days, "sooner", "later") if days else "no change"
        line += [(word, DONE if days > 0 else OWED if days < 0 else MUTED), (", ", MUTED)]
    late = what_if.late_days or 0
    end = "plan" if short else "the planned end"
    side = _side(-late, f"before {end}", f"after {end}") if late else f"on {end}"
    return [*line, (side, OWED if late > 0 and not tried.changed else MUTED)]


def _side(days: int, before: str, after: str) -> str:
    return f"{number_of(abs(days), 'day')} {before if days > 0 else after}"


def aside_text(view: View, tried: Tried, what_if: WhatIf) -> str:
    """Say what would finish on time, and the way back once something was changed."""
    if not view.hours.left_minutes or view.course.enrolment.ended is not None:
        return ""
    needed = what_if.needed_per_week_minutes
    words = [f"{say_minutes(needed)} a week to finish on time"] if needed else []
    return " · ".join(words + ["0 resets it"] * tried.changed)


def type_rows(view: View, width: int = 22) -> list[Row]:
    """Give counted minutes by activity type, most first."""
    labels = {kind.id: kind.label for kind in view.course.rules.types}
    labels[OPENING] = "Recorded elsewhere"
    return [
        Row(f"type:{kind}", short_title(labels.get(kind, kind), width), say_minutes(minutes))
        for kind, minutes in view.hours.by_type.items()
    ]


def module_rows(view: View, width: int = 19) -> list[Row]:
    """Give counted and planned minutes of every module; amber where one ended under 90 %."""
    rows = []
    for module in view.timeline.modules:
        figure = clock_minutes(module.counted_minutes) if module.counted_minutes else "–"
        owed = module.state == "done" and module.counted_minutes * 10 < module.planned_minutes * 9
        rows.append(
            Row(
                f"module:{module.number}",
                short_title(module.title, width),
                f"{figure} / {whole_hours(module.planned_minutes)}",
                lead=str(module.number),
                muted=module.state == "next",
                figure_style=OWED if owed else PLAIN,
                fresh=module.state == "now",
            )
        )
    if minutes := view.hours.by_module.get(NO_MODULE):
        rows.append(Row("module:none", "In no module", clock_minutes(minutes), lead=" "))
    return rows


def not_counted_rows(view: View) -> list[Row]:
    """Give what does not count by reason, most first; below a heading what lacks a KSB."""
    rows = []
    for failed in sorted(view.hours.not_counted, key=lambda row: (-row.minutes, row.rule)):
        rule = view.course.rules.rule(failed.rule)
        title = rule.failed if rule else failed.rule
        if rule and not rule.settled:
            title += " (ask your tutor)"
        rows.append(
            Row(
                f"rule:{failed.rule}",
                title,
                say_minutes(failed.minutes),
                lead=NOT_COUNTED,
                lead_style=OWED,
            )
        )
    if view.hours.untagged_minutes:
        minutes = say_minutes(view.hours.untagged_minutes)
        rows.append(Row("#untagged", "Counted, not tagged yet", heading=True))
        rows.append(Row("untagged", "no KSB tagged yet", minutes, lead=ALERT, lead_style=OWED_BOLD))
    return rows


def not_counted_total(view: View) -> str:
    """Give the sum of what does not count."""
    minutes = sum(row.minutes for row in view.hours.not_counted)
    return say_minutes(minutes) if minutes else ""


def verified_line(view: View) -> Line:
    """Say how much of the counted time somebody has vouched for."""
    minutes = view.hours.verified_minutes
    if not minutes:
        return [("Nothing verified yet", MUTED)]
    return [(f"{VERIFIED} ", DONE), (f"{say_minutes(minutes)} verified", MUTED)]

"""What Today says: the figures of a view as sentences, rows and bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from ksbtui.core.days import (
    ONE_DAY,
    line_day,
    long_day,
    month_of,
    months_text,
    near_day,
    short_day,
    short_month,
)
from ksbtui.core.durations import clock_minutes, say_minutes
from ksbtui.core.hours.forecast import say_opening
from ksbtui.core.hours.hours import say_variance
from ksbtui.core.programme.alerts import IDS, by_kind, untrained_alerts
from ksbtui.core.text.text import number_of
from ksbtui.presentation.entries import badge_of
from ksbtui.presentation.parts import (
    ALERT,
    ASKED,
    BOLD,
    DONE,
    DRAFT,
    MUTED,
    NOT_COUNTED,
    OWED_BOLD,
    PLAIN,
    BarValues,
    Block,
    Line,
    Month,
    Pair,
    Row,
    When,
)

if TYPE_CHECKING:
    from ksbtui.core.entry.entries import Comment, Entry
    from ksbtui.core.programme.alerts import Alert
    from ksbtui.core.programme.next_steps import Suggestion
    from ksbtui.core.programme.timeline import ModuleState
    from ksbtui.journal.progress.progress import View

NO_BREAK = "\u00a0"
NOT_YET = "A forecast needs four weeks of the programme."
OUTCOMES = {"completed": "Completed", "withdrawn": "Withdrawn"}


def held(text: str) -> str:
    """Keep a day or a time on one line."""
    return text.replace(" ", NO_BREAK)


def number(view: View) -> tuple[str, str, str]:
    """Give the one big figure: whole hours, the minutes beside them, the target below."""
    hours, rest = divmod(view.hours.counted_minutes, 60)
    target = say_minutes(view.hours.target_minutes)
    most = view.hours.max_minutes
    if most and most > view.hours.target_minutes:
        target = f"{view.hours.target_minutes // 60} to {most // 60} h"
    return str(hours), f"h {rest} m" if rest else "h", f"of {target}"


def sentences(view: View) -> list[Line]:
    """Answer “am I on course?” in up to three sentences, the most telling first."""
    lines = [*_outside(view)]
    if not lines:
        late = view.unrecorded and not view.hours.opening
        lines = [*_begun_late(view)] if late else [_variance(view), *_need(view), *_forecast(view)]
    hours = view.hours
    if hours.opening and hours.opening_minutes:
        # What the figure includes comes before how it will go on: three sentences are shown.
        opening: Line = [(f"{say_opening(hours.opening, hours.opening_minutes)}.", MUTED)]
        lines = [line for line in lines if line != [(NOT_YET, MUTED)]]
        lines.insert(min(2, len(lines)), opening)
    return lines


def _begun_late(view: View) -> Iterator[Line]:
    """A journal that began late: first what was done before it, then what is owed."""
    yield [(f"You started this journal on {held(long_day(view.begun))}", BOLD)]
    months = months_text(month for gap in view.unrecorded for month in gap.months)
    yield [(f"Add what you did in {months}: see Needs you.", PLAIN)]
    variance = say_variance(view.hours.variance_minutes)
    yield [(f"Without those hours you are {variance}.", MUTED)]


def _outside(view: View) -> Iterator[Line]:
    """Before the first day and after the last there is no course to be on."""
    enrolment, plan, left = view.course.enrolment, view.plan, view.hours.left_minutes
    if enrolment.ended:
        word = OUTCOMES.get(enrolment.outcome, "Ended")
        yield [(f"{word} on {held(long_day(enrolment.ended))}", BOLD)]
        yield [(_reached(view), PLAIN)] if not left else [(f"{say_minutes(left)} not done.", PLAIN)]
        yield [("You can still read, search and export your journal.", MUTED)]
    elif view.as_at < plan.start:
        days = (plan.start - view.as_at).days
        when = "tomorrow" if days == 1 else f"in {number_of(days, 'day')}"
        yield [(f"Starts {when}, on {held(long_day(plan.start))}", BOLD)]
        week = held(say_minutes(view.hours.needed_per_week_minutes or 0))
        yield [(f"About {week} a week", BOLD), (f" to finish by {_end(view)}.", PLAIN)]
        yield [("An activity before that day is saved but does not count.", MUTED)]


def _variance(view: View) -> Line:
    hours, plan = view.hours, view.plan
    if plan.in_break(view.as_at):
        return [("You are on a break in learning. Your plan is paused.", BOLD)]
    if not hours.left_minutes:
        return [(_reached(view), BOLD)]
    if not hours.counted_minutes and hours.pace_per_week_minutes is None:
        day = plan.outside_breaks(plan.start, view.as_at)
        return [(f"Day {day} of {plan.outside_breaks(plan.start, plan.plan_end)}", BOLD)]
    words = say_variance(hours.variance_minutes)
    return [(words[:1].upper() + words[1:], OWED_BOLD if hours.variance_minutes < 0 else BOLD)]


def _need(view: View) -> Iterator[Line]:
    """What to do a week, against the pace there is."""
    hours = view.hours
    pace, needed = hours.pace_per_week_minutes, hours.needed_per_week_minutes
    if not hours.left_minutes:
        most = hours.max_minutes
        if most and most > hours.counted_minutes:
            yield [(f"The unit may take up to {say_minutes(most)}.", PLAIN)]
    elif needed is None:
        yield [(f"Your plan ended on {_end(view)}. Ask your tutor about a later end.", PLAIN)]
    elif pace is None:
        yield [(f"You need about {held(say_minutes(needed))} a week", BOLD), _on_time(view)]
    elif needed > pace:
        yield [(f"Do {held(say_minutes(needed - pace))} more a week", BOLD), _on_time(view)]
    else:
        yield [(f"You need {held(say_minutes(needed))} a week", BOLD), _on_time(view)]


def _on_time(view: View) -> tuple[str, str]:
    return f" to finish on time, by {_end(view)}.", PLAIN


def _end(view: View) -> str:
    return held(long_day(view.plan.plan_end))


def _reached(view: View) -> str:
    likely = view.hours.forecast.likely if view.hours.forecast else None
    return f"Hours reached on {held(long_day(likely))}" if likely else "Hours reached"


def _forecast(view: View) -> Iterator[Line]:
    hours = view.hours
    if not hours.left_minutes:
        return
    forecast = hours.forecast
    if forecast is None:
        yield [(NOT_YET, MUTED)]
    elif forecast.likely is None:
        yield [("No hours counted in the last 8 weeks, so there is no forecast.", MUTED)]
    else:
        week = held(say_minutes(hours.pace_per_week_minutes or 0))
        text = f"At {week} a week you finish about {held(near_day(forecast.likely, view.as_at))}"
        if forecast.earliest and forecast.latest and forecast.earliest != forecast.latest:
            first = held(near_day(forecast.earliest, view.as_at))
            last = held(near_day(forecast.latest, view.as_at))
            text += f", between {first} and {last}"
        elif forecast.earliest and forecast.latest is None:
            text += f", {held(near_day(forecast.earliest, view.as_at))} at the earliest"
        yield [(text + ".", MUTED)]


def bar(view: View) -> BarValues:
    """The bar below the number: counted, owed, to come."""
    hours = view.hours
    whole, planned = hours.target_minutes, hours.planned_to_date_minutes
    share = f"{100 * hours.counted_minutes // whole} %" if whole else ""
    pointer = f"plan today {say_minutes(planned)}"
    running = view.plan.start <= view.as_at and not view.course.enrolment.ended and planned < whole
    return BarValues(
        hours.counted_minutes,
        planned if running or planned >= whole else 0,
        whole,
        share,
        pointer if running else "",
        say_minutes(whole),
    )


def strip(view: View) -> list[Month]:
    """A bar a month of the programme, or a week of a unit."""
    return list(_weeks(view) if view.course.programme.unit == "week" else _months(view))


def _months(view: View) -> Iterator[Month]:
    present = month_of(view.as_at)
    for row in view.hours.by_month:
        when: When = "now" if row.month == present else "past" if row.month < present else "next"
        planned = 0 if view.hours.elsewhere(row.month) else row.planned_minutes
        yield _bar_of(short_month(row.month), row.counted_minutes, planned, when)


def _weeks(view: View) -> Iterator[Month]:
    plan, daily = view.plan, view.hours.daily
    first, week = plan.start, 1
    while first <= plan.end:
        last = first + timedelta(days=6)
        counted = sum(daily.get(first + timedelta(days=n), 0) for n in range(7))
        planned = plan.planned_between(first, last)
        when: When = "past" if last < view.as_at else "next" if first > view.as_at else "now"
        yield _bar_of(str(week), counted, planned, when)
        first, week = last + ONE_DAY, week + 1


def _bar_of(label: str, counted: int, planned: int, when: When) -> Month:
    """One bar; a past one under half its plan is owed a word."""
    figure = clock_minutes(counted) if counted or (when == "past" and planned) else ""
    return Month(label, counted, planned, when, figure, when == "past" and 2 * counted < planned)


def steps(view: View, most: int, *, roomy: bool) -> list[Row]:
    """The next best steps; where there is little room the reason gives way to the codes."""
    steps = view.next_steps[:most]
    if not steps:
        return [Row("add", "Log what you learn next", notes=("You are up to date.",))]
    return [_step(index, step, roomy) for index, step in enumerate(steps)]


def _step(index: int, step: Suggestion, roomy: bool) -> Row:
    minutes, codes = say_minutes(step.minutes), " ".join(step.ksbs)
    if roomy:
        style = MUTED if index else PLAIN
        notes = (step.why,)
        return Row(
            str(index), step.what, minutes, notes=notes, note_figure=codes, figure_style=style
        )
    note = f"{minutes} · {codes}" if codes else f"{minutes} · {step.why}"
    return Row(str(index), step.what, notes=(note,))


def first_steps(view: View, *, roomy: bool) -> list[Row]:
    """How to begin; where the journal began late, with what was done before it."""
    note = "A title and a time are enough. You can add KSBs and reflection later."
    time = "30 seconds" if roomy else ""
    first = Row("add", "Press a for your first activity", time, notes=(note,))
    return [first, _earlier_row(view)] if view.unrecorded else [first]


def entry_row(entry: Entry, failed: bool, fresh: bool = False) -> Row:
    """An entry as a row of a list: day, title, time, and a mark if it does not count."""
    return Row(
        entry.id,
        entry.title,
        say_minutes(entry.minutes),
        lead=short_day(entry.day),
        mark=NOT_COUNTED if failed else "",
        badge=badge_of(entry),
        muted=failed,
        fresh=fresh,
    )


def what_counts(view: View) -> list[Block]:
    """What counts and what never does, for a journal without entries."""
    kinds = view.course.rules.types
    yes = ", ".join(kind.label for kind in kinds if kind.counts and kind.id != "other")
    no = ", ".join(kind.label for kind in kinds if not kind.counts)
    return [
        [("✓ ", DONE), (_sentence(yes), PLAIN)],
        None,
        [("× ", OWED_BOLD), (_sentence(no), PLAIN)],
        None,
        [("The form tells you while you type. If a rule is not clear, ask your tutor.", MUTED)],
    ]


def _sentence(labels: str) -> str:
    """Labels in a row with one capital, names kept: ``E-learning, English or maths``."""
    first, *rest = labels.split(", ")
    names = ("English", "IT ")
    rest = [text if text.startswith(names) else text[:1].lower() + text[1:] for text in rest]
    return ", ".join([first, *rest])


def entries_total(view: View) -> str:
    """How many entries there are in this enrolment."""
    return number_of(sum(row.entries for row in view.totals), "entry", "entries")


def module_line(module: ModuleState) -> Pair:
    """The module now in one line: title cut, hours whole."""
    counted, planned = clock_minutes(module.counted_minutes), say_minutes(module.planned_minutes)
    return Pair([(module.title, PLAIN)], [(f"{counted} / {planned}", MUTED)])


def module_bar(view: View, module: ModuleState) -> BarValues:
    """The hours of the module now against its plan by today."""
    by_now = view.plan.planned_between(module.starts, min(module.ends, view.as_at))
    counted, planned = say_minutes(module.counted_minutes), say_minutes(module.planned_minutes)
    return BarValues(
        module.counted_minutes,
        by_now,
        module.planned_minutes,
        f"{counted} of {planned}",
        "",
        f"ends {line_day(module.ends)}",
    )


ALERTS_SHOWN = 3
PLACE_OF_ALERT = {
    "action-overdue": "Coach",
    "review-overdue": "Coach",
    "review-due": "Coach",
    "month-without-training": "Hours",
    "milestone": "Timeline",
    "gaps": "Coverage",
}
"""Where ↵ on an alert leads."""
SAID_ABOVE = ("behind-plan", "draft")
"""Alerts that Today says elsewhere: in its first sentence, and as a draft's own row."""


def needs(view: View, asked: Sequence[Comment] = (), *, every: bool) -> list[Row]:
    """What needs the learner: alerts, questions, drafts, open actions, entries to be copied.

    Keys: earlier, alert:ID:n, asked:ENTRY, draft:KEY, action:ID, submit, more and others.
    """
    every_alert = alerts(view)
    shown = every_alert if every else every_alert[:ALERTS_SHOWN]
    rows = [_earlier_row(view)] if view.unrecorded else []
    rows += [
        _need_row(f"alert:{alert.id}:{n}", alert.brief, alert.when, ALERT)
        for n, alert in enumerate(shown)
    ]
    if more := len(every_alert) - len(shown):
        rows.append(Row("more", f"+ {more} more", muted=True))
    for remark in asked:
        rows.append(_need_row(f"asked:{remark.entry}", remark.text, remark.by.split()[0], ASKED))
    for draft in view.situation.drafts:
        name = f"Draft: {draft.title}" if draft.title else "A draft without a title"
        rows.append(_need_row(f"draft:{draft.id}", name, short_day(draft.day), DRAFT))
    for action in view.actions_open:
        if action.due >= view.as_at:
            text, due = " ".join(action.text.split()), f"due {short_day(action.due)}"
            rows.append(_need_row(f"action:{action.id}", text, due, ""))
    if waiting := view.not_submitted:
        rows.append(_need_row("submit", f"{waiting} not yet in your e-portfolio", "", ""))
    return rows


def alerts(view: View) -> list[Alert]:
    """The alerts that Today lists: one a kind, none for months before the journal began."""
    since = [gap for gap in view.untrained if gap not in view.unrecorded]
    if view.unrecorded:  # the month in which the journal began is not a gap yet
        since = [gap for gap in since if gap.ended or month_of(view.begun) not in gap.months]
    elsewhere = (*SAID_ABOVE, "month-without-training")
    wanted = [alert for alert in view.alerts if alert.id not in elsewhere]
    kinds = by_kind([*wanted, *untrained_alerts(since, view.as_at)])
    return sorted(kinds, key=lambda alert: IDS.index(alert.id))


def _earlier_row(view: View) -> Row:
    """The offer to bring in what was done before the journal began."""
    months = months_text((m for gap in view.unrecorded for m in gap.months), view.as_at.year)
    return Row("earlier", "Add your earlier hours", notes=(months,))


def needs_total(view: View, asked: Sequence[Comment] = ()) -> str:
    """How many rows there are in all."""
    return str(sum(row.key != "more" for row in needs(view, asked, every=True)))


def _need_row(key: str, text: str, when: str, sign: str) -> Row:
    style = OWED_BOLD if sign == ALERT else DONE
    return Row(key, text, when, lead=sign, lead_style=style, figure_style=MUTED)


def coming(view: View) -> list[Row]:
    """What comes next in the programme, for a learner whom nothing needs now."""
    dates = [
        (milestone.day, milestone.name, f"by {line_day(milestone.day)}")
        for milestone in view.timeline.milestones
        if milestone.state == "next" and not milestone.coaching and not milestone.optional
    ]
    if review := view.timeline.next_review:
        dates.append(
            (day := review.due_month_end, f"Progress review {review.number}", f"by {line_day(day)}")
        )
    calls = (m for m in view.timeline.milestones if m.coaching and m.state == "next")
    if call := next(calls, None):
        dates.append((call.day, call.name, f"about {line_day(call.day)}"))
    return [
        Row(f"coming:{n}", name, when, figure_style=MUTED)
        for n, (_, name, when) in enumerate(sorted(dates)[:3])
    ]

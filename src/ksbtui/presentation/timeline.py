"""What the Timeline screen says about the programme and about the lane under the cursor."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ksbtui.core.days import add_months, full_day, line_day, long_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.text.text import number_of
from ksbtui.presentation.parts import (
    AHEAD,
    ALERT,
    BOLD,
    DONE,
    MUTED,
    OWED,
    OWED_BOLD,
    PLAIN,
    REACHED,
    Block,
    Line,
    Pair,
)

if TYPE_CHECKING:
    from ksbtui.core.programme.plan import Span
    from ksbtui.core.programme.timeline import MilestoneState, ModuleState
    from ksbtui.journal.progress.progress import View

PROJECT, COACHING, REVIEWS = "project", "coaching", "reviews"
MILESTONES, BREAKS = "milestones", "breaks"
"""Keys of the lanes below the modules; a module's key is its number."""
UNRECORDED = "?"
"""A planned coaching day that passed without a record."""


def head_text(view: View, in_view: Span | None = None) -> tuple[list[Line], list[Line]]:
    """The head's wordings: how far along, and the next milestone or the days in view.

    ``in_view`` are the first and last day where not the whole programme is in view.
    """
    period, day = place_text(view)
    lefts: list[Line] = [[(period, BOLD), (f"  {day}" if day else "", MUTED)], [(period, BOLD)]]
    if in_view:
        first, last = in_view
        return lefts, [[(f"{line_day(first)} to {full_day(last)}", MUTED)]]
    milestone = view.timeline.next_milestone
    if milestone is None or view.course.enrolment.ended is not None:
        return lefts, []
    days = (milestone.day - view.as_at).days
    when = f"in {_days(days)}" if days else "today"
    long = f"next: {milestone.name}, {full_day(milestone.day)}, {when}"
    return lefts, [[(words, MUTED)] for words in (long, f"next: {milestone.name} {when}")]


def place_text(view: View) -> tuple[str, str]:
    """Say where in the programme today is: ``Month 9 of 14`` and ``day 255 of 424``."""
    days, enrolment = view.plan, view.course.enrolment
    if enrolment.ended is not None:
        return f"Ended on {long_day(enrolment.ended)}", enrolment.outcome
    if view.as_at < days.start:
        return f"Starts in {_days((days.start - view.as_at).days)}", long_day(days.start)
    if view.as_at > days.end:
        return "The programme is over", f"it ended on {long_day(days.end)}"
    length, unit = view.course.programme.length, view.course.programme.unit
    gone = days.outside_breaks(days.start, view.as_at)
    number = min(length, _period(days.start, gone, unit))
    place = f"{unit.capitalize()} {number} of {length}"
    if days.in_break(view.as_at):
        return f"In a break, {place.lower()}", ""
    return place, f"day {gone} of {days.outside_breaks(days.start, days.end)}"


def _period(start: date, gone: int, unit: str) -> int:
    """Give the number of the month or week in which the programme's ``gone``-th day lies."""
    if unit == "week":
        return (max(1, gone) - 1) // 7 + 1
    number = 1
    while (add_months(start, number) - start).days < gone:
        number += 1
    return number


def lane_blocks(view: View, key: str, roomy: bool) -> list[Block]:
    """Say what the lane under the cursor holds."""
    gap: list[Block] = [None] if roomy else []
    if key.isdecimal():
        module = next(module for module in view.timeline.modules if str(module.number) == key)
        blocks: list[Block] = [module_title(module), *gap, module_figures(view, module)]
        return [*blocks, *gap, module.summary] if module.summary else blocks
    if key not in LANES:
        words = "This programme has no modules. b records a break in learning."
        return [[(words, MUTED)]]
    first, *rest = LANES[key](view)
    return [first, *gap, *rest]


def module_title(module: ModuleState) -> Block:
    """Give a module's number, full title and days."""
    same = module.starts.year == module.ends.year
    first = line_day(module.starts) if same else full_day(module.starts)
    return Pair(
        [(f"{module.number}  ", MUTED), (module.title, BOLD)],
        [(f"{first} to {full_day(module.ends)}", MUTED)],
    )


def module_figures(view: View, module: ModuleState) -> Line:
    """Give counted of planned, entries, and what is left or was missed."""
    counted, planned = module.counted_minutes, module.planned_minutes
    number, noun = number_of(module.entries, "entry", "entries").split()
    line: Line = [
        (say_minutes(counted), BOLD),
        (f" of {say_minutes(planned)}   ", MUTED),
        (number, BOLD),
        (f" {noun}   ", MUTED),
    ]
    return [*line, *_module_rest(view, module, planned - counted)]


def _module_rest(view: View, module: ModuleState, short: int) -> Line:
    if module.state == "next":
        days = (module.starts - view.as_at).days
        return [("starts in ", MUTED), (_days(days), BOLD)]
    if module.state == "done":
        if short > 0:
            return [(f"{say_minutes(short)} short of its plan", OWED)]
        return [(f"{say_minutes(-short)} over its plan" if short else "on plan", MUTED)]
    days = module.days_left(view.as_at)
    line: Line = [(_days(days), BOLD), (" left", MUTED)] if days else [("its last day", BOLD)]
    if short <= 0:
        return [*line, (", its plan is reached", MUTED)]
    if days >= 7:
        weekly = -(-short * 7 // days)
        return [*line, (f": {say_minutes(weekly)} a week", MUTED)]
    return [*line, (f", {say_minutes(short)} to its plan", MUTED)]


def _project(view: View) -> list[Block]:
    first = view.timeline.project_from or view.as_at
    days = (view.as_at - first).days
    when = f"{_days(days)} so far" if days > 0 else f"starts in {_days(-days)}"
    texts = {milestone.id: milestone.text for milestone in view.timeline.milestones}
    text = texts.get("project-start", "")
    title = Pair([("Live project", BOLD)], [(f"from {long_day(first)}", MUTED)])
    return [title, [(when, MUTED)], text] if text else [title, [(when, MUTED)]]


def _coaching(view: View) -> list[Block]:
    sessions = [session for session in view.timeline.milestones if session.coaching]
    held = sum(session.recorded for session in sessions)
    missed = sum(session.missed for session in sessions)
    following = next((session for session in sessions if session.state == "next"), None)
    right = f"next about {long_day(following.day)}" if following else "none to come"
    words = "The days are in the middle of each period. Agree the real day with your coach."
    text = f"{held} of {len(sessions)} sessions recorded"
    if missed:
        text += f", {number_of(missed, 'planned day')} passed without a record ({UNRECORDED})"
    title = Pair([("Coaching", BOLD)], [(right, MUTED)])
    return [title, [(text, OWED if missed else MUTED)], words]


def _reviews(view: View) -> list[Block]:
    held = [review.held for review in view.timeline.reviews if review.held is not None]
    due = view.timeline.next_review
    right = f"{len(held)} held" if held else "none yet"
    blocks: list[Block] = [Pair([("Progress reviews", BOLD)], [(right, MUTED)])]
    if due is not None:
        late = due.overdue(view.as_at)
        mark: Line = [(f"{ALERT} ", OWED_BOLD)] if late else [(f"{AHEAD} ", OWED)]
        text = f"Review {due.number} is due by {long_day(due.due_month_end)}. "
        habit = f"Your provider may work to 12 weeks: {long_day(due.due_12_weeks)}."
        blocks.append([*mark, (text, PLAIN), (habit, MUTED)])
    if held:
        blocks.append([("Held " + ", ".join(full_day(day) for day in held), MUTED)])
    return blocks


def _milestones(view: View) -> list[Block]:
    milestones = [milestone for milestone in view.timeline.milestones if not milestone.coaching]
    following = view.timeline.next_milestone
    right: Line = []
    if following is not None:
        right = [(f"next in {_days((following.day - view.as_at).days)}", MUTED)]
    return [Pair([("Milestones", BOLD)], right), *map(_milestone, milestones)]


def _milestone(milestone: MilestoneState) -> Block:
    style, day = OWED if milestone.missed else MUTED, full_day(milestone.day)
    sign = (REACHED, DONE) if milestone.recorded else (AHEAD, style)
    more = " (optional)" if milestone.optional else ""
    right = f"passed {day}, not recorded" if milestone.missed else day
    return Pair([sign, (f" {milestone.name}{more}", PLAIN)], [(right, style)])


def _breaks(view: View) -> list[Block]:
    plan = view.plan
    moved = sum((last - first).days + 1 for first, last in plan.breaks)
    title = Pair([("Breaks in learning", BOLD)], [(f"{_days(moved)} in total", MUTED)])
    blocks: list[Block] = [title]
    for first, last in plan.breaks:
        still = plan.open_break is not None and last >= view.as_at
        until = "not ended yet" if still else full_day(last)
        blocks.append([(f"{full_day(first)} to {until}", PLAIN)])
    return [
        *blocks,
        [("All later dates moved by the same number of days. b adds, ends or removes one.", MUTED)],
    ]


LANES = {
    PROJECT: _project,
    COACHING: _coaching,
    REVIEWS: _reviews,
    MILESTONES: _milestones,
    BREAKS: _breaks,
}


def _days(number: int) -> str:
    return number_of(number, "day")

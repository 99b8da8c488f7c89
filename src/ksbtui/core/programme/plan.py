"""One learner's plan: every day of the programme, moved by breaks, and the minutes planned.

Days are first calculated as if there were no break ("programme days": day 0 is the start),
then the k-th programme day is put on the k-th calendar day outside breaks. So each day of a
break moves every later date by one day, and no planned figure of an earlier day changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from ksbtui.core.days import ONE_DAY, add_months, days_in
from ksbtui.core.frozen import dataclass
from ksbtui.core.programme.programmes import Course, Enrolment, Milestone, Module, Programme

Span = tuple[date, date]

COACHING_DAY = {"month": 14, "week": 3}
"""Days after a period's first day on which its coaching session is planned.

Mid-period (day 15 of a programme month), so that it never falls on a milestone, which
stands on a first or last day.
"""


@dataclass(frozen=True, slots=True)
class ModuleDays:
    """A module on the calendar; ``minutes`` are its planned minutes, scaled to the target."""

    number: int
    title: str
    starts: date
    ends: date
    summary: str
    ksbs: tuple[str, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class MilestoneDay:
    """A milestone or planned coaching session (``coaching-1`` …) on the calendar."""

    id: str
    name: str
    day: date
    optional: bool = False
    text: str = ""

    @property
    def coaching(self) -> bool:
        return self.id.startswith("coaching-")


@dataclass(frozen=True, slots=True)
class Plan:
    """What :func:`plan` returns; all spans inclusive, all amounts in minutes.

    ``breaks`` are merged, in order, from ``start`` on; one without an end stops at the
    ``as_at`` it was planned for. ``open_break`` is the first day of such a break.
    ``last`` is the last day an entry can lie inside the programme: ``end``, or the day the
    enrolment ended before that.
    """

    start: date
    end: date
    plan_end: date
    last: date
    breaks: tuple[Span, ...]
    open_break: date | None
    modules: tuple[ModuleDays, ...]
    milestones: tuple[MilestoneDay, ...]
    project_from: date | None
    target: int
    max_minutes: int | None
    module_hours: bool
    """Whether the programme gives hours for each module, which then make the plan."""

    def inside(self, day: date) -> bool:
        """Whether ``day`` lies in the programme; days of an open break do, however late."""
        waiting = self.open_break is not None and day >= self.open_break
        return self.start <= day <= self.last or (waiting and self.last == self.end)

    def in_break(self, day: date) -> bool:
        """Whether ``day`` lies in a break; one that is still open has no last day."""
        if self.open_break is not None and day >= self.open_break:
            return True
        return any(first <= day <= last for first, last in self.breaks)

    def outside_breaks(self, first: date, last: date) -> int:
        """Days of ``first`` to ``last`` that are in no break."""
        idle = sum(days_in(max(first, a), min(last, b)) for a, b in self.breaks)
        return days_in(first, last) - idle

    def day_after(self, day: date, count: int) -> date | None:
        """The ``count``-th day outside breaks after ``day``; None beyond the calendar."""
        try:
            return _nth(self.breaks, day + ONE_DAY, count - 1)
        except OverflowError:
            return None

    def day_before(self, day: date, count: int) -> date:
        """The first of the last ``count`` days outside breaks up to ``day``, not before start."""
        first = max(self.start, day - timedelta(days=count - 1))
        while first > self.start and (lack := count - self.outside_breaks(first, day)) > 0:
            first = max(self.start, first - timedelta(days=lack))
        return first

    def planned_to(self, day: date) -> int:
        """Minutes planned up to and including ``day``: 0 before the start, then up to target.

        target × n / N, half up, with N the days outside breaks from start to plan_end and n
        those up to ``day``. Where modules have hours, each spreads its own over its own days.
        """
        if not self.module_hours:
            return self._spread(self.target, self.start, self.plan_end, day)
        return sum(
            self._spread(
                module.minutes,
                min(module.starts, self.plan_end),
                max(self.start, min(module.ends, self.plan_end)),
                day,
            )
            for module in self.modules
        )

    def planned_between(self, first: date, last: date) -> int:
        """Minutes planned for ``first`` to ``last``: what is planned to one less the other."""
        return max(0, self.planned_to(last) - self.planned_to(first - ONE_DAY))

    def module(self, number: int) -> ModuleDays | None:
        return next((module for module in self.modules if module.number == number), None)

    def module_on(self, day: date) -> ModuleDays | None:
        """The module running on ``day``, the latest to start where two do, or None.

        In a break that is still open it is the one the break interrupts, whatever the date.
        """
        if self.open_break is not None and day >= self.open_break:
            pause = self.open_break
            running = [m for m in self.modules if m.starts < pause <= m.ends]
        else:
            running = [m for m in self.modules if m.starts <= day <= m.ends]
        return max(running, key=lambda module: module.starts, default=None)

    def before_breaks(self, day: date) -> date:
        """The programme day that breaks moved to ``day``: what an enrolment stores.

        For a day that a person names on today's calendar (a changed end, a moved module).
        A day in a break stands for the first one after it; one before the start for itself.
        """
        if day <= self.start:
            return day
        return self.start + timedelta(days=self.outside_breaks(self.start, day - ONE_DAY))

    def _spread(self, minutes: int, first: date, last: date, day: date) -> int:
        total = self.outside_breaks(first, last)
        passed = self.outside_breaks(first, min(day, last))
        return (2 * minutes * passed + total) // (2 * total) if total else 0


_LATEST: list[tuple[Course, date | None, Plan]] = []
"""The plans made last: every figure starts from one, and a course keeps its own."""


def plan(course: Course, as_at: date | None = None) -> Plan:
    """The plan of an enrolment; asked again for the same course and day, the same plan."""
    for known, day, earlier in _LATEST:
        if known is course and day == as_at:
            return earlier
    fresh = _plan(course, as_at)
    _LATEST[:] = [(course, as_at, fresh), *_LATEST[:7]]
    return fresh


def _plan(course: Course, as_at: date | None) -> Plan:
    """The plan of an enrolment, free of the clock but for a break that has no end yet.

    Nobody knows when such a break ends: it is calculated up to and including ``as_at`` (its
    first day at least), and without ``as_at`` it moves nothing.

    Without an agreed end, ``end`` is the last day of the programme and ``plan_end`` that of
    its gateway month or week, else ``end``. An agreed end replaces ``end``; where it is
    earlier than the gateway or another milestone, these come with it. A later one leaves
    them where the programme puts them. Modules move only by breaks or one by one.
    """
    enrolment, programme = course.enrolment, course.programme
    start = enrolment.start
    breaks = spans(enrolment, as_at)
    end = enrolment.end_given or period_last(programme, start, programme.length)
    plan_end = end
    if programme.gateway is not None:
        plan_end = min(end, period_last(programme, start, programme.gateway))

    def moved(day: date) -> date:
        return _nth(breaks, start, (day - start).days)

    target = enrolment.target_minutes
    if target is None:  # the standard's minimum, never below the rule set's floor
        target = max(course.standard.min_minutes or 0, course.rules.floor_minutes or 0)
    final = moved(end)
    draft = Plan(
        start=start,
        end=final,
        plan_end=moved(plan_end),
        last=final if enrolment.ended is None else min(final, enrolment.ended),
        breaks=breaks,
        open_break=min((b.start for b in enrolment.breaks if b.end is None), default=None),
        modules=tuple(
            ModuleDays(m.number, m.title, moved(first), moved(last), m.summary, m.ksbs, 0)
            for m, first, last in _module_days(enrolment, programme)
        ),
        milestones=tuple(
            replace(milestone, day=moved(min(milestone.day, end)))
            for milestone in _milestone_days(programme, start, end)
        ),
        project_from=moved(period_first(programme, start, programme.project_from))
        if programme.project_from is not None
        else None,
        target=target,
        max_minutes=course.standard.max_minutes,
        module_hours=_gives_hours(programme),
    )
    return replace(draft, modules=_with_minutes(draft, programme.modules))


def period_first(programme: Programme, start: date, number: int) -> date:
    """First day of month or week ``number`` (from 1), before breaks move it."""
    if programme.unit == "week":
        return start + timedelta(days=7 * (number - 1))
    return add_months(start, number - 1)


def period_last(programme: Programme, start: date, number: int) -> date:
    """Last day of month or week ``number`` (from 1), before breaks move it."""
    return period_first(programme, start, number + 1) - ONE_DAY


def spans(enrolment: Enrolment, as_at: date | None) -> tuple[Span, ...]:
    """The enrolment's breaks from its start on, in order, overlapping ones as one."""
    closed = []
    for pause in enrolment.breaks:
        last = pause.end or (as_at and max(pause.start, as_at))
        if last and last >= enrolment.start:
            closed.append((max(pause.start, enrolment.start), last))
    return merged(closed)


def merged(breaks: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those that touch or overlap as one."""
    result: list[Span] = []
    for first, last in sorted(breaks):
        if result and first <= result[-1][1] + ONE_DAY:
            result[-1] = (result[-1][0], max(result[-1][1], last))
        else:
            result.append((first, last))
    return tuple(result)


def _nth(breaks: Iterable[Span], first: date, count: int) -> date:
    """The day ``count`` days outside the ordered ``breaks`` after ``first`` (0: itself if free)."""
    day = first + timedelta(days=count)
    for begins, ends in breaks:
        if begins > day:
            break
        if ends >= first:
            day += timedelta(days=days_in(max(begins, first), ends))
    return day


def _module_days(enrolment: Enrolment, programme: Programme) -> Iterable[tuple[Module, date, date]]:
    """Each module with its first and last programme day, as the provider moved it."""
    for module in programme.modules:
        first = period_first(programme, enrolment.start, module.from_)
        last = period_last(programme, enrolment.start, module.to)
        yield module, *enrolment.moved_modules.get(module.number, (first, last))


def _milestone_days(programme: Programme, start: date, end: date) -> list[MilestoneDay]:
    """Milestones and the coaching sessions up to the end, by programme day."""
    days = [_milestone_day(programme, start, milestone) for milestone in programme.milestones]
    if programme.coaching is not None:
        every, name = programme.coaching.every, programme.coaching.name
        for number, period in enumerate(range(every, programme.length + 1, every), start=1):
            day = period_first(programme, start, period)
            day += timedelta(days=COACHING_DAY[programme.unit])
            if day <= end:
                days.append(MilestoneDay(f"coaching-{number}", f"{name} {number}", day))
    return sorted(days, key=lambda milestone: milestone.day)


def _milestone_day(programme: Programme, start: date, milestone: Milestone) -> MilestoneDay:
    period = period_first if milestone.on == "first-day" else period_last
    return MilestoneDay(
        milestone.id,
        milestone.name,
        period(programme, start, milestone.at),
        milestone.optional,
        milestone.text,
    )


def _gives_hours(programme: Programme) -> bool:
    """Whether every module has hours; a part of them says nothing about the others."""
    minutes = [module.minutes for module in programme.modules]
    return bool(minutes) and None not in minutes and any(minutes)


def _with_minutes(draft: Plan, modules: tuple[Module, ...]) -> tuple[ModuleDays, ...]:
    """The modules with their planned minutes.

    Given hours are scaled to the target and rounded so that they sum to it: each module
    gets the difference of two rounded running sums. Else it is what the even plan puts there.
    """
    if not draft.module_hours:
        return tuple(
            replace(module, minutes=draft.planned_between(module.starts, module.ends))
            for module in draft.modules
        )
    total = sum(module.minutes or 0 for module in modules)
    done, share, result = 0, 0, []
    for days, module in zip(draft.modules, modules, strict=True):
        done += module.minutes or 0
        upto = (2 * draft.target * done + total) // (2 * total)
        result.append(replace(days, minutes=upto - share))
        share = upto
    return tuple(result)

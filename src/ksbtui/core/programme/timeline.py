"""Where a learner is in the programme: modules, milestones, reviews and what was done in each.

The funding rules ask for a progress review at least every three calendar months: the last day
of the third month is when one is due and after which it is overdue. Many providers work to 12
weeks, so that day is shown beside it and never raises an alert. How many weeks and months is
data of the rule set; units have no reviews.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from ksbtui.core.codec import encode, encode_fields
from ksbtui.core.days import add_months, long_day, month_length
from ksbtui.core.frozen import dataclass
from ksbtui.core.hours.totals import DayTotal
from ksbtui.core.programme.plan import MilestoneDay, ModuleDays, Plan
from ksbtui.core.programme.programmes import Course, RuleSet


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
    reviews: list[Review] = []
    since = plan.start
    for day in (*sorted({day for day in held if plan.start <= day <= as_at}), None):
        weeks, month_end = (  # as many days outside breaks after `since` as there are days
            plan.day_after(since, (due - since).days) or due
            for due in clocks(since, rules.review_weeks, rules.review_months)
        )
        review = Review(len(reviews) + 1, weeks, month_end, day)
        if day is None and review.due_month_end > plan.last:
            break
        reviews.append(review)
        since = day or since
    return tuple(reviews)


def clocks(since: date, weeks: int = 12, months: int = 3) -> tuple[date, date]:
    """Both days due after ``since``, without breaks: 1 August gives 24 October and 30 November."""
    later = add_months(since.replace(day=1), months)
    return since + timedelta(weeks=weeks), later.replace(day=month_length(later.year, later.month))


@dataclass(frozen=True, slots=True)
class ModuleState:
    """A module on the calendar with its entries and its counted against planned minutes.

    ``state`` is ``done``, ``now`` or ``next``, which every module still to come is.
    """

    number: int
    title: str
    starts: date
    ends: date
    state: str
    entries: int
    counted_minutes: int
    planned_minutes: int
    summary: str = ""
    ksbs: tuple[str, ...] = ()

    def days_left(self, as_at: date) -> int:
        """Days after ``as_at`` up to its last one, those of a break included."""
        return max(0, (self.ends - as_at).days)

    def as_json(self) -> dict[str, object]:
        return encode_fields(self, "summary", "ksbs")


@dataclass(frozen=True, slots=True)
class MilestoneState:
    """A milestone on the calendar: ``done`` once past or met, else ``next``.

    ``recorded`` is whether the journal holds that it was reached; a day alone shows nothing.
    """

    id: str
    name: str
    day: date
    state: str
    optional: bool = False
    text: str = ""
    coaching: bool = False
    recorded: bool = False

    @property
    def missed(self) -> bool:
        """Whether its day has passed without a record."""
        return self.state == "done" and not self.recorded

    def as_json(self) -> dict[str, object]:
        return encode_fields(self, "optional", "text", "coaching")


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole programme as at one day, in order of day."""

    plan: Plan
    as_at: date
    modules: tuple[ModuleState, ...]
    milestones: tuple[MilestoneState, ...]
    reviews: tuple[Review, ...]
    ours: str = ""
    """`` (our suggestion)`` where the KSBs of the modules are not published."""

    @property
    def project_from(self) -> date | None:
        return self.plan.project_from

    @property
    def module(self) -> ModuleState | None:
        """The module running now, the latest to start where two do, or None."""
        now = self.plan.module_on(self.as_at)
        if now is None:
            return None
        return next(module for module in self.modules if module.number == now.number)

    @property
    def next_milestone(self) -> MilestoneState | None:
        """The first milestone still to come, coaching sessions and optional ones left out."""
        coming = (milestone for milestone in self.milestones if milestone.state == "next")
        return next((m for m in coming if not m.coaching and not m.optional), None)

    @property
    def next_review(self) -> Review | None:
        return self.reviews[-1] if self.reviews and self.reviews[-1].held is None else None

    def as_json(self) -> dict[str, object]:
        body = {
            "start": self.plan.start,
            "end": self.plan.end,
            "plan_end": self.plan.plan_end,
            "modules": [module.as_json() for module in self.modules],
            "milestones": [milestone.as_json() for milestone in self.milestones],
            "reviews": self.reviews,
            "project_from": self.project_from,
            "breaks": [{"start": first, "end": last} for first, last in self.plan.breaks],
        }
        return dict(encode(body))


def timeline(
    course: Course,
    plan: Plan,
    totals: Iterable[DayTotal],
    reviews_held: Iterable[date],
    as_at: date,
    *,
    met: Collection[str] = (),
) -> Timeline:
    """The programme as at one day.

    A module's ``entries`` are all its live ones, as its list shows; its counted minutes
    those of days up to ``as_at`` that fail no rule. ``met`` names milestones that the
    record says were reached.
    """
    entries: Counter[int | None] = Counter()
    counted: Counter[int | None] = Counter()
    for total in totals:
        entries[total.module] += total.entries
        if not total.rule and total.day <= as_at:
            counted[total.module] += total.minutes
    return Timeline(
        plan=plan,
        as_at=as_at,
        modules=tuple(
            _module(module, as_at, entries[module.number], counted[module.number])
            for module in plan.modules
        ),
        milestones=tuple(
            _milestone(milestone, as_at, milestone.id in met)
            for milestone in sorted(plan.milestones, key=lambda milestone: milestone.day)
        ),
        reviews=reviews(course.rules, plan, reviews_held, as_at),
        ours=course.programme.ours("module-ksbs"),
    )


def _module(module: ModuleDays, as_at: date, entries: int, counted: int) -> ModuleState:
    return ModuleState(
        number=module.number,
        title=module.title,
        starts=module.starts,
        ends=module.ends,
        state=module_state(module, as_at),
        entries=entries,
        counted_minutes=counted,
        planned_minutes=module.minutes,
        summary=module.summary,
        ksbs=module.ksbs,
    )


def _milestone(milestone: MilestoneDay, as_at: date, met: bool) -> MilestoneState:
    return MilestoneState(
        id=milestone.id,
        name=milestone.name,
        day=milestone.day,
        state="done" if met or milestone.day < as_at else "next",
        optional=milestone.optional,
        text=milestone.text,
        coaching=milestone.coaching,
        recorded=met,
    )


def module_state(module: ModuleDays, as_at: date) -> str:
    """``done`` after its last day, ``now`` on its days, ``next`` before."""
    if module.ends < as_at:
        return "done"
    return "now" if module.starts <= as_at else "next"

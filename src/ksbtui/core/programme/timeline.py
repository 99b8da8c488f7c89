"""Where a learner is in the programme: modules, milestones, reviews and what was done in each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from ksbtui.core.coaching.review_clock import Review, next_review, reviews
from ksbtui.core.codec import encode, encode_fields
from ksbtui.core.frozen import dataclass
from ksbtui.core.hours.totals import DayTotal
from ksbtui.core.programme.plan import MilestoneDay, ModuleDays, Plan, Span
from ksbtui.core.programme.programmes import Course


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
        """The module as ``timeline --json`` prints it."""
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
        """The milestone as ``timeline --json`` prints it."""
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
        """First day of the live project, or None."""
        return self.plan.project_from

    @property
    def breaks(self) -> tuple[Span, ...]:
        """First and last day of each break in learning."""
        return self.plan.breaks

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
        return next(
            (
                one
                for one in self.milestones
                if one.state == "next" and not one.coaching and not one.optional
            ),
            None,
        )

    @property
    def next_review(self) -> Review | None:
        """The progress review due next, or None."""
        return next_review(self.reviews)

    def as_json(self) -> dict[str, object]:
        """The whole as ``timeline --json`` prints it."""
        return dict(
            encode(
                {
                    "start": self.plan.start,
                    "end": self.plan.end,
                    "plan_end": self.plan.plan_end,
                    "modules": [module.as_json() for module in self.modules],
                    "milestones": [milestone.as_json() for milestone in self.milestones],
                    "reviews": self.reviews,
                    "project_from": self.project_from,
                    "breaks": [{"start": first, "end": last} for first, last in self.breaks],
                }
            )
        )


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
    entries: dict[int, int] = {}
    counted: dict[int, int] = {}
    for total in totals:
        if total.module is None:
            continue
        entries[total.module] = entries.get(total.module, 0) + total.entries
        if not total.rule and total.day <= as_at:
            counted[total.module] = counted.get(total.module, 0) + total.minutes
    return Timeline(
        plan=plan,
        as_at=as_at,
        modules=tuple(
            _module(one, as_at, entries.get(one.number, 0), counted.get(one.number, 0))
            for one in plan.modules
        ),
        milestones=tuple(
            _milestone(one, as_at, one.id in met)
            for one in sorted(plan.milestones, key=lambda one: one.day)
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

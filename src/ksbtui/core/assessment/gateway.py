"""The gateway: what must be in place, what fills itself, what is missing and by when.

Only counts and dates: nothing here forecasts a result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ksbtui.core.assessment.project import SECTIONS, Project
from ksbtui.core.assessment.scan import evidenced
from ksbtui.core.codec import ForbidExtra, encode, encode_fields
from ksbtui.core.coverage.coverage import Coverage, KsbState
from ksbtui.core.days import add_months, line_day, long_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.hours.hours import Hours
from ksbtui.core.programme.plan import Plan
from ksbtui.core.programme.programmes import AssessmentMethod
from ksbtui.core.programme.timeline import Timeline
from ksbtui.core.text.text import number_of

COMPUTED, TICKED = "computed", "ticked"
NOT_TIED = date.max
"""Where an item without a milestone of this programme stands in the order: last."""


@dataclass(frozen=True, slots=True)
class GatewayItem(ForbidExtra):
    """One line of a checklist, from data.

    ``kind`` is ``computed`` (``check`` names a function here) or ``ticked``; ``who`` has the
    next move (``you``, ``employer``, ``provider``); ``by`` is a milestone's id; ``only_if``
    names a condition of :data:`CONDITIONS` without which the item does not exist, and
    ``starts_from`` the first day of learning from which it is asked for. ``short``
    is the text in a few words, for a list with little room.
    """

    id: str
    text: str
    kind: str
    who: str
    by: str
    source: str
    confidence: str
    when_missing: str
    check: str = ""
    months: int | None = None
    weeks: int | None = None
    only_if: str = ""
    starts_from: date | None = None
    optional: bool = False
    short: str = ""

    @property
    def name(self) -> str:
        """The item in a few words; its whole text where the data has none."""
        return self.short or self.text


@dataclass(frozen=True, slots=True)
class GatewayList(ForbidExtra):
    """The checklist of one programme; ``note`` says what was not read."""

    programme: str
    standard: str
    title: str
    items: tuple[GatewayItem, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """Somebody's note that an item is in place: who and when, not proof."""

    item: str
    by: str
    day: date


@dataclass(frozen=True, slots=True)
class Settings:
    """What only the learner knows; None where nobody has said yet."""

    english_maths: bool | None = None
    extended: bool | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the checks look at, as at one day."""

    as_at: date
    plan: Plan
    hours: Hours
    coverage: Coverage
    timeline: Timeline
    project: Project
    settings: Settings
    ticks: Mapping[str, Tick]
    reviews_held: int = 0
    reviews_with_employer: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, with its progress in words: ``22 of 58``."""

    done: bool
    progress: str


def _count(done: int, total: int, none: str) -> Checked:
    return Checked(done >= total, f"{done} of {total}" if total else none)


def minimum_hours(item: GatewayItem, facts: Facts) -> Checked:
    """Counted minutes reach the target agreed."""
    counted, target = facts.hours.counted_minutes, facts.hours.target_minutes
    progress = f"{say_minutes(counted)} of {say_minutes(target)}"
    if opening := facts.hours.opening_minutes:
        progress += f", {say_minutes(opening)} of it recorded elsewhere"
    return Checked(counted >= target, progress)


def minimum_duration(item: GatewayItem, facts: Facts) -> Checked:
    """The item's months or weeks of training have passed, days of breaks left out.

    Month m of training is complete with the day before ``add_months(start, m)``; each day
    of a break moves that by one.
    """
    start, plan = facts.plan.start, facts.plan
    least = item.months or item.weeks or 0
    unit = "month" if item.months else "week"

    def days_of(count: int) -> int:
        end = add_months(start, count) if item.months else start + timedelta(weeks=count)
        return (end - start).days

    trained = plan.outside_breaks(start, min(facts.as_at, plan.last))
    passed = 0
    while passed < least and days_of(passed + 1) <= trained:
        passed += 1
    done = passed >= least
    progress = f"{passed} of {number_of(least, unit)}"
    if not done and (reached := plan.day_after(start, days_of(least) - 1)):
        progress += f", reached on {long_day(reached)}"
    return Checked(done, progress)


def _every(ksbs: Sequence[KsbState], shown: Callable[[KsbState], bool]) -> Checked:
    return _count(sum(map(shown, ksbs)), len(ksbs), "the standard lists none")


def reviews_held(item: GatewayItem, facts: Facts) -> Checked:
    """No progress review is past the end of its third month."""
    count = sum(review.held is not None for review in facts.timeline.reviews)
    due = facts.timeline.next_review
    if due is None:
        return Checked(True, f"{count} held")
    overdue = due.overdue(facts.as_at)
    word = "was due" if overdue else "next"
    return Checked(not overdue, f"{count} held, {word} by {line_day(due.due_month_end)}")


def employer_at_reviews(item: GatewayItem, facts: Facts) -> Checked:
    """The employer took part in more than half of the reviews held."""
    held, joined = facts.reviews_held, facts.reviews_with_employer
    progress = f"{joined} of {held}" if held else "no review yet"
    return Checked(not held or 2 * joined > held, progress)


def outcomes_shown(item: GatewayItem, facts: Facts) -> Checked:
    """Every KSB of every learning outcome is covered."""
    outcomes = [outcome for outcome in facts.coverage.outcomes if outcome.total]
    shown = sum(outcome.covered == outcome.total for outcome in outcomes)
    return _count(shown, len(outcomes), "the standard lists none")


def hours_below_plan(facts: Facts) -> bool:
    """Whether training is over with fewer hours than agreed: then a statement is due.

    Before the gateway day, or the day the enrolment ended, hours can still be made up.
    """
    over = facts.as_at >= min(facts.plan.plan_end, facts.plan.last)
    return over and facts.hours.left_minutes > 0


CHECKS: Mapping[str, Callable[[GatewayItem, Facts], Checked]] = {
    "minimum-hours": minimum_hours,
    "minimum-duration": minimum_duration,
    "knowledge-and-skills-evidenced": lambda item, facts: _every(
        [*facts.coverage.of_type("K"), *facts.coverage.of_type("S")], evidenced
    ),
    "behaviours-evidenced": lambda item, facts: _every(facts.coverage.of_type("B"), evidenced),
    "behaviours-verified": lambda item, facts: _every(
        facts.coverage.of_type("B"), lambda ksb: ksb.employer_verified
    ),
    "project-complete": lambda item, facts: _count(facts.project.parts_filled, len(SECTIONS), ""),
    "reviews-held": reviews_held,
    "employer-at-reviews": employer_at_reviews,
    "hours-statement": lambda item, facts: Checked(
        item.id in facts.ticks, f"{say_minutes(facts.hours.left_minutes)} to explain"
    ),
    "outcomes-shown": outcomes_shown,
}
"""Checks by the name data calls them; a statement of the hours is signed by a tick."""

CONDITIONS: Mapping[str, Callable[[Facts], bool | None]] = {
    "english-maths-required": lambda facts: facts.settings.english_maths,
    "extended-assessment-chosen": lambda facts: facts.settings.extended,
    "hours-below-plan": hours_below_plan,
}
"""Conditions by the name data calls them; None where nobody has said."""

TICKABLE_CHECKS = frozenset({"hours-statement"})
"""Computed items that take a tick, because a signature cannot be calculated."""


@dataclass(frozen=True, slots=True)
class ItemState:
    """An item as it stands: in place or not, how far, due when, ticked by whom.

    ``asked`` is True while nobody has said whether the item applies at all.
    """

    item: GatewayItem
    done: bool
    progress: str
    due: date | None
    tick: Tick | None = None
    asked: bool = False

    @property
    def in_the_way(self) -> bool:
        return not self.done and not self.item.optional and not self.asked

    def as_json(self) -> dict[str, object]:
        item = self.item
        return {
            "id": item.id,
            "text": item.text,
            "kind": item.kind,
            "who": item.who,
            "done": self.done,
            "progress": self.progress,
            "by": item.by,
            "due": encode(self.due),
            "optional": item.optional,
            "applies": None if self.asked else True,
            "ticked": encode_fields(self.tick, "item") if self.tick else None,
            "when_missing": "" if self.done else item.when_missing,
            "source": item.source,
            "confidence": item.confidence,
        }


@dataclass(frozen=True, slots=True)
class Gateway:
    """The checklist as at one day, items in order of the day they are due."""

    title: str
    note: str
    as_at: date
    items: tuple[ItemState, ...]
    methods: tuple[AssessmentMethod, ...] = ()
    """How the programme is assessed, from its file."""

    @property
    def needed(self) -> tuple[ItemState, ...]:
        """Items that must be in place: neither optional nor still in question."""
        return tuple(s for s in self.items if not s.item.optional and not s.asked)

    @property
    def done(self) -> int:
        """How many of the needed items are in place."""
        return sum(state.done for state in self.needed)

    @property
    def missing(self) -> tuple[ItemState, ...]:
        """What stands in the way, soonest due first."""
        return tuple(state for state in self.items if state.in_the_way)

    @property
    def ready(self) -> bool:
        """Whether nothing needed is missing; it says nothing about a result."""
        return not self.missing

    def as_json(self) -> dict[str, object]:
        return {
            "title": self.title,
            "as_at": self.as_at.isoformat(),
            "done": self.done,
            "total": len(self.needed),
            "ready": self.ready,
            "items": [state.as_json() for state in self.items],
            "missing": [state.item.id for state in self.missing],
            "note": self.note,
            "methods": encode(self.methods),
        }


def gateway(checklist: GatewayList, facts: Facts) -> Gateway:
    """The checklist filled from the facts; items whose condition fails are left out.

    An item in question (its condition unknown) stays, marked ``asked``. One tied to a
    milestone the programme lacks has no day and stands last.
    """
    days = {milestone.id: milestone.day for milestone in facts.timeline.milestones}
    items = []
    for item in checklist.items:
        applies = CONDITIONS[item.only_if](facts) if item.only_if else True
        later = item.starts_from is not None and facts.plan.start < item.starts_from
        if applies is False or later:
            continue
        tick = facts.ticks.get(item.id)
        if item.kind == COMPUTED:
            checked = CHECKS[item.check](item, facts)
        else:
            checked = Checked(tick is not None, f"{tick.by}, {line_day(tick.day)}" if tick else "")
        done, asked = checked.done, applies is None and not checked.done
        items.append(ItemState(item, done, checked.progress, days.get(item.by), tick, asked))
    items.sort(key=lambda state: state.due or NOT_TIED)
    return Gateway(checklist.title, checklist.note, facts.as_at, tuple(items))

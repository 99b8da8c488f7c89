"""Small courses built in Python, for tests of the figures: no seed file is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from ksbtui.core.entry.entries import Entry, Verification
from ksbtui.core.entry.rules import failed_rules
from ksbtui.core.hours.totals import DayTotal
from ksbtui.core.programme.plan import plan as make_plan
from ksbtui.core.programme.programmes import (
    ActivityType,
    Break,
    Coaching,
    Course,
    Enrolment,
    Milestone,
    Module,
    Programme,
    Rule,
    RuleSet,
)
from ksbtui.core.programme.standards import Duty, Ksb, Outcome, Standard

COUNTING = (
    "session",
    "workshop",
    "coaching",
    "project",
    "reflection",
    "research",
    "shadowing",
    "e-learning",
    "event",
    "practice",
    "assignment",
    "revision",
    "other",
)
NEVER = ("english-maths", "review", "induction", "assessment", "work")

_FAILED = {
    "inside-programme": "outside the programme",
    "not-in-break": "during a break in learning",
    "not-future": "dated in the future",
    "paid-hours": "outside paid hours",
    "new-learning": "not new learning",
    "activity-type": "type does not count",
    "relevant": "not about the standard",
    "in-plan": "not in your training plan",
}


def _rules(ids: Iterable[str]) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            id,
            id,
            f"Passes {id}.",
            _FAILED[id],
            source=f"Source of {id}",
            settled=id not in ("not-in-break", "in-plan"),
            types=COUNTING if id == "activity-type" else (),
        )
        for id in ids
    )


TYPES = tuple(ActivityType(id, id.capitalize()) for id in COUNTING) + tuple(
    ActivityType(
        id, id.capitalize(), counts=False, why=f"{id} never counts.", source=f"Source of {id}"
    )
    for id in NEVER
)
OTJ = RuleSet(
    "otj-2025-08",
    "Off-the-job training",
    "apprenticeship",
    _rules(_FAILED),
    TYPES,
    starts_from=date(2025, 8, 1),
    floor_minutes=187 * 60,
    monthly="month",
    review_weeks=12,
    review_months=3,
)
UNIT_RULES = RuleSet(
    "unit-2026-04",
    "Units",
    "unit",
    _rules(id for id in _FAILED if id != "paid-hours"),
    TYPES,
    starts_from=date(2026, 4, 28),
)


def ksbs(knowledge: int, skills: int, behaviours: int) -> tuple[Ksb, ...]:
    """K1 … then S1 … then B1 …, each with a statement that names it."""
    counts = {"K": knowledge, "S": skills, "B": behaviours}
    return tuple(
        Ksb(f"{letter}{n}", f"Statement {letter}{n}", f"short {letter}{n}")
        for letter, count in counts.items()
        for n in range(1, count + 1)
    )


STANDARD = Standard(
    "ST1512",
    "2.0",
    "apprenticeship",
    "AI and automation practitioner",
    ksbs(29, 29, 6),
    duties=(
        Duty(1, "First duty", ("K1", "K2", "S1", "B1")),
        Duty(2, "Second duty", ("K1", "S2", "B1")),
        Duty(15, "A duty without KSBs"),
    ),
    level=4,
    min_minutes=420 * 60,
    typical_months=18,
)
UNIT = Standard(
    "AU0002",
    "1.0",
    "unit",
    "AI leadership",
    ksbs(15, 14, 0),
    outcomes=(Outcome(1, "Strategy", "First outcome", ("K1", "S1")),),
    min_minutes=30 * 60,
    max_minutes=140 * 60,
)

COUNCIL = Programme(
    "local-government-14-months",
    "Local government, 14 months",
    ("ST1512",),
    "month",
    14,
    modules=tuple(
        Module(number, f"Module {number}", first, last)
        for number, (first, last) in enumerate(
            [(1, 2), (3, 4), (5, 5), (6, 7), (8, 8), (9, 9), (10, 10), (11, 13)], start=1
        )
    ),
    milestones=(
        Milestone("project-approval", "Project approved", 5),
        Milestone("project-start", "Live project starts", 6, on="first-day"),
        Milestone("gateway", "Gateway to completion", 13),
        Milestone("final-assessment", "Final assessment", 14),
    ),
    coaching=Coaching(1),
    gateway=13,
    project_from=6,
)
MONTHS_18 = Programme(
    "st1512-18-months",
    "18 months",
    ("ST1512",),
    "month",
    18,
    modules=tuple(Module(n, f"Module {n}", 2 * n - 1, 2 * n) for n in range(1, 10)),
    milestones=(Milestone("gateway", "Gateway", 18),),
    gateway=18,
)
WEEKS_16 = Programme(
    "au0002-16-weeks",
    "16 weeks",
    ("AU0002",),
    "week",
    16,
    modules=tuple(
        Module(number, f"Block {number}", first, last)
        for number, (first, last) in enumerate(
            [(1, 3), (4, 6), (7, 8), (9, 10), (11, 12), (13, 13), (14, 15)], start=1
        )
    ),
    milestones=(
        Milestone("skills-test", "Skills test", 16, on="first-day"),
        Milestone("employer-validation", "Employer confirms the result", 16),
    ),
)
START = date(2026, 1, 12)


def course(
    programme: Programme = COUNCIL,
    *,
    start: date = START,
    end: date | None = None,
    target_hours: int | None = None,
    prior_hours: int = 0,
    breaks: Sequence[tuple[date, date | None]] = (),
    moved: dict[int, tuple[date, date]] | None = None,
    ended: date | None = None,
    monthly: str = "",
) -> Course:
    """A learner on one of the programmes above, with the standard and rules that fit it."""
    unit = programme.unit == "week"
    standard, rules = (UNIT, UNIT_RULES) if unit else (STANDARD, OTJ)
    enrolment = Enrolment(
        id="e1",
        standard=standard.id,
        programme=programme.id,
        rules=rules.id,
        start=start,
        end_given=end,
        target_minutes=None if target_hours is None else target_hours * 60,
        prior_learning_minutes=prior_hours * 60,
        monthly=monthly,
        breaks=tuple(Break(first, last) for first, last in breaks),
        ended=ended,
        moved_modules=moved or {},
    )
    return Course(enrolment, standard, programme, rules)


def with_module_hours(programme: Programme, hours: Sequence[int]) -> Programme:
    """The programme with hours given for each module, in order."""
    modules = tuple(
        replace(module, minutes=60 * h) for module, h in zip(programme.modules, hours, strict=True)
    )
    return replace(programme, modules=modules)


def total(
    day: date | str,
    minutes: int,
    *,
    type: str = "other",
    module: int | None = None,
    rule: str = "",
    verified: bool = False,
    untagged: bool = False,
    entries: int = 1,
) -> DayTotal:
    """One row of totals; ``day`` may be an ISO string."""
    when = date.fromisoformat(day) if isinstance(day, str) else day
    return DayTotal(when, type, module, rule, verified, untagged, entries, minutes)


def entry(
    day: date | str,
    minutes: int,
    *,
    type: str = "other",
    module: int | None = None,
    paid: str = "yes",
    new: bool = True,
    relevant: bool = True,
    in_plan: bool = True,
    ksbs: tuple[str, ...] = ("K1",),
    verified: bool = False,
) -> Entry:
    """One entry; ``day`` may be an ISO string."""
    when = date.fromisoformat(day) if isinstance(day, str) else day
    return Entry(
        id="abcdefgh",
        day=when,
        minutes=minutes,
        title="An activity",
        type=type,
        module=module,
        ksbs=ksbs,
        paid=paid,
        new_learning=new,
        relevant=relevant,
        in_plan=in_plan,
        verified=Verification("Tutor", when) if verified else None,
    )


def every(first: str, step: int, count: int, minutes: int, type: str = "other") -> list[Entry]:
    """``count`` entries of ``minutes``, ``step`` days apart, from ``first``."""
    start = date.fromisoformat(first)
    return [entry(start + timedelta(days=step * n), minutes, type=type) for n in range(count)]


def totals_of(entries: Iterable[Entry], course: Course) -> list[DayTotal]:
    """A row of totals for each entry, with the module and first failed rule it stands under."""
    plan = make_plan(course)
    rows = []
    for one in entries:
        failed = failed_rules(one, plan, course.rules)
        running = plan.module_on(one.day)
        module = one.module or (running.number if running else None)
        rows.append(
            DayTotal(
                one.day,
                one.type,
                module,
                failed[0] if failed else "",
                one.verified is not None,
                not one.ksbs,
                1,
                one.minutes,
            )
        )
    return rows

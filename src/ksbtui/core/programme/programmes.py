"""A provider's programme, a rule set and one learner's enrolment on them."""

from __future__ import annotations

from dataclasses import field
from datetime import date

from ksbtui.core.codec import ForbidExtra, later
from ksbtui.core.frozen import dataclass
from ksbtui.core.programme.standards import Standard


@dataclass(frozen=True, slots=True)
class Module(ForbidExtra):
    """A taught part of a programme; ``from_`` and ``to`` count months or weeks, inclusive.

    ``minutes`` are its planned hours where the provider gives them.
    """

    number: int
    title: str
    from_: int
    to: int
    summary: str = ""
    minutes: int | None = None
    ksbs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Milestone(ForbidExtra):
    """A named day of the programme: the first or last day of month or week ``at``."""

    id: str
    name: str
    at: int
    on: str = "last-day"
    text: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Coaching(ForbidExtra):
    """Coaching sessions every ``every`` months, of ``minutes`` planned length."""

    every: int
    name: str = "Coaching session"
    minutes: int = 60


@dataclass(frozen=True, slots=True)
class AssessmentMethod(ForbidExtra):
    """One way a programme is assessed: how long it takes and what it looks at.

    ``minutes`` is None where the source names no length; ``source`` says where it is from.
    """

    id: str
    name: str
    looks_at: str
    minutes: int | None = None
    source: str = ""


SUGGESTED = ("gateway", "coaching-minutes", "module-ksbs", "modules", "assessment-minutes")
"""Parts of a programme that may be our suggestion rather than the provider's words."""


@dataclass(frozen=True, slots=True)
class Programme(ForbidExtra):
    """How a provider delivers a standard: length in months or weeks, modules, milestones.

    ``suggested`` names the parts (:data:`SUGGESTED`) that are ours and not published.
    """

    id: str
    title: str
    standards: tuple[str, ...]
    unit: str
    length: int
    modules: tuple[Module, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    coaching: Coaching | None = None
    gateway: int | None = None
    project_from: int | None = None
    assessment: str = ""
    has_epa: bool = False
    evidence_kinds: tuple[str, ...] = ()
    summary: str = ""
    source: str = ""
    assessed_by: str = later("")
    """Who assesses, in the words of the sources."""
    methods: tuple[AssessmentMethod, ...] = later(())
    suggested: tuple[str, ...] = later(())

    def method(self, id: str) -> AssessmentMethod | None:
        return next((method for method in self.methods if method.id == id), None)

    def ours(self, part: str) -> str:
        """`` (our suggestion)`` after a part that the provider does not publish, else nothing."""
        return " (our suggestion)" if part in self.suggested else ""


PLAIN = "plain"
"""What ``--programme`` calls the plan that any standard has."""

USUAL_MONTHS, USUAL_WEEKS = 12, 16
"""Length of a plain programme where the standard or unit names none."""


def plain_programme(standard: Standard) -> Programme:
    """A programme without modules over a standard's typical time, even from day to day.

    For a standard that no programme file delivers: its last day is the gateway.
    """
    if standard.kind == "unit":
        length = standard.typical_weeks[1] if standard.typical_weeks else USUAL_WEEKS
        unit = "week"
    else:
        length, unit = standard.typical_months or USUAL_MONTHS, "month"
    gateway = Milestone("gateway", "Gateway to completion", length)
    return Programme(
        id=f"{standard.ref.lower()}-plain-{length}-{unit}s",
        title=f"{standard.title or standard.ref}, {length} {unit}s without modules",
        standards=(standard.ref,),
        unit=unit,
        length=length,
        milestones=() if standard.kind == "unit" else (gateway,),
        source="The typical duration that the standard names, or the usual one.",
    )


@dataclass(frozen=True, slots=True)
class Rule(ForbidExtra):
    """One test an entry must pass to count, in plain English with its source.

    ``predicate`` names a function of :mod:`ksbtui.core.entry.rules`; ``types`` is its parameter
    where it needs one. ``settled`` is False where the learner should ask their tutor.
    """

    id: str
    predicate: str
    text: str
    failed: str
    source: str = ""
    confidence: str = "M"
    settled: bool = True
    effective_from: date | None = None
    effective_to: date | None = None
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActivityType(ForbidExtra):
    """A kind of activity an entry can be, and whether it can count as training."""

    id: str
    label: str
    counts: bool = True
    why: str = ""
    source: str = ""
    confidence: str = "M"


@dataclass(frozen=True, slots=True)
class Guideline(ForbidExtra):
    """Something the rules ask for beside counting: monthly training, reviews, prior learning."""

    id: str
    text: str
    source: str = ""
    confidence: str = "M"
    settled: bool = True


@dataclass(frozen=True, slots=True)
class RuleSet(ForbidExtra):
    """The funding rules in force for starts on or after ``starts_from``."""

    id: str
    title: str
    kind: str
    rules: tuple[Rule, ...]
    types: tuple[ActivityType, ...]
    starts_from: date | None = None
    floor_minutes: int | None = None
    summary: str = ""
    monthly: str = ""
    """``month`` or ``quarter`` where some training is due in each; empty for units."""
    active_types: tuple[str, ...] = later(("english-maths",))
    """Activity types that make a month active without counting as training."""
    notice_from_day: int = 15
    review_weeks: int | None = None
    review_months: int | None = None
    day_warn_minutes: int = 450
    late_warn_days: int = 14
    codes_warn: int = 8
    guidelines: tuple[Guideline, ...] = ()
    notes: tuple[str, ...] = later(())
    """What these rules leave out, and who is responsible for them."""

    def type(self, id: str) -> ActivityType | None:
        return next((kind for kind in self.types if kind.id == id), None)

    def rule(self, id: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.id == id), None)


@dataclass(frozen=True, slots=True)
class Break(ForbidExtra):
    """A break in learning: every day from ``start`` to ``end``, both inside it.

    ``end`` is None while nobody knows when learning resumes.
    """

    start: date
    end: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Enrolment(ForbidExtra):
    """One learner on one standard version and programme, from ``start``.

    ``end_given`` is an agreed planned end before any break moves it, None for the
    programme's own. ``target_minutes`` are the agreed hours, None for the standard's
    minimum. ``ended`` and ``outcome`` are set once it is over.
    """

    id: str
    standard: str
    """Standard id (``ST1512-2.0``)."""
    programme: str
    rules: str
    start: date
    end_given: date | None = None
    option: str = ""
    name: str = ""
    target_minutes: int | None = None
    prior_learning_minutes: int = 0
    monthly: str = ""
    """``quarter`` where block delivery was agreed; empty for the rule set's own."""
    breaks: tuple[Break, ...] = ()
    ended: date | None = None
    outcome: str = ""
    moved_modules: dict[int, tuple[date, date]] = field(default_factory=dict)
    """Module days a provider moved, by module number."""


@dataclass(frozen=True, slots=True)
class Opening(ForbidExtra):
    """Hours of an enrolment recorded elsewhere, up to and on a day: a figure, no entries.

    ``id`` is the enrolment's. ``source`` says where they are recorded; ``verified_by`` who
    confirmed them, empty if nobody did.
    """

    id: str
    minutes: int
    day: date
    source: str
    verified_by: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """An enrolment with everything it refers to: what most calculations start from."""

    enrolment: Enrolment
    standard: Standard
    programme: Programme
    rules: RuleSet
    opening: Opening | None = None

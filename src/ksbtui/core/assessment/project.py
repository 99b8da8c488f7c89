"""The workplace project: its parts, the items in them, and what is still empty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from ksbtui.core.codec import encode
from ksbtui.core.frozen import dataclass

if TYPE_CHECKING:
    from ksbtui.core.assessment.benefits import Benefit, Measure

BASELINE, BENEFITS, RISKS, APPROVAL = "baseline", "benefits", "risks", "approval"
RISK_KINDS = ("data", "bias", "operations", "people")
"""What can go wrong: with data, by treating people unequally, in running it, for people."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the project: what it is called, what it asks, what an item's detail says.

    ``kinds`` are the kinds its items may be, where they have one.
    """

    id: str
    label: str
    asks: str
    detail: str = "More"
    kinds: tuple[str, ...] = ()


SECTIONS = (
    Section(
        "problem",
        "Problem",
        "What is wrong today, who is affected, and how do you know?",
        "How you know",
    ),
    Section(
        "stakeholders", "Stakeholders", "Who is affected, and what do they need?", "What they need"
    ),
    Section("scope", "Scope", "What is included, what is not, and when would you stop?", "Why"),
    Section(APPROVAL, "Approval", "Who approved it, on what conditions?", "Conditions"),
    Section(
        BASELINE, "Baseline and measures", "What did you measure before, and how?", "How measured"
    ),
    Section("decisions", "Decision log", "What was decided?", "Why, and what else was considered"),
    Section(RISKS, "Risks", "What could go wrong?", "What you did about it", RISK_KINDS),
    Section(
        "impact",
        "Impact assessment",
        "Who could it treat worse, and what did you check?",
        "What follows from it",
        RISK_KINDS,
    ),
    Section("solution", "Solution", "What did you build, and how does it work?", "Your own part"),
    Section("tests", "Tests", "What did you test, and what were the results?", "What you changed"),
    Section(
        "rollout",
        "Roll-out and training",
        "How did people start to use it, and how did you train them?",
        "What they said",
    ),
    Section(
        BENEFITS, "Benefits", "What changed, who for, and how did you measure it?", "How you know"
    ),
)
"""The parts in the order a review goes through them."""


def section(id: str) -> Section | None:
    """The part of that id, or None."""
    return next((section for section in SECTIONS if section.id == id), None)


@dataclass(frozen=True, slots=True)
class ProjectItem:
    """One dated point of a part, in the learner's words.

    ``kind`` is one of the part's kinds or empty; ``entries`` are ids of entries, ``links``
    files or addresses that show it.
    """

    id: str
    enrolment: str
    section: str
    text: str
    day: date
    detail: str = ""
    kind: str = ""
    ksbs: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """The whole project: items in order of part and day, and its measures calculated.

    ``approval_due`` is the programme's day for the approval, None where it has none.
    """

    title: str
    items: tuple[ProjectItem, ...]
    benefits: tuple[Benefit, ...]
    approval_due: date | None = None

    def of(self, section: str) -> tuple[ProjectItem, ...]:
        return tuple(item for item in self.items if item.section == section)

    @property
    def approved(self) -> date | None:
        return next((item.day for item in self.of(APPROVAL)), None)

    @property
    def begun(self) -> bool:
        return bool(self.items or self.benefits)

    def filled(self, section: str) -> bool:
        """Whether a part has what it needs.

        The baseline needs a measure with a value before; the benefits need every measure
        taken before and after, and at least one; every other part an item.
        """
        measures = [benefit.measure for benefit in self.benefits]
        if section == BASELINE:
            return any(measure.before is not None for measure in measures)
        if section == BENEFITS:
            return bool(measures) and all(measure.measured for measure in measures)
        return bool(self.of(section))

    @property
    def missing(self) -> tuple[Section, ...]:
        return tuple(section for section in SECTIONS if not self.filled(section.id))

    @property
    def parts_filled(self) -> int:
        return len(SECTIONS) - len(self.missing)

    @property
    def complete(self) -> bool:
        return not self.missing

    @property
    def ksbs(self) -> frozenset[str]:
        tagged = [item.ksbs for item in self.items]
        tagged += [benefit.measure.ksbs for benefit in self.benefits]
        return frozenset(code for codes in tagged for code in codes)

    def as_json(self) -> dict[str, Any]:
        # deferred: Today shows no figure of them
        from ksbtui.core.assessment.benefits import totals

        return {
            "title": self.title,
            "approval": {"approved": encode(self.approved), "due": encode(self.approval_due)},
            "sections": [
                {
                    "id": section.id,
                    "label": section.label,
                    "filled": self.filled(section.id),
                    "items": encode(self.of(section.id)),
                }
                for section in SECTIONS
            ],
            "measures": [benefit.as_json() for benefit in self.benefits],
            "parts_filled": self.parts_filled,
            "parts": len(SECTIONS),
            "missing": [section.id for section in self.missing],
            "complete": self.complete,
            "gained_a_year": {unit: float(sum) for unit, sum in totals(self.benefits).items()},
        }


def project(
    title: str,
    items: Iterable[ProjectItem],
    measures: Iterable[Measure],
    approval_due: date | None = None,
) -> Project:
    """The project of items in any order; those of a part this version lacks stand last."""
    from ksbtui.core.assessment.benefits import benefit  # Today shows no figure of them

    order = {section.id: place for place, section in enumerate(SECTIONS)}
    placed = sorted(items, key=lambda item: (order.get(item.section, len(order)), item.day))
    return Project(title, tuple(placed), tuple(map(benefit, measures)), approval_due)

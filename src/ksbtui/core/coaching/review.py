"""A progress review: what the people in it say, and what it still needs.

Source of the fields: rules R13 and R14 of the domain notes (funding rules 92 to 98, read
second-hand, confidence M): the employer is asked, provider and apprentice sign, earlier
actions are checked, a change of plan is stated (and signed by the employer), at least one
action is agreed, and planned and actual hours are set side by side where they fall short.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date

from ksbtui.core.coaching.actions import Action
from ksbtui.core.days import long_day
from ksbtui.core.frozen import dataclass
from ksbtui.core.programme.plan import Plan
from ksbtui.core.text.text import quoted
from ksbtui.errors import Conflict, NotFound, Unreadable

FIELDS = {
    "workplace": "Progress in the workplace",
    "employer": "Employer's comments",
    "wellbeing": "Wellbeing and support",
    "plan": "What changes in the plan, and why",
}
"""What people write in a review."""
PRIVATE = ("wellbeing",)
"""Fields kept out of what is shared unless they are said to be shared."""

PLAN_PARTS = ("content", "end", "hours")
"""Parts of the training plan whose change the employer signs."""
NO_CHANGE = "none"

ROLES = ("apprentice", "employer", "provider")
_ALIASES = {
    **{"learner": "apprentice", "manager": "employer", "mentor": "employer"},
    **{"tutor": "provider", "coach": "provider"},
}


@dataclass(frozen=True, slots=True)
class Signature:
    """A sign-off as it was told: name, role and day."""

    name: str
    role: str
    day: date


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one earlier action, in the words of the review."""

    action: str
    text: str


@dataclass(frozen=True, slots=True)
class Review:
    """One progress review, in preparation until ``held``.

    ``day`` is when it was held, or begun while in preparation. ``fields`` holds texts of
    :data:`FIELDS`, ``shared`` those of :data:`PRIVATE` that may be shown. ``plan_changes``
    is empty until somebody says what changes: parts of the plan, or ``none``. ``batch``
    numbers the change of the journal that held it.
    """

    id: str
    enrolment: str
    day: date
    held: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)
    shared: tuple[str, ...] = ()
    plan_changes: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    answers: tuple[Answered, ...] = ()
    signatures: tuple[Signature, ...] = ()
    batch: int = 0

    def text(self, name: str) -> str:
        return self.fields.get(name, "")

    def hides(self, name: str) -> bool:
        return name in PRIVATE and name not in self.shared

    def answer(self, action: str) -> str:
        return next((answer.text for answer in self.answers if answer.action == action), "")

    @property
    def changes_plan(self) -> bool:
        """Whether content, end or hours of the plan change."""
        return any(part in PLAN_PARTS for part in self.plan_changes)

    @property
    def signers(self) -> tuple[str, ...]:
        """Roles whose sign-off it asks for."""
        both = ("apprentice", "provider")
        return (*both, "employer") if self.changes_plan else both

    @property
    def unsigned(self) -> tuple[str, ...]:
        signed = {signature.role for signature in self.signatures}
        return tuple(role for role in self.signers if role not in signed)


def with_text(review: Review, name: str, text: str, *, shared: bool = False) -> Review:
    """The review with a field written; ``shared`` lets a private one be shown."""
    if name not in FIELDS:
        raise NotFound(
            f"A review has no field {quoted(name)}.",
            f"Use one of: {', '.join(FIELDS)}; or changes, for what changes in the plan.",
        )
    fields = {**review.fields, name: text}
    marks = (*review.shared, name) if shared and name not in review.shared else review.shared
    written = {key: fields[key] for key in FIELDS if fields.get(key)}
    return replace(review, fields=written, shared=marks)


def parse_changes(text: str) -> tuple[str, ...]:
    """What changes in the plan, as typed: ``none``, or some of content, end and hours."""
    words = tuple(dict.fromkeys(text.casefold().replace(",", " ").split()))
    if words in ((NO_CHANGE,), ("no",), ("nothing",)):
        return (NO_CHANGE,)
    unknown = [word for word in words if word not in PLAN_PARTS]
    if unknown or not words:
        raise Unreadable(
            f"{quoted(text)} is not a part of the plan that can change.",
            f"Use none, or one or more of: {', '.join(PLAN_PARTS)}.",
        )
    return tuple(part for part in PLAN_PARTS if part in words)


def parse_role(text: str) -> str:
    """A role as a person names it: tutor is the provider, manager the employer."""
    word = text.casefold().strip()
    role = _ALIASES.get(word, word)
    if role not in ROLES:
        raise NotFound(f"{quoted(text)} is not a role in a review.", f"Use {', '.join(ROLES)}.")
    return role


def check_held(day: date, plan: Plan, held: Sequence[Review], as_at: date) -> tuple[str, ...]:
    """Refuse a day on which no review can have been held; say what is odd about another."""
    if day > as_at:
        raise Conflict(
            f"{long_day(day)} is in the future.", "Record it on the day it takes place, or later."
        )
    if day < plan.start:
        raise Conflict(
            f"{long_day(day)} is before the programme starts, on {long_day(plan.start)}.",
            "Enter a day on or after the start.",
        )
    last = max((review.day for review in held), default=None)
    if last is not None and day <= last:
        raise Conflict(
            f"The last review was on {long_day(last)}.",
            "Enter a later day, or undo that review first.",
        )
    return (f"{long_day(day)} is in a break in learning.",) if plan.in_break(day) else ()


def lacking(
    review: Review, earlier: Sequence[Action], agreed: Sequence[Action]
) -> tuple[tuple[str, str], ...]:
    """What has to be there before a review is held, each with the way to give it."""
    missing = [
        (
            f"Earlier action {action.id} has no answer yet: {quoted(action.text)}.",
            (
                f"Answer it: ksbtui review answer {action.id} TEXT, or ksbtui action done "
                f"{action.id}"
            ),
        )
        for action in earlier
        if action.state == "open" and not review.answer(action.id)
    ]
    if not agreed:
        way = "Add one: ksbtui action add TEXT --who NAME --due DAY --from review"
        missing.append(("There is no new action yet.", way))
    if not review.plan_changes:
        missing.append(
            (
                "It is not recorded whether your training plan changes.",
                "Record it: ksbtui review set changes none (or content, end, hours)",
            )
        )
    if not review.present:
        missing.append(
            (
                "It is not recorded who attended.",
                "Add the names: ksbtui review hold --present NAMES",
            )
        )
    return tuple(missing)


def to_fill(review: Review) -> tuple[str, ...]:
    """Fields and sign-offs still asked for."""
    fields = [
        title
        for name, title in FIELDS.items()
        if not review.text(name) and (name != "plan" or review.changes_plan)
    ]
    return (*fields, *(f"Sign-off: {role}" for role in review.unsigned))

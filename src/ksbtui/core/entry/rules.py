"""Does it count? The rules of a rule set, tried on one entry, and the warnings beside them.

A rule set is data: each rule names one of :data:`PREDICATES`. ``not-future`` alone needs to
know the date, so the store keeps the other failures with an entry and this one is added by
whoever knows ``as_at``. The effective days of a rule are shown beside it; which rule set is
in force is settled by the enrolment's start day.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from ksbtui.core.days import long_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import Entry
from ksbtui.core.frozen import dataclass
from ksbtui.core.programme.plan import Plan
from ksbtui.core.programme.programmes import Rule, RuleSet
from ksbtui.errors import SeedProblem

NOT_FUTURE = "not-future"
PAID_HOURS = "paid-hours"
WARNINGS = ("untagged", "many-codes", "long-day", "late", "weekend", "after-gateway")
SATURDAY = 5


Predicate = Callable[[Entry, Plan, Rule], bool]

PREDICATES: dict[str, Predicate] = {
    "inside-programme": lambda entry, plan, rule: (
        plan.inside(entry.day) and (entry.first_day is None or plan.inside(entry.first_day))
    ),
    "not-in-break": lambda entry, plan, rule: not plan.in_break(entry.day),
    NOT_FUTURE: lambda entry, plan, rule: True,
    PAID_HOURS: lambda entry, plan, rule: entry.paid in ("yes", "paid-back"),
    "new-learning": lambda entry, plan, rule: entry.new_learning,
    "activity-type": lambda entry, plan, rule: entry.type in rule.types,
    "relevant": lambda entry, plan, rule: entry.relevant,
    "in-plan": lambda entry, plan, rule: entry.in_plan,
}
"""Every test a rule may name: True where the entry passes. ``not-future`` is left to the clock."""


@dataclass(frozen=True, slots=True)
class Check:
    """One rule tried on one entry: ``text`` says what was found, with why where it failed.

    ``source`` is that of the activity type where its kind never counts, else the rule's.
    """

    rule: Rule
    passed: bool
    text: str
    source: str

    @property
    def ask_tutor(self) -> bool:
        return not self.passed and not self.rule.settled


def check_rules(ruleset: RuleSet, where: str = "") -> None:
    """Refuse a rule set that names an unknown predicate or gives one rule twice (SeedProblem)."""
    place = where or ruleset.id
    seen: set[str] = set()
    for rule in ruleset.rules:
        if rule.predicate not in PREDICATES:
            raise SeedProblem(
                f"{place}: rule {rule.id}: there is no predicate {rule.predicate}.",
                f"Use one of {', '.join(PREDICATES)}.",
            )
        if rule.id in seen:
            raise SeedProblem(f"{place}: rule {rule.id} appears twice.", "Remove one of them.")
        seen.add(rule.id)


def failed_rules(entry: Entry, plan: Plan, ruleset: RuleSet) -> tuple[str, ...]:
    """Ids of the rules an entry fails whatever the date, in rule order."""
    return tuple(
        rule.id for rule in ruleset.rules if not PREDICATES[rule.predicate](entry, plan, rule)
    )


def failed_at(day: date, failed: Collection[str], as_at: date, ruleset: RuleSet) -> tuple[str, ...]:
    """The rules an entry of ``day`` fails on ``as_at``: ``failed`` and, if so, the future one."""
    if day <= as_at:
        return tuple(failed)
    return tuple(
        rule.id for rule in ruleset.rules if rule.predicate == NOT_FUTURE or rule.id in failed
    )


def first_failed(rule: str, day: date, as_at: date, ruleset: RuleSet) -> str:
    """The rule an entry stands under on ``as_at``, given its first clock-free one ("" if none)."""
    if day <= as_at:
        return rule
    return next(iter(failed_at(day, (rule,), as_at, ruleset)), rule)


def verdict(entry: Entry, plan: Plan, ruleset: RuleSet, as_at: date) -> tuple[Check, ...]:
    """Every rule in order, tried on an entry: what the form shows while it is typed."""
    failed = failed_at(entry.day, failed_rules(entry, plan, ruleset), as_at, ruleset)
    return tuple(
        _failed(rule, entry, plan, ruleset)
        if rule.id in failed
        else Check(rule, True, rule.text, rule.source)
        for rule in ruleset.rules
    )


def _failed(rule: Rule, entry: Entry, plan: Plan, ruleset: RuleSet) -> Check:
    """A failed rule: of an activity type that never counts, with the type's own reason."""
    text, source = f"It is {rule.failed}.", rule.source
    if rule.predicate == "inside-programme":
        text = f"Your programme runs from {long_day(plan.start)} to {long_day(plan.last)}."
    elif rule.predicate == "activity-type":
        kind = ruleset.type(entry.type)
        text = (kind and kind.why) or rule.text
        source = (kind and kind.source) or rule.source
    return Check(rule, False, text, source)


def warnings(
    entry: Entry, day_minutes: int, created: date, ruleset: RuleSet, plan: Plan
) -> tuple[str, ...]:
    """Ids of :data:`WARNINGS` that an entry is saved with, in that order.

    ``day_minutes`` are all logged minutes of its day, its own included; ``created`` is the
    day it was logged. Only rules that ask for paid hours warn of a weekend.
    """
    paid = ruleset.rule(PAID_HOURS) is not None and entry.paid == "yes" and not entry.first_day
    warned = {
        "untagged": not entry.ksbs,
        "many-codes": len(entry.ksbs) > ruleset.codes_warn,
        "long-day": day_minutes > ruleset.day_warn_minutes,
        "late": (created - entry.day).days > ruleset.late_warn_days,
        "weekend": paid and entry.day.weekday() >= SATURDAY,
        "after-gateway": plan.plan_end < entry.day <= plan.last,
    }
    return tuple(id for id in WARNINGS if warned[id])


def warning_texts(ids: Sequence[str], ruleset: RuleSet) -> tuple[str, ...]:
    """A sentence for each warning."""
    texts = {
        "untagged": "No KSB tagged, so it does not count towards coverage.",
        "many-codes": f"More than {ruleset.codes_warn} KSBs. An assessor can ask about each one.",
        "long-day": f"This day has more than {say_minutes(ruleset.day_warn_minutes)} in total.",
        "late": f"Logged more than {ruleset.late_warn_days} days after the activity.",
        "weekend": "This is a weekend. Was it in your normal paid hours, and not overtime?",
        "after-gateway": "This is after your gateway, and training should be before it. "
        "Ask your tutor whether it counts.",
    }
    return tuple(texts[id] for id in ids)

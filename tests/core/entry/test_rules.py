"""Which entries count, under which rule they fall, and what they are saved with a warning for."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ksbtui.core.entry.entries import Entry
from ksbtui.core.entry.rules import (
    check_rules,
    failed_at,
    failed_rules,
    first_failed,
    verdict,
    warning_texts,
    warnings,
)
from ksbtui.core.programme.plan import plan
from ksbtui.core.programme.programmes import Rule, RuleSet
from ksbtui.errors import SeedProblem
from tests.core.builders import NEVER, OTJ, UNIT_RULES, WEEKS_16, course, entry

COURSE = course(breaks=[(date(2026, 4, 1), date(2026, 4, 30))])
PLAN = plan(COURSE)
DAY = "2026-06-01"


@pytest.mark.parametrize(
    ("judged", "failed"),
    [
        (entry(DAY, 60), ""),
        (entry(DAY, 60, paid="paid-back"), ""),
        (entry("2026-01-12", 60), ""),
        (entry("2027-04-10", 60), ""),  # the last day, a month later for the break
        (entry("2026-01-11", 60), "inside-programme"),
        (entry("2027-04-11", 60), "inside-programme"),
        (entry("2026-04-01", 60), "not-in-break"),
        (entry("2026-04-30", 60), "not-in-break"),
        (entry(DAY, 60, paid="no"), "paid-hours"),
        (entry(DAY, 60, new=False), "new-learning"),
        *[(entry(DAY, 60, type=type), "activity-type") for type in NEVER],
        (entry(DAY, 60, relevant=False), "relevant"),
        (entry(DAY, 60, in_plan=False), "in-plan"),
        (entry(DAY, 60, relevant=False, in_plan=False), "relevant in-plan"),
        (entry(DAY, 60, ksbs=()), ""),  # untagged counts, with a warning
        (
            entry("2026-04-15", 60, type="work", paid="no", new=False, relevant=False),
            "not-in-break paid-hours new-learning activity-type relevant",
        ),
    ],
)
def test_rules_fail_in_their_order(judged: Entry, failed: str) -> None:
    assert failed_rules(judged, PLAN, OTJ) == tuple(failed.split())


def test_a_unit_has_no_paid_hours_rule() -> None:
    unit = course(WEEKS_16, start=date(2026, 5, 4))
    assert failed_rules(entry("2026-05-05", 60, paid="no"), plan(unit), UNIT_RULES) == ()


def test_the_future_takes_its_place_among_the_rules() -> None:
    today, tomorrow = date(2026, 6, 1), date(2026, 6, 2)
    assert failed_at(today, ("paid-hours",), today, OTJ) == ("paid-hours",)
    assert failed_at(tomorrow, (), today, OTJ) == ("not-future",)
    both = failed_at(tomorrow, ("not-in-break", "paid-hours"), today, OTJ)
    assert both == ("not-in-break", "not-future", "paid-hours")


@pytest.mark.parametrize(
    ("rule", "stands_under"),
    [("", "not-future"), ("paid-hours", "not-future"), ("not-in-break", "not-in-break")],
)
def test_a_future_entry_stands_under_its_first_rule(rule: str, stands_under: str) -> None:
    assert first_failed(rule, date(2026, 6, 2), date(2026, 6, 1), OTJ) == stands_under
    assert first_failed(rule, date(2026, 6, 1), date(2026, 6, 1), OTJ) == rule


def test_the_verdict_says_why() -> None:
    checks = verdict(
        entry("2026-04-15", 60, type="review", paid="no"), PLAN, OTJ, date(2026, 4, 14)
    )
    assert [check.rule.id for check in checks] == [rule.id for rule in OTJ.rules]
    failed = {check.rule.id: check.text for check in checks if not check.passed}
    assert failed == {
        "not-in-break": "It is during a break in learning.",
        "not-future": "It is dated in the future.",
        "paid-hours": "It is outside paid hours.",
        "activity-type": "review never counts.",
    }
    assert [check.rule.id for check in checks if check.ask_tutor] == ["not-in-break"]
    sources = {check.rule.id: check.source for check in checks}
    assert sources["activity-type"] == "Source of review", "a type's own source, not the rule's"
    assert sources["paid-hours"] == "Source of paid-hours"
    late = verdict(entry("2027-04-11", 60), PLAN, OTJ, date(2027, 5, 1))[0]
    assert late.text == "Your programme runs from 12 January 2026 to 10 April 2027."


def warned(
    judged: Entry, minutes: int = 60, created: date | None = None, rules: RuleSet = OTJ
) -> tuple[str, ...]:
    return warnings(judged, minutes, created or judged.day, rules, PLAN)


def test_warnings_stand_beside_an_entry_that_is_saved() -> None:
    nine = tuple(f"K{n}" for n in range(1, 10))
    day = date(2026, 6, 1)
    assert warned(entry(day, 60), 450, date(2026, 6, 15)) == ()
    assert warned(entry(day, 60), 451) == ("long-day",)
    assert warned(entry(day, 60), 60, date(2026, 6, 16)) == ("late",)
    assert warned(entry(day, 60, ksbs=nine[:8])) == ()
    assert warned(entry(day, 60, ksbs=nine)) == ("many-codes",)
    ids = warned(entry(day, 60, ksbs=()), 500, date(2026, 7, 1))
    assert ids == ("untagged", "long-day", "late")
    assert warning_texts(ids, OTJ)[1] == "This day has more than 7 h 30 m in total."


@pytest.mark.parametrize(("day", "asked"), [(5, False), (6, True), (7, True), (8, False)])
def test_a_weekend_said_to_be_paid_is_asked_about(day: int, asked: bool) -> None:
    """6 June 2026 is a Saturday."""
    paid = entry(date(2026, 6, day), 60)
    assert warned(paid) == (("weekend",) if asked else ())
    assert warned(replace(paid, paid="paid-back")) == ()
    assert warned(replace(paid, paid="no")) == ()
    assert warned(paid, rules=UNIT_RULES) == (), "units do not ask for paid hours"


def test_a_day_after_the_gateway_is_warned_of() -> None:
    """The gateway is a month before the last day of the programme."""
    gateway = PLAN.plan_end
    assert "after-gateway" not in warned(entry(gateway, 60))
    after = entry(gateway + timedelta(days=2), 60)
    assert (failed_rules(after, PLAN, OTJ), warned(after)) == ((), ("after-gateway",))
    assert "gateway" in warning_texts(("after-gateway",), OTJ)[0]
    outside = entry(PLAN.last + timedelta(days=2), 60)
    assert "after-gateway" not in warned(outside), "there the rule says it"


def test_a_rule_file_with_an_unknown_predicate_is_refused() -> None:
    check_rules(OTJ)
    odd = replace(OTJ, rules=(*OTJ.rules, Rule("moon", "full-moon", "", "")))
    with pytest.raises(SeedProblem, match=r"rules/x\.toml: rule moon: .*full-moon") as refusal:
        check_rules(odd, "rules/x.toml")
    assert "paid-hours" in refusal.value.hint
    with pytest.raises(SeedProblem, match="appears twice"):
        check_rules(replace(OTJ, rules=(*OTJ.rules, OTJ.rules[0])))

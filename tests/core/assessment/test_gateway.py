"""Gateway items: each check by hand, what exists only if, and the order of what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.assessment.benefits import Measure
from ksbtui.core.assessment.gateway import (
    CHECKS,
    Facts,
    GatewayItem,
    GatewayList,
    Settings,
    Tick,
    gateway,
)
from ksbtui.core.assessment.project import SECTIONS, ProjectItem, project
from ksbtui.core.coverage.coverage import coverage
from ksbtui.core.hours.hours import hours_report
from ksbtui.core.hours.totals import KsbDay
from ksbtui.core.programme.plan import plan
from ksbtui.core.programme.programmes import Course
from ksbtui.core.programme.timeline import timeline
from tests.core.builders import START, WEEKS_16, course, total

JUNE = date(2026, 6, 30)


def facts(
    as_at: date = JUNE,
    learner: Course | None = None,
    *,
    counted: int = 0,
    evidenced: tuple[str, ...] = (),
    verified: tuple[str, ...] = (),
    held: tuple[date, ...] = (),
    settings: Settings | None = None,
    ticks: tuple[Tick, ...] = (),
) -> Facts:
    learner = learner or course()
    days = plan(learner, as_at)
    totals = [total(learner.enrolment.start, counted)] if counted else []
    rows = [KsbDay(code, START, 1, 60, 1, 1, 1, 1) for code in evidenced]
    return Facts(
        as_at=as_at,
        plan=days,
        hours=hours_report(learner, days, totals, as_at),
        coverage=coverage(learner.standard, "", rows, as_at, employer_verified=verified),
        timeline=timeline(learner, days, totals, held, as_at),
        project=project("", [], []),
        settings=settings or Settings(),
        ticks={tick.item: tick for tick in ticks},
    )


def item(id: str = "x", **fields: object) -> GatewayItem:
    base = GatewayItem(id, "Text.", "ticked", "you", "gateway", "s", "H", "Do it.")
    return replace(base, **fields)  # type: ignore[arg-type]


def checked(
    check: str, facts: Facts, *, months: int | None = None, weeks: int | None = None
) -> tuple[bool, str]:
    found = CHECKS[check](item(kind="computed", check=check, months=months, weeks=weeks), facts)
    return found.done, found.progress


def test_hours_reach_the_target_agreed_not_the_published_one() -> None:
    assert checked("minimum-hours", facts(counted=13_950)) == (False, "232 h 30 m of 420 h")
    lower = course(target_hours=200, prior_hours=220)
    assert checked("minimum-hours", facts(learner=lower, counted=12_000)) == (
        True,
        "200 h of 200 h",
    )


@pytest.mark.parametrize(
    ("as_at", "said"),
    [
        (date(2026, 1, 11), (False, "0 of 8 months, reached on 11 September 2026")),
        (date(2026, 9, 10), (False, "7 of 8 months, reached on 11 September 2026")),
        (date(2026, 9, 11), (True, "8 of 8 months")),
        (date(2027, 9, 11), (True, "8 of 8 months")),
    ],
)
def test_eight_months_from_12_january_are_over_on_11_september(
    as_at: date, said: tuple[bool, str]
) -> None:
    assert checked("minimum-duration", facts(as_at), months=8) == said


def test_each_day_of_a_break_moves_the_minimum_by_one() -> None:
    paused = course(breaks=[(date(2026, 4, 1), date(2026, 4, 30))])
    assert not checked("minimum-duration", facts(date(2026, 10, 10), paused), months=8)[0]
    assert checked("minimum-duration", facts(date(2026, 10, 11), paused), months=8)[0]


def test_a_unit_counts_in_weeks() -> None:
    unit = course(WEEKS_16)
    assert checked("minimum-duration", facts(date(2026, 1, 17), unit), weeks=1) == (
        False,
        "0 of 1 week, reached on 18 January 2026",
    )
    assert checked("minimum-duration", facts(date(2026, 1, 18), unit), weeks=1)[0]


def test_knowledge_skills_and_behaviours_are_counted_apart() -> None:
    now = facts(evidenced=("K1", "S1", "B1"), verified=("B1", "B2"))
    assert checked("knowledge-and-skills-evidenced", now) == (False, "2 of 58")
    assert checked("behaviours-evidenced", now) == (False, "1 of 6")
    assert checked("behaviours-verified", now) == (False, "2 of 6")


def test_a_unit_without_behaviours_asks_for_none() -> None:
    unit = facts(learner=course(WEEKS_16), evidenced=("K1", "S1"))
    assert checked("behaviours-verified", unit) == (True, "the standard lists none")
    assert checked("outcomes-shown", unit) == (True, "1 of 1")
    assert checked("outcomes-shown", facts(learner=course(WEEKS_16))) == (False, "0 of 1")


def test_a_project_is_complete_when_every_part_is() -> None:
    items = [ProjectItem(one.id, "e", one.id, "x", JUNE) for one in SECTIONS]
    measure = Measure("m", "e", "x", before=Decimal(2), after=Decimal(1))
    assert checked("project-complete", facts()) == (False, "0 of 12")
    half = replace(facts(), project=project("", items, []))
    assert checked("project-complete", half) == (False, "10 of 12")
    assert checked("project-complete", replace(half, project=project("", items, [measure])))[0]


def test_a_review_is_missing_only_after_the_later_of_its_two_days() -> None:
    # Started on 12 January: due on 6 April, or on 30 April by the other clock.
    assert checked("reviews-held", facts(date(2026, 4, 30))) == (True, "0 held, next by 30 Apr")
    assert checked("reviews-held", facts(date(2026, 5, 1))) == (False, "0 held, was due by 30 Apr")
    held = facts(date(2026, 5, 1), held=(date(2026, 4, 2),))
    assert checked("reviews-held", held) == (True, "1 held, next by 31 Jul")


LIST = GatewayList(
    "p",
    "s",
    "Gateway",
    (
        item("last", by="final-assessment"),
        item("anywhere", by="no-such-milestone"),
        item("first", by="project-approval"),
        item("maths", only_if="english-maths-required"),
        item("bonus", optional=True),
        item("statement", kind="computed", check="hours-statement", only_if="hours-below-plan"),
    ),
)


def test_items_stand_by_the_day_they_are_due_and_unknown_days_last() -> None:
    found = gateway(LIST, facts())
    assert [one.item.id for one in found.items] == ["first", "maths", "bonus", "last", "anywhere"]
    assert [one.item.id for one in found.missing] == ["first", "last", "anywhere"]
    assert (found.done, len(found.needed), found.ready) == (0, 3, False)
    assert [one.due for one in found.items][-1] is None


def test_what_only_the_learner_knows_is_asked_once_then_kept_or_dropped() -> None:
    asked = {one.item.id: one.asked for one in gateway(LIST, facts()).items}
    assert asked["maths"]
    yes = gateway(LIST, facts(settings=Settings(english_maths=True)))
    assert "maths" in [one.item.id for one in yes.missing]
    no = gateway(LIST, facts(settings=Settings(english_maths=False)))
    assert "maths" not in [one.item.id for one in no.items]


def test_the_statement_exists_only_when_training_ended_short() -> None:
    def ids(now: Facts) -> list[str]:
        return [one.item.id for one in gateway(LIST, now).items]

    end = date(2027, 2, 11)
    assert "statement" not in ids(facts(date(2027, 2, 10)))
    assert "statement" in ids(facts(end))
    assert "statement" not in ids(facts(end, counted=420 * 60))
    signed = gateway(LIST, facts(end, ticks=(Tick("statement", "Colin", end),)))
    assert "statement" not in [one.item.id for one in signed.missing]


def test_a_tick_says_who_and_when() -> None:
    found = gateway(LIST, facts(ticks=(Tick("first", "Colin Marsh", date(2026, 6, 4)),)))
    assert (found.items[0].done, found.items[0].progress) == (True, "Colin Marsh, 4 Jun")


@given(st.dates(date(2025, 12, 1), date(2028, 1, 1)), st.integers(0, 30_000), st.booleans())
def test_nothing_is_lost_between_done_missing_optional_and_asked(
    as_at: date, counted: int, maths: bool
) -> None:
    settings = Settings(english_maths=True) if maths else None
    checks = tuple(item(name, kind="computed", check=name, months=8) for name in CHECKS)
    found = gateway(
        replace(LIST, items=LIST.items + checks), facts(as_at, counted=counted, settings=settings)
    )
    missing, needed = found.missing, found.needed
    assert found.done + len(missing) == len(needed)
    assert found.ready == (found.done == len(needed))
    days = [one.due for one in missing if one.due]
    assert days == sorted(days)

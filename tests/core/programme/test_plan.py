"""The plan: dates by month and week, breaks that move them, planned minutes, agreed terms."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.days import days_in
from ksbtui.core.programme.agreement import check_days, resolve_target
from ksbtui.core.programme.plan import MilestoneDay, Plan, plan
from ksbtui.core.programme.programmes import Break, Programme
from ksbtui.errors import Conflict
from tests.core.builders import (
    COUNCIL,
    MONTHS_18,
    OTJ,
    STANDARD,
    START,
    UNIT,
    UNIT_RULES,
    WEEKS_16,
    course,
    with_module_hours,
)

APRIL = (date(2026, 4, 1), date(2026, 4, 30))


def milestone(its: Plan, id: str) -> MilestoneDay:
    return next(found for found in its.milestones if found.id == id)


def test_the_worked_example() -> None:
    its = plan(course(), date(2026, 6, 30))
    assert (its.end, its.plan_end) == (date(2027, 3, 11), date(2027, 2, 11))
    assert its.outside_breaks(its.start, its.plan_end) == 396
    assert its.outside_breaks(its.start, date(2026, 6, 30)) == 170
    assert its.planned_to(date(2026, 6, 30)) == 10818
    assert its.planned_to(date(2026, 1, 11)) == 0
    assert its.planned_to(its.plan_end) == its.planned_to(its.end) == its.target == 25200
    assert its.project_from == milestone(its, "project-start").day == date(2026, 6, 12)
    assert milestone(its, "project-approval").day == date(2026, 6, 11)
    assert milestone(its, "final-assessment").day == its.end


def test_eighteen_months_end_at_the_gateway() -> None:
    its = plan(course(MONTHS_18))
    assert its.end == its.plan_end == date(2027, 7, 11)


def test_a_unit_counts_weeks() -> None:
    its = plan(course(WEEKS_16, start=date(2026, 5, 4)))
    assert its.end == its.plan_end == date(2026, 8, 23)
    assert (its.target, its.max_minutes) == (1800, 8400)
    assert [its.modules[1].starts, its.modules[1].ends] == [date(2026, 5, 25), date(2026, 6, 14)]
    assert milestone(its, "skills-test").day == date(2026, 8, 17)


def test_coaching_stands_mid_month() -> None:
    sessions = [found for found in plan(course()).milestones if found.coaching]
    assert len(sessions) == 14
    assert (sessions[0].id, sessions[0].day) == ("coaching-1", date(2026, 1, 26))
    assert sessions[13].day == date(2027, 2, 26)


def test_modules_without_hours_share_the_even_plan() -> None:
    its = plan(course())
    assert its.modules[0].minutes == 3755  # 25,200 × 59 / 396 = 3,754.5
    assert sum(module.minutes for module in its.modules) == 25200


def test_a_break_moves_every_later_date_and_no_earlier_one() -> None:
    before, after = plan(course()), plan(course(breaks=[APRIL]))
    assert (after.end - before.end).days == (after.plan_end - before.plan_end).days == 30
    assert after.modules[0] == before.modules[0]
    assert after.modules[1].starts == before.modules[1].starts
    assert after.modules[1].ends == date(2026, 6, 10)  # 11 May and 30 days
    assert after.outside_breaks(after.start, after.plan_end) == 396
    assert after.planned_to(date(2026, 4, 30)) == before.planned_to(date(2026, 3, 31))
    assert after.in_break(APRIL[0])
    assert after.in_break(APRIL[1])
    assert not after.in_break(date(2026, 5, 1))


def test_a_break_may_begin_in_a_break_it_pushed_there() -> None:
    its = plan(course(breaks=[(date(2027, 2, 1), date(2027, 2, 28)), (date(2027, 3, 2),) * 2]))
    assert its.plan_end == date(2027, 3, 12)  # 11 February, 28 days, and 2 March
    assert its.end == date(2027, 4, 9)


def test_an_open_break_is_reckoned_up_to_as_at() -> None:
    open_ended = course(breaks=[(date(2026, 4, 1), None)])
    its = plan(open_ended, date(2026, 4, 10))
    assert its.end == date(2027, 3, 21)
    assert its.in_break(date(2027, 12, 1))
    assert its.inside(date(2027, 12, 1))
    assert its.planned_to(date(2026, 4, 10)) == its.planned_to(date(2026, 3, 31))
    assert plan(open_ended).end == date(2027, 3, 11)


def test_an_agreed_end_pulls_the_gateway_in_but_never_out() -> None:
    sooner = plan(course(end=date(2026, 12, 31)))
    assert sooner.end == sooner.plan_end == milestone(sooner, "gateway").day == date(2026, 12, 31)
    assert sooner.planned_to(sooner.end) == 25200
    later = plan(course(end=date(2027, 6, 30)))
    assert (later.end, later.plan_end) == (date(2027, 6, 30), date(2027, 2, 11))
    moved = plan(course(end=date(2027, 6, 30), breaks=[APRIL]))
    assert moved.end == date(2027, 7, 30)


def test_a_provider_moves_a_module() -> None:
    its = plan(course(moved={5: (date(2026, 9, 1), date(2026, 9, 30))}, breaks=[APRIL]))
    assert its.modules[4].starts == date(2026, 10, 1)
    assert its.before_breaks(date(2026, 10, 1)) == date(2026, 9, 1)
    assert its.before_breaks(date(2026, 3, 31)) == date(2026, 3, 31)
    assert its.before_breaks(date(2026, 4, 15)) == its.before_breaks(date(2026, 5, 1))
    assert its.before_breaks(date(2025, 12, 1)) == date(2025, 12, 1)


def test_the_module_of_a_day() -> None:
    its = plan(course())
    found = [its.module_on(date(2026, 3, day)) for day in (11, 12)]
    assert [module.number if module else None for module in found] == [1, 2]
    assert its.module_on(date(2026, 1, 11)) is None
    assert its.module_on(date(2027, 2, 12)) is None


@pytest.mark.parametrize("as_at", [None, date(2026, 3, 20), date(2026, 9, 1)])
@pytest.mark.parametrize(("since", "number"), [(date(2026, 4, 1), 2), (date(2026, 3, 12), None)])
def test_the_module_in_an_open_break_does_not_hang_on_the_date(
    since: date, number: int | None, as_at: date | None
) -> None:
    found = plan(course(breaks=[(since, None)]), as_at).module_on(date(2026, 4, 5))
    assert (found.number if found else None) == number


def test_an_ended_enrolment_takes_no_later_entry() -> None:
    its = plan(course(ended=date(2026, 8, 31)))
    assert its.inside(date(2026, 8, 31))
    assert not its.inside(date(2026, 9, 1))
    assert its.end == date(2027, 3, 11)


def test_module_hours_are_scaled_to_the_target() -> None:
    its = plan(course(with_module_hours(COUNCIL, [1, 1, 1, 1, 1, 1, 1, 0]), target_hours=400))
    minutes = [module.minutes for module in its.modules]
    assert minutes == [3429, 3428, 3429, 3428, 3429, 3428, 3429, 0]
    assert its.planned_to(its.modules[0].ends) == 3429
    assert its.planned_to(its.plan_end) == sum(minutes) == 24000


BREAKS = st.lists(
    st.tuples(st.integers(0, 500), st.integers(0, 60)).map(
        lambda pair: (
            START + timedelta(days=pair[0]),
            START + timedelta(days=pair[0] + pair[1]),
        )
    ),
    max_size=3,
)
PROGRAMMES = st.sampled_from(
    [COUNCIL, MONTHS_18, with_module_hours(COUNCIL, [60, 7, 30, 0, 31, 30, 90, 120])]
)


@given(PROGRAMMES, BREAKS, st.integers(187, 900))
def test_planned_minutes_grow_to_the_target(
    programme: Programme, breaks: list[tuple[date, date]], target: int
) -> None:
    its = plan(course(programme, breaks=breaks, target_hours=target))
    days = [its.start + timedelta(days=n) for n in range(-1, days_in(its.start, its.end))]
    planned = [its.planned_to(day) for day in days]
    assert planned == sorted(planned)
    assert (planned[0], planned[-1]) == (0, target * 60)
    assert sum(its.planned_between(day, day) for day in days) == target * 60
    assert sum(module.minutes for module in its.modules) == target * 60


@given(PROGRAMMES, BREAKS, st.integers(0, 500), st.integers(0, 90))
def test_a_break_changes_no_planned_figure_of_an_earlier_day(
    programme: Programme, breaks: list[tuple[date, date]], since: int, length: int
) -> None:
    first = START + timedelta(days=since)
    added = (first, first + timedelta(days=length))
    before = plan(course(programme, breaks=breaks))
    after = plan(course(programme, breaks=[*breaks, added]))
    for n in range(since):
        day = START + timedelta(days=n)
        assert after.planned_to(day) == before.planned_to(day)


@given(BREAKS, st.integers(0, 700), st.integers(1, 90))
def test_counting_days_agrees_with_walking_them(
    breaks: list[tuple[date, date]], since: int, count: int
) -> None:
    its = plan(course(breaks=breaks))
    day = START + timedelta(days=since)
    walked, left = day, count
    while left:
        walked += timedelta(days=1)
        left -= not its.in_break(walked)
    assert its.day_after(day, count) == walked
    back = [d for n in range(since + 1) if not its.in_break(d := day - timedelta(days=n))]
    if back:
        assert its.outside_breaks(its.day_before(day, count), day) == min(count, len(back))


def test_a_day_beyond_the_calendar_is_none() -> None:
    assert plan(course()).day_after(date(2026, 6, 30), 10**7) is None


def test_targets() -> None:
    assert resolve_target(STANDARD, OTJ, None) == 25200
    assert resolve_target(STANDARD, OTJ, None, prior=3600) == 25200
    assert resolve_target(STANDARD, OTJ, 21600, prior=3600) == 21600
    assert resolve_target(STANDARD, OTJ, 30000) == 30000
    assert resolve_target(STANDARD, OTJ, 11220, prior=13980) == 11220
    assert resolve_target(UNIT, UNIT_RULES, None) == 1800
    assert resolve_target(UNIT, UNIT_RULES, 8400) == 8400
    assert resolve_target(UNIT, UNIT_RULES, 600, prior=1200) == 600
    old = date(2025, 7, 31)
    assert resolve_target(STANDARD, OTJ, 20000, start=old) == 20000


@pytest.mark.parametrize(
    ("target", "prior", "says"),
    [
        (25199, 0, "419 h 59 m is below the 420 h that ST1512 v2.0 needs."),
        (21599, 3600, "359 h 59 m and 60 h of prior learning are less"),
        (11219, 25200, "186 h 59 m is below 187 h"),
        (25200, -1, "cannot be negative"),
    ],
)
def test_targets_that_cannot_be(target: int, prior: int, says: str) -> None:
    with pytest.raises(Conflict) as refusal:
        resolve_target(STANDARD, OTJ, target, prior)
    assert says in refusal.value.message
    assert refusal.value.hint


def test_targets_that_must_be_given_or_are_too_high() -> None:
    with pytest.raises(Conflict, match="older rules"):
        resolve_target(STANDARD, OTJ, None, start=date(2025, 7, 31))
    with pytest.raises(Conflict, match="does not say"):
        resolve_target(replace(STANDARD, min_minutes=None), OTJ, None)
    with pytest.raises(Conflict, match="over 140 h"):
        resolve_target(UNIT, UNIT_RULES, 8401)


@pytest.mark.parametrize(
    ("breaks", "says"),
    [
        ([(date(2026, 4, 2), date(2026, 4, 1))], "cannot end on 1 April 2026"),
        ([APRIL, (date(2026, 4, 30), date(2026, 5, 5))], "overlaps"),
        ([(date(2026, 4, 1), None), (date(2026, 6, 1), date(2026, 6, 2))], "no end yet"),
        ([(date(2026, 1, 11), date(2026, 2, 1))], "outside your programme"),
        ([(date(2027, 3, 12), None)], "outside your programme"),
    ],
)
def test_breaks_that_cannot_be(breaks: list[tuple[date, date | None]], says: str) -> None:
    enrolment = course(breaks=breaks).enrolment
    with pytest.raises(Conflict, match=says):
        check_days(enrolment, date(2027, 3, 11))


def test_days_that_cannot_be() -> None:
    with pytest.raises(Conflict, match="before the start"):
        check_days(course(end=date(2026, 1, 11)).enrolment, date(2026, 1, 11))
    backwards = {3: (date(2026, 6, 2), date(2026, 6, 1))}
    with pytest.raises(Conflict, match="Module 3 cannot run"):
        check_days(course(moved=backwards).enrolment, date(2027, 3, 11))
    fine = replace(course().enrolment, breaks=(Break(*APRIL), Break(date(2026, 5, 1))))
    check_days(fine, date(2027, 3, 11))

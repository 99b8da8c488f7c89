"""What always holds of the hours, whatever was logged; what-if; the statement."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.codec import encode
from ksbtui.core.entry.entries import Entry
from ksbtui.core.hours.forecast import WhatIf, what_if
from ksbtui.core.hours.hours import (
    Hours,
    hours_report,
    months_without_training,
    say_variance,
    statement,
)
from ksbtui.core.programme.plan import plan
from ksbtui.core.programme.programmes import Course
from tests.core.builders import (
    COUNCIL,
    COUNTING,
    NEVER,
    START,
    WEEKS_16,
    course,
    entry,
    every,
    total,
    totals_of,
    with_module_hours,
)

DAYS = st.integers(-20, 480).map(lambda n: START + timedelta(days=n))
BREAKS = st.lists(
    st.tuples(st.integers(0, 450), st.integers(0, 60)).map(
        lambda pair: (START + timedelta(days=pair[0]), START + timedelta(days=sum(pair)))
    ),
    max_size=2,
)
COURSES = st.builds(
    course,
    st.sampled_from([COUNCIL, WEEKS_16, with_module_hours(COUNCIL, [9, 1, 2, 3, 4, 5, 6, 7])]),
    breaks=BREAKS,
)
ENTRIES = st.lists(
    st.builds(
        entry,
        DAYS,
        st.integers(1, 1440),
        type=st.sampled_from(COUNTING + NEVER),
        paid=st.sampled_from(["yes", "paid-back", "no"]),
        new=st.booleans(),
        relevant=st.sampled_from([True, True, True, False]),
        ksbs=st.sampled_from([(), ("K1",)]),
        verified=st.booleans(),
    ),
    max_size=60,
)


def hours_of(its: Course, entries: list[Entry], as_at: date) -> Hours:
    return hours_report(its, plan(its, as_at), totals_of(entries, its), as_at)


@given(COURSES, ENTRIES, DAYS)
def test_every_minute_stands_in_one_place(its: Course, entries: list[Entry], as_at: date) -> None:
    hours = hours_of(its, entries, as_at)
    assert hours.verified_minutes <= hours.counted_minutes <= hours.logged_minutes
    assert hours.logged_minutes == sum(one.minutes for one in entries)
    not_counted = sum(row.minutes for row in hours.not_counted)
    assert hours.logged_minutes == hours.counted_minutes + not_counted
    assert hours.untagged_minutes == sum(one.minutes for one in entries if not one.ksbs)
    assert sum(month.counted_minutes for month in hours.by_month) == hours.counted_minutes
    assert sum(hours.by_type.values()) == hours.counted_minutes
    assert sum(hours.by_module.values()) == hours.counted_minutes
    assert sum(hours.daily.values()) == hours.counted_minutes
    assert set(hours.by_type) <= set(COUNTING)
    order = [rule.id for rule in its.rules.rules]
    rules = [row.rule for row in hours.not_counted]
    assert rules == sorted(rules, key=order.index)


@given(COURSES, DAYS)
def test_planned_months_sum_to_the_target(its: Course, as_at: date) -> None:
    hours = hours_of(its, [], as_at)
    assert sum(month.planned_minutes for month in hours.by_month) == hours.target_minutes
    assert 0 <= hours.planned_to_date_minutes <= hours.target_minutes


@given(COURSES, ENTRIES, DAYS)
def test_the_range_is_in_order(its: Course, entries: list[Entry], as_at: date) -> None:
    found = hours_of(its, entries, as_at).forecast
    if found is None:
        return
    known = [day for day in (found.earliest, found.likely, found.latest) if day is not None]
    assert known == sorted(known)
    assert found.latest is None or found.likely is not None
    assert found.likely is None or found.earliest is not None


@given(COURSES, ENTRIES)
def test_figures_do_not_hang_on_the_order_of_rows(its: Course, entries: list[Entry]) -> None:
    as_at = date(2026, 9, 23)
    assert hours_of(its, entries, as_at) == hours_of(its, entries[::-1], as_at)


@given(ENTRIES, st.integers(1, 400))
def test_a_planned_break_changes_nothing_up_to_today(entries: list[Entry], since: int) -> None:
    as_at = START + timedelta(days=since)
    first = as_at + timedelta(days=1)
    past = [one for one in entries if one.day <= as_at]
    plain = hours_of(course(), past, as_at)
    paused = hours_of(course(breaks=[(first, first + timedelta(days=29))]), past, as_at)
    assert paused.planned_to_date_minutes == plain.planned_to_date_minutes
    assert paused.variance_minutes == plain.variance_minutes
    assert paused.counted_minutes == plain.counted_minutes
    assert paused.pace_per_week_minutes == plain.pace_per_week_minutes


def test_no_pace_before_the_28th_day() -> None:
    logged = every("2026-01-12", 1, 20, 60)
    day_27 = hours_of(course(), logged, date(2026, 2, 7))
    assert (day_27.pace_per_week_minutes, day_27.forecast, day_27.window) == (None, None, None)
    assert day_27.needed_per_week_minutes is not None
    day_28 = hours_of(course(), logged, date(2026, 2, 8))
    assert day_28.pace_per_week_minutes == 300  # 1,200 × 7 / 28
    assert day_28.forecast is not None


def test_a_target_reached_before_the_28th_day_is_a_fact_not_a_forecast() -> None:
    unit = course(WEEKS_16, start=date(2026, 5, 4))
    hours = hours_of(unit, every("2026-05-04", 1, 6, 360), date(2026, 5, 12))
    assert hours.forecast is not None
    assert encode(hours.forecast) == dict.fromkeys(("earliest", "likely", "latest"), "2026-05-08")


def test_json_has_the_keys_of_the_contract() -> None:
    hours = hours_of(course(), [entry("2026-02-01", 60), entry("2026-03-01", 60, paid="no")], START)
    document = hours.as_json()
    assert list(document) == [
        *("target_minutes", "max_minutes", "logged_minutes", "counted_minutes"),
        *("verified_minutes", "untagged_minutes", "planned_to_date_minutes", "variance_minutes"),
        *("pace_per_week_minutes", "needed_per_week_minutes", "forecast", "by_month", "by_type"),
        *("by_module", "not_counted", "opening", "opening_minutes"),
    ]
    assert document["not_counted"] == [{"rule": "not-future", "entries": 2, "minutes": 120}]


def test_an_entry_without_module_stands_under_none_last() -> None:
    rows = [total("2026-02-01", 30), total("2026-02-01", 5, module=10), total(START, 7, module=2)]
    its = course()
    hours = hours_report(its, plan(its), rows, date(2026, 3, 1))
    assert list(hours.by_module.items()) == [("2", 7), ("10", 5), ("none", 30)]


# What if: 720 minutes in the last 56 days (90 a week), 480 of them in the older half, r = 16,080.
STEADY = [*every("2026-01-12", 1, 20, 420), *every("2026-05-08", 7, 4, 120)]
STEADY += every("2026-06-05", 7, 4, 60)
AS_AT = date(2026, 6, 30)


def try_out(
    weekly: int | None = None,
    leave: tuple[tuple[date, date], ...] = (),
    breaks: tuple[tuple[date, date], ...] = (),
) -> WhatIf:
    hours = hours_of(course(), STEADY, AS_AT)
    tried = plan(course(breaks=breaks), AS_AT)
    return what_if(tried, hours.window, hours.left_minutes, AS_AT, weekly, leave)


def test_what_if_nothing_changes() -> None:
    assert try_out().forecast == hours_of(course(), STEADY, AS_AT).forecast
    assert try_out().weekly_minutes == 90


def test_what_if_weekly_hours_change() -> None:
    found = try_out(weekly=480)
    assert found.forecast is not None
    # 16,080 × 7 / 480 = 234.5 → 235 days; the faster half is 4/3 of the pace: 175.9; slower: 351.75
    assert encode(found.forecast) == {
        "earliest": "2026-12-23",
        "likely": "2027-02-20",
        "latest": "2027-06-17",
    }
    assert found.late_days == 9  # after 11 February
    assert found.as_json()["late_days"] == 9


def test_what_if_leave_and_a_break() -> None:
    fortnight = (date(2026, 8, 1), date(2026, 8, 14))
    away = try_out(weekly=480, leave=(fortnight,))
    assert away.forecast is not None
    assert away.forecast.likely == date(2027, 3, 6)
    assert away.plan_end == date(2027, 2, 11)
    assert away.needed_per_week_minutes == 531  # 16,080 × 7 / 212 = 530.9
    paused = try_out(weekly=480, breaks=(fortnight,))
    assert paused.forecast == away.forecast
    assert (paused.plan_end, paused.late_days) == (date(2027, 2, 25), 9)


def test_what_if_without_a_pace() -> None:
    its = plan(course())
    assert what_if(its, None, 25200, date(2026, 1, 20)).forecast is None
    found = what_if(its, None, 700, date(2026, 1, 20), weekly_minutes=700)
    assert found.forecast is not None
    assert found.forecast.earliest == found.forecast.latest == date(2026, 1, 27)
    assert what_if(its, None, 700, date(2026, 1, 20), weekly_minutes=0).late_days is None


def test_a_month_in_a_break_is_no_gap() -> None:
    whole = course(breaks=[(date(2026, 2, 1), date(2026, 2, 28))])
    as_at = date(2026, 3, 14)
    gaps = months_without_training(whole, plan(whole, as_at), hours_of(whole, [], as_at), as_at)
    assert [gap.first_month for gap in gaps] == ["2026-01"]
    assert gaps[0].text == "No hours counted in January 2026."


def test_the_present_month_is_a_notice_from_the_15th() -> None:
    its, as_at = course(), date(2026, 1, 15)
    gaps = months_without_training(its, plan(its), hours_of(its, [], as_at), as_at)
    assert [(gap.first_month, gap.ended) for gap in gaps] == [("2026-01", False)]
    assert gaps[0].text == "No hours counted yet in January 2026."


@pytest.mark.parametrize(
    ("as_at", "names"),
    [
        ("2026-03-14", []),
        ("2026-03-15", ["January 2026 to March 2026"]),
        ("2026-06-14", ["January 2026 to March 2026"]),
    ],
)
def test_quarters_where_agreed(as_at: str, names: list[str]) -> None:
    its, day = course(monthly="quarter"), date.fromisoformat(as_at)
    gaps = months_without_training(its, plan(its), hours_of(its, [], day), day)
    assert [gap.name for gap in gaps] == names


def test_units_have_no_monthly_rule() -> None:
    unit = course(WEEKS_16, start=date(2026, 5, 4))
    day = date(2026, 8, 1)
    assert months_without_training(unit, plan(unit), hours_of(unit, [], day), day) == ()


def test_the_statement_repeats_the_figures() -> None:
    its = course(breaks=[(date(2026, 4, 1), date(2026, 4, 30))], target_hours=360, prior_hours=60)
    as_at = date(2026, 6, 30)
    hours = hours_of(its, [*STEADY, entry("2026-06-01", 90, paid="no")], as_at)
    text = statement(its, plan(its, as_at), hours, as_at)
    assert "Training hours, planned and actual, to 30 June 2026" in text
    assert "Prior learning recognised: 60 h" in text
    assert "Break in learning: 1 April 2026 to 30 April 2026" in text
    assert "June 2026            27:16      4:00" in text
    assert "Logged but not counted, outside paid hours: 1 h 30 m" in text
    # n = 140: 21,600 × 140 / 396 = 7,636.4; counted 9,120
    assert "Counted 152 h of 127 h 16 m planned: 24 h 44 m ahead of plan." in text
    assert "Why there are fewer" not in text
    assert "July" not in text


def test_the_side_of_a_difference_is_said_in_words() -> None:
    assert [say_variance(m) for m in (-1170, 0, 180)] == [
        *("19 h 30 m behind plan", "on plan", "3 h ahead of plan")
    ]

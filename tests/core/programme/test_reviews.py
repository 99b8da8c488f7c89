"""Both clocks of progress reviews."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.codec import encode
from ksbtui.core.programme.plan import plan
from ksbtui.core.programme.programmes import Break
from ksbtui.core.programme.timeline import Review, Timeline, clocks, reviews
from tests.core.courses import OTJ, UNIT, months, weeks

START = date(2026, 8, 1)


@pytest.mark.parametrize(
    ("since", "weeks", "month_end"),
    [
        (date(2026, 8, 1), date(2026, 10, 24), date(2026, 11, 30)),
        (date(2026, 8, 31), date(2026, 11, 23), date(2026, 11, 30)),
        (date(2026, 1, 12), date(2026, 4, 6), date(2026, 4, 30)),
        (date(2025, 11, 30), date(2026, 2, 22), date(2026, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 22), date(2028, 2, 29)),
        (date(2026, 10, 5), date(2026, 12, 28), date(2027, 1, 31)),
    ],
)
def test_both_clocks(since: date, weeks: date, month_end: date) -> None:
    assert clocks(since) == (weeks, month_end)


def found(
    *held: date, start: date = START, as_at: date = START, breaks: tuple[Break, ...] = ()
) -> tuple[Review, ...]:
    return reviews(OTJ, plan(months(start, *breaks), as_at), held, as_at)


def test_each_clock_restarts_at_the_last_held_review() -> None:
    held = [date(2026, 9, 1), date(2026, 8, 10), date(2026, 9, 1), date(2026, 9, 24)]
    assert found(*held, date(2026, 7, 31), as_at=date(2026, 9, 23)) == (
        Review(1, date(2026, 10, 24), date(2026, 11, 30), date(2026, 8, 10)),
        Review(2, date(2026, 11, 2), date(2026, 11, 30), date(2026, 9, 1)),
    ), "the third would be due on 31 December, after the programme"
    course = months(START)
    longer = plan(replace(course, enrolment=replace(course.enrolment, end_given=date(2027, 1, 31))))
    assert reviews(OTJ, longer, held, date(2026, 9, 23))[-1] == Review(
        3, date(2026, 11, 24), date(2026, 12, 31)
    )


def test_overdue_only_after_the_end_of_the_third_month() -> None:
    review = Review(1, date(2026, 10, 24), date(2026, 11, 30))
    assert not review.overdue(date(2026, 10, 25))
    assert not review.overdue(date(2026, 11, 30))
    assert review.overdue(date(2026, 12, 1))
    assert not replace(review, held=date(2026, 12, 1)).overdue(date(2026, 12, 2))
    assert review.due_text == "30 November 2026 (12 weeks: 24 October 2026)"


def test_units_have_no_review_clock() -> None:
    start = date(2026, 5, 1)
    assert reviews(UNIT, plan(weeks(start), start), [start], start) == ()
    assert Timeline(plan(weeks(start), start), start, (), (), ()).next_review is None


def test_none_is_due_after_the_end() -> None:
    """Four months from 1 August end on 30 November."""
    assert found() == (Review(1, date(2026, 10, 24), date(2026, 11, 30)),)
    held = found(date(2026, 10, 20), as_at=date(2026, 11, 1))
    assert held == (Review(1, date(2026, 10, 24), date(2026, 11, 30), date(2026, 10, 20)),)
    assert Timeline(plan(months(START)), START, (), (), held).next_review is None


@pytest.mark.parametrize(
    ("breaks", "weeks", "month_end"),
    [
        # four weeks inside both spans move both
        ([Break(date(2026, 9, 1), date(2026, 9, 28))], date(2026, 11, 21), date(2026, 12, 28)),
        # between the two days due: the first stands
        ([Break(date(2026, 11, 1), date(2026, 11, 10))], date(2026, 10, 24), date(2026, 12, 10)),
        # from the due day on: that day itself is suspended, and so all that follow
        ([Break(date(2026, 10, 24), date(2026, 10, 25))], date(2026, 10, 26), date(2026, 12, 2)),
        # a second break met only because of the first
        (
            [
                Break(date(2026, 9, 1), date(2026, 9, 5)),
                Break(date(2026, 10, 28), date(2026, 10, 30)),
            ],
            date(2026, 11, 1),
            date(2026, 12, 8),
        ),
        # an open break lasts until today, so far
        ([Break(date(2026, 10, 1))], date(2026, 11, 3), date(2026, 12, 10)),
    ],
)
def test_a_break_suspends_both_clocks(breaks: list[Break], weeks: date, month_end: date) -> None:
    due = found(as_at=date(2026, 10, 10), breaks=tuple(breaks))
    assert due == (Review(1, weeks, month_end),)


@given(
    st.dates(date(2025, 8, 1), date(2028, 12, 31)),
    st.lists(st.tuples(st.integers(1, 150), st.integers(1, 60)), max_size=4),
)
def test_exactly_84_days_outside_breaks_pass(start: date, spans: list[tuple[int, int]]) -> None:
    breaks = tuple(
        Break(start + timedelta(days=n), start + timedelta(days=n + size - 1)) for n, size in spans
    )
    (review,) = found(start=start, as_at=start, breaks=breaks)
    days = [start + timedelta(days=n) for n in range(1, (review.due_12_weeks - start).days + 1)]
    outside = [day for day in days if not any(b.start <= day <= (b.end or day) for b in breaks)]
    assert len(outside) == 84
    assert outside[-1] == review.due_12_weeks
    assert review.due_12_weeks <= review.due_month_end


def test_json_says_both_days_and_null_until_held() -> None:
    review = Review(2, date(2026, 10, 24), date(2026, 11, 30))
    assert encode(review) == {
        "number": 2,
        "due_12_weeks": "2026-10-24",
        "due_month_end": "2026-11-30",
        "held": None,
    }

"""The day offered for the next call, and with it the day an action falls due."""

from __future__ import annotations

from datetime import date

import pytest

from ksbtui.core.coaching.calls import behind_break, next_call
from ksbtui.core.programme.plan import Plan, plan
from ksbtui.core.programme.programmes import Break
from tests.core.courses import months


def on(month: int, day: int) -> date:
    return date(2026, month, day)


def made(*breaks: Break) -> Plan:
    """Sessions planned on 26 January, February, March and April; the last day is 11 May."""
    return plan(months(on(1, 12), *breaks), on(2, 1))


@pytest.mark.parametrize(
    ("today", "agreed", "expected"),
    [
        (on(2, 22), on(2, 23), on(3, 26)),  # held a day before the one agreed
        (on(2, 25), None, on(3, 26)),  # held a day before the one planned
        (on(2, 26), None, on(3, 26)),
        (on(2, 27), None, on(3, 26)),
        (on(2, 23), on(3, 14), on(3, 14)),  # agreed for later: it stands
        (on(2, 23), on(3, 2), on(3, 2)),  # a week on is no accident
    ],
)
def test_after_a_call_the_next_one_is_not_the_one_just_held(
    today: date, agreed: date | None, expected: date
) -> None:
    assert next_call(made(), [today], agreed, today, talking=True) == expected


def test_before_a_call_tomorrow_is_tomorrow() -> None:
    assert next_call(made(), [], on(2, 24), on(2, 23), talking=False) == on(2, 24)
    assert next_call(made(), [], None, on(2, 25), talking=False) == on(2, 26)


def test_without_a_session_left_it_is_a_month_on_within_the_programme() -> None:
    planned = made()
    held = [one.day for one in planned.milestones if one.coaching]
    assert next_call(planned, held, None, on(3, 31), talking=True) == on(4, 30)
    assert next_call(planned, held, None, on(3, 31), talking=False) is None
    assert next_call(planned, held, None, on(4, 26), talking=True) is None


def test_a_day_in_a_break_moves_behind_it_and_waits_for_an_open_one() -> None:
    planned = made(Break(on(3, 5), on(3, 11)), Break(on(3, 12), on(4, 1)))
    assert behind_break(planned, on(3, 6)) == on(4, 2)
    assert next_call(planned, [on(2, 1)], on(3, 8), on(2, 1), talking=True) == on(4, 2)
    assert behind_break(made(Break(on(1, 20), None)), on(3, 8)) is None

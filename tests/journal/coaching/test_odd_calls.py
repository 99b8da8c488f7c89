"""Calls that cannot have been, and one that outlives midnight or a suspended computer."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from ksbtui.core.coaching.calls import Underway
from ksbtui.errors import KsbtuiError
from tests.journal.making import TODAY, council


def test_a_call_in_the_future_twice_a_day_or_next_in_a_break_is_refused(tmp_path: Path) -> None:
    journal = council(tmp_path)
    with pytest.raises(KsbtuiError):
        journal.calls.end(day=TODAY + timedelta(days=1), minutes=45, tutor="Ruth Adeyemi")
    journal.enrolments.add_break(TODAY + timedelta(days=10), TODAY + timedelta(days=50))
    with pytest.raises(KsbtuiError):
        journal.calls.end(minutes=45, tutor="Ruth Adeyemi", next_day=TODAY + timedelta(days=20))
    assert journal.calls.all() == ()
    journal.calls.end(minutes=45, tutor="Ruth Adeyemi")
    with pytest.raises(KsbtuiError):
        journal.calls.end(minutes=45, tutor="Ruth Adeyemi")
    assert len(journal.calls.all()) == 1


@pytest.mark.parametrize(
    ("now", "minutes"),
    [
        ("2026-09-24T00:10:00Z", 20),  # across midnight
        ("2026-09-23T23:50:00Z", 1),  # at once
        ("2026-09-23T23:00:00Z", 1),  # the clock was set back
        ("2026-09-25T09:00:00Z", 0),  # the lid was closed over a day: asked for, never guessed
    ],
)
def test_the_time_of_a_call_is_elapsed_time(now: str, minutes: int) -> None:
    call = Underway("c", "e", date(2026, 9, 23), "2026-09-23T23:50:00Z")
    assert call.minutes_at(now) == minutes

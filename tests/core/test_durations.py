"""Every way a time may be typed, and how minutes are said."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.durations import clock_minutes, parse_hours, parse_minutes, say_minutes
from ksbtui.errors import Unreadable


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *[("90", 90), ("10", 10), ("1440", 1440), ("90m", 90), ("90 min", 90), ("2m", 2)],
        *[("1h", 60), ("2 hours", 120), ("1h30", 90), ("1h 30m", 90), ("1h30m", 90)],
        *[("1 h 30 m", 90), ("1H30", 90), ("1:30", 90), ("0:45", 45), ("24:00", 1440)],
        *[("1.5h", 90), ("1.5", 90), (".5", 30), ("0.25", 15), ("2.0 h", 120), ("24h", 1440)],
        *[("1.33", 80), ("half day", 210), ("Half  Day", 210), ("1h05", 65), ("1h5", 65)],
    ],
)
def test_times_are_read(text: str, minutes: int) -> None:
    assert parse_minutes(text) == minutes


@pytest.mark.parametrize("digit", range(1, 10))
def test_a_bare_small_number_could_be_hours(digit: int) -> None:
    with pytest.raises(Unreadable, match=f"{digit} h or {digit} min\\?"):
        parse_minutes(str(digit))


@pytest.mark.parametrize(
    "text",
    [
        *("0", "0m", "0h", "0:00", "0.0", "-30", "-1h", "1441", "25h", "24:01", "24.01", "1500m"),
        *("", " ", "h", "m", "1:5", "1:75", "1h75", "1 30", "1h30s", "1,5h", "1.5.5", "1.5m"),
        *("abc", "ten", "1e3", "٩٠", "½", "1h 30m 5", "30m 1h", "half", "day", "9" * 5000),
        *("1h\x00", "∞", "nan", "1_0", "+30"),
    ],
)
def test_other_times_are_refused_in_one_line_each(text: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_minutes(text)
    assert refusal.value.hint
    assert "\n" not in refusal.value.message
    assert len(refusal.value.message) < 120


def test_amounts_of_hours_take_a_bare_number_as_hours() -> None:
    assert parse_hours("420") == 25200
    assert parse_hours("7.5") == 450
    assert parse_hours("3h") == 180
    with pytest.raises(Unreadable):
        parse_hours("0")
    with pytest.raises(Unreadable):
        parse_hours("99999")


def test_minutes_are_said() -> None:
    assert [say_minutes(m) for m in (13950, 45, 120, 0, -90)] == [
        *("232 h 30 m", "45 m", "2 h", "0 h", "-1 h 30 m")
    ]
    assert [clock_minutes(m) for m in (1605, 5, 0, -90)] == ["26:45", "0:05", "0:00", "-1:30"]


@given(st.integers(1, 1440))
def test_what_is_said_is_read_back(minutes: int) -> None:
    assert parse_minutes(say_minutes(minutes)) == minutes
    assert parse_minutes(clock_minutes(minutes)) == minutes


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Unreadable):
        assert 1 <= parse_minutes(text) <= 1440

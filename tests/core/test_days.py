"""Month arithmetic and every way a day may be typed."""

from datetime import date

import pytest

from ksbtui.core import days
from ksbtui.core.days import add_months, months_text, near_day, parse_day
from ksbtui.errors import Unreadable

SATURDAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("start", "months", "day"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-01-31", 2, "2026-03-31"),  # from the start, not from 28 February
        ("2028-01-31", 1, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-01-12", 14, "2027-03-12"),
        ("2026-01-12", 0, "2026-01-12"),
        ("2026-01-31", -2, "2025-11-30"),
        ("2026-12-15", 1, "2027-01-15"),
    ],
)
def test_months_are_counted_from_the_start(start: str, months: int, day: str) -> None:
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-21", "2026-11-21"),
        ("2028-02-29", "2028-02-29"),
        ("2027-01-01", "2027-01-01"),
        ("today", "2026-11-21"),
        (" Today ", "2026-11-21"),
        ("yesterday", "2026-11-20"),
        ("sat", "2026-11-21"),  # the latest, today included
        ("sun", "2026-11-15"),
        ("mon", "2026-11-16"),
        ("FRI", "2026-11-20"),
        ("wednesday", "2026-11-18"),
        ("-3", "2026-11-18"),
        ("-0", "2026-11-21"),
        ("21/11/2026", "2026-11-21"),
        ("01/02/2026", "2026-02-01"),  # day first
        ("21/11", "2026-11-21"),
        ("22/11", "2025-11-22"),  # the latest past one
        ("1/2", "2026-02-01"),
        ("29/2", "2024-02-29"),  # the latest year that has one
        ("21 Nov", "2026-11-21"),
        ("16 september 2026", "2026-09-16"),
    ],
)
def test_days_are_read_as_people_type_them(text: str, day: str) -> None:
    assert parse_day(text, SATURDAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "tomorrow-ish", "2026-2-1", "20261121", "2026-W47-6", "2026-02-30", "31/2"),
        *("32/1/2026", "13/13/2026", "21/11/26", "21-11-2026", "+3", "--3", "-", "3", "mo", "su"),
        *("0001-01-01", "9999-12-31", "-999999", "٢١/١١", "2026-11-21T10:00", "30 feb", "0/0"),
        *("m" * 100_000, "2026-11-21\nx", "1 xyz"),
    ],
)
def test_other_days_are_refused_in_one_line_each(text: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_day(text, SATURDAY)
    assert refusal.value.hint
    assert "\n" not in refusal.value.message
    assert len(refusal.value.message) < 120


def test_leap_day_without_a_year_is_found_across_a_century_without_one() -> None:
    assert parse_day("29/2", date(2104, 2, 28)) == date(2096, 2, 29)


def test_days_are_said_without_a_locale() -> None:
    day = date(2026, 9, 16)
    assert days.short_day(day) == "Wed 16"
    assert days.line_day(day) == "16 Sep"
    assert days.full_day(day) == "16 Sep 2026"
    assert days.long_day(date(2027, 3, 11)) == "11 March 2027"
    assert days.short_month("2026-01") == "Jan"
    assert days.long_month("2026-12") == "December 2026"


def test_calendar_months() -> None:
    assert days.month_days("2028-02") == (date(2028, 2, 1), date(2028, 2, 29))
    assert list(days.months_between(date(2026, 11, 30), date(2027, 2, 1))) == [
        "2026-11",
        "2026-12",
        "2027-01",
        "2027-02",
    ]
    assert list(days.months_between(date(2027, 1, 1), date(2026, 1, 1))) == []
    assert days.days_in(date(2026, 1, 1), date(2026, 1, 1)) == 1
    assert days.days_in(date(2026, 1, 2), date(2026, 1, 1)) == 0


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (["2026-03"], "March 2026"),
        (["2026-03", "2026-04"], "March and April 2026"),
        (["2026-01", "2026-02", "2026-03", "2026-05"], "January to March and May 2026"),
        (["2025-11", "2025-12", "2026-01"], "November 2025 to January 2026"),
        (["2025-11", "2026-01", "2026-03"], "November 2025, January and March 2026"),
    ],
)
def test_months_are_said_as_spans(months: list[str], said: str) -> None:
    assert months_text(months) == said
    assert months_text(months, 2026) == said.removesuffix(" 2026")


def test_a_day_of_another_year_says_its_year() -> None:
    assert near_day(date(2026, 9, 16), date(2026, 1, 1)) == "16 Sep"
    assert near_day(date(2029, 9, 16), date(2026, 1, 1)) == "16 Sep 2029"

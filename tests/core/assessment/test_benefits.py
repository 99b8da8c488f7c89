"""Benefits by hand: saved time, fewer errors, and what got worse."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.assessment.benefits import (
    HIGHER,
    PERIODS,
    Measure,
    benefit,
    check_measure,
    parse_amount,
    percentage,
    say_amount,
    say_number,
    say_year,
    totals,
)
from ksbtui.core.codec import decode, encode
from ksbtui.errors import KsbtuiError

D = Decimal
amounts = st.decimals(-10_000, 10_000, places=2)


def measure(before: str | None, after: str | None, **fields: object) -> Measure:
    made = Measure("m", "e", "Time per enquiry", before=_d(before), after=_d(after))
    return replace(made, **fields)  # type: ignore[arg-type]


def _d(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def test_time_saved_is_minutes_times_runs_times_months() -> None:
    found = benefit(measure("12", "9", runs=D(400)))
    assert (found.gain, found.percent) == (D(3), 25)
    assert (found.per_period, found.per_year) == (D(1200), D(14400))
    assert found.lines == (
        "12 minutes before, 9 minutes after: 3 minutes less, better (25 %).",
        "3 minutes saved × 400 runs a month = 1,200 minutes saved a month.",
        "× 12 months = 14,400 minutes saved a year, about 240 hours.",
    )


def test_negative_savings_are_shown_as_such() -> None:
    found = benefit(measure("9", "12", runs=D(10), period="week"))
    assert (found.gain, found.percent, found.per_year) == (D(-3), -33, D(-1560))
    assert found.lines[0] == "9 minutes before, 12 minutes after: 3 minutes more, worse (33 %)."
    assert "30 minutes lost a week" in found.lines[1]
    assert totals([found]) == {"minutes": -1560}


def test_a_baseline_of_nought_has_no_percentage() -> None:
    found = benefit(measure("0", "4", kind="errors", unit="errors"))
    assert (found.gain, found.percent) == (D(-4), None)
    assert "the baseline is 0" in found.lines[0]
    assert percentage(D(3), D(0)) is None


def test_satisfaction_rises_and_is_not_multiplied() -> None:
    found = benefit(measure("3.1", "4.2", kind="satisfaction", unit="points", better=HIGHER))
    assert (found.gain, found.percent, found.per_year) == (D("1.1"), 35, None)
    assert found.lines == ("3.1 points before, 4.2 points after: 1.1 points more, better (35 %).",)


def test_money_is_said_with_its_sign() -> None:
    found = benefit(measure("1200", "900.50", kind="cost", unit="£", runs=D(1), period="year"))
    assert found.lines[0] == "£1,200 before, £900.5 after: £299.5 less, better (25 %)."
    assert say_amount(D(-5), "£") == "-£5"


def test_one_of_a_unit_is_said_in_the_singular() -> None:
    assert [say_amount(D(n), "working days") for n in (1, 2)] == ["1 working day", "2 working days"]
    assert say_amount(D(1), "ms") == "1 ms"


def test_many_hours_are_said_whole_and_few_with_a_tenth() -> None:
    assert [say_year(D(n), "minutes") for n in (59, 95, 13_044)] == [
        "59 minutes",
        "1.6 hours",
        "217 hours",
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (None, None, "Not measured yet."),
        ("12", None, "12 minutes before; not measured since."),
        (None, "9", "9 minutes now; nobody measured before."),
        ("7", "7", "7 minutes before, 7 minutes after: no change."),
    ],
)
def test_what_is_not_measured_is_said_and_not_reckoned(
    before: str | None, after: str | None, said: str
) -> None:
    found = benefit(measure(before, after))
    assert found.lines[0] == said
    assert found.gain is None or found.gain == 0


@given(amounts, amounts, st.decimals(0, 1000, places=1), st.sampled_from(sorted(PERIODS)))
def test_a_year_is_the_gain_times_its_runs_and_swapping_turns_it_round(
    before: Decimal, after: Decimal, runs: Decimal, period: str
) -> None:
    there = benefit(
        replace(measure(None, None), before=before, after=after, runs=runs, period=period)
    )
    back = benefit(replace(there.measure, before=after, after=before))
    assert there.gain == before - after == -(back.gain or 0)
    assert there.per_year == (before - after) * runs * PERIODS[period]
    worse = benefit(replace(there.measure, better=HIGHER))
    assert worse.gain == -(before - after)
    assert (there.percent is None) == (before == 0)
    assert decode(Measure, encode(there.measure)) == there.measure


@given(st.decimals(-(10**9), 10**9, places=4))
def test_a_number_is_read_as_it_is_said(amount: Decimal) -> None:
    assert parse_amount(say_number(amount)) == amount


@pytest.mark.parametrize(
    "text", ["", "nan", "inf", "1e5", "12 or so", "--1", "1.2.3", "£", "9" * 12]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(KsbtuiError):
        parse_amount(text)


def test_people_write_numbers_in_many_ways() -> None:
    given = ["12", " 2.5 ", "1,200", "£30", "85%", "85 %", "-3"]
    assert [parse_amount(text) for text in given] == [12, D("2.5"), 1200, 30, 85, 85, -3]


@pytest.mark.parametrize(
    "fields",
    [{"name": ""}, {"kind": "x"}, {"period": "fortnight"}, {"better": "up"}, {"runs": D(-1)}],
)
def test_a_measure_that_makes_no_sense_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(KsbtuiError):
        check_measure(measure("1", "2", **fields))

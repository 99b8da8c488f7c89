"""Benefits: the arithmetic, its words, and what a measure is taken to be."""

from __future__ import annotations

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
    say_gain,
    say_number,
    say_year,
    taken,
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
        (None, "9", "9 minutes now; not measured before."),
        ("7", "7", "7 minutes before, 7 minutes after: no change."),
    ],
)
def test_what_is_not_measured_is_said_and_not_calculated(
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


@pytest.mark.parametrize(
    ("name", "unit", "expected"),
    [
        ("Time per enquiry", "", ("time", "minutes", "lower")),
        ("Agents' rating", "points", ("satisfaction", "points", "higher")),
        ("Customer satisfaction", "", ("satisfaction", "points", "higher")),
        ("Sent to the wrong team", "", ("errors", "errors", "lower")),
        ("Cost a case", "£", ("cost", "£", "lower")),
        ("Answered first", "%", ("other", "%", "higher")),
        ("Enquiries answered late", "%", ("other", "%", "lower")),
        ("Backlog", "cases", ("other", "cases", "lower")),
        ("Waiting", "days", ("time", "days", "lower")),
    ],
)
def test_kind_unit_and_direction_follow_from_the_words(
    name: str, unit: str, expected: tuple[str, str, str]
) -> None:
    found = taken(name, unit=unit)
    assert (found.kind, found.unit, found.better) == expected


def test_an_unknown_unit_is_kept_and_the_assumption_is_said() -> None:
    found = taken("Widgets", unit="furlongs")
    assert (found.kind, found.unit, found.better) == ("other", "furlongs", "lower")
    assert "lower counts as better" in found.note
    assert taken("Widgets", unit="furlongs", better="higher").note == ""


def test_what_is_given_stands() -> None:
    found = taken("Rating", "time", "hours", "lower")
    assert (found.kind, found.unit, found.better, found.note) == ("time", "hours", "lower", "")


def test_shares_differ_in_points_with_their_arithmetic() -> None:
    share = Measure("m", "e", "Answered first", "other", "%", Decimal(62), Decimal(75))
    found = benefit(replace(share, better="higher"))
    assert found.percent is None
    assert found.lines == ("62 % before, 75 % after: 75 − 62 = 13 percentage points more, better.",)
    assert say_gain(found) == "13 points better"
    worse = benefit(replace(share, before=Decimal(75), after=Decimal(62), better="higher"))
    assert worse.lines[0].endswith("13 percentage points less, worse.")


def test_a_change_in_a_few_words() -> None:
    rating = Measure("m", "e", "Rating", "satisfaction", "points", Decimal(3), Decimal(4))
    assert say_gain(benefit(replace(rating, better="higher"))) == "33 % better"
    assert say_gain(benefit(replace(rating, after=Decimal(3)))) == "no change"
    assert say_gain(benefit(replace(rating, after=None))) == "not measured since"
    assert say_gain(benefit(replace(rating, before=Decimal(0)))) == "4 points worse"

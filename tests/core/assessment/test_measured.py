"""What a measure is taken to be from its words, and what is said where they do not tell."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from ksbtui.core.assessment.benefits import Measure, benefit, say_gain, taken


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
    assert "less is taken to be better" in found.note
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

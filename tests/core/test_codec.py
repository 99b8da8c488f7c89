"""JSON of dataclasses: written by their fields, read back, and read strictly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.codec import decode, derived, encode, encode_fields
from ksbtui.core.entry.entries import Entry, Evidence, Verification
from ksbtui.core.strict import Malformed, strictly


@dataclass(frozen=True)
class Part:
    """Something inside."""

    code: str
    day: date | None = None


@dataclass(frozen=True)
class Whole:
    """One field of each kind."""

    id: str
    size: int = 0
    share: float = 0.0
    sound: bool = True
    day: date = date(2026, 6, 30)
    end: date | None = None
    amount: Decimal | None = None
    codes: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    part: Part | None = None
    span: tuple[date, date] | None = None
    moved: Mapping[int, tuple[date, date]] | None = None
    ratings: Mapping[str, int] | None = None
    words: int = derived(0)


DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
PARTS = st.builds(Part, st.text(), st.none() | DAYS)
WHOLES = st.builds(
    Whole,
    id=st.text(),
    size=st.integers(),
    share=st.floats(allow_nan=False),
    sound=st.booleans(),
    day=DAYS,
    end=st.none() | DAYS,
    amount=st.none() | st.decimals(allow_nan=False, allow_infinity=False),
    codes=st.lists(st.text()).map(tuple),
    parts=st.lists(PARTS).map(tuple),
    part=st.none() | PARTS,
    span=st.none() | st.tuples(DAYS, DAYS),
    moved=st.none() | st.dictionaries(st.integers(0, 30), st.tuples(DAYS, DAYS), min_size=1),
    ratings=st.none() | st.dictionaries(st.text(), st.integers(1, 5), min_size=1),
)
FULL: dict[str, Any] = encode(
    Whole(
        "a",
        day=date(2026, 1, 2),
        parts=(Part("K1"),),
        span=(date(2026, 1, 1), date(2026, 1, 2)),
        moved={6: (date(2026, 1, 1), date(2026, 1, 2))},
        ratings={"K1": 3},
    )
)


@given(WHOLES)
def test_what_is_written_reads_back(whole: Whole) -> None:
    assert decode(Whole, encode(whole)) == whole
    assert strictly(Whole, encode(whole)) == whole


def test_fields_keep_their_order_and_derived_ones_are_left_out() -> None:
    body = encode(replace(Whole("a"), words=7))
    assert list(body)[:3] == ["id", "size", "share"]
    assert "words" not in body
    assert "id" not in encode_fields(Whole("a"), "id")
    assert decode(Whole, encode_fields(Whole("a"), "id"), id="a") == Whole("a")


def test_a_document_may_mix_plain_values_and_objects() -> None:
    body = encode({"day": date(2026, 1, 2), 3: (Part("K1"),), "none": None})
    assert body == {"day": "2026-01-02", "3": [{"code": "K1", "day": None}], "none": None}


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("size", "7", "size: expected a whole number, found '7'"),
        ("size", True, "size: expected a whole number, found True"),
        ("sound", 1, "sound: expected true or false, found 1"),
        ("day", None, "day: expected a day such as 2026-06-30, found None"),
        ("day", "20260102", "day: expected a day such as 2026-06-30, found '20260102'"),
        ("end", "soon", "end: expected a day such as 2026-06-30 or nothing, found 'soon'"),
        ("amount", "1,2", "amount: expected an amount such as 12.50 or nothing, found '1,2'"),
        ("codes", ["K1", 2], "codes[1]: expected a text, found 2"),
        ("codes", "K1", "codes: expected a list, found 'K1'"),
        ("parts", [{"code": "K1", "day": 5}], "parts[0].day: expected a day such as"),
        ("parts", [{"day": None}], "parts[0].code: is missing"),
        ("span", ["2026-01-01"], "span: expected a list of 2, found ['2026-01-01']"),
        ("moved", {"six": ["2026-01-01", "2026-01-02"]}, "moved.six: expected a number as its"),
        ("moved", {"6": ["2026-01-01", 1]}, "moved.6[1]: expected a day"),
        ("ratings", {"K1": "3"}, "ratings.K1: expected a whole number, found '3'"),
        ("colour", "red", "colour: no such field"),
        ("words", 7, "words: no such field"),
    ],
)
def test_a_fault_is_named_with_its_path(path: str, value: object, said: str) -> None:
    with pytest.raises(Malformed) as refused:
        strictly(Whole, {**FULL, path: value})
    assert str(refused.value).startswith(said)


def test_a_missing_field_and_a_body_that_is_no_object() -> None:
    with pytest.raises(Malformed, match=re.escape("entries[3].id: is missing")):
        strictly(Whole, {}, "entries[3]")
    with pytest.raises(Malformed, match=re.escape("expected an object, found []")):
        strictly(Whole, [])


def test_an_entry_is_written_without_what_follows_from_it() -> None:
    entry = Entry(
        "abcd2345",
        date(2026, 1, 2),
        60,
        "Workshop",
        evidence=(Evidence("e", "other", "Map", "map.pdf"),),
        verified=Verification("Ruth", date(2026, 1, 3)),
        enrolment="x",
        words=12,
        failed_rules=("relevant",),
    )
    body = encode(entry)
    assert not {"enrolment", "words", "failed_rules"} & body.keys()
    assert decode(Entry, body) == replace(entry, enrolment="", words=0, failed_rules=())

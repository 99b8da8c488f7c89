"""KSB codes as typed, checked against what a standard has."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.programme.standards import Ksb, parse_codes
from ksbtui.errors import NotFound, Unreadable
from tests.core.builders import STANDARD, UNIT


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        *[("K1", "K1"), ("k1", "K1"), ("K01", "K1"), ("K1,S3", "K1 S3"), ("s3; k1", "K1 S3")],
        *[("K1-K4", "K1 K2 K3 K4"), ("k1-4", "K1 K2 K3 K4"), ("K1 – K3", "K1 K2 K3")],
        *[("K10 K2", "K2 K10"), ("B1 S1 K1", "K1 S1 B1"), ("K1,K1 k01", "K1")],
        *[("", ""), (" , ; ", ""), ("K3-K3", "K3"), ("K28-K29,B6", "K28 K29 B6")],
    ],
)
def test_codes_are_read(text: str, codes: str) -> None:
    assert parse_codes(text, STANDARD) == tuple(codes.split())


def test_a_list_of_texts_is_one_set() -> None:
    assert parse_codes(["S3", "k1,K2", "k1-k2"], STANDARD) == ("K1", "K2", "S3")


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("K31", "K31 is not in ST1512 v2.0.", "Knowledge runs K1 to K29."),
        ("s30", "S30 is not in ST1512 v2.0.", "Skills run S1 to S29."),
        ("B0", "B0 is not in ST1512 v2.0.", "Behaviours run B1 to B6."),
        ("K28-K31", "K31 is not in ST1512 v2.0.", "Knowledge runs K1 to K29."),
    ],
)
def test_an_unknown_code_is_named_with_the_range_there_is(
    text: str, message: str, hint: str
) -> None:
    with pytest.raises(NotFound) as refusal:
        parse_codes(text, STANDARD)
    assert (refusal.value.message, refusal.value.hint) == (message, hint)


def test_a_unit_has_no_behaviours() -> None:
    with pytest.raises(NotFound) as refusal:
        parse_codes("B1", UNIT)
    assert refusal.value.message == "B1 is not in AU0002 v1.0."
    assert refusal.value.hint == "AU0002 v1.0 has no behaviours."


@pytest.mark.parametrize("text", ["K", "1", "X1", "K1S3", "K1-S3", "K4-K1", "K-1", "\u212a1", "ſ1"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_codes(text, STANDARD)
    assert refusal.value.hint


def test_a_ksb_of_another_option_is_refused() -> None:
    optional = replace(STANDARD, ksbs=(*STANDARD.ksbs, Ksb("K30", "Extra", option="Data")))
    assert parse_codes("K30", optional, "Data") == ("K30",)
    with pytest.raises(NotFound, match="K30 is not in"):
        parse_codes("K30", optional)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    known = {ksb.code for ksb in STANDARD.ksbs}
    with suppress(NotFound, Unreadable):
        assert set(parse_codes(text, STANDARD)) <= known

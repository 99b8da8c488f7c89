"""Personal data: what is found, what is left alone, and how fast."""

from __future__ import annotations

import time

import pytest

from ksbtui.core.exchange.personal_data import (
    EMAIL,
    INSURANCE,
    NAME,
    NHS,
    PHONE,
    POSTCODE,
    check,
    is_nhs_number,
    redact,
)


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Write to jane.o+cases@northbridge.gov.uk.", EMAIL, "jane.o+cases@northbridge.gov.uk"),
        ("Ring 020 7946 0958 today", PHONE, "020 7946 0958"),
        ("Mobile (07700) 900123", PHONE, "(07700) 900123"),
        ("+44 (0)113 496 0000", PHONE, "+44 (0)113 496 0000"),
        ("Tel:01632 960001", PHONE, "01632 960001"),
        ("NI AB 12 34 56 C given", INSURANCE, "AB 12 34 56 C"),
        ("ni ab123456c", INSURANCE, "ab123456c"),
        ("NHS 943 476 5919", NHS, "943 476 5919"),
        ("9434765919", NHS, "9434765919"),
        ("lives at SW1A 1AA", POSTCODE, "SW1A 1AA"),
        ("m1 1ae", POSTCODE, "m1 1ae"),
        ("LS14AP", POSTCODE, "LS14AP"),
        ("with RUTH  adeyemi's notes", NAME, "RUTH  adeyemi"),
    ],
)
def test_found(text: str, kind: str, found: str) -> None:
    (one,) = check([("here", text)], ["Ruth Adeyemi"])
    assert (one.where, one.kind, one.text) == ("here", kind, found)


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-23 and 01/02/2026, 09:15:00",
        "K14 S12 B3, module 6, K4 1st go",
        "943 476 5918 has a wrong check digit",
        "1111111111",
        "ref 2026-0043-771, 12345678901234",
        "sha 3f9ab45ed01a7946095812345678 and entry 3yhvk2ab",
        "@home with a handle @someone",
        "GB123456C starts like no NI number, QQ 12 34 56 C neither",
        "Ruthless Adeyemians",
        "",
    ],
)
def test_left_alone(text: str) -> None:
    assert check([("here", text)], ["Ruth Adeyemi"]) == ()
    assert redact(text, ["Ruth Adeyemi"]) == text


def test_redacting_leaves_the_rest_and_nothing_to_find() -> None:
    text = "Ruth Adeyemi (ruth@a.example, 07700 900123) of M1 1AE:\n943 476 5919"
    plain = redact(text, ["Ruth Adeyemi", "Ruth"])
    assert plain == "[name] ([e-mail address], [telephone number]) of [postcode]:\n[NHS number]"
    assert check([("", plain)], ["Ruth Adeyemi"]) == ()


def test_places_are_named_in_order() -> None:
    found = check([("a", "nothing"), ("b", ""), ("c", "a@b.example and M1 1AE"), ("d", "M1 1AE")])
    assert [(one.where, one.text) for one in found] == [
        ("c", "a@b.example"),
        ("c", "M1 1AE"),
        ("d", "M1 1AE"),
    ]


def test_a_name_may_hold_signs_of_patterns() -> None:
    assert redact("Mr (X.*) came", ["(X.*)"]) == "Mr [name] came"


def test_nhs_check_digit() -> None:
    assert is_nhs_number("401 023 2137")
    assert not is_nhs_number("401 023 2138")


def test_hostile_text_takes_no_time() -> None:
    started = time.process_time()
    for text in ("a" * 60_000 + "@", "0" * 60_000, "(0" * 30_000, "a.b@" * 20_000, "@a." * 20_000):
        check([("", text)], ["Ruth Adeyemi"])
    assert time.process_time() - started < 2

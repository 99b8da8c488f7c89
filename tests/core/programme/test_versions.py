"""Which version a start takes, and how two standards compare."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.programme.standards import Ksb, Standard
from ksbtui.core.programme.versions import (
    CLOSE,
    Pair,
    compare_standards,
    comparison_json,
    split_reference,
    start_warning,
    takes_start,
    version_for,
    version_key,
)
from tests.core.builders import STANDARD
from tests.core.seeds import au0002, st1512

OLD = replace(STANDARD, version="2.0", starts_from=date(2025, 12, 10), starts_to=date(2026, 5, 21))
NEW = replace(STANDARD, version="2.1", starts_from=date(2026, 5, 22))
LATER = replace(STANDARD, version="2.10", starts_from=date(2027, 1, 1))
GAPPED = replace(NEW, starts_from=date(2026, 7, 1))


@pytest.mark.parametrize(
    ("start", "versions", "expected"),
    [
        (date(2026, 3, 2), (OLD, NEW), OLD),
        (date(2026, 5, 21), (OLD, NEW), OLD),
        (date(2026, 5, 22), (NEW, OLD), NEW),
        (date(2025, 10, 1), (NEW, OLD), OLD),
        (date(2026, 6, 1), (OLD, GAPPED), OLD),
        (date(2027, 1, 1), (LATER, OLD, NEW), LATER),
        (date(2026, 12, 31), (LATER, OLD, NEW), NEW),
        (date(2026, 12, 31), (STANDARD,), STANDARD),
    ],
)
def test_the_start_chooses(start: date, versions: tuple[Standard, ...], expected: Standard) -> None:
    assert version_for(versions, start) == expected


def test_every_day_has_one_version_and_a_warning_only_where_none_takes_it() -> None:
    for days in range(-400, 800):
        start = date(2026, 5, 21) + timedelta(days=days)
        chosen = version_for((OLD, NEW, LATER), start)
        warned = start_warning(chosen, start, (OLD, NEW, LATER))
        assert bool(warned) == (start < date(2025, 12, 10))
        assert takes_start(chosen, start) != bool(warned)


def test_a_chosen_version_that_is_closed_names_the_one_that_is_open() -> None:
    late = start_warning(OLD, date(2026, 9, 7), (OLD, NEW))
    assert late.startswith("ST1512 v2.0 closed to new starts on 21 May 2026.")
    assert "use ST1512 v2.1" in late
    early = start_warning(NEW, date(2026, 3, 2), (OLD, NEW))
    assert "only takes starts from 22 May 2026" in early
    assert "use ST1512 v2.0" in early
    assert "ask your tutor" in start_warning(OLD, date(2026, 6, 1), (OLD, GAPPED))


def test_references_are_read_with_or_without_a_version() -> None:
    assert split_reference(" st1512@2.0 ") == ("ST1512", "2.0")
    assert split_reference("ST1512@v2.1") == ("ST1512", "2.1")
    assert split_reference("ST1512") == ("ST1512", "")
    assert version_key(LATER) > version_key(replace(LATER, version="2.9"))
    assert version_key(replace(LATER, version="")) == ()


def standard(*ksbs: tuple[str, str]) -> Standard:
    return Standard(
        ref="X",
        version="1",
        kind="unit",
        title="",
        ksbs=tuple(Ksb(code, text) for code, text in ksbs),
    )


def test_the_unit_and_the_standard_share_nineteen_statements() -> None:
    pairs = compare_standards(au0002(), st1512())
    close = {pair.a: pair.b for pair in pairs if pair.similarity >= CLOSE}
    assert len(pairs) == 29
    assert len(close) == 19
    same = {(pair.a, pair.b) for pair in pairs if pair.similarity == 1}
    assert same == {("K2", "K7"), ("K12", "K15")}


def test_a_type_the_other_lacks_has_no_pair() -> None:
    a = standard(("K1", "alpha"), ("B1", "beta"))
    assert compare_standards(a, standard(("K4", "alpha"))) == (
        Pair("K1", "K4", 1.0),
        Pair("B1", None, 0.0),
    )
    assert comparison_json(compare_standards(standard(("B1", "beta")), standard())) == {
        "pairs": [{"a": "B1", "b": None, "similarity": 0.0}]
    }


def test_ties_go_to_the_first_code_and_json_has_four_places() -> None:
    a = standard(("K1", "abc"))
    assert compare_standards(a, standard(("K10", "abd"), ("K9", "abe"))) == (
        Pair("K1", "K9", 4 / 6),
    )
    assert compare_standards(a, standard(("K2", "xyz"), ("K3", "uvw"))) == (Pair("K1", "K2", 0.0),)
    assert compare_standards(a, standard(("K9", "abe")))[0].as_json()["similarity"] == 0.6667


TEXTS = st.lists(st.text("ab c", max_size=12), min_size=1, max_size=5)


@given(TEXTS, TEXTS)
def test_the_short_cuts_find_what_trying_all_finds(left: list[str], right: list[str]) -> None:
    a = standard(*((f"S{n}", text) for n, text in enumerate(left, 1)))
    b = standard(*((f"S{n}", text) for n, text in enumerate(right, 1)))
    for text, pair in zip(left, compare_standards(a, b), strict=True):
        ratios = [SequenceMatcher(None, text, other, autojunk=False).ratio() for other in right]
        assert pair.similarity == max(ratios)
        assert pair.b == f"S{ratios.index(max(ratios)) + 1}"

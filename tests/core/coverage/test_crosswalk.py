"""The crosswalk between two standards."""

from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.programme.standards import Ksb, Standard
from ksbtui.core.programme.versions import CLOSE, Pair, compare_standards, comparison_json
from tests.core.seeds import au0002, st1512


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

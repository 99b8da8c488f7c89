"""The coverage ladder, its marks and its groups."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.coverage.coverage import STATES, Coverage, after, coverage, rung, state_of, tally
from ksbtui.core.entry.entries import APPLIED_WORDS
from ksbtui.core.hours.totals import KsbDay
from ksbtui.core.programme.standards import Duty, Ksb, Standard
from tests.core.seeds import au0002, st1512

DAY = date(2026, 6, 1)
AS_AT = date(2026, 9, 23)
FRAGILE = ["K4", "K6", "K8", "K10", "K17", "K20", "K21", "K26", "S1", "S5", "S7", "S16", "S17"]


def row(code: str, day: date = DAY, *, words: int = 0, artefacts: int = 0) -> KsbDay:
    """One entry of half an hour."""
    worded, evidenced = int(words >= APPLIED_WORDS), int(artefacts > 0)
    return KsbDay(code, day, 1, 30, worded, artefacts, evidenced, worded * evidenced)


NEXT = DAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ([], "none"),
        ([row("K1")], "mentioned"),
        ([row("K1", words=11)], "mentioned"),
        ([row("K1", words=11), row("K1", NEXT, words=11)], "mentioned"),
        ([row("K1", words=12)], "applied"),
        ([row("K1", artefacts=1)], "evidenced"),
        ([row("K1", words=12), row("K1", artefacts=1)], "evidenced"),
        # several artefacts or entries of one day are one day
        ([row("K1", words=12, artefacts=3)], "evidenced"),
        ([row("K1", words=12, artefacts=1), row("K1", artefacts=1)], "evidenced"),
        # two days without any words, or with words only where no artefact is
        ([row("K1", artefacts=1), row("K1", NEXT, artefacts=1)], "evidenced"),
        ([row("K1", artefacts=1), row("K1", NEXT, artefacts=1), row("K1", words=50)], "evidenced"),
        ([row("K1", artefacts=1), row("K1", NEXT, words=12)], "evidenced"),
        ([row("K1", artefacts=1), row("K1", NEXT, words=12, artefacts=1)], "strong"),
    ],
)
def test_the_highest_rung_reached_holds(rows: list[KsbDay], state: str) -> None:
    assert state_of(rows) == state
    assert state_of(reversed(rows)) == state


def one_by_one(code: str, day: int, words: int, artefacts: int) -> KsbDay:
    return row(code, DAY + timedelta(days=day), words=words, artefacts=artefacts)


ROWS = st.lists(
    st.builds(
        one_by_one,
        st.sampled_from(["K1", "K4", "S2", "B6", "X9"]),
        st.integers(0, 400),
        st.sampled_from([0, 11, 12, 90]),
        st.sampled_from([0, 0, 1, 2]),
    ),
    max_size=12,
)


@given(ROWS, st.integers(0, 400), st.integers(0, 30), st.integers(0, 2))
def test_one_more_entry_never_lowers_a_state(
    rows: list[KsbDay], day: int, words: int, artefacts: int
) -> None:
    when = DAY + timedelta(days=day)
    would_be = after(tally(rows), day=when, words=words, evidence=artefacts)
    assert rung(would_be) >= rung(state_of(rows))
    assert would_be == state_of([*rows, row("", when, words=words, artefacts=artefacts)])
    assert would_be != "none"


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[KsbDay], chance: random.Random) -> None:
    mixed = list(rows)
    chance.shuffle(mixed)
    assert coverage(st1512(), "", mixed, AS_AT) == coverage(st1512(), "", rows, AS_AT)


@given(ROWS)
def test_rows_of_a_day_may_be_summed(rows: list[KsbDay]) -> None:
    """The store keeps one row a code and day; single rows must say the same."""
    summed: dict[tuple[str, date], KsbDay] = {}
    for one in rows:
        old = summed.get((one.code, one.day), KsbDay(one.code, one.day, 0, 0, 0, 0, 0, 0))
        summed[one.code, one.day] = KsbDay(
            one.code,
            one.day,
            old.entries + one.entries,
            old.minutes + one.minutes,
            old.worded + one.worded,
            old.evidence + one.evidence,
            old.evidenced + one.evidenced,
            old.evidenced_worded + one.evidenced_worded,
        )
    assert coverage(st1512(), "", summed.values(), AS_AT) == coverage(st1512(), "", rows, AS_AT)


@given(ROWS)
def test_figures_of_a_standard_agree_with_each_other(rows: list[KsbDay]) -> None:
    whole = coverage(st1512(), "", rows, AS_AT)
    counts = whole.counts()
    assert {type: block["total"] for type, block in counts.items()} == {"K": 29, "S": 29, "B": 6}
    for block in counts.values():
        assert sum(block[state] for state in STATES) == block["total"]
    assert whole.covered + len(whole.gaps) == whole.total == 64
    assert not set(whole.gaps) & set(whole.to_evidence)
    assert set(whole.fragile_gaps) == set(whole.gaps) & set(FRAGILE)
    assert all(0 <= duty.covered <= duty.total for duty in whole.duties)
    assert sorted(whole.by_need(), key=lambda ksb: ksb.code) == sorted(
        whole.ksbs, key=lambda ksb: ksb.code
    )


def test_fragile_are_the_thirteen_that_one_duty_leads_to() -> None:
    assert list(coverage(st1512(), "", [], AS_AT).fragile) == FRAGILE


def test_nothing_is_fragile_without_duties() -> None:
    unit = coverage(au0002(), "", [], AS_AT)
    assert unit.fragile == ()
    assert [len(unit.of_type(type)) for type in "KSB"] == [15, 14, 0]
    assert unit.counts()["B"] == {"total": 0} | dict.fromkeys(STATES, 0)


def test_stale_is_more_than_ninety_days_and_never_at_none() -> None:
    whole = coverage(st1512(), "", [row("K1", AS_AT - timedelta(days=n)) for n in (90, 400)], AS_AT)
    assert whole.stale == ()
    assert coverage(st1512(), "", [row("K1", AS_AT - timedelta(days=91))], AS_AT).stale == ("K1",)
    assert coverage(st1512(), "", [row("K1", AS_AT + timedelta(days=9))], AS_AT).stale == ()


def test_a_worked_journal() -> None:
    rows = [
        row("K1", words=20, artefacts=1),
        row("K1", NEXT, artefacts=2),
        row("K2", words=20),
        row("K4"),
        row("S1", artefacts=1),
        row("B6", AS_AT, words=12),
        row("K99", words=20),
    ]
    whole = coverage(st1512(), "", rows, AS_AT, rehearsed={"K1"}, employer_verified={"B6", "K1"})
    k1 = whole.ksb("K1")
    assert k1 is not None
    assert (k1.state, k1.entries, k1.minutes, k1.evidence) == ("strong", 2, 60, 3)
    assert (k1.last_day, k1.stale, k1.rehearsed, k1.employer_verified) == (NEXT, True, True, False)
    assert [ksb.code for ksb in whole.ksbs if ksb.employer_verified] == ["B6"]
    assert whole.to_evidence == ("K2", "B6")
    assert len(whole.gaps) == 64 - 4
    assert "K4" in whole.gaps
    assert whole.counts()["K"] == {
        "total": 29,
        "none": 26,
        "mentioned": 1,
        "applied": 1,
        "evidenced": 0,
        "strong": 1,
    }
    assert whole.ksb("K99") is None
    first = whole.by_need()[0]
    assert first.code == "K4"
    assert [ksb.code for ksb in whole.by_need()[-4:]] == ["K2", "B6", "K1", "S1"]


def test_by_duty_lists_fifteen_and_says_that_the_last_has_no_ksbs() -> None:
    whole = coverage(st1512(), "", [row("K1", words=12), row("K2")], AS_AT)
    first, last = whole.duties[0], whole.duties[-1]
    assert (len(whole.duties), first.number, first.covered) == (15, 1, 1)
    assert (last.number, last.covered, last.total, last.ksbs) == (15, 0, 0, ())
    assert last.note == "the standard lists no KSBs"
    assert not first.note


def test_by_outcome_covers_every_statement_of_the_unit() -> None:
    unit = coverage(au0002(), "", [row("K1", words=12)], AS_AT)
    assert len(unit.outcomes) == 7
    assert {code for one in unit.outcomes for code in one.ksbs} == {ksb.code for ksb in unit.ksbs}
    holders = [one for one in unit.outcomes if "K1" in one.ksbs]
    assert [one.covered for one in holders] == [1] * len(holders)
    k1 = unit.ksb("K1")
    assert k1 is not None
    assert k1.outcomes == tuple(one.number for one in holders)


def with_options() -> Standard:
    return Standard(
        ref="ST9",
        version="1.0",
        kind="apprenticeship",
        title="Two ways",
        ksbs=(
            Ksb("S2", "Left only", option="left"),
            Ksb("K10", "Last of all"),
            Ksb("K9", "Before it"),
            Ksb("S1", "Right only", option="right"),
        ),
        duties=(Duty(1, "Do", ("K10", "S1", "S2", "K9")), Duty(2, "More", ("K9", "S2"))),
        options=("left", "right"),
    )


def test_an_option_has_only_its_own_ksbs_in_order_of_code() -> None:
    left = coverage(with_options(), "left", [row("S1", words=12)], AS_AT)
    assert [ksb.code for ksb in left.ksbs] == ["K9", "K10", "S2"]
    assert left.duties[0].ksbs == ("K9", "K10", "S2")
    assert left.fragile == ("K10",)
    assert (left.covered, left.duties[0].covered) == (0, 0)


@pytest.mark.parametrize(
    ("which", "number", "codes", "found"),
    [
        ("gaps", 0, (), "K10 S2"),
        ("to-evidence", 0, (), "K9"),
        ("stale", 0, (), "K9"),
        ("fragile", 0, (), "K10"),
        ("duty", 2, (), "K9 S2"),
        ("duty", 7, (), ""),
        ("outcome", 1, (), ""),
        ("module", 0, ("S2", "K10", "B1"), "K10 S2"),
    ],
)
def test_filters(which: str, number: int, codes: tuple[str, ...], found: str) -> None:
    left = coverage(with_options(), "left", [row("K9", words=12)], AS_AT)
    assert list(left.select(which, number, codes)) == found.split()


def test_json_has_the_keys_of_the_contract() -> None:
    whole: Coverage = coverage(st1512(), "", [row("K1", words=12)], AS_AT)
    json = whole.as_json()
    assert {"standard", "ksbs", "gaps", "to_evidence"} <= set(json)
    assert (json["standard"], json["to_evidence"]) == ("ST1512", ["K1"])
    ksbs = json["ksbs"]
    assert isinstance(ksbs, list)
    keys = (
        "code type statement short plain state entries minutes evidence last_day stale fragile"
        " duties"
    )
    assert set(keys.split()) <= set(ksbs[0])
    assert (ksbs[0]["last_day"], ksbs[1]["last_day"]) == ("2026-06-01", None)
    duties = whole.duties_json()["duties"]
    assert isinstance(duties, list)
    assert set(["number", "text", "ksbs", "covered", "total"]) <= set(duties[0])
    outcomes = coverage(au0002(), "", [], AS_AT).outcomes_json()["outcomes"]
    assert isinstance(outcomes, list)
    assert set(["number", "function", "text", "ksbs", "covered", "total"]) <= set(outcomes[0])

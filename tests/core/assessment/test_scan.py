"""The skills scan: distance travelled, and where evidence disagrees."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.assessment.scan import (
    RATINGS,
    Mismatches,
    Scan,
    distance,
    mismatches,
    spreads,
    unknown_codes,
)
from ksbtui.core.codec import decode, encode
from ksbtui.core.coverage.coverage import Coverage, coverage
from ksbtui.core.hours.totals import KsbDay
from tests.core.builders import STANDARD

CODES = ["K1", "K2", "S1", "B1"]
START, MIDDLE, LATE = date(2026, 1, 12), date(2026, 6, 1), date(2027, 1, 5)


def scan(day: date, occasion: str = "review", by: str = "self", **ratings: int) -> Scan:
    return Scan(f"{day}{occasion}{by}", "e", occasion, day, by, ratings)


def covered(*evidenced: str) -> Coverage:
    rows = [KsbDay(code, START, 1, 60, 1, 1, 1, 1) for code in evidenced]
    return coverage(STANDARD, "", rows, LATE)


def test_distance_runs_from_the_first_own_rating_to_the_newest() -> None:
    scans = [scan(LATE, "gateway", K1=4), scan(START, "start", K1=2, K2=3), scan(MIDDLE, K1=5)]
    k1, k2, s1, _ = distance(scans, CODES)
    assert (k1.first, k1.last, k1.moved) == (2, 4, 2)
    assert (k2.first, k2.last, k2.moved) == (3, 3, None)
    assert (s1.first, s1.last, s1.moved) == (None, None, None)


def test_ratings_may_fall_and_occasions_of_one_day_have_an_order() -> None:
    (k1,) = distance([scan(START, "gateway", K1=1), scan(START, "start", K1=3)], ["K1"])
    assert (k1.first, k1.last, k1.moved) == (3, 1, None)
    (fell,) = distance([scan(START, "start", K1=3), scan(LATE, K1=1)], ["K1"])
    assert fell.moved == -2


def test_a_second_rating_stands_beside_and_moves_nothing() -> None:
    scans = [
        scan(START, "start", K1=2),
        scan(MIDDLE, by="Ruth", K1=4),
        scan(LATE, by="Colin", K1=1),
    ]
    (k1,) = distance(scans, ["K1"])
    assert (k1.first, k1.last, k1.moved, k1.other, k1.other_by) == (2, 2, None, 1, "Colin")


def test_then_and_now_count_only_what_was_rated_twice() -> None:
    scans = [scan(START, "start", K1=1, K2=2, S1=5), scan(LATE, K1=3, K2=2)]
    (knowledge,) = spreads(distance(scans, CODES))
    assert (knowledge.rated, knowledge.before, knowledge.after) == (
        2,
        (1, 1, 0, 0, 0),
        (0, 1, 1, 0, 0),
    )
    assert knowledge.steps == 2
    assert [knowledge.mean_tenths(c) for c in (knowledge.before, knowledge.after)] == [15, 25]


def test_mismatches_are_a_high_rating_without_evidence_and_the_reverse() -> None:
    scans = [scan(START, K1=4, K2=2, S1=5, B1=3), scan(START, by="Ruth", K2=4, S1=4)]
    found = mismatches(distance(scans, CODES), covered("K2", "S1"))
    assert found == Mismatches(rated_high=("K1",), rated_low=("K2",), apart=("K2",))


def test_codes_of_a_standard_since_changed_are_named_and_kept() -> None:
    scans = [scan(START, K1=3, K99=4, S40=1)]
    assert unknown_codes(scans, CODES) == ("K99", "S40")
    assert decode(Scan, encode(scans[0])).ratings == {"K1": 3, "K99": 4, "S40": 1}


@given(
    st.lists(
        st.tuples(
            st.dates(START, LATE),
            st.sampled_from(["self", "Ruth"]),
            st.dictionaries(st.sampled_from(CODES), st.sampled_from(RATINGS)),
        )
    )
)
def test_the_spread_adds_up_whatever_was_rated(
    rated: list[tuple[date, str, dict[str, int]]],
) -> None:
    scans = [Scan(str(n), "e", "review", *one) for n, one in enumerate(rated)]
    distances = distance(scans, CODES)
    for one in spreads(distances):
        assert sum(one.before) == sum(one.after) == one.rated > 0
        moved = [d.moved for d in distances if d.code[0] == one.type and d.moved is not None]
        assert one.steps == sum(moved)
        for counts in (one.before, one.after):
            assert 10 <= (one.mean_tenths(counts) or 0) <= 50
    for d in distances:
        own = {s.ratings[d.code] for s in scans if s.own and d.code in s.ratings}
        assert {d.first, d.last} <= own | {None}
        assert (d.last is None) == (not own)

"""Rows of a newer file find the entries of the older one."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.exchange.imported import Key, match

KEYS = st.lists(
    st.builds(
        Key,
        st.dates(date(2026, 1, 1), date(2026, 1, 3)),
        st.sampled_from("abc"),
        st.sampled_from([30, 60]),
    ),
    max_size=12,
)


def keys(*words: str) -> list[Key]:
    """``1a60`` as the first of January, title a, 60 minutes."""
    return [Key(date(2026, 1, int(w[0])), w[1], int(w[2:])) for w in words]


@given(KEYS, KEYS)
def test_no_entry_is_matched_twice_and_equal_rows_always_are(
    old: list[Key], new: list[Key]
) -> None:
    pairs = match(old, new)
    assert len(set(pairs.values())) == len(pairs)
    assert all(0 <= a < len(new) and 0 <= b < len(old) for a, b in pairs.items())
    same = sum(old[b] == new[a] for a, b in pairs.items())
    assert same == sum(min(old.count(key), new.count(key)) for key in set(old))


@given(KEYS)
def test_an_unchanged_file_matches_row_by_row(rows: list[Key]) -> None:
    pairs = match(rows, rows)
    assert all(rows[a] == rows[b] for a, b in pairs.items())
    assert len(pairs) == len(rows)


@given(KEYS, KEYS)
def test_a_grown_file_matches_all_that_it_had(rows: list[Key], more: list[Key]) -> None:
    assert set(match(rows, [*rows, *more]).values()) == set(range(len(rows)))


def test_an_edited_row_is_found_between_its_neighbours() -> None:
    old = keys("1a60", "2b60", "3c60")
    assert match(old, keys("1a60", "2x30", "3c60")) == {0: 0, 1: 1, 2: 2}
    assert match(old, keys("1a60", "2b30", "2z60", "3c60")) == {0: 0, 1: 1, 3: 2}


def test_a_row_put_in_between_is_new() -> None:
    assert match(keys("1a60", "3c60"), keys("1a60", "2b60", "3c60")) == {0: 0, 2: 1}


def test_rows_that_changed_their_order_still_match() -> None:
    assert match(keys("1a60", "2b60", "3c60"), keys("3c60", "1a60", "2b60")) == {0: 2, 1: 0, 2: 1}


def test_another_months_rows_take_no_entry_over() -> None:
    assert match(keys("1a60", "2b60"), keys("3x30", "4y30")) == {}
    assert match(keys("1a60", "2b60"), keys("1a60", "5x30")) == {0: 0}

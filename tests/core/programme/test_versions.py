"""The day learning starts decides the version, and a start outside every version is said."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ksbtui.core.programme.standards import Standard
from ksbtui.core.programme.versions import (
    split_reference,
    start_warning,
    takes_start,
    version_for,
    version_key,
)
from tests.core.builders import STANDARD

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

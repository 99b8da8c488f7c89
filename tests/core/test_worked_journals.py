"""Every figure of the twelve journals equals the hand calculation beside it."""

from __future__ import annotations

from datetime import date

import pytest

from ksbtui.core.hours.hours import Hours, hours_report, months_without_training
from ksbtui.core.programme.plan import Plan, plan
from tests.core.builders import totals_of
from tests.core.journals import JOURNALS, Worked


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _reckon(worked: Worked) -> tuple[Plan, Hours]:
    as_at = date.fromisoformat(worked.as_at)
    its = plan(worked.course, as_at)
    return its, hours_report(worked.course, its, totals_of(worked.entries, worked.course), as_at)


@pytest.mark.parametrize("worked", JOURNALS, ids=lambda worked: worked.name.split(":")[0])
def test_every_figure_is_the_hand_calculation(worked: Worked) -> None:
    its, hours = _reckon(worked)
    found = hours.forecast
    assert (_day(its.end), _day(its.plan_end)) == (worked.end, worked.plan_end)
    assert hours.logged_minutes == worked.logged
    assert hours.counted_minutes == worked.counted
    assert hours.verified_minutes == worked.verified
    assert hours.untagged_minutes == worked.untagged
    assert hours.planned_to_date_minutes == worked.planned
    assert hours.variance_minutes == worked.counted - worked.planned
    assert hours.pace_per_week_minutes == worked.pace
    assert hours.needed_per_week_minutes == worked.needed
    assert (
        None if found is None else (_day(found.earliest), _day(found.likely), _day(found.latest))
    ) == worked.forecast
    assert dict(hours.by_type) == worked.types
    assert dict(hours.by_module) == worked.modules
    assert tuple((n.rule, n.entries, n.minutes) for n in hours.not_counted) == worked.not_counted


@pytest.mark.parametrize(
    "worked", [worked for worked in JOURNALS if worked.months], ids=lambda w: w.name.split(":")[0]
)
def test_every_month_is_the_hand_calculation(worked: Worked) -> None:
    _, hours = _reckon(worked)
    months = {m.month: (m.counted_minutes, m.planned_minutes) for m in hours.by_month}
    assert months == worked.months


@pytest.mark.parametrize("worked", JOURNALS, ids=lambda worked: worked.name.split(":")[0])
def test_months_without_training(worked: Worked) -> None:
    its, hours = _reckon(worked)
    as_at = date.fromisoformat(worked.as_at)
    gaps = months_without_training(worked.course, its, hours, as_at)
    assert tuple(gap.first_month for gap in gaps) == worked.gaps
    assert [gap.ended for gap in gaps] == [gap.day < as_at for gap in gaps]

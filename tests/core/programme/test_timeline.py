"""Modules, milestones and what was done in each."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.hours.totals import DayTotal
from ksbtui.core.programme.plan import plan
from ksbtui.core.programme.programmes import Break, Course
from ksbtui.core.programme.timeline import Timeline, timeline
from tests.core.courses import months, weeks

START = date(2026, 1, 31)


def total(day: date, module: int | None, minutes: int, rule: str = "", n: int = 1) -> DayTotal:
    return DayTotal(day, "session", module, rule, False, False, n, minutes)


def at(course: Course, as_at: date, *totals: DayTotal, met: tuple[str, ...] = ()) -> Timeline:
    return timeline(course, plan(course, as_at), totals, [], as_at, met=met)


def test_modules_of_a_start_on_the_31st() -> None:
    """Months start on 31 Jan, 28 Feb, 31 Mar and 30 Apr; the gateway ends month 3."""
    found = at(months(START), date(2026, 3, 1))
    assert [(m.starts, m.ends, m.state) for m in found.modules] == [
        (date(2026, 1, 31), date(2026, 2, 27), "done"),
        (date(2026, 2, 28), date(2026, 4, 29), "now"),
        (date(2026, 4, 30), date(2026, 5, 30), "next"),
    ]
    # 6,000 minutes over the 89 days to the gateway: 28 in module 1, 61 in module 2
    assert [m.planned_minutes for m in found.modules] == [1888, 4112, 0]
    assert found.module is not None
    assert (found.module.number, found.module.days_left(found.as_at)) == (2, 59)
    assert found.project_from == date(2026, 2, 28)


def test_first_and_last_day_of_a_module_are_its_own() -> None:
    course = months(START)
    days = [(date(2026, 1, 30), None), (START, 1), (date(2026, 2, 27), 1), (date(2026, 2, 28), 2)]
    days += [(date(2026, 5, 30), 3), (date(2026, 5, 31), None)]
    for day, number in days:
        module = at(course, day).module
        assert (module.number if module else None) == number
    assert {m.state for m in at(course, date(2026, 1, 30)).modules} == {"next"}
    assert {m.state for m in at(course, date(2026, 5, 31)).modules} == {"done"}


def test_minutes_belong_to_the_module_of_their_column() -> None:
    found = at(
        months(START),
        date(2026, 3, 10),
        total(date(2026, 2, 1), 1, 60),
        total(date(2026, 3, 10), 1, 30, n=2),
        total(date(2026, 3, 1), 2, 45, rule="paid-hours"),
        total(date(2026, 3, 11), 2, 90),
        total(date(2026, 3, 1), None, 400),
        total(date(2026, 3, 1), 9, 400),
    )
    assert [(m.entries, m.counted_minutes) for m in found.modules] == [(3, 90), (2, 0), (0, 0)]


def test_milestones_are_done_when_past_or_met() -> None:
    course = months(START)
    found = at(course, date(2026, 2, 28))
    states = {one.id: (one.day, one.state) for one in found.milestones if not one.coaching}
    assert states == {
        "project-start": (date(2026, 2, 28), "next"),
        "gateway": (date(2026, 4, 29), "next"),
        "prize": (date(2026, 5, 30), "next"),
    }
    assert found.next_milestone is not None
    assert found.next_milestone.id == "project-start"
    early = at(course, date(2026, 3, 1), met=("gateway",))
    assert {one.state for one in early.milestones if one.id in states} == {"done", "next"}
    assert early.next_milestone is None
    assert [one.day for one in early.milestones] == sorted(one.day for one in early.milestones)


def test_a_break_moves_what_comes_after_it() -> None:
    pause = Break(date(2026, 3, 10), date(2026, 3, 19))
    found = at(months(START, pause), date(2026, 3, 12))
    assert [(m.starts, m.ends) for m in found.modules] == [
        (date(2026, 1, 31), date(2026, 2, 27)),
        (date(2026, 2, 28), date(2026, 5, 9)),
        (date(2026, 5, 10), date(2026, 6, 9)),
    ]
    assert found.plan.breaks == ((date(2026, 3, 10), date(2026, 3, 19)),)
    assert found.module is not None
    assert found.module.state == "now"
    assert {one.id: one.day for one in found.milestones}["gateway"] == date(2026, 5, 9)


def test_a_unit_counts_in_weeks_and_has_no_reviews() -> None:
    found = at(weeks(date(2026, 5, 4)), date(2026, 5, 18))
    assert [(m.starts, m.ends, m.state) for m in found.modules] == [
        (date(2026, 5, 4), date(2026, 5, 17), "done"),
        (date(2026, 5, 18), date(2026, 6, 14), "now"),
    ]
    assert [m.planned_minutes for m in found.modules] == [600, 1200]
    assert (found.reviews, found.next_review, found.project_from) == ((), None, None)
    assert [(one.id, one.day) for one in found.milestones] == [("skills-test", date(2026, 6, 8))]


def test_json_has_the_keys_of_the_contract() -> None:
    json = at(months(date(2026, 8, 1)), date(2026, 8, 1)).as_json()
    assert {"modules", "milestones", "reviews", "project_from"} <= set(json)
    assert json["project_from"] == "2026-09-01"
    assert json["reviews"] == [
        {"number": 1, "due_12_weeks": "2026-10-24", "due_month_end": "2026-11-30", "held": None}
    ]
    modules, milestones = json["modules"], json["milestones"]
    assert isinstance(modules, list)
    assert modules[0] == {
        "number": 1,
        "title": "Begin",
        "starts": "2026-08-01",
        "ends": "2026-08-31",
        "state": "now",
        "entries": 0,
        "counted_minutes": 0,
        "planned_minutes": 2022,
    }
    assert isinstance(milestones, list)
    assert {
        "id": "gateway",
        "name": "Gateway to completion",
        "day": "2026-10-31",
        "state": "next",
        "recorded": False,
    } in milestones


@given(
    st.integers(-40, 200),
    st.lists(st.tuples(st.integers(0, 120), st.integers(1, 3), st.booleans()), max_size=8),
)
def test_modules_share_out_what_was_counted(
    offset: int, entries: list[tuple[int, int, bool]]
) -> None:
    as_at = START + timedelta(days=offset)
    totals = [
        total(START + timedelta(days=day), module, 30, "new-learning" if fails else "")
        for day, module, fails in entries
    ]
    found = at(months(START), as_at, *totals)
    due = sum(not fails and day <= offset for day, _, fails in entries)
    assert sum(m.counted_minutes for m in found.modules) == 30 * due
    assert sum(m.entries for m in found.modules) == len(entries)
    assert sum(m.planned_minutes for m in found.modules) == 6000
    order = ["done", "now", "next"]
    states = [order.index(m.state) for m in found.modules]
    assert states == sorted(states)

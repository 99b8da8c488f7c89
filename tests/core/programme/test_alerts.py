"""What cannot wait: each alert's day to appear, and its words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ksbtui.core.coverage.coverage import coverage
from ksbtui.core.hours.hours import MonthGap
from ksbtui.core.hours.totals import KsbDay
from ksbtui.core.programme.alerts import IDS, Alert, alerts
from ksbtui.core.programme.next_steps import ActionDue, DraftNote, Situation
from ksbtui.core.programme.plan import plan
from ksbtui.core.programme.programmes import Break
from ksbtui.core.programme.timeline import Review, timeline
from tests.core.courses import months

START = date(2026, 8, 1)  # gateway 31 October, end 30 November
CODES = [ksb.code for ksb in months(START).standard.ksbs]


def at(
    as_at: date,
    *,
    none: int = 0,
    mentioned: int = 0,
    held: tuple[date, ...] = (),
    pause: bool = False,
) -> Situation:
    """A learner of whose KSBs so many have no entry or are only mentioned."""
    breaks = (Break(as_at - timedelta(days=3)),) if pause else ()
    course = months(START, *breaks)
    rows = [
        KsbDay(code, as_at, 1, 30, int(place >= none + mentioned), 0, 0, 0)
        for place, code in enumerate(CODES)
        if place >= none
    ]
    return Situation(
        as_at=as_at,
        coverage=coverage(course.standard, "", rows, as_at),
        timeline=timeline(course, plan(course, as_at), [], held, as_at),
    )


def of(now: Situation, id: str) -> list[tuple[date, str]]:
    return [(one.day, one.text) for one in alerts(now) if one.id == id]


def test_nothing_to_say_is_said_by_nothing() -> None:
    assert alerts(at(date(2026, 9, 10))) == ()


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        (date(2026, 10, 24), []),  # 84 days: shown, never an alert
        (date(2026, 11, 29), []),
        (
            date(2026, 11, 30),
            [
                (
                    "review-due",
                    date(2026, 11, 30),
                    "Progress review 1 is due today. Ask your tutor.",
                )
            ],
        ),
        (
            date(2026, 12, 1),
            [
                (
                    "review-overdue",
                    date(2026, 11, 30),
                    "Progress review 1 was due by 30 November 2026. Ask your tutor for a day.",
                )
            ],
        ),
    ],
)
def test_a_review_alerts_from_the_end_of_its_third_month(
    as_at: date, expected: list[tuple[str, date, str]]
) -> None:
    found = alerts(at(as_at))
    assert [(one.id, one.day, one.text) for one in found if "review" in one.id] == expected


def test_a_held_review_is_no_longer_due() -> None:
    assert alerts(at(date(2026, 10, 12), held=(date(2026, 10, 1),))) == ()


def behind(as_at: date, minutes: int, pace: int | None, needed: int | None) -> Situation:
    return replace(
        at(as_at, held=(date(2026, 9, 9),)),
        variance_minutes=-minutes,
        pace_per_week_minutes=pace,
        needed_per_week_minutes=needed,
    )


def test_behind_plan_by_more_than_a_week_and_after_28_days() -> None:
    """6,000 minutes over 92 days: a week's plan is 456 minutes and a half."""
    day = date(2026, 9, 15)
    assert of(behind(day, 456, 400, 496), "behind-plan") == []
    assert of(behind(day, 457, None, 496), "behind-plan") == []
    assert of(behind(day, -457, 400, 496), "behind-plan") == []
    assert of(behind(day, 1170, 400, 496), "behind-plan") == [
        (
            day,
            "19 h 30 m behind plan. Do 1 h 36 m more a week to finish on time (31 October 2026).",
        )
    ]
    assert of(behind(day, 457, 500, 500), "behind-plan") == [
        (
            day,
            "7 h 37 m behind plan. At your pace of the last 8 weeks you will finish on time.",
        )
    ]
    late = date(2026, 11, 2)
    assert of(behind(late, 600, 400, None), "behind-plan") == [
        (
            late,
            "10 h behind plan. Your programme has passed its planned end. "
            "Ask your tutor about a later end day.",
        )
    ]


def test_a_break_suspends_what_is_expected() -> None:
    now = replace(
        at(date(2026, 10, 1), none=9, pause=True),
        variance_minutes=-4000,
        pace_per_week_minutes=10,
        needed_per_week_minutes=900,
    )
    assert alerts(now) == ()


@pytest.mark.parametrize(
    ("as_at", "none", "mentioned", "text"),
    [
        (date(2026, 9, 14), 11, 0, None),  # 45 of 92 days
        (date(2026, 9, 15), 11, 3, "11 KSBs have no entry, 6 weeks left."),
        (date(2026, 10, 20), 1, 3, "1 KSB has no entry, 11 days left."),
        (date(2026, 10, 20), 0, 3, "3 KSBs are only mentioned, 11 days left."),
        (date(2026, 10, 30), 0, 1, "1 KSB is only mentioned, 1 day left."),
        (date(2026, 11, 5), 2, 0, "2 KSBs have no entry, no time left."),
        (date(2026, 11, 5), 0, 0, None),
    ],
)
def test_gaps_against_the_time_left(
    as_at: date, none: int, mentioned: int, text: str | None
) -> None:
    expected = (
        [(date(2026, 10, 31), f"{text} Coverage lists them, most urgent first.")] if text else []
    )
    assert of(at(as_at, none=none, mentioned=mentioned), "gaps") == expected


def test_milestones_of_the_next_two_weeks_but_no_coaching_and_nothing_optional() -> None:
    gateway = date(2026, 10, 31)
    assert of(at(date(2026, 10, 16)), "milestone") == []
    text = "Gateway to completion: in {}, on 31 October 2026. Timeline shows what it needs."
    assert of(at(date(2026, 10, 17)), "milestone") == [(gateway, text.format("14 days"))]
    assert of(at(date(2026, 10, 30)), "milestone") == [(gateway, text.format("1 day"))]
    assert of(at(gateway), "milestone") == [
        (gateway, "Gateway to completion: today. Timeline shows what it needs.")
    ]
    assert of(at(date(2026, 11, 20)), "milestone") == []


def test_months_without_training_over_and_running() -> None:
    august = MonthGap("2026-08", "2026-08", True)
    september = MonthGap("2026-09", "2026-09", False)
    now = replace(at(date(2026, 9, 20)), untrained=(september, august))
    assert of(now, "month-without-training") == [
        (
            date(2026, 8, 31),
            "No hours counted in August 2026. Log what you did then, or ask your tutor whether"
            " a break should be recorded.",
        ),
        (
            date(2026, 9, 30),
            "No hours counted yet in September 2026. Log some by 30 September 2026.",
        ),
    ]


def test_several_months_without_training_are_said_once() -> None:
    months = tuple(MonthGap(f"2026-0{n}", f"2026-0{n}", True) for n in (3, 4, 7))
    now = replace(at(date(2026, 9, 10)), untrained=months)
    assert of(now, "month-without-training") == [
        (
            date(2026, 7, 31),
            "No hours counted in March, April and July 2026. Log what you did then,"
            " or ask your tutor whether a break should be recorded.",
        )
    ]


def test_drafts_are_old_after_a_week() -> None:
    day = date(2026, 9, 10)
    drafts = tuple(
        DraftNote(str(age), "bias [check" if age == 9 else "", day - timedelta(days=age))
        for age in (7, 8, 9)
    )
    assert [text for _, text in of(replace(at(day), drafts=drafts), "draft")] == [
        'Draft "bias [check" is 9 days old. Finish it or discard it.',
        "A draft without a title is 8 days old. Finish it or discard it.",
    ]


@pytest.mark.parametrize(("outside", "told"), [(0, False), (300, False), (301, True)])
def test_most_hours_outside_paid_hours_are_told(outside: int, told: bool) -> None:
    now = replace(at(date(2026, 9, 10)), logged_minutes=600, outside_minutes=outside)
    found = of(now, "outside-hours")
    assert bool(found) == told
    if told:
        assert found[0][1].startswith("5 h 1 m of your 10 h are outside your normal paid hours.")


def test_the_most_urgent_come_first_and_an_ended_enrolment_has_none() -> None:
    day = date(2026, 10, 25)
    base = at(day, none=3)
    late = Review(1, date(2026, 9, 24), date(2026, 10, 20))
    now = replace(
        base,
        timeline=replace(base.timeline, reviews=(late,)),
        actions=(
            ActionDue("b", "Second", date(2026, 10, 20)),
            ActionDue("a", "First", date(2026, 10, 1)),
            ActionDue("c", "Not yet", day),
        ),
        untrained=(MonthGap("2026-09", "2026-09", True),),
        drafts=(DraftNote("d", "", date(2026, 9, 1)),),
        variance_minutes=-4000,
        pace_per_week_minutes=10,
        needed_per_week_minutes=900,
        logged_minutes=60,
        outside_minutes=60,
        two_places=1,
    )
    found = alerts(now)
    assert [one.id for one in found] == [
        "action-overdue",
        "action-overdue",
        "review-overdue",
        "two-places",
        "month-without-training",
        "milestone",
        "behind-plan",
        "outside-hours",
        "gaps",
        "draft",
    ]
    assert found[0] == Alert(
        "action-overdue",
        '"First" was due on 1 October 2026. Do it or agree a new day.',
        date(2026, 10, 1),
    )
    assert found[0].as_json() == {
        "id": "action-overdue",
        "text": '"First" was due on 1 October 2026. Do it or agree a new day.',
        "day": "2026-10-01",
    }
    assert {one.id for one in found} | {"review-due"} == set(IDS)
    (left,) = alerts(replace(now, ended=True))
    assert left.text == (
        "You changed 1 text on two devices. Nothing is lost. Choose which to keep: ksbtui conflicts"
    )
    assert alerts(replace(now, ended=True, two_places=0)) == ()

"""What to do next, in a fixed order and always with a reason."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.codec import encode
from ksbtui.core.coverage.coverage import coverage
from ksbtui.core.hours.hours import MonthGap
from ksbtui.core.hours.totals import KsbDay
from ksbtui.core.programme.next_steps import (
    KINDS,
    ActionDue,
    DraftNote,
    Situation,
    Waiting,
    next_steps,
)
from ksbtui.core.programme.plan import plan
from ksbtui.core.programme.standards import code_key
from ksbtui.core.programme.timeline import timeline
from tests.core.courses import months

START = date(2026, 8, 1)
AS_AT = date(2026, 9, 23)  # module 2 (K2, K28) runs
STATES = {
    "none": [],
    "mentioned": [(0, 0)],
    "applied": [(1, 0)],
    "evidenced": [(0, 1)],
}


def ksb_rows(states: dict[str, str], day: date = AS_AT) -> list[KsbDay]:
    return [
        KsbDay(code, day, 1, 30, worded, artefacts, artefacts, 0)
        for code, state in states.items()
        for worded, artefacts in STATES[state]
    ]


def situation(
    states: dict[str, str] | None = None, *, rest: str = "evidenced", day: date = AS_AT
) -> Situation:
    """A learner in module 2; every KSB not in ``states`` stands at ``rest``."""
    course = months(START)
    all_states = {ksb.code: rest for ksb in course.standard.ksbs} | (states or {})
    return Situation(
        as_at=AS_AT,
        coverage=coverage(course.standard, "", ksb_rows(all_states, day), AS_AT),
        timeline=timeline(course, plan(course, AS_AT), [], [], AS_AT),
    )


def told(now: Situation, most: int = 99) -> list[tuple[str, str]]:
    return [(one.kind, " ".join(one.ksbs)) for one in next_steps(now, most)]


def test_gaps_come_by_module_then_fragile_then_others_each_once_and_by_code() -> None:
    gaps = ["K28", "K2", "S17", "K4", "K20", "S2", "K1", "B1"]
    assert told(situation(dict.fromkeys(gaps, "none") | {"S3": "applied", "K5": "applied"})) == [
        ("module-gap", "K2"),
        ("module-gap", "K28"),
        ("fragile-gap", "K4"),
        ("fragile-gap", "K20"),
        ("fragile-gap", "S17"),
        ("gap", "K1"),
        ("gap", "S2"),
        ("gap", "B1"),
        ("evidence", "K5"),
        ("evidence", "S3"),
    ]


def full() -> Situation:
    """Something of every kind at once."""
    return replace(
        situation(
            {"K28": "none", "K20": "mentioned", "S2": "none", "S3": "applied"},
            day=AS_AT - timedelta(days=100),
        ),
        drafts=(DraftNote("d2", "bias check notes", AS_AT),),
        untrained=(MonthGap("2026-08", "2026-08", True),),
        actions=(
            ActionDue("a1", "Later", AS_AT),
            ActionDue("a2", "Share the  test plan", date(2026, 9, 18)),
        ),
        untagged=Waiting(1, "abcd2345", "Webinar"),
        not_submitted=Waiting(40, "wxyz2345", "Launch"),
    )


def test_every_kind_in_the_order_of_the_design() -> None:
    found = next_steps(full(), 99)
    kinds = [one.kind for one in found]
    assert list(dict.fromkeys(kinds)) == list(KINDS)
    assert [one.minutes for one in found if one.kind in ("untagged", "submit")] == [2, 30]
    assert {one.kind: one.entry for one in found if one.entry} == {
        "draft": "d2",
        "untagged": "abcd2345",
        "submit": "wxyz2345",
    }


def sentences(now: Situation) -> dict[str, tuple[str, str]]:
    """The first suggestion of each kind."""
    found: dict[str, tuple[str, str]] = {}
    for one in next_steps(now, 99):
        found.setdefault(one.kind, (one.what, one.why))
    return found


def test_each_says_what_and_why() -> None:
    name = {ksb.code: ksb.short for ksb in full().coverage.ksbs}
    assert all(name.values())
    assert sentences(full()) == {
        "draft": ('Finish the draft "bias check notes"', "This draft is saved but not logged."),
        "month": (
            "Log what you did in August 2026, or ask your tutor about a break",
            "No hours counted in August 2026.",
        ),
        "action": ("Share the test plan", "You agreed to do it by 18 September 2026."),
        "module-gap": (
            f"Log something on K28 {name['K28']}",
            "K28 has no entry yet. Module 2 is a good time for it.",
        ),
        "fragile-gap": (
            f"Say what you learned about K20 {name['K20']}",
            "No entry on K20 says what you learned in 12 words or more. Only Duty 4 leads to it.",
        ),
        "gap": (f"Log something on S2 {name['S2']}", "S2 has no entry yet."),
        "evidence": (
            f"Add evidence for S3 {name['S3']}",
            "You wrote about S3. A file or link would show it.",
        ),
        "untagged": (
            'Tag "Webinar" with a KSB',
            "An entry without a KSB does not count towards coverage.",
        ),
        "submit": (
            "Copy 40 entries into your e-portfolio",
            "Your provider can only see entries that are there.",
        ),
        "stale": (f"Return to K1 {name['K1']}", "Its last entry is 100 days old."),
    }


def test_at_most_three_and_none_when_nothing_is_owed() -> None:
    assert [one.kind for one in next_steps(full())] == ["draft", "month", "action"]
    assert next_steps(situation()) == ()


def test_an_action_is_overdue_from_the_day_after() -> None:
    due = ActionDue("a", "Do it", AS_AT)
    assert next_steps(replace(situation(), actions=(due,))) == ()
    late = replace(situation(), actions=(replace(due, due=AS_AT - timedelta(days=1)), due))
    assert [one.kind for one in next_steps(late)] == ["action"]


def test_several_months_make_one_suggestion() -> None:
    july, august = (MonthGap(month, month, True) for month in ("2026-07", "2026-08"))
    september = MonthGap("2026-09", "2026-09", False)
    two = next_steps(replace(situation(), untrained=(july, august)))
    assert [one.why for one in two] == [
        "No hours counted in August 2026. An earlier month has none either."
    ]
    three = next_steps(replace(situation(), untrained=(september, july, august)))
    assert [(one.what, one.why) for one in three] == [
        (
            "Log some training in September 2026",
            "No hours counted yet in September 2026. 2 earlier months have none either.",
        )
    ]


def test_nothing_is_of_this_module_between_modules() -> None:
    course = months(START)
    after = date(2027, 3, 1)
    now = Situation(
        as_at=after,
        coverage=coverage(course.standard, "", [], after),
        timeline=timeline(course, plan(course, after), [], [], after),
    )
    assert [one.kind for one in next_steps(now)] == ["fragile-gap"] * 3


def test_json_has_the_keys_of_the_contract() -> None:
    json = encode({"suggestions": next_steps(situation({"K2": "none"}))})
    suggestions = json["suggestions"]
    assert isinstance(suggestions, list)
    assert {"what", "why", "ksbs", "minutes"} <= set(suggestions[0])
    assert suggestions[0]["ksbs"] == ["K2"]


CODES = [ksb.code for ksb in months(START).standard.ksbs]


@given(st.dictionaries(st.sampled_from(CODES), st.sampled_from(list(STATES))))
def test_order_and_reasons_hold_for_any_coverage(states: dict[str, str]) -> None:
    found = next_steps(situation(states, rest="none"), 99)
    keys = [(KINDS.index(one.kind), *(code_key(code) for code in one.ksbs)) for one in found]
    assert keys == sorted(keys)
    codes = [code for one in found for code in one.ksbs]
    assert len(codes) == len(set(codes))
    assert all(one.what and one.why.endswith(".") and one.minutes > 0 for one in found)
    assert next_steps(situation(states, rest="none")) == found[:3]

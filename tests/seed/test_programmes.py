"""The shipped rules, programmes and demo are complete, in order and within their own length.

Plain tomllib on the files as they are packaged, so that a slip in the data is named before any
code reads it.
"""

import re
import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

SEED = Path(__file__).parents[2] / "seed"
RULE_SETS = ["otj-2025-08", "otj-2026-08", "unit-2026-04"]
RULE_IDS = [
    "inside-programme",
    "not-in-break",
    "not-future",
    "paid-hours",
    "new-learning",
    "activity-type",
    "relevant",
    "in-plan",
]
COUNTING = [
    "session",
    "workshop",
    "coaching",
    "project",
    "reflection",
    "research",
    "shadowing",
    "e-learning",
    "event",
    "practice",
    "assignment",
    "revision",
    "other",
]
NEVER = ["english-maths", "review", "induction", "assessment", "work"]
CODES = {
    "ST1512": {
        *(f"K{n}" for n in range(1, 30)),
        *(f"S{n}" for n in range(1, 30)),
        *(f"B{n}" for n in range(1, 7)),
    },
    "AU0002": {*(f"K{n}" for n in range(1, 16)), *(f"S{n}" for n in range(1, 15))},
}
PROGRAMMES = ["local-government-14-months", "st1512-18-months", "au0002-16-weeks"]


def load(path: str) -> dict[str, Any]:
    return tomllib.loads((SEED / path).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "starts_from"),
    [("otj-2025-08", date(2025, 8, 1)), ("otj-2026-08", date(2026, 8, 1))],
)
def test_apprenticeship_rules_stand_in_the_published_order(name: str, starts_from: date) -> None:
    rules = load(f"rules/{name}.toml")
    assert [rule["id"] for rule in rules["rules"]] == RULE_IDS
    assert (rules["kind"], rules["floor_minutes"]) == ("apprenticeship", 187 * 60)
    assert rules["starts_from"] == starts_from
    assert (rules["monthly"]["every"], rules["monthly"]["notice_from_day"]) == ("month", 15)
    assert (rules["reviews"]["weeks"], rules["reviews"]["months"]) == (12, 3)


def test_unit_rules_have_no_paid_hours_month_or_review() -> None:
    rules = load("rules/unit-2026-04.toml")
    assert [rule["id"] for rule in rules["rules"]] == [i for i in RULE_IDS if i != "paid-hours"]
    assert rules["kind"] == "unit"
    assert not {"floor_minutes", "monthly", "reviews"} & rules.keys()


def test_each_type_that_never_counts_names_its_own_paragraph() -> None:
    never = [kind for kind in load("rules/otj-2026-08.toml")["types"] if not kind["counts"]]
    paragraphs = [re.findall(r"para ([\d.]+)", kind["source"]) for kind in never]
    assert paragraphs == [["84.2"], ["84.4"], ["84.1"], ["84.5"], ["82.2"]]


def test_nothing_carried_over_to_units_is_settled() -> None:
    for rule in load("rules/unit-2026-04.toml")["rules"]:
        if "Carried over" in rule["source"]:
            assert (rule["settled"], rule["confidence"]) == (False, "L")


@pytest.mark.parametrize("name", RULE_SETS)
def test_every_rule_and_type_says_where_it_comes_from(name: str) -> None:
    rules = load(f"rules/{name}.toml")
    for item in [*rules["rules"], *rules["types"]]:
        assert item["source"]
        assert item["confidence"] in {"H", "M", "L"}
    for rule in rules["rules"]:
        assert rule["predicate"] in RULE_IDS
        assert rule["text"].endswith(".")
        assert 0 < len(rule["failed"]) <= 30
        assert isinstance(rule["settled"], bool)
    assert rules["daily"]["warn_over_minutes"] == 450
    assert rules["late"]["warn_after_days"] == 14
    assert rules["codes"]["warn_over"] == 8


@pytest.mark.parametrize("name", RULE_SETS)
def test_types_that_count_are_those_of_the_predicate(name: str) -> None:
    rules = load(f"rules/{name}.toml")
    by_type = next(rule for rule in rules["rules"] if rule["id"] == "activity-type")
    assert by_type["types"] == COUNTING
    assert [kind["id"] for kind in rules["types"] if kind["counts"]] == COUNTING
    never = [kind for kind in rules["types"] if not kind["counts"]]
    assert [kind["id"] for kind in never] == NEVER
    assert all(kind["why"] for kind in never)


@pytest.mark.parametrize("name", PROGRAMMES)
def test_modules_follow_each_other_within_the_programme(name: str) -> None:
    programme = load(f"programmes/{name}.toml")
    assert programme["id"] == name
    modules = programme["modules"]
    assert [module["number"] for module in modules] == list(range(1, len(modules) + 1))
    assert modules[0]["from"] == 1
    assert modules[-1]["to"] <= programme["length"]
    assert all(module["from"] <= module["to"] for module in modules)
    assert all(after["from"] == before["to"] + 1 for before, after in pairwise(modules))


@pytest.mark.parametrize("name", PROGRAMMES)
def test_every_ksb_is_in_some_module(name: str) -> None:
    programme = load(f"programmes/{name}.toml")
    (standard,) = programme["standards"]
    for module in programme["modules"]:
        assert len(module["ksbs"]) == len(set(module["ksbs"]))
    assert {code for m in programme["modules"] for code in m["ksbs"]} == CODES[standard]


@pytest.mark.parametrize("name", PROGRAMMES)
def test_milestones_lie_within_the_programme(name: str) -> None:
    programme = load(f"programmes/{name}.toml")
    ids = [milestone["id"] for milestone in programme["milestones"]]
    assert len(ids) == len(set(ids))
    for milestone in programme["milestones"]:
        assert 1 <= milestone["at"] <= programme["length"]
        assert milestone["on"] in {"first-day", "last-day"}
        assert isinstance(milestone["optional"], bool)
    if "gateway" in programme:
        gateway = next(m for m in programme["milestones"] if m["id"] == "gateway")
        assert (gateway["at"], gateway["on"]) == (programme["gateway"], "last-day")


def test_local_government_keeps_the_months_of_its_provider() -> None:
    programme = load("programmes/local-government-14-months.toml")
    assert [(m["from"], m["to"]) for m in programme["modules"]] == [
        (1, 2),
        (3, 4),
        (5, 5),
        (6, 7),
        (8, 8),
        (9, 9),
        (10, 10),
        (11, 13),
    ]
    assert (programme["length"], programme["gateway"], programme["project_from"]) == (14, 13, 6)
    at = {m["id"]: (m["at"], m["on"]) for m in programme["milestones"]}
    assert at == {
        "project-approval": (5, "last-day"),
        "project-start": (6, "first-day"),
        "gateway": (13, "last-day"),
        "final-assessment": (14, "last-day"),
    }
    assert programme["coaching"]["every"] == 1
    assert not programme["has_epa"]


def test_a_unit_is_planned_in_weeks_and_has_no_gateway() -> None:
    programme = load("programmes/au0002-16-weeks.toml")
    assert (programme["unit"], programme["length"]) == ("week", 16)
    assert not {"gateway", "project_from", "coaching"} & programme.keys()
    optional = {m["id"]: m["optional"] for m in programme["milestones"]}
    assert optional == {
        "skills-test": False,
        "employer-validation": False,
        "extended-assessment": True,
    }


def test_routes_name_one_apprenticeship_and_three_units() -> None:
    routes = load("routes.toml")
    assert [route["kind"] for route in routes["routes"]] == ["apprenticeship", *["unit"] * 3]
    assert [route.get("standard") for route in routes["routes"]] == ["ST1512", None, None, None]
    for route in routes["routes"]:
        assert route["for_whom"].endswith(".")
        assert route["why"].endswith(".")
        assert route["roles"]
    assert "never at the same time" in routes["both"]


def test_reflection_templates_have_their_published_stages() -> None:
    stages = {
        path.stem: [stage["heading"] for stage in load(f"reflections/{path.name}")["stages"]]
        for path in (SEED / "reflections").glob("*.toml")
    }
    assert stages == {
        "gibbs": [
            "Description",
            "Feelings",
            "Evaluation",
            "Analysis",
            "Conclusion",
            "Action plan",
        ],
        "kolb": [
            "Concrete experience",
            "Reflective observation",
            "Abstract conceptualisation",
            "Active experimentation",
        ],
        "driscoll": ["What?", "So what?", "Now what?"],
        "era": ["Experience", "Reflection", "Action"],
        "starl": ["Situation", "Task", "Action", "Result", "Learning"],
        "otj-quick": [
            "What did I do?",
            "What is new to me?",
            "How will I use it?",
            "Which KSBs and why?",
        ],
    }


def test_reflection_hints_add_up() -> None:
    for path in (SEED / "reflections").glob("*.toml"):
        template = load(f"reflections/{path.name}")
        assert template["id"] == path.stem
        assert sum(s["hint_words"] for s in template["stages"]) == template["hint_words"]


WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
AS_AT = 36 * 7 + 2
"""The Wednesday of week 37, as days after the start."""
NO_ENTRY = ["K17", "K20", "K28", "K29", "S16", "S17", "S20", "S23", "S26", "S28", "S29"]


def offset(item: dict[str, Any], prefix: str = "") -> int:
    """Days from the start of the programme to the item's day."""
    return int(item[f"{prefix}week"] - 1) * 7 + WEEKDAYS.index(item[f"{prefix}weekday"])


def demo_entries() -> list[dict[str, Any]]:
    paths = sorted((SEED / "demo").glob("entries-*.toml"))
    return [entry for path in paths for entry in load(f"demo/{path.name}")["entries"]]


def counted(entry: dict[str, Any]) -> bool:
    return (
        entry.get("paid", "yes") != "no"
        and entry.get("new_learning", True)
        and entry.get("relevant", True)
        and entry["type"] in COUNTING
    )


def rung(code: str, entries: list[dict[str, Any]]) -> str:
    """The coverage ladder, reckoned again without the program."""
    tagged = [entry for entry in entries if code in entry.get("ksbs", [])]
    worded = [len(entry.get("learned", "").split()) >= 12 for entry in tagged]
    shown = [(offset(e), words) for e, words in zip(tagged, worded, strict=True) if "evidence" in e]
    if len({day for day, _ in shown}) >= 2 and any(words for _, words in shown):
        return "strong"
    if shown:
        return "evidenced"
    if any(worded):
        return "applied"
    return "mentioned" if tagged else "none"


def test_demo_entries_are_well_formed_and_in_order() -> None:
    entries = demo_entries()
    assert 118 <= len(entries) <= 130
    days = [offset(entry) for entry in entries]
    assert days == sorted(days)
    assert days[-1] == AS_AT
    for entry in entries:
        assert entry.keys() <= {
            *("week", "weekday", "minutes", "title", "type", "notes", "learned", "ksbs"),
            *("paid", "new_learning", "relevant", "private", "verified", "submitted"),
            *("logged_after_days", "evidence"),
        }
        assert 1 <= entry["minutes"] <= 450
        assert 0 < len(entry["title"]) <= 70
        assert entry["type"] in COUNTING + NEVER
        assert set(entry.get("ksbs", [])) <= CODES["ST1512"]
        assert entry.get("paid", "yes") in {"yes", "paid-back", "no"}
        assert offset(entry) + entry.get("logged_after_days", 0) <= AS_AT
        if "verified" in entry:
            assert offset(entry) + entry.get("logged_after_days", 0) + 7 <= AS_AT
        assert counted(entry) or not {"verified", "submitted"} & entry.keys()
    titles = [entry["title"] for entry in entries]
    assert len(titles) == len(set(titles))


def test_demo_evidence_is_of_every_kind_of_the_programme() -> None:
    kinds = load("programmes/local-government-14-months.toml")["evidence_kinds"]
    artefacts = [item for entry in demo_entries() for item in entry.get("evidence", [])]
    assert 42 <= len(artefacts) <= 50
    assert {item["kind"] for item in artefacts} == set(kinds)
    assert all(item.keys() == {"kind", "title", "target"} for item in artefacts)


@pytest.mark.parametrize("start", [date(2026, 1, 12), date(2026, 3, 16), date(2027, 7, 5)])
def test_demo_stands_about_nineteen_hours_behind_plan(start: date) -> None:
    entries = demo_entries()
    done = sum(entry["minutes"] for entry in entries if counted(entry))
    month = start.month % 12 + 1
    plan_end = date(start.year + 1 + (month == 1), month, start.day) - timedelta(days=1)
    planned = 420 * 60 * (AS_AT + 1) / ((plan_end - start).days + 1)
    assert 252 * 60 <= done <= 256 * 60
    assert 15 * 60 <= planned - done <= 18 * 60
    assert 12 <= sum(not counted(entry) for entry in entries) <= 16


def test_demo_leave_makes_a_thin_month_but_not_an_empty_one() -> None:
    weeks = [0] * 38
    for entry in demo_entries():
        weeks[entry["week"]] += entry["minutes"] if counted(entry) else 0
    assert weeks[32] == 0
    assert max(weeks[29:34]) <= 11 * 60
    assert sum(weeks[30:34]) >= 10 * 60
    assert all(weeks[week] > 0 for week in range(1, 38) if week != 32)


def test_demo_coverage_has_every_rung_and_six_stale_ksbs() -> None:
    entries = demo_entries()
    by_rung: dict[str, set[str]] = {}
    for code in CODES["ST1512"]:
        by_rung.setdefault(rung(code, entries), set()).add(code)
    assert {name: len(codes) for name, codes in by_rung.items()} == {
        "strong": 15,
        "evidenced": 16,
        "applied": 14,
        "mentioned": 8,
        "none": 11,
    }
    assert by_rung["none"] == set(
        ["K17", "K20", "K28", "K29", "S16", "S17", "S20", "S23", "S26", "S28", "S29"]
    )
    assert by_rung["mentioned"] == {"K6", "K16", "K21", "S5", "S15", "S19", "S27", "B5"}
    last = {code: offset(entry) for entry in entries for code in entry.get("ksbs", [])}
    stale = {code for code, day in last.items() if AS_AT - day > 90}
    assert stale == {"K1", "K3", "K24", "S2", "S21", "B2"}


def test_demo_newest_counting_entries_are_not_yet_submitted() -> None:
    counting = [entry for entry in demo_entries() if counted(entry)]
    assert not any("submitted" in entry for entry in counting[-6:])
    assert sum("submitted" in entry for entry in counting) >= len(counting) - 8
    late = [e for e in counting if e.get("logged_after_days", 0) > 14]
    assert 2 <= len(late) <= 3


def test_demo_learner_has_calls_reviews_actions_a_draft_and_a_scan() -> None:
    learner = load("demo/learner.toml")
    assert (learner["enrolment"]["standard"], learner["enrolment"]["programme"]) == (
        "ST1512",
        "local-government-14-months",
    )
    open_actions = [action for action in learner["actions"] if "done_week" not in action]
    assert len(open_actions) == 3
    assert [offset(action, "due_") < AS_AT for action in open_actions].count(True) == 1
    assert {code for action in learner["actions"] for code in action["ksbs"]} <= CODES["ST1512"]
    entries = {(e["week"], e["weekday"], e["type"]) for e in demo_entries()}
    assert len(learner["calls"]) == 4
    assert {(call["week"], call["weekday"], "coaching") for call in learner["calls"]} <= entries
    assert len(learner["reviews"]) == 2
    assert {(held["week"], held["weekday"], "review") for held in learner["reviews"]} <= entries
    assert set(learner["draft"]["ksbs"]) <= CODES["ST1512"]
    assert learner["draft"]["title"] == "Bias check notes"
    assert learner["scan"]["ratings"].keys() == CODES["ST1512"]
    assert set(learner["scan"]["ratings"].values()) <= {1, 2, 3, 4, 5}

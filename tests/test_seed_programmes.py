"""The shipped rules and programmes are complete, in order and within their own length.

Plain tomllib on the files as they are packaged, so that a slip in the data is named before any
code reads it.
"""

import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

SEED = Path(__file__).parent.parent / "seed"
RULE_IDS = [
    "inside-programme",
    "not-in-break",
    "not-future",
    "paid-hours",
    "new-learning",
    "activity-type",
    "relevant",
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


def test_apprenticeship_rules_stand_in_the_published_order() -> None:
    rules = load("rules/otj-2025-08.toml")
    assert [rule["id"] for rule in rules["rules"]] == RULE_IDS
    assert (rules["kind"], rules["floor_minutes"]) == ("apprenticeship", 187 * 60)
    assert rules["starts_from"] == date(2025, 8, 1)
    assert (rules["monthly"]["every"], rules["monthly"]["notice_from_day"]) == ("month", 15)
    assert (rules["reviews"]["weeks"], rules["reviews"]["months"]) == (12, 3)


def test_unit_rules_have_no_paid_hours_month_or_review() -> None:
    rules = load("rules/unit-2026-04.toml")
    assert [rule["id"] for rule in rules["rules"]] == [i for i in RULE_IDS if i != "paid-hours"]
    assert rules["kind"] == "unit"
    assert not {"floor_minutes", "monthly", "reviews"} & rules.keys()


@pytest.mark.parametrize("name", ["otj-2025-08", "unit-2026-04"])
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


@pytest.mark.parametrize("name", ["otj-2025-08", "unit-2026-04"])
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

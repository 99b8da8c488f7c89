"""The gateway checklists hold what the programme they belong to can answer."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

SEED = Path(__file__).parents[2] / "seed"
PROGRAMMES = ["au0002-16-weeks", "local-government-14-months", "st1512-18-months"]
CHECKS = {
    "minimum-hours",
    "minimum-duration",
    "knowledge-and-skills-evidenced",
    "behaviours-verified",
    "behaviours-evidenced",
    "project-complete",
    "reviews-held",
    "employer-at-reviews",
    "hours-statement",
    "outcomes-shown",
}
CONDITIONS = {"english-maths-required", "hours-below-plan", "extended-assessment-chosen"}
NEEDED = {"id", "text", "short", "kind", "who", "by", "source", "confidence", "when_missing"}
ALLOWED = NEEDED | {"check", "months", "weeks", "only_if", "optional", "starts_from"}


def read(folder: str, name: str) -> dict[str, Any]:
    """One parsed seed file."""
    return tomllib.loads((SEED / folder / f"{name}.toml").read_text("utf-8"))


def checks(name: str) -> set[str]:
    """The tests a checklist computes."""
    return {i["check"] for i in read("gateway", name)["items"] if i["kind"] == "computed"}


def test_every_programme_has_a_checklist() -> None:
    names = {p.stem for p in (SEED / "programmes").glob("*.toml")}
    assert {p.stem for p in (SEED / "gateway").glob("*.toml")} == names


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_checklist_belongs_to_its_programme(name: str) -> None:
    gateway, programme = read("gateway", name), read("programmes", name)
    assert gateway["programme"] == programme["id"]
    assert gateway["standard"] in programme["standards"]
    days = [m["id"] for m in programme["milestones"]]
    assert {i["by"] for i in gateway["items"]} <= set(days)


@pytest.mark.parametrize("name", PROGRAMMES)
def test_items_are_well_formed(name: str) -> None:
    items = read("gateway", name)["items"]
    assert len({i["id"] for i in items}) == len(items)
    for item in items:
        assert set(item) >= NEEDED, item["id"]
        assert set(item) <= ALLOWED, item["id"]
        assert len(item["short"]) <= 22, item["id"]
        assert (item["kind"] == "computed") == ("check" in item), item["id"]
        assert item["kind"] in {"computed", "ticked"}
        assert item.get("check", "minimum-hours") in CHECKS
        assert item.get("only_if", "hours-below-plan") in CONDITIONS
        assert item["who"] in {"you", "employer", "provider"}
        assert item["confidence"] in {"H", "M", "L"}
        assert (item.get("check") == "minimum-duration") == bool({"months", "weeks"} & set(item))
        assert all(item[key].endswith(".") for key in ("text", "when_missing"))
        assert len(item["text"]) <= 90, item["text"]
        assert len(item["when_missing"]) <= 110, item["when_missing"]


def test_behaviours_are_shown_as_the_assessment_asks() -> None:
    # Integrated assessment: the employer verifies once. End-point assessment: evidence.
    # A unit has no behaviours, no reviews and no English and maths.
    assert "behaviours-verified" in checks("local-government-14-months")
    assert "behaviours-evidenced" not in checks("local-government-14-months")
    assert "behaviours-evidenced" in checks("st1512-18-months")
    assert "behaviours-verified" not in checks("st1512-18-months")
    unit = {"minimum-hours", "minimum-duration", "knowledge-and-skills-evidenced", "outcomes-shown"}
    assert checks("au0002-16-weeks") == unit
    conditions = {i.get("only_if") for i in read("gateway", "au0002-16-weeks")["items"]}
    assert "english-maths-required" not in conditions


def test_every_check_is_asked_for_somewhere() -> None:
    assert set().union(*(checks(name) for name in PROGRAMMES)) == CHECKS

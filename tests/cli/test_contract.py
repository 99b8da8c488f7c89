"""The contract of commands and JSON keys, exactly as it is published."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.kit import Shell

ENTRY = [
    "id", "day", "minutes", "title", "type", "module", "notes", "learned", "ksbs", "evidence",
    "paid", "new_learning", "relevant", "private", "counted", "failed_rules", "warnings",
    "verified", "submitted", "created_at", "updated_at",
]  # fmt: skip
SCALARS = [
    "target_minutes", "max_minutes", "logged_minutes", "counted_minutes", "verified_minutes",
    "untagged_minutes", "planned_to_date_minutes", "variance_minutes", "pace_per_week_minutes",
    "needed_per_week_minutes", "forecast",
]  # fmt: skip
HOURS = [*SCALARS, "by_month", "by_type", "by_module", "not_counted"]
STATUS = [
    "as_at", "enrolment", "hours", "coverage", "module", "next_milestone", "next_review",
    "alerts", "actions_open", "not_submitted",
]  # fmt: skip
KSB = [
    "code", "type", "statement", "short", "plain", "state", "entries", "minutes", "evidence",
    "last_day", "stale", "fragile", "duties",
]  # fmt: skip
STANDARD = [
    "ref", "version", "kind", "title", "level", "min_minutes", "max_minutes", "typical_months",
    "starts_from", "starts_to", "options", "ksbs", "duties", "outcomes", "warnings",
]  # fmt: skip


def assert_keys(document: dict[str, object], keys: list[str]) -> None:
    missing = [key for key in keys if key not in document]
    assert not missing


def test_every_document_has_its_keys(shell: Shell) -> None:
    entry = shell("log", "Prompt workshop", "-t", "2h", "-k", "S8,K10", "--json").json
    assert_keys(entry, ENTRY)
    assert_keys(shell("show", entry["id"], "--json").json, ENTRY)
    assert_keys(shell("list", "--json").json["entries"][0], ENTRY)
    assert shell("list", "--json").json["total"] == 1
    assert_keys(shell("hours", "--json").json, HOURS)
    status = shell("status", "--json").json
    assert_keys(status, STATUS)
    assert_keys(status["hours"], SCALARS)
    assert_keys(
        status["enrolment"],
        ["standard", "version", "option", "programme", "start", "end", "plan_end"],
    )
    assert list(status["coverage"]) == ["K", "S", "B"]
    assert_keys(
        status["coverage"]["K"],
        ["total", "none", "mentioned", "applied", "evidenced", "strong"],
    )
    assert_keys(status["module"], ["number", "title", "starts", "ends"])
    assert_keys(status["next_milestone"], ["id", "name", "day"])
    assert_keys(status["next_review"], ["number", "due_12_weeks", "due_month_end", "held"])
    coverage = shell("coverage", "--json").json
    assert_keys(coverage, ["standard", "ksbs", "gaps", "to_evidence"])
    assert_keys(coverage["ksbs"][0], KSB)
    duties = shell("coverage", "--by", "duty", "--json").json["duties"]
    assert_keys(duties[0], ["number", "text", "ksbs", "covered", "total"])
    timeline = shell("timeline", "--json").json
    assert_keys(timeline, ["modules", "milestones", "reviews", "project_from"])
    assert_keys(
        timeline["modules"][0],
        ["number", "title", "starts", "ends", "state", "entries"],
    )
    assert_keys(
        timeline["modules"][0],
        ["counted_minutes", "planned_minutes"],
    )
    suggestions = shell("next", "--json").json["suggestions"]
    assert_keys(suggestions[0], ["what", "why", "ksbs", "minutes"])
    assert_keys(shell("standard", "show", "ST1512", "--json").json, STANDARD)


def test_the_standards_are_shown_whole(bare: Shell) -> None:
    st1512 = bare("standard", "show", "ST1512", "--json").json
    kinds = [ksb["type"] for ksb in st1512["ksbs"]]
    assert [kinds.count(kind) for kind in "KSB"] == [29, 29, 6]
    assert len(st1512["duties"]) == 15
    assert sum(len(duty["ksbs"]) for duty in st1512["duties"]) == 196
    au0002 = bare("standard", "show", "AU0002", "--json").json
    kinds = [ksb["type"] for ksb in au0002["ksbs"]]
    assert [kinds.count(kind) for kind in "KSB"] == [15, 14, 0]
    assert len(au0002["outcomes"]) == 7
    assert (au0002["min_minutes"], au0002["max_minutes"]) == (1800, 8400)


def test_the_worked_plan(shell: Shell) -> None:
    hours = shell("hours", "--json").json
    assert hours["planned_to_date_minutes"] == 10_818
    assert hours["variance_minutes"] == -10_818


def test_forty_mixed_entries_agree_everywhere_and_with_a_sum_by_hand(shell: Shell) -> None:
    """Ten rounds of four: 60 m counting, 45 m unpaid, 30 m of a review, 15 m untagged."""
    kinds: list[tuple[str, ...]] = [
        ("-t", "60m", "-k", "K1,S2", "--learned", "I learned to ask who else is affected by it."),
        ("-t", "45m", "-k", "K4", "--unpaid"),
        ("-t", "30m", "--type", "review"),
        ("-t", "15m"),
    ]
    first = date(2026, 2, 2)
    for number in range(40):
        day = (first + timedelta(days=3 * number)).isoformat()
        assert shell("log", f"Entry {number}", "-d", day, *kinds[number % 4]).code == 0
    hours = shell("hours", "--json").json
    status = shell("status", "--json").json
    listed = shell("list", "--json").json
    coverage = shell("coverage", "--json").json
    assert hours["logged_minutes"] == 10 * (60 + 45 + 30 + 15)
    assert hours["counted_minutes"] == 10 * (60 + 15)
    assert hours["untagged_minutes"] == 10 * (30 + 15)
    assert hours["not_counted"] == [
        {"rule": "paid-hours", "entries": 10, "minutes": 450},
        {"rule": "activity-type", "entries": 10, "minutes": 300},
    ]
    assert {key: status["hours"][key] for key in SCALARS} == {key: hours[key] for key in SCALARS}
    assert listed["total"] == 40
    counted = [entry for entry in listed["entries"] if entry["counted"]]
    assert sum(entry["minutes"] for entry in counted) == hours["counted_minutes"]
    assert all(entry["failed_rules"] for entry in listed["entries"] if not entry["counted"])
    days = [entry["day"] for entry in listed["entries"]]
    assert days == sorted(days, reverse=True)
    states = {ksb["code"]: ksb for ksb in coverage["ksbs"]}
    assert (states["K1"]["state"], states["K1"]["entries"]) == ("mentioned", 10)
    assert (states["K4"]["state"], states["K4"]["minutes"]) == ("mentioned", 450)
    assert status["coverage"]["K"]["mentioned"] == 2
    assert sum(row["counted_minutes"] for row in hours["by_month"]) == 750
    assert sum(hours["by_module"].values()) == 750
    assert hours["by_type"] == {"other": 750}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("log", "x", "-k", "K31"), "K29"),
        (("log", "x", "-t", "25h"), "25h"),
        (("log", "x", "-t", "0m"), "0m"),
        (("log", "x", "-t", "-5m"), "-5m"),
        (("log", "x", "-t", "2"), "2 h or 2 min"),
        (("log", "  "), "title"),
        (("log", ""), "title"),
        (("log", "x", "-d", "2026-02-30"), "2026-02-30"),
        (("log", "x", "--type", "party"), "party"),
        (("log", "x", "--module", "9"), "9"),
        (("log", "x", "--evidence", "/no/such/file"), "/no/such/file"),
        (("show", "zzzz"), "zzzz"),
        (("show", "abc"), "4"),
        (("redo",), "redo"),
        (("list", "--limit", "many"), "many"),
        (("list", "--limit", "9" * 20), "count"),
        (("coverage", "--by", "colour"), "colour"),
        (("enrolment", "break", "add", "2026-05-10", "2026-05-01"), "10 May 2026"),
        (("enrolment", "change", "--end", "2025-12-01"), "start"),
        (("enrolment", "change", "--target-hours", "100"), "187"),
        (("enrolment", "change", "--target-hours", "400"), "420"),
        (("standard", "show", "ST9999"), "ST9999"),
    ],
)
def test_refusals_are_two_lines_and_change_nothing(
    shell: Shell, words: tuple[str, ...], said: str
) -> None:
    before = shell("history", "--json").out
    assert said in shell.refused(*words)
    assert shell("history", "--json").out == before


@pytest.mark.parametrize(
    "words", [("nonsense",), ("log",), ("log", "x", "--colour"), ("list", "--ksb"), ("show",)]
)
def test_wrong_usage_exits_with_two(shell: Shell, words: tuple[str, ...]) -> None:
    done = shell(*words)
    assert (done.code, done.out) == (2, "")
    assert done.err


def test_a_second_enrolment_never_overlaps(shell: Shell) -> None:
    unit = ("setup", "--standard", "AU0002", "--programme", "au0002-16-weeks")
    assert "ST1512" in shell.refused(*unit, "--start", "2026-09-07")
    assert shell("enrolment", "end", "2026-06-29", "--outcome", "withdrawn").code == 0
    assert shell(*unit, "--start", "2026-06-30").code == 0
    status = shell("status", "--json").json
    assert status["enrolment"]["standard"] == "AU0002"
    assert status["hours"]["max_minutes"] == 8400
    assert list(status["coverage"]) == ["K", "S", "B"]


def test_old_starts_need_agreed_hours_and_late_ones_are_warned_of(bare: Shell) -> None:
    words = ("setup", "--standard", "ST1512", "--programme", "st1512-18-months", "--start")
    assert "--target-hours" in bare.refused(*words, "2025-07-01")
    words = ("setup", "--standard", "ST1512@2.0", *words[3:])
    late = bare(*words, "2026-06-01")
    assert late.code == 0
    assert "21 May 2026" in late.err
    assert "ST1512 v2.1" in late.err, "the version that takes that start is named"


def test_nothing_works_before_set_up_but_says_how_to(bare: Shell) -> None:
    for words in (("status",), ("log", "x"), ("list",), ("undo",)):
        assert "ksbtui setup" in bare.refused(*words)
    assert not bare.path.exists()


def test_as_at_stands_in_for_today_also_in_what_is_written(shell: Shell) -> None:
    entry = shell("log", "Now", "-t", "1h", "--json").json
    assert entry["day"] == "2026-06-30"
    assert entry["created_at"].startswith("2026-06-30T")
    later = shell("log", "Later", "-d", "2026-07-14", "-t", "1h", "--json").json
    assert later["failed_rules"] == ["not-future"]


def test_the_demo_prints_its_path(bare: Shell, tmp_path: Path) -> None:
    done = bare("demo", str(tmp_path / "demo.db"), "--entries", "30")
    assert (done.code, done.out.strip()) == (0, str(tmp_path / "demo.db"))
    bare.path = tmp_path / "demo.db"
    assert bare("list", "--json").json["total"] == 30
    assert "already exists" in bare.refused("demo", str(tmp_path / "demo.db"))


def test_entries_of_a_demo_are_found_by_short_ids(shell: Shell) -> None:
    entry = shell("log", "Findable", "-t", "1h", "--json").json
    assert shell("show", entry["id"][:4], "--json").json == entry
    changed = shell("edit", entry["id"][:5], "-t", "90m", "--paid-back", "--json").json
    assert (changed["minutes"], changed["paid"]) == (90, "paid-back")
    assert shell("delete", entry["id"]).code == 0
    assert shell("list", "--json").json == {"entries": [], "total": 0}
    assert shell("undo").code == 0
    assert json.loads(shell("list", "--json").out)["total"] == 1

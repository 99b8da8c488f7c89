"""The rules from the command line: chosen by the start day, each with its source."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.kit import Shell

PLAN = ("--standard", "ST1512", "--programme", "local-government-14-months", "--start")


@pytest.mark.parametrize(
    ("start", "rules"),
    [
        ("2026-03-02", "otj-2025-08"),
        ("2026-07-31", "otj-2025-08"),
        ("2026-08-01", "otj-2026-08"),
        ("2026-09-07", "otj-2026-08"),
    ],
)
def test_the_start_day_chooses_the_rules(bare: Shell, start: str, rules: str) -> None:
    assert bare("setup", *PLAN, start, "--json").json["rules"] == rules
    found = bare("rules", "--json").json
    assert found["id"] == rules
    assert found["newer"] is None
    for stated in (*found["rules"], *found["types"], *found["guidelines"]):
        assert stated["source"]
        assert stated["confidence"] in "HML"
    said = bare("rules").out
    assert all(kind["source"] in said for kind in found["types"])
    assert "Foundation apprenticeships" in said


def test_each_activity_that_never_counts_prints_its_own_source(bare: Shell) -> None:
    bare("setup", *PLAN, "2026-06-01")
    said = bare("log", "Maths class", "-t", "1h", "--type", "english-maths").out
    assert "English and maths have their own funding" in said
    assert "79.2" in said
    assert "79.5" in bare("log", "Test", "-t", "1h", "--type", "assessment").out


def test_an_entry_outside_the_training_plan_is_kept_and_does_not_count(shell: Shell) -> None:
    made = shell("log", "Extra course", "-t", "1h", "-k", "K1", "--not-in-plan", "--json").json
    assert (made["in_plan"], made["counted"], made["failed_rules"]) == (False, False, ["in-plan"])
    hours = shell("hours", "--json").json
    assert hours["not_counted"] == [{"rule": "in-plan", "entries": 1, "minutes": 60}]
    said = shell("show", made["id"]).out
    assert "not in your training plan" in said
    assert "tutor" in said
    now = shell("edit", made["id"], "--in-plan", "--json").json
    assert (now["in_plan"], now["counted"]) == (True, True)
    shell("undo")
    assert shell("show", made["id"], "--json").json["in_plan"] is False
    assert shell("list", "--json").json["entries"][0]["in_plan"] is False


def test_weekends_and_hours_outside_paid_time_are_asked_about(shell: Shell) -> None:
    saturday = shell("log", "Reading", "-t", "1h", "-d", "2026-06-27", "-k", "K1", "--json").json
    assert (saturday["counted"], saturday["warnings"]) == (True, ["weekend"])
    assert not [a for a in shell("status", "--json").json["alerts"] if a["id"] == "outside-hours"]
    shell("log", "Course", "-t", "3h", "-d", "2026-06-20", "-k", "K1", "--paid-back")
    alert = [a for a in shell("status", "--json").json["alerts"] if a["id"] == "outside-hours"]
    assert "3 h of your 4 h" in alert[0]["text"]
    assert shell("doctor").code == 0


def test_english_or_maths_keeps_a_month_active(shell: Shell) -> None:
    def gaps() -> list[str]:
        alerts = shell("status", "--json").json["alerts"]
        return [a["text"] for a in alerts if a["id"] == "month-without-training"]

    for month in ("01", "02", "03", "05", "06"):
        shell("log", "Course", "-t", "1h", "-d", f"2026-{month}-20", "-k", "K1")
    assert len(gaps()) == 1
    assert "April 2026" in gaps()[0]
    shell("log", "Maths", "-t", "2h", "-d", "2026-04-20", "--type", "english-maths")
    assert gaps() == []
    assert shell("hours", "--json").json["counted_minutes"] == 5 * 60


def older_rules(path: Path) -> None:
    """Put the journal back under the rules that stood before these were shipped."""
    with sqlite3.connect(path) as connection:
        connection.execute(
            "UPDATE record SET body = json_set(body, '$.rules', 'otj-2025-08') "
            "WHERE kind = 'enrolment'"
        )
        (body,) = connection.execute("SELECT body FROM record WHERE kind = 'rules'").fetchone()
        connection.execute("DELETE FROM record WHERE kind = 'rules'")
        connection.execute(
            "INSERT INTO record VALUES ('rules', 'otj-2025-08', "
            "json_set(?, '$.id', 'otj-2025-08', '$.title', 'Kept'), '', '')",
            (body,),
        )


def test_an_enrolment_keeps_its_rules_until_the_learner_changes_them(bare: Shell) -> None:
    bare("setup", *PLAN, "2026-09-07")
    older_rules(bare.path)
    bare.as_at = "2026-11-26"
    assert bare("rules", "--json").json["title"] == "Kept"
    assert bare("rules", "--json").json["newer"] == "otj-2026-08"
    assert "otj-2026-08" in bare("rules").err
    shown = bare("enrolment", "change", "--rules", "otj-2026-08", "--json").json
    assert shown["rules"] == "otj-2026-08"
    assert bare("rules").err == ""
    assert "There are: otj-2025-08, otj-2026-08." in bare.refused(
        "enrolment", "change", "--rules", "otj-1999"
    )
    assert "already" in bare.refused("enrolment", "change", "--rules", "otj-2026-08")


def test_newer_rules_are_told_once(bare: Shell) -> None:
    from ksbtui.journal.journal import Journal

    bare("setup", *PLAN, "2026-09-07")
    older_rules(bare.path)
    journal = Journal(bare.path)
    assert "otj-2026-08" in journal.versions.rules_to_tell()
    assert journal.versions.rules_to_tell() == ""
    assert journal.context.store.record("setting", "demo") is None
    journal.close()
    assert "Set up" in bare("undo").out, "that it was told is nothing to undo"

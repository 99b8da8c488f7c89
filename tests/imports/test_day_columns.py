"""Timesheets with a column for each day: the week they are of, and what is not one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.imports.conftest import Command

WEEK = "Activity,Mon,Tue,Wed\nLecture,2,,1.5\n"
MON_AND_WED = [("2026-01-12", 120), ("2026-01-14", 90)]


@pytest.mark.parametrize(
    "content",
    [
        f"Week commencing 12/01/2026\n\n{WEEK}",
        f"Week ending:,18 January 2026\n{WEEK}",
        f"Timesheet for the week 12/01/2026 - 16/01/2026\n{WEEK}",
        f"Name,Sam,W/E,,2026-01-16\n{WEEK}",
        "Activity,12/01/2026,13/01/2026,14/01/2026\nLecture,2,,1.5\n",
        "Activity,Mon 12 Jan 2026,Tue 13 Jan 2026,Wed 14 Jan 2026\nLecture,2h,,90 min\n",
        "Activity,Mon,Tue,Wed\n,12/01/2026,13/01/2026,14/01/2026\nLecture,2,,1.5\n",
        "Week starting,Activity,Mon,Tue,Wed,Hours\n2026-01-12,Lecture,2,,1.5,3.5\n",
        "Week ending,Activity,Mon,Tue,Wed,Hours\n2026-01-16,Lecture,2,,1.5,3.5\n",
    ],
)
def test_each_time_is_of_its_own_day(enrolled: Command, tmp_path: Path, content: str) -> None:
    path = tmp_path / "week.csv"
    path.write_text(content, encoding="utf-8")
    code, done, err = enrolled("import", path, "--json")
    assert code == 0, err
    assert not done["warnings"]
    entries = enrolled("list", "--json")[1]["entries"]
    assert sorted((entry["day"], entry["minutes"]) for entry in entries) == MON_AND_WED


def test_a_week_of_two_orders_is_asked_for(enrolled: Command, tmp_path: Path) -> None:
    path = tmp_path / "week.csv"
    path.write_text(f"Week: 03/02/2026\n{WEEK}", encoding="utf-8")
    code, _, err = enrolled("import", path)
    assert code == 1
    assert "--date-order dmy" in err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (WEEK, "Write the week above the table"),
        ("Mon,Tue,Wed\n1,2,3\n8,9,10\n", "no columns for a date and hours"),
        ("Week: 12/01/2026\nTime,Mon,Tue,Wed\n09:00,Lecture,,Lab\n", "no columns for"),
        ("Week: 12/01/2026\nActivity,Mon,Tue,Wed\nLecture,2,1,x\n", '"x" is not the time'),
    ],
)
def test_what_cannot_be_read_is_said(
    enrolled: Command, tmp_path: Path, content: str, said: str
) -> None:
    path = tmp_path / "week.csv"
    path.write_text(content, encoding="utf-8")
    code, _, err = enrolled("import", path)
    assert code == 1
    assert said in err


def test_weekdays_beside_a_day_and_hours_are_no_times(enrolled: Command, tmp_path: Path) -> None:
    path = tmp_path / "ticks.csv"
    path.write_text("Date,Activity,Hours,Mon,Tue,Wed\n12/01/2026,Lecture,2,y,,\n", encoding="utf-8")
    enrolled("import", path, "--date-order", "dmy")
    assert [entry["minutes"] for entry in enrolled("list", "--json")[1]["entries"]] == [120]

"""A module of weeks as one entry: its span, its minutes by day, and the way back."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbtui.cli.root import run
from ksbtui.core.days import span_text
from ksbtui.core.entry.entries import Entry
from ksbtui.core.hours.totals import day_shares
from ksbtui.imports.logs.times import first_day_for
from tests.imports.conftest import Command

MODULES = (
    "PQ Modules,Date Completed,Contact Hours,Additional Time,TOTAL,KSBs\n"
    "Financial accounting,13/02/2026,24,17.5,41.5,K1\n"
    "Ethics,20/02/2026,2,1,3,B1\n"
    "Next module,,12,8,20,\n"
)


def put(folder: Path, text: str) -> Path:
    path = folder / "modules.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_module_of_weeks_is_one_entry_with_its_span(enrolled: Command, tmp_path: Path) -> None:
    done = enrolled("import", put(tmp_path, MODULES), "--json")[1]
    assert (done["added"], done["minutes"]) == (3, 41 * 60 + 30 + 180)
    assert [note["row"] for note in done["skipped"]] == [4]
    block = enrolled("list", "--search", "accounting", "--json")[1]["entries"][0]
    assert (block["first_day"], block["day"]) == ("2026-02-06", "2026-02-13")
    assert (block["minutes"], block["ksbs"]) == (2490, ["K1"])
    assert "Contact Hours: 24 h" in block["notes"]
    assert "6 Feb to 13 Feb 2026" in enrolled("show", block["id"])[1]
    hours = enrolled("hours", "--json")[1]
    assert hours["logged_minutes"] == hours["counted_minutes"] == 2490 + 180
    assert enrolled("doctor")[0] == 0
    again = enrolled("import", put(tmp_path, MODULES), "--json")[1]
    assert (again["added"], again["unchanged"]) == (0, 3)
    enrolled("delete", block["id"])
    assert enrolled("hours", "--json")[1]["logged_minutes"] == 180
    assert enrolled("doctor")[0] == 0
    enrolled("undo")
    enrolled("undo")
    assert enrolled("hours", "--json")[1]["logged_minutes"] == 0
    assert enrolled("doctor")[0] == 0


def test_a_block_is_spread_over_its_working_days(enrolled: Command, tmp_path: Path) -> None:
    text = "Start date,Date completed,Activity,Hours\n19/01/2026,06/02/2026,Data module,30\n"
    assert enrolled("import", put(tmp_path, text), "--date-order", "dmy", "--json")[1]["added"] == 1
    months = {m["month"]: m["counted_minutes"] for m in enrolled("hours", "--json")[1]["by_month"]}
    assert (months["2026-01"], months["2026-02"]) == (1200, 600)


def test_a_day_of_27_hours_is_refused_and_told_what_is_missing(
    enrolled: Command, tmp_path: Path
) -> None:
    text = "Date,Activity,Hours\n19/01/2026,Data module,27\n"
    code, out, err = enrolled("import", put(tmp_path, text), "--json")
    assert (code, out) == (1, "")
    assert "27 h is more than a day, and the first day is missing" in err


def test_a_block_can_be_edited_and_goes_from_journal_to_journal(
    enrolled: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    enrolled("import", put(tmp_path, MODULES))
    block = enrolled("list", "--search", "accounting", "--json")[1]["entries"][0]
    assert enrolled("edit", block["id"], "--learned", "Accruals.", "--json")[1]["minutes"] == 2490
    assert enrolled("edit", block["id"], "-d", "2026-02-01")[0] == 1
    whole = tmp_path / "whole.json"
    enrolled("export", "json", whole)
    other = ["--journal", str(tmp_path / "other.db"), "--as-at", "2026-03-02"]
    assert run([*other, "import", str(whole), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["minutes"] == 2670
    assert run([*other, "doctor"]) == 0


@given(
    last=st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    length=st.integers(0, 40),
    minutes=st.integers(1, 60_000),
)
def test_the_days_of_a_block_add_up(last: date, length: int, minutes: int) -> None:
    first = date.fromordinal(last.toordinal() - length)
    block = Entry("a", last, minutes, "Module", first_day=first if length else None)
    found = day_shares(block)
    assert sum(share.minutes for share in found) == minutes
    assert sum(share.entries for share in found) == 1
    assert all(first <= share.day <= last for share in found)
    assert all(a.day < b.day for a, b in pairwise(found))


def test_a_span_is_counted_back_at_a_working_day_a_day() -> None:
    monday = date(2026, 3, 2)
    assert first_day_for(monday, 450) == monday
    assert first_day_for(monday, 451) == date(2026, 2, 27)
    assert first_day_for(date(2026, 3, 1), 450) == date(2026, 2, 27)
    assert span_text(date(2025, 12, 30), monday) == "30 Dec 2025 to 2 Mar 2026"

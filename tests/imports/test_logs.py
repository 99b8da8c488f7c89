"""Training logs as people keep them, brought in and brought in again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ksbtui.core.exchange.imported import Reading
from ksbtui.errors import Unreadable
from ksbtui.imports.logs import read_log
from ksbtui.imports.logs.words import codes_in_cell, codes_in_text, read_type, role_of
from ksbtui.imports.source import Options
from ksbtui.imports.tables.files import csv_rows
from ksbtui.imports.tables.grid import Grid
from ksbtui.imports.times import order_of, read_day, read_hours, read_minutes, read_span
from tests.imports import messy
from tests.imports.conftest import Command

AS_AT = date(2026, 3, 2)


def read(text: str, **said: Any) -> Reading:
    """The activities of separated text."""
    return read_log([Grid("log", csv_rows(text))], Options(AS_AT, **said))


def brief(reading: Reading) -> list[tuple[str, int, str]]:
    return [(a.day.isoformat(), a.minutes, a.title) for a in reading.activities]


def test_a_messy_workbook_gives_the_totals_counted_by_hand(
    enrolled: Command, tmp_path: Path
) -> None:
    path = messy.write(tmp_path / "log.xlsx", messy.LOG, messy.SECOND)
    plan = enrolled("import", path, "--dry-run", "--json")[1]
    assert (plan["added"], plan["minutes"]) == (messy.ENTRIES, messy.MINUTES)
    assert enrolled("list", "--json")[1]["total"] == 0
    done = enrolled("import", path, "--json")[1]
    assert (done["added"], done["changed"], done["missing"]) == (messy.ENTRIES, 0, 0)
    assert {note["row"]: note["reason"] for note in done["skipped"]} == messy.SKIPPED
    odd = {note["row"]: note["reason"] for note in done["warnings"] if note["where"] == "Log"}
    assert sorted(odd) == [11, 13, 15, 24]
    assert "table 3 was not read" in odd[24]
    assert "2062" in odd[11]
    assert "5 h" in odd[15]
    hours = enrolled("hours", "--json")[1]
    assert hours["logged_minutes"] == messy.MINUTES
    assert hours["counted_minutes"] == messy.MINUTES - 60 - 45
    entries = {entry["title"]: entry for entry in enrolled("list", "--json")[1]["entries"]}
    assert entries["Watched the help desk"]["ksbs"] == ["K1", "K3", "S4"]
    assert entries["Watched the help desk"]["type"] == "shadowing"
    assert entries["Notes on K9 and S2"]["ksbs"] == ["K9", "S2"]
    assert "K99" in entries["A day of twelve hours"]["notes"]
    assert (entries["Evening"]["paid"], entries["Evening"]["module"]) == ("paid-back", 2)
    assert entries["At home"]["notes"] == "Category: Wibble"
    assert enrolled("undo")[0] == 0
    assert enrolled("list", "--json")[1]["total"] == 0


def test_ten_grown_versions_end_at_the_same_totals(enrolled: Command, tmp_path: Path) -> None:
    for log, second in messy.versions():
        path = messy.write(tmp_path / "log.xlsx", log, second)
        assert enrolled("import", path, "--json")[0] == 0
    assert enrolled("hours", "--json")[1]["logged_minutes"] == messy.MINUTES
    assert enrolled("list", "--json")[1]["total"] == messy.ENTRIES
    last = enrolled("import", path, "--json")[1]
    assert (last["added"], last["changed"], last["unchanged"]) == (0, 0, messy.ENTRIES)
    titles = {entry["title"] for entry in enrolled("list", "--json")[1]["entries"]}
    assert "Watched the help desk" in titles


def test_versions_under_other_names_are_the_same_log(enrolled: Command, tmp_path: Path) -> None:
    for number, (log, second) in enumerate(messy.versions()[4:], start=5):
        path = messy.write(tmp_path / f"march v{number}.xlsx", log, second)
        assert enrolled("import", path, "--json")[0] == 0
    assert enrolled("hours", "--json")[1]["logged_minutes"] == messy.MINUTES


LOG = "Date,Activity,Hours,Notes\n2026-01-14,Reading,1,\n2026-01-15,Prompt workshop,2,\n"


def put(folder: Path, text: str, name: str = "log.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_what_was_changed_here_stays_and_the_rest_follows(
    enrolled: Command, tmp_path: Path
) -> None:
    first = enrolled("import", put(tmp_path, LOG), "--json")[1]["added_ids"]
    enrolled("edit", first[0], "-k", "K1", "-t", "75m")
    grown = LOG.replace("Reading,1,", "Reading,1.5,Two papers") + "2026-01-16,Call,1,\n"
    done = enrolled("import", put(tmp_path, grown), "--json")[1]
    assert (done["added"], done["changed"], done["unchanged"]) == (1, 1, 1)
    assert [note["reason"] for note in done["warnings"]] == [
        "its time changed here and in the file; yours is kept"
    ]
    entry = enrolled("show", first[0], "--json")[1]
    assert (entry["minutes"], entry["notes"], entry["ksbs"]) == (75, "Two papers", ["K1"])
    again = enrolled("import", put(tmp_path, grown), "--json")[1]
    assert (again["changed"], again["warnings"]) == (0, [])


def test_vanished_rows_are_listed_and_kept_unless_told(enrolled: Command, tmp_path: Path) -> None:
    enrolled("import", put(tmp_path, LOG))
    shorter = put(tmp_path, LOG.replace("2026-01-14,Reading,1,\n", ""))
    assert enrolled("import", shorter, "--json")[1]["missing"] == 1
    assert enrolled("list", "--json")[1]["total"] == 2
    back = enrolled("import", put(tmp_path, LOG), "--json")[1]
    assert (back["added"], back["unchanged"], back["missing"]) == (0, 2, 0)
    gone = enrolled("import", put(tmp_path, LOG.splitlines()[0] + "\n" + LOG.splitlines()[2]),
                    "--remove-missing", "--json")[1]  # fmt: skip
    assert (gone["missing"], gone["removed"]) == (1, 1)
    assert enrolled("list", "--json")[1]["total"] == 1


def test_an_entry_deleted_here_does_not_come_back(enrolled: Command, tmp_path: Path) -> None:
    ids = enrolled("import", put(tmp_path, LOG), "--json")[1]["added_ids"]
    enrolled("delete", ids[0])
    again = enrolled("import", put(tmp_path, LOG), "--json")[1]
    assert (again["added"], again["unchanged"], again["missing"]) == (0, 1, 0)
    assert "deleted" in again["skipped"][0]["reason"]


def test_rows_that_cannot_be_read_are_refused_unless_told(
    enrolled: Command, tmp_path: Path
) -> None:
    path = put(tmp_path, LOG + "31/02/2026,Leap,1,\n2026-01-17,Long,lots,\n")
    code, out, err = enrolled("import", path, "--json")
    assert (code, out) == (1, "")
    assert "row 4" in err
    assert "row 5" in err
    assert enrolled("list", "--json")[1]["total"] == 0
    done = enrolled("import", path, "--keep-going", "--json")[1]
    assert (done["added"], [note["row"] for note in done["skipped"]]) == (2, [4, 5])


def test_columns_can_be_named_and_the_choice_kept(enrolled: Command, tmp_path: Path) -> None:
    odd = put(tmp_path, "x,y,z,w\n14/01/2026,Reading,30,1\n15/01/2026,Talk,45,\n", "odd.csv")
    assert enrolled("import", odd)[0] == 1
    mapped = ("--map", "day=A,title=B,minutes=C,hours=D", "--header-row", "1")
    done = enrolled("import", odd, *mapped, "--save-map", "odd", "--json")[1]
    assert done["minutes"] == 30 + 60 + 45
    later = put(tmp_path, "x,y,z,w\n16/01/2026,Visit,30,\n", "later.csv")
    assert enrolled("import", later, "--use-map", "odd", "--json")[1]["minutes"] == 30
    assert enrolled("import", odd, "--map", "when=A")[0] == 1


LAYOUTS = [
    (
        "PQ Modules,Contact Hours,Additional Time,TOTAL,Date Completed\nTax,2,1.5,3.5,14/01/2026\n",
        [("2026-01-14", 120, "Tax"), ("2026-01-14", 90, "Tax")],
    ),
    (
        "Date,Shadowing,In-house training,Research,Core reading,Other\n14/01/26,1,,,0.5,\n",
        [("2026-01-14", 60, "Shadowing"), ("2026-01-14", 30, "Core reading")],
    ),
    (
        "Activity;Learning outcome;Date Completed;Hours;KSB mapping\n"
        "Talk;Caution;14 Jan 2026;1,5;K1\n",
        [("2026-01-14", 90, "Talk")],
    ),
    (
        "Module,Date,OTJ method,Activity,K codes,S codes,Hours,Minutes\n"
        "1,14/1/2026,Visit,Tour,3,,1,15\n",
        [("2026-01-14", 75, "Tour")],
    ),
    (
        "Date(s),Description,Category,Time (hours:minutes)\n2026-01-14,Tour,Visit,1:15\n",
        [("2026-01-14", 75, "Tour")],
    ),
    (
        "Week,Day,What did you do?,Time spent,K1,K2,S1\n1,14/01/2026,Tour,1h 15m,x,,y\n",
        [("2026-01-14", 75, "Tour")],
    ),
    (
        "Start,End,Description,Total hours\n2026-01-14 09:00,2026-01-14 10:15,Tour,1.25\n",
        [("2026-01-14", 75, "Tour")],
    ),
    (
        "Date,Activity,Hours,,Date,Activity,Hours\n14/01/2026,Tour,1,,15/01/2026,Talk,2\n",
        [("2026-01-14", 60, "Tour"), ("2026-01-15", 120, "Talk")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), LAYOUTS)
def test_providers_layouts_are_found_by_their_headings(
    text: str, expected: list[tuple[str, int, str]]
) -> None:
    assert sorted(brief(read(text))) == sorted(expected)


def test_columns_of_ticks_and_of_codes_tag_the_entry() -> None:
    assert read(LAYOUTS[5][0]).activities[0].codes == ("K1", "S1")
    assert read(LAYOUTS[3][0]).activities[0].codes == ("K3",)


def test_nothing_written_is_lost() -> None:
    reading = read("Date,Activity,Hours,Room,Comments\n14/01/2026,Talk,1,Blue room,Good\n")
    assert reading.activities[0].notes == "Good\n\nRoom: Blue room"


def test_a_file_without_a_log_is_refused_with_the_way_out() -> None:
    with pytest.raises(Exception, match="no columns for a date and hours") as refusal:
        read("Colour,Size\nred,3\n")
    assert "--map" in refusal.value.hint  # type: ignore[attr-defined]


def test_days_that_may_be_either_are_asked_for_unless_something_tells() -> None:
    both = "Date,Activity,Hours\n03/04/2025,A,1\n05/04/2025,B,1\n"
    with pytest.raises(Unreadable, match="03/04/2025") as refusal:
        read(both)
    assert "--date-order" in refusal.value.hint
    assert read(both, order="dmy").activities[0].day == date(2025, 4, 3)
    assert read(both, order="mdy").activities[0].day == date(2025, 3, 4)
    months = read(both + "01/20/2026,C,1\n")
    assert months.activities[0].day == date(2025, 3, 4)
    assert "month first" in months.warnings[0].reason
    for told in ("20/01/2026,C,1\n", "01/05/2025,C,1\n06/05/2025,D,1\n"):
        assert read(both + told).activities[0].day == date(2025, 4, 3)
    one = "Date,Activity,Hours\n05/02/2026,A,1\n"
    assert read(one, first=date(2026, 1, 12)).activities[0].day == date(2026, 2, 5)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("Wed 14th January 2026", "2026-01-14"),
        ("14-Jan-26", "2026-01-14"),
        ("Jan 14, 2026", "2026-01-14"),
        ("14.1.2026", "2026-01-14"),
        ("2026-01-14T09:00:00", "2026-01-14"),
        ("14 Jan", "2026-01-14"),
        (46_036, "2026-01-14"),
    ],
)
def test_days_are_read_as_people_write_them(cell: Any, day: str) -> None:
    assert read_day(cell, "dmy", AS_AT)[0].isoformat() == day


@pytest.mark.parametrize(
    "cell",
    [
        "14/01/2026 - 16/01/2026",
        "14-16 Jan 2026",
        "14 Jan to 16 Jan 2026",
        "14th & 16th January 2026",
    ],
)
def test_a_span_of_days_is_read_with_its_first_day(cell: str) -> None:
    assert read_span(cell, "dmy", AS_AT)[:2] == (date(2026, 1, 16), date(2026, 1, 14))


@pytest.mark.parametrize("cell", ["31/02/2026", "soon", "14/01/0206", "Week 3", 7])
def test_what_is_no_day_is_refused(cell: Any) -> None:
    with pytest.raises(Unreadable):
        read_day(cell, "dmy", AS_AT)


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        *((1, 60), (0.25, 15), ("1.5", 90), ("1,5", 90), ("1h30", 90), ("1:30", 90), ("1½", 90)),
        *(("2 hours", 120), ("90 min", 90), ("1 hour and 15 minutes", 75), ("~2h", 120)),
        *(("09:00-10:30", 90), ("9am - 12:30pm", 210), ("half day", 210), ("7.5hrs", 450)),
    ],
)
def test_hours_are_read_as_people_write_them(cell: Any, minutes: int) -> None:
    assert read_hours(cell)[0] == minutes


@pytest.mark.parametrize("cell", [90, "90", -1, "lots", "1:75", 25, "1 day"])
def test_what_is_no_time_of_one_activity_is_refused(cell: Any) -> None:
    with pytest.raises(Unreadable):
        read_hours(cell)


def test_minutes_columns_hold_minutes() -> None:
    assert read_minutes("90")[0] == read_minutes(90)[0] == read_minutes("1h30")[0] == 90


def test_codes_are_found_in_cells_and_in_running_text() -> None:
    assert codes_in_cell("1, 3 & 5", "K") == ("K1", "K3", "K5")
    assert codes_in_cell("k1-k3; Skill 2") == ("K1", "K2", "K3", "S2")
    assert codes_in_text("Showed K14, S3-S5 and B01 in room K2B on 1 May") == (
        *("K14", "S3", "S4", "S5", "B1"),
    )
    assert codes_in_text("ask1 s3 K0") == ()


def test_headings_mean_what_people_mean() -> None:
    said = {
        "Date of training": "day",
        "OTJ Hours": "hours",
        "In normal working hours? (Y/N)": "paid",
        "Cumulative hours": "ignore",
        "Manager signature": "ignore",
        "Total Hours": "total",
        "Type of activity": "type",
        "Activity": "title",
        "How will you apply it?": "learned",
        "KSBs covered": "ksbs",
        "K 7": "code:K7",
        "Favourite colour": "",
    }
    assert {heading: role_of(heading) for heading in said} == said


def test_words_for_activities_are_known() -> None:
    assert [read_type(w) for w in ("Job shadowing", "1:1", "E-learning", "Blended")] == [
        *("shadowing", "coaching", "e-learning", ""),
    ]


def test_the_order_of_days_is_proved_by_the_whole_column() -> None:
    assert order_of(["01/02/2026", "13/02/2026"]) == "dmy"
    assert order_of(["13/02/2026", "02/13/2026"]) == "both"
    assert order_of(["2026-02-01"]) == ""


def test_one_time_told_three_ways_is_one_time(tmp_path: Path, enrolled: Command) -> None:
    told = "Date,Hours,Minutes,HH:MM,Activity\n14/01/2026,2.33,140,2:20,Workshop\n"
    parts = "Date,Hours,Minutes,Activity\n15/01/2026,2,20,Parts\n16/01/2026,1,1,More\n"
    for name, text, minutes in (("told.csv", told, 140), ("parts.csv", parts, 140 + 61)):
        (tmp_path / name).write_text(text)
        assert enrolled("import", tmp_path / name, "--json")[1]["minutes"] == minutes


def test_links_in_a_log_become_evidence_and_new_ones_are_added(
    tmp_path: Path, enrolled: Command
) -> None:
    path = tmp_path / "log.csv"
    head = "Date,Hours,Activity,Notes,Evidence\n14/01/2026,2,Workshop,Said little,"
    path.write_text(f'{head}"Map (https://a.example/map_(1))\nsee my folder"\n')
    enrolled("import", path)
    (entry,) = enrolled("list", "--json")[1]["entries"]
    assert [(e["title"], e["target"]) for e in entry["evidence"]] == [
        ("Map", "https://a.example/map_(1)"),
    ]
    assert entry["notes"] == "Said little\n\nsee my folder"
    path.write_text(f'{head}"Map (https://a.example/map_(1))\nhttps://b.example.\nsee my folder"\n')
    assert enrolled("import", path, "--json")[1]["changed"] == 1
    (entry,) = enrolled("list", "--json")[1]["entries"]
    assert [e["target"] for e in entry["evidence"]][1:] == ["https://b.example"]
    assert enrolled("import", path, "--json")[1]["unchanged"] == 1


TWO = (
    "Taught,,\nDate,Activity,Hours\n14/01/2026,Lecture,2\n\n"
    "Alone,,\nWhen it was,Thing,Figure\n15/01/2026,Notes,30\n"
)


def test_a_table_is_read_by_itself_and_mapped_by_itself(enrolled: Command, tmp_path: Path) -> None:
    path = put(tmp_path, TWO)
    plan = enrolled("import", path, "--dry-run", "--json")[1]
    assert [(t["number"], t["title"], t["rows"], t["minutes"]) for t in plan["tables"]] == [
        (1, "Taught", 1, 120),
        (2, "Alone", 0, 0),
    ]
    assert "table 2" in plan["warnings"][0]["reason"]
    columns = {c["heading"]: c["means"] for c in plan["tables"][0]["columns"]}
    assert columns == {"Date": "day", "Activity": "title", "Hours": "time in hours"}
    assert enrolled("import", path, "--table", "1", "--dry-run", "--json")[1]["warnings"] == []
    assert enrolled("import", path, "--table", "3")[0] == 1
    mapped = ("--map", "day=When it was,title=Thing,minutes=Figure", "--save-map", "alone")
    both = enrolled("import", path, *mapped, "--json")[1]
    assert (both["added"], both["minutes"], both["warnings"]) == (2, 150, [])
    later = put(tmp_path, TWO.replace("Notes,30", "Essay,45").replace("15/01", "16/01"), "b.csv")
    offered = enrolled("import", later, "--dry-run", "--json")[1]
    assert offered["maps"] == [{"name": "alone", "table": 2}]
    assert "--use-map alone" in enrolled("import", later, "--dry-run")[2]
    again = enrolled("import", later, "--use-map", "alone", "--json")[1]
    assert again["added"] == 2
    assert not [note for note in again["warnings"] if "table" in note["reason"]]


def test_sums_that_disagree_with_the_rows_taken_are_told() -> None:
    text = "Date,Activity,Hours\n14/01/2026,A,2\n,B,3\n15/01/2026,C,1\nTotal,,6\n"
    reading = read(text)
    assert [note.row for note in reading.skipped] == [3, 5]
    assert [note.reason for note in reading.warnings] == [
        "its total is 6 h, the rows above it add up to 3 h"
    ]
    assert not read(text.replace(",B,3\n", "").replace("Total,,6", "Total,,3")).warnings

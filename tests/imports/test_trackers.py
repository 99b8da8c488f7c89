"""Calendars, time trackers, journals and notes, each from a small sample."""

# ruff: noqa: E501 - samples stand as the programs write them
from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest

from ksbtui.cli.root import run
from ksbtui.core.exchange.imported import Reading
from ksbtui.errors import KsbtuiError, Unreadable
from ksbtui.imports import read_activities
from ksbtui.imports.source import Options
from ksbtui.imports.trackers import calendars
from tests.imports.conftest import Command

OPTIONS = Options(date(2026, 3, 2), first=date(2026, 1, 12), last=date(2026, 3, 2))

Found = list[tuple[str, int, str, tuple[str, ...]]]


def calendar(*events: str) -> str:
    """An iCalendar of events, each given as its lines."""
    body = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{body}END:VCALENDAR\n"
    return text.replace("\n", "\r\n")


def brief(reading: Reading) -> Found:
    return [(a.day.isoformat(), a.minutes, a.title, a.codes) for a in reading.activities]


def read(folder: Path, name: str, text: str, options: Options = OPTIONS) -> tuple[Reading, str]:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return read_activities(path, options)


TOGGL = """User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags
Sam,s@example.org,,Apprenticeship,,Prompt workshop,No,2026-01-14,09:00:00,2026-01-14,10:30:00,01:30:00,"K1, Workshop"
Sam,s@example.org,,Apprenticeship,,Running,No,2026-01-15,09:00:00,,,,
"""
CLOCKIFY = """"Project","Client","Description","Task","User","Group","Email","Tags","Billable","Start Date","Start Time","End Date","End Time","Duration (h)","Duration (decimal)"
"Course","","Prompt workshop","","Sam","","s@example.org","K1","No","14/01/2026","09:00:00 AM","14/01/2026","10:30:00 AM","01:30:00","1.50"
"""
WATSON = json.dumps(
    [
        {
            "id": "a",
            "start": "2026-01-14T09:00:00+00:00",
            "stop": "2026-01-14T10:30:00+00:00",
            "project": "Prompt workshop",
            "tags": ["K1", "workshop"],
        }
    ]
)
FRAMES = json.dumps([[1768381200, 1768386600, "Prompt workshop", "a", ["K1"], 1768386600]])
TIMEW = json.dumps(
    [
        {"id": 2, "start": "20260114T090000Z", "end": "20260114T103000Z",
         "tags": ["K1", "Prompt workshop"]},
        {"id": 1, "start": "20260115T090000Z", "tags": ["K1"]},
    ]
)  # fmt: skip
JRNL = json.dumps(
    {
        "tags": {"@K1": 1},
        "entries": [
            {"title": "Prompt workshop", "body": "Time: 1h30\nWe tried.", "date": "2026-01-14",
             "time": "09:00", "tags": ["@K1"], "starred": False},
            {"title": "No time", "body": "", "date": "2026-01-15", "time": "09:00", "tags": []},
        ],
    }
)  # fmt: skip
JRNL_TEXT = (
    "[2026-01-14 09:00] Prompt workshop\nTime: 1h30\nWe tried. @K1\n\n[2026-01-15 09:00] Nothing\n"
)
DAY_ONE = json.dumps(
    {
        "metadata": {"version": "1.0"},
        "entries": [
            {"uuid": "A", "creationDate": "2026-01-14T09:00:00Z", "tags": ["K1"],
             "text": "# Prompt workshop\n\nTime: 90 min\n\n## What I learned\n\nAsk twice\\."}
        ],
    }
)  # fmt: skip
NOTE = "---\ndate: 2026-01-14\nhours: 1.5\nksbs: [K1]\ntype: workshop\n---\n# Prompt workshop\n\nWe tried.\n"
ICS = calendar(
    "UID:1\nSUMMARY:Prompt workshop\nDTSTART:20260114T090000Z\nDTEND:20260114T103000Z\nCATEGORIES:K1"
)
SAMPLES = [
    ("t.csv", TOGGL, "toggl"),
    ("c.csv", CLOCKIFY, "clockify"),
    ("w.json", WATSON, "watson"),
    ("frames", FRAMES, "watson"),
    ("timew.json", TIMEW, "timewarrior"),
    ("j.json", JRNL, "jrnl-json"),
    ("j.txt", JRNL_TEXT, "jrnl"),
    ("d.json", DAY_ONE, "dayone"),
    ("2026-01-14 note.md", NOTE, "notes"),
    ("cal.ics", ICS, "ics"),
]


@pytest.mark.parametrize(("name", "text", "format"), SAMPLES)
def test_each_format_is_known_by_its_content(
    tmp_path: Path, name: str, text: str, format: str
) -> None:
    reading, found = read(tmp_path, name, text)
    assert found == format
    assert brief(reading) == [("2026-01-14", 90, "Prompt workshop", ("K1",))]
    assert not reading.refused


def test_what_was_learned_stands_apart(tmp_path: Path) -> None:
    (activity,) = read(tmp_path, "d.json", DAY_ONE)[0].activities
    assert (activity.learned, activity.notes) == ("Ask twice.", "Time: 90 min")


def test_notes_without_a_time_are_skipped_or_given_one(tmp_path: Path) -> None:
    reading, _ = read(tmp_path, "j.json", JRNL)
    (note,) = reading.skipped
    assert note.row == 2
    assert "--time" in note.reason
    given = Options(OPTIONS.as_at, minutes=45)
    assert [a.minutes for a in read(tmp_path, "j.json", JRNL, given)[0].activities] == [90, 45]


def test_a_folder_of_notes_needs_no_front_matter(enrolled: Command, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.md").write_text(NOTE, "utf-8")
    (folder / "2026-01-15-visit.md").write_text("Duration: 2h\n\nSaw the archive, S3.", "utf-8")
    (folder / "index.md").write_text("# List\n", "utf-8")
    done = enrolled("import", folder, "--json")[1]
    assert (done["added"], done["minutes"]) == (2, 210)
    assert [note["reason"] for note in done["skipped"]] == ["no date"]
    entries = {entry["title"]: entry for entry in enrolled("list", "--json")[1]["entries"]}
    assert (entries["visit"]["ksbs"], entries["Prompt workshop"]["type"]) == (["S3"], "workshop")


def test_calendars_keep_to_the_days_asked_for_and_to_london(tmp_path: Path) -> None:
    weekly = "UID:1\nSUMMARY:Weekly\nRRULE:FREQ=WEEKLY\nEXDATE;TZID=Europe/London:20260126T090000"
    times = "DTSTART;TZID=Europe/London:20260112T090000\nDTEND;TZID=Europe/London:20260112T100000"
    moved = (
        "UID:1\nSUMMARY:Moved\nRECURRENCE-ID;TZID=Europe/London:20260119T090000\n"
        "DTSTART;TZID=Europe/London:20260120T140000\nDTEND;TZID=Europe/London:20260120T153000"
    )
    text = calendar(
        f"{weekly}\n{times}",
        moved,
        "UID:2\nSUMMARY:Evening in New York\nDTSTART;TZID=America/New_York:20260112T200000\nDURATION:PT1H",
        "UID:3\nSUMMARY:Leave\nDTSTART;VALUE=DATE:20260120",
        "UID:4\nSUMMARY:Off\nSTATUS:CANCELLED\nDTSTART:20260120T090000Z\nDTEND:20260120T100000Z",
        "UID:5\nSUMMARY:Before\nDTSTART:20251201T090000Z\nDTEND:20251201T100000Z",
    )
    reading, _ = read(tmp_path, "cal.ics", text)
    found = [(day, minutes, title) for day, minutes, title, _ in brief(reading)]
    assert found[:3] == [
        ("2026-01-12", 60, "Weekly"),
        ("2026-01-13", 60, "Evening in New York"),
        ("2026-01-20", 90, "Moved"),
    ]
    assert [day for day, _, title in found if title == "Weekly"] == [
        *("2026-01-12", "2026-02-02", "2026-02-09", "2026-02-16", "2026-02-23", "2026-03-02"),
    ]
    assert [note.reason.split(" (")[0] for note in reading.skipped] == [
        *("all day, so no hours", "cancelled"),
    ]


WEEKLY = "UID:1\nSUMMARY:Weekly\nDTSTART;TZID=Europe/London:20260302T090000\nDURATION:PT1H\n"
LATER = Options(date(2026, 4, 30), first=date(2026, 3, 1), last=date(2026, 4, 30))


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("RRULE:FREQ=WEEKLY;COUNT=2", ["03-02", "03-09"]),
        ("RRULE:FREQ=WEEKLY;UNTIL=20260309T090000Z", ["03-02", "03-09"]),
        ("RRULE:FREQ=WEEKLY;UNTIL=20260309", ["03-02", "03-09"]),
        ("RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;VALUE=DATE:20260309", ["03-02", "03-16"]),
        ("RRULE:FREQ=MONTHLY;BYDAY=1MO", ["03-02", "04-06"]),
        ("RDATE;TZID=Europe/London:20260305T090000", ["03-02", "03-05"]),
        (
            "RRULE:FREQ=WEEKLY;COUNT=5",
            ["03-02", "03-09", "03-16", "03-23", "03-30"],
        ),
        ("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", ["03-02"]),
    ],
)
def test_a_rule_gives_its_days_at_the_same_hour(tmp_path: Path, rule: str, days: list[str]) -> None:
    reading, _ = read(tmp_path, "cal.ics", calendar(WEEKLY + rule), LATER)
    assert brief(reading) == [(f"2026-{day}", 60, "Weekly", ()) for day in days]


def test_a_series_moved_from_one_day_on_stays_moved(tmp_path: Path) -> None:
    onwards = (
        "UID:1\nSUMMARY:Moved\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/London:20260316T090000\n"
        "DTSTART;TZID=Europe/London:20260317T230000\nDTEND;TZID=Europe/London:20260318T003000"
    )
    gone = "EXDATE;TZID=Europe/London:20260309T090000"
    text = calendar(f"{WEEKLY}RRULE:FREQ=WEEKLY;COUNT=4\n{gone}", onwards)
    reading, _ = read(tmp_path, "cal.ics", text, LATER)
    assert [(day, minutes) for day, minutes, _, _ in brief(reading)] == [
        *(("2026-03-02", 60), ("2026-03-17", 90), ("2026-03-24", 90)),
    ]


HOSTILE = [
    ("x.ics", calendar("UID:1\nDTSTART:20260112T090000Z\nDTEND:20260112T100000Z\nRRULE:FREQ=SECONDLY")),
    ("x.ics", calendar("UID:1\nDTSTART:20260112T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=0")),
    ("x.ics", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"),
    ("x.json", "[" * 100_000),
    ("x.json", '[{"id": 1, "start": "2026'),
    ("x.csv", "\0\1\2\3" * 50),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), HOSTILE)
def test_hostile_files_are_refused_at_once(tmp_path: Path, name: str, text: str) -> None:
    begun = time.monotonic()
    with pytest.raises(KsbtuiError) as refusal:
        read(tmp_path, name, text)
    assert refusal.value.hint
    assert time.monotonic() - begun < 5


def test_an_event_without_a_start_is_named(tmp_path: Path) -> None:
    reading, _ = read(tmp_path, "x.ics", calendar("UID:1\nSUMMARY:When?", "UID:2\nDTSTART:soon"))
    assert [note.row for note in reading.refused] == [1, 2]


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(TOGGL, "utf-8")
    with pytest.raises(KsbtuiError, match="does not read the format"):
        read_activities(path, OPTIONS, "excel")
    with pytest.raises(Unreadable):
        read_activities(path, OPTIONS, "watson")


def test_the_same_calendar_again_adds_only_what_is_new(enrolled: Command, tmp_path: Path) -> None:
    path = tmp_path / "cal.ics"
    weekly = (
        "UID:1\nSUMMARY:Class\nDTSTART:20260112T090000Z\nDTEND:20260112T100000Z\nRRULE:FREQ=WEEKLY"
    )
    path.write_text(calendar(weekly), "utf-8", newline="")
    first = enrolled("import", path, "--to", "2026-02-01", "--json")[1]
    assert (first["added"], first["minutes"]) == (3, 180)
    again = enrolled("import", path, "--to", "2026-02-08", "--json")[1]
    assert (again["added"], again["unchanged"], again["missing"]) == (1, 3, 0)


def test_ksbtuis_own_json_restores_and_merges(
    enrolled: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    enrolled("log", "Dough", "-t", "2h", "-k", "K1")
    whole = tmp_path / "whole.json"
    assert enrolled("export", "json", whole)[0] == 0
    assert enrolled("import", whole, "--json")[1]["unchanged"] == 1
    other = ["--journal", str(tmp_path / "other.db")]
    assert run([*other, "import", str(whole), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["added"] == 1
    again = tmp_path / "again.json"
    assert run([*other, "export", "json", str(again)]) == 0
    assert again.read_bytes() == whole.read_bytes()


DIARY = """# Journal

I keep this for my apprenticeship.

## 12 January 2026 - Dropping parts into the plan

Today I placed the main parts.

### What I learned

Slow is smooth.

### Time Spent: 2 Hours

---

## Wed 14th January 2026: Setting up, K4

**Total time spent: 1.5 hours**

Text.

## 15/01/2026

Time taken: 45 mins
Read a paper @S3
"""
DAILY = """# January 16: Two things

## Workshop (1h30)

We tried. #K1

## Coaching

Duration:: 30 min

### What I learned

Ask.
"""


def test_one_file_with_a_heading_for_each_day(tmp_path: Path) -> None:
    reading, format = read(tmp_path, "journal.md", DIARY)
    assert format == "diary"
    assert brief(reading) == [
        ("2026-01-12", 120, "Dropping parts into the plan", ()),
        ("2026-01-14", 90, "Setting up, K4", ("K4",)),
        ("2026-01-15", 45, "Read a paper @S3", ("S3",)),
    ]
    assert reading.activities[0].learned == "Slow is smooth."


def test_a_day_of_several_parts_gives_an_activity_for_each(tmp_path: Path) -> None:
    reading, format = read(tmp_path, "january.md", DAILY)
    assert format == "diary"
    assert brief(reading) == [
        ("2026-01-16", 90, "Workshop (1h30)", ("K1",)),
        ("2026-01-16", 30, "Coaching", ()),
    ]


@pytest.mark.parametrize(
    "stamp",
    ["[2026-01-14 09:00]", "[2026-01-14 09:00:00 AM]", "2026-01-14 09:00", "[14/01/2026 09:00]",
     "[14.01.2026 9.00]", "[14 Jan 2026 09:00]", "[Wed, 14 January 2026]", "[January 14, 2026 at 9:00 AM]",
     "[2026-01-14T09:00]"],
)  # fmt: skip
def test_jrnl_is_read_with_any_form_of_date_tags_and_stars(tmp_path: Path, stamp: str) -> None:
    text = f"{stamp} * Prompt workshop\nTime: 1h30\nWe tried. @K1\n\n{stamp} Nothing *\n"
    reading, format = read(tmp_path, "j.txt", text)
    assert (format, brief(reading)) == ("jrnl", [("2026-01-14", 90, "Prompt workshop", ("K1",))])
    assert len(reading.skipped) == 1


def test_a_folder_of_jrnl_and_of_daily_notes(tmp_path: Path) -> None:
    folder = tmp_path / "journal"
    (folder / "2026" / "01").mkdir(parents=True)
    (folder / "2026" / "01" / "14.txt").write_text("[2026-01-14 09:00] Talk (1h)\nK1\n", "utf-8")
    (folder / "2026" / "01" / "15.txt").write_text("Read the policy\nTime: 30m\n", "utf-8")
    (folder / "2026-01-16.md").write_text("time:: 2h\n\nMet the vendor #K2\n", "utf-8")
    reading, _ = read_activities(folder, OPTIONS)
    assert sorted(brief(reading)) == [
        ("2026-01-14", 60, "Talk (1h)", ("K1",)),
        ("2026-01-15", 30, "Read the policy", ()),
        ("2026-01-16", 120, "Met the vendor #K2", ("K2",)),
    ]


PLIST = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>Creation Date</key><date>2026-01-14T23:30:00Z</date>
<key>Entry Text</key><string># Late shift\nTime: 1h\n</string><key>Starred</key><false/>
<key>Tags</key><array><string>K1</string></array><key>Time Zone</key><string>Asia/Tokyo</string>
</dict></plist>
"""


def test_day_one_is_read_in_local_time_and_from_its_first_version(tmp_path: Path) -> None:
    late = {"creationDate": "2026-01-14T23:30:00Z", "text": "Late\nTime: 1h"}
    entries = [late, {**late, "timeZone": "Asia/Tokyo"}, {**late, "timeZone": "Nowhere/Land"}]
    reading, _ = read(tmp_path, "d.json", json.dumps({"entries": entries}))
    assert [day for day, *_ in brief(reading)] == ["2026-01-14", "2026-01-15", "2026-01-14"]
    assert brief(read(tmp_path, "a.doentry", PLIST)[0]) == [
        ("2026-01-15", 60, "Late shift", ("K1",))
    ]
    with pytest.raises(KsbtuiError):
        read(tmp_path, "b.doentry", PLIST.replace("<dict>", "<!ENTITY a 'b'><dict>"))


def test_a_notion_table_takes_its_name_for_the_title(tmp_path: Path) -> None:
    text = (
        "Name,Date,Hours,KSBs,Created time\n"
        'Prompt workshop,"January 14, 2026",1.5,"K1, S3","January 14, 2026 9:00 PM"\n'
        'Module week,"January 19, 2026 → January 23, 2026",30,K2,"January 24, 2026 8:00 AM"\n'
    )
    reading, _ = read(tmp_path, "notion.csv", text)
    assert brief(reading) == [
        ("2026-01-14", 90, "Prompt workshop", ("K1", "S3")),
        ("2026-01-23", 1800, "Module week", ("K2",)),
    ]
    assert reading.activities[1].first_day == date(2026, 1, 19)


def test_calendars_tell_long_events_overlaps_odd_zones_and_an_empty_window(tmp_path: Path) -> None:
    text = calendar(
        "UID:1\nSUMMARY:Residential\nDTSTART:20260112T090000Z\nDTEND:20260114T170000Z",
        "UID:2\nSUMMARY:Class\nDTSTART:20260115T090000Z\nDTEND:20260115T110000Z",
        "UID:3\nSUMMARY:Call\nDTSTART:20260115T103000Z\nDTEND:20260115T113000Z",
        "UID:4\nSUMMARY:Odd\nDTSTART;TZID=Customised Zone 7:20260116T090000\nDURATION:PT1H",
    )
    reading, _ = read(tmp_path, "cal.ics", text)
    assert [title for _, _, title, _ in brief(reading)] == ["Class", "Call", "Odd"]
    assert reading.skipped[0].reason == "it lasts more than a day (Residential, 12 Jan 2026)"
    told = [note.reason for note in reading.warnings]
    assert any("Customised Zone 7" in reason for reason in told)
    assert any("overlaps with" in reason and "Class" in reason for reason in told)
    later = Options(OPTIONS.as_at, first=date(2026, 2, 1), last=date(2026, 3, 1))
    empty, _ = read(tmp_path, "cal.ics", text, later)
    assert "its events are from 12 Jan 2026 to 16 Jan 2026" in empty.warnings[-1].reason


def test_only_events_in_the_days_asked_for_count_towards_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendars, "MOST_EVENTS", 100)
    old = "UID:{0}\nSUMMARY:E\nDTSTART:2024{1:02}01T090000Z\nDURATION:PT1H"
    wanted = "UID:x\nSUMMARY:Class\nDTSTART:20260115T090000Z\nDURATION:PT1H"
    events = [old.format(n, 1 + n % 12) for n in range(300)]
    reading, _ = read(tmp_path, "big.ics", calendar(*events, wanted))
    assert brief(reading) == [("2026-01-15", 60, "Class", ())]
    with pytest.raises(Unreadable, match="too many events"):
        read(
            tmp_path,
            "big.ics",
            calendar(*[wanted.replace("UID:x", f"UID:{n}") for n in range(101)]),
        )

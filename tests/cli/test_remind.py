"""The weekly reminder and the forgotten timer: what is written where, taken back, asked."""

from __future__ import annotations

import plistlib
import shutil
import sys
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from ksbtui.core.durations import parse_clock
from ksbtui.core.entry.timer import Timer, slept_minutes
from ksbtui.errors import KsbtuiError
from ksbtui.store.files import scheduler
from ksbtui.store.files.scheduler import (
    CRON_MARK,
    When,
    cron_line,
    launchd_plist,
    parse_when,
    schtasks_words,
    systemd_files,
    with_cron_line,
)
from tests.cli.kit import Shell

FRIDAY = When(4, 15, 30)
COMMAND = ["/usr/bin/python 3", "-m", "ksbtui", "--journal", "/home/a b/50%.db", "remind", "--now"]


class System:
    """A system with some programs, and the crontab it holds."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *programs: str, table: str = "") -> None:
        self.table, self.ran = table, [""]
        self.unreadable = False
        monkeypatch.setattr(shutil, "which", lambda name: name if name in programs else None)
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.setattr(scheduler, "run", self.run)

    def run(self, words: Sequence[str], text: str = "") -> tuple[int, str]:
        self.ran.append(" ".join(words))
        if words[0] != "crontab":
            return 0, ""
        if self.unreadable:
            return 1, "permission denied"
        if words[1] == "-l":
            return (0, self.table) if self.table else (1, "no crontab for a")
        self.table = text
        return 0, ""


def test_a_cron_line_is_written_beside_others_and_taken_out(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = System(monkeypatch, "crontab", table="0 1 * * * backup\n")
    done = shell("remind", "friday", "15:30")
    assert (done.code, "cron" in done.out, "crontab -l" in done.out) == (0, True, True)
    first, ours = system.table.splitlines()
    assert first == "0 1 * * * backup"
    assert ours.startswith("30 15 * * 5 ")
    assert "remind --now" in ours
    assert shell("remind", "mon", "9.05").code == 0
    assert system.table.count(CRON_MARK) == 1, "the new one replaces the old one"
    assert "Removed from cron" in shell("remind", "--off").out
    assert system.table == "0 1 * * * backup\n"
    assert "You had no reminder" in shell("remind", "--off").err


def test_a_crontab_that_cannot_be_read_is_left_alone(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = System(monkeypatch, "crontab", table="0 1 * * * backup\n")
    system.unreadable = True
    shell.refused("remind", "friday", "15:30")
    assert system.table == "0 1 * * * backup\n"


def test_systemd_gets_two_files(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    System(monkeypatch, "systemctl", "crontab")
    where = Path(shell("remind", "fri", "15:30").out.splitlines()[-1])
    assert "OnCalendar=Fri *-*-* 15:30:00" in where.read_text(encoding="utf-8")
    assert tmp_path in where.parents
    assert shell("remind", "--off").code == 0
    assert not list(where.parent.iterdir())


def test_no_scheduler_is_said(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    System(monkeypatch)
    assert "no scheduler" in shell.refused("remind", "friday", "15:30")


@pytest.mark.parametrize("words", [("friday",), ("fr", "15:30"), ("t", "1"), ("friday", "25:00")])
def test_a_time_that_is_none_is_refused(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    system = System(monkeypatch, "crontab")
    shell.refused("remind", *words)
    assert system.table == ""


def test_it_speaks_only_in_a_week_without_entries(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    System(monkeypatch)
    assert "Nothing is logged this week" in shell("remind", "--now").out
    shell("log", "One")
    assert shell("remind", "--now").out == ""


class TestWhatIsWritten:
    def test_each_scheduler_gets_the_words_whole(self) -> None:
        assert cron_line(FRIDAY, COMMAND).startswith("30 15 * * 5 '/usr/bin/python 3' -m ksbtui")
        assert "50\\%.db" in cron_line(FRIDAY, COMMAND)
        assert '"/home/a b/50%%.db"' in systemd_files(FRIDAY, COMMAND)["ksbtui-remind.service"]
        agent = plistlib.loads(launchd_plist(FRIDAY, COMMAND).encode())
        assert agent["ProgramArguments"] == COMMAND
        assert agent["StartCalendarInterval"] == {"Weekday": 5, "Hour": 15, "Minute": 30}
        assert schtasks_words(When(6, 9, 5), "x")[5:9] == ["/D", "SUN", "/ST", "09:05"]

    def test_sunday_is_nought_for_cron(self) -> None:
        assert cron_line(When(6, 9, 5), ["x"]).startswith("5 9 * * 0 ")
        assert with_cron_line("", "") == ""

    def test_days_are_read_by_their_beginning(self) -> None:
        assert parse_when("Fri", "1530") == parse_when("friday", "15:30") == FRIDAY
        assert FRIDAY.text == "Friday at 15:30"


class TestForgottenTimer:
    START = datetime(2026, 6, 30, 9, 0).astimezone()

    def timer(self) -> Timer:
        return Timer(self.START.isoformat(), self.START.date(), "Map")

    def now(self, hours: float) -> str:
        return (self.START + timedelta(hours=hours)).isoformat()

    def test_four_hours_and_midnight_are_the_signs(self) -> None:
        today = date(2026, 6, 30)
        assert self.timer().forgotten(self.now(4), today) == ""
        assert "has run for" in self.timer().forgotten(self.now(4.1), today)
        assert "running since 30 June" in self.timer().forgotten(self.now(1), date(2026, 7, 1))

    def test_an_end_is_on_the_day_or_the_next(self) -> None:
        assert self.timer().minutes_until(12, 30) == 210
        assert self.timer().minutes_until(9, 0) == 1
        assert self.timer().minutes_until(8, 0) == 23 * 60

    @pytest.mark.parametrize("text", ["", "noon", "24:00", "12:60", "1"])
    def test_a_time_of_day_is_read_or_refused(self, text: str) -> None:
        assert parse_clock("9.05") == parse_clock("0905") == (9, 5)
        with pytest.raises(KsbtuiError):
            parse_clock(text)

    def test_stopping_one_asks_what_to_do(self, shell: Shell) -> None:
        shell("timer", "start", "Map")
        shell.as_at = "2026-07-01"
        said = shell.refused("timer", "stop")
        assert "Did you forget it?" in said
        assert "--keep" in said
        entry = shell("timer", "stop", "-t", "45m", "--json").json
        assert (entry["minutes"], entry["day"]) == (45, "2026-06-30")

    def test_it_is_kept_or_ends_where_one_says(self, shell: Shell) -> None:
        for words in (("--keep",), ("--end", "23:59")):
            shell.as_at = "2026-06-30"
            shell("timer", "start", "Map")
            shell.as_at = "2026-07-01"
            done = shell("timer", "stop", "--json", *words)
            assert done.code == 0, done.err
            assert done.json["day"] == "2026-06-30"


class TestClosedLid:
    def test_ten_minutes_between_two_looks_are_a_closed_lid(self) -> None:
        at = "2026-06-30T09:00:00.000Z"
        assert slept_minutes(at, "2026-06-30T09:00:01.000Z") == 0
        assert slept_minutes(at, "2026-06-30T09:09:59.000Z") == 0
        assert slept_minutes(at, "2026-06-30T11:10:00.000Z") == 130
        assert slept_minutes(at, "2026-06-30T08:00:00.000Z") == 0, "a clock set back"

"""Odd surroundings: no home, other locales, closed streams, clock changes, umasks, no network."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ksbtui.cli.root import run
from ksbtui.errors import KsbtuiError
from ksbtui.faults import note_fault
from ksbtui.journal.journal import Journal
from tests.cli.kit import Shell
from tests.journals import activity, enrolled

SRC = Path(__file__).resolve().parents[2] / "src"
SET_UP = ["setup", "--standard", "ST1512", "--programme", "local-government-14-months"]


def ksbtui(path: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    inherited = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SRC), "HOME": str(path.parent)}
    given = {name: value for name, value in (inherited | env).items() if value != "-"}
    return subprocess.run(
        [sys.executable, "-m", "ksbtui", "--journal", str(path), *words],
        env={**given, "KSBTUI_AS_AT": "2026-06-30"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )


@pytest.mark.parametrize(
    "env",
    [
        {"HOME": "-"},
        {"LC_ALL": "C"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
        {"TERM": "dumb"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONUTF8": "0", "LC_ALL": "POSIX"},
        {"TZ": "Pacific/Kiritimati"},
    ],
    ids=lambda env: " ".join(f"{name}={value}" for name, value in env.items()),
)
def test_commands_work_in_odd_surroundings(tmp_path: Path, env: dict[str, str]) -> None:
    path = tmp_path / "journal.db"
    enrolled(tmp_path).close()
    made = ksbtui(path, "log", "İstanbul ✓ visit", "-t", "1h", **env)
    assert made.returncode == 0, made.stderr
    shown = ksbtui(path, "status", **env)
    assert shown.returncode == 0, shown.stderr
    assert "Traceback" not in made.stderr + shown.stderr
    (entry,) = Journal(path).entries.find().entries
    assert entry.title == "İstanbul ✓ visit"


@pytest.mark.parametrize("redirect", [">&-", "2>&-", "<&-", "<&- >&- 2>&-", "> /dev/full"])
def test_closed_and_full_streams_lose_no_save(tmp_path: Path, redirect: str) -> None:
    if "/dev/full" in redirect and not Path("/dev/full").exists():
        pytest.skip("there is no device that is always full")
    enrolled(tmp_path).close()
    command = f'"{sys.executable}" -m ksbtui --journal "{tmp_path}/journal.db" log Work -t 1h'
    done = subprocess.run(
        ["sh", "-c", f"{command} {redirect}"],
        env={**os.environ, "PYTHONPATH": str(SRC), "KSBTUI_AS_AT": "2026-06-30"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert Journal(tmp_path / "journal.db").entries.find().total == 1


@pytest.mark.parametrize("day", ["2028-02-29", "2026-03-29", "2026-10-25", "2027-01-01"])
def test_leap_days_and_both_nights_of_the_clocks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    shell = Shell(tmp_path / "journal.db", capsys, day)
    assert shell(*SET_UP, "--start", "2026-01-12").code == 0
    for words in (["log", "Night", "-t", "1h"], ["timer", "start", "x"], ["timer", "cancel"]):
        assert shell(*words).code == 0
    assert shell("list", "--json").json["entries"][0]["day"] == day
    for command in ("status", "hours", "timeline", "week", "next", "coach", "doctor"):
        assert shell(command).code == 0, command


def test_a_clock_set_back_loses_and_doubles_nothing(shell: Shell) -> None:
    for day in ("2026-06-30", "2026-02-01", "2026-07-01"):
        shell.as_at = day
        assert shell("log", f"On {day}", "-t", "1h").code == 0
        assert shell("edit", shell("list", "--json").json["entries"][0]["id"], "-t", "2h").code == 0
    shell("undo")
    shell("redo")
    assert shell("list", "--json").json["total"] == 3
    assert shell("doctor").code == 0


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o177])
def test_every_file_is_for_this_person_alone(tmp_path: Path, mask: int) -> None:
    place = tmp_path / "place" / "deep"
    before = os.umask(mask & 0o077)
    try:
        journal = enrolled(place)
        journal.entries.add(activity())
        journal.backup.daily()
        copy = journal.backup.backup(tmp_path / "copy.db")
        journal.backup.restore(copy)
        journal.backup.salvage(tmp_path / "salvaged.db")
        note_fault(ValueError("x"), tmp_path / "faults")
    finally:
        os.umask(before)
    files = [path for path in (*place.rglob("*"), *tmp_path.glob("*.db")) if path.is_file()]
    files.append(tmp_path / "faults" / "fault.txt")
    assert len(files) >= 6
    for path in files:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    for folder in (place, place / "journal-backups", tmp_path / "faults"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder


@contextmanager
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def refused(*_: object, **__: object) -> None:
        pytest.fail("something asked for the network")

    with monkeypatch.context() as patch:
        for name in ("connect", "bind", "connect_ex", "sendto", "listen"):
            patch.setattr(socket.socket, name, refused)
        for name in ("getaddrinfo", "gethostbyname", "create_connection"):
            patch.setattr(socket, name, refused)
        yield


def test_no_command_asks_for_the_network(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with no_network(monkeypatch):
        link = ["--evidence", "https://intranet.example/x"]
        assert shell("log", "Work", "-t", "1h", "-k", "K1", *link).code == 0
        for words in (
            *(["status"], ["coverage"], ["evidence", "check"], ["suggest", "Prompt workshop"]),
            *(["export", "portfolio", str(tmp_path / "p.html")], ["backup"], ["doctor"]),
            *(["export", "json", str(tmp_path / "own.json")], ["discuss"], ["next"], ["where"]),
            ["import", str(tmp_path / "own.json")],
        ):
            assert shell(*words).code in (0, 1), words


def test_a_fault_tells_nothing_of_the_learner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "Mrs Quillfeather"

    def broken(*_: object, **__: object) -> None:
        words = secret
        raise RuntimeError(f"{words} could not be read")

    monkeypatch.setattr("ksbtui.journal.entry.entries.Entries.add", broken)
    journal = enrolled(tmp_path)
    with pytest.raises(RuntimeError) as raised:
        run(["--journal", str(journal.path), "log", secret, "-t", "1h"])
    said = note_fault(raised.value, tmp_path)
    noted = (tmp_path / "fault.txt").read_text()
    assert secret not in said + noted
    assert "RuntimeError" in noted
    assert issubclass(KsbtuiError, Exception)


def test_the_report_for_a_maintainer_holds_no_words(shell: Shell, tmp_path: Path) -> None:
    secret = "Quillfeather"
    id = shell("log", f"Mrs {secret}", "-t", "1h", "-k", "K1", "--notes", secret, "--json").json[
        "id"
    ]
    shell("evidence", "add", id, f"https://x.example/{secret}")
    shell("enrolment", "change", "--name", secret)
    shell("action", "add", f"Call {secret}", "--who", secret, "--due", "2026-07-30")
    with sqlite3.connect(shell.path) as connection:
        body = json.dumps({"text": secret})
        connection.execute("INSERT INTO record VALUES ('action', ?, ?, 'a', 'a')", (secret, body))
    note_fault(ValueError(secret))
    done = shell("doctor", "--report")
    assert done.code == 0
    for wanted in ("SQLite", "Rows of entry", "Records action", "cannot be read", "ValueError"):
        assert wanted in done.out, done.out
    assert secret not in done.out
    assert str(tmp_path) not in done.out
    shell.path.write_bytes(b"<html>" * 300)
    assert shell("doctor", "--report").code == 0

"""The whole program on a real terminal: opened, typed into, killed, closed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ksbtui.clock import Clock
from ksbtui.journal.journal import Journal
from tests.journals import enrolled
from tests.terminal import Terminal

SRC = Path(__file__).resolve().parents[1] / "src"
COMMAND = [sys.executable, "-m", "ksbtui", "--as-at", "2026-06-30"]
ENV = {"PYTHONPATH": str(SRC)}


def opened(journal: Journal, columns: int = 80, lines: int = 24) -> Terminal:
    journal.close()
    return Terminal([*COMMAND, "--journal", str(journal.path)], ENV, columns, lines)


def test_from_the_first_key_to_a_saved_entry(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    with opened(journal) as terminal:
        terminal.wait_for("of 420 h", "a add")
        terminal.send("a")
        terminal.wait_for("New entry")
        terminal.send("Shadowing\t2h")
        terminal.wait_for("Counts: 2 h")
        terminal.send("\x13")
        terminal.wait_for("Shadowing", "Today")
        terminal.send("\x11")
        assert terminal.wait() == 0
    (entry,) = Journal(journal.path).entries.find().entries
    assert (entry.title, entry.minutes) == ("Shadowing", 120)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM])
def test_half_written_text_outlives_the_program(tmp_path: Path, number: int) -> None:
    journal = enrolled(tmp_path)
    with opened(journal) as terminal:
        terminal.wait_for("a add")
        terminal.send("a")
        terminal.wait_for("New entry")
        terminal.send("Not finished yet")
        terminal.read(0.9)
        terminal.kill(number)
        code = terminal.wait()
    assert code == (-number if number == signal.SIGKILL else 128 + number)
    (draft,) = Journal(journal.path).drafts.all()
    assert draft.body["title"] == "Not finished yet"
    with opened(journal) as terminal:
        terminal.wait_for("a add")
        terminal.send("a")
        terminal.wait_for("Not finished yet")


def test_an_entry_logged_elsewhere_shows_within_two_seconds(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    with opened(journal) as terminal:
        terminal.wait_for("a add")
        where = ["--journal", str(journal.path)]
        subprocess.run(
            [*COMMAND, *where, "log", "Logged elsewhere", "-t", "1h"],
            env={**os.environ, **ENV},
            check=True,
            capture_output=True,
        )
        terminal.wait_for("Logged elsewhere", seconds=2)


def test_without_a_terminal_it_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        COMMAND, env={**os.environ, **ENV}, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "needs a terminal" in done.stderr


def test_a_newcomer_is_asked_what_they_study(tmp_path: Path) -> None:
    path = tmp_path / "new" / "journal.db"
    with Terminal([*COMMAND, "--journal", str(path)], ENV) as terminal:
        terminal.wait_for("What are you studying")
        for said in ("programme", "start", "name"):
            terminal.send("\r")
            terminal.wait_for(said)
        terminal.send("\r")
        terminal.wait_for("of 420 h", "Press a")
    assert Journal(path, Clock()).course is not None

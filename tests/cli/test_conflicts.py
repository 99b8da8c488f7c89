"""Two devices by commands: one writes learning, the other a title; then both the same text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ksbtui.cli.root import run

Capture = pytest.CaptureFixture[str]


def ran(capsys: Capture, journal: Path, *words: str) -> str:
    capsys.readouterr()
    code = run(["--journal", str(journal), "--as-at", "2026-06-30", *words])
    printed = capsys.readouterr()
    assert code == 0, printed.err
    return printed.out + printed.err


def send(capsys: Capture, journal: Path, name: str) -> str:
    path = journal.with_name(name)
    ran(capsys, journal, "export", "json", str(path), "--with-private", "--keep-personal-data")
    return str(path)


def shown(capsys: Capture, journal: Path, id: str) -> Any:
    ran(capsys, journal, "show", id)
    capsys.readouterr()
    run(["--journal", str(journal), "--as-at", "2026-06-30", "show", id, "--json"])
    return json.loads(capsys.readouterr().out)


def test_merging_by_commands(tmp_path: Path, capsys: Capture) -> None:
    laptop, home = tmp_path / "laptop.db", tmp_path / "home.db"
    plan = ("--standard", "ST1512", "--programme", "local-government-14-months")
    ran(capsys, laptop, "setup", *plan, "--start", "2026-01-12")
    ran(capsys, laptop, "log", "Workshop", "-t", "1h", "--learned", "At first")
    ran(capsys, home, "import", send(capsys, laptop, "first.json"))
    listed = ran(capsys, laptop, "list", "--json")
    id = json.loads(listed)["entries"][0]["id"]

    ran(capsys, laptop, "edit", id, "--learned", "A pilot needs a stopping rule")
    ran(capsys, home, "edit", id, "--title", "Workshop on pilots")
    one, two = send(capsys, laptop, "one.json"), send(capsys, home, "two.json")
    assert "Workshop on pilots" in ran(capsys, laptop, "import", two)
    ran(capsys, home, "import", one)
    for journal in (laptop, home):
        entry = shown(capsys, journal, id)
        assert entry["title"] == "Workshop on pilots"
        assert entry["learned"] == "A pilot needs a stopping rule"

    ran(capsys, laptop, "edit", id, "--notes", "From the laptop")
    ran(capsys, home, "edit", id, "--notes", "From home")
    two = send(capsys, home, "three.json")
    assert "both devices" in ran(capsys, laptop, "import", two, "--dry-run")
    assert "both devices" in ran(capsys, laptop, "import", two)
    text = ran(capsys, laptop, "conflicts")
    assert "From the laptop" in text
    assert "From home" in text
    assert "! You changed 1 text on two devices" in ran(capsys, laptop, "status")
    alerts = json.loads(ran(capsys, laptop, "status", "--json"))["alerts"]
    assert "two-places" in [alert["id"] for alert in alerts]
    assert "two devices" not in ran(capsys, laptop, "coach")
    ran(capsys, laptop, "conflicts", "keep", "1", "--join")
    assert "No texts differ on two devices" in ran(capsys, laptop, "conflicts")
    assert "two devices" not in ran(capsys, laptop, "status")
    ran(capsys, home, "import", send(capsys, laptop, "four.json"))
    notes = {shown(capsys, journal, id)["notes"] for journal in (laptop, home)}
    assert len(notes) == 1
    assert sorted(notes.pop().split("\n\n")) == ["From home", "From the laptop"]

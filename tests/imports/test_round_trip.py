"""Every file that ksbtui writes and that holds entries comes back as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ksbtui.cli.root import run
from tests.imports.conftest import Command

SHOWN = {
    "standard": "day minutes title type module notes learned ksbs paid new_learning relevant"
    " verified submitted first_day evidence",
    "apac": "day minutes title type module notes ksbs",
    "bpp-cpd": "day minutes title notes learned ksbs",
    "bpp-self-study": "day minutes",
    "city-skills": "day minutes title type notes learned ksbs",
    "multiverse": "day minutes title type notes",
    "onefile": "day minutes title type notes",
}
"""What each layout shows of an entry."""

ENTRIES = (
    ("Prompt workshop", "-t", "2h", "-d", "2026-01-14", "-k", "K1,S3,B2", "--type", "workshop",
     "--notes", "=SUM I did\na thing about K9", "--learned", "Ask twice.\n\n- once\n- again"),
    ("Week 2", "-t", "45m", "-d", "2026-01-20", "--type", "session",
     "--evidence", "https://a.example/x_(1)"),
    ("Total quality", "-t", "7h20", "-d", "2026-01-21", "-k", "S8", "--type", "assignment",
     "--notes", "Category: strange, 1,5 \"quoted\"; and\ttab"),
    ("=Not new", "-t", "1h", "-d", "2026-01-22", "--not-new", "-k", "K2"),
    ("'=Quoted", "-t", "35m", "-d", "2026-01-22", "--not-relevant", "--learned", "@all"),
    ("Review", "-t", "1h", "-d", "2026-02-11", "--type", "review", "-k", "K2", "--paid-back"),
    ("At home", "-t", "20m", "-d", "2026-02-12", "-k", "K5", "--unpaid", "--type", "reflection",
     "--learned", "## Evidence\n\nA heading of my own <b>here</b>\n\n## What I did\n\nnone"),
    ("Two lines\u2028of one * title", "-t", "1m", "-d", "2026-02-13", "-k", "B1"),
)  # fmt: skip
MODULE = "Module,Date completed,Hours\nData analysis,27/02/2026,30\n"


@pytest.fixture
def filled(enrolled: Command, tmp_path: Path) -> Command:
    """A journal with entries of every kind, one of them a block, one verified, one submitted."""
    ids = [enrolled("log", *entry, "--json")[1]["id"] for entry in ENTRIES]
    (tmp_path / "module.csv").write_text(MODULE, "utf-8")
    assert enrolled("import", tmp_path / "module.csv", "--json")[1]["added"] == 1
    enrolled("submit", ids[0])
    return enrolled


def entries_of(
    journal: Path, capsys: pytest.CaptureFixture[str], *more: str
) -> list[dict[str, Any]]:
    where = ["--journal", str(journal), "--as-at", "2026-03-02"]
    assert run([*where, "list", "--limit", "500", "--json", *more]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["entries"]
    return sorted(found, key=lambda entry: (entry["day"], entry["minutes"], entry["title"]))


def brought(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Import a file into a journal of its own; what the command printed."""
    where = ["--journal", str(tmp_path / "other.db"), "--as-at", "2026-03-02"]
    programme = ("--programme", "local-government-14-months", "--start", "2026-01-12")
    run([*where, "setup", "--standard", "ST1512", *programme])
    capsys.readouterr()
    assert run([*where, "import", str(path), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def brief(entries: list[dict[str, Any]], names: str) -> list[dict[str, Any]]:
    """The fields named, evidence by title and place."""
    found = []
    for entry in entries:
        kept: dict[str, Any] = {name: entry.get(name) for name in names.split()}
        if "evidence" in kept:
            kept["evidence"] = [(e["title"], e["target"]) for e in kept["evidence"]]
        found.append(kept)
    return found


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("layout", SHOWN)
def test_a_log_in_any_layout_comes_back(
    filled: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str], layout: str, suffix: str
) -> None:
    path = tmp_path / f"log.{suffix}"
    assert filled("export", "otj", path, "--layout", layout, "--keep-personal-data")[0] == 0
    done = brought(path, tmp_path, capsys)
    before = entries_of(tmp_path / "journal.db", capsys)
    after = entries_of(tmp_path / "other.db", capsys)
    if layout != "standard":
        before = [entry for entry in before if entry["counted"]]
    assert brief(after, SHOWN[layout]) == brief(before, SHOWN[layout])
    assert done["minutes"] == sum(entry["minutes"] for entry in before)
    assert not done["warnings"] or layout == "bpp-self-study"
    again = brought(path, tmp_path, capsys)
    assert (again["added"], again["changed"]) == (0, 0)
    here = filled("import", path, "--json")[1]
    if "title" in SHOWN[layout]:
        assert (here["added"], here["changed"], here["missing"]) == (0, 0, 0)


def test_the_folder_of_entries_comes_back(
    filled: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "entries"
    assert filled("export", "entries", folder, "--keep-personal-data")[0] == 0
    brought(folder, tmp_path, capsys)
    names = f"{SHOWN['standard']} private"
    before = entries_of(tmp_path / "journal.db", capsys)
    after = entries_of(tmp_path / "other.db", capsys)
    assert brief(after, names) == brief(before, names)
    here = filled("import", folder, "--json")[1]
    assert (here["added"], here["changed"], here["missing"]) == (0, 0, 0)


def test_the_whole_record_comes_back(
    filled: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled("export", "json", tmp_path / "whole.json", "--keep-personal-data")
    where = ["--journal", str(tmp_path / "other.db"), "--as-at", "2026-03-02"]
    assert run([*where, "import", str(tmp_path / "whole.json")]) == 0
    capsys.readouterr()
    assert entries_of(tmp_path / "other.db", capsys) == entries_of(tmp_path / "journal.db", capsys)


def test_a_private_activity_comes_back_as_such(
    enrolled: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    enrolled("log", "Secret", "-t", "1h", "-d", "2026-01-14", "--private", "--learned", "Hidden.")
    for path in (tmp_path / "log.xlsx", tmp_path / "log.csv"):
        enrolled("export", "otj", path)
        assert enrolled("import", path, "--json")[1]["added"] == 0
    brought(path, tmp_path, capsys)
    (entry,) = entries_of(tmp_path / "other.db", capsys)
    assert (entry["title"], entry["minutes"], entry["private"]) == ("(private)", 60, True)

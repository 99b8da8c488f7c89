"""The daily loop from the command line: data on stdout, narration on stderr, exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ksbtui.cli.root import run

Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    def call(*arguments: str) -> tuple[int, str, str]:
        given = ["--journal", str(tmp_path / "j.db"), "--as-at", "2026-06-30", *arguments]
        code = run(given)
        out, err = capsys.readouterr()
        return code, out, err

    start = ("--standard", "ST1512", "--programme", "local-government-14-months")
    call("setup", *start, "--start", "2026-01-12")
    return call


def read(cli: Cli, *arguments: str) -> dict[str, object]:
    code, out, _ = cli(*arguments, "--json")
    assert code == 0
    found: dict[str, object] = json.loads(out)
    return found


def logged(cli: Cli, *arguments: str) -> str:
    return str(read(cli, "log", *arguments)["id"])


def test_timer(cli: Cli) -> None:
    assert cli("timer", "start", "[red]Workshop")[0] == 0
    assert "[red]Workshop" in cli("timer")[1]
    assert read(cli, "timer")["timer"]
    code, out, err = cli("timer", "start")
    assert (code, out, len(err.splitlines())) == (1, "", 2)
    entry = read(cli, "timer", "stop", "-k", "S8", "-t", "1h30")
    assert (entry["minutes"], entry["ksbs"]) == (90, ["S8"])
    assert read(cli, "timer") == {"timer": None}
    assert cli("timer", "cancel")[0] == 1


def test_week(cli: Cli) -> None:
    logged(cli, "One", "-d", "mon")
    found = read(cli, "week")
    assert (found["monday"], found["blank"]) == ("2026-06-29", ["2026-06-30"])
    code, out, err = cli("week", "yesterday")
    assert code == 0
    assert "One" in out
    assert "ksbtui log" in err


def test_like_needs_no_title(cli: Cli) -> None:
    first = logged(cli, "Stand-up", "-t", "25m", "-k", "K1", "--learned", "Short. I see why now.")
    again = read(cli, "log", "--like", first, "-d", "mon")
    assert (again["title"], again["minutes"], again["ksbs"]) == ("Stand-up", 25, ["K1"])
    assert (again["day"], again["learned"]) == ("2026-06-29", "")
    assert cli("log")[0] == 2


def test_submit_and_copy(cli: Cli) -> None:
    id = logged(cli, "Café [b]", "--notes", "Two\nlines")
    code, out, _ = cli("show", id, "--copy", "--form", "apac")
    assert code == 0
    assert "Café [b]\nTwo\nlines" in out
    assert "\x1b" not in out
    assert read(cli, "show", id, "--copy")["form"] == "apac"
    assert cli("submit")[0] == 2
    assert read(cli, "submit", "--since", "-3")["total"] == 1
    assert cli("submit", id)[0] == 1
    assert read(cli, "submit", id, "--not")["total"] == 1
    assert read(cli, "list", "--search", "submitted:no")["total"] == 1


def test_reflecting_in_the_editor(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys, pathlib\np = pathlib.Path(sys.argv[1])\n"
        "p.write_text(p.read_text().replace('## So what?', '## So what?\\nWe did it.'))\n"
    )
    monkeypatch.setenv("VISUAL", f"'{sys.executable}' '{script}'")
    id = logged(cli, "Workshop")
    code, _, err = cli("edit", id, "--template", "driscoll")
    assert code == 0
    assert "Hint: It says we throughout" in err
    entry = read(cli, "show", id)
    assert "## So what?\nWe did it." in str(entry["learned"])
    monkeypatch.setenv("VISUAL", "false")
    code, out, err = cli("edit", id, "--editor")
    assert (code, out) == (1, "")
    assert "old text was kept" in err
    assert cli("edit", id, "--template", "nosuch")[0] == 1
    assert read(cli, "show", id) == entry


def test_suggest(cli: Cli) -> None:
    text = "I drew the process map and found the retyping."
    found = read(cli, "suggest", text, "-n", "2")
    suggestions = found["suggestions"]
    assert isinstance(suggestions, list)
    assert suggestions[0]["code"] == "S6"
    assert len(suggestions) <= 2
    id = logged(cli, "Map", "--notes", text)
    assert cli("suggest", "--entry", id, "--only", "gaps")[0] == 0
    assert cli("suggest", "x", "--only", "mine")[0] == 1
    assert cli("suggest", "x", "-n", "two")[0] == 1


def test_evidence(cli: Cli, tmp_path: Path) -> None:
    id = logged(cli, "Map")
    file = tmp_path / "map.txt"
    file.write_text("map")
    assert cli("evidence", "add", id, str(file), "--kind", "process")[0] == 0
    assert read(cli, "evidence", "list")["total"] == 1
    file.unlink()
    assert read(cli, "evidence", "check")["missing"] == 1
    code, out, err = cli("evidence", "add", id, str(tmp_path))
    assert (code, out, len(err.splitlines())) == (1, "", 2)


def test_searching_the_list(cli: Cli) -> None:
    logged(cli, "Prompt workshop", "-k", "S8")
    logged(cli, "Shadowing")
    assert read(cli, "list", "--search", "ksb:S8 work")["total"] == 1
    assert read(cli, "list", "--search", "\"*' [red]")["total"] == 0


def test_several_entries_are_changed_as_one(cli: Cli) -> None:
    one, two = (logged(cli, title, "-t", "1h", "-k", "K1") for title in ("First", "Second"))
    code, out, _ = cli("edit", one, two, "--tag", "K2", "--type", "workshop")
    assert (code, out.count("Saved")) == (0, 2)
    listed = read(cli, "list", "--type", "workshop", "--ksb", "K2")
    assert listed["total"] == 2
    assert read(cli, "show", one)["ksbs"] == ["K1", "K2"]
    changed = read(cli, "edit", one, two, "--tag", "K2")
    assert changed == {"entries": []}
    assert cli("undo")[0] == 0
    assert read(cli, "list", "--ksb", "K2")["total"] == 0
    for refused in (("--title", "x"), ("--editor",), ("--tag", "K99")):
        code, out, _ = cli("edit", one, two, *refused)
        assert (code, out) == (1, ""), refused
    assert cli("edit", one, "zzzz", "--tag", "K2")[0] == 1
    assert read(cli, "list", "--ksb", "K2")["total"] == 0, "all of it or nothing"
    assert read(cli, "edit", one, "--tag", "S1")["ksbs"] == ["K1", "S1"]


def test_a_list_leaves_out_and_puts_a_misspelt_word_right(cli: Cli) -> None:
    for title in ("Triage pilot", "Triage plan", "Governance -- board"):
        logged(cli, title, "-t", "1h")
    assert read(cli, "list", "--search", "triage -pilot")["total"] == 1
    code, out, err = cli("list", "--search", "govenance")
    assert code == 0
    assert "Governance -- board" in out
    assert "governance, because no entry has govenance" in err
    assert read(cli, "list", "--search", "--")["total"] == 1
    assert cli("list", "--search", "---")[:2] == (0, "")

"""``coach``, ``review`` and ``action`` from end to end, with nothing private on stdout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ksbtui.cli.root import run

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """The demo learner's journal as the one in use, on 23 September 2026."""
    monkeypatch.setenv("KSBTUI_AS_AT", "2026-09-23")
    monkeypatch.setenv("KSBTUI_JOURNAL", str(tmp_path / "demo.db"))
    assert run(["demo", "--no-open", str(tmp_path / "demo.db")]) == 0
    capsys.readouterr()


def ok(capsys: Capture, *arguments: str) -> Any:
    """Run a command that must succeed and read its JSON."""
    assert run([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys: Capture, *arguments: str) -> str:
    """Run a command that must be refused: two lines on stderr, nothing on stdout."""
    assert run(list(arguments)) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 2
    return said.err


@pytest.mark.usefixtures("demo")
def test_a_call_by_command_as_on_the_screen(capsys: Capture) -> None:
    before = ok(capsys, "coach")
    assert before["last_call"]["day"] == "2026-08-26"
    assert before["entries"]["added"] == len(before["added"]) == 19
    assert {m["code"] for m in before["ksbs_moved"] if m["up"]} >= {"S8", "K14"}
    assert [len(before["actions"][name]) for name in ("done", "overdue")] == [2, 1]
    ids = [entry["id"] for entry in before["added"][:4]]
    ok(capsys, "coach", "start")
    ok(capsys, "coach", "note", "Manager agreed Thursdays")
    ok(capsys, "coach", "pick", "K28,S29")
    action = ok(capsys, "action", "add", "Share the test plan", "--who", "learner", "--due", "fri")
    assert (action["due"], action["hints"]) == ("2026-09-25", [])
    assert len(ok(capsys, "coach", "verify", *ids[:3], "--comment", "Seen")["entries"]) == 3
    ok(capsys, "coach", "question", ids[3], "--comment", "How many were lost?")
    call = ok(capsys, "coach", "end", "--minutes", "45", "--next", "4 weeks", "--log")
    assert (call["tutor"], call["next_day"], call["ksbs"]) == (
        "Ruth Adeyemi",
        "2026-10-21",
        ["K28", "S29"],
    )
    text = ok(capsys, "coach", "summary")["markdown"]
    for part in ("Manager agreed Thursdays", "Share the test plan", "How many were lost?"):
        assert part in text
    after = ok(capsys, "coach")
    assert (after["added"], len(after["questions"])) == ([], 1)
    assert ok(capsys, "status")["actions_open"] == 4


@pytest.mark.usefixtures("demo")
def test_the_demo_keeps_what_is_private_to_itself(capsys: Capture) -> None:
    for arguments in (["coach"], ["coach", "--json"], ["coach", "summary"], ["review", "--json"]):
        assert run(arguments) == 0
        assert "Sleeps" not in capsys.readouterr().out
    last = ok(capsys, "review", "list")["reviews"][-1]["id"]
    assert run(["review", "show", last]) == 0
    assert "lighter week" not in capsys.readouterr().out
    assert run(["review", "show", last, "--with-private"]) == 0
    assert "lighter week" in capsys.readouterr().out


@pytest.mark.usefixtures("demo")
def test_a_review_by_command(capsys: Capture) -> None:
    assert "no answer yet" in refused(capsys, "review", "hold", "--present", "Ruth")
    for action in ok(capsys, "action", "list")["actions"]:
        ok(capsys, "review", "answer", action["id"], "Still to do.")
    ok(capsys, "review", "set", "changes", "none")
    assert ok(capsys, "review", "verify", "B3", "--by", "Colin Marsh")["ksbs"] == ["B3"]
    verified = ok(capsys, "review")["behaviours_verified"]
    assert "Colin Marsh" in [one["by"] for one in verified if one["ksb"] == "B3"]
    ok(
        capsys,
        *("action", "add", "Plan the user test", "--who", "learner"),
        *("--due", "2 weeks", "--from", "review"),
    )
    held = ok(capsys, "review", "hold", "--present", "Demo learner, Ruth Adeyemi")
    assert (held["number"], held["lacking"]) == (3, [])
    assert ok(capsys, "review", "sign", "--name", "Ruth", "--role", "tutor")["unsigned"] == [
        "apprentice"
    ]
    assert ok(capsys, "timeline")["reviews"][2]["held"] == "2026-09-23"
    refused(capsys, "review", "hold", "--present", "Ruth")


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    "arguments",
    [
        ["action", "add", "Share it"],
        ["action", "add", "Share it", "--who", "learner", "--due", "2026-09-01"],
        ["action", "done", "zzzz"],
        ["coach", "end", "--day", "2026-10-01"],
        ["coach", "end", "--day", "26/8"],
        ["coach", "note", "Nothing begun"],
        ["coach", "verify", "zzzz", "--by", "Ruth"],
        ["review", "hold", "--day", "2026-04-01", "--present", "Ruth"],
        ["review", "set", "mood", "good"],
        ["review", "sign", "--name", "Ruth", "--role", "friend"],
    ],
)
def test_bad_input_is_refused_in_two_lines(capsys: Capture, arguments: list[str]) -> None:
    refused(capsys, *arguments)


@pytest.mark.usefixtures("demo")
def test_a_summary_is_checked_for_personal_data_before_it_is_saved(
    capsys: Capture, tmp_path: Path
) -> None:
    assert run(["export", "--name", "Ruth Adeyemi"]) == 0
    as_it_is, taken_out = tmp_path / "as-it-is.md", tmp_path / "taken-out.md"
    assert run(["coach", "summary", "--save", str(as_it_is)]) == 1
    stopped = capsys.readouterr()
    assert not as_it_is.exists()
    assert "name: Ruth Adeyemi  (line " in stopped.err
    assert "--redact" in stopped.err
    assert run(["coach", "summary", "--save", str(as_it_is), "--keep-personal-data"]) == 0
    assert run(["coach", "summary", "--save", str(taken_out), "--redact"]) == 0
    assert "Ruth Adeyemi" in as_it_is.read_text()
    assert taken_out.read_text() == as_it_is.read_text().replace("Ruth Adeyemi", "[name]")

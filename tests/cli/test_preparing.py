"""The commands of the assessment: what they print, and what they refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ksbtui.cli.root import run


@pytest.fixture
def ksbtui(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command line on a fresh journal; gives exit code and stdout."""
    path = str(tmp_path / "journal.db")

    def call(*arguments: str) -> tuple[int, str]:
        code = run(["--journal", path, "--as-at", "2026-06-30", *arguments])
        return code, capsys.readouterr().out

    call("setup", "--standard", "ST1512", "--programme", "local-government-14-months",
         "--start", "2026-01-12")  # fmt: skip
    return call


def printed(result: tuple[int, str]) -> Any:
    assert result[0] == 0
    return json.loads(result[1])


def test_a_question_is_asked_scored_and_remembered(ksbtui: Any) -> None:
    ksbtui("log", "Test plan", "-t", "2h", "-k", "K14")
    asked = printed(ksbtui("discuss", "-k", "K14", "--json"))
    assert printed(ksbtui("discuss", "k14", "--json")) == asked
    assert asked["follow_up"] not in ksbtui("discuss", "K14")[1]
    assert asked["follow_up"] in ksbtui("discuss", "K14", "--further")[1]
    assert (asked["code"], asked["evidence"][0]["title"]) == ("K14", "Test plan")
    ksbtui("discuss", "answer", "K14", "3", "--checked", "what,why", "--time", "4m")
    (answer,) = printed(ksbtui("discuss", "history", "--json"))["answers"]
    assert (answer["score"], answer["checked"], answer["seconds"]) == (3, ["what", "why"], 240)
    assert printed(ksbtui("discuss", "list", "-k", "K14", "--json"))["total"] == 3


def test_a_mock_is_held_from_command_to_command(ksbtui: Any) -> None:
    started = printed(ksbtui("discuss", "mock", "start", "--questions", "8", "--json"))
    assert (started["place"], started["of"], started["limit_seconds"]) == (1, 8, 3600)
    assert printed(ksbtui("discuss", "mock", "score", "2", "--json"))["place"] == 2
    assert not printed(ksbtui("discuss", "mock", "pause", "--json"))["running"]
    assert printed(ksbtui("discuss", "mock", "--json"))["scores"] == [2]
    assert ksbtui("discuss", "mock", "stop")[0] == 0
    assert ksbtui("discuss", "mock")[0] == 1


def test_project_arithmetic_is_shown(ksbtui: Any) -> None:
    ksbtui("project", "add", "problem", "Calls wait.", "-k", "K5")
    ksbtui("project", "measure", "Time", "--before", "12", "--after", "9", "--runs", "400")
    shown = ksbtui("project")[1]
    assert "3 minutes saved × 400 runs a month = 1,200 minutes saved a month." in shown
    read = printed(ksbtui("project", "--json"))
    assert (read["parts_filled"], read["measures"][0]["per_year"]) == (3, 14400)
    assert "Calls wait." in ksbtui("project", "pack")[1]


def test_scan_gateway_and_stories_print_one_document_each(ksbtui: Any) -> None:
    ksbtui("scan", "rate", "K1-K4", "4")
    scan = printed(ksbtui("scan", "--json"))
    assert scan["high_without_evidence"] == ["K1", "K2", "K3", "K4"]
    ksbtui("gateway", "tick", "employer-agrees", "--by", "Colin", "-d", "29/6")
    gateway = printed(ksbtui("gateway", "--json"))
    ticked = {one["id"]: one["ticked"] for one in gateway["items"]}
    assert ticked["employer-agrees"] == {"by": "Colin", "day": "2026-06-29"}
    ksbtui("discuss", "stories", "add", "The pilot", "-k", "K4,S15")
    assert len(printed(ksbtui("discuss", "stories", "--json"))["without_story"]) == 62
    assert printed(ksbtui("discuss", "evidence", "--json"))["total"] == 64


def test_behaviours_are_verified_by_the_employer(ksbtui: Any) -> None:
    ksbtui("gateway", "verify", "B1-B2", "--by", "Colin Marsh", "-d", "29/6")
    items = {one["id"]: one for one in printed(ksbtui("gateway", "--json"))["items"]}
    assert items["behaviours"]["progress"] == "2 of 6"
    assert printed(ksbtui("discuss", "evidence", "--json"))["awaiting_employer"][0] == "B3"


@pytest.mark.parametrize("report", ["project-pack", "evidence-by-ksb"])
@pytest.mark.parametrize("suffix", ["html", "docx", "md", "txt"])
def test_pack_and_index_are_exported_without_folders(
    ksbtui: Any, tmp_path: Path, report: str, suffix: str
) -> None:
    ksbtui("project", "add", "problem", "Calls wait.", "--link", "/home/me/maps/first.pdf")
    path = tmp_path / f"out.{suffix}"
    assert ksbtui("export", report, str(path), "--keep-personal-data")[0] == 0
    written = path.read_bytes()
    assert len(written) > 500
    assert b"/home/me" not in written
    if suffix in ("md", "txt") and report == "project-pack":
        assert b"first.pdf" in written


@pytest.mark.parametrize(
    "arguments",
    [
        ("discuss", "-k", "K99"),
        ("discuss", "K99"),
        ("discuss", "--level", "guess"),
        ("discuss", "answer", "K1", "good"),
        ("discuss", "answer", "K1", "7"),
        ("discuss", "mock", "start", "--questions", "many"),
        ("discuss", "mock", "score", "3"),
        ("discuss", "stories", "show", "zzzz"),
        ("discuss", "stories", "add"),
        ("project", "add", "nowhere", "x"),
        ("project", "measure", "x", "--before", "nan"),
        ("scan", "rate", "K1", "six"),
        ("gateway", "tick", "minimum-hours", "--by", "Colin"),
        ("gateway", "set", "--english-maths", "perhaps"),
        ("gateway", "verify", "K1", "--by", "Colin"),
    ],
)
def test_a_refusal_prints_nothing_and_changes_nothing(
    ksbtui: Any, arguments: tuple[str, ...]
) -> None:
    before = ksbtui("history", "--json")
    assert ksbtui(*arguments) == (1, "")
    assert ksbtui("history", "--json") == before

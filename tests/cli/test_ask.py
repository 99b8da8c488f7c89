"""``ask`` and ``revisit``: piped answers, wrong ones, ones that end early; links that show."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from ksbtui.core.entry.entries import Entry
from ksbtui.core.entry.revisit import OLD_DAYS, ago_text, offers, quote_of
from tests.cli.kit import Ran, Shell

LEARNED = "I mapped the process of housing repairs with two agents and found the retyping."


def asked(shell: Shell, monkeypatch: pytest.MonkeyPatch, *words: str, lines: list[str]) -> Ran:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    return shell("ask", *words)


def test_an_entry_from_start_to_end(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["Process map", "1h30", "yesterday", LEARNED, "", "1 K5", "yes", "", "", "", ""]
    made = asked(shell, monkeypatch, "--json", lines=lines)
    entry = made.json
    assert (entry["title"], entry["minutes"], entry["day"]) == ("Process map", 90, "2026-06-29")
    assert entry["learned"] == LEARNED
    assert entry["ksbs"] == ["K5", "S6"], "1 was the first suggestion"
    assert (entry["paid"], entry["new_learning"], entry["private"]) == ("yes", True, False)
    assert "What did you do?" in made.err
    assert "Your words suggest:" in made.err


def test_a_wrong_answer_is_asked_again(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["", "Call", "2", "25m", "soon", "today", "", "K99", "K1", "maybe", "paid back", "n"]
    entry = asked(shell, monkeypatch, "--json", lines=lines).json
    assert (entry["title"], entry["minutes"], entry["ksbs"]) == ("Call", 25, ["K1"])
    assert (entry["paid"], entry["new_learning"]) == ("paid-back", False)


def test_evidence_that_is_not_there_is_asked_again(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lines = [
        "Call",
        "",
        "",
        "",
        "",
        "",
        "",
        str(tmp_path / "no.pdf"),
        "https://example.org/a",
        "",
        "",
    ]
    made = asked(shell, monkeypatch, "--json", lines=lines)
    assert [one["target"] for one in made.json["evidence"]] == ["https://example.org/a"]


def test_answers_that_end_early_are_saved(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    made = asked(shell, monkeypatch, "--json", lines=["Call", "25m"])
    assert (made.json["minutes"], made.json["day"]) == (25, "2026-06-30")
    assert "No more answers" in made.err
    empty = asked(shell, monkeypatch, lines=[])
    assert (empty.code, empty.out) == (1, "")
    no = ["Call", "", "", "", "", "", "", "", "", "no"]
    assert asked(shell, monkeypatch, lines=no).code == 0
    assert shell("list", "--json").json["total"] == 1


def test_what_was_answered_before_ctrl_c_is_a_draft(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(io.StringIO):
        def readline(self, *_: object) -> str:  # type: ignore[override]
            if line := super().readline():
                return line
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Stopped("Workshop\n2h\n"))
    assert shell("ask").code != 0
    (step, *_) = shell("next", "--json").json["suggestions"]
    assert "Workshop" in str(step)


def test_a_reflection_by_a_template(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    id = shell("log", "Drill", "--json").json["id"]
    lines = [
        "We ran the drill.",
        "",
        "It showed where the list is out of date.",
        "And who knows.",
        "",
        "",
    ]
    entry = asked(
        shell, monkeypatch, "--reflect", id, "--template", "driscoll", "--json", lines=lines
    ).json
    assert entry["learned"] == (
        "What?\nWe ran the drill.\n\n"
        "So what?\nIt showed where the list is out of date.\nAnd who knows."
    )
    assert asked(shell, monkeypatch, "--reflect", id, lines=[""]).code == 1
    assert asked(shell, monkeypatch, "--reflect", id, "--template", "none", lines=[]).code == 1


def test_a_practice_answer(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["", "", "1, 2", "Say the figure first.", "", "5", "3"]
    made = asked(shell, monkeypatch, "--practice", "-k", "K14", "--json", lines=lines)
    assert (made.json["ksbs"], made.json["score"]) == (["K14"], 3)
    assert len(made.json["checked"]) == 2
    assert made.json["notes"] == "Say the figure first."
    assert "If asked further" in made.err
    assert asked(shell, monkeypatch, "--practice", lines=[""]).code == 1


def test_in_a_dumb_terminal_with_a_pipe(tmp_path: Path, shell: Shell) -> None:
    command = [
        sys.executable,
        "-m",
        "ksbtui",
        "--journal",
        str(shell.path),
        "--as-at",
        "2026-06-30",
    ]
    done = subprocess.run(
        [*command, "ask"],
        input="Process map\n\n\nI mapped it.\n\n\n\n\n\n\n\n",
        capture_output=True,
        text=True,
        env={**os.environ, "TERM": "dumb", "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, done.stderr
    assert "Process map" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr


OLD = "I asked nobody before I drew the map, and it was wrong in four places, which I saw late."


class TestRevisit:
    def old(self, shell: Shell) -> str:
        made = shell("log", "The map", "-d", "2026-03-20", "-k", "S6", "--learned", OLD, "--json")
        return str(made.json["id"])

    def test_offers_links_and_shows(self, shell: Shell) -> None:
        assert shell("revisit", "--json").json == {"revisit": None}
        id = self.old(shell)
        offered = shell("revisit", "--json").json["revisit"]
        assert (offered["id"], offered["reason"], offered["ago"]) == (id, "rests", "3 months ago")
        assert offered["quote"] == OLD
        made = shell("revisit", id, "--learned", "I would ask two agents first.", "--json").json
        assert (made["title"], made["ksbs"], made["type"]) == (
            "Revisited: The map",
            ["S6"],
            "reflection",
        )
        assert made["revisits"] == id
        assert shell("show", id, "--json").json["revisited_by"] == [made["id"]]
        assert f"({made['id']})" in shell("show", id).out
        assert f"({id})" in shell("show", made["id"]).out
        assert shell("revisit", "--json").json == {"revisit": None}, "once is enough"

    def test_a_review_shows_the_pair(self, shell: Shell) -> None:
        id = self.old(shell)
        shell("revisit", id, "--learned", "I would ask two agents first.")
        (grown,) = shell("review", "--json").json["growth"]
        assert (grown["then"], grown["now"]) == (OLD, "I would ask two agents first.")
        assert "Growth" in shell("review", "--markdown").out

    def test_undo_takes_entry_and_link_back(self, shell: Shell) -> None:
        id = self.old(shell)
        shell("revisit", id, "--learned", "Ask first.")
        assert shell("undo").code == 0
        assert shell("show", id, "--json").json["revisited_by"] == []
        assert shell("revisit", "--json").json["revisit"]["id"] == id

    def test_a_deleted_or_purged_answer_leaves_no_trace(self, shell: Shell) -> None:
        id = self.old(shell)
        again = shell("revisit", id, "--learned", "Ask first.", "--json").json["id"]
        shell("delete", again)
        assert shell("show", id, "--json").json["revisited_by"] == []
        assert shell("doctor").code == 0

    def test_refusals(self, shell: Shell) -> None:
        id = self.old(shell)
        empty = shell("log", "Bare", "-d", "2026-03-20", "--json").json["id"]
        shell.refused("revisit", "zzzz2222")
        shell.refused("revisit", empty)
        shell.refused("revisit", id, "--learned", "  ")

    def test_by_questions(self, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
        id = self.old(shell)
        made = asked(shell, monkeypatch, "--revisit", "--json", lines=["Ask first.", ""]).json
        assert made["revisits"] == id


class TestOffers:
    DAY = date(2026, 6, 30)

    def entry(self, id: str, days: int, words: int, *codes: str) -> Entry:
        day = date.fromordinal(self.DAY.toordinal() - days)
        text = " ".join(["word"] * words)
        return Entry(id, day, 60, id, learned=text, ksbs=codes, words=words)

    def test_kinds_take_turns_and_young_ones_wait(self) -> None:
        entries = [
            self.entry("rests", 90, 20, "S6"),
            self.entry("long", 90, 80),
            self.entry("thin", 90, 5),
            self.entry("young", OLD_DAYS - 1, 80),
            self.entry("empty", 90, 0),
        ]
        weeks = [date.fromordinal(self.DAY.toordinal() + 7 * n) for n in range(3)]
        first = {offers(entries, {"S6"}, day)[0].reason for day in weeks}
        assert first == {"rests", "strong", "thin"}
        assert {one.entry.id for one in offers(entries, (), self.DAY)} == {"long", "thin"}

    def test_the_quote_is_a_sentence_without_headings(self) -> None:
        text = "What?\nYes. The map was wrong in four places. I saw it late."
        assert quote_of(text, {"What?"}) == "The map was wrong in four places."
        assert quote_of("") == ""
        assert len(quote_of("long " * 200)) <= 160

    def test_how_long_ago(self) -> None:
        assert [
            ago_text(date.fromordinal(self.DAY.toordinal() - n), self.DAY)
            for n in (0, 20, 90, 400, 900)
        ] == [
            "1 week ago",
            "2 weeks ago",
            "3 months ago",
            "13 months ago",
            "2 years ago",
        ]

"""Versions of a standard from the command line: chosen by the start day, changed with every tag."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.kit import Shell

PLAN = ("--programme", "local-government-14-months")


def setup(shell: Shell, standard: str, start: str) -> tuple[str, str]:
    done = shell("setup", "--standard", standard, *PLAN, "--start", start, "--json")
    return done.json["version"], done.err


@pytest.mark.parametrize(
    ("standard", "start", "version", "warned"),
    [
        ("ST1512", "2026-03-02", "2.0", False),
        ("ST1512", "2026-05-21", "2.0", False),
        ("ST1512", "2026-05-22", "2.1", False),
        ("ST1512", "2026-09-07", "2.1", False),
        ("ST1512@2.0", "2026-09-07", "2.0", True),
        ("ST1512@2.1", "2026-03-02", "2.1", True),
        ("ST1512", "2025-11-03", "2.0", True),
    ],
)
def test_the_start_day_chooses_and_either_can_be_named(
    bare: Shell, standard: str, start: str, version: str, warned: bool
) -> None:
    chosen, err = setup(bare, standard, start)
    assert (chosen, "! ST1512" in err) == (version, warned), err


def test_without_a_programme_the_usual_one_is_taken_and_said(bare: Shell) -> None:
    done = bare("setup", "--standard", "ST1512", "--start", "2026-09-07", "--json")
    assert (done.json["programme"], done.json["version"]) == ("st1512-18-months", "2.1")
    assert "local-government-14-months" in done.err


def test_an_unknown_version_is_refused_with_those_there_are(bare: Shell) -> None:
    words = ("setup", "--standard", "ST1512@3.0", *PLAN, "--start", "2026-03-02")
    assert "Its versions: 2.0, 2.1." in bare.refused(*words)
    assert not bare.path.exists()


def test_the_two_versions_compare_word_for_word(bare: Shell) -> None:
    pairs = bare("standard", "compare", "ST1512@2.0", "ST1512@2.1", "--json").json["pairs"]
    assert len(pairs) == 64
    assert all(pair["a"] == pair["b"] and pair["similarity"] == 1.0 for pair in pairs)


def test_another_version_keeps_every_tag(shell: Shell) -> None:
    shell("log", "Mapped a process", "-t", "1h", "-k", "K5 S6")
    before = shell("coverage", "--json").json["ksbs"]
    done = shell("enrolment", "change", "--version", "2.1")
    assert "same KSBs" in done.out
    assert "only takes starts from 22 May 2026" in done.err
    status = shell("status", "--json").json
    assert status["enrolment"]["version"] == "2.1"
    assert shell("coverage", "--json").json["ksbs"] == before
    assert "already" in shell.refused("enrolment", "change", "--version", "2.1")
    shell("undo")
    assert shell("status", "--json").json["enrolment"]["version"] == "2.0"
    assert shell("list", "--json").json["entries"][0]["ksbs"] == ["K5", "S6"]


STATEMENTS = "Reference: ST9070\nTitle: Night baker\nLevel: 2\nVersion: {}\nKnowledge\n{}\n"


@pytest.fixture
def baker(bare: Shell, tmp_path: Path) -> Shell:
    """Give a learner of an imported standard in two versions; the second drops K2."""
    for version, lines in (
        ("1.0", "K1: How dough rises.\nK2: How to fire a wood oven.\nK3: Food safety law."),
        ("1.1", "K1: How dough rises.\nK3: Food safety and allergen law.\nK4: Costing a loaf."),
    ):
        page = tmp_path / f"{version}.txt"
        page.write_text(STATEMENTS.format(version, lines), encoding="utf-8")
        assert bare("standard", "import", str(page), "--min-hours", "400").code == 0
    start = ("--programme", "plain", "--start", "2026-03-02")
    assert bare("setup", "--standard", "ST9070@1.0", *start).code == 0
    bare("log", "Fired the oven", "-t", "1h", "-k", "K1 K2")
    bare("log", "Read the law", "-t", "1h", "-k", "K3")
    return bare


def test_a_dropped_ksb_is_named_and_its_tags_kept(baker: Shell) -> None:
    said = baker("enrolment", "change", "--version", "1.1").out
    assert "- K2: How to fire a wood oven." in said
    assert "~ K3: Food safety law.\n   now: Food safety and allergen law." in said
    assert "+ K4: Costing a loaf." in said
    assert "K2 stays on 1 entry of yours." in said
    entries = baker("list", "--json").json["entries"]
    assert [entry["ksbs"] for entry in entries] == [["K3"], ["K1", "K2"]]
    codes = [ksb["code"] for ksb in baker("coverage", "--json").json["ksbs"]]
    assert codes == ["K1", "K3", "K4"]
    oven = entries[1]["id"]
    assert baker("edit", oven, "--notes", "Hot.").code == 0, "an old tag never stops a change"
    assert baker("show", oven, "--json").json["ksbs"] == ["K1", "K2"]
    assert baker("doctor").code == 0


def test_the_change_prints_as_json(baker: Shell) -> None:
    made = baker("enrolment", "change", "--version", "1.1", "--json").json
    assert made["version"] == "1.1"
    assert made["difference"]["removed"] == ["K2"]
    assert made["difference"]["tagged"] == {"K2": 1}
    assert json.dumps(made)


def test_a_standard_whose_file_is_gone_lives_on_in_the_journal(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ksbtui.store.seed import seeds

    monkeypatch.setattr(seeds, "standards", lambda: seeds.Offered({}))
    monkeypatch.setattr(seeds, "rule_sets", lambda: seeds.Offered({}))
    assert shell("status", "--json").json["enrolment"]["version"] == "2.0"
    assert shell("log", "Mapped", "-t", "1h", "-k", "K5").code == 0
    assert shell("standard", "show", "ST1512", "--json").json["version"] == "2.0"
    assert "no version" in shell.refused("enrolment", "change", "--version", "2.1")
    assert shell("rules").code == 0


def test_a_standard_without_versions_has_none_to_move_to(bare: Shell, tmp_path: Path) -> None:
    page = tmp_path / "own.txt"
    page.write_text("K1: One thing.\nK2: Another thing.\n", encoding="utf-8")
    facts = ("--ref", "OWN", "--title", "Own", "--min-hours", "300")
    assert bare("standard", "import", str(page), *facts).code == 0
    start = ("--programme", "plain", "--start", "2026-03-02")
    assert bare("setup", "--standard", "OWN", *start).code == 0
    assert "has no versions" in bare.refused("enrolment", "change", "--version", "2")

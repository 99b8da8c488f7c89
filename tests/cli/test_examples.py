"""Example packs from the command line: exported, added, used, listed, removed; bad ones refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.kit import Shell

TEXT = "Visited the depot with the crew and looked at the tyre scanner they use."


def logged(shell: Shell, *words: str) -> str:
    return str(shell("log", *words, "--json").json["id"])


@pytest.fixture
def pack(shell: Shell, tmp_path: Path) -> Path:
    first = logged(shell, "Depot", "-k", "B4,K8", "--learned", TEXT)
    second = logged(shell, "Guide", "-k", "S19", "--learned", "Wrote a crib sheet for the yard.")
    path = tmp_path / "mine.json"
    assert shell("examples", "export", str(path), first, second).code == 0
    shell("delete", first, second)
    return path


def changed(path: Path, **changes: Any) -> Path:
    body = json.loads(path.read_text(encoding="utf-8")) | changes
    other = path.with_name("other.json")
    other.write_text(json.dumps(body), encoding="utf-8")
    return other


def test_a_pack_holds_texts_and_codes_and_nothing_else(shell: Shell, pack: Path) -> None:
    body = json.loads(pack.read_text(encoding="utf-8"))
    assert set(body) == {"format", "version", "standard", "statements", "examples"}
    assert [set(one) for one in body["examples"]] == [{"text", "ksbs"}] * 2
    assert set(body["statements"]) == {"B4", "K8", "S19"}
    assert pack.stat().st_mode & 0o777 == 0o600


def test_a_pack_is_used_listed_and_removed(shell: Shell, pack: Path) -> None:
    asked = ("suggest", "Another visit to the depot to see the tyre scanner.", "--json")
    before = {one["code"] for one in shell(*asked).json["suggestions"]}
    assert "B4" not in before
    assert shell("examples", "add", str(pack), "--name", "depot", "--json").json["examples"] == 2
    found = {one["code"]: one for one in shell(*asked).json["suggestions"]}
    assert (found["B4"]["pack"], found["B4"]["like"]) == ("depot", None)
    assert "like an example in the pack depot" in shell(*asked[:2]).out
    (listed,) = shell("examples", "list", "--json").json["packs"]
    assert (listed["name"], listed["standard"], listed["problem"]) == ("depot", "ST1512", "")
    assert shell("examples", "remove", "depot").code == 0
    assert {one["code"] for one in shell(*asked).json["suggestions"]} == before
    assert "There is no pack called depot" in shell.refused("examples", "remove", "depot")


def test_personal_data_stops_a_pack_until_it_is_decided(shell: Shell, tmp_path: Path) -> None:
    id = logged(shell, "Call", "-k", "K1", "--learned", "Ring Mrs Patel on 020 7946 0018 again.")
    path = tmp_path / "p.json"
    done = shell("examples", "export", str(path), id)
    assert (done.code, done.out, path.exists()) == (1, "", False)
    assert shell("examples", "export", str(path), id, "--redact").code == 0
    assert "Patel" not in path.read_text(encoding="utf-8")


def test_only_named_or_verified_entries_leave(shell: Shell, tmp_path: Path) -> None:
    path = str(tmp_path / "p.json")
    private = logged(shell, "Mine", "-k", "K1", "--learned", "Words of mine.", "--private")
    bare = logged(shell, "No tags")
    assert "is private" in shell.refused("examples", "export", path, private)
    assert "no text with KSBs" in shell.refused("examples", "export", path, bare)
    assert "You entered no entry" in shell.refused("examples", "export", path)
    assert "no verified entries" in shell.refused("examples", "export", path, "--verified")
    good = logged(shell, "Seen", "-k", "S6", "--learned", "Mapped the process.")
    assert shell("coach", "verify", good, "--by", "Ruth Adeyemi").code == 0
    made = shell("examples", "export", path, "--verified", "--json").json
    assert made["examples"] == 1


def test_a_pack_for_another_standard_is_refused(shell: Shell, pack: Path) -> None:
    body = json.loads(pack.read_text(encoding="utf-8"))
    other = changed(pack, standard="ST0116", statements=dict.fromkeys(body["statements"], "Sing."))
    assert "is for ST0116" in shell.refused("examples", "add", str(other))
    partly = changed(pack, statements=body["statements"] | {"B4": "Sings well."})
    added = shell("examples", "add", str(partly), "--json").json
    assert (added["examples"], added["other_codes"]) == (2, ["B4"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "null",
        "not json",
        "[" * 100_000,
        '{"format": "ksbtui-examples"}',
        "\x00\xff",
    ],
)
def test_a_damaged_or_hostile_pack_is_refused(shell: Shell, tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    shell.refused("examples", "add", str(path))
    assert shell("examples", "list", "--json").json == {"packs": []}


def test_fields_of_a_pack_are_checked(shell: Shell, pack: Path) -> None:
    bad: list[dict[str, Any]] = [
        {"version": 99},
        {"more": 1},
        {"examples": []},
        {"examples": [{"text": "x", "ksbs": ["K99"]}]},
        {"examples": [{"text": "x" * 20_001, "ksbs": ["B4"]}]},
        {"examples": [{"text": "x", "ksbs": "B4"}]},
    ]
    for changes in bad:
        shell.refused("examples", "add", str(changed(pack, **changes)))
    shell.refused("examples", "add", str(pack), "--name", "../../x")
    shell.refused("examples", "add", str(pack.with_name("absent.json")))


def test_a_pack_that_broke_later_is_named_and_left_out(shell: Shell, pack: Path) -> None:
    kept = Path(shell("examples", "add", str(pack), "--json").json["path"])
    kept.write_text("{", encoding="utf-8")
    assert shell("suggest", "Visit to the depot.", "--json").code == 0
    (listed,) = shell("examples", "list", "--json").json["packs"]
    assert listed["problem"]
    assert shell("examples", "remove", listed["name"]).code == 0


def test_a_tutor_makes_a_pack_of_a_hand_over(shell: Shell, tmp_path: Path) -> None:
    good = logged(shell, "Seen", "-k", "S6", "--learned", "Mapped the process with two agents.")
    logged(shell, "Not yet", "-k", "K1", "--learned", "Read about models.")
    assert shell("coach", "verify", good, "--by", "Ruth Adeyemi").code == 0
    file, path = tmp_path / "amira.ksb", tmp_path / "pack.json"
    shared = shell("handover", "share", str(file), "--plain", "--keep-personal-data")
    assert shared.code == 0, shared.err
    words = ("examples", "export", str(path), "--verified")
    done = shell("handover", "open", str(file), *words)
    assert done.code == 0, done.err
    (example,) = json.loads(path.read_text(encoding="utf-8"))["examples"]
    assert example["ksbs"] == ["S6"]

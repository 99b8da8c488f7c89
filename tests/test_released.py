"""What a released version wrote is opened, shown, changed and exported as that version did.

``tests/data/released/VERSION`` holds a journal (every kind of record, three drafts, an entry
deleted, one import, a running timer), its settings, two exports, and what the reporting
commands printed of it. They were written by that version and are never made again.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ksbtui.cli.root import run
from ksbtui.core.codec import encode_fields
from ksbtui.journal.record_kinds import ANSWER, SHAPES, read_record
from ksbtui.settings import load_settings

RELEASED = Path(__file__).parent / "data" / "released"
VERSIONS = sorted(path.name for path in RELEASED.iterdir())
AS_AT = "2026-09-23"
COMMANDS = (
    "list",
    "hours",
    "action list --all",
    "coach list",
    "review list",
    "discuss history",
    "discuss stories",
    "project",
    "scan",
    "evidence list",
    "enrolment show",
    "history --limit 100",
)

Run = Callable[..., Any]


@pytest.fixture(params=VERSIONS)
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of what a version wrote."""
    folder = tmp_path / "released"
    shutil.copytree(RELEASED / request.param, folder)
    return folder


CAME_LATER = {"opening", "revisit", "signed"}
"""Kinds of record that 0.1.0 did not have."""


@pytest.fixture
def command(released: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the released journal; gives what it printed."""

    def ran(*words: str) -> Any:
        capsys.readouterr()
        code = run(["--journal", str(released / "journal.db"), "--as-at", AS_AT, *words])
        printed = capsys.readouterr()
        assert code == 0, printed.err
        return json.loads(printed.out) if "--json" in words else printed.out

    return ran


def differences(then: Any, now: Any, path: str = "") -> list[str]:
    """Where what is said now differs from what was said then; a key may have been added."""
    if isinstance(then, dict) and isinstance(now, dict):
        lost = [f"{path}.{key} is gone" for key in then.keys() - now.keys()]
        return lost + [
            line
            for key in then.keys() & now.keys()
            for line in differences(then[key], now[key], f"{path}.{key}")
        ]
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        pairs = enumerate(zip(then, now, strict=True))
        return [line for n, (a, b) in pairs for line in differences(a, b, f"{path}[{n}]")]
    return [] if then == now else [f"{path}: {then!r} is now {now!r}"]


def test_every_command_shows_what_it_showed(released: Path, command: Run) -> None:
    shown = json.loads((released / "shown.json").read_text())
    for line in COMMANDS:
        assert not differences(shown[line], command(*line.split(), "--json"), line)


def test_exports_are_what_they_were(released: Path, command: Run, tmp_path: Path) -> None:
    command("export", "json", str(tmp_path / "now.json"), "--with-private", "--keep-personal-data")
    then, now = (
        json.loads(p.read_text()) for p in (released / "record.json", tmp_path / "now.json")
    )
    del then["version"], now["version"]  # the second also says where each field comes from
    assert not differences(then, now)
    command("export", "otj", str(tmp_path / "now.csv"), "--keep-personal-data")
    then_rows, now_rows = (
        list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        for path in (released / "otj.csv", tmp_path / "now.csv")
    )
    width = len(then_rows[0])
    assert [row[:width] for row in now_rows] == then_rows, "newer columns stand last"


def test_its_changes_are_undone_and_redone(released: Path, command: Run) -> None:
    def images() -> list[tuple[str, str, Any]]:
        with sqlite3.connect(released / "journal.db") as connection:
            found = connection.execute("SELECT kind, id, body FROM record ORDER BY 1, 2")
            return [(kind, id, json.loads(body)) for kind, id, body in found]

    before, listed = images(), command("list", "--json")
    undone = 0
    while True:
        try:
            command("undo")
        except AssertionError:
            break
        undone += 1
    assert undone > 10
    assert images() != before
    for _ in range(undone):
        command("redo")
    assert images() == before
    assert command("list", "--json") == listed


def test_its_export_makes_the_same_journal(
    released: Path, command: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fresh = ["--journal", str(tmp_path / "new.db"), "--as-at", AS_AT]
    assert run([*fresh, "import", str(released / "record.json")]) == 0
    capsys.readouterr()
    assert run([*fresh, "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == command("list", "--json")


def test_its_drafts_and_settings_are_read(released: Path, command: Run) -> None:
    settings = load_settings(released / "settings.json")
    assert (settings.theme, settings.ascii) == ("ksb-light", True)
    begun = command("coach", "--json")["underway"]
    assert (begun["notes"], begun["ksbs"]) == ("Manager agreed Thursdays", ["K1", "K2"])
    assert "Reading group" in command("timer")


def test_every_record_is_read_strictly_and_written_byte_for_byte(released: Path) -> None:
    with sqlite3.connect(released / "journal.db") as connection:
        found = connection.execute("SELECT kind, id, body FROM record").fetchall()
    kinds = set()
    for kind, id, text in found:
        value = read_record(kind, id, json.loads(text))
        if value is not None:
            kinds.add(kind)
            beside = () if "id" in json.loads(text) else ("id",)
            body = value.body() if kind == ANSWER else encode_fields(value, *beside)
            assert json.dumps(body, ensure_ascii=False) == text
    assert kinds == {*SHAPES, ANSWER} - CAME_LATER


if __name__ == "__main__":
    # How a release adds its own: put its files in a folder, then keep what its commands print.
    folder = RELEASED / sys.argv[1]
    shown = {}
    for line in COMMANDS:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            where = ["--journal", str(folder / "journal.db"), "--as-at", AS_AT]
            assert run([*where, *line.split(), "--json"]) == 0
        shown[line] = json.loads(out.getvalue())
    (folder / "shown.json").write_text(json.dumps(shown, ensure_ascii=False) + "\n")

"""Whatever stdout is, a save is never called failed, and nothing hostile is obeyed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ksbtui.cli import output
from ksbtui.core.text.text import ASCII
from ksbtui.journal.entry import listing
from ksbtui.journal.entry.derive import Deriver
from ksbtui.journal.journal import Journal
from tests.cli.kit import Shell
from tests.journals import activity, enrolled

SRC = Path(__file__).resolve().parents[2] / "src"
HOSTILE = "a\x1b]52;c;ZXZpbA==\x07b\x1b[2K\rc\x9b31md\x7f <script>alert(1)</script>"


def ksbtui(
    journal: Path, line: str, *words: str, encoding: str = "utf-8"
) -> subprocess.CompletedProcess[bytes]:
    """Run the program by a shell; ``line`` holds ``ARGS`` where its arguments belong."""
    command = [sys.executable, "-m", "ksbtui", "--journal", str(journal), *words]
    env = {
        **os.environ,
        "PYTHONPATH": str(SRC),
        "KSBTUI_AS_AT": "2026-06-30",
        "PYTHONIOENCODING": encoding,
    }
    return subprocess.run(
        ["sh", "-c", f'"$@" {line}', "sh", *command], env=env, capture_output=True, timeout=60
    )


@pytest.mark.skipif(os.name != "posix", reason="by a POSIX shell")
@pytest.mark.parametrize(
    ("line", "encoding"),
    [
        (">&-", "utf-8"),
        ("> /dev/full", "utf-8"),
        ("< /dev/null | true", "utf-8"),
        (">&- 2>&- <&-", "utf-8"),
        ("> /dev/full 2>&1", "utf-8"),
        ("", "cp1252"),
        ("", "ascii"),
    ],
)
def test_log_saves_once_and_says_so(tmp_path: Path, line: str, encoding: str) -> None:
    journal = enrolled(tmp_path)
    journal.close()
    done = ksbtui(journal.path, line, "log", "Plain ✓ 漢字", "-t", "1h", encoding=encoding)
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    assert Journal(journal.path).entries.find().total == 1
    if line == "> /dev/full":
        assert b"is saved" in done.stderr


@pytest.mark.parametrize("command", ["status", "list", "doctor", "coverage", "timeline", "next"])
def test_a_narrow_encoding_gets_plain_symbols(tmp_path: Path, command: str) -> None:
    journal = enrolled(tmp_path)
    journal.entries.add(activity("✓ 漢字", ksbs=("K1",)))
    journal.close()
    done = ksbtui(journal.path, "", command, encoding="cp1252")
    assert done.returncode == 0, done.stderr
    done.stdout.decode("cp1252")


def test_json_keeps_every_sign_in_a_narrow_encoding(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    journal.entries.add(activity("✓ 漢字"))
    journal.close()
    done = ksbtui(journal.path, "", "list", "--json", encoding="cp1252")
    assert json.loads(done.stdout)["entries"][0]["title"] == "✓ 漢字"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="where there is a full device")
def test_a_report_that_cannot_be_written_fails_plainly(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    journal.close()
    done = ksbtui(journal.path, "> /dev/full", "status")
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 2
    assert b"could not be written" in done.stderr


def test_no_control_character_reaches_the_terminal(shell: Shell, tmp_path: Path) -> None:
    id = shell("log", HOSTILE, "-t", "1h", "--notes", HOSTILE, "-k", "K1", "--json").json["id"]
    for words in (
        ("show", id),
        ("list",),
        ("undo",),
        ("redo",),
        ("history",),
        ("status",),
        ("log", "x", "-t", HOSTILE),
        ("show", "\x1b[31mabcd"),
    ):
        done = shell(*words)
        said = done.out + done.err
        assert not [char for char in said if not char.isprintable() and char not in "\n\t"], words
    assert shell("show", id, "--json").json["notes"] == HOSTILE.replace("\r", "\n")


def test_no_control_character_nor_script_reaches_an_export(shell: Shell, tmp_path: Path) -> None:
    link = f"[x](javascript:alert(1))\n{HOSTILE}"
    assert shell("log", HOSTILE, "-t", "1h", "--notes", link, "-k", "K1").code == 0
    for report, name in (
        ("otj", "otj.csv"),
        ("entries", "folder"),
        ("portfolio", "portfolio.md"),
    ):
        path = tmp_path / name
        assert shell("export", report, str(path), "--keep-personal-data").code == 0, name
        for file in sorted(path.iterdir()) if path.is_dir() else [path]:
            text = file.read_text(encoding="utf-8")
            bad = [c for c in text if not c.isprintable() and c not in "\n\t"]
            assert not bad, (file, bad)
            if file.suffix == ".md":
                assert "<script>" not in text.replace("\\<script", "")
                assert "](javascript:" not in text.replace("\\](", "")


def test_every_symbol_has_one_plain_cell() -> None:
    assert all(len(plain) == 1 and plain.isascii() for plain in ASCII.values())


def test_a_long_list_comes_in_pieces_and_is_one_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = enrolled(tmp_path)
    for number in range(7):
        journal.entries.add(activity(f"{number} \u2028 \x85 漢字", notes="a\n\nb"))
    journal.close()
    shell = Shell(journal.path, capsys, "2026-06-30")
    whole = [shell("list", *words).out for words in ((), ("--json",))]
    monkeypatch.setattr(output, "_AT_ONCE", 3)
    monkeypatch.setattr(listing, "WINDOW", 2)
    assert [shell("list", *words).out for words in ((), ("--json",))] == whole
    document = json.loads(whole[1])
    assert (
        whole[1]
        == json.dumps(document, ensure_ascii=False, indent=2).replace("\x85", r"\u0085") + "\n"
    )
    assert (list(document), len(document["entries"]), document["total"]) == (
        ["entries", "total"],
        7,
        7,
    )
    assert shell("list", "-n", "2", "--json").json["total"] == 7
    nothing = shell("list", "--search", "zzzz", "--json")
    assert nothing.out == '{\n  "entries": [],\n  "total": 0\n}\n'


@pytest.mark.skipif(os.name != "posix", reason="by a POSIX shell")
@pytest.mark.parametrize("words", [["list"], ["list", "--json"]])
def test_a_list_that_nobody_reads_to_its_end_ends_quietly(tmp_path: Path, words: list[str]) -> None:
    journal = enrolled(tmp_path)
    with journal.context.writing("Many") as batch:
        derive = Deriver(journal.context)
        for number in range(1_200):
            entry = activity(f"Entry {number} " + "x" * 80, notes="y" * 200)
            journal.entries.put_new(batch, entry, derive)
    journal.close()
    done = ksbtui(journal.path, "| head -1", *words)
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""

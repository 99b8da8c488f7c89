"""The capture page: it holds the standard, nothing of the learner's, and its file comes in."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ksbtui.exports.formats.as_html import HEADER
from tests.cli.kit import Shell


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A journal with one entry."""
    made = Shell(tmp_path / "journal.db", capsys, "2026-06-30")
    words = ("--standard", "ST1512", "--programme", "local-government-14-months")
    assert made("setup", *words, "--start", "2026-01-12", "--name", "Aisha Khan").code == 0
    assert made("log", "Prompt workshop", "-t", "2h", "-k", "S8").code == 0
    return made


def test_the_page_holds_every_ksb_and_nothing_of_the_learner(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "capture.html"
    assert shell("capture", str(path)).code == 0
    page = path.read_text()
    assert all(f'"{code}"' in page for code in ("K1", "K29", "S29", "B6"))
    assert all(f'"{header}"' in page for header in HEADER)
    assert "Aisha" not in page
    assert "Prompt workshop" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert shell("capture", str(path)).code == 1, "a file that is there is never replaced"
    assert shell("capture", str(tmp_path / "capture.txt")).code == 1


def test_the_file_it_saves_comes_in_once(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "ksbtui-capture.csv"
    rows = [
        [
            "2026-06-20",
            "90",
            "Shadowing or visit",
            "Sat in, with Priya",
            "Two\nlines",
            "K10 S8",
            "",
        ],
        ["2026-06-21", "65", "Other training", "Second sitting", "", "", "IMG_0042.jpg"],
    ]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    first = shell("import", str(path), "--json").json
    assert (first["added"], first["minutes"], first["skipped"]) == (2, 155, [])
    entries = {one["day"]: one for one in shell("list", "--json").json["entries"]}
    one, two = entries["2026-06-20"], entries["2026-06-21"]
    assert (one["title"], one["learned"], one["ksbs"]) == (
        "Sat in, with Priya",
        "Two\nlines",
        ["K10", "S8"],
    )
    assert two["title"] == "Second sitting"
    assert "IMG_0042.jpg" in two["notes"]
    assert shell("import", str(path), "--json").json["added"] == 0

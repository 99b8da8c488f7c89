"""The user guide tells the truth: each command in a grey box runs, page after page."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from ksbtui.cli.root import run

GUIDE = Path(__file__).resolve().parents[1] / "docs" / "guide"
AS_AT = "2026-06-30"
PAGES = sorted(GUIDE.glob("[0-9]*.md"), key=lambda page: int(page.name.partition("-")[0]))
BOX = re.compile(r"^( *)```sh\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def commands(page: Path) -> list[str]:
    """The lines of a page's shell boxes."""
    boxes = BOX.findall(page.read_text(encoding="utf-8"))
    return [line.strip() for _, box in boxes for line in box.splitlines() if line.strip()]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the guide speaks of, where the commands run."""
    (tmp_path / "test-plan.pdf").write_bytes(b"%PDF-1.4 a test plan")
    (tmp_path / "hours.csv").write_text("Date,Activity,Hours\n01/06/2026,Webinar,1.5\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_command_of_the_guide_runs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [(page.name, line) for page in PAGES for line in commands(page)]
    assert len(lines) > 40
    for page, line in lines:
        program, *words = shlex.split(line)
        assert program == "ksbtui", f"{page}: {line}"
        code = run(["--journal", str(folder / "j.db"), "--as-at", AS_AT, *words])
        said = capsys.readouterr()
        assert code == 0, f"{page}: {line}\n{said.err}"


def test_the_guide_leads_to_every_page() -> None:
    index = (GUIDE / "README.md").read_text(encoding="utf-8")
    assert PAGES
    for page in PAGES:
        assert f"({page.name})" in index
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (GUIDE / target).exists(), f"{page.name}: {target}"

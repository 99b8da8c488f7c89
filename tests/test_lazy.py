"""What only some commands need is loaded by these alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src"
HEAVY = {
    *("xlsxwriter", "openpyxl", "docx", "lxml", "jinja2", "icalendar", "dateutil"),
    *("python_calamine", "markdown_it", "pydantic", "sqlite_utils", "snowballstemmer"),
}
COMMAND = """
from ksbtui.cli.root import run
run(["--journal", {path!r}, "--as-at", "2026-09-23", *{words!r}])
"""
FIRST_PAINT = """
import asyncio
from datetime import date
from pathlib import Path
from ksbtui.app import KsbtuiApp
from ksbtui.clock import Clock
from ksbtui.journal.journal import Journal
async def main():
    app = KsbtuiApp(Journal(Path({path!r}), Clock(date(2026, 9, 23))))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert type(app.screen).__name__ == "Today"
asyncio.run(main())
"""


def loaded(code: str) -> set[str]:
    """The packages that running ``code`` loads."""
    told = f"import sys\nsys.path.insert(0, {str(SOURCE)!r})\n{code}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The demo journal."""
    made = str(tmp_path_factory.mktemp("lazy") / "demo.db")
    loaded(COMMAND.format(path=made, words=["demo", made, "--no-open"]))
    return made


@pytest.mark.parametrize("words", [["--help"], ["status"], ["export", "--help"]])
def test_commands_load_no_library_they_do_not_need(path: str, words: list[str]) -> None:
    assert not loaded(COMMAND.format(path=path, words=words)) & (HEAVY | {"textual", "rich"})


def test_the_first_paint_loads_none_either(path: str) -> None:
    found = loaded(FIRST_PAINT.format(path=path))
    assert "textual" in found
    assert not found & HEAVY

"""Count the files of ours that one use case enters: how far a reader must follow it.

Usage: python scripts/files_entered.py [--list]

A file counts once a function of it is called. Made on an invented learner's journal in a
temporary folder; nothing of yours is read.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "ksbtui"
sys.path.insert(0, str(ROOT / "src"))
os.environ["TEXTUAL_ANIMATIONS"] = "none"

from ksbtui.cli.root import run  # noqa: E402
from ksbtui.clock import Clock  # noqa: E402
from ksbtui.journal.demo.demo import make_demo  # noqa: E402
from ksbtui.journal.journal import Journal  # noqa: E402

DAY = date(2026, 9, 23)


@contextmanager
def entered(found: set[str]) -> Iterator[None]:
    """Collect the files whose functions are called inside the block."""
    start = f"{SOURCE}{os.sep}"

    def note(frame: FrameType, event: str, _: Any) -> None:
        name = frame.f_code.co_filename
        if event == "call" and name.startswith(start) and frame.f_code.co_name != "<module>":
            found.add(name.removeprefix(start))

    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(None)


def command(path: Path, *words: str) -> set[str]:
    """The files that a command line enters."""
    found: set[str] = set()
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()), entered(found):
        run(["--journal", str(path), "--as-at", DAY.isoformat(), *words])
    return found


def saved_in_the_form(path: Path) -> set[str]:
    """The files between ctrl+s in the form and the new entry on Today."""
    from textual.widgets import Input

    from ksbtui.app import KsbtuiApp

    async def save() -> set[str]:
        found: set[str] = set()
        app = KsbtuiApp(Journal(path, Clock(DAY)))
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press("a")
            await pilot.pause(0.5)
            for name, value in (("title", "Prompt workshop"), ("time", "2h")):
                app.screen.query_one(f"#{name}", Input).value = value
            await pilot.pause(0.5)
            with entered(found):
                await pilot.press("ctrl+s")
                await pilot.pause()
        return found

    return asyncio.run(save())


def main() -> None:
    """Print one line a use case."""
    folder = Path(tempfile.mkdtemp())
    os.environ.update(HOME=str(folder), XDG_DATA_HOME=str(folder), XDG_CONFIG_HOME=str(folder))
    try:
        demo = folder / "demo.db"
        make_demo(demo, Clock(DAY)).close()
        log = folder / "log.xlsx"
        command(demo, "export", "otj", str(log), "--keep-personal-data")
        empty = folder / "empty.db"
        set_up = ("--programme", "local-government-14-months", "--start", "2026-01-12")
        command(empty, "setup", "--standard", "ST1512", *set_up)
        cases: dict[str, Callable[[], set[str]]] = {
            "log": lambda: command(demo, "log", "Prompt workshop", "-t", "2h", "-k", "K1"),
            "coverage --json": lambda: command(demo, "coverage", "--json"),
            "save in the form to Today": lambda: saved_in_the_form(empty),
            "import XLSX": lambda: command(empty, "import", str(log)),
            "export portfolio HTML": lambda: command(
                demo, "export", "portfolio", str(folder / "p.html"), "--keep-personal-data"
            ),
        }
        for name, made in cases.items():
            found = made()
            print(f"{name:<28}{len(found):>4}")
            if "--list" in sys.argv:
                print(*(f"    {one}" for one in sorted(found)), sep="\n")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()

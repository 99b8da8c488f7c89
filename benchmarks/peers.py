"""What other programs take for the same, where they are on the path: jrnl, Watson, dooit.

Each runs with an empty home of its own, and is set beside the floors of `run.py`.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import first_paint
import log

RUNS = 5
JRNL_SETTINGS = """\
colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: true
indent_character: '|'
journals: {{default: {{journal: {journal}}}}}
linewrap: 79
tagsymbols: '#@'
template: false
timeformat: '%F %r'
version: v4.6
"""
WORKED = ["--from", "2026-09-22 10:00", "--to", "2026-09-22 12:00"]


class Peer(NamedTuple):
    """CPU milliseconds of a program and of the floor beside it."""

    what: str
    ours: float
    floor: float

    @property
    def row(self) -> str:
        """A row of the table; there is no goal to meet."""
        return f"| {self.what} | – | {self.ours / self.floor:.2f}× ({self.ours:,.0f} ms) | – |"


def peers(folder: Path) -> list[Peer]:
    """Those that are installed."""
    home = folder / "peers"
    settings = home / "CONFIG" / "jrnl" / "jrnl.yaml"
    settings.parent.mkdir(parents=True)
    (home / "journal.txt").touch()
    settings.write_text(JRNL_SETTINGS.format(journal=home / "journal.txt"))
    known: dict[str, Callable[[str], Peer]] = {
        "jrnl": lambda path: _logs([path, "Prompt workshop. Two hours."], home),
        "watson": lambda path: _logs([path, "add", *WORKED, "workshop", "+S8"], home),
        "dooit": lambda path: _paints([path], "Welcome to Dooit", home),
    }
    paths = {name: shutil.which(name) for name in known}
    return [known[name](path) for name, path in paths.items() if path]


def _logs(command: list[str], home: Path) -> Peer:
    environment = {**log.ENV, **first_paint.environment(home)}
    environment.pop("PYTHONPATH")

    def used() -> float:
        return log.cpu(command, environment)

    floor = [sys.executable, str(log.FLOOR), str(home / "floor.db"), "Prompt workshop"]
    used()
    pairs = [(log.cpu(floor), used()) for _ in range(RUNS)]
    floors, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    return Peer(f"{_version(command[0])} logs a line", ours, floors)


def _paints(command: list[str], text: str, home: Path) -> Peer:
    empty = [sys.executable, "-c", first_paint.EMPTY]
    first_paint.painted(command, text, home)
    pairs = [
        (
            first_paint.painted(empty, "Ready to work", home),
            first_paint.painted(command, text, home),
        )
        for _ in range(RUNS)
    ]
    floors, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    return Peer(f"{_version(command[0])} paints its first screen", ours, floors)


def _version(path: str) -> str:
    """The name and version a program gives itself."""
    done = subprocess.run([path, "--version"], capture_output=True, text=True, env=log.ENV)
    words = done.stdout.split()
    numbers = [word.strip("v,") for word in words if word.strip("v")[:1].isdigit()]
    return f"{Path(path).name} {numbers[0] if numbers else ''}".strip()

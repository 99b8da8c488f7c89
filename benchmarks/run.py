"""Everything that is promised of speed, in one table.

Usage: python benchmarks/run.py [--quick] [--gate]

Ratios are medians of pairs run in turn on this machine, in CPU time, so that a busy machine
changes them little. ``--quick`` measures fewer runs of small journals; ``--gate`` exits with
1 if a figure is over 1.5 times its goal. The table is Markdown, for docs/PERFORMANCE.md.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))

screens = import_module("screens")  # first: the next one puts the tests' own on the path

import first_paint  # noqa: E402
import log  # noqa: E402

GATE = 1.5
FIRST_VISIT_MS = 100


class Figure(NamedTuple):
    """What was measured: the promise, the figure, and how it reads."""

    what: str
    goal: float
    measured: float
    unit: str
    beside: str

    @property
    def verdict(self) -> str:
        """Whether the goal is met."""
        return "met" if self.measured <= self.goal else f"missed by {self.measured / self.goal:.2f}"


def figures(folder: Path, quick: bool) -> Iterator[Figure]:
    """Measure one thing after another."""
    sizes = (300,) if quick else (300, 10_000, 100_000)
    (folder / "log").mkdir()
    for size in sizes:
        ours, floor, ratio = log.compare(size, folder / "log", 7 if quick else log.RUNS)
        yield Figure(f"`log` at {size:,}", 2, ratio, "×", f"{ours:.0f} ms to {floor:.0f} ms")
    for size in sizes:
        ours, floor, ratio = first_paint.compare(size, folder, 4 if quick else first_paint.RUNS)
        goal = 1.5 if size > 10_000 else 1.3
        yield Figure(f"first paint at {size:,}", goal, ratio, "×", f"{ours:.0f} to {floor:.0f} ms")
    size = 300 if quick else 10_000
    for name, first in first_visits(size, folder).items():
        yield Figure(f"first visit of {name} at {size:,}", FIRST_VISIT_MS, first, " ms", "")
    for what, goal, arguments in (
        ("`status` at", 150, ["status"]),
        ("DOCX portfolio of", 4_000, ["export", "portfolio", str(folder / "p.docx")]),
    ):
        journal = folder / f"{size}.db"
        used = command_ms(journal, arguments, folder)
        yield Figure(f"{what} {size:,}", goal, used, " ms", "")


def first_visits(size: int, folder: Path) -> dict[str, float]:
    """CPU milliseconds of each screen's first visit."""
    journal = folder / f"{size}.db"
    if not journal.exists():
        journal = first_paint.make_journal(size, folder)
    command = [sys.executable, "-m", "ksbtui", "--journal", str(journal)]
    found = {}
    with first_paint.Terminal(
        command, first_paint.environment(folder), columns=120, lines=40
    ) as terminal:
        terminal.wait_for("Next best step", seconds=60)
        screens.settle(terminal, 3)
        for key in screens.ORDER:
            found[screens.SCREENS[key]] = screens.spent(terminal, key)
    return found


def command_ms(journal: Path, arguments: list[str], folder: Path) -> float:
    """CPU milliseconds of a command."""
    command = [sys.executable, "-m", "ksbtui", "--journal", str(journal), *arguments]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, **first_paint.environment(folder)}
    subprocess.run(
        command, check=True, capture_output=True, stdin=subprocess.DEVNULL, env=environment
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def main() -> int:
    """Print the table; with ``--gate`` say by the exit code whether it may pass."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    failed = 0
    print(f"Measured {time.strftime('%d %B %Y')}, {os.cpu_count()} cores, Python", end=" ")
    print(f"{sys.version.split()[0]}\n\n| what | goal | measured | verdict |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for one in figures(Path(folder), "--quick" in sys.argv):
            beside = f" ({one.beside})" if one.beside else ""
            shown = f"{one.measured:.2f}" if one.unit == "×" else f"{one.measured:,.0f}"
            goal = f"{one.goal:,g}{one.unit}"
            print(
                f"| {one.what} | {goal} | {shown}{one.unit}{beside} | {one.verdict} |", flush=True
            )
            failed += one.measured > GATE * one.goal
    return 1 if failed and "--gate" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())

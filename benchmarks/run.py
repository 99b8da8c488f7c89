"""Everything that is promised of speed, in one table.

Usage: python benchmarks/run.py [--quick] [--gate]

Each figure is a ratio to a floor measured beside it in the same run, in CPU time and medians,
so that neither another machine nor a busy one changes it much. ``--quick`` measures a small
journal and no other programs (what CI runs, some 15 s); ``--gate`` measures a figure over 1.5
times its goal once more and exits with 1 if it stays there. The table is Markdown, for
docs/PERFORMANCE.md.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from compileall import compile_dir
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))

screens = import_module("screens")  # first: the next one puts the tests' own on the path

import first_paint  # noqa: E402
import log  # noqa: E402
from peers import peers  # noqa: E402

GATE = 1.5
COMMAND_RUNS = 5
VISIT_SECONDS = 0.6
"""How long a visit is watched at least: some of it comes after the paint."""
LOAD = "import click, sqlite3"
PLAIN_DOCX = """
import sys, docx
document = docx.Document()
for _ in range(int(sys.argv[1])):
    document.add_paragraph("Prompt workshop, two hours, and what was learned in it.")
document.save(sys.argv[2])
"""


class Figure(NamedTuple):
    """A promise and what was measured: so many times a floor, in milliseconds each."""

    what: str
    goal: float
    ratio: float
    ours: float
    floor: float
    beside: str

    @property
    def row(self) -> str:
        """A row of the table."""
        met = self.ratio <= self.goal
        verdict = "met" if met else f"missed by {self.ratio / self.goal:.2f}"
        figures = f"{self.ratio:.2f}× ({self.ours:,.0f} to {self.floor:,.0f} ms)"
        return f"| {self.what} | {self.goal:g}× {self.beside} | {figures} | {verdict} |"


Measure = Callable[[], list[Figure]]


def measures(folder: Path, quick: bool) -> Iterator[Measure]:
    """What can be measured, one after another."""
    sizes = (300,) if quick else (300, 10_000, 100_000)
    (folder / "log").mkdir()
    for size in sizes:
        yield lambda size=size: [log_figure(size, folder, 7 if quick else log.RUNS)]
    for size in sizes:
        yield lambda size=size: [paint_figure(size, folder, 4 if quick else first_paint.RUNS)]
    size = 300 if quick else 10_000
    yield lambda: visit_figures(size, folder, 1 if quick else 3)
    yield lambda: [status_figure(size, folder)]
    yield lambda: [docx_figure(size, folder)]


def log_figure(size: int, folder: Path, runs: int) -> Figure:
    """``log`` beside argparse and one insert."""
    ours, floor, ratio = log.compare(size, folder / "log", runs)
    return Figure(f"`log` at {size:,}", 2, ratio, ours, floor, "argparse and one insert")


def paint_figure(size: int, folder: Path, runs: int) -> Figure:
    """Today's first paint beside that of an empty app."""
    ours, floor, ratio = first_paint.compare(size, folder, runs)
    goal = 1.5 if size > 10_000 else 1.3
    return Figure(f"first paint at {size:,}", goal, ratio, ours, floor, "an empty app")


def visit_figures(size: int, folder: Path, runs: int) -> list[Figure]:
    """Each screen's first visit beside the start of an empty app, each in a new process."""
    journal = journal_of(size, folder)
    empty = [sys.executable, "-c", first_paint.EMPTY]
    floors, visits = [], []
    for _ in range(runs):
        floors += [first_paint.painted(empty, "Ready to work", folder) for _ in range(3)]
        visits.append(first_visits(journal, folder))
    floor = statistics.median(floors)
    figures = []
    for name in visits[0]:
        ours = statistics.median(visit[name] for visit in visits)
        what = f"first visit of {name} at {size:,}"
        figures.append(Figure(what, 0.56, ours / floor, ours, floor, "an empty app"))
    return figures


def first_visits(journal: Path, folder: Path) -> dict[str, float]:
    """CPU milliseconds of each screen's first visit."""
    command = [sys.executable, "-m", "ksbtui", "--journal", str(journal)]
    with first_paint.Terminal(
        command, first_paint.environment(folder), columns=120, lines=40
    ) as terminal:
        terminal.wait_for("Next best step", seconds=60)
        screens.settle(terminal, 2)
        return {
            screens.SCREENS[key]: screens.spent(terminal, key, VISIT_SECONDS)
            for key in screens.ORDER
        }


def status_figure(size: int, folder: Path) -> Figure:
    """``status`` beside loading click and SQLite."""
    status = [sys.executable, "-m", "ksbtui", "--journal", str(journal_of(size, folder)), "status"]
    ours, floor, ratio = compare(status, [sys.executable, "-c", LOAD], folder, COMMAND_RUNS)
    return Figure(f"`status` at {size:,}", 3.75, ratio, ours, floor, "loading click and SQLite")


def docx_figure(size: int, folder: Path) -> Figure:
    """The portfolio beside a document of as many paragraphs."""
    journal, path = str(journal_of(size, folder)), str(folder / "p.docx")
    ours = [sys.executable, "-m", "ksbtui", "--journal", journal, "export", "portfolio", path]
    plain = [sys.executable, "-c", PLAIN_DOCX, str(size), str(folder / "plain.docx")]
    used, floor, ratio = compare(ours, plain, folder, 3)
    return Figure(f"DOCX portfolio of {size:,}", 3.15, ratio, used, floor, "as many paragraphs")


def compare(
    ours: list[str], floor: list[str], folder: Path, runs: int
) -> tuple[float, float, float]:
    """Run two commands in turn: CPU milliseconds of ours, of the floor, and the ratio."""
    pairs = [(command_ms(ours, folder), command_ms(floor, folder)) for _ in range(runs + 1)][1:]
    used, floors = zip(*pairs, strict=True)
    ratio = statistics.median(mine / least for mine, least in pairs)
    return statistics.median(used), statistics.median(floors), ratio


def command_ms(command: list[str], folder: Path) -> float:
    """CPU milliseconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, **first_paint.environment(folder)}
    subprocess.run(
        command, check=True, capture_output=True, stdin=subprocess.DEVNULL, env=environment
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def journal_of(size: int, folder: Path) -> Path:
    """A journal of so many entries, made when first asked for."""
    path = folder / f"{size}.db"
    return path if path.exists() else first_paint.make_journal(size, folder)


def over(figures: list[Figure]) -> bool:
    """Whether one of them fails the gate."""
    return any(figure.ratio > GATE * figure.goal for figure in figures)


def main() -> int:
    """Print the table; with ``--gate`` say by the exit code whether it may pass."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compile_dir(first_paint.ROOT / "src", quiet=1)  # as an installed program is
    gate, failed = "--gate" in sys.argv, False
    print(f"Measured {time.strftime('%d %B %Y')}, {os.cpu_count()} cores, Python", end=" ")
    print(f"{sys.version.split()[0]}\n\n| what | goal | measured | verdict |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for measure in measures(Path(folder), "--quick" in sys.argv):
            figures = measure()
            if gate and over(figures):  # a busy moment passes
                pairs = zip(figures, measure(), strict=True)
                figures = [min(pair, key=lambda one: one.ratio) for pair in pairs]
            print(*(figure.row for figure in figures), sep="\n", flush=True)
            failed |= over(figures)
        if "--quick" not in sys.argv:
            print(*(peer.row for peer in peers(Path(folder))), sep="\n")
    return 1 if failed and gate else 0


if __name__ == "__main__":
    sys.exit(main())

"""How soon Today stands on the screen, beside an empty Textual app.

Usage: python benchmarks/first_paint.py [SIZE…]   (300, 10000 and 100000 entries by default)

Both run in turn in a terminal of 120 × 40, from bytecode. Printed is the CPU time (user +
system, milliseconds) each has used when its text stands on the screen, median of the runs,
and the median ratio of the pairs. The goal is 1.3 at 300 and 10,000 entries, 1.5 at 100,000.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from terminal import Terminal  # noqa: E402

RUNS = 9
AS_AT = "2026-09-23"
EMPTY = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    def compose(self):
        yield Static("Ready to work")

Empty().run()
"""
TICKS = os.sysconf("SC_CLK_TCK")


def environment(folder: Path) -> dict[str, str]:
    """A home of its own, the checkout's code, a fixed day; Python writes its bytecode."""
    env = {"HOME": str(folder), "PYTHONPATH": str(ROOT / "src"), "KSBTUI_AS_AT": AS_AT}
    return env | {f"XDG_{name}_HOME": str(folder / name) for name in ("DATA", "CONFIG")}


def cpu(pid: int) -> float:
    """CPU milliseconds a process has used, its threads included (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ran = Path(f"/proc/{pid}/task")
    nanoseconds = sum(int((task / "schedstat").read_text().split()[0]) for task in ran.iterdir())
    return nanoseconds / 1e6 if nanoseconds else (int(fields[11]) + int(fields[12])) / TICKS * 1000


def painted(command: list[str], text: str, folder: Path) -> float:
    """Run a program until the text stands on its screen; gives the CPU milliseconds to there."""
    with Terminal(command, environment(folder), columns=120, lines=40) as terminal:
        while text not in terminal.text:
            terminal.read(0.002)
        return cpu(terminal.pid)


def make_journal(size: int, folder: Path) -> Path:
    """The demo learner's journal with so many entries."""
    path = folder / f"{size}.db"
    subprocess.run(
        [sys.executable, "-m", "ksbtui", "demo", str(path), "--entries", str(size), "--no-open"],
        check=True,
        capture_output=True,
        env={**os.environ, **environment(folder)},
    )
    return path


def compare(size: int, folder: Path, runs: int = RUNS) -> tuple[float, float, float]:
    """Run both in turn on a journal of ``size`` entries: ours, the empty app, and the ratio."""
    today = [sys.executable, "-m", "ksbtui", "--journal", str(make_journal(size, folder))]
    empty = [sys.executable, "-c", EMPTY]
    pairs = [
        (painted(empty, "Ready to work", folder), painted(today, "Next best step", folder))
        for _ in range(runs + 1)
    ][1:]
    floors, ours = zip(*pairs, strict=True)
    ratio = statistics.median(mine / least for least, mine in pairs)
    return statistics.median(ours), statistics.median(floors), ratio


def measure(size: int, folder: Path) -> None:
    """Run both and print what they took."""
    ours, floor, ratio = compare(size, folder)
    print(
        f"{size:>7} entries: Today {ours:6.0f} ms, empty app {floor:5.0f} ms, ratio {ratio:.2f}",
        flush=True,
    )


def main() -> None:
    """Measure every size asked for."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        for size in [int(word) for word in sys.argv[1:]] or [300, 10_000, 100_000]:
            measure(size, Path(folder))


if __name__ == "__main__":
    main()

"""How long ten thousand entries take to come in and to leave, as whole processes.

Usage: python benchmarks/exchange.py [RUNS]   (3 by default)

Prints the median wall and CPU seconds of each way; the goals are an import under 5 s and
JSON out under 1 s. What takes over a second shows a progress bar on a terminal.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENV = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "KSBTUI_AS_AT": "2026-09-23"}
KSBTUI = [sys.executable, "-m", "ksbtui", "--journal"]
ENTRIES = 10_000
SETUP = ["--standard", "ST1512", "--programme", "local-government-14-months"]
OUT = (
    ("json", "x.json"),
    ("otj", "x.csv"),
    ("otj", "x.xlsx"),
    ("portfolio", "x.html"),
    ("portfolio", "x.docx"),
    ("entries", "x"),
)


def timed(*command: str) -> tuple[float, float]:
    """Run a command; gives its wall and CPU seconds."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([*KSBTUI, *command], check=True, capture_output=True, env=ENV)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def show(name: str, pairs: list[tuple[float, float]]) -> None:
    """Print the medians of one way."""
    wall, cpu = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"{name:<24} {wall:6.2f} s wall  {cpu:6.2f} s CPU", flush=True)


def come_in(name: str, file: Path, folder: Path, runs: int) -> None:
    """Time bringing a file into a journal of its own, which ours makes itself."""
    pairs = []
    for run in range(runs):
        journal = str(folder / f"{name}-{run}.db")
        if name != "json":
            timed(journal, "setup", *SETUP, "--start", "2026-01-12")
        pairs.append(timed(journal, "import", str(file)))
    show(f"import {name}", pairs)


def main() -> None:
    """Measure every way out, then the two ways in."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        journal = str(folder / "big.db")
        timed(journal, "demo", "--entries", str(ENTRIES), "--no-open")
        for report, path in OUT:
            command = (journal, "export", report, str(folder / path))
            show(f"export {report} {Path(path).suffix}", [timed(*command) for _ in range(runs)])
        come_in("csv", folder / "x.csv", folder, runs)
        come_in("json", folder / "x.json", folder, runs)


if __name__ == "__main__":
    main()

"""How long ``ksbtui log`` takes beside its floor, at several sizes of journal.

Usage: python benchmarks/log.py [SIZE…]   (sizes in entries; 10 300 10000 by default)

Prints the median CPU milliseconds (user + system) of whole processes, run in turn, and the
median ratio of the pairs; the goal is at most 2, flat over the sizes. Both run from
bytecode, as installed programs do, also where the environment keeps Python from writing it.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FLOOR = ROOT / "benchmarks" / "floor_log.py"
ENV = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "KSBTUI_AS_AT": "2026-09-23"}
ENV.pop("PYTHONDONTWRITEBYTECODE", None)
RUNS = 21


def cpu(command: list[str], env: Mapping[str, str] = ENV) -> float:
    """Run a command; gives the CPU milliseconds it used."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, env=env)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used * 1000


def compare(size: int, folder: Path, runs: int = RUNS) -> tuple[float, float, float]:
    """Time both in turn on a journal of ``size`` entries: ours, the floor, and the ratio."""
    journal = folder / f"{size}.db"
    run = [sys.executable, "-m", "ksbtui"]
    made = [*run, "demo", str(journal), "--entries", str(size), "--no-open"]
    subprocess.run(made, check=True, capture_output=True, env=ENV)
    log = [*run, "--journal", str(journal), "log", "Prompt workshop", "-t", "2h", "-k", "S8,K10"]
    floor = [sys.executable, str(FLOOR), str(folder / "floor.db"), "Prompt workshop", "-t", "120"]
    pairs = [(cpu(floor), cpu(log)) for _ in range(runs)][1:]
    floors, logs = zip(*pairs, strict=True)
    ratio = statistics.median(ours / least for least, ours in pairs)
    return statistics.median(logs), statistics.median(floors), ratio


def measure(size: int, folder: Path) -> None:
    """Time both and print what they took."""
    ours, floor, ratio = compare(size, folder)
    print(f"{size:>7} entries: log {ours:6.1f} ms, floor {floor:5.1f} ms, ratio {ratio:.2f}")


def main() -> None:
    """Measure every size asked for."""
    with tempfile.TemporaryDirectory() as folder:
        for size in [int(word) for word in sys.argv[1:]] or [10, 300, 10_000]:
            measure(size, Path(folder))


if __name__ == "__main__":
    main()

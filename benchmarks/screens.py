"""What the screens cost, in CPU milliseconds: visits, refreshes, keys, and doing nothing.

Usage: python benchmarks/screens.py [SIZE…]   (300 and 10000 entries by default)

The program runs in a terminal of 120 × 40, from bytecode. Each place is visited in turn,
three times over; then an entry is logged from outside while each of the first five is in
view; then the cursor walks the coverage map; then nothing happens for a while. The goals are
150 ms for a first visit, 100 for a later one and for a refresh, and 0.5 % at rest. Each
figure holds all that happens up to a quarter of a second without a sign on the screen.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from first_paint import Terminal, cpu, environment, make_journal

SCREENS = {
    "1": "Today",
    "2": "Journal",
    "3": "Hours",
    "4": "Coverage",
    "5": "Timeline",
    "6": "Prepare",
    "7": "Coach",
}
QUIET, POLL = 0.25, 1.4
"""Seconds without output that end a measurement; seconds until a save elsewhere is shown."""

ORDER = ("2", "4", "5", "6", "7", "3")
"""Hours is the last: there digits are hours to try. Escape leads from it to Today."""
ESCAPE = "\x1b"

RIGHT, LEFT = "\x1b[C", "\x1b[D"


def settle(terminal: Terminal, least: float = 0.0) -> None:
    """Read until the screen has stood still for a while, ``least`` seconds at least."""
    start = changed = time.monotonic()
    shown = terminal.text
    while (now := time.monotonic()) - changed < QUIET or now - start < least:
        terminal.read(0.02)
        if terminal.text != shown:
            shown, changed = terminal.text, time.monotonic()


def spent(terminal: Terminal, keys: str = "", least: float = 0.0) -> float:
    """CPU milliseconds the program uses for some keys and all that follows."""
    before = cpu(terminal.pid)
    if keys:
        terminal.send(keys)
    settle(terminal, least)
    return cpu(terminal.pid) - before


def visits(terminal: Terminal) -> dict[str, list[float]]:
    """The cost of each place, visit by visit; Today stands already."""
    found: dict[str, list[float]] = {key: [] for key in SCREENS}
    for _ in range(4):
        for key in (*ORDER, "1"):
            found[key].append(spent(terminal, ESCAPE if key == "1" else key))
    return found


def refreshes(terminal: Terminal, journal: Path, folder: Path) -> dict[str, float]:
    """The cost of showing what another terminal saved, with each place in view."""
    log = [sys.executable, "-m", "ksbtui", "--journal", str(journal), "log", "Shadowing", "-t1h"]
    env = {**os.environ, **environment(folder)}
    found = {}
    for key in ("1", "2", "4", "5", "3"):
        spent(terminal, key)
        costs = []
        for _ in range(3):
            before = cpu(terminal.pid)
            subprocess.run([*log, "-k", "K1,S8"], check=True, capture_output=True, env=env)
            settle(terminal, POLL)
            costs.append(cpu(terminal.pid) - before)
        found[key] = median(costs)
    return found


def measure(size: int, folder: Path) -> None:
    """Run the program on a journal of ``size`` entries and print what it took."""
    journal = make_journal(size, folder)
    command = [sys.executable, "-m", "ksbtui", "--journal", str(journal)]
    with Terminal(command, environment(folder), columns=120, lines=40) as terminal:
        terminal.wait_for("Next best step", seconds=60)
        settle(terminal, 4)
        places = visits(terminal)
        refreshed = refreshes(terminal, journal, folder)
        spent(terminal, ESCAPE)
        spent(terminal, "4")
        keys = [spent(terminal, key) for key in [RIGHT, LEFT] * 6]
        spent(terminal, "1")
        start, before = time.monotonic(), cpu(terminal.pid)
        terminal.read(0.01)
        time.sleep(15)
        idle = (cpu(terminal.pid) - before) / 10 / (time.monotonic() - start)
    print(f"{size} entries   first visit   later   after a save elsewhere")
    for key, name in SCREENS.items():
        first, *later = places[key]
        first_text = f"{first:11.0f}" if key != "1" else " " * 10 + "–"
        text = f"{refreshed[key]:8.0f}" if key in refreshed else ""
        print(f"  {key} {name:<10}{first_text}{median(later):8.0f}{text}")
    print(f"  a key on the coverage map {median(keys):.0f} ms; at rest {idle:.2f} %", flush=True)


def main() -> None:
    """Measure every size asked for."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        for size in [int(word) for word in sys.argv[1:]] or [300, 10_000]:
            measure(size, Path(folder))


if __name__ == "__main__":
    main()

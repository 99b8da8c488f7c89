"""Kill ksbtui in the middle of every kind of write, and say what was lost.

Usage: python benchmarks/faults.py [KILLS]            (200 by default, about two minutes)
       python benchmarks/faults.py --upgrade [KILLS]  (only the upgrade of a journal of 0.1.0)
       python benchmarks/faults.py --keys [STEPS] [SEED]  (10,000 by default, about ten minutes)

Prints how many kills, how many changes the program had acknowledged, how many of them were
lost (0 is the only right answer), and in which kind of write the kills fell. With --keys it
uses the app instead: random keys, words, clicks, drags and resizes over every screen, and says
what failed, hung or was lost. Needs the tests beside it; they hold the model of what must be there.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.faults.kills import kill_often
from tests.faults.upgrades import kill_upgrades

from ksbtui.clock import Clock


def main() -> int:
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    if "--keys" in sys.argv:
        return keys(*(int(word) for word in words))
    kills = int(words[0]) if words else 200
    if "--upgrade" in sys.argv:
        return upgrades(kills)
    with tempfile.TemporaryDirectory() as folder:
        report = kill_often(Path(folder), kills)
    print(f"kills                  {report.kills}")
    print(f"acknowledged changes   {report.acknowledged}")
    print(f"lost or half done      {len(report.lost)}")
    for kind, number in sorted(report.by_kind.items(), key=lambda item: -item[1]):
        print(f"  killed in {kind:<12}{number}")
    for line in report.lost:
        print(line)
    return 1 if report.lost else 0


def upgrades(kills: int) -> int:
    """Kill upgrades of a journal of 0.1.0, and say what format each left it in."""
    with tempfile.TemporaryDirectory() as folder:
        report = kill_upgrades(Path(folder), kills)
    print(f"kills                  {report.kills}")
    print(f"  while it was written {report.inside}")
    print(f"whole in the old form  {report.old}")
    print(f"whole in the new form  {report.new}")
    for line in report.wrong:
        print(line)
    return 1 if report.wrong else 0


def keys(steps: int = 10_000, seed: int = 1) -> int:
    """Use the demo at random, away from the person's own files and programs."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PATH"):
            os.environ[name] = folder
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = folder
        os.environ["TEXTUAL_ANIMATIONS"] = "none"
        os.chdir(folder)
        from tests.faults.keys import TODAY, press_often

        from ksbtui.journal.demo.demo import make_demo

        path = Path(folder) / "demo.db"
        make_demo(path, Clock(TODAY), 300).close()
        report = asyncio.run(press_often(path, steps, seed))
    print(f"steps                  {report.steps.total()} in {report.sessions} sessions")
    print("  " + ", ".join(f"{kind} {number}" for kind, number in report.steps.most_common()))
    print(f"screens                {len(report.screens)}")
    print("  " + ", ".join(f"{name} {number}" for name, number in report.screens.most_common()))
    print(f"words kept             {report.words}")
    print(f"slowest step           {report.slowest[0]:.2f} s CPU, {report.slowest[1]}")
    print(f"faults, hangs, losses  {len(report.wrong)}")
    for line in report.wrong:
        print(line)
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())

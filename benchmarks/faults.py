"""Kill ksbtui in the middle of every kind of write, and say what was lost.

Usage: python benchmarks/faults.py [KILLS]            (200 by default, about two minutes)
       python benchmarks/faults.py --upgrade [KILLS]  (only the upgrade of a journal of 0.1.0)

Prints how many kills, how many changes the program had acknowledged, how many of them were
lost (0 is the only right answer), and in which kind of write the kills fell. Needs the
tests beside it; they hold the model of what must be there.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.faults.kills import kill_often
from tests.faults.upgrades import kill_upgrades


def main() -> int:
    words = [word for word in sys.argv[1:] if word != "--upgrade"]
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


if __name__ == "__main__":
    sys.exit(main())

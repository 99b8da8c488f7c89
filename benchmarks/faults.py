"""Kill ksbtui in the middle of every kind of write, and say what was lost.

Usage: python benchmarks/faults.py [KILLS]   (200 by default, about two minutes)

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


def main() -> int:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
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


if __name__ == "__main__":
    sys.exit(main())

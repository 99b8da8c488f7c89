"""What a keystroke of the search costs, in CPU milliseconds, at several sizes of journal.

    python benchmarks/search.py [ENTRIES ...]      10000 and 100000 by default

Lines are typed letter by letter, common and rare words, phrases and facets among them; each
keystroke reads the first page as the screen does. Aim: a median of at most 30 ms at 10,000
entries, and at 100,000 no keystroke over 100 ms.
"""

import sys
import time
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from ksbtui.clock import Clock  # noqa: E402
from ksbtui.core.entry.entries import Filter  # noqa: E402
from ksbtui.journal.demo.demo import make_demo  # noqa: E402

PAGE = 50
LINES = (
    "the council",
    "testing with residents ",
    "governance of prompts",
    '"contact centre" pilot',
    "ksb:S6 type:coaching risk",
    "counted:no after:2026-03 a",
    "no:evidence submitted:no plan",
    "c++ zebra",
    "* 🎉",
    "会議",
)


def keystrokes() -> list[str]:
    """Every state of the search line while the lines are typed."""
    return [line[:end] for line in LINES for end in range(1, len(line) + 1)]


def measure(entries: int) -> None:
    """Make a journal of that size and print what its keystrokes cost."""
    with TemporaryDirectory() as folder:
        journal = make_demo(Path(folder) / "journal.db", Clock(date(2026, 6, 30)), entries)
        costs = []
        for line in keystrokes():
            start = time.process_time()
            journal.entries.find(Filter(search=line), PAGE, count=False)
            costs.append(((time.process_time() - start) * 1000, line))
        worst = sorted(costs, reverse=True)[:5]
        spent = sorted(cost for cost, _ in costs)
        print(f"{entries:>7} entries  {len(costs)} keystrokes  CPU ms: median {median(spent):.1f}")
        print(f"        95 % {spent[int(len(spent) * 0.95)]:.1f}  worst {spent[-1]:.1f}")
        print("        " + "  ".join(f"{line!r} {cost:.0f}" for cost, line in worst))
        start = time.process_time()
        journal.entries.find(limit=PAGE, offset=entries - PAGE, count=False)
        print(f"        last page of the list {(time.process_time() - start) * 1000:.1f}")
        journal.close()


if __name__ == "__main__":
    for size in [int(text) for text in sys.argv[1:]] or [10_000, 100_000]:
        measure(size)

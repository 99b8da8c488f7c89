"""Every acknowledged save is there: after kills, and beside another program."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.journals import enrolled

SRC = Path(__file__).resolve().parents[2] / "src"

WRITER = """
import sys
from datetime import date
from pathlib import Path
sys.path[:0] = sys.argv[1:3]
from ksbtui.clock import Clock
from ksbtui.core.entry.entries import Entry
from ksbtui.journal.journal import Journal
journal = Journal(Path(sys.argv[3]), Clock(date(2026, 6, 30)))
for number in range(int(sys.argv[5])):
    title = f"{sys.argv[4]} {number}"
    journal.entries.add(
        Entry(id="", day=date(2026, 6, 29), minutes=5, title=title, ksbs=("K1", "S2"))
    )
    print(title, flush=True)
"""


def writer(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(SRC), str(SRC.parent), str(path), name, str(count)],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_programs_log_at_once(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    both = [writer(journal.path, name, 200) for name in ("one", "two")]
    assert [process.wait(60) for process in both] == [0, 0]
    assert journal.entries.find().total == 400
    assert journal.progress.view.hours.logged_minutes == 400 * 5
    assert journal.backup.check().well
    for process in both:
        assert process.stdout is not None
        process.stdout.close()


def test_every_acknowledged_save_survives_a_kill(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    dice = random.Random(7)
    acknowledged: list[str] = []
    for number in range(30):
        process = writer(journal.path, f"run{number}", 1000)
        assert process.stdout is not None
        acknowledged.append(process.stdout.readline().strip())
        time.sleep(dice.uniform(0, 0.04))
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read().split("\n")
        acknowledged += rest[:-1]
        process.stdout.close()
        process.wait(10)
    titles = {entry.title for entry in journal.entries.find().entries}
    assert set(acknowledged) <= titles
    assert len(titles) <= len(acknowledged) + 30
    assert journal.backup.check().well

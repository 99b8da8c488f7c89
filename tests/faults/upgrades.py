"""Kills inside the upgrade of a journal of an earlier format.

Whatever the moment, the journal must be whole in the old format or whole in the new one, each
backup must be the old one, and the next start must come to what an undisturbed one comes to.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from ksbtui.store.database.store import Store
from ksbtui.store.files.paths import rollback_journal

ROOT = Path(__file__).resolve().parents[2]
RELEASED = ROOT / "tests" / "data" / "released" / "0.1.0" / "journal.db"
DRAWN = "INSERT INTO \"meta\" VALUES('device',"
"""The id of the copy, which each upgrade draws anew."""


@dataclass
class Upgrades:
    """What came of kills inside upgrades; each that left something else is a line of ``wrong``."""

    kills: int = 0
    old: int = 0
    """How many left the journal whole in its old format."""
    new: int = 0
    inside: int = 0
    """How many fell while the file was being written: its rollback file was left."""
    wrong: list[str] = field(default_factory=list)


def kill_upgrades(folder: Path, kills: int, seed: int = 1) -> Upgrades:
    """Kill the upgrade of a released journal so many times, each time at a random moment."""
    dice, report = random.Random(seed), Upgrades()
    old = contents(Path(shutil.copy(RELEASED, folder / "old.db")))
    undisturbed = Path(shutil.copy(RELEASED, folder / "new.db"))
    longest = 1.2 * _killed(undisturbed, 60)
    new = contents(undisturbed)
    for number in range(kills):
        place = folder / f"kill-{number}"
        place.mkdir()
        journal = Path(shutil.copy(RELEASED, place / "journal.db"))
        _killed(journal, dice.uniform(0, longest))
        report.kills += 1
        report.inside += rollback_journal(journal).exists()
        found = contents(journal)
        report.old += found == old
        report.new += found == new
        if found not in (old, new):
            report.wrong.append(f"kill {number} left neither the old nor the new format")
        copies = [path for path in place.glob("journal-backups/*.db") if path.name[0] != "."]
        if any(contents(copy) != old for copy in copies):
            report.wrong.append(f"kill {number} left a backup that is not the journal")
        if found == new and not copies:
            report.wrong.append(f"kill {number} left an upgrade without its backup")
        Store.open(journal).close()
        if contents(journal) != new:
            report.wrong.append(f"after kill {number} the upgrade came to something else")
        shutil.rmtree(place)
    return report


def _killed(journal: Path, seconds: float) -> float:
    """Let another process upgrade a journal, and kill it so many seconds after it began.

    Returns how long it ran.
    """
    command = [sys.executable, "-m", "tests.faults.upgrades", str(journal)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    began = time.monotonic()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    ran = time.monotonic() - began
    process.stdout.close()
    process.wait(60)
    return ran


def contents(journal: Path) -> list[str]:
    """The format of a file and all that is in it, as SQL; SQLite's own checks must pass.

    The order of rows and when each migration ran are left out.
    """
    connection = sqlite3.connect(journal)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        lines = [line for line in connection.iterdump() if "_migrations" not in line]
    finally:
        connection.close()
    return [f"format {version}", *(line for line in lines if not line.startswith(DRAWN))]


def upgrade(journal: Path) -> None:
    """Load what an upgrade needs, say that it begins, and upgrade a journal."""
    import_module("ksbtui.store.database.schema")
    sys.stdout.write("begins\n")
    sys.stdout.flush()
    Store.open(journal).close()
    os._exit(0)  # Python's own end takes longer than the upgrade


if __name__ == "__main__":
    upgrade(Path(sys.argv[1]))

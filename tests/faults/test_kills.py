"""A short run of the harness; ``python benchmarks/faults.py`` makes long ones."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ksbtui.journal.journal import Journal
from tests.faults.kills import CYCLE, act, kill_often, modelled, observed
from tests.faults.upgrades import kill_upgrades
from tests.journals import activity, enrolled

SRC = Path(__file__).resolve().parents[2] / "src"


def test_the_model_of_the_harness_is_what_the_journal_does(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    journal.close()
    for step in range(len(CYCLE)):
        act(tmp_path, step)
        journal = Journal(journal.path, journal.clock)
        assert observed(journal) == modelled(step + 1), CYCLE[step]
        journal.close()


def test_kills_in_every_kind_of_write_lose_nothing(tmp_path: Path) -> None:
    report = kill_often(tmp_path, 6, seed=4)
    assert report.lost == []
    assert report.kills == 6


def test_kills_inside_an_upgrade_leave_the_old_format_or_the_new_one(tmp_path: Path) -> None:
    report = kill_upgrades(tmp_path, 5, seed=2)
    assert report.wrong == []
    assert report.old + report.new == report.kills == 5


FILL = """
import resource, signal, sys
sys.path.insert(0, sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
from ksbtui.cli.root import run
sys.exit(run(sys.argv[3:]))
"""


@pytest.mark.parametrize("command", ["log", "edit", "undo", "purge", "backup", "import"])
def test_a_disk_that_fills_up_at_any_byte_changes_nothing(tmp_path: Path, command: str) -> None:
    journal = enrolled(tmp_path)
    id = journal.entries.add(activity(notes="x" * 9_000)).entry.id
    before = observed_titles(journal)
    size = journal.path.stat().st_size
    rows = tmp_path / "rows.csv"
    rows.write_text("Date,Activity,Hours\n" + "2026-06-01,Row,1\n" * 30)
    words = {
        "log": ["log", "More", "-t", "1h", "--notes", "y" * 30_000],
        "edit": ["edit", id, "--notes", "z" * 60_000],
        "undo": ["undo"],
        "purge": ["purge", id],
        "backup": ["backup"],
        "import": ["import", str(rows)],
    }[command]
    journal.close()
    for limit in (0, 512, 4_096, 20_000, size // 2, size, size + 4_096):
        done = subprocess.run(
            [
                *(sys.executable, "-c", FILL, str(SRC), str(limit)),
                *("--journal", str(journal.path), "--as-at", "2026-06-30", *words),
            ],
            capture_output=True,
            text=True,
        )
        assert "Traceback" not in done.stderr, done.stderr
        again = Journal(journal.path, journal.clock)
        assert again.backup.check().lines[0].found == "sound"
        if done.returncode:
            assert observed_titles(again) == before, (limit, done.stderr)
            assert len(done.stderr.strip().splitlines()) >= 2
        again.close()
        if not done.returncode:
            break


def observed_titles(journal: Journal) -> list[tuple[str, str]]:
    return [(entry.title, entry.notes) for entry in journal.entries.find().entries]

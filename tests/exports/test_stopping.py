"""Ctrl+C at any moment of an export or import: all of the old is there, or all of the new."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ksbtui.clock import Clock
from ksbtui.journal.demo.demo import make_demo
from tests.exports.conftest import AS_AT

SRC = Path(__file__).resolve().parents[2] / "src"
MOMENTS = (0.5, 0.8, 0.95)
"""Parts of a whole run after which it is stopped."""


def start(journal: Path, *arguments: str | Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "ksbtui", "--journal", str(journal), *map(str, arguments)]
    return subprocess.Popen(
        command,
        env={**os.environ, "PYTHONPATH": str(SRC), "KSBTUI_AS_AT": AS_AT.isoformat()},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def held(path: Path) -> dict[str, bytes]:
    """All files at a path, by name."""
    if path.is_dir():
        return {file.name: file.read_bytes() for file in path.iterdir()}
    return {path.name: path.read_bytes()}


def stopped_at_each_moment(
    run: Callable[[], subprocess.Popen[bytes]], check: Callable[[], None]
) -> None:
    """Run once to the end for its length, then stop later runs on the way and check each.

    Lengths are in processor time: on a busy machine a run takes any time by the clock.
    """
    whole = cpu_until(run(), None)
    for part in MOMENTS:
        process = run()
        cpu_until(process, whole * part)
        process.send_signal(signal.SIGINT)
        process.wait(300)
        check()


def cpu_until(process: subprocess.Popen[bytes], seconds: float | None) -> float:
    """Wait until a run has used so much processor time, or has ended; gives what it used."""
    used = 0.0
    while process.poll() is None and (seconds is None or used < seconds):
        used = cpu(process.pid) or used
        time.sleep(0.005)
    assert seconds is not None or process.returncode == 0
    return used


def cpu(pid: int) -> float:
    """Processor seconds that a running process has used, 0 where the system does not say."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.fixture(scope="module")
def journals(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A small journal and a large one."""
    folder = tmp_path_factory.mktemp("stopping")
    for name, entries in (("small.db", 200), ("large.db", 1_000)):
        make_demo(folder / name, Clock(AS_AT), entries).close()
    return folder / "small.db", folder / "large.db"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder that holds nothing but what the test puts there."""
    made = tmp_path / "place"
    made.mkdir()
    return made


@pytest.mark.parametrize(("report", "name"), [("entries", "out"), ("otj", "out.xlsx")])
def test_an_export_over_an_older_one_is_the_old_or_the_new(
    journals: tuple[Path, Path], place: Path, report: str, name: str
) -> None:
    path = place / name
    versions = []
    for journal in journals:
        assert start(journal, "export", report, path).wait(300) == 0
        versions.append(held(path))
    assert start(journals[0], "export", report, path).wait(300) == 0

    def check() -> None:
        assert held(path) in versions
        assert os.listdir(place) == [name]

    stopped_at_each_moment(lambda: start(journals[1], "export", report, path), check)


def test_an_import_is_all_there_or_not_at_all(journals: tuple[Path, Path], place: Path) -> None:
    whole, fresh = place / "whole.json", place / "fresh.db"
    assert start(journals[1], "export", "json", whole).wait(300) == 0

    def run() -> subprocess.Popen[bytes]:
        fresh.unlink(missing_ok=True)
        return start(fresh, "import", whole)

    def check() -> None:
        if fresh.exists():
            again = place / "again.json"
            assert start(fresh, "export", "json", again).wait(300) == 0
            assert again.read_bytes() == whole.read_bytes()
            again.unlink()
        assert set(os.listdir(place)) <= {"whole.json", "fresh.db"}

    stopped_at_each_moment(run, check)

"""What ``ksbtui log`` loads: nothing creeps in that logging does not need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src"

NEEDED = {
    "": {"clock", "errors"},
    "cli": {"commands", "context", "output", "root"},
    "cli.entry": {"entries"},
    "core": {"codec", "days", "durations", "frozen"},
    "core.entry": {"entries", "rules"},
    "core.hours": {"totals"},
    "core.programme": {"plan", "programmes", "standards"},
    "core.text": {"text"},
    "journal": {"context", "journal"},
    "journal.entry": {"derive", "entries"},
    "store": set(),
    "store.database": {"changes", "connection", "rows", "store", "totals"},
    "store.files": {"paths"},
}
"""Each is worth its place: together they are what separates ``log`` from its floor."""

UNWANTED = {"asyncio", "calendar", "importlib.metadata", "platformdirs", "tomllib", "unicodedata"}
"""Modules of others that something small could bring in unseen."""


def test_log_loads_its_few_modules_and_no_others(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(SOURCE), "KSBTUI_JOURNAL": str(tmp_path / "j.db")}
    env["KSBTUI_AS_AT"] = "2026-06-30"
    setup = ["setup", "--standard", "ST1512", "--start", "2026-01-12"]
    programme = ["--programme", "local-government-14-months"]
    first = ["log", "The first save of a day makes its backup"]
    for words in ([*setup, *programme], first):
        subprocess.run(
            [sys.executable, "-m", "ksbtui", *words], check=True, capture_output=True, env=env
        )
    code = """
import sys
from ksbtui.cli import main
try:
    main(["log", "Prompt workshop", "-t", "2h", "-k", "S8,K10"])
finally:
    print(*sys.modules, file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=env
    )
    loaded = set(done.stderr.splitlines()[-1].split())
    modules = {name for name in loaded if name.startswith("ksbtui.")}
    rooms = {f"ksbtui.{room}" for room in NEEDED if room}
    needed = {
        f"ksbtui.{room}.{name}" if room else f"ksbtui.{name}"
        for room in NEEDED
        for name in NEEDED[room]
    }
    assert modules == needed | rooms
    assert not loaded & UNWANTED

"""Commands on a journal of its own for the tests of what comes in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ksbtui.cli.root import run

Command = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def ksbtui(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command on one journal: exit code, stdout (read, if it is JSON) and stderr."""

    def command(*arguments: str | Path) -> tuple[int, Any, str]:
        where = ["--journal", str(tmp_path / "journal.db"), "--as-at", "2026-03-02"]
        code = run([*where, *map(str, arguments)])
        out, err = capsys.readouterr()
        return code, json.loads(out) if "--json" in arguments and out else out, err

    return command


@pytest.fixture
def enrolled(ksbtui: Command) -> Command:
    """The same, on a journal set up for ST1512 from 12 January 2026."""
    programme = ("--programme", "local-government-14-months")
    assert ksbtui("setup", "--standard", "ST1512", *programme, "--start", "2026-01-12")[0] == 0
    return ksbtui

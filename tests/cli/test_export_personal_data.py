"""Personal data in an export by a command: nothing leaves before somebody has said so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.kit import Shell

REPORTS = [("otj", "log.csv"), ("portfolio", "portfolio.html"), ("json", "record.json")]


@pytest.fixture
def told(shell: Shell) -> Shell:
    """A journal with an entry that names a person."""
    title = "Shadowed Mrs Okafor on 07700 900123"
    assert shell("log", title, "-t", "2h", "-d", "2026-02-02", "-k", "K1").code == 0
    return shell


@pytest.mark.parametrize(("report", "name"), REPORTS)
def test_without_a_terminal_findings_stop_the_export(
    told: Shell, tmp_path: Path, report: str, name: str
) -> None:
    path = tmp_path / name
    stopped = told("export", report, str(path))
    assert (stopped.code, stopped.out) == (1, "")
    assert "Mrs Okafor" in stopped.err
    assert "--keep-personal-data" in stopped.err
    assert not path.exists()
    assert told("export", report, str(path), "--keep-personal-data").code == 0
    assert "Mrs Okafor" in path.read_text()
    assert told("export", report, str(path), "--redact").code == 0
    assert "Okafor" not in path.read_text()
    assert "900123" not in path.read_text()

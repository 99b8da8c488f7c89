"""Journals for the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.kit import Shell


@pytest.fixture
def bare(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Enter a shell on a journal that does not exist."""
    return Shell(tmp_path / "journal.db", capsys, "2026-06-30")


@pytest.fixture
def shell(bare: Shell) -> Shell:
    """Enter a shell on a journal that is set up from 12 January 2026."""
    words = ("--standard", "ST1512", "--programme", "local-government-14-months")
    assert bare("setup", *words, "--start", "2026-01-12").code == 0
    return bare

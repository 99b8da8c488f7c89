"""The demo, made once for all screen tests and copied for each."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from ksbtui.clock import Clock
from ksbtui.journal.demo.demo import make_demo
from ksbtui.journal.journal import Journal

DEMO_DAY = date(2026, 9, 23)


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo journal as at 23 September 2026: read it, copy it, never write to it."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    make_demo(path, Clock(DEMO_DAY)).close()
    return path


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Journal:
    """A demo journal of the test's own."""
    path = tmp_path / "journal.db"
    shutil.copy(demo_file, path)
    return Journal(path, Clock(DEMO_DAY))

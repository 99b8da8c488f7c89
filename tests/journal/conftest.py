"""A small journal to write in, and the demo journal to read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ksbtui.clock import Clock
from ksbtui.core.entry.entries import Entry
from ksbtui.journal.demo.demo import make_demo
from ksbtui.journal.journal import Journal
from ksbtui.journal.programme.enrolments import Agreed

TODAY = date(2026, 6, 30)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    """A journal of a learner who started in January 2026, without an entry."""
    made = Journal(tmp_path / "journal.db", Clock(TODAY))
    made.enrolments.set_up(Agreed("ST1512", "local-government-14-months", date(2026, 1, 12)))
    yield made
    made.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    """The demo journal; tests only read it."""
    made = make_demo(tmp_path_factory.mktemp("demo") / "journal.db", Clock(TODAY))
    yield made
    made.close()


def entry(title: str = "Prompt workshop", day: date = TODAY, **fields: object) -> Entry:
    """An entry of one hour unless said otherwise."""
    return Entry(id="", day=day, title=title, **{"minutes": 60, **fields})  # type: ignore[arg-type]

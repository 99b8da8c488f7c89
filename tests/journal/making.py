"""A journal of its own for a test, set up on a council's programme or on a unit."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from ksbtui.clock import Clock
from ksbtui.core.entry.entries import Entry
from ksbtui.journal.journal import Journal
from ksbtui.journal.programme.enrolments import Agreed
from ksbtui.store.database.changes import MADE

START = date(2026, 1, 12)
TODAY = date(2026, 9, 23)
WORDS = "I learned that a summary which reads well can still drop the one fact that matters."


def council(path: Path, as_at: date = TODAY, name: str = "Demo learner") -> Journal:
    journal = Journal(path / "journal.db", Clock(as_at))
    agreed = Agreed("ST1512", "local-government-14-months", START, name=name)
    journal.enrolments.set_up(agreed, kind=MADE)
    return journal


def unit(path: Path, as_at: date = TODAY) -> Journal:
    journal = Journal(path / "unit.db", Clock(as_at))
    journal.enrolments.set_up(Agreed("AU0002", "au0002-16-weeks", date(2026, 8, 3)))
    return journal


def at(journal: Journal, as_at: date) -> Journal:
    """The same file on another day."""
    journal.close()
    return Journal(journal.path, Clock(as_at))


def log(journal: Journal, title: str = "Prompt workshop", **fields: Any) -> Entry:
    values: dict[str, Any] = {"day": journal.as_at, "minutes": 60, "ksbs": ("K1",), **fields}
    return journal.entries.add(Entry(id="", title=title, **values)).entry

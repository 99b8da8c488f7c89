"""Journals for tests: a fresh one on ST1512, and the demo."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ksbtui.clock import Clock
from ksbtui.core.entry.entries import Entry
from ksbtui.journal.exchange.own_json import written
from ksbtui.journal.journal import Journal
from ksbtui.journal.programme.enrolments import Agreed

START = date(2026, 1, 12)
AS_AT = date(2026, 6, 30)
LOCAL_GOVERNMENT = "local-government-14-months"


def empty(folder: Path, as_at: date = AS_AT) -> Journal:
    """Enter a journal whose file does not exist yet."""
    return Journal(folder / "journal.db", Clock(as_at))


def enrolled(folder: Path, as_at: date = AS_AT, start: date = START) -> Journal:
    """Enter a journal on ST1512 and the local-government programme, nothing logged."""
    journal = empty(folder, as_at)
    journal.enrolments.set_up(Agreed("ST1512", LOCAL_GOVERNMENT, start))
    return journal


def activity(title: str = "Prompt workshop", **fields: object) -> Entry:
    """Enter an entry to log, an hour on the day the tests stand on."""
    values: dict[str, object] = {"day": AS_AT, "minutes": 60, **fields}
    return Entry(id="", title=title, **values)  # type: ignore[arg-type]


def whole_json(journal: Journal) -> str:
    """Enter the whole record as the JSON that ``export json`` writes."""
    exchange, records = journal.exchange, journal.store.whole_records()
    return "".join(written(records, exchange.live_entries(), exchange.origins()))

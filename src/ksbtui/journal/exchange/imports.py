"""Logs, calendars and trackers brought in: what an import would do, and doing it as one change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from ksbtui.core.exchange.imported import Reading, day_title_minutes, source_from
from ksbtui.errors import NotFound
from ksbtui.journal.context import Context
from ksbtui.journal.entry.entries import Entries
from ksbtui.journal.exchange.import_plan import SOURCE, Plan, Planner

MAP = "import-map"
"""A kind of record: how a file's columns are to be read."""

Tell = Callable[[int, int], None]
"""Told how many of how many entries are written."""

FEW = 500
"""Up to so many entries the sums follow each one; above, they are added up once at the end."""

_COPY = re.compile(r"(?:[ _-]*\(\d{1,3}\)|[ _-]+copy(?: \d+)?)+$", re.IGNORECASE)


class Imports:
    """What other files bring into a journal."""

    def __init__(self, context: Context, entries: Entries) -> None:
        self._context = context
        self._entries = entries

    def plan(
        self, reading: Reading, source: str, *, named: bool = True, remove_missing: bool = False
    ) -> Plan:
        """Work out what importing a reading under a source's name would do.

        Where the name is only the file's (``named`` False) and most of the rows came before
        from another source, the file is taken for a newer copy of that one.
        """
        _ = self._context.enrolled
        found = None if named else self._same_rows(reading, source)
        return Planner(
            self._context, self._entries, reading, found or source, remove_missing
        ).plan()

    def apply(
        self,
        plans: Sequence[Plan],
        label: str,
        tell: Tell | None = None,
        maps: dict[str, dict[str, Any]] | None = None,
    ) -> None:
        """Write plans as one change that one undo takes back; a failure leaves no trace."""
        maps = maps or {}
        if not any(plan.writes for plan in plans) and not maps:
            return
        total = sum(len(plan.added) + len(plan.changed) + len(plan.removed) for plan in plans)
        done = 0
        with self._context.writing(label) as batch:
            for name, body in maps.items():
                batch.put_record(MAP, name, body)
            for plan in plans:
                gone = [(entry, replace(entry, deleted_at=batch.at)) for entry in plan.removed]
                new = [(None, entry) for entry in plan.added]
                for before, after in (*new, *plan.changed, *gone):
                    batch.put_entry(before, after, sums=total <= FEW)
                    done += 1
                    if tell and done % 100 == 0:
                        tell(done, total)
                if plan.record and plan.writes:
                    batch.put_record(SOURCE, plan.source, plan.record.body())
            if total > FEW:
                batch.add_up()

    def sources(self) -> tuple[str, ...]:
        return tuple(self._context.store.records(SOURCE)) if self._context.exists else ()

    def maps(self) -> tuple[str, ...]:
        return tuple(self._context.store.records(MAP)) if self._context.exists else ()

    def maps_for(self, shape: Sequence[str]) -> tuple[str, ...]:
        """Names of the maps that were saved for a table with these headings."""
        if not any(shape) or not self._context.exists:
            return ()
        kept = self._context.store.records(MAP)
        return tuple(n for n, body in kept.items() if body.get("shape") == list(shape))

    def map_of(self, name: str) -> dict[str, Any]:
        body = self._context.store.record(MAP, name)
        if body is None:
            names = ", ".join(self._context.store.records(MAP)) or "none yet"
            raise NotFound(f"No map is called {name}.", f"There are: {names}.")
        return body

    def _same_rows(self, reading: Reading, source: str) -> str | None:
        """The earlier source that most of these rows came from, unless the name is known."""
        kept = self._context.store.records(SOURCE)
        if source in kept or not reading.activities:
            return None
        keys = Counter((a.day, a.title, a.minutes) for a in reading.activities)
        for name, body in kept.items():
            earlier = source_from(name, body)
            marks = earlier.marks or {}
            old = Counter(day_title_minutes(marks[id]) for id in earlier.order)
            common = sum((keys & old).values())
            if 2 * common >= min(sum(old.values()), sum(keys.values())) and common >= 2:
                return name
        return None


def source_name(stem: str) -> str:
    """A file's stem as a source: ``log (1)`` and ``log - copy`` are ``log``."""
    return _COPY.sub("", stem.strip()) or stem.strip() or "log"

"""Logs, calendars and trackers brought in: what an import would do, and doing it as one change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ksbtui.core.entry.entries import Entry
from ksbtui.core.exchange.activities import Note, Reading
from ksbtui.core.exchange.imported import Source, day_title_minutes, source_from
from ksbtui.errors import NotFound

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal

SOURCE, MAP = "import-source", "import-map"
"""Kinds of record: what came from where, and how a file's columns are to be read."""

Tell = Callable[[int, int], None]
"""Told how many of how many entries are written."""

FEW = 500
"""Up to so many entries the sums follow each one; above, they are added up once at the end."""

_COPY = re.compile(r"(?:[ _-]*\(\d{1,3}\)|[ _-]+copy(?: \d+)?)+$", re.IGNORECASE)


@dataclass(slots=True)
class Plan:
    """What importing one source would do; nothing is written yet."""

    source: str
    added: list[Entry] = field(default_factory=list)
    changed: list[tuple[Entry, Entry]] = field(default_factory=list)
    unchanged: int = 0
    missing: list[Entry] = field(default_factory=list)
    removed: list[Entry] = field(default_factory=list)
    """Those of ``missing`` that will be deleted, because the person said so."""
    skipped: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    record: Source | None = None
    moved: bool = False
    """Whether the source's own record changes though no entry does."""

    @property
    def minutes(self) -> int:
        """Logged minutes that the added entries bring."""
        return sum(entry.minutes for entry in self.added)

    @property
    def untagged(self) -> list[Entry]:
        """Added entries that name no KSB."""
        return [entry for entry in self.added if not entry.ksbs]

    @property
    def writes(self) -> bool:
        """Whether anything in the journal would change."""
        return bool(self.added or self.changed or self.removed or self.moved)


class Imports:
    """What other files bring into a journal."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def plan(
        self, reading: Reading, source: str, *, named: bool = True, remove_missing: bool = False
    ) -> Plan:
        """Work out what importing a reading under a source's name would do.

        Where the name is only the file's (``named`` False) and most of the rows came before
        from another source, the file is taken for a newer copy of that one.
        """
        from ksbtui.journal.exchange.import_plan import Planner

        _ = self._journal.enrolled
        found = None if named else self._same_rows(reading, source)
        return Planner(self._journal, reading, found or source, remove_missing).plan()

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
        with self._journal.writing(label) as batch:
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
        """Names of the sources imported so far."""
        return tuple(self._journal.store.records(SOURCE)) if self._journal.exists else ()

    def maps(self) -> tuple[str, ...]:
        """Names of the saved maps."""
        return tuple(self._journal.store.records(MAP)) if self._journal.exists else ()

    def map_of(self, name: str) -> dict[str, Any]:
        """Read a saved map by name."""
        body = self._journal.store.record(MAP, name)
        if body is None:
            names = ", ".join(self._journal.store.records(MAP)) or "none yet"
            raise NotFound(f"No map is called {name}.", f"There are: {names}.")
        return body

    def _same_rows(self, reading: Reading, source: str) -> str | None:
        """The earlier source that most of these rows came from, unless the name is known."""
        kept = self._journal.store.records(SOURCE)
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

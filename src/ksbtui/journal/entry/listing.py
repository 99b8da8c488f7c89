"""Lists of any length: entry after entry, and the journal week by week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ksbtui.core.entry.entries import Entry
from ksbtui.journal.context import Context
from ksbtui.journal.entry.entries import Filter, without_private
from ksbtui.store.database import search

WINDOW = 500
"""Entries read at a time."""


@dataclass(frozen=True, slots=True)
class Walked:
    """Entries one after the other, newest day first: how many come, and how many match in all.

    Nothing is locked between two windows, so that a list in a pager stops nobody from saving.
    Which entries come is settled at once; one purged since is left out.
    """

    entries: Iterator[Entry]
    shown: int
    total: int


@dataclass(frozen=True, slots=True)
class WeekTotal:
    """A calendar week with entries: its Monday, how many, and the minutes of it."""

    monday: date
    entries: int
    logged_minutes: int
    counted_minutes: int


class Listing:
    """The entries of a list in windows, what stands above each week, and where an entry stands."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def walk(self, wanted: Filter, limit: int = -1) -> Walked:
        """Find entries and read them as they are asked for; ``limit`` below 0 finds all.

        Private entries and artefacts are left out while a call is under way.
        """
        public, as_at = self._context.hides_private, self._context.as_at
        with self._context.store.guarded() as connection:
            found, total, _ = search.find_rows(connection, wanted, as_at, limit, public=public)
        return Walked(self._read(found, public), len(found), total)

    def _read(self, found: list[int], public: bool) -> Iterator[Entry]:
        for first in range(0, len(found), WINDOW):
            with self._context.store.guarded() as connection:
                entries = search.entries_of(connection, found[first : first + WINDOW])
            yield from map(without_private, entries) if public else entries

    def weeks(self) -> tuple[WeekTotal, ...]:
        """Every week that has entries, newest first."""
        with self._context.store.guarded() as connection:
            found = search.weeks(
                connection, self._context.as_at, public=self._context.hides_private
            )
        return tuple(WeekTotal(*row) for row in found)

    def position_of(self, id: str) -> int | None:
        """How many entries stand before one in the list; None if it is gone."""
        with self._context.store.guarded() as connection:
            return search.position_of(connection, id, public=self._context.hides_private)

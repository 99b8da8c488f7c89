"""The journal week by week, for a list of any length."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ksbtui.journal.context import Context
from ksbtui.store.database import weeks


@dataclass(frozen=True, slots=True)
class Week:
    """A calendar week with entries: its Monday, how many, and the minutes of it."""

    monday: date
    entries: int
    logged_minutes: int
    counted_minutes: int


class Listing:
    """What stands above each week of the list, and where an entry stands in it."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def weeks(self) -> tuple[Week, ...]:
        """Every week that has entries, newest first."""
        with self._context.store.guarded() as connection:
            found = weeks.weeks(connection, self._context.as_at, public=self._context.hides_private)
        return tuple(Week(*row) for row in found)

    def position_of(self, id: str) -> int | None:
        """How many entries stand before one in the list; None if it is gone."""
        with self._context.store.guarded() as connection:
            return weeks.position_of(connection, id, public=self._context.hides_private)

"""The journal week by week, for a list of any length."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ksbtui.core.frozen import dataclass
from ksbtui.store.database import weeks

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


@dataclass(frozen=True, slots=True)
class Week:
    """A calendar week with entries: its Monday, how many, and the minutes of it."""

    monday: date
    entries: int
    logged_minutes: int
    counted_minutes: int


class Listing:
    """What stands above each week of the list, and where an entry stands in it."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def weeks(self) -> tuple[Week, ...]:
        """Every week that has entries, newest first."""
        with self._journal.store.guarded() as connection:
            return tuple(Week(*row) for row in weeks.weeks(connection, self._journal.as_at))

    def position_of(self, id: str) -> int | None:
        """How many entries stand before one in the list; None if it is gone."""
        with self._journal.store.guarded() as connection:
            return weeks.position_of(connection, id)

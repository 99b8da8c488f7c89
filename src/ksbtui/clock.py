"""The only place that reads the clock; entry points make one and pass it down."""

from __future__ import annotations

from datetime import UTC, date, datetime

from ksbtui.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Clock:
    """Today and now, or a fixed day in today's place.

    ``as_at`` replaces today everywhere, also the date of the instants written; the time
    of day goes on running.
    """

    as_at: date | None = None

    def today(self) -> date:
        """Tell the day it is where the person sits, or the day that replaces it."""
        return self.as_at or datetime.now(tz=UTC).astimezone().date()

    def now(self) -> str:
        """Tell the instant in UTC, ``2026-06-30T09:15:00.123Z``."""
        moment = datetime.now(tz=UTC)
        if self.as_at is not None:
            moment = datetime.combine(self.as_at, moment.timetz())
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")

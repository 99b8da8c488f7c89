"""A running timer: since when, for what, and how many minutes that makes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ksbtui.core.days import long_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import MAX_MINUTES
from ksbtui.errors import Conflict


@dataclass(frozen=True, slots=True)
class Timer:
    """Started at an instant (UTC, ISO with ``Z``), on a day where the person sits."""

    started_at: str
    day: date
    title: str = ""

    def minutes(self, now: str) -> int:
        """Whole minutes since the start, half up, at least 1; negative if the clock went back."""
        seconds = (_instant(now) - _instant(self.started_at)).total_seconds()
        return int(seconds // 1) if seconds < 0 else max(1, int((seconds + 30) // 60))

    def checked_minutes(self, now: str) -> int:
        """The minutes one activity can have; refuses more than a day, or less than nothing."""
        minutes = self.minutes(now)
        if minutes < 0:
            raise Conflict(
                "The timer started later than now: the clock was put back.",
                "Say how long it took: ksbtui timer stop -t 1h30 (or: ksbtui timer cancel)",
            )
        if minutes > MAX_MINUTES:
            raise Conflict(
                f"The timer has run for {say_minutes(minutes)}, since {long_day(self.day)}.",
                "Say how long it took: ksbtui timer stop -t 1h30 (or: ksbtui timer cancel)",
            )
        return minutes


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))

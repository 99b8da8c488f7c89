"""A running timer: since when, for what, and how many minutes that makes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ksbtui.core.days import long_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import MAX_MINUTES
from ksbtui.errors import Conflict

SLEPT_MINUTES = 10
LONG_MINUTES = 4 * 60
"""Minutes after which a timer was probably forgotten."""


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

    def forgotten(self, now: str, today: date) -> str:
        """Why it was probably forgotten, in a sentence; empty where nothing says so."""
        minutes = self.minutes(now)
        if today > self.day:
            return f"The timer has been running since {long_day(self.day)}."
        if minutes > LONG_MINUTES:
            return f"The timer has run for {say_minutes(minutes)}."
        return ""

    def minutes_until(self, hour: int, minute: int) -> int:
        """Whole minutes from the start to a time of day where the person sits.

        A time before that of the start is one on the next day.
        """
        start = _instant(self.started_at).astimezone()
        end = start.replace(hour=hour, minute=minute, second=0, microsecond=0)
        if end < start.replace(second=0, microsecond=0):
            end += timedelta(days=1)
        return max(1, int(((end - start).total_seconds() + 30) // 60))

    def checked_minutes(self, now: str) -> int:
        """The minutes one activity can have; refuses more than a day, or less than nothing."""
        minutes = self.minutes(now)
        if minutes < 0:
            raise Conflict(
                "The timer starts in the future. The computer's clock was set back.",
                "Enter how long it took: ksbtui timer stop -t 1h30 (or: ksbtui timer cancel)",
            )
        if minutes > MAX_MINUTES:
            raise Conflict(
                f"The timer has run for {say_minutes(minutes)}, since {long_day(self.day)}.",
                "Enter how long it took: ksbtui timer stop -t 1h30 (or: ksbtui timer cancel)",
            )
        return minutes


def slept_minutes(before: str, now: str) -> int:
    """Minutes a computer slept between two looks a second apart; 0 for less than ten."""
    minutes = int((_instant(now) - _instant(before)).total_seconds() // 60)
    return minutes if minutes >= SLEPT_MINUTES else 0


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))

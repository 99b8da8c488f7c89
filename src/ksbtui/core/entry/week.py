"""One week, Monday to Friday (and a weekend that was used): what is there and what is blank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ksbtui.core.days import DAY_NAMES
from ksbtui.core.entry.entries import Entry

WORKING_DAYS = 5


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of it. ``away``: in a break in learning or outside the programme."""

    day: date
    entries: tuple[Entry, ...]
    counted_minutes: int
    away: bool
    future: bool

    @property
    def minutes(self) -> int:
        return sum(entry.minutes for entry in self.entries)

    @property
    def blank(self) -> bool:
        """Whether something could be missing: a working day gone by without an entry."""
        return not (self.entries or self.away or self.future or self.day.weekday() >= WORKING_DAYS)


@dataclass(frozen=True, slots=True)
class WeekHint:
    """What to do next in the week, and the command for it (empty where all is done)."""

    text: str
    command: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    """A week by days, Monday first."""

    monday: date
    days: tuple[WeekDay, ...]

    @property
    def minutes(self) -> int:
        return sum(day.minutes for day in self.days)

    @property
    def counted_minutes(self) -> int:
        return sum(day.counted_minutes for day in self.days)

    @property
    def blank(self) -> tuple[date, ...]:
        return tuple(day.day for day in self.days if day.blank)

    @property
    def hint(self) -> WeekHint:
        """The next thing to type: a blank day, then an entry without learning, then without KSB."""
        if self.blank:
            day = self.blank[0]
            name = DAY_NAMES[day.weekday()]
            return WeekHint(
                f"Nothing logged on {name}. Did you learn something?",
                f'ksbtui log "What you did" -t 1h -d {day.isoformat()}',
            )
        entries = [entry for day in self.days for entry in day.entries]
        for entry in entries:
            if not entry.words:
                return WeekHint(
                    f'"{entry.title}" does not say yet what you learned.',
                    f"ksbtui edit {entry.id} --template otj-quick",
                )
        for entry in entries:
            if not entry.ksbs:
                return WeekHint(
                    f'"{entry.title}" has no KSB yet.', f"ksbtui suggest --entry {entry.id}"
                )
        return WeekHint("Nothing is missing this week.")


def monday_of(day: date) -> date:
    """The Monday of the week a day is in."""
    return day - timedelta(days=day.weekday())

"""Repeated calendar events (RFC 5545): rules, extra and left-out days, single ones moved.

Rules are calculated by the clock on the wall where the event is, so that nine o'clock stays
nine o'clock over a change to summer time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

Moment = date | datetime


@dataclass(frozen=True, slots=True)
class _Moved:
    """One time of a series that was moved or changed, maybe with all that follow."""

    event: Any
    naive: datetime
    onwards: bool


def occurrences(events: Sequence[Any], first: date, last: date) -> Iterator[Any]:
    """The events of one series between two days, each time as an event of its own.

    ``events`` share a UID: the series itself and those of its times that were changed.
    """
    changed = [event for event in events if "RECURRENCE-ID" in event]
    whole = [event for event in events if "RECURRENCE-ID" not in event]
    for series in whole:
        yield from _series(series, changed, first, last)
    if not whole:
        yield from changed


def _series(event: Any, changed: Sequence[Any], first: date, last: date) -> Iterator[Any]:
    start = event["DTSTART"].dt
    zone = start.tzinfo if isinstance(start, datetime) else None
    out = {_naive(moment, zone) for moment in _listed(event, "EXDATE") if _timed(moment, start)}
    days_out = {m for m in _listed(event, "EXDATE") if not _timed(m, start)}
    moved = sorted(
        (_moved(change, zone) for change in changed),
        key=lambda change: (change.naive, _sequence(change.event)),
    )
    latest = {change.naive: change for change in moved if change.naive not in out}
    yield from (change.event for change in latest.values())
    out |= latest.keys()
    end = datetime.combine(last + timedelta(days=1), time.max)
    for naive in _times(event, zone, end):
        if naive in out or naive.date() in days_out or naive.date() < first - timedelta(days=1):
            continue
        later = [change for change in moved if change.onwards and change.naive < naive]
        if later:
            shift = _naive(later[-1].event["DTSTART"].dt, zone) - later[-1].naive
            yield _at(later[-1].event, naive + shift, zone, start)
        else:
            yield _at(event, naive, zone, start)


def _times(event: Any, zone: tzinfo | None, end: datetime) -> list[datetime]:
    """Every time up to ``end`` by the event's own clock, the first one always among them."""
    from dateutil.rrule import rrulestr  # deferred: only events that repeat need these

    start = _naive(event["DTSTART"].dt, zone)
    times = {start, *(_naive(moment, zone) for moment in _listed(event, "RDATE"))}
    for rule in _many(event.get("RRULE", [])):
        until = min((_until(moment, zone) for moment in _many(rule.get("UNTIL", []))), default=end)
        without_until = type(rule)(
            {key: value for key, value in rule.items() if key.upper() != "UNTIL"}
        )
        for naive in rrulestr(without_until.to_ical().decode(), dtstart=start):
            if naive > min(until, end):
                break
            times.add(naive)
    return sorted(naive for naive in times if naive <= end)


def _until(moment: Moment, zone: tzinfo | None) -> datetime:
    """The last moment of a rule; a bare day lasts to its end."""
    if isinstance(moment, datetime):
        return _naive(moment, zone)
    return datetime.combine(moment, time.max)


def _naive(moment: Moment, zone: tzinfo | None) -> datetime:
    """A moment by the clock of the series, without its zone."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    if zone is not None and moment.tzinfo is not None:
        moment = moment.astimezone(zone)
    return moment.replace(tzinfo=None)


def _timed(moment: Moment, start: Moment) -> bool:
    """Whether a moment names one time of the series rather than all of a day."""
    return isinstance(moment, datetime) or not isinstance(start, datetime)


def _moved(event: Any, zone: tzinfo | None) -> _Moved:
    place = event["RECURRENCE-ID"]
    onwards = str(place.params.get("RANGE", "")).upper() == "THISANDFUTURE"
    return _Moved(event, _naive(place.dt, zone), onwards)


def _sequence(event: Any) -> int:
    return int(event.get("SEQUENCE", 0))


def _listed(event: Any, name: str) -> list[Moment]:
    """The moments of a property that may stand several times, each with several values."""
    values = [value.dt for group in _many(event.get(name, [])) for value in group.dts]
    return [value[0] if isinstance(value, tuple) else value for value in values]


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _at(event: Any, naive: datetime, zone: tzinfo | None, start: Moment) -> Any:
    from icalendar import Event

    occurrence = Event()
    occurrence.update(event)
    begins: Moment = naive.replace(tzinfo=zone) if isinstance(start, datetime) else naive.date()
    own, ends = event["DTSTART"].dt, event.get("DTEND")
    del occurrence["DTSTART"]
    occurrence.add("DTSTART", begins)
    if ends is not None and isinstance(ends.dt, datetime) == isinstance(own, datetime):
        del occurrence["DTEND"]
        occurrence.add("DTEND", begins + (ends.dt - own))
    return occurrence

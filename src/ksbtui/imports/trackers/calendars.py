"""iCalendar files: events as London days, recurrences within the days asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from time import monotonic
from typing import Any

from ksbtui.core.days import full_day
from ksbtui.core.entry.entries import MAX_MINUTES
from ksbtui.core.exchange.imported import Note, Reading
from ksbtui.core.text.text import quoted
from ksbtui.errors import Unreadable
from ksbtui.imports.source import Options
from ksbtui.imports.trackers.common import add, london, span
from ksbtui.imports.trackers.recurring import occurrences

MOST_EVENTS = 20_000
"""More occurrences are refused: a calendar of one's training has some hundreds a year."""

MOST_DAYS = 366 * 6
PATIENCE = 20.0
"""Seconds for all repeated events: a rule that never comes true is searched for long."""

_RULES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_MANY = 6
"""Hours of one day that a rule may name; minutes and seconds only one."""

_BROKEN = (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError)
"""What the calendar library lets through when a file's values make no sense."""


def sniff(text: str, format: str) -> bool:
    """Whether a text is an iCalendar."""
    return text.lstrip("\ufeff \r\n")[:15].upper() == "BEGIN:VCALENDAR"


def read(text: str, options: Options, name: str, format: str) -> Reading:
    """Every event between the days asked for, repeated ones each time; rows count events."""
    from icalendar import Calendar  # deferred: only calendars need it

    first, last = _bounds(options)
    reading = Reading()
    try:
        calendar = Calendar.from_ical(text.lstrip("\ufeff \r\n"))
        events = _readable(calendar, reading)
        dated = sorted(_occurrences(events, first, last, name), key=_place)
    except _BROKEN as problem:
        raise _unreadable(name) from problem
    for row, event in dated:
        try:
            _add(reading, event, row, first, last)
        except _BROKEN:
            reading.refused.append(Note(row, "its end cannot be read"))
    _tell_zones(events, reading)
    _tell_overlaps(dated, reading)
    if not (reading.activities or reading.skipped or reading.refused) and events:
        _tell_window(events, first, last, reading)
    return reading


def _tell_window(
    events: Sequence[tuple[int, Any]], first: date, last: date, reading: Reading
) -> None:
    """Say which days the events have where none is in the days asked for."""
    days = sorted(_day_of(event) for _, event in events)
    asked = f"it has no events from {full_day(first)} to {full_day(last)}"
    theirs = f"its events are from {full_day(days[0])} to {full_day(days[-1])}"
    reading.warnings.append(Note(1, f"{asked}; {theirs}: --from DAY --to DAY"))


def _day_of(event: Any) -> date:
    start = event["DTSTART"].dt
    day: date = london(start).date() if isinstance(start, datetime) else start
    return day


def _tell_zones(events: Sequence[tuple[int, Any]], reading: Reading) -> None:
    """Name each time zone that is not known; its times are read as London's."""
    zones: set[str] = set()
    for row, event in events:
        start = event["DTSTART"]
        zone = str(start.params.get("TZID", ""))
        is_bare = isinstance(start.dt, datetime) and start.dt.tzinfo is None
        if zone and is_bare and zone not in zones:
            zones.add(zone)
            warning = (
                f"the time zone {quoted(zone)} is not known; its times were read as London time"
            )
            reading.warnings.append(Note(row, warning))


def _tell_overlaps(dated: Sequence[tuple[int, Any]], reading: Reading) -> None:
    """Name two activities that were at the same time."""
    taken = {(a.row, a.day) for a in reading.activities}
    until: datetime | None = None
    before = ""
    for row, event in dated:
        start = event["DTSTART"].dt
        if not isinstance(start, datetime) or (row, london(start).date()) not in taken:
            continue
        end = _end(event)
        if until is not None and london(start) < until:
            warning = f"it overlaps with {quoted(before)}; both are counted"
            reading.warnings.append(Note(row, warning))
        if isinstance(end, datetime) and (until is None or london(end) > until):
            until, before = london(end), str(event.get("SUMMARY", "")).strip() or "another event"


def _end(event: Any) -> Any:
    ends = event.get("DTEND")
    return ends.dt if ends is not None else event["DTSTART"].dt + _duration(event)


def _bounds(options: Options) -> tuple[date, date]:
    first, last = options.first or options.as_at, options.last or options.as_at
    if last < first or (last - first).days > MOST_DAYS:
        raise Unreadable(
            f"{full_day(first)} to {full_day(last)} cannot be read: the range is too long "
            "or runs backwards.",
            "Enter a range of up to six years: --from DAY --to DAY",
        )
    return first, last


def _readable(calendar: Any, reading: Reading) -> list[tuple[int, Any]]:
    """The events that say when they start, each with its number."""
    events = list(enumerate(calendar.walk("VEVENT"), start=1))
    readable = [(number, event) for number, event in events if _has_start(event)]
    lost = {n for n, _ in events} - {n for n, _ in readable}
    reading.refused += [Note(row, "its start cannot be read") for row in sorted(lost)]
    return readable


def _has_start(event: Any) -> bool:
    try:
        return isinstance(event["DTSTART"].dt, date)
    except _BROKEN:
        return False


def _occurrences(
    events: Sequence[tuple[int, Any]], first: date, last: date, name: str
) -> Iterator[tuple[int, Any]]:
    """Every event with its number; a repeated one for each time in the days asked for."""
    series: dict[str, list[tuple[int, Any]]] = {}
    for row, event in events:
        series.setdefault(str(event.get("UID", f"row {row}")), []).append((row, event))
    until = monotonic() + PATIENCE
    count = 0
    for group in series.values():
        repeated = any("RRULE" in event or "RDATE" in event for _, event in group)
        row = group[0][0]
        for _, event in group:
            _check_rules(event, name)
        if repeated:
            each = occurrences([event for _, event in group], first, last)
            group = [(row, event) for event in islice(each, MOST_EVENTS + 1)]
        else:
            group = [numbered for numbered in group if _is_near(numbered[1], first, last)]
        yield from group
        count += len(group)
        if count > MOST_EVENTS or monotonic() > until:
            raise Unreadable(
                f"{name} has too many events in these days.",
                "Enter fewer days with --from and --to, or export your training only.",
            )


def _is_near(event: Any, first: date, last: date) -> bool:
    """Whether an event is in the days asked for, give or take a day for its time zone."""
    return abs((_day_of(event) - first).days) <= 1 or first <= _day_of(event) <= last


def _check_rules(event: Any, name: str) -> None:
    """Refuse a rule that repeats within a day or never moves on, before it is calculated."""
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        often = {str(value).upper() for value in rule.get("FREQ", [])}
        steps = [int(value) for value in rule.get("INTERVAL", [1])]
        many = len(rule.get("BYHOUR", ())) > _MANY
        many |= any(len(rule.get(key, ())) > 1 for key in ("BYMINUTE", "BYSECOND"))
        if many or min(steps) < 1 or not often <= set(_RULES):
            raise Unreadable(
                f"{name} has events that repeat too often to be training.",
                "Export a calendar with your training only.",
            )


def _place(occurrence: tuple[int, Any]) -> tuple[str, int]:
    row, event = occurrence
    start = event["DTSTART"].dt
    return str(london(start) if isinstance(start, datetime) else start), row


def _add(reading: Reading, event: Any, row: int, first: date, last: date) -> None:
    start = event["DTSTART"].dt
    title = str(event.get("SUMMARY", "")).strip()
    day = london(start).date() if isinstance(start, datetime) else start
    if not first <= day <= last:
        return
    which = f" ({title[:40]}, {full_day(day)})" if title else f" ({full_day(day)})"
    cancelled = str(event.get("STATUS", "")).upper() == "CANCELLED"
    if cancelled or title.lower().startswith(("canceled:", "cancelled:")):
        reading.skipped.append(Note(row, f"cancelled{which}"))
        return
    if not isinstance(start, datetime):
        reading.skipped.append(Note(row, f"all day, so no hours{which}"))
        return
    end = _end(event)
    if not isinstance(end, datetime):
        reading.refused.append(Note(row, f"it ends on a day without a time{which}"))
        return
    day, minutes = span(start, end)
    if minutes > MAX_MINUTES:
        reading.skipped.append(Note(row, f"it lasts more than a day{which}"))
        return
    notes = [str(event.get("DESCRIPTION", "")).strip()]
    add(reading, row, day, minutes, title, tags=_categories(event), notes=notes)


def _duration(event: Any) -> timedelta:
    length = event.get("DURATION")
    return length.dt if length is not None and isinstance(length.dt, timedelta) else timedelta()


def _categories(event: Any) -> list[str]:
    categories = event.get("CATEGORIES", [])
    groups = categories if isinstance(categories, list) else [categories]
    return [str(tag) for group in groups for tag in getattr(group, "cats", [group])]


def _unreadable(name: str) -> Unreadable:
    return Unreadable(
        f"{name} is damaged or is not a calendar file.",
        "Export it again from the calendar program.",
    )

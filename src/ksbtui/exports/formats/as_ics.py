"""iCalendar: whole-day events that any calendar takes in, the same ones at each import."""

from __future__ import annotations

from datetime import datetime, timedelta

from ksbtui.core.text.text import printable
from ksbtui.exports.making import Tell
from ksbtui.exports.reports.calendar import Calendar


def write_ics(calendar: Calendar, tell: Tell) -> bytes:
    """RFC 5545; an event is no busy time, and its UID stays."""
    import icalendar

    made = icalendar.Calendar()
    made.add("prodid", "-//ksbtui//training journal//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", printable(calendar.name))
    stamp = datetime.fromisoformat(calendar.written_at)
    for one in calendar.events:
        event = icalendar.Event()
        event.add("uid", f"{one.uid}@ksbtui")
        event.add("dtstamp", stamp)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", printable(one.title))
        if one.text:
            event.add("description", printable(one.text))
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    data: bytes = made.to_ical()
    return data

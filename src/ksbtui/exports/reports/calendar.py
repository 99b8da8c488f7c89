"""The calendar: milestones, reviews and actions as whole-day events in iCalendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ksbtui.core.text.text import printable
from ksbtui.exports.making import Tell
from ksbtui.exports.reports.source import Source
from ksbtui.journal.coaching.records import ACTION


@dataclass(frozen=True, slots=True)
class Event:
    """One whole-day event; ``uid`` stays the same from export to export."""

    uid: str
    day: date
    title: str
    text: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """A named list of events, and the instant they were written (UTC)."""

    name: str
    events: tuple[Event, ...]
    written_at: str


def calendar_events(source: Source) -> Calendar:
    """Every milestone, review (when due, and 12 weeks) and open action, by day."""
    course, line = source.course, source.view.timeline
    own = course.enrolment.id
    events = [
        Event(
            f"milestone-{milestone.id}-{own}",
            milestone.day,
            milestone.name,
            milestone.text,
            milestone.state == "done",
        )
        for milestone in line.milestones
    ]
    for review in line.reviews:
        title = f"Progress review {review.number}"
        uid = f"review-{review.number}-{own}"
        if review.held:
            events.append(Event(uid, review.held, f"{title} held", done=True))
            continue
        weeks = f"{title}: 12 weeks, the day many providers work to"
        events.append(Event(f"{uid}-12-weeks", review.due_12_weeks, weeks))
        events.append(Event(f"{uid}-month-end", review.due_month_end, f"{title} due"))
    for id, body in source.journal.store.records(ACTION).items():
        if body.get("enrolment") == own and body["state"] == "open":
            text = source.text(f"action {id}", body["text"])
            who = source.text(f"action {id}, who", body.get("who", ""))
            codes = " ".join(body.get("ksbs", ()))
            about = "\n".join(part for part in (f"Who: {who}" if who else "", codes) if part)
            events.append(
                Event(f"action-{id}", date.fromisoformat(body["due"]), f"Action: {text}", about)
            )
    scope = source.scope
    chosen = [
        event
        for event in events
        if (scope.since is None or event.day >= scope.since)
        and (scope.until is None or event.day <= scope.until)
    ]
    return Calendar(
        name=f"{course.standard.ref}: milestones, reviews and actions",
        events=tuple(sorted(chosen, key=lambda event: (event.day, event.uid))),
        written_at=source.journal.clock.now(),
    )


def write_ics(calendar: Calendar, tell: Tell) -> bytes:
    """RFC 5545; an event is no busy time, and its UID stays."""
    import icalendar  # deferred: the library of one format is loaded to write that format

    document = icalendar.Calendar()
    document.add("prodid", "-//ksbtui//training journal//EN")
    document.add("version", "2.0")
    document.add("x-wr-calname", printable(calendar.name))
    stamp = datetime.fromisoformat(calendar.written_at)
    for day_event in calendar.events:
        event = icalendar.Event()
        event.add("uid", f"{day_event.uid}@ksbtui")
        event.add("dtstamp", stamp)
        event.add("dtstart", day_event.day)
        event.add("dtend", day_event.day + timedelta(days=1))
        event.add("summary", printable(day_event.title))
        if day_event.text:
            event.add("description", printable(day_event.text))
        event.add("transp", "TRANSPARENT")
        document.add_component(event)
    data: bytes = document.to_ical()
    return data

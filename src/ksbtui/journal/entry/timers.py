"""The timer: one record, so that it survives closing the program and a restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ksbtui.core.codec import decode, encode
from ksbtui.core.days import full_day, line_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import Entry
from ksbtui.core.entry.timer import Timer
from ksbtui.core.text.text import one_line, quoted
from ksbtui.errors import Conflict, NotFound, Unreadable
from ksbtui.journal.context import Context
from ksbtui.journal.entry.entries import Entries, with_module

if TYPE_CHECKING:
    from ksbtui.journal.entry.entries import Saved

TIMER = "timer"
_KEY = (TIMER, "running")


class Timers:
    """The one timer of a journal."""

    def __init__(self, context: Context, entries: Entries) -> None:
        self._context = context
        self._entries = entries

    @property
    def running(self) -> Timer | None:
        body = self._context.store.record(*_KEY) if self._context.exists else None
        return decode(Timer, body) if body else None

    def minutes(self) -> int:
        return self._running_timer().minutes(self._context.clock.now())

    def start(self, title: str = "") -> Timer:
        """Start it; refuses while one runs, so that no time is lost unseen."""
        _ = self._context.enrolled
        title = one_line(title)
        with self._context.writing("Started the timer") as batch:
            if running := self.running:
                raise Conflict(
                    f"A timer has been running since {since(running)}.",
                    "Log it with: ksbtui timer stop, or delete it with: ksbtui timer cancel",
                )
            timer = Timer(batch.at, self._context.as_at, title)
            batch.put_record(*_KEY, encode(timer))
        return timer

    def stop(self, title: str = "", **fields: Any) -> Saved:
        """Log what was timed, on the day it began, and let the timer go: one change.

        ``fields`` are fields of the entry; ``minutes`` replaces what the timer says. Refuses
        without a title, and for a time that is no activity of one day.
        """
        timer = self._running_timer()
        title = title or timer.title
        if not title.strip():
            raise Unreadable(
                "The timer has no title yet. It is still running.",
                'Enter what you did: ksbtui timer stop "Prompt workshop"',
            )
        minutes = fields.pop("minutes", None) or timer.checked_minutes(self._context.clock.now())
        given = {"day": timer.day, **fields}
        entry = with_module(Entry(id="", title=title, minutes=minutes, **given))
        with self._context.writing(f"Logged {quoted(title)} with the timer") as batch:
            _ = self._running_timer()  # another program may have logged it a moment ago
            logged = self._entries.put_new(batch, entry)
            batch.put_record(*_KEY, None)
        saved = self._entries.saved(logged)
        if "day" not in fields and self._context.as_at != timer.day:
            note = (
                f"It ran past midnight, so it is logged on {full_day(timer.day)}, the day it "
                "started."
            )
            saved = replace(saved, notes=(*saved.notes, note))
        return saved

    def cancel(self) -> Timer:
        timer = self._running_timer()
        self._context.put(f"Deleted the timer of {since(timer)}", *_KEY, None)
        return timer

    def line(self, timer: Timer) -> str:
        minutes = max(0, timer.minutes(self._context.clock.now()))
        return f"{timer.title or 'No title yet'}  since {since(timer)}  {say_minutes(minutes)}"

    def _running_timer(self) -> Timer:
        if timer := self.running:
            return timer
        raise NotFound("No timer is running.", 'Start one: ksbtui timer start "Prompt workshop"')


def since(timer: Timer) -> str:
    """When it was started, where the person sits: ``30 Jun 09:15``."""
    return f"{line_day(timer.day)} {local_time(timer.started_at)}"


def local_time(instant: str) -> str:
    """The local time of day of an instant: ``09:15``."""
    moment = datetime.fromisoformat(instant.replace("Z", "+00:00"))
    return moment.astimezone().strftime("%H:%M")

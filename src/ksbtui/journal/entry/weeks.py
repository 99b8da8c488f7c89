"""The week walk: one week's days with their entries."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ksbtui.core.entry.week import WORKING_DAYS, Week, WeekDay, monday_of
from ksbtui.journal.entry.derive import Deriver
from ksbtui.journal.entry.entries import Filter

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


def week(journal: Journal, day: date) -> Week:
    """The week a day is in; Saturday and Sunday only where something is there."""
    monday = monday_of(day)
    plan = Deriver(journal).plan(journal.enrolled)
    found = journal.entries.find(Filter(since=monday, until=monday + timedelta(days=6))).entries
    days = []
    for step in range(7):
        day = monday + timedelta(days=step)
        entries = tuple(reversed([entry for entry in found if entry.day == day]))
        if step >= WORKING_DAYS and not entries:
            continue
        counted = sum(e.minutes for e in entries if not journal.entries.failed(e))
        away = not plan.inside(day) or plan.in_break(day)
        days.append(WeekDay(day, entries, counted, away, day > journal.as_at))
    return Week(monday, tuple(days))

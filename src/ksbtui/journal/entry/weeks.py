"""The week walk: one week's days with their entries."""

from __future__ import annotations

from datetime import date, timedelta

from ksbtui.core.entry.week import WORKING_DAYS, Week, WeekDay, monday_of
from ksbtui.journal.context import Context
from ksbtui.journal.entry.derive import Deriver
from ksbtui.journal.entry.entries import Entries, Filter


def week(context: Context, entries: Entries, day: date) -> Week:
    """The week a day is in; Saturday and Sunday only where something is there."""
    monday = monday_of(day)
    plan = Deriver(context).plan(context.enrolled)
    found = entries.find(Filter(since=monday, until=monday + timedelta(days=6))).entries
    days = []
    for step in range(7):
        day = monday + timedelta(days=step)
        logged = tuple(reversed([entry for entry in found if entry.day == day]))
        if step >= WORKING_DAYS and not logged:
            continue
        counted = sum(e.minutes for e in logged if not entries.failed(e))
        away = not plan.inside(day) or plan.in_break(day)
        days.append(WeekDay(day, logged, counted, away, day > context.as_at))
    return Week(monday, tuple(days))

"""A file that was handed over, as rows of a provider's database: no words but the name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ksbtui.clock import Clock
from ksbtui.core.coaching.calls import unmet
from ksbtui.core.entry.entries import APPLIED_WORDS, Entry
from ksbtui.core.programme.programmes import RuleSet
from ksbtui.journal.coaching.records import actions_of, calls_of, reviews_of
from ksbtui.journal.context import Context
from ksbtui.journal.entry.drafts import Drafts
from ksbtui.journal.exchange.handover import HandOver
from ksbtui.journal.exchange.opened import Opened, understood
from ksbtui.journal.progress.progress import Progress, View
from ksbtui.store.database import rows
from ksbtui.store.provider.server import Rows

_IDLE = {"month": 1, "quarter": 3}


def rows_of(file: HandOver, path: Path, clock: Clock) -> Rows:
    """The rows of a hand-over: of the enrolment that runs on the clock's day, else the last."""
    now = replace(file, moments=(), earlier=())
    context = Opened(now, path, clock, keep=False).context
    try:
        with understood(path.name):
            return _rows(context, file)
    finally:
        context.close()


def _rows(context: Context, file: HandOver) -> Rows:
    view = Progress(context, Drafts(context)).view
    enrolment = view.course.enrolment
    with context.store.guarded() as connection:
        entries = rows.read(
            connection, "WHERE deleted_at = '' AND enrolment = ? ORDER BY seq", (enrolment.id,)
        )
    calls = calls_of(context)
    planned = unmet(view.plan, [call.day for call in calls])
    review, opening = view.timeline.next_review, view.course.opening
    learner = {
        "id": file.learner,
        "name": file.name,
        "standard": view.course.standard.ref,
        "programme": view.course.programme.id,
        "start_day": view.plan.start,
        "gateway": view.plan.plan_end,
        "target": view.hours.target_minutes,
        "since": file.since,
        "private": file.left_out_minutes,
        "opening": view.hours.opening_minutes,
        "opening_day": opening.day if opening else None,
        "opening_verified": bool(opening and opening.verified_by),
        "idle_months": _IDLE.get(enrolment.monthly or view.course.rules.monthly, 0),
        "review_due": review.due_month_end if review else None,
        "ended": enrolment.ended,
        "made_at": file.made_at,
    }
    met = {call.day: (call.day, True, call.next_day) for call in calls if call.attended}
    return Rows(
        learner,
        {
            "plan_day": _plan_days(view),
            "plan_month": _plan_months(view),
            "ksb": [(ksb.code,) for ksb in view.coverage.ksbs],
            "entry": [_entry(entry, view.course.rules) for entry in entries],
            "entry_ksb": [tag for entry in entries for tag in _tags(entry)],
            "review": sorted({(one.day,) for one in reviews_of(context) if one.held}),
            "coaching": [*met.values(), *((one.day, False, None) for one in planned)],
            "action": [(one.id, one.due, one.state) for one in actions_of(context)],
        },
    )


def _entry(entry: Entry, rules: RuleSet) -> tuple[Any, ...]:
    return (
        entry.id,
        entry.day,
        entry.minutes,
        entry.type,
        entry.module,
        not entry.failed_rules,
        entry.words,
        len(entry.evidence),
        entry.verified.day if entry.verified else None,
        entry.type in rules.active_types,
    )


def _tags(entry: Entry) -> Iterator[tuple[Any, ...]]:
    for code in entry.ksbs:
        yield entry.id, code, entry.words >= APPLIED_WORDS, bool(entry.evidence)


def _plan_days(view: View) -> list[tuple[Any, ...]]:
    """Planned minutes up to each day of the programme."""
    return [(day, view.plan.planned_to(day)) for day in _days(view)]


def _plan_months(view: View) -> list[tuple[Any, ...]]:
    """The months of the programme, each with its first day outside breaks, or None."""
    plan = view.plan
    months: dict[date, date | None] = {}
    for day in _days(view):
        month = day.replace(day=1)
        training = day <= plan.last and not plan.in_break(day)
        if months.get(month) is None:
            months[month] = day if training else None
    return list(months.items())


def _days(view: View) -> list[date]:
    plan = view.plan
    return [plan.start + timedelta(days=n) for n in range((plan.end - plan.start).days + 1)]

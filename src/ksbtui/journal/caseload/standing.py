"""Where one learner stands, worked out from what they handed over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ksbtui.clock import Clock
from ksbtui.core.caseload.caseload import Learner
from ksbtui.core.days import ONE_DAY, month_of
from ksbtui.journal.coaching.calls import Calls
from ksbtui.journal.coaching.verification import Verifying
from ksbtui.journal.context import Context
from ksbtui.journal.entry.drafts import Drafts
from ksbtui.journal.entry.entries import Entries
from ksbtui.journal.exchange.handover_file import HandOver
from ksbtui.journal.exchange.opened import Opened, understood
from ksbtui.journal.progress.progress import Progress


def learner_of(file: HandOver, path: Path, clock: Clock) -> Learner:
    """The row of a hand-over, as at the clock's day."""
    now = replace(file, moments=(), earlier=())  # how things were at calls is not asked
    opened = Opened(now, path, clock, keep=False)
    try:
        with understood(path.name):
            return standing(opened.context, file)
    finally:
        opened.context.close()


def standing(context: Context, file: HandOver) -> Learner:
    """The row of a journal that was handed over and is open."""
    drafts = Drafts(context)
    progress = Progress(context, drafts)
    entries = Entries(context)
    calls = Calls(context, progress, entries, drafts, Verifying(context, entries))
    view, as_at = progress.view, context.as_at
    course, hours, coverage = view.course, view.hours, view.coverage
    last, review = calls.last_held, view.timeline.next_review
    held = [day for day in view.reviews_held if day <= as_at]
    this_month = [m.counted_minutes for m in hours.by_month if m.month == month_of(as_at)]
    with context.store.guarded() as connection:
        total, newest = connection.execute(
            "SELECT count(*), max(day) FROM entry WHERE deleted_at = '' AND enrolment = ? "
            "AND day <= ?",
            (course.enrolment.id, as_at.isoformat()),
        ).fetchone()
    return Learner(
        id=file.learner,
        name=file.name,
        standard=course.standard.ref,
        programme=course.programme.id,
        start=view.plan.start,
        gateway=view.plan.plan_end,
        made_at=file.made_at,
        as_at=as_at,
        since=file.since,
        private=file.left_out_minutes,
        target=hours.target_minutes,
        logged=hours.logged_minutes,
        counted=hours.counted_minutes,
        verified=hours.verified_minutes,
        planned=hours.planned_to_date_minutes,
        month=sum(this_month),
        ksbs=coverage.total,
        covered=coverage.covered,
        evidenced=sum(ksb.state in ("evidenced", "strong") for ksb in coverage.ksbs),
        gaps=coverage.gaps,
        entries=total,
        last_entry=type(as_at).fromisoformat(newest) if newest else None,
        review_last=held[-1] if held else None,
        review_due=review.due_month_end if review else None,
        coaching_last=last.day if last else None,
        coaching_next=calls.next_day(as_at - ONE_DAY),
        actions_open=len(view.actions_open),
        actions_overdue=sum(one.due < as_at for one in view.actions_open),
        idle=tuple(gap.first_month for gap in view.untrained if gap.ended),
        ended=course.enrolment.ended,
    )

"""Where the learner stands: hours, coverage and timeline, calculated from the kept sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from ksbtui.core.assessment.project import APPROVAL
from ksbtui.core.coaching.calls import Call, sessions
from ksbtui.core.codec import decode, encode
from ksbtui.core.coverage.coverage import Coverage, coverage
from ksbtui.core.entry.entries import TWICE, Image
from ksbtui.core.entry.rules import PAID_HOURS
from ksbtui.core.hours.forecast import WhatIf, what_if
from ksbtui.core.hours.hours import Hours, MonthGap, hours_report, months_without_training
from ksbtui.core.hours.totals import DayTotal
from ksbtui.core.programme.alerts import Alert, alerts
from ksbtui.core.programme.next_steps import (
    ActionDue,
    DraftNote,
    Situation,
    Suggestion,
    Waiting,
    next_steps,
)
from ksbtui.core.programme.plan import Plan, Span, plan
from ksbtui.core.programme.programmes import Break, Course
from ksbtui.core.programme.timeline import Timeline, timeline
from ksbtui.journal.coaching.records import ACTION, CALL, REVIEW
from ksbtui.journal.context import Context
from ksbtui.journal.entry.drafts import Draft, Drafts
from ksbtui.store.database import changes, totals

ANSWER, EMPLOYER_VERIFIED = "answer", "employer-verified"
"""Kinds of record that coverage looks at beside the entries."""

_UNTAGGED = "NOT EXISTS (SELECT 1 FROM entry_ksb WHERE entry_ksb.entry = entry.seq)"
_NOT_SUBMITTED = "submitted = ''"

PROJECT_ITEM = "project-item"
"""Kind of record: what the project holds, its approval among it."""
APPROVAL_MILESTONE = "project-approval"


class View:
    """One enrolment at one revision and day; every figure is calculated once, when asked for."""

    def __init__(self, context: Context, drafts: Drafts, course: Course) -> None:
        self._context = context
        self._drafts = drafts
        self.course = course
        self.as_at = context.as_at

    @cached_property
    def plan(self) -> Plan:
        return plan(self.course, self.as_at)

    @cached_property
    def totals(self) -> list[DayTotal]:
        with self._context.store.guarded() as connection:
            return totals.day_totals(connection, self.course.enrolment.id)

    @cached_property
    def hours(self) -> Hours:
        return hours_report(self.course, self.plan, self.totals, self.as_at)

    def what_if(
        self,
        weekly_minutes: int | None = None,
        leave: Sequence[Span] = (),
        breaks: Sequence[Span] = (),
    ) -> WhatIf:
        """Move the finish: another pace, days of leave, further breaks in learning."""
        pauses = tuple(Break(first, last) for first, last in breaks)
        enrolment = self.course.enrolment
        paused = replace(enrolment, breaks=(*enrolment.breaks, *pauses))
        days = plan(replace(self.course, enrolment=paused), self.as_at) if pauses else self.plan
        hours = self.hours
        return what_if(days, hours.window, hours.left_minutes, self.as_at, weekly_minutes, leave)

    @cached_property
    def coverage(self) -> Coverage:
        with self._context.store.guarded() as connection:
            rows = totals.ksb_tallies(connection, self.course.enrolment.id)
        return coverage(
            self.course.standard,
            self.course.enrolment.option,
            rows,
            self.as_at,
            rehearsed=self._codes(ANSWER),
            employer_verified=self._codes(EMPLOYER_VERIFIED),
        )

    @cached_property
    def timeline(self) -> Timeline:
        return timeline(
            self.course,
            self.plan,
            self.totals,
            self.reviews_held,
            self.as_at,
            met=self.sessions_met | self._milestones_met,
        )

    @cached_property
    def sessions_met(self) -> frozenset[str]:
        """Planned coaching sessions (``coaching-3``) that were held, also before their day."""
        calls = [decode(Call, body) for body in self._own(CALL).values()]
        calls = [call for call in calls if call.attended and call.day <= self.as_at]
        return frozenset(
            session.id for session in sessions(self.plan, calls, self.as_at) if session.call
        )

    @property
    def _milestones_met(self) -> frozenset[str]:
        """Milestones that something else in the journal shows: an approval, the outcome."""
        enrolment, met = self.course.enrolment, set()
        for body in self._own(PROJECT_ITEM).values():
            if body.get("section") == APPROVAL and date.fromisoformat(body["day"]) <= self.as_at:
                met.add(APPROVAL_MILESTONE)
        if enrolment.ended and enrolment.outcome == "completed":
            met.update(milestone.id for milestone in self.plan.milestones if not milestone.coaching)
        return frozenset(met)

    @cached_property
    def reviews_held(self) -> tuple[date, ...]:
        reviews = self._own(REVIEW).values()
        return tuple(sorted(date.fromisoformat(r["day"]) for r in reviews if r.get("held")))

    @cached_property
    def outside_minutes(self) -> int:
        """Minutes logged as outside paid hours; 0 where the rules do not ask for them."""
        if self.course.rules.rule(PAID_HOURS) is None:
            return 0
        with self._context.store.guarded() as connection:
            return totals.minutes_outside_hours(connection, self.course.enrolment.id)

    @cached_property
    def untrained(self) -> tuple[MonthGap, ...]:
        """Months (or quarters) without training, the present one as a notice."""
        return months_without_training(self.course, self.plan, self.hours, self.as_at)

    @cached_property
    def begun(self) -> date:
        with self._context.store.guarded() as connection:
            at = changes.first_at(connection)
        return date.fromisoformat(at[:10]) if at else self.as_at

    @cached_property
    def unrecorded(self) -> tuple[MonthGap, ...]:
        """Months without training that ended before the journal began: nobody has asked yet."""
        return tuple(gap for gap in self.untrained if gap.ended and gap.day < self.begun)

    @cached_property
    def actions_open(self) -> tuple[ActionDue, ...]:
        actions = [
            ActionDue(
                id, body["text"], date.fromisoformat(body["due"]), tuple(body.get("ksbs", ()))
            )
            for id, body in self._own(ACTION).items()
            if body["state"] == "open"
        ]
        return tuple(sorted(actions, key=lambda action: (action.due, action.id)))

    @cached_property
    def situation(self) -> Situation:
        drafts = self._drafts.all()
        return Situation(
            as_at=self.as_at,
            coverage=self.coverage,
            timeline=self.timeline,
            drafts=tuple(
                DraftNote(draft.key, self._title(draft), date.fromisoformat(draft.kept_at[:10]))
                for draft in drafts
                if draft.key.startswith("entry:")
            ),
            untrained=self.untrained,
            actions=self.actions_open,
            untagged=self._waiting(_UNTAGGED) if self._any_untagged else Waiting(),
            not_submitted=self._waiting(_NOT_SUBMITTED),
            variance_minutes=self.hours.variance_minutes,
            pace_per_week_minutes=self.hours.pace_per_week_minutes,
            needed_per_week_minutes=self.hours.needed_per_week_minutes,
            logged_minutes=self.hours.logged_minutes,
            outside_minutes=self.outside_minutes,
            ended=self.course.enrolment.ended is not None,
            two_places=self._two_places,
        )

    @cached_property
    def alerts(self) -> tuple[Alert, ...]:
        """What cannot wait, most urgent first."""
        return alerts(self.situation)

    @cached_property
    def next_steps(self) -> tuple[Suggestion, ...]:
        return next_steps(self.situation)

    def status_json(self) -> dict[str, object]:
        enrolment, module = self.course.enrolment, self.timeline.module
        milestone, review = self.timeline.next_milestone, self.timeline.next_review
        return {
            "as_at": self.as_at.isoformat(),
            "enrolment": {
                "standard": self.course.standard.ref,
                "version": self.course.standard.version,
                "option": enrolment.option or None,
                "programme": self.course.programme.id,
                "start": enrolment.start.isoformat(),
                "end": self.plan.end.isoformat(),
                "plan_end": self.plan.plan_end.isoformat(),
            },
            "hours": self.hours.scalars(),
            "coverage": self.coverage.counts(),
            "module": {
                "number": module.number,
                "title": module.title,
                "starts": module.starts.isoformat(),
                "ends": module.ends.isoformat(),
            }
            if module
            else None,
            "next_milestone": {
                "id": milestone.id,
                "name": milestone.name,
                "day": milestone.day.isoformat(),
            }
            if milestone
            else None,
            "next_review": encode(review),
            "alerts": [alert.as_json() for alert in self.alerts],
            "actions_open": len(self.actions_open),
            "not_submitted": self.not_submitted,
        }

    @property
    def not_submitted(self) -> int:
        """How many counting entries are not in the provider's e-portfolio yet."""
        return self.situation.not_submitted.entries

    @property
    def _two_places(self) -> int:
        if not self._context.store.records(TWICE):
            return 0
        # deferred: only after a merge of two devices
        from ksbtui.journal.exchange.merge import Merges

        return len(Merges(self._context).doubles())

    def _title(self, draft: Draft) -> str:
        hidden = self._context.hides_private and draft.body.get("private", False)
        return "(private)" if hidden else str(draft.body.get("title", ""))

    @property
    def _any_untagged(self) -> bool:
        """Whether the kept sums know of a counting entry without a KSB."""
        return any(row.untagged and not row.rule and row.day <= self.as_at for row in self.totals)

    def _waiting(self, condition: str) -> Waiting:
        """Count the live entries of a condition; name the one that has waited longest."""
        where = (
            "FROM entry WHERE deleted_at = '' AND enrolment = ? AND failed_rules = '' "
            f"AND day <= ? AND {condition}"
        )
        values = (self.course.enrolment.id, self.as_at.isoformat())
        hides = self._context.hides_private
        title = "CASE WHEN private THEN '(private)' ELSE title END" if hides else "title"
        first = f"SELECT count(*) OVER (), id, {title} {where} ORDER BY day, seq LIMIT 1"
        with self._context.store.guarded() as connection:
            row = connection.execute(first, values).fetchone()
        return Waiting(*row) if row else Waiting()

    def _codes(self, kind: str) -> frozenset[str]:
        return frozenset(code for body in self._own(kind).values() for code in body["ksbs"])

    def _own(self, kind: str) -> dict[str, Image]:
        """The records of a kind that belong to this enrolment, by id."""
        enrolment, bodies = self.course.enrolment.id, self._context.store.records(kind)
        return {id: body for id, body in bodies.items() if body.get("enrolment") == enrolment}


class Progress:
    """The present view of a journal, made again when the record or the day has changed."""

    def __init__(self, context: Context, drafts: Drafts) -> None:
        self._context = context
        self._drafts = drafts
        self._view: View | None = None
        self._seen = (-1, date.min, 0)

    @property
    def view(self) -> View:
        seen = (self._context.revision, self._context.as_at, self._drafts.version)
        if self._view is None or seen != self._seen:
            self._view, self._seen = self.view_of(self._context.enrolled), seen
        return self._view

    def view_of(self, course: Course) -> View:
        """Everything about one enrolment, also one that has ended."""
        return View(self._context, self._drafts, course)

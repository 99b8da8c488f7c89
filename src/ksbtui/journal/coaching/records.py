"""What is kept of calls, reviews and actions, read for the subjects that look at one another's."""

from __future__ import annotations

from datetime import date

from ksbtui.core.coaching.actions import Action
from ksbtui.core.coaching.calls import Call
from ksbtui.core.coaching.review import Review
from ksbtui.core.codec import decode
from ksbtui.journal.context import Context

CALL, REVIEW, ACTION = "call", "review", "action"
"""Kinds of record."""
UNDERWAY = "call:"
"""What the key of the draft of a call under way begins with; its enrolment follows."""


def calls_of(context: Context) -> tuple[Call, ...]:
    """Every call of the present enrolment held or missed, oldest first."""
    id = context.enrolled.enrolment.id
    found = (decode(Call, body) for body in context.store.records(CALL).values())
    return tuple(sorted((c for c in found if c.enrolment == id), key=lambda c: (c.day, c.id)))


def call_underway_on(context: Context, day: date) -> bool:
    """Whether a call begun on a day, or opened again on it, is not ended."""
    begun = [body for key, (body, _) in context.store.drafts().items() if key.startswith(UNDERWAY)]
    return any(body.get("day") == day.isoformat() for body in begun)


def reviews_of(context: Context) -> tuple[Review, ...]:
    """Every review of the present enrolment held, oldest first, then the one in preparation."""
    id = context.enrolled.enrolment.id
    found = (decode(Review, body) for body in context.store.records(REVIEW).values())
    mine = [review for review in found if review.enrolment == id]
    return tuple(sorted(mine, key=lambda review: (not review.held, review.day, review.id)))


def actions_of(context: Context) -> tuple[Action, ...]:
    """Every action of the present enrolment, soonest due first."""
    id = context.enrolled.enrolment.id
    found = (decode(Action, body) for body in context.store.records(ACTION).values())
    mine = [action for action in found if action.enrolment == id]
    return tuple(sorted(mine, key=lambda action: (action.due, action.made, action.id)))

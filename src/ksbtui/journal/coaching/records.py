"""What is kept of calls, reviews and actions, and what stays hidden while a call is under way.

A call may be watched by others: until it is ended, lists leave private entries, stories and
artefacts out, and texts that would name one say "(private)". Only the learner shows them.
Commands are the learner's own and hide nothing because of a call.
"""

from __future__ import annotations

from datetime import date

from ksbtui.core.coaching.actions import Action
from ksbtui.core.coaching.calls import Call
from ksbtui.core.coaching.review import Review
from ksbtui.core.entry.entries import Entry
from ksbtui.core.text.text import number_of
from ksbtui.journal.context import Context
from ksbtui.store.database import rows

CALL, REVIEW, ACTION = "call", "review", "action"
"""Kinds of record."""
UNDERWAY = "call:"
"""What the key of the draft of a call under way begins with; its enrolment follows."""


def calls_of(context: Context) -> tuple[Call, ...]:
    """Every call of the present enrolment held or missed, oldest first."""
    return tuple(sorted(context.own(CALL, Call), key=lambda call: (call.day, call.id)))


def call_underway_on(context: Context, day: date) -> bool:
    """Whether a call begun on a day, or opened again on it, is not ended."""
    begun = [body for key, (body, _) in context.store.drafts().items() if key.startswith(UNDERWAY)]
    return any(body.get("day") == day.isoformat() for body in begun)


def reviews_of(context: Context) -> tuple[Review, ...]:
    """Every review of the present enrolment held, oldest first, then the one in preparation."""
    reviews = context.own(REVIEW, Review)
    return tuple(sorted(reviews, key=lambda review: (not review.held, review.day, review.id)))


def actions_of(context: Context) -> tuple[Action, ...]:
    """Every action of the present enrolment, soonest due first."""
    actions = context.own(ACTION, Action)
    return tuple(sorted(actions, key=lambda action: (action.due, action.made, action.id)))


PRIVATE = "(private)"
"""Stands where a private title would."""


class Privacy:
    """Whether private things are shown now, and how many are not."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._revealed = False
        self._counted: tuple[int, int] = (-1, 0)

    @property
    def hides(self) -> bool:
        return self._context.hides_private

    def follow(self) -> None:
        """Hide while a call of today is under way, here or in another terminal."""
        underway = self._context.exists and call_underway_on(self._context, self._context.as_at)
        self._revealed = self._revealed and underway
        self._context.hide_private(underway and not self._revealed)

    def reveal(self) -> None:
        """Show private things although a call is under way, until it is opened again."""
        self._revealed = True
        self.follow()

    def conceal(self) -> None:
        self._revealed = False
        self.follow()

    @property
    def count(self) -> int:
        """How many private entries, stories and drafts there are; read once a revision."""
        if self._counted[0] != self._context.revision:
            self._counted = (self._context.revision, self._count())
        return self._counted[1]

    def shown_label(self, label: str) -> str:
        """What a change did, as its label says it; not while a private title could be in it."""
        return "the last change" if self.hides else label

    def hidden(self, entry: Entry) -> bool:
        return self.hides and (entry.private or any(item.private for item in entry.evidence))

    @property
    def notice(self) -> str:
        """That something is hidden and how much, for a title bar; empty where nothing is."""
        hidden = self.hides and self.count
        return f"{number_of(self.count, 'private thing')} hidden" if hidden else ""

    def _count(self) -> int:
        with self._context.store.guarded() as connection:
            entries = rows.private_ids(connection)
        stories = self._context.store.records("story").values()
        hidden = sum(
            bool(body.get("private") or entries.intersection(body.get("entries", ())))
            for body in stories
        )
        drafts = self._context.store.drafts().values()
        return len(entries) + hidden + sum(bool(body.get("private")) for body, _ in drafts)

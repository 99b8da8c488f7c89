"""The demo learner's calls, reviews and actions, told in the order in which they happened.

A call looks at what changed since the one before, so the log has to hold what was there
when each of them took place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ksbtui.core.coaching.actions import DONE, OPEN, Action
from ksbtui.core.coaching.calls import Call
from ksbtui.core.coaching.review import NO_CHANGE, Answered, Review, Signature
from ksbtui.core.days import MONTH_NAMES
from ksbtui.core.entry.entries import Entry
from ksbtui.journal.context import new_id
from ksbtui.journal.entry.derive import Deriver
from ksbtui.store.database.changes import MADE
from ksbtui.store.database.store import Batch

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = re.compile(r"\{month of week (\d+)\}")
_ROLES = {"learner": "apprentice", "tutor": "provider", "manager": "employer"}


class Calendar:
    """Weeks and weekdays of the demo as days around today."""

    def __init__(self, as_at: date, weeks_ago: int) -> None:
        self.as_at = as_at
        self.start = as_at - timedelta(days=as_at.weekday(), weeks=weeks_ago)

    def day(self, week: int, weekday: str) -> date:
        return self.start + timedelta(weeks=week - 1, days=WEEKDAYS.index(weekday))

    def filled(self, value: Any) -> Any:
        """The data with ``{month of week 11}`` replaced by that month's name, in every text."""
        if isinstance(value, dict):
            return {key: self.filled(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.filled(item) for item in value]
        return _MONTH.sub(self._month, value) if isinstance(value, str) else value

    def _month(self, found: re.Match[str]) -> str:
        return MONTH_NAMES[self.day(int(found[1]), "wed").month - 1]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A call or review of the demo, with the actions agreed in it."""

    day: date
    held: Call | Review
    actions: tuple[Action, ...]


class Meetings:
    """Everything the demo learner agreed with tutor and manager up to today."""

    def __init__(self, journal: Journal, calendar: Calendar, learner: dict[str, Any]) -> None:
        self._enrolment = journal.enrolled.enrolment.id
        self._calendar = calendar
        self._learner = learner
        self._actions = [self._action(table) for table in learner.get("actions", ())]

    def __iter__(self) -> Iterator[Meeting]:
        calls = [self._call(table) for table in self._learner.get("calls", ())]
        reviews = [self._review(table) for table in self._learner.get("reviews", ())]
        meetings: list[Call | Review] = [*calls, *reviews]
        for held in sorted(meetings, key=lambda one: one.day):
            if held.day <= self._calendar.as_at:
                made = [action for action in self._actions if action.made == held.day]
                agreed = tuple(replace(action, source=held.id) for action in made)
                yield Meeting(held.day, held, agreed)

    def _day(self, table: dict[str, Any], prefix: str = "") -> date | None:
        week = table.get(f"{prefix}week")
        return self._calendar.day(week, table[f"{prefix}weekday"]) if week else None

    def _action(self, table: dict[str, Any]) -> Action:
        made, due = self._day(table, "made_"), self._day(table, "due_")
        assert made, "an action of the demo was made"
        assert due, "an action of the demo falls due"
        done = self._day(table, "done_")
        done = done if done and done <= self._calendar.as_at else None
        return Action(
            id=new_id(),
            enrolment=self._enrolment,
            text=table["text"],
            who=table["who"],
            due=due,
            made=made,
            ksbs=tuple(table["ksbs"]),
            state=DONE if done else OPEN,
            done=done,
        )

    def _call(self, table: dict[str, Any]) -> Call:
        day = self._day(table)
        assert day, "a call of the demo has a day"
        return Call(
            id=new_id(),
            enrolment=self._enrolment,
            day=day,
            minutes=table["minutes"],
            tutor=self._learner["tutor"],
            notes=table["notes"],
            private_notes=table.get("private_notes", ""),
            ksbs=tuple(table.get("ksbs", ())),
            next_day=self._day(table, "next_"),
        )

    def _review(self, table: dict[str, Any]) -> Review:
        day = self._day(table)
        assert day, "a review of the demo has a day"
        there = [who for who in _ROLES if who in table["attended"]]
        names = {who: self._learner["name" if who == "learner" else who] for who in there}
        fields = {"workplace": table["notes"], **table.get("fields", {})}
        return Review(
            id=new_id(),
            enrolment=self._enrolment,
            day=day,
            held=True,
            fields=fields,
            plan_changes=(NO_CHANGE,),
            present=tuple(names.values()),
            answers=tuple(
                Answered(action.id, table["answer"])
                for action in self._actions
                if "answer" in table and action.made < day and not action.done
            ),
            signatures=tuple(Signature(names[who], _ROLES[who], day) for who in there),
        )


def tell(journal: Journal, entries: Iterable[Entry], meetings: Iterable[Meeting]) -> None:
    """Write entries and meetings, a batch for each stretch of time up to a meeting."""
    waiting = sorted(entries, key=lambda entry: entry.created_at)
    derive, before, agreed = Deriver(journal.context), 0, list[Action]()
    for meeting in meetings:
        day = meeting.day.isoformat()
        upto = next(
            (n for n, entry in enumerate(waiting) if entry.created_at[:10] > day), len(waiting)
        )
        at, stretch = f"{day}T18:00:00.000Z", waiting[before:upto]
        with journal.store.writing("Made the demo journal", at, MADE) as batch:
            for entry in stretch:
                batch.put_entry(None, derive(entry))
            _put(journal, batch, meeting, stretch)
        agreed += meeting.actions
        before = upto
    with journal.writing("Made the demo journal", MADE) as batch:
        for entry in waiting[before:]:
            batch.put_entry(None, derive(entry))
        for action in agreed:
            journal.actions.put(batch, action)


def _put(journal: Journal, batch: Batch, meeting: Meeting, stretch: Iterable[Entry]) -> None:
    """Keep a meeting and its actions, which are open as yet."""
    for action in meeting.actions:
        journal.actions.put(batch, replace(action, state=OPEN, done=None))
    if isinstance(meeting.held, Review):
        journal.reviews.put(batch, meeting.held)
        return
    own = (e for e in stretch if e.type == "coaching" and e.day == meeting.day)
    entry = next(own, None)
    journal.calls.put(batch, replace(meeting.held, entry=entry.id if entry else ""))

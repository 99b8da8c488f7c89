"""The demo learner's calls, reviews, actions and preparation, told in the order of their days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ksbtui.core.assessment.answers import Answer
from ksbtui.core.assessment.benefits import HIGHER, LOWER, SATISFACTION, UNITS, Measure
from ksbtui.core.assessment.project import ProjectItem
from ksbtui.core.assessment.scan import SELF, Scan
from ksbtui.core.assessment.stories import Story
from ksbtui.core.coaching.actions import DONE, OPEN, Action
from ksbtui.core.coaching.calls import Call
from ksbtui.core.coaching.review import NO_CHANGE, Answered, Review, Signature
from ksbtui.core.codec import encode_fields
from ksbtui.core.days import MONTH_NAMES
from ksbtui.core.entry.entries import Entry
from ksbtui.journal.assessment.gateway import SETTING, TICK
from ksbtui.journal.assessment.project import ITEM, MEASURE, PROJECT
from ksbtui.journal.assessment.scans import SCAN
from ksbtui.journal.assessment.stories import STORY
from ksbtui.journal.context import new_id
from ksbtui.journal.entry.derive import Deriver
from ksbtui.journal.progress.progress import ANSWER, EMPLOYER_VERIFIED
from ksbtui.store.database import rows
from ksbtui.store.database.changes import MADE
from ksbtui.store.database.store import Batch
from ksbtui.store.seed import assessment
from ksbtui.store.seed.seeds import read_table, seed_root

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal
    from ksbtui.store.database.store import Batch


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

    def _month(self, match: re.Match[str]) -> str:
        return MONTH_NAMES[self.day(int(match[1]), "wed").month - 1]


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
        for meeting in sorted(meetings, key=lambda other: other.day):
            if meeting.day <= self._calendar.as_at:
                agreed_then = [action for action in self._actions if action.made == meeting.day]
                agreed = tuple(replace(action, source=meeting.id) for action in agreed_then)
                yield Meeting(meeting.day, meeting, agreed)

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
        with journal.store.writing(f"Made the demo journal up to {day}", at, MADE) as batch:
            for entry in stretch:
                batch.put_entry(None, derive(entry))
            _put(journal, batch, meeting, stretch)
        agreed += meeting.actions
        before = upto
    with journal.writing("Made the rest of the demo journal", MADE) as batch:
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


def prepare_demo(journal: Journal, calendar: Calendar, start_scan: dict[str, Any]) -> None:
    """Put all of ``seed/demo/prepare.toml`` into the demo, and the ratings of the start."""
    table = calendar.filled(read_table(seed_root() / "demo" / "prepare.toml"))
    with journal.writing("Prepared the demo journal", MADE) as batch:
        DemoPreparing(journal, batch, calendar).put(table, start_scan)


class DemoPreparing:
    """Puts the learner's preparation into an open batch; days to come are left out.

    Entries are linked by title; those that a smaller demo lacks are not.
    """

    def __init__(self, journal: Journal, batch: Batch, calendar: Calendar) -> None:
        self._batch, self._course, self._calendar = batch, journal.enrolled, calendar
        self._titles = rows.ids_by_title(journal.store.connection)
        self._enrolment = self._course.enrolment.id

    def put(self, table: dict[str, Any], start_scan: dict[str, Any]) -> None:
        self._answers(table["answers"])
        self._stories(table["stories"])
        self._project(table["project"])
        self._scans([{**start_scan, "occasion": "start"}, *table["scans"]])
        self._gateway(table["gateway"], table["employer_verified"])

    def _past(self, tables: Iterable[dict[str, Any]]) -> Iterable[tuple[date, dict[str, Any]]]:
        """Each table up to today with its day, without week and weekday."""
        for table in tables:
            values = dict(table)
            day = self._calendar.day(values.pop("week"), values.pop("weekday"))
            if day <= self._calendar.as_at:
                yield day, values

    def _linked(self, values: dict[str, Any]) -> tuple[str, ...]:
        return tuple(
            self._titles[title] for title in values.pop("entries", ()) if title in self._titles
        )

    def _answers(self, tables: list[dict[str, Any]]) -> None:
        course = self._course
        asked = assessment.questions(course.standard, course.enrolment.option)
        texts = {question.key: question.text for question in asked}
        for number, (day, values) in enumerate(self._past(tables)):
            answer = Answer(
                new_id(),
                self._enrolment,
                values["code"],
                values["level"],
                texts[values["code"], values["level"]],
                values["score"],
                day,
                f"{day.isoformat()}T17:{number:02}:00.000Z",
                values.get("by", SELF),
                tuple(values["checked"]),
                values["notes"],
                60 * values["minutes"],
            )
            self._batch.put_record(ANSWER, answer.id, answer.body())

    def _stories(self, tables: list[dict[str, Any]]) -> None:
        for table in tables:
            values = dict(table)
            entries, ksbs = self._linked(values), tuple(values.pop("ksbs"))
            story = Story(new_id(), self._enrolment, **values, ksbs=ksbs, entries=entries)
            self._batch.put_record(STORY, story.id, encode_fields(story, "id"))

    def _project(self, table: dict[str, Any]) -> None:
        named = {"enrolment": self._enrolment, "title": table["title"]}
        self._batch.put_record(PROJECT, self._enrolment, named)
        for day, values in self._past(table["items"]):
            entries, ksbs = self._linked(values), tuple(values.pop("ksbs"))
            item = ProjectItem(
                new_id(), self._enrolment, day=day, ksbs=ksbs, entries=entries, **values
            )
            self._batch.put_record(ITEM, item.id, encode_fields(item, "id"))
        for day, values in self._past(table["measures"]):
            measure = self._measure(day, values)
            self._batch.put_record(MEASURE, measure.id, encode_fields(measure, "id"))

    def _measure(self, day: date, values: dict[str, Any]) -> Measure:
        kind = values["kind"]
        for name in ("before", "after", "runs"):
            if name in values:
                values[name] = Decimal(values[name])
        values.setdefault("unit", UNITS[kind])
        values["ksbs"] = tuple(values["ksbs"])
        better = HIGHER if kind == SATISFACTION else LOWER
        return Measure(new_id(), self._enrolment, day=day, better=better, **values)

    def _scans(self, tables: list[dict[str, Any]]) -> None:
        for day, values in self._past(tables):
            by = values.get("by", SELF)
            scan = Scan(new_id(), self._enrolment, values["occasion"], day, by, values["ratings"])
            self._batch.put_record(SCAN, scan.id, encode_fields(scan, "id"))

    def _gateway(self, table: dict[str, Any], verified: list[dict[str, Any]]) -> None:
        id = self._enrolment
        settings = {"enrolment": id, "english_maths": table["english_maths"], "extended": None}
        self._batch.put_record(SETTING, id, settings)
        for day, values in self._past(table["ticks"]):
            body = {"enrolment": id, **values, "day": day.isoformat()}
            self._batch.put_record(TICK, f"{id}:{values['item']}", body)
        for day, values in self._past(verified):
            new = new_id()
            body = {"id": new, "enrolment": id, **values, "day": day.isoformat()}
            self._batch.put_record(EMPLOYER_VERIFIED, new, body)

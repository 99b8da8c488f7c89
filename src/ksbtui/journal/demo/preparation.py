"""What the demo learner has prepared: answers, stories, project, scans, gateway."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ksbtui.core.assessment.answers import Answer
from ksbtui.core.assessment.benefits import HIGHER, LOWER, SATISFACTION, UNITS, Measure
from ksbtui.core.assessment.project import ProjectItem
from ksbtui.core.assessment.scan import SELF, Scan
from ksbtui.core.assessment.stories import Story
from ksbtui.core.codec import encode_fields
from ksbtui.journal.assessment.gateway import SETTING, TICK
from ksbtui.journal.assessment.project import ITEM, MEASURE, PROJECT
from ksbtui.journal.assessment.scans import SCAN
from ksbtui.journal.assessment.stories import STORY
from ksbtui.journal.context import new_id
from ksbtui.journal.demo.meetings import Calendar
from ksbtui.journal.progress.progress import ANSWER, EMPLOYER_VERIFIED
from ksbtui.store.database import rows
from ksbtui.store.database.changes import MADE
from ksbtui.store.seed import assessment
from ksbtui.store.seed.seeds import read_table, seed_root

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal
    from ksbtui.store.database.store import Batch


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
            made = new_id()
            body = {"id": made, "enrolment": id, **values, "day": day.isoformat()}
            self._batch.put_record(EMPLOYER_VERIFIED, made, body)

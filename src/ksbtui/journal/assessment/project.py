"""The workplace project of a journal: items, measures, the review pack."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ksbtui.core.assessment.benefits import Measure, check_measure, taken
from ksbtui.core.assessment.project import (
    SECTIONS,
    Project,
    ProjectItem,
    project,
    section,
)
from ksbtui.core.assessment.project_pack import project_page
from ksbtui.core.codec import decode, encode_fields
from ksbtui.core.days import long_day
from ksbtui.core.exchange.pages import Page
from ksbtui.core.programme.standards import parse_codes
from ksbtui.core.text.text import clean, quoted
from ksbtui.errors import Conflict, NotFound, Unreadable
from ksbtui.journal.context import Context, by_prefix, new_id
from ksbtui.journal.entry.entries import Entries
from ksbtui.journal.progress.progress import APPROVAL_MILESTONE, PROJECT_ITEM, Progress

PROJECT, ITEM, MEASURE = "project", PROJECT_ITEM, "project-measure"
"""Kinds of record: the title (its id is the enrolment's), items, measures."""
COMMAND = "ksbtui project"


class WorkplaceProject:
    """The project of the present enrolment; one each."""

    def __init__(self, context: Context, progress: Progress, entries: Entries) -> None:
        self._context = context
        self._progress = progress
        self._entries = entries

    def read(self) -> Project:
        milestones = self._progress.view.plan.milestones
        due = next((one.day for one in milestones if one.id == APPROVAL_MILESTONE), None)
        return project(self.title, self._items().values(), self._measures().values(), due)

    @property
    def title(self) -> str:
        """What the learner calls it; empty before they named it."""
        body = self._context.store.record(PROJECT, self._enrolment)
        return str(body["title"]) if body else ""

    def name(self, title: str) -> None:
        title = " ".join(clean(title).split())
        if not title:
            raise Unreadable("A project needs a title.", "Say in a line what it changes.")
        with self._context.writing(f'Named the project "{title}"') as batch:
            body = {"enrolment": self._enrolment, "title": title}
            batch.put_record(PROJECT, self._enrolment, body)

    def add(self, section: str, text: str, **fields: Any) -> ProjectItem:
        fields.setdefault("day", self._context.as_at)
        return self._save(ProjectItem(new_id(), self._enrolment, section, text, **fields))

    def add_measure(self, name: str, **fields: Any) -> Measure:
        """Add a measure; kind, unit and direction follow from its words unless given."""
        given = {one: fields.get(one, "") for one in ("kind", "unit", "better")}
        found = taken(name, **given)
        fields |= {"kind": found.kind, "unit": found.unit, "better": found.better}
        fields.setdefault("day", self._context.as_at)
        return self._save_measure(Measure(new_id(), self._enrolment, name, **fields))

    def change(self, id: str, **fields: Any) -> ProjectItem | Measure:
        found = self.get(id)
        if isinstance(found, Measure):
            return self._save_measure(replace(found, **fields), found.entries)
        return self._save(replace(found, **fields), found.entries)

    def get(self, id: str) -> ProjectItem | Measure:
        both: dict[str, ProjectItem | Measure] = {**self._items(), **self._measures()}
        return by_prefix(both, id, "item of the project", COMMAND)

    def remove(self, id: str) -> ProjectItem | Measure:
        found = self.get(id)
        kind = MEASURE if isinstance(found, Measure) else ITEM
        with self._context.writing("Removed an item of the project") as batch:
            batch.put_record(kind, found.id, None)
        return found

    def page(self) -> Page:
        """The project review pack as a document; private entries are not named in it."""
        read = self.read()
        ids = {id for item in read.items for id in item.entries}
        titles = {}
        for id in sorted(ids):
            try:
                entry = self._entries.get(id)
            except NotFound:
                continue
            if not entry.private:
                titles[id] = entry.title
        return project_page(self._context.enrolled, read, titles, self._context.as_at)

    def _save(self, item: ProjectItem, known: tuple[str, ...] = ()) -> ProjectItem:
        item = replace(
            item,
            text=clean(item.text).strip(),
            detail=clean(item.detail).strip(),
            ksbs=self._codes(item.ksbs),
            entries=self._entries.whole_ids(item.entries, known),
            links=tuple(clean(link).strip() for link in item.links if link.strip()),
        )
        part = section(item.section)
        if part is None:
            parts = ", ".join(one.id for one in SECTIONS)
            raise NotFound(
                f"The project has no part {quoted(item.section)}.", f"Its parts: {parts}."
            )
        if not item.text:
            raise Unreadable("The item is empty.", f"Say it in a sentence. {part.asks}")
        if item.kind and item.kind not in part.kinds:
            raise NotFound(
                f"{quoted(item.kind)} is not a kind for {part.label.lower()}.",
                f"Use one of: {', '.join(part.kinds)}." if part.kinds else "Leave the kind out.",
            )
        self._check_day(item)
        with self._context.writing(f"Project, {part.label.lower()}: {_cut(item.text)}") as batch:
            batch.put_record(ITEM, item.id, encode_fields(item, "id"))
        return item

    def _check_day(self, item: ProjectItem) -> None:
        if item.day > self._context.as_at:
            raise Conflict(
                f"{long_day(item.day)} is still to come.", "Enter the day it happened, or today."
            )

    def _save_measure(self, measure: Measure, known: tuple[str, ...] = ()) -> Measure:
        measure = replace(
            measure,
            name=" ".join(clean(measure.name).split()),
            unit=" ".join(clean(measure.unit).split()),
            how=clean(measure.how).strip(),
            ksbs=self._codes(measure.ksbs),
            entries=self._entries.whole_ids(measure.entries, known),
        )
        check_measure(measure)
        with self._context.writing(f"Project, measure: {measure.name}") as batch:
            batch.put_record(MEASURE, measure.id, encode_fields(measure, "id"))
        return measure

    @property
    def _enrolment(self) -> str:
        return self._context.enrolled.enrolment.id

    def _items(self) -> dict[str, ProjectItem]:
        found = self._context.store.records(ITEM)
        return {
            id: decode(ProjectItem, body, id=id)
            for id, body in found.items()
            if body["enrolment"] == self._enrolment
        }

    def _measures(self) -> dict[str, Measure]:
        found = self._context.store.records(MEASURE)
        return {
            id: decode(Measure, body, id=id)
            for id, body in found.items()
            if body["enrolment"] == self._enrolment
        }

    def _codes(self, codes: str | Iterable[str]) -> tuple[str, ...]:
        course = self._context.enrolled
        return parse_codes(codes, course.standard, course.enrolment.option)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 50 else line[:49] + "…"

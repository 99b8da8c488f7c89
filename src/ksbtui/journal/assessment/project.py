"""The workplace project of a journal: items, measures, the review pack."""

from __future__ import annotations

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
from ksbtui.core.codec import encode_fields
from ksbtui.core.days import long_day
from ksbtui.core.exchange.pages import Page
from ksbtui.core.text.text import clean, one_line, quoted, shortened
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
        due = next(
            (milestone.day for milestone in milestones if milestone.id == APPROVAL_MILESTONE), None
        )
        items, measures = self._context.own(ITEM, ProjectItem), self._context.own(MEASURE, Measure)
        return project(self.title, items, measures, due)

    @property
    def title(self) -> str:
        """What the learner calls it; empty before they named it."""
        body = self._context.store.record(PROJECT, self._enrolment)
        return str(body["title"]) if body else ""

    def name(self, title: str) -> None:
        title = one_line(title)
        if not title:
            raise Unreadable(
                "A project needs a title.", "Describe in one line what the project changes."
            )
        body = {"enrolment": self._enrolment, "title": title}
        self._context.put(f'Named the project "{title}"', PROJECT, self._enrolment, body)

    def add(self, section: str, text: str, **fields: Any) -> ProjectItem:
        fields.setdefault("day", self._context.as_at)
        return self._save(ProjectItem(new_id(), self._enrolment, section, text, **fields))

    def add_measure(self, name: str, **fields: Any) -> Measure:
        """Add a measure; kind, unit and direction follow from its words unless given."""
        given = {field: fields.get(field, "") for field in ("kind", "unit", "better")}
        measure = taken(name, **given)
        fields |= {"kind": measure.kind, "unit": measure.unit, "better": measure.better}
        fields.setdefault("day", self._context.as_at)
        return self._save_measure(Measure(new_id(), self._enrolment, name, **fields))

    def change(self, id: str, **fields: Any) -> ProjectItem | Measure:
        part = self.get(id)
        if isinstance(part, Measure):
            return self._save_measure(replace(part, **fields), part.entries)
        return self._save(replace(part, **fields), part.entries)

    def get(self, id: str) -> ProjectItem | Measure:
        parts: list[ProjectItem | Measure] = [*self._context.own(ITEM, ProjectItem)]
        parts += self._context.own(MEASURE, Measure)
        return by_prefix({part.id: part for part in parts}, id, "item of the project", COMMAND)

    def remove(self, id: str) -> ProjectItem | Measure:
        part = self.get(id)
        kind = MEASURE if isinstance(part, Measure) else ITEM
        self._context.put("Removed an item of the project", kind, part.id, None)
        return part

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
            ksbs=self._context.codes(item.ksbs),
            entries=self._entries.whole_ids(item.entries, known),
            links=tuple(clean(link).strip() for link in item.links if link.strip()),
        )
        part = section(item.section)
        if part is None:
            parts = ", ".join(one.id for one in SECTIONS)
            raise NotFound(
                f"The project has no part {quoted(item.section)}.", f"The parts are: {parts}."
            )
        if not item.text:
            raise Unreadable("The item is empty.", f"Write a sentence: {part.asks}")
        if item.kind and item.kind not in part.kinds:
            raise NotFound(
                f"{part.label} cannot have the kind {quoted(item.kind)}.",
                f"Use one of: {', '.join(part.kinds)}." if part.kinds else "Leave the kind out.",
            )
        if item.day > self._context.as_at:
            raise Conflict(
                f"{long_day(item.day)} is in the future.", "Enter the day it happened, or today."
            )
        label = f"Project, {part.label.lower()}: {shortened(' '.join(item.text.split()), 50)}"
        self._context.put(label, ITEM, item.id, encode_fields(item, "id"))
        return item

    def _save_measure(self, measure: Measure, known: tuple[str, ...] = ()) -> Measure:
        measure = replace(
            measure,
            name=one_line(measure.name),
            unit=one_line(measure.unit),
            how=clean(measure.how).strip(),
            ksbs=self._context.codes(measure.ksbs),
            entries=self._entries.whole_ids(measure.entries, known),
        )
        check_measure(measure)
        label = f"Project, measure: {measure.name}"
        self._context.put(label, MEASURE, measure.id, encode_fields(measure, "id"))
        return measure

    @property
    def _enrolment(self) -> str:
        return self._context.enrolment_id

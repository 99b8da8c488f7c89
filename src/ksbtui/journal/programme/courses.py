"""The enrolments of a journal, each with its standard, programme and rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol, TypeVar

from ksbtui.core.codec import decode
from ksbtui.core.entry.entries import Image
from ksbtui.core.programme.plan import plan
from ksbtui.core.programme.programmes import Course, Enrolment, Opening, Programme, RuleSet
from ksbtui.core.programme.standards import Standard
from ksbtui.errors import KsbtuiError

T = TypeVar("T")

ENROLMENT, STANDARD, PROGRAMME, RULES = "enrolment", "standard", "programme", "rules"
OPENING = "opening"
"""Kinds of record."""

COURSE_KINDS = {ENROLMENT, STANDARD, PROGRAMME, RULES, OPENING}
"""What a course is made of: a change of these derives every entry afresh."""


class Records(Protocol):
    """Where records are read: the open file, or an earlier state of it."""

    def record(self, kind: str, id: str) -> Image | None:
        """Read the body of one record, or None."""

    def records(self, kind: str) -> dict[str, Image]:
        """Read all records of a kind by id."""


def read_courses(
    store: Records, faults: dict[tuple[str, str], str] | None = None
) -> tuple[Course, ...]:
    """Read every enrolment with the documents it refers to, oldest start first.

    What does not read is added to ``faults`` and left out. For a document that is missing or
    broken the shipped one of the same name is used.
    """
    found, faults = [], {} if faults is None else faults
    for id, body in store.records(ENROLMENT).items():
        try:
            enrolment = decode(Enrolment, body)
            found.append(
                Course(
                    enrolment,
                    _document(store, Standard, STANDARD, enrolment.standard, faults),
                    _document(store, Programme, PROGRAMME, enrolment.programme, faults),
                    _document(store, RuleSet, RULES, enrolment.rules, faults),
                    _opening(store, enrolment.id, faults),
                )
            )
        except (*UNREADABLE, KsbtuiError) as problem:
            faults[ENROLMENT, id] = f"{problem}"
    return tuple(sorted(found, key=lambda course: course.enrolment.start))


UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)
"""What reading a body of another shape raises."""


def _opening(store: Records, enrolment: str, faults: dict[tuple[str, str], str]) -> Opening | None:
    body = store.record(OPENING, enrolment)
    try:
        return decode(Opening, body) if body else None
    except UNREADABLE as problem:
        faults[OPENING, enrolment] = f"{problem}"
        return None


def _document(
    store: Records, cls: type[T], kind: str, id: str, faults: dict[tuple[str, str], str]
) -> T:
    """A document of the journal, else the shipped one of its name; refuses where neither is."""
    body = store.record(kind, id)
    try:
        if body is not None:
            return decode(cls, body)
        faults.setdefault((kind, id), "it is missing; the shipped one is used")
    except UNREADABLE as problem:
        faults[kind, id] = f"{problem}; the shipped one is used"
    shipped: T = shipped_document(kind, id)
    return shipped


def shipped_document(kind: str, id: str) -> Any:
    """The shipped standard, programme or rule set of a name; refuses where there is none."""
    from ksbtui.store.seed import seeds  # reads the data files, which a whole journal never needs

    if kind == STANDARD:
        return seeds.find(seeds.standards(), id, "standard")
    if kind == PROGRAMME:
        return seeds.find(seeds.programmes(), id, "programme")
    return seeds.find(seeds.rule_sets(), id, "rule set")


def last_day(course: Course, as_at: date | None = None) -> date:
    """The last day an enrolment runs: the day it was ended, else its planned end."""
    return course.enrolment.ended or plan(course, as_at).end


def choose(courses: Sequence[Course], as_at: date) -> Course | None:
    """Pick the enrolment running on a day, else the latest of all."""
    running = [c for c in courses if c.enrolment.start <= as_at <= last_day(c, as_at)]
    return running[-1] if running else (courses[-1] if courses else None)


def course_on(courses: Sequence[Course], day: date, as_at: date) -> Course:
    """Pick the enrolment an entry of a day belongs to.

    That is the one running on the day; for a day outside them all, the one reported today,
    where it stands as outside the programme.
    """
    for course in reversed(courses):
        if course.enrolment.start <= day <= last_day(course, as_at):
            return course
    chosen = choose(courses, as_at)
    assert chosen is not None, "entries are made after set-up"
    return chosen

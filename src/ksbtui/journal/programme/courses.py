"""The enrolments of a journal, each with its standard, programme and rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from ksbtui.core.codec import decode
from ksbtui.core.entry.images import Image
from ksbtui.core.programme.plan import plan
from ksbtui.core.programme.programmes import Course, Enrolment, Programme, RuleSet
from ksbtui.core.programme.standards import Standard

ENROLMENT, STANDARD, PROGRAMME, RULES = "enrolment", "standard", "programme", "rules"
"""Kinds of record."""

COURSE_KINDS = {ENROLMENT, STANDARD, PROGRAMME, RULES}
"""What a course is made of: a change of these derives every entry afresh."""


class Records(Protocol):
    """Where records are read: the open file, or an earlier state of it."""

    def record(self, kind: str, id: str) -> Image | None:
        """Read the body of one record, or None."""

    def records(self, kind: str) -> dict[str, Image]:
        """Read all records of a kind by id."""


def read_courses(store: Records) -> tuple[Course, ...]:
    """Read every enrolment with the documents it refers to, oldest start first."""
    found = []
    for body in store.records(ENROLMENT).values():
        enrolment = decode(Enrolment, body)
        standard = store.record(STANDARD, enrolment.standard)
        programme = store.record(PROGRAMME, enrolment.programme)
        rules = store.record(RULES, enrolment.rules)
        assert standard is not None, "an enrolment's documents are kept with it"
        assert programme is not None, "an enrolment's documents are kept with it"
        assert rules is not None, "an enrolment's documents are kept with it"
        found.append(
            Course(
                enrolment,
                decode(Standard, standard),
                decode(Programme, programme),
                decode(RuleSet, rules),
            )
        )
    return tuple(sorted(found, key=lambda course: course.enrolment.start))


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

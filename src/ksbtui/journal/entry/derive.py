"""What follows from an entry without looking at the clock: enrolment, module, words, rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from ksbtui.core.entry.entries import Entry
from ksbtui.core.entry.rules import failed_rules
from ksbtui.core.programme.plan import Plan, plan
from ksbtui.core.programme.programmes import Course
from ksbtui.core.text.text import word_count
from ksbtui.journal.context import Context, course_on


class Deriver:
    """Derives entries of one journal; plans are made once, so thousands go quickly."""

    def __init__(
        self,
        context: Context,
        courses: Sequence[Course] | None = None,
        as_at: date | None = None,
    ) -> None:
        """``courses`` and ``as_at`` take the place of today's, to look at an earlier state."""
        self._courses = courses or context.courses
        self._as_at = as_at or context.as_at
        self._plans: dict[str, Plan] = {}
        self._by_day: dict[date, Course] = {}

    def plan(self, course: Course) -> Plan:
        """The days of a course, made once."""
        id = course.enrolment.id
        if id not in self._plans:
            self._plans[id] = plan(course, self._as_at)
        return self._plans[id]

    def course(self, entry: Entry) -> Course:
        """The course an entry belongs to; asked once a day of the calendar."""
        if entry.day not in self._by_day:
            self._by_day[entry.day] = course_on(self._courses, entry.day, self._as_at)
        return self._by_day[entry.day]

    def __call__(self, entry: Entry) -> Entry:
        """Fill in what follows from the rest."""
        course = self.course(entry)
        days = self.plan(course)
        if not entry.module_given:
            running = days.module_on(entry.day)
            entry = replace(entry, module=running.number if running else None)
        return replace(
            entry,
            enrolment=course.enrolment.id,
            words=words(entry.learned),
            failed_rules=failed_rules(entry, days, course.rules),
        )


def words(learned: str) -> int:
    """Count the words of learning without template headings."""
    return word_count(learned, headings() if "\n" in learned else ())


@cache
def headings() -> frozenset[str]:
    """Every stage heading of the reflection templates on offer."""
    from ksbtui.store.seed.seeds import reflection_headings

    return reflection_headings()

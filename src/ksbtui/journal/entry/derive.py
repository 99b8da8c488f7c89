"""What an entry must be, and what follows from it: enrolment, module, words, failed rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from ksbtui.core.entry.entries import MIN_MINUTES, PAID, Entry, Evidence
from ksbtui.core.entry.rules import failed_rules
from ksbtui.core.programme.plan import Plan, plan
from ksbtui.core.programme.programmes import Course, RuleSet
from ksbtui.core.programme.standards import code_key, parse_codes
from ksbtui.core.text.text import clean, one_line, quoted, word_count
from ksbtui.errors import KsbtuiError, NotFound, Unreadable
from ksbtui.journal.context import Context, course_on, new_id


class Deriver:
    """Checks and derives entries of one journal; plans are made once, so thousands go quickly."""

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

    def checked(self, entry: Entry, tagged: Sequence[str] = ()) -> Entry:
        """An entry that a person gave, its text storable; refuses what cannot be an entry.

        Codes that were ``tagged`` stay although the standard may have dropped them since.
        """
        course = self.course(entry)
        typed = [code for code in entry.ksbs if code not in tagged]
        if typed:
            typed = list(parse_codes(typed, course.standard, course.enrolment.option))
        stay = (code for code in entry.ksbs if code in tagged)
        entry = replace(
            entry,
            title=one_line(entry.title),
            notes=clean(entry.notes).strip("\n"),
            learned=clean(entry.learned).strip("\n"),
            ksbs=tuple(sorted({*stay, *typed}, key=code_key)),
            evidence=tuple(_clean_evidence(item) for item in entry.evidence),
        )
        for problem in _problems(entry, course):
            raise problem
        return entry


def _problems(entry: Entry, course: Course) -> Iterator[KsbtuiError]:
    if not entry.title:
        yield Unreadable("An entry needs a title.", "Describe what you did in a few words.")
    if not MIN_MINUTES <= entry.minutes <= entry.most_minutes:
        yield Unreadable(
            f"{entry.minutes} minutes cannot be one activity on one day.",
            "Enter between 1 minute and 24 hours.",
        )
    if course.rules.type(entry.type) is None:
        yield unknown_type(entry.type, course.rules)
    modules = [module.number for module in course.programme.modules]
    if entry.module_given and entry.module not in modules:
        yield NotFound(
            f"There is no module {entry.module} in {course.programme.title}.",
            f"Its modules are numbered {modules[0]} to {modules[-1]}."
            if modules
            else "It has no modules; leave the module out.",
        )
    if entry.paid not in PAID:
        yield Unreadable(f"{quoted(entry.paid)} is not an answer about paid hours.", f"Use {PAID}.")


def unknown_type(id: str, rules: RuleSet) -> NotFound:
    """The refusal of an activity type that the rules do not know."""
    known = ", ".join(kind.id for kind in rules.types)
    return NotFound(f"{quoted(id)} is not an activity type.", f"Use one of: {known}.")


def _clean_evidence(item: Evidence) -> Evidence:
    return replace(
        item,
        id=item.id or new_id(),
        title=one_line(item.title),
        target=clean(item.target).strip(),
        note=clean(item.note),
    )


def words(learned: str) -> int:
    """Count the words of learning without template headings."""
    return word_count(learned, headings() if "\n" in learned else ())


@cache
def headings() -> frozenset[str]:
    """Every stage heading of the reflection templates on offer."""
    # deferred: log reads no data files unless something was learned
    from ksbtui.store.seed.seeds import reflection_headings

    return reflection_headings()

"""The answers of set-up as they are typed, and the routes it explains before any is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from ksbtui.core.codec import ForbidExtra
from ksbtui.core.days import DAY_NAMES, ONE_DAY, long_day, parse_day
from ksbtui.core.durations import parse_hours, say_minutes
from ksbtui.core.hours.forecast import ASKED_AFTER, planned_per_week
from ksbtui.core.programme.agreement import resolve_target
from ksbtui.core.programme.plan import plan
from ksbtui.core.programme.programmes import Course, Opening
from ksbtui.errors import KsbtuiError, Unreadable
from ksbtui.journal.programme.enrolments import Agreed, Enrolments, SetUp
from ksbtui.journal.programme.openings import checked_opening
from ksbtui.store.seed.seeds import read_table, rules_for, seed_root, validated

if TYPE_CHECKING:
    from ksbtui.core.programme.standards import Standard


@dataclass(frozen=True, slots=True)
class Route(ForbidExtra):
    """One route: who it is for and why. ``standard`` is empty where none is shipped."""

    id: str
    name: str
    kind: str
    for_whom: str
    why: str
    roles: tuple[str, ...] = ()
    standard: str = ""


@dataclass(frozen=True, slots=True)
class Routes(ForbidExtra):
    """The question that decides between the routes, and each of them."""

    title: str
    question: str
    both: str
    source: str
    routes: tuple[Route, ...]


def read_routes() -> Routes:
    """Read the shipped guide to the routes."""
    path = seed_root() / "routes.toml"
    routes: Routes = validated(path, Routes, read_table(path))
    return routes


Value = TypeVar("Value")

START, END, HOURS, PRIOR = "start", "end", "hours", "prior"
BEFORE, BEFORE_DAY, BEFORE_SOURCE = "before", "before_day", "before_source"
DRAFT = "setup"
"""The key of the draft that keeps unfinished answers."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Every answer as typed; an empty one asks for the standard's or programme's own."""

    standard: str = ""
    option: str = ""
    programme: str = ""
    start: str = "today"
    end: str = ""
    hours: str = ""
    prior: str = ""
    name: str = ""
    before: str = ""
    """Hours recorded elsewhere, up to ``before_day``, as ``before_source`` has them."""
    before_day: str = ""
    before_source: str = ""

    def as_draft(self) -> dict[str, str]:
        return asdict(self)


def answers_from(draft: dict[str, Any]) -> Answers:
    """Read a draft back; what it lacks takes its default."""
    known = {field.name for field in fields(Answers)}
    return Answers(**{key: str(value) for key, value in draft.items() if key in known})


@dataclass(slots=True)
class Reading:
    """What the answers were read as: ``said`` and ``refused`` by field, ``made`` if whole."""

    said: dict[str, str] = field(default_factory=dict)
    refused: dict[str, KsbtuiError] = field(default_factory=dict)
    agreed: Agreed | None = None
    made: SetUp | None = None

    def take(self, name: str, text: str, parse: Callable[[str], Value]) -> Value | None:
        if not text:
            return None
        try:
            return parse(text)
        except KsbtuiError as error:
            self.refused[name] = error
            return None


def read_answers(
    answers: Answers, standard: Standard, enrolments: Enrolments, today: date
) -> Reading:
    """Read every answer and, if all can be, work out what set-up would make."""
    reading = Reading()
    start = reading.take(START, answers.start or "today", lambda text: parse_day(text, today))
    end = reading.take(END, answers.end, lambda text: parse_day(text, today))
    hours = reading.take(HOURS, answers.hours, parse_hours)
    prior = reading.take(PRIOR, answers.prior, parse_hours) or 0
    opening = _opening(reading, answers, today)
    if start:
        reading.said[START] = f"{DAY_NAMES[start.weekday()][:3]} {long_day(start)}"
    if end:
        reading.said[END] = long_day(end)
    for name, minutes in ((HOURS, hours), (PRIOR, prior)):
        if minutes:
            reading.said[name] = say_minutes(minutes)
    if reading.refused or start is None:
        return reading
    standard = enrolments.standard(answers.standard or standard.id, start)
    try:
        rules = rules_for(standard.kind, start)
        resolve_target(standard, rules, hours, prior, start)
    except KsbtuiError as error:
        reading.refused[HOURS] = _on_screen(error)
        return reading
    reading.agreed = Agreed(
        standard=standard.id,
        programme=answers.programme,
        start=start,
        end=end,
        name=answers.name,
        target_minutes=hours,
        prior_learning_minutes=prior,
        option=answers.option,
    )
    try:
        reading.made = enrolments.planned(reading.agreed)
        if opening and today - start > ASKED_AFTER:
            course = reading.made.course
            with_opening = replace(reading.agreed, opening=opening)
            try:
                checked_opening(opening, course, today)
                reading.agreed, reading.made = with_opening, enrolments.planned(with_opening)
            except KsbtuiError as error:
                unnamed = isinstance(error, Unreadable)
                reading.refused[BEFORE_SOURCE if unnamed else BEFORE] = _on_screen(error)
    except KsbtuiError as error:
        reading.refused[END if end and end < start else START] = error
    return reading


def _opening(reading: Reading, answers: Answers, today: date) -> Opening | None:
    """The hours recorded elsewhere, yesterday their last day unless another is given."""
    minutes = reading.take(BEFORE, answers.before, parse_hours)
    day = reading.take(BEFORE_DAY, answers.before_day, lambda text: parse_day(text, today))
    if minutes:
        reading.said[BEFORE] = say_minutes(minutes)
    if day:
        reading.said[BEFORE_DAY] = long_day(day)
    if not minutes or BEFORE_DAY in reading.refused:
        return None
    return Opening("", minutes, day or today - ONE_DAY, answers.before_source)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an enrolment means, in words: its days, its hours, and how much a week that is."""

    starts: str
    ends: str
    gateway: str
    hours: str
    weekly: str

    @property
    def sentence(self) -> str:
        return f"Ends {self.ends}, {self.hours}, about {self.weekly} a week."


def meaning(course: Course, today: date) -> Meaning:
    """Say what an enrolment means; ``gateway`` is empty where it is the last day."""
    days = plan(course, today)
    hours = say_minutes(days.target)
    if days.max_minutes and days.max_minutes > days.target:
        hours = f"{hours} to {say_minutes(days.max_minutes)}"
    return Meaning(
        starts=long_day(days.start),
        ends=long_day(days.end),
        gateway=long_day(days.plan_end) if days.plan_end != days.end else "",
        hours=hours,
        weekly=say_minutes(planned_per_week(days, today)),
    )


def _on_screen(error: KsbtuiError) -> KsbtuiError:
    """The same refusal, its way out named as the form's field, not as an option."""
    hint = error.hint.replace(": --target-hours", " in this field")
    hint = hint.replace(": --opening-source TEXT", ".").replace(": --prior-learning-hours", "")
    return KsbtuiError(error.message, hint)

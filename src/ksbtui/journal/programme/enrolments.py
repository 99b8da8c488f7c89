"""Set-up, agreed changes, breaks in learning and the end of an enrolment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ksbtui.core.codec import decode, encode
from ksbtui.core.days import long_day
from ksbtui.core.programme.agreement import check_days, resolve_target
from ksbtui.core.programme.plan import plan
from ksbtui.core.programme.programmes import (
    PLAIN,
    Break,
    Course,
    Enrolment,
    Opening,
    Programme,
    RuleSet,
    plain_programme,
)
from ksbtui.core.programme.standards import Standard
from ksbtui.core.programme.versions import (
    split_reference,
    start_warning,
    version_for,
    version_key,
)
from ksbtui.core.text.text import one_line, quoted
from ksbtui.errors import Conflict, NotFound
from ksbtui.journal.context import (
    ENROLMENT,
    OPENING,
    PROGRAMME,
    RULES,
    STANDARD,
    Context,
    last_day,
    new_id,
)
from ksbtui.journal.entry.derive import Deriver
from ksbtui.journal.programme.openings import checked_opening
from ksbtui.store.database import changes
from ksbtui.store.database.changes import Done
from ksbtui.store.database.store import Batch
from ksbtui.store.seed import seeds

IMPORTED = "imported"
"""The fact that marks a kept standard as the person's own, which stands before a shipped one."""

OUTCOMES = ("completed", "withdrawn")


@dataclass(frozen=True, slots=True)
class Agreed:
    """What set-up asks for; empty fields take the standard's and programme's own."""

    standard: str
    programme: str
    start: date
    end: date | None = None
    name: str = ""
    target_minutes: int | None = None
    prior_learning_minutes: int = 0
    option: str = ""
    opening: Opening | None = None
    """Hours recorded elsewhere; its id is filled in."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """What set-up would make or made, and what to be warned of."""

    course: Course
    warnings: tuple[str, ...] = ()


class Enrolments:
    """The enrolments of a journal: one may follow another that ended, never overlap it."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def standards(self) -> seeds.Offered[Standard]:
        shipped = seeds.standards()
        if not self._context.exists:
            return shipped
        bodies = self._context.store.records(STANDARD)
        stored = {id: decode(Standard, body) for id, body in bodies.items()}
        own = {id: standard for id, standard in stored.items() if IMPORTED in standard.facts}
        return seeds.Offered({**stored, **shipped.items, **own}, shipped.problems)

    def standard(self, ref: str, start: date | None = None) -> Standard:
        """Find a standard by reference, by reference and version (``ST1512@2.0``) or by id.

        A reference alone means the version that takes ``start``; without one, the version
        the learner is on, else the one that takes starts today.
        """
        standards = self.standards()
        wanted, version = split_reference(ref)
        exact = [s for s in standards.items.values() if wanted == s.id.upper() and not version]
        fitting = exact or [s for s in standards.items.values() if wanted == s.ref.upper()]
        if not fitting:
            return seeds.find(standards, ref.strip(), "standard")
        if version:
            return _version(fitting, version)
        own = self._context.course
        if start is None and own is not None and own.standard in fitting:
            return own.standard
        return version_for(fitting, start or self._context.as_at)

    def versions(self, ref: str) -> tuple[Standard, ...]:
        standards = self.standards().items.values()
        return tuple(sorted((s for s in standards if s.ref == ref), key=version_key))

    def programmes(self, standard: Standard) -> tuple[Programme, ...]:
        """Offer the programmes that deliver a standard; a plain one where there is no other."""
        programmes = seeds.programmes().items.values()
        fitting = tuple(p for p in programmes if standard.ref in p.standards)
        return fitting or (plain_programme(standard),)

    def usual_programme(self, standard: Standard) -> Programme:
        """The programme of the standard's own length, else the first there is."""
        offered = self.programmes(standard)
        months = standard.typical_months
        usual = [p for p in offered if p.unit == "month" and p.length == months]
        return (usual or list(offered))[0]

    def planned(self, agreed: Agreed) -> SetUp:
        """Work out what set-up would make, or refuse; nothing is written."""
        standard = self.standard(agreed.standard, agreed.start)
        programme = self._programme(agreed.programme, standard)
        standard = seeds.with_examples(standard, programme.id)
        rules = seeds.rules_for(standard.kind, agreed.start)
        _check_option(standard, agreed.option)
        target = resolve_target(
            standard, rules, agreed.target_minutes, agreed.prior_learning_minutes, agreed.start
        )
        enrolment = Enrolment(
            id=new_id(),
            standard=standard.id,
            programme=programme.id,
            rules=rules.id,
            start=agreed.start,
            end_given=agreed.end,
            option=agreed.option,
            name=one_line(agreed.name),
            target_minutes=target,
            prior_learning_minutes=agreed.prior_learning_minutes,
        )
        course = Course(enrolment, standard, programme, rules)
        check_days(enrolment, plan(course).end)
        self._check_overlap(course)
        if agreed.opening is not None:
            opening = replace(agreed.opening, id=enrolment.id)
            course = replace(course, opening=checked_opening(opening, course, self._context.as_at))
        late = start_warning(standard, agreed.start, self.versions(standard.ref))
        warnings = (*([late] if late else []), *_option_warnings(course))
        return SetUp(course, warnings)

    def set_up(self, agreed: Agreed, kind: str = changes.CHANGE) -> SetUp:
        setup = self.planned(agreed)
        self._context.create()
        course = setup.course
        with self._context.writing(f"Set up {course.standard.ref}", kind) as batch:
            batch.put_record(STANDARD, course.standard.id, encode(course.standard))
            batch.put_record(PROGRAMME, course.programme.id, encode(course.programme))
            batch.put_record(RULES, course.rules.id, encode(course.rules))
            if course.opening is not None:
                batch.put_record(OPENING, course.enrolment.id, encode(course.opening))
            self._put(batch, course.enrolment)
        return setup

    def change(self, **agreed: Any) -> Course:
        """Change agreed fields of the present enrolment (``Enrolment`` field names).

        ``end_given`` is the day on today's calendar; breaks already taken are allowed for.
        """
        course = self._context.enrolled
        enrolment = course.enrolment
        if agreed.get("end_given"):
            agreed["end_given"] = self._before_breaks(course, agreed["end_given"])
        if "name" in agreed:
            agreed["name"] = one_line(agreed["name"])
        changed = replace(enrolment, **agreed)
        if {"target_minutes", "prior_learning_minutes"} & set(agreed):
            resolve_target(
                course.standard,
                course.rules,
                changed.target_minutes,
                changed.prior_learning_minutes,
                changed.start,
            )
        return self.agree(changed, _changed_fields(agreed))

    def move_module(self, number: int, first: date, last: date) -> Course:
        course = self._context.enrolled
        if number not in [module.number for module in course.programme.modules]:
            raise NotFound(
                f"There is no module {number} in {course.programme.title}.",
                "To see its modules: ksbtui timeline",
            )
        days = (self._before_breaks(course, first), self._before_breaks(course, last))
        moved = {**course.enrolment.moved_modules, number: days}
        return self.agree(replace(course.enrolment, moved_modules=moved), f"module {number}")

    def add_break(self, start: date, end: date | None = None, reason: str = "") -> Course:
        course = self._context.enrolled
        breaks = sorted(
            (*course.enrolment.breaks, Break(start, end, one_line(reason))),
            key=lambda item: item.start,
        )
        return self.agree(replace(course.enrolment, breaks=tuple(breaks)), "added a break")

    def end_break(self, last: date) -> Course:
        """Say when the break that is still open ended (its last day)."""
        enrolment = self._context.enrolled.enrolment
        still_open = next((item for item in enrolment.breaks if item.end is None), None)
        if still_open is None:
            raise NotFound(
                "You have no open break in learning.",
                "To see all breaks: ksbtui enrolment break list",
            )
        if last < still_open.start:
            raise Conflict(
                f"The break started on {long_day(still_open.start)}.",
                "Enter a last day on or after that.",
            )
        breaks = tuple(
            replace(item, end=last) if item is still_open else item for item in enrolment.breaks
        )
        return self.agree(replace(enrolment, breaks=breaks), "ended a break")

    def remove_break(self, start: date) -> Course:
        """Take back a break that was recorded by mistake, by its first day."""
        enrolment = self._context.enrolled.enrolment
        breaks = tuple(item for item in enrolment.breaks if item.start != start)
        if breaks == enrolment.breaks:
            raise NotFound(
                f"No break starts on {long_day(start)}.",
                "To see all breaks: ksbtui enrolment break list",
            )
        return self.agree(replace(enrolment, breaks=breaks), "removed a break")

    def finish(self, day: date, outcome: str) -> Course:
        course = self._context.enrolled
        if outcome not in OUTCOMES:
            raise NotFound(
                f"{quoted(outcome)} is not an outcome.", f"Use one of: {', '.join(OUTCOMES)}."
            )
        if day < course.enrolment.start:
            raise Conflict(
                f"The enrolment starts on {long_day(course.enrolment.start)}.",
                "Enter that day or a later one.",
            )
        ended = replace(course.enrolment, ended=day, outcome=outcome)
        return self.agree(ended, outcome)

    def history(self) -> tuple[Done, ...]:
        id = self._context.enrolment_id
        return tuple(changes.history_of(self._context.store.connection, ENROLMENT, id))

    def agree(
        self,
        enrolment: Enrolment,
        what: str,
        standard: Standard | None = None,
        rules: RuleSet | None = None,
    ) -> Course:
        """Save the present enrolment as changed, with the standard or rules it now refers to."""
        present = self._context.enrolled
        last = plan(replace(present, enrolment=replace(enrolment, breaks=())), None).end
        check_days(enrolment, max(last, plan(present, self._context.as_at).end))
        _check_option(standard or present.standard, enrolment.option)
        with self._context.writing(f"Changed the enrolment: {what}") as batch:
            if standard is not None:
                batch.put_record(STANDARD, standard.id, encode(standard))
            if rules is not None:
                batch.put_record(RULES, rules.id, encode(rules))
            self._put(batch, enrolment)
        return self._context.enrolled

    def _put(self, batch: Batch, enrolment: Enrolment) -> None:
        batch.put_record(ENROLMENT, enrolment.id, encode(enrolment))
        self._context.touched()
        batch.rederive(Deriver(self._context))

    def _before_breaks(self, course: Course, day: date) -> date:
        return plan(course, self._context.as_at).before_breaks(day)

    def _programme(self, id: str, standard: Standard) -> Programme:
        if not id.strip():
            return self.usual_programme(standard)
        plain = plain_programme(standard)
        if id.strip().lower() in (PLAIN, plain.id):
            return plain
        fitting = ", ".join(p.id for p in self.programmes(standard))
        programmes = seeds.programmes()
        if id.strip() not in programmes.items and not programmes.problems:
            raise NotFound(
                f"There is no programme called {quoted(id)}.",
                f"The programmes for {standard.ref} are: {fitting}.",
            )
        programme = seeds.find(programmes, id.strip(), "programme")
        if standard.ref not in programme.standards:
            raise Conflict(
                f"The programme {programme.id} is not for {standard.ref}.",
                f"Use one of: {fitting}, or {PLAIN} for a plan without modules.",
            )
        return programme

    def _check_overlap(self, new: Course) -> None:
        as_at = self._context.as_at
        for other in self._context.courses:
            first, last = other.enrolment.start, last_day(other, as_at)
            if new.enrolment.start <= last and first <= last_day(new, as_at):
                raise Conflict(
                    f"You are on {other.standard.ref} from {long_day(first)} to "
                    f"{long_day(last)}. You can only have one enrolment at a time.",
                    "Start after that, or end it first: ksbtui enrolment end DAY --outcome …",
                )


def _version(versions: Sequence[Standard], version: str) -> Standard:
    for standard in versions:
        if standard.version == version:
            return standard
    ref, known = versions[0].ref, [standard.version for standard in versions if standard.version]
    raise NotFound(
        f"{ref} has no version {quoted(version)}.",
        f"Its versions: {', '.join(sorted(known))}."
        if known
        else "The standard has no versions. Leave the version out.",
    )


def _check_option(standard: Standard, option: str) -> None:
    if option and option not in standard.options:
        raise NotFound(
            f"{standard.ref} has no option {quoted(option)}.",
            f"Its options: {', '.join(standard.options)}."
            if standard.options
            else "It has no options. Leave the option out.",
        )


def _option_warnings(course: Course) -> Sequence[str]:
    standard = course.standard
    if course.enrolment.option or not standard.options:
        return ()
    return (
        f"{standard.named} has options and you have not chosen one, so only its core KSBs "
        f"are used. Add --option with one of: {', '.join(standard.options)}.",
    )


_WORDS = {
    "end_given": "planned end",
    "target_minutes": "agreed hours",
    "prior_learning_minutes": "prior learning",
    "monthly": "how often training is due",
    "name": "name",
    "option": "option",
}


def _changed_fields(agreed: dict[str, Any]) -> str:
    return ", ".join(_WORDS.get(key, key) for key in agreed)

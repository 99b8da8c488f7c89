"""What every subject of a journal shares: the open file, the clock, the courses and short ids."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

from ksbtui.clock import Clock
from ksbtui.core.codec import decode
from ksbtui.core.days import long_day
from ksbtui.core.entry.entries import Image
from ksbtui.core.programme.plan import plan
from ksbtui.core.programme.programmes import Course, Enrolment, Opening, Programme, RuleSet
from ksbtui.core.programme.standards import Standard, parse_codes
from ksbtui.core.text.text import quoted
from ksbtui.errors import Conflict, KsbtuiError, NotFound, StoreProblem, Unreadable
from ksbtui.store.database.changes import CHANGE
from ksbtui.store.database.connection import WAIT_SECONDS, explained, noted_if_damage
from ksbtui.store.database.store import Batch, Store
from ksbtui.store.files.paths import backup_folder, daily_backup, is_there, journal_path

T = TypeVar("T")

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
LENGTH = 8
SHORTEST_PREFIX = 4


def new_id() -> str:
    """Draw eight random characters, each equally likely."""
    drawn = ""
    while len(drawn) < LENGTH:
        drawn += "".join(ALPHABET[byte % 30] for byte in os.urandom(LENGTH) if byte < 240)
    return drawn[:LENGTH]


def by_prefix(records: Mapping[str, T], id: str, what: str, command: str) -> T:
    """Pick the one record whose id begins with ``id``, of four or more characters.

    ``what`` names the thing in a refusal ("action"), ``command`` shows the ids.
    """
    prefix = id.strip().lower()
    if len(prefix) < SHORTEST_PREFIX:
        raise Unreadable(
            f"{quoted(id)} is too short for the id of a {what}."
            if what[0] not in "aeiou"
            else f"{quoted(id)} is too short for the id of an {what}.",
            f"Enter at least {SHORTEST_PREFIX} of its 8 characters. To see them: {command}",
        )
    fitting = [key for key in records if key.startswith(prefix)]
    if not fitting:
        raise NotFound(
            f"No {what} has an id that starts with {quoted(id)}.", f"To see the ids: {command}"
        )
    if len(fitting) > 1:
        raise NotFound(
            f"{quoted(id)} matches {len(fitting)} of them: {', '.join(fitting[:4])}.",
            "Enter one or more further characters.",
        )
    return records[fitting[0]]


ENROLMENT, STANDARD, PROGRAMME, RULES = "enrolment", "standard", "programme", "rules"
OPENING = "opening"
"""Kinds of record."""

COURSE_KINDS = {ENROLMENT, STANDARD, PROGRAMME, RULES, OPENING}
"""What a course is made of: a change of these derives every entry again."""

READ_BY_ALL = {ENROLMENT, STANDARD, PROGRAMME, RULES, "setting"}
"""Kinds that every command reads. What they are made into checks them; a record of any other
kind is checked when it is read (:mod:`ksbtui.journal.record_kinds`)."""


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
    courses, faults = [], {} if faults is None else faults
    for id, body in store.records(ENROLMENT).items():
        try:
            enrolment = decode(Enrolment, body)
            courses.append(
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
    return tuple(sorted(courses, key=lambda course: course.enrolment.start))


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
    body = store.record(kind, id)
    try:
        if body is not None:
            return decode(cls, body)
        faults.setdefault((kind, id), "it is missing; the one that comes with ksbtui is used")
    except UNREADABLE as problem:
        faults[kind, id] = f"{problem}; the one that comes with ksbtui is used"
    shipped: T = shipped_document(kind, id)
    return shipped


def shipped_document(kind: str, id: str) -> Any:
    """The shipped standard, programme or rule set of a name; refuses where there is none."""
    # deferred: a whole journal reads no data files, and most writes make no backup
    from ksbtui.store.seed import seeds

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


DEMO_RECORD = ("setting", "demo")
"""The record that marks a journal as invented."""


class Context:
    """A journal file and the day it is read at.

    The file need not exist yet: ``course`` is then None, and ``create`` makes it. A subject
    is given the context, and each other subject that it asks, when it is made; it never
    sees the :class:`~ksbtui.journal.journal.Journal` that holds them all.
    """

    def __init__(
        self, path: Path | None = None, clock: Clock | None = None, store: Store | None = None
    ) -> None:
        """``store`` is an open one to take instead of the file at ``path``."""
        self.path = journal_path(path)
        self.clock = clock or Clock()
        self.revision = 0
        self.patience = WAIT_SECONDS
        """Seconds that another program's write is waited for."""
        self.record_fault: Callable[[str, str, Image], str] = lambda kind, id, body: ""
        """Says what is wrong with a record's body; empty if nothing is."""
        self.hides_private = False
        """Whether what is read to be shown leaves out private things: a call is under way."""
        self._store = store
        self.owner = ""
        """Whose journal was handed over and opened here; empty for this person's own."""
        self._courses: tuple[Course, ...] | None = None
        self._chosen: tuple[tuple[Course, ...], date, Course | None] | None = None

    @property
    def as_at(self) -> date:
        return self.clock.today()

    @property
    def backup_is_due(self) -> bool:
        """Whether today's backup has still to be made; an invented or empty journal needs none.

        Asked after each save: once it is there, that costs one look.
        """
        if daily_backup(self.path, self.as_at.isoformat()).exists():
            return False
        if not self.exists or self.is_demo:
            return False
        with self.store.guarded() as connection:
            return connection.execute("SELECT 1 FROM entry LIMIT 1").fetchone() is not None

    def make_daily_backup(self) -> Path | None:
        """Make today's backup if it is due, and drop those past their keep."""
        if not self.backup_is_due:
            return None
        from ksbtui.store.files import backups  # once a day

        day = self.as_at.isoformat()
        copy = backups.backup(self.store.connection, self.path, reason="daily", day=day)
        backups.prune(self.path)
        return copy

    @property
    def exists(self) -> bool:
        return self._store is not None or is_there(self.path)

    @property
    def store(self) -> Store:
        if self._store is None:
            if not is_there(self.path):
                raise self._no_journal()
            self._store = Store.open(self.path, self.patience)
            self._store.fault_of = self.record_fault
        return self._store

    @property
    def gone(self) -> KsbtuiError | None:
        """The refusal where the journal is gone and its backups are still there."""
        if self.exists or not backup_folder(self.path).is_dir():
            return None
        from ksbtui.store.database.schema import missing_journal  # loads the schema

        return missing_journal(self.path)

    def _no_journal(self) -> KsbtuiError:
        return self.gone or NotFound(
            f"There is no journal at {self.path} yet.",
            "Set one up with: ksbtui setup (or look around first: ksbtui demo)",
        )

    def create(self) -> None:
        if not self.exists:
            Store.create(self.path).close()

    @property
    def set_aside(self) -> dict[tuple[str, str], str]:
        return self._store.set_aside if self._store is not None else {}

    def refused(self, problem: BaseException) -> KsbtuiError | None:
        """What a failure means for the person; None for a fault of the program's own."""
        error = explained(problem, self.path)
        return noted_if_damage(self.path, error, str(problem)) if error else None

    def close(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None

    @property
    def courses(self) -> tuple[Course, ...]:
        if self._courses is None:
            self._courses = read_courses(self.store, self.store.set_aside) if self.exists else ()
        return self._courses

    @property
    def course(self) -> Course | None:
        courses, as_at = self.courses, self.as_at
        if self._chosen is None or self._chosen[0] is not courses or self._chosen[1] != as_at:
            self._chosen = (courses, as_at, choose(courses, as_at))
        return self._chosen[2]

    @property
    def enrolled(self) -> Course:
        """The same, refusing where nothing is set up yet."""
        course = self.course
        if course is None:
            if broken := {key: why for key, why in self.set_aside.items() if key[0] == ENROLMENT}:
                ((_, id), why), *_ = broken.items()
                raise StoreProblem(
                    f"The enrolment {id} in this journal cannot be read ({why}).",
                    "Nothing is lost. To see what can be repaired: ksbtui doctor",
                )
            _ = self.store
            raise NotFound(
                "No standard is set up in this journal yet.",
                "Set one up with: ksbtui setup --standard REF --programme ID --start DAY",
            )
        return course

    @property
    def enrolment_id(self) -> str:
        return self.enrolled.enrolment.id

    def codes(self, typed: str | Iterable[str]) -> tuple[str, ...]:
        """KSB codes as a person types them; refuses what the present standard lacks."""
        course = self.enrolled
        return parse_codes(typed, course.standard, course.enrolment.option)

    def own(self, kind: str, cls: type[T]) -> list[T]:
        """The records of a kind that belong to the present enrolment."""
        enrolment, bodies = self.enrolment_id, self.store.records(kind)
        return [
            decode(cls, body, id=id)
            for id, body in bodies.items()
            if body.get("enrolment") == enrolment
        ]

    def past_day(self, day: date | None) -> date:
        """A day that something happened on, today where none is given; refuses one to come."""
        if day is not None and day > self.as_at:
            raise Conflict(f"{long_day(day)} is in the future.", "Enter today or an earlier day.")
        return day or self.as_at

    def put(self, label: str, kind: str, id: str, body: Image | None) -> None:
        """Write one record, or take it away, as one change."""
        with self.writing(label) as batch:
            batch.put_record(kind, id, body)

    @property
    def is_demo(self) -> bool:
        return self.exists and self.store.record(*DEMO_RECORD) is not None

    @contextmanager
    def writing(self, label: str, kind: str = CHANGE) -> Iterator[Batch]:
        """Write one batch under a label that undo and history will show.

        From here on no other program writes: what is read inside holds until it is saved.
        """
        store = self.store
        with store.writing(label, self.clock.now(), kind) as batch:
            if store.changed_elsewhere():
                self.touched()
            yield batch
        if kind == CHANGE and not batch.logged:
            return
        self.revision += 1
        if batch.kinds & COURSE_KINDS:
            self._courses = None

    def hide_private(self, hide: bool) -> None:
        if hide != self.hides_private:
            self.hides_private = hide
            self.touched()

    def touched(self) -> None:
        """Note that the record has changed: what was read before is stale."""
        self.revision += 1
        self._courses = None

    def poll(self) -> bool:
        """Tell whether another program has written since, and note it."""
        if self._store is None:
            return False
        if self._store.was_replaced():
            self.close()
        elif not self._store.changed_elsewhere():
            return False
        self.touched()
        return True

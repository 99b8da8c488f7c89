"""What every subject of a journal shares: the open file, the clock and the courses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from ksbtui.clock import Clock
from ksbtui.core.programme.programmes import Course
from ksbtui.errors import NotFound
from ksbtui.journal.programme.courses import COURSE_KINDS, choose, read_courses
from ksbtui.store.database.changes import CHANGE
from ksbtui.store.database.store import Batch, Store
from ksbtui.store.files.paths import journal_path

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
        self._store = store
        self.owner = ""
        """Whose journal was handed over and opened here; empty for this person's own."""
        self._courses: tuple[Course, ...] | None = None
        self._chosen: tuple[tuple[Course, ...], date, Course | None] | None = None

    @property
    def as_at(self) -> date:
        """Today, or the day given in its place."""
        return self.clock.today()

    @property
    def exists(self) -> bool:
        """Whether there is a journal file at ``path``."""
        return self._store is not None or self.path.exists()

    @property
    def store(self) -> Store:
        """The open file. Refuses where there is none yet."""
        if self._store is None:
            if not self.path.exists():
                raise NotFound(
                    f"There is no journal at {self.path} yet.",
                    "Set one up with: ksbtui setup (or look around first: ksbtui demo)",
                )
            self._store = Store.open(self.path)
        return self._store

    def create(self) -> None:
        """Make the file, empty, unless it exists."""
        if not self.exists:
            self._store = Store.create(self.path)

    def close(self) -> None:
        """Close the file; it is opened again when needed."""
        if self._store is not None:
            self._store.close()
            self._store = None

    @property
    def courses(self) -> tuple[Course, ...]:
        """Every enrolment with what it refers to, oldest start first."""
        if self._courses is None:
            self._courses = read_courses(self.store) if self.exists else ()
        return self._courses

    @property
    def course(self) -> Course | None:
        """The enrolment running today, else the latest; None before set-up."""
        courses, as_at = self.courses, self.as_at
        if self._chosen is None or self._chosen[0] is not courses or self._chosen[1] != as_at:
            self._chosen = (courses, as_at, choose(courses, as_at))
        return self._chosen[2]

    @property
    def enrolled(self) -> Course:
        """The same, refusing where nothing is set up yet."""
        course = self.course
        if course is None:
            _ = self.store
            raise NotFound(
                "No standard is set up in this journal yet.",
                "Set one up with: ksbtui setup --standard REF --programme ID --start DAY",
            )
        return course

    @property
    def is_demo(self) -> bool:
        """Whether the record is an invented learner's."""
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

    def touched(self) -> None:
        """Note that the record has changed: what was read before is stale."""
        self.revision += 1
        self._courses = None

    def poll(self) -> bool:
        """Tell whether another program has written since, and note it."""
        if self._store is None or not self._store.changed_elsewhere():
            return False
        self.touched()
        return True

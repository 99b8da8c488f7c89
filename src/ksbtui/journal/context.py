"""What every subject of a journal shares: the open file, the clock and the courses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from ksbtui.clock import Clock
from ksbtui.core.entry.entries import Image
from ksbtui.core.programme.programmes import Course
from ksbtui.errors import KsbtuiError, NotFound, StoreProblem
from ksbtui.journal.programme.courses import COURSE_KINDS, ENROLMENT, choose, read_courses
from ksbtui.store.database.changes import CHANGE
from ksbtui.store.database.connection import WAIT_SECONDS, explained, noted_if_damage
from ksbtui.store.database.store import Batch, Store
from ksbtui.store.files.paths import backup_folder, daily_backup, is_there, journal_path

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
        """Today, or the day given in its place."""
        return self.clock.today()

    @property
    def backed_up_today(self) -> bool:
        """Whether today's backup is there: asked after each save, so it costs one look."""
        return daily_backup(self.path, self.as_at.isoformat()).exists()

    @property
    def exists(self) -> bool:
        """Whether there is a journal file at ``path``."""
        return self._store is not None or is_there(self.path)

    @property
    def store(self) -> Store:
        """The open file. Refuses where there is none yet."""
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
        """Make the file, empty, unless it exists."""
        if not self.exists:
            Store.create(self.path).close()

    @property
    def set_aside(self) -> dict[tuple[str, str], str]:
        """Records that were met and do not read, by kind and id, each with the reason."""
        return self._store.set_aside if self._store is not None else {}

    def refused(self, problem: BaseException) -> KsbtuiError | None:
        """What a failure means for the person; None for a fault of the program's own."""
        error = explained(problem, self.path)
        return noted_if_damage(self.path, error, str(problem)) if error else None

    def close(self) -> None:
        """Close the file; it is opened again when needed."""
        if self._store is not None:
            self._store.close()
            self._store = None

    @property
    def courses(self) -> tuple[Course, ...]:
        """Every enrolment with what it refers to, oldest start first."""
        if self._courses is None:
            self._courses = read_courses(self.store, self.store.set_aside) if self.exists else ()
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
            if broken := {key: why for key, why in self.set_aside.items() if key[0] == ENROLMENT}:
                ((_, id), why), *_ = broken.items()
                raise StoreProblem(
                    f"The enrolment {id} in this journal cannot be read ({why}).",
                    "Nothing of it is lost. See what can be repaired with: ksbtui doctor",
                )
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

    def hide_private(self, hide: bool) -> None:
        """Leave private things out of what is read to be shown, or show them again."""
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

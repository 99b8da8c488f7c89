"""``Journal``: the learner's record as one object, thin, over one module a subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ksbtui.clock import Clock
from ksbtui.core.programmes import Course
from ksbtui.errors import NotFound
from ksbtui.journal.changes import history, redo, undo
from ksbtui.journal.courses import COURSE_KINDS, choose, read_courses
from ksbtui.store.changes import CHANGE, Done
from ksbtui.store.paths import journal_path
from ksbtui.store.store import Batch, Store

if TYPE_CHECKING:
    from ksbtui.core.week import Week
    from ksbtui.journal.actions import Actions
    from ksbtui.journal.calls import Calls
    from ksbtui.journal.discussing import Discussing
    from ksbtui.journal.drafts import Drafts
    from ksbtui.journal.enrolments import Enrolments
    from ksbtui.journal.entries import Entries
    from ksbtui.journal.evidence import EvidenceFiles
    from ksbtui.journal.exchange import Exchange
    from ksbtui.journal.gateway import GatewayChecklist
    from ksbtui.journal.imports import Imports
    from ksbtui.journal.keeping import Keeping
    from ksbtui.journal.listing import Listing
    from ksbtui.journal.portfolio import Portfolio
    from ksbtui.journal.project import WorkplaceProject
    from ksbtui.journal.reflecting import Reflecting
    from ksbtui.journal.reviews import Reviews
    from ksbtui.journal.scans import Scans
    from ksbtui.journal.searching import Searching
    from ksbtui.journal.standards import Standards
    from ksbtui.journal.standing import Standing
    from ksbtui.journal.stories import Stories
    from ksbtui.journal.suggesting import Suggesting
    from ksbtui.journal.timing import Timers
    from ksbtui.journal.verifying import Verifying


class Journal:
    """A journal file, the day it is read at, and everything that can be done with it.

    The file need not exist yet: ``course`` is then None and set-up makes it. Reads return
    results of :mod:`ksbtui.core`; each write is one transaction and one revision.
    """

    def __init__(self, path: Path | None = None, clock: Clock | None = None) -> None:
        self.path = journal_path(path)
        self.clock = clock or Clock()
        self.revision = 0
        self._store: Store | None = None
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
        """Let the file go; the journal opens it again when needed."""
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
        if self._chosen is None or self._chosen[:2] != (courses, as_at):
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
        return self.exists and self.store.record("setting", "demo") is not None

    @contextmanager
    def writing(self, label: str, kind: str = CHANGE) -> Iterator[Batch]:
        """Write one batch under a label that undo and history will show."""
        with self.store.writing(label, self.clock.now(), kind) as batch:
            yield batch
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

    def undo(self) -> Done:
        """Take back the newest change not yet undone; again goes further."""
        return undo(self)

    def redo(self) -> Done:
        """Put back what was undone last."""
        return redo(self)

    def history(self, entry: str | None = None, limit: int = 20) -> Sequence[Done]:
        """Read what was changed, newest first; of one entry, every change, oldest first."""
        return history(self, entry, limit)

    @cached_property
    def drafts(self) -> Drafts:
        """Half-written text, kept from the first key."""
        from ksbtui.journal.drafts import Drafts

        return Drafts(self)

    @cached_property
    def entries(self) -> Entries:
        """Entries: log, read, change, delete."""
        from ksbtui.journal.entries import Entries

        return Entries(self)

    @cached_property
    def listing(self) -> Listing:
        """The list of entries week by week, however long."""
        from ksbtui.journal.listing import Listing

        return Listing(self)

    @cached_property
    def evidence(self) -> EvidenceFiles:
        """Files and links attached to entries."""
        from ksbtui.journal.evidence import EvidenceFiles

        return EvidenceFiles(self)

    @cached_property
    def reflecting(self) -> Reflecting:
        """Reflection templates, and hints on thin text."""
        from ksbtui.journal.reflecting import Reflecting

        return Reflecting(self)

    @cached_property
    def timer(self) -> Timers:
        """The timer that survives closing the program."""
        from ksbtui.journal.timing import Timers

        return Timers(self)

    @cached_property
    def searching(self) -> Searching:
        """Search as one types."""
        from ksbtui.journal.searching import Searching

        return Searching(self)

    @cached_property
    def suggesting(self) -> Suggesting:
        """Suggested KSBs, offline, built when first asked for."""
        from ksbtui.journal.suggesting import Suggesting

        return Suggesting(self)

    @cached_property
    def portfolio(self) -> Portfolio:
        """Copying into the provider's e-portfolio, and what was copied."""
        from ksbtui.journal.portfolio import Portfolio

        return Portfolio(self)

    def week(self, day: date) -> Week:
        """The week a day is in: what is there and what is blank."""
        from ksbtui.journal.weeks import week

        return week(self, day)

    @cached_property
    def enrolments(self) -> Enrolments:
        """Set-up, agreed changes, breaks in learning, the end."""
        from ksbtui.journal.enrolments import Enrolments

        return Enrolments(self)

    @cached_property
    def imports(self) -> Imports:
        """Logs, calendars and trackers brought in."""
        from ksbtui.journal.imports import Imports

        return Imports(self)

    @cached_property
    def standards(self) -> Standards:
        """Standards brought in from files."""
        from ksbtui.journal.standards import Standards

        return Standards(self)

    @cached_property
    def standing(self) -> Standing:
        """Where the learner stands: hours, coverage, timeline, what next."""
        from ksbtui.journal.standing import Standing

        return Standing(self)

    @cached_property
    def keeping(self) -> Keeping:
        """Backups, restoring, checks and purging."""
        from ksbtui.journal.keeping import Keeping

        return Keeping(self)

    @cached_property
    def discussing(self) -> Discussing:
        """Practice for the discussion: questions, sittings, answers, the evidence index."""
        from ksbtui.journal.discussing import Discussing

        return Discussing(self)

    @cached_property
    def gateway(self) -> GatewayChecklist:
        """What must be in place before the gateway."""
        from ksbtui.journal.gateway import GatewayChecklist

        return GatewayChecklist(self)

    @cached_property
    def project(self) -> WorkplaceProject:
        """The workplace project and its review pack."""
        from ksbtui.journal.project import WorkplaceProject

        return WorkplaceProject(self)

    @cached_property
    def scans(self) -> Scans:
        """The skills scans and distance travelled."""
        from ksbtui.journal.scans import Scans

        return Scans(self)

    @cached_property
    def stories(self) -> Stories:
        """The story bank."""
        from ksbtui.journal.stories import Stories

        return Stories(self)

    @cached_property
    def exchange(self) -> Exchange:
        """The whole record as ksbtui's own JSON, and the learner's list of names."""
        from ksbtui.journal.exchange import Exchange

        return Exchange(self)

    @cached_property
    def actions(self) -> Actions:
        """Actions agreed in calls and reviews."""
        from ksbtui.journal.actions import Actions

        return Actions(self)

    @cached_property
    def calls(self) -> Calls:
        """Coaching calls: under way, held, and what changed since the last."""
        from ksbtui.journal.calls import Calls

        return Calls(self)

    @cached_property
    def reviews(self) -> Reviews:
        """Progress reviews: the pack, sign-offs, those held."""
        from ksbtui.journal.reviews import Reviews

        return Reviews(self)

    @cached_property
    def verifying(self) -> Verifying:
        """Entries verified or questioned, behaviours the employer verified."""
        from ksbtui.journal.verifying import Verifying

        return Verifying(self)

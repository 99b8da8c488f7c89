"""``Journal``: the learner's record as one object, thin, over one module a subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ksbtui.clock import Clock
from ksbtui.core.programmes import Course
from ksbtui.errors import NotFound
from ksbtui.journal.changes import history, redo, undo
from ksbtui.journal.courses import COURSE_KINDS, choose, read_courses
from ksbtui.journal.subject import Subject
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

    entries: Subject[Entries] = Subject("entries", "Entries")
    """Entries: log, read, change, delete."""
    drafts: Subject[Drafts] = Subject("drafts", "Drafts")
    """Half-written text, kept from the first key."""
    listing: Subject[Listing] = Subject("listing", "Listing")
    """The list of entries week by week, however long."""
    evidence: Subject[EvidenceFiles] = Subject("evidence", "EvidenceFiles")
    """Files and links attached to entries."""
    reflecting: Subject[Reflecting] = Subject("reflecting", "Reflecting")
    """Reflection templates, and hints on thin text."""
    timer: Subject[Timers] = Subject("timing", "Timers")
    """The timer that survives closing the program."""
    searching: Subject[Searching] = Subject("searching", "Searching")
    """Search as one types."""
    suggesting: Subject[Suggesting] = Subject("suggesting", "Suggesting")
    """Suggested KSBs, offline, built when first asked for."""
    portfolio: Subject[Portfolio] = Subject("portfolio", "Portfolio")
    """Copying into the provider's e-portfolio, and what was copied."""
    enrolments: Subject[Enrolments] = Subject("enrolments", "Enrolments")
    """Set-up, agreed changes, breaks in learning, the end."""
    imports: Subject[Imports] = Subject("imports", "Imports")
    """Logs, calendars and trackers brought in."""
    standards: Subject[Standards] = Subject("standards", "Standards")
    """Standards brought in from files."""
    standing: Subject[Standing] = Subject("standing", "Standing")
    """Where the learner stands: hours, coverage, timeline, what next."""
    keeping: Subject[Keeping] = Subject("keeping", "Keeping")
    """Backups, restoring, checks and purging."""
    discussing: Subject[Discussing] = Subject("discussing", "Discussing")
    """Practice for the discussion: questions, sittings, answers, the evidence index."""
    gateway: Subject[GatewayChecklist] = Subject("gateway", "GatewayChecklist")
    """What must be in place before the gateway."""
    project: Subject[WorkplaceProject] = Subject("project", "WorkplaceProject")
    """The workplace project and its review pack."""
    scans: Subject[Scans] = Subject("scans", "Scans")
    """The skills scans and distance travelled."""
    stories: Subject[Stories] = Subject("stories", "Stories")
    """The story bank."""
    exchange: Subject[Exchange] = Subject("exchange", "Exchange")
    """The whole record as ksbtui's own JSON, and the learner's list of names."""
    actions: Subject[Actions] = Subject("actions", "Actions")
    """Actions agreed in calls and reviews."""
    calls: Subject[Calls] = Subject("calls", "Calls")
    """Coaching calls: under way, held, and what changed since the last."""
    reviews: Subject[Reviews] = Subject("reviews", "Reviews")
    """Progress reviews: the pack, sign-offs, those held."""
    verifying: Subject[Verifying] = Subject("verifying", "Verifying")
    """Entries verified or questioned, behaviours the employer verified."""

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

    def week(self, day: date) -> Week:
        """The week a day is in: what is there and what is blank."""
        from ksbtui.journal.weeks import week

        return week(self, day)

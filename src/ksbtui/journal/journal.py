"""``Journal``: the learner's record as one object, thin, over one module a subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ksbtui.clock import Clock
from ksbtui.core.programme.programmes import Course
from ksbtui.errors import NotFound
from ksbtui.journal.changes import history, redo, undo
from ksbtui.journal.programme.courses import COURSE_KINDS, choose, read_courses
from ksbtui.journal.subject import Subject
from ksbtui.store.database.changes import CHANGE, Done
from ksbtui.store.database.store import Batch, Store
from ksbtui.store.files.paths import journal_path

if TYPE_CHECKING:
    from ksbtui.core.entry.week import Week
    from ksbtui.journal.assessment.discussion import Discussing
    from ksbtui.journal.assessment.gateway import GatewayChecklist
    from ksbtui.journal.assessment.project import WorkplaceProject
    from ksbtui.journal.assessment.scans import Scans
    from ksbtui.journal.assessment.stories import Stories
    from ksbtui.journal.coaching.actions import Actions
    from ksbtui.journal.coaching.calls import Calls
    from ksbtui.journal.coaching.reviews import Reviews
    from ksbtui.journal.coaching.verification import Verifying
    from ksbtui.journal.entry.drafts import Drafts
    from ksbtui.journal.entry.entries import Entries
    from ksbtui.journal.entry.evidence import EvidenceFiles
    from ksbtui.journal.entry.listing import Listing
    from ksbtui.journal.entry.reflections import Reflecting
    from ksbtui.journal.entry.search import Searching
    from ksbtui.journal.entry.timers import Timers
    from ksbtui.journal.exchange.backup import SafeKeeping
    from ksbtui.journal.exchange.exchange import Exchange
    from ksbtui.journal.exchange.imports import Imports
    from ksbtui.journal.exchange.submission import Portfolio
    from ksbtui.journal.programme.enrolments import Enrolments
    from ksbtui.journal.programme.standards import Standards
    from ksbtui.journal.progress.progress import Progress
    from ksbtui.journal.progress.suggestions import Suggesting


class Journal:
    """A journal file, the day it is read at, and everything that can be done with it.

    The file need not exist yet: ``course`` is then None and set-up makes it. Reads return
    results of :mod:`ksbtui.core`; each write is one transaction and one revision.
    """

    entries: Subject[Entries] = Subject("entry.entries", "Entries")
    """Entries: log, read, change, delete."""
    drafts: Subject[Drafts] = Subject("entry.drafts", "Drafts")
    """Half-written text, kept from the first key."""
    listing: Subject[Listing] = Subject("entry.listing", "Listing")
    """The list of entries week by week, however long."""
    evidence: Subject[EvidenceFiles] = Subject("entry.evidence", "EvidenceFiles")
    """Files and links attached to entries."""
    reflecting: Subject[Reflecting] = Subject("entry.reflections", "Reflecting")
    """Reflection templates, and hints on thin text."""
    timer: Subject[Timers] = Subject("entry.timers", "Timers")
    """The timer that survives closing the program."""
    searching: Subject[Searching] = Subject("entry.search", "Searching")
    """Search as one types."""
    suggesting: Subject[Suggesting] = Subject("progress.suggestions", "Suggesting")
    """Suggested KSBs, offline, built when first asked for."""
    portfolio: Subject[Portfolio] = Subject("exchange.submission", "Portfolio")
    """Copying into the provider's e-portfolio, and what was copied."""
    enrolments: Subject[Enrolments] = Subject("programme.enrolments", "Enrolments")
    """Set-up, agreed changes, breaks in learning, the end."""
    imports: Subject[Imports] = Subject("exchange.imports", "Imports")
    """Logs, calendars and trackers brought in."""
    standards: Subject[Standards] = Subject("programme.standards", "Standards")
    """Standards brought in from files."""
    progress: Subject[Progress] = Subject("progress.progress", "Progress")
    """Where the learner stands: hours, coverage, timeline, what next."""
    backup: Subject[SafeKeeping] = Subject("exchange.backup", "SafeKeeping")
    """Backups, restoring, checks and purging."""
    discussing: Subject[Discussing] = Subject("assessment.discussion", "Discussing")
    """Practice for the discussion: questions, sittings, answers, the evidence index."""
    gateway: Subject[GatewayChecklist] = Subject("assessment.gateway", "GatewayChecklist")
    """What must be in place before the gateway."""
    project: Subject[WorkplaceProject] = Subject("assessment.project", "WorkplaceProject")
    """The workplace project and its review pack."""
    scans: Subject[Scans] = Subject("assessment.scans", "Scans")
    """The skills scans and distance travelled."""
    stories: Subject[Stories] = Subject("assessment.stories", "Stories")
    """The story bank."""
    exchange: Subject[Exchange] = Subject("exchange.exchange", "Exchange")
    """The whole record as ksbtui's own JSON, and the learner's list of names."""
    actions: Subject[Actions] = Subject("coaching.actions", "Actions")
    """Actions agreed in calls and reviews."""
    calls: Subject[Calls] = Subject("coaching.calls", "Calls")
    """Coaching calls: under way, held, and what changed since the last."""
    reviews: Subject[Reviews] = Subject("coaching.reviews", "Reviews")
    """Progress reviews: the pack, sign-offs, those held."""
    verifying: Subject[Verifying] = Subject("coaching.verification", "Verifying")
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
        from ksbtui.journal.entry.weeks import week

        return week(self, day)

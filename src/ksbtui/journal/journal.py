"""``Journal``: the learner's record as one object, thin, over one module a subject."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Self, TypeVar, overload

from ksbtui.clock import Clock
from ksbtui.core.programme.programmes import Course
from ksbtui.errors import KsbtuiError
from ksbtui.journal.context import READ_BY_ALL, Context
from ksbtui.store.database.changes import CHANGE, Done
from ksbtui.store.database.store import Batch, Store

if TYPE_CHECKING:
    from ksbtui.core.entry.week import Week
    from ksbtui.journal.assessment.discussion import Discussing
    from ksbtui.journal.assessment.gateway import GatewayChecklist
    from ksbtui.journal.assessment.project import WorkplaceProject
    from ksbtui.journal.assessment.rehearsal import Rehearsing
    from ksbtui.journal.assessment.scans import Scans
    from ksbtui.journal.assessment.stories import Stories
    from ksbtui.journal.backup.safe_keeping import SafeKeeping
    from ksbtui.journal.coaching.actions import Actions
    from ksbtui.journal.coaching.calls import Calls
    from ksbtui.journal.coaching.records import Privacy
    from ksbtui.journal.coaching.reviews import Reviews
    from ksbtui.journal.coaching.verification import Verifying
    from ksbtui.journal.entry.drafts import Drafts
    from ksbtui.journal.entry.entries import Entries, Several
    from ksbtui.journal.entry.evidence import EvidenceFiles
    from ksbtui.journal.entry.listing import EntryJson, Listing
    from ksbtui.journal.entry.revisits import Reflecting, Revisits
    from ksbtui.journal.entry.search import Searching
    from ksbtui.journal.entry.timers import Timers
    from ksbtui.journal.exchange.digest import Digests
    from ksbtui.journal.exchange.exchange import Exchange
    from ksbtui.journal.exchange.feedback import FeedbackIn
    from ksbtui.journal.exchange.handover import HandOvers
    from ksbtui.journal.exchange.imports import Imports
    from ksbtui.journal.exchange.merge import Merges
    from ksbtui.journal.exchange.submission import Portfolio
    from ksbtui.journal.programme.enrolments import Enrolments
    from ksbtui.journal.programme.openings import Openings
    from ksbtui.journal.programme.standards import Standards, Versions
    from ksbtui.journal.progress.examples import Examples
    from ksbtui.journal.progress.progress import Progress
    from ksbtui.journal.progress.suggestions import Suggesting


T = TypeVar("T")


class Subject(Generic[T]):
    """One subject of the journal, loaded when it is first asked for.

    ``where`` is its module and class below this package. It is made with the context and
    then with the other subjects that it asks, which ``needs`` names.
    """

    def __init__(self, where: str, *needs: str) -> None:
        self._module, _, self._class = where.rpartition(".")
        self.needs = needs
        self._attribute = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._attribute = name

    def loaded(self) -> type[T]:
        """The class, its module loaded."""
        module = import_module(f"ksbtui.journal.{self._module}")
        cls: type[T] = getattr(module, self._class)
        return cls

    @overload
    def __get__(self, journal: None, owner: type) -> Self: ...

    @overload
    def __get__(self, journal: Journal, owner: type) -> T: ...

    def __get__(self, journal: Journal | None, owner: type) -> T | Self:
        """Make it, and leave it in this one's place: the next look-up finds it at once."""
        if journal is None:
            return self
        make: Callable[..., T] = self.loaded()
        subject = make(journal.context, *(getattr(journal, name) for name in self.needs))
        journal.__dict__[self._attribute] = subject
        return subject


def _record_fault(kind: str, id: str, body: object) -> str:
    if kind in READ_BY_ALL and isinstance(body, dict):
        return ""
    # deferred: only a journal with other records pays for the strict reading
    from ksbtui.journal.record_kinds import record_fault

    return record_fault(kind, id, body)


class Journal:
    """A journal file, the day it is read at, and everything that can be done with it.

    The file need not exist yet: ``course`` is then None and set-up makes it. Reads return
    results of :mod:`ksbtui.core`; each write is one transaction and one revision.
    """

    entries: Subject[Entries] = Subject("entry.entries.Entries")
    """Entries: log, read, change, delete."""
    several: Subject[Several] = Subject("entry.entries.Several", "entries")
    """Several entries changed as one."""
    drafts: Subject[Drafts] = Subject("entry.drafts.Drafts")
    """Half-written text, kept from the first key."""
    entry_json: Subject[EntryJson] = Subject("entry.listing.EntryJson", "entries", "verifying")
    """Entries as the commands print them."""
    listing: Subject[Listing] = Subject("entry.listing.Listing")
    """The list of entries week by week, however long."""
    evidence: Subject[EvidenceFiles] = Subject("entry.evidence.EvidenceFiles", "entries")
    """Files and links attached to entries."""
    reflecting: Subject[Reflecting] = Subject("entry.revisits.Reflecting")
    """Reflection templates, and hints on thin text."""
    timer: Subject[Timers] = Subject("entry.timers.Timers", "entries")
    """The timer that survives closing the program."""
    revisits: Subject[Revisits] = Subject("entry.revisits.Revisits", "progress", "entries")
    """Old reflections to come back to, and the links to their answers."""
    searching: Subject[Searching] = Subject("entry.search.Searching", "entries")
    """Search as one types."""
    suggesting: Subject[Suggesting] = Subject("progress.suggestions.Suggesting", "progress")
    """Suggested KSBs, offline, built when first asked for."""
    examples: Subject[Examples] = Subject("progress.examples.Examples", "entries", "exchange")
    """Example packs: other people's tagged texts to suggest from, and one's own for them."""
    portfolio: Subject[Portfolio] = Subject("exchange.submission.Portfolio", "entries")
    """Copying into the provider's e-portfolio, and what was copied."""
    enrolments: Subject[Enrolments] = Subject("programme.enrolments.Enrolments")
    """Set-up, agreed changes, breaks in learning, the end."""
    openings: Subject[Openings] = Subject("programme.openings.Openings")
    """Hours recorded elsewhere before this journal began."""
    imports: Subject[Imports] = Subject("exchange.imports.Imports")
    """Logs, calendars and trackers brought in."""
    standards: Subject[Standards] = Subject("programme.standards.Standards", "enrolments")
    """Standards brought in from files."""
    versions: Subject[Versions] = Subject("programme.standards.Versions", "enrolments")
    """Another version of the standard, and newer rules."""
    progress: Subject[Progress] = Subject("progress.progress.Progress", "drafts")
    """Where the learner stands: hours, coverage, timeline, what next."""
    backup: Subject[SafeKeeping] = Subject("backup.safe_keeping.SafeKeeping", "entries")
    """Backups, restoring, checks and purging."""
    discussing: Subject[Discussing] = Subject(
        "assessment.discussion.Discussing", "progress", "drafts"
    )
    """Practice for the discussion: questions, sittings, answers, the evidence index."""
    rehearsing: Subject[Rehearsing] = Subject(
        "assessment.rehearsal.Rehearsing", "progress", "discussing"
    )
    """What is due and what will be held on the day of the discussion."""
    gateway: Subject[GatewayChecklist] = Subject(
        "assessment.gateway.GatewayChecklist", "progress", "project"
    )
    """What must be in place before the gateway."""
    project: Subject[WorkplaceProject] = Subject(
        "assessment.project.WorkplaceProject", "progress", "entries"
    )
    """The workplace project and its review pack."""
    scans: Subject[Scans] = Subject("assessment.scans.Scans", "progress")
    """The skills scans and distance travelled."""
    stories: Subject[Stories] = Subject("assessment.stories.Stories", "progress", "entries")
    """The story bank."""
    exchange: Subject[Exchange] = Subject("exchange.exchange.Exchange")
    """The whole record as ksbtui's own JSON, and the learner's list of names."""
    handover: Subject[HandOvers] = Subject("exchange.handover.HandOvers")
    """What leaves for a tutor."""
    digests: Subject[Digests] = Subject(
        "exchange.digest.Digests", "progress", "entries", "calls", "verifying"
    )
    """Short texts about the last days."""
    feedback: Subject[FeedbackIn] = Subject("exchange.feedback.FeedbackIn")
    """What comes back from one."""
    merges: Subject[Merges] = Subject("exchange.merge.Merges")
    """What was written in two places, and what another device asks to purge."""
    actions: Subject[Actions] = Subject("coaching.actions.Actions", "progress", "calls")
    """Actions agreed in calls and reviews."""
    calls: Subject[Calls] = Subject(
        "coaching.calls.Calls", "progress", "entries", "drafts", "verifying"
    )
    """Coaching calls: under way, held, and what changed since the last."""
    reviews: Subject[Reviews] = Subject(
        "coaching.reviews.Reviews", "progress", "actions", "verifying", "revisits"
    )
    """Progress reviews: the pack, sign-offs, those held."""
    privacy: Subject[Privacy] = Subject("coaching.records.Privacy")
    """What stays hidden while a call is under way."""
    verifying: Subject[Verifying] = Subject("coaching.verification.Verifying", "entries")
    """Entries verified or questioned, behaviours the employer verified."""

    def __init__(
        self,
        path: Path | None = None,
        clock: Clock | None = None,
        context: Context | None = None,
    ) -> None:
        """``context`` is one that is open already, such as a journal that was handed over."""
        self.context = context or Context(path, clock)
        self.context.record_fault = _record_fault

    @property
    def path(self) -> Path:
        return self.context.path

    @property
    def clock(self) -> Clock:
        return self.context.clock

    @property
    def revision(self) -> int:
        return self.context.revision

    @property
    def as_at(self) -> date:
        return self.context.as_at

    @property
    def exists(self) -> bool:
        return self.context.exists

    @property
    def store(self) -> Store:
        return self.context.store

    def create(self) -> None:
        self.context.create()

    def close(self) -> None:
        self.context.close()

    @property
    def courses(self) -> tuple[Course, ...]:
        return self.context.courses

    @property
    def course(self) -> Course | None:
        return self.context.course

    @property
    def enrolled(self) -> Course:
        return self.context.enrolled

    @property
    def owner(self) -> str:
        return self.context.owner

    @property
    def is_demo(self) -> bool:
        return self.context.is_demo

    @contextmanager
    def writing(self, label: str, kind: str = CHANGE) -> Iterator[Batch]:
        with self.context.writing(label, kind) as batch:
            yield batch

    def refused(self, problem: BaseException) -> KsbtuiError | None:
        return self.context.refused(problem)

    def touched(self) -> None:
        self.context.touched()

    def poll(self) -> bool:
        return self.context.poll()

    def undo(self) -> Done:
        from ksbtui.journal.history import undo  # saving an entry needs none of this

        return undo(self.context)

    def redo(self) -> Done:
        from ksbtui.journal.history import redo

        return redo(self.context)

    def history(self, entry: str = "", limit: int = 20) -> Sequence[Done]:
        from ksbtui.journal.history import history

        return history(self.context, self.entries.whole_id(entry) if entry else "", limit)

    def week(self, day: date) -> Week:
        from ksbtui.journal.entry.listing import week  # loaded by the commands of a week alone

        return week(self.context, self.entries, day)

"""Reading the files that learners hand over, each once and then by its hash, and where each stands.

A folder that other programs keep in step is read as it is: what is not ours is passed over,
what is only half there, or for somebody else, is named, and of several files of a learner
the newest is taken.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from ksbtui.clock import Clock
from ksbtui.core.caseload.caseload import MISSING, READ, UNREADABLE, Case, Learner
from ksbtui.core.codec import encode
from ksbtui.core.days import ONE_DAY, month_of
from ksbtui.core.strict import Malformed, strictly
from ksbtui.errors import KsbtuiError, NotFound
from ksbtui.journal.coaching.calls import Calls
from ksbtui.journal.coaching.verification import Verifying
from ksbtui.journal.context import Context
from ksbtui.journal.entry.drafts import Drafts
from ksbtui.journal.entry.entries import Entries
from ksbtui.journal.exchange.handover import (
    FEEDBACK_FILE,
    HandOver,
    data_format,
    is_ours,
    read_handover,
)
from ksbtui.journal.exchange.opened import Opened, understood
from ksbtui.journal.progress.progress import Progress
from ksbtui.store.files.paths import kept_places, write_private
from ksbtui.store.files.sealed import is_sealed, own_key, read_bytes, seal, unseal


def learner_of(file: HandOver, path: Path, clock: Clock) -> Learner:
    """The row of a hand-over, as at the clock's day."""
    now = replace(file, moments=(), earlier=())  # how things were at calls is not asked
    opened = Opened(now, path, clock, keep=False)
    try:
        with understood(path.name):
            return standing(opened.context, file)
    finally:
        opened.context.close()


def standing(context: Context, file: HandOver) -> Learner:
    """The row of a journal that was handed over and is open."""
    drafts = Drafts(context)
    progress = Progress(context, drafts)
    entries = Entries(context)
    calls = Calls(context, progress, entries, drafts, Verifying(context, entries))
    view, as_at = progress.view, context.as_at
    course, hours, coverage = view.course, view.hours, view.coverage
    last, review = calls.last_held, view.timeline.next_review
    reviews = [day for day in view.reviews_held if day <= as_at]
    this_month = [m.counted_minutes for m in hours.by_month if m.month == month_of(as_at)]
    with context.store.guarded() as connection:
        total, newest = connection.execute(
            "SELECT count(*), max(day) FROM entry WHERE deleted_at = '' AND enrolment = ? "
            "AND day <= ?",
            (course.enrolment.id, as_at.isoformat()),
        ).fetchone()
    return Learner(
        id=file.learner,
        name=file.name,
        standard=course.standard.ref,
        programme=course.programme.id,
        start=view.plan.start,
        gateway=view.plan.plan_end,
        made_at=file.made_at,
        as_at=as_at,
        since=file.since,
        private=file.left_out_minutes,
        target=hours.target_minutes,
        logged=hours.logged_minutes,
        counted=hours.counted_minutes,
        verified=hours.verified_minutes,
        planned=hours.planned_to_date_minutes,
        month=sum(this_month),
        ksbs=coverage.total,
        covered=coverage.covered,
        evidenced=sum(ksb.state in ("evidenced", "strong") for ksb in coverage.ksbs),
        gaps=coverage.gaps,
        entries=total,
        last_entry=type(as_at).fromisoformat(newest) if newest else None,
        review_last=reviews[-1] if reviews else None,
        review_due=review.due_month_end if review else None,
        coaching_last=last.day if last else None,
        coaching_next=calls.next_day(as_at - ONE_DAY),
        actions_open=len(view.actions_open),
        actions_overdue=sum(action.due < as_at for action in view.actions_open),
        idle=tuple(gap.first_month for gap in view.untrained if gap.ended),
        ended=course.enrolment.ended,
    )


ROSTER = ("learners.txt", "learners.csv")
"""Files in a folder that name who should be there, one a line."""
KEPT_FORMAT = 1

Tell = Callable[[int, int], None]
"""Told how many of how many files are read."""


@dataclass(frozen=True, slots=True)
class Caseload:
    """Every row as at a day, and how many files were read anew, kept or passed over."""

    as_at: date
    cases: tuple[Case, ...]
    read: int = 0
    kept: int = 0
    older: int = 0
    """Files of a learner that there is a newer one of."""
    other: int = 0
    """Files that are not ours."""


def read_caseload(
    sources: Sequence[Path], clock: Clock, tell: Tell | None = None, names: Iterable[str] = ()
) -> Caseload:
    """Read folders and files; learners seen before, and ``names``, are rows in any case."""
    paths, other = _files(sources)
    cache = _Kept(clock.today())
    cases: list[Case] = []
    read = 0
    for done, path in enumerate(paths):
        if tell:
            tell(done, len(paths))
        case, fresh = _case(path, cache, clock)
        read += fresh
        if case:
            cases.append(case)
    newest, older = _newest(cases)
    expected = [*names, *_roster(sources)]
    rows = [*newest, *cache.absent(newest, sources), *_without(newest, expected)]
    cache.save(newest)
    return Caseload(clock.today(), tuple(rows), read, len(cases) - read, older, other)


def handover_paths(sources: Sequence[Path]) -> list[Path]:
    """Every file in folders that says it is ours, and every file named."""
    return _files(sources)[0]


def handover_in(path: Path) -> HandOver | None:
    """Read and check a hand-over; None where the file is feedback."""
    raw = read_bytes(path)
    data = unseal(raw, path.name) if is_sealed(path) else raw
    return None if data_format(data) == FEEDBACK_FILE else read_handover(data, path.name)


def _files(sources: Sequence[Path]) -> tuple[list[Path], int]:
    """The files that say they are ours, and how many others lie there."""
    files: list[Path] = []
    other = 0
    for source in sources:
        if source.is_dir():
            inside = sorted(
                path
                for path in source.rglob("*")
                if path.is_file() and path.name[0] != "." and path.name not in ROSTER
            )
            ours = [path for path in inside if is_ours(path)]
            other += len(inside) - len(ours)
            files += ours
        elif source.exists():
            files.append(source)
        else:
            raise NotFound(
                f"There is no file or folder {source}.",
                "Enter the path of a folder, or of files that learners shared.",
            )
    return list(dict.fromkeys(files)), other


def _case(path: Path, cache: _Kept, clock: Clock) -> tuple[Case | None, bool]:
    try:
        raw = read_bytes(path)
        digest = sha256(raw).hexdigest()
        known = cache.learner(digest)
        if known:
            return Case(known.name or known.id, READ, known, str(path)), False
        data = unseal(raw, path.name) if is_sealed(path) else raw
        if data_format(data) == FEEDBACK_FILE:
            return None, False
        learner = learner_of(read_handover(data, path.name), path, clock)
    except KsbtuiError as problem:
        return Case(path.name, UNREADABLE, None, str(path), problem.message), False
    cache.add(digest, learner)
    return Case(learner.name or learner.id, READ, learner, str(path)), True


def _newest(cases: Iterable[Case]) -> tuple[list[Case], int]:
    """One row a learner, from the file made last; and how many files were older."""
    newest: dict[str, Case] = {}
    older = 0
    for case in cases:
        before = newest.get(case.key)
        if before and before.learner and case.learner:
            older += 1
            if before.learner.made_at >= case.learner.made_at:
                continue
        newest[case.key] = case
    return list(newest.values()), older


def _roster(sources: Iterable[Path]) -> list[str]:
    """Names that a list in a folder expects, the first column of each line."""
    names: list[str] = []
    for source in sources:
        for name in ROSTER if source.is_dir() else ():
            path = source / name
            if path.is_file():
                text = path.read_text(encoding="utf-8-sig", errors="replace")
                names += [line.split(",")[0].strip().strip('"') for line in text.splitlines()]
    return [name for name in names if name and name.casefold() not in ("name", "learner")]


def _without(cases: Iterable[Case], names: Iterable[str]) -> list[Case]:
    """A row for each name that no file is from."""
    here = {" ".join(case.name.split()).casefold() for case in cases}
    wanted = {" ".join(name.split()).casefold(): name for name in names}
    return [
        Case(name, MISSING, problem="no file yet")
        for plain, name in wanted.items()
        if plain not in here
    ]


class _Kept:
    """Results by the hash of the file and the day, encrypted for this person's own key."""

    def __init__(self, day: date) -> None:
        self._day = day
        self._path = kept_places()["caseload"]
        self._learners: dict[str, dict[str, Any]] = {}
        self._seen: dict[str, dict[str, str]] = {}
        """Learners read before: id → name, the folder and the day."""
        self._changed = False
        self._read()

    def _read(self) -> None:
        """What cannot be read is worked out again: nothing here is anybody's own words."""
        try:
            if self._path.exists():
                found = json.loads(unseal(read_bytes(self._path), self._path.name))
                if found["format"] == KEPT_FORMAT:
                    self._seen = found["seen"]
                    if found["day"] == self._day.isoformat():
                        self._learners = found["learners"]
        except (KsbtuiError, ValueError, KeyError, TypeError):
            self._learners, self._seen = {}, {}

    def learner(self, digest: str) -> Learner | None:
        """What a file held when it was read before today."""
        body = self._learners.get(digest)
        try:
            return strictly(Learner, body) if body else None
        except Malformed:
            return None

    def add(self, digest: str, learner: Learner) -> None:
        self._learners[digest] = encode(learner)
        self._changed = True

    def absent(self, cases: Iterable[Case], sources: Iterable[Path]) -> list[Case]:
        """Learners whose file was in one of the folders before and is there no more."""
        here = {case.key for case in cases}
        folders = {str(source.absolute()) for source in sources if source.is_dir()}
        return [
            Case(
                seen["name"], MISSING, problem=f"no file now; the last one was from {seen['made']}"
            )
            for id, seen in self._seen.items()
            if id not in here and seen["folder"] in folders
        ]

    def save(self, cases: Iterable[Case]) -> None:
        """Write it, if anything is new; where that fails it is worked out again next time."""
        for case in cases:
            if case.learner:
                told = {
                    "name": case.name,
                    "folder": str(Path(case.path).parent.absolute()),
                    "made": case.learner.made_at[:10],
                }
                if self._seen.get(case.key) != told:
                    self._seen[case.key] = told
                    self._changed = True
        if not self._changed:
            return
        document = {
            "format": KEPT_FORMAT,
            "day": self._day.isoformat(),
            "learners": self._learners,
            "seen": self._seen,
        }
        key = own_key()
        with suppress(OSError, KsbtuiError):
            data = seal(json.dumps(document).encode(), [key.public if key else ""])
            write_private(self._path, data)

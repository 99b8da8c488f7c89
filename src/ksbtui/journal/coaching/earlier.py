"""The journal as it stood at an earlier change, and what has changed between two calls.

It is read by stepping back through the log. A comparison needs whole entries only where they
changed; the sums of then are the kept sums of today less what those entries are now, plus
what they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ksbtui.core.coaching.actions import Action
from ksbtui.core.coaching.call_summary import call_page
from ksbtui.core.coaching.calls import Call
from ksbtui.core.coaching.changed import Changed, Figures, State, compare, figures
from ksbtui.core.codec import decode
from ksbtui.core.coverage.coverage import Coverage, Tally, coverage
from ksbtui.core.entry.entries import Entry, Image, entry_from, entry_image, patched
from ksbtui.core.hours.hours import Hours, hours_report
from ksbtui.core.hours.totals import DayTotal, KsbDay, day_shares, ksb_shares, merged_ksb_days
from ksbtui.core.programme.plan import Plan, plan
from ksbtui.core.programme.programmes import Course
from ksbtui.journal.coaching.records import ACTION, actions_of
from ksbtui.journal.coaching.verification import Verifying
from ksbtui.journal.context import (
    ENROLMENT,
    OPENING,
    PROGRAMME,
    RULES,
    STANDARD,
    Context,
    read_courses,
)
from ksbtui.journal.entry.derive import Deriver
from ksbtui.journal.progress.progress import Progress, View
from ksbtui.store.database import changes, rows, totals

if TYPE_CHECKING:
    from ksbtui.core.entry.entries import Entry
    from ksbtui.core.exchange.pages import Page


_TERMS = {ENROLMENT, STANDARD, PROGRAMME, RULES, OPENING}
"""Kinds of record by which entries are judged: dates, breaks, hours, rules."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The end of one batch of the log, seen from a day; ``n`` None is before the first."""

    n: int | None
    day: date


@dataclass(frozen=True, slots=True)
class Seen:
    """Where the learner stood at a moment."""

    course: Course
    plan: Plan
    hours: Hours
    coverage: Coverage
    state: State


class Past:
    """The records, and some entries, of a journal as they stood at the end of batch ``n``.

    Those entries are the ones that changed since, and those of ``also``; ``known`` are some
    as they stand today, which need not be read again.
    """

    def __init__(
        self,
        context: Context,
        n: int,
        also: Iterable[str] = (),
        known: Mapping[str, Entry] | None = None,
    ) -> None:
        self._store = context.store
        with context.store.guarded() as connection:
            self._steps = changes.since(connection, n)
        # Newest first, so the oldest step of each entry stands last: made since, or not.
        first = {step.id: step.before for step in self._steps if step.kind == changes.ENTRY}
        self._made = {id for id, before in first.items() if before is None}
        wanted, known = {*first, *also}, known or {}
        self.now = {id: known[id] for id in wanted if id in known}
        self.now |= {entry.id: entry for entry in _read(context, wanted - known.keys())}
        self._images: dict[str, Image] = {}
        if self._steps:
            old = self.now.keys() - self._made
            self._images = {id: entry_image(self.now[id]) for id in old}
            self._step_back(changes.ENTRY, self._images)

    @property
    def is_now(self) -> bool:
        """Whether nothing has changed since."""
        return not self._steps

    @property
    def other_terms(self) -> bool:
        """Whether entries were judged by other terms than today's."""
        return any(step.kind in _TERMS for step in self._steps)

    def records(self, kind: str) -> dict[str, Image]:
        return self._step_back(kind, self._store.records(kind))

    def record(self, kind: str, id: str) -> Image | None:
        return self.records(kind).get(id)

    def entries(self, derive: Deriver) -> list[Entry]:
        """The entries live then, derived under the terms of then; today's are that already."""
        if self.is_now:
            return [entry for entry in self.now.values() if not entry.deleted_at]
        entries = map(entry_from, self._images.values())
        return [derive(self._kept_private(entry)) for entry in entries if not entry.deleted_at]

    def _kept_private(self, entry: Entry) -> Entry:
        """An entry that has been made private since is private in every look back."""
        now = self.now.get(entry.id)
        return replace(entry, private=True) if now and now.private else entry

    def _step_back(self, kind: str, images: dict[str, Image]) -> dict[str, Image]:
        for step in self._steps:
            if step.kind == kind and not (kind == changes.ENTRY and step.id in self._made):
                image = patched(images.get(step.id), step.after, step.before)
                if image is None:
                    images.pop(step.id, None)
                else:
                    images[step.id] = image
        return images


def changed_between(
    context: Context, view: View, first: Moment, last: Moment | None = None
) -> Changed:
    """Compare the journal at a moment with a later one, or with now."""
    with context.store.guarded() as connection:
        last = last or present_moment(context)
        n = first.n
        ids = _all_ids(context) if n is None else changes.entries_since(connection, n)
        now = {entry.id: entry for entry in _read(context, ids)}
    before = seen_at(context, view, first, now).state if first.n is not None else None
    after = seen_at(context, view, last, now)
    return compare(before or _nothing(after, first.day), after.state)


def seen_at(
    context: Context, view: View, moment: Moment, also: Mapping[str, Entry] | None = None
) -> Seen:
    """Where the present enrolment stood at a moment; entries are those changed since or ``also``.

    ``also`` are entries as they stand today.

    An enrolment that was not there yet is taken as it was first made known: as it is today.
    """
    past = Past(context, moment.n or 0, also or (), also)
    courses = read_courses(past) if past.other_terms else context.courses
    id = view.course.enrolment.id
    course = next((enrolled for enrolled in courses if enrolled.enrolment.id == id), view.course)
    derive = Deriver(context, courses or context.courses, moment.day)
    then = [entry for entry in past.entries(derive) if entry.enrolment == id]
    if past.is_now and moment.day == context.as_at:
        days, hours, covered = view.plan, view.hours, view.coverage
    else:
        day_rows, tallies = _sums(context, view, past, then, derive)
        days = plan(course, moment.day)
        hours = hours_report(course, days, day_rows, moment.day)
        option = course.enrolment.option
        covered = coverage(course.standard, option, tallies, moment.day)
    bodies = past.records(ACTION).items()
    state = State(
        day=moment.day,
        hours=figures(hours),
        rungs={ksb.code: ksb.state for ksb in covered.ksbs},
        entries={entry.id: entry for entry in then},
        actions={key: decode(Action, body) for key, body in bodies if body.get("enrolment") == id},
    )
    return Seen(course, days, hours, covered, state)


def present_moment(context: Context) -> Moment:
    """Now, as at today."""
    with context.store.guarded() as connection:
        return Moment(changes.newest(connection), context.as_at)


def moment_of(context: Context, day: date) -> Moment:
    """The end of a day, by the day its changes were written on."""
    with context.store.guarded() as connection:
        return Moment(changes.newest_on(connection, day.isoformat()), day)


def _nothing(after: Seen, day: date) -> State:
    empty = dict.fromkeys(after.state.rungs, "none")
    return State(day, Figures(target=after.hours.target_minutes), empty, {}, {})


def _sums(
    context: Context, view: View, past: Past, then: list[Entry], derive: Deriver
) -> tuple[list[DayTotal], dict[str, Tally]]:
    """The sums as they stood then, by day and by KSB.

    On other terms every entry is derived and added afresh. Otherwise what is known now is
    taken for the days before any entry that changed, which are most.
    """
    id = view.course.enrolment.id
    day_rows: list[DayTotal] = []
    tallies: dict[str, Tally] = {}
    ksb_rows: list[KsbDay] = []
    parts = [(then, 1)]
    if past.other_terms:
        untouched = [derive(entry) for entry in _live(context) if entry.id not in past.now]
        parts.append(([entry for entry in untouched if entry.enrolment == id], 1))
    else:
        gone = [e for e in past.now.values() if not e.deleted_at and e.enrolment == id]
        parts.append((gone, -1))
        first = min((entry.day for entry in (*gone, *then)), default=context.as_at)
        day_rows += view.totals
        with context.store.guarded() as connection:
            tallies = totals.ksb_tallies(connection, id, before=first)
            ksb_rows = totals.ksb_days(connection, id, since=first)
    for entries, sign in parts:
        day_rows += [share for entry in entries for share in day_shares(entry, sign)]
        ksb_rows += [share for entry in entries for share in ksb_shares(entry, sign)]
    for row in merged_ksb_days(ksb_rows):
        tallies[row.code] = tallies.get(row.code, Tally()).plus(row)
    return day_rows, tallies


def _read(context: Context, ids: set[str], size: int = 500) -> Iterable[Entry]:
    ordered = sorted(ids)
    for first in range(0, len(ordered), size):
        chunk = ordered[first : first + size]
        marks = ", ".join("?" * len(chunk))
        with context.store.guarded() as connection:
            yield from rows.read(connection, f"WHERE entry.id IN ({marks})", chunk)


def _live(context: Context) -> list[Entry]:
    with context.store.guarded() as connection:
        return rows.read(connection, "WHERE deleted_at = ''")


def _all_ids(context: Context) -> set[str]:
    return {entry.id for entry in _live(context)}


class Comparison:
    """Compares the journal at the end of one call with a later moment."""

    def __init__(self, context: Context, progress: Progress) -> None:
        self._context = context
        self._progress = progress
        self._since: tuple[tuple[int, date, str], Changed] | None = None

    def since(self, last: Call | None) -> Changed:
        seen = (self._context.revision, self._context.as_at, last.id if last else "")
        if self._since is None or self._since[0] != seen:
            changed = changed_between(self._context, self._progress.view, self._moment(last))
            self._since = (seen, changed)
        return self._since[1]

    def between(self, before: Call | None, call: Call) -> Changed:
        first, last = self._moment(before), self._moment(call)
        return changed_between(self._context, self._progress.view, first, last)

    def _moment(self, call: Call | None) -> Moment:
        if call is None:
            return Moment(None, self._context.enrolled.enrolment.start)
        return Moment(call.batch, call.day)


def summary(
    context: Context,
    verifying: Verifying,
    call: Call,
    changed: Changed,
    *,
    named: bool = False,
    private: bool = False,
) -> Page:
    """The summary of a call; ``private`` adds the private notes."""
    asked = [question for question in verifying.questions(all=True) if question.source == call.id]
    return call_page(
        context.enrolled,
        call,
        changed,
        actions=tuple(question for question in actions_of(context) if question.source == call.id),
        questions=tuple(
            zip(asked, _entries(context, [question.entry for question in asked]), strict=True)
        ),
        named=named,
        private=private,
    )


def _entries(context: Context, ids: Sequence[str]) -> list[Entry | None]:
    with context.store.guarded() as connection:
        return [rows.by_id(connection, id) for id in ids]

"""Coaching calls of a journal: under way, held, missed, and what changed since the last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ksbtui.core.coaching.calls import (
    AGENDA,
    CALL_MINUTES,
    Call,
    Session,
    Underway,
    check_day,
    check_minutes,
    check_next,
    check_tutor,
    next_call,
    reopened,
    sessions,
)
from ksbtui.core.coaching.changed import Changed
from ksbtui.core.codec import decode, encode
from ksbtui.core.days import line_day, long_day
from ksbtui.core.entry.entries import Entry
from ksbtui.core.programme.alerts import Alert, alerts
from ksbtui.core.text.text import clean, one_line
from ksbtui.errors import Conflict, NotFound
from ksbtui.journal.coaching.records import CALL, UNDERWAY, calls_of
from ksbtui.journal.coaching.verification import Verifying
from ksbtui.journal.context import Context, by_prefix, new_id
from ksbtui.journal.entry.drafts import Drafts
from ksbtui.journal.entry.entries import Entries
from ksbtui.journal.progress.progress import Progress
from ksbtui.store.database import changes
from ksbtui.store.database.store import Batch

if TYPE_CHECKING:
    from ksbtui.core.exchange.pages import Page
    from ksbtui.journal.coaching.earlier import Comparison

COACHING = "coaching"
"""The activity type a call's own time is logged as."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A call as it was kept, the entry of its own time if logged, and what is odd about it."""

    call: Call
    entry: Entry | None = None
    notes: tuple[str, ...] = ()


class Calls:
    """The coaching calls of the present enrolment."""

    def __init__(
        self,
        context: Context,
        progress: Progress,
        entries: Entries,
        drafts: Drafts,
        verifying: Verifying,
    ) -> None:
        self._context = context
        self._progress = progress
        self._entries = entries
        self._drafts = drafts
        self._verifying = verifying

    def all(self) -> tuple[Call, ...]:
        return calls_of(self._context)

    @property
    def last_held(self) -> Call | None:
        """The last call that took place, up to today, but for one opened again."""
        underway = self.underway
        again = underway.id if underway else ""
        calls = [c for c in self.all() if c.attended and c.day <= self._context.as_at]
        return next((call for call in reversed(calls) if call.id != again), None)

    def get(self, id: str) -> Call:
        if id.strip():
            calls = {call.id: call for call in self.all()}
            return by_prefix(calls, id, "call", "ksbtui coach list")
        last = self.last_held
        if last is None:
            raise NotFound("You have not had a call yet.", "Start one with: ksbtui coach start")
        return last

    def sessions(self) -> tuple[Session, ...]:
        """Coaching sessions as the programme plans them and as they were held."""
        return sessions(self._progress.view.plan, self.all(), self._context.as_at)

    def next_day(self, after: date) -> date | None:
        last, underway = self.last_held, self.underway
        again = underway.id if underway else ""
        call_days = {call.day for call in self.all() if call.id != again}
        days = call_days | ({underway.day} if underway else set())
        plan = self._progress.view.plan
        agreed = last.next_day if last else None
        return next_call(plan, days, agreed, after, talking=after in days)

    def since(self) -> Changed:
        return self._compared.since(self.last_held)

    def changed_before(self, call: Call) -> Changed:
        """What had changed when a call ended, since the call held before it."""
        before = [c for c in self.all() if c.attended and c.day < call.day]
        return self._compared.between(before[-1] if before else None, call)

    @cached_property
    def _compared(self) -> Comparison:
        # deferred: stepping the journal back is heavy and read when asked
        from ksbtui.journal.coaching.earlier import Comparison

        return Comparison(self._context, self._progress)

    def alerts(self) -> tuple[Alert, ...]:
        private = {draft.key for draft in self._drafts.all() if draft.body.get("private", False)}
        now = self._progress.view.situation
        drafts = tuple(replace(d, title="(private)") if d.id in private else d for d in now.drafts)
        return alerts(replace(now, drafts=drafts, two_places=0))

    @property
    def underway(self) -> Underway | None:
        body = self._drafts.get(self._key)
        return decode(Underway, body) if body else None

    def start(self, tutor: str = "") -> Underway:
        context = self._context
        begun = self.underway
        if begun is not None:
            raise Conflict(
                f"The call you started on {long_day(begun.day)} is still open.",
                "Save it with: ksbtui coach end, or delete it with: ksbtui coach cancel",
            )
        check_day(context.as_at, self._progress.view.plan, self.all(), context.as_at)
        last = self.last_held
        begun = Underway(
            id=new_id(),
            enrolment=context.enrolment_id,
            day=context.as_at,
            started_at=context.clock.now(),
            tutor=one_line(tutor) or (last.tutor if last else ""),
        )
        self.save(begun)
        return begun

    def reopen(self, id: str = "") -> Underway:
        """Open a call of today again, to change what was said and agreed in it.

        It stays kept as it was until it is ended again; cancelling leaves it so. Its clock
        goes on from the minutes it had.
        """
        call, context = self.get(id), self._context
        if self.underway is not None:
            raise Conflict("Another call is open.", "End that one first: ksbtui coach end")
        if call.day != context.as_at or not call.attended:
            raise Conflict(
                f"The call on {long_day(call.day)} cannot be reopened.",
                "You can only reopen a call from today. To change another: ksbtui coach edit",
            )
        again = reopened(call, context.clock.now())
        self.save(again)
        return again

    def mine(self) -> None:
        """Note the newest change as one made in the call under way."""
        call = self._begun()
        with self._context.store.guarded() as connection:
            n = changes.newest(connection) or 0
        self.save(replace(call, batches=(*call.batches, n)))

    @property
    def can_undo(self) -> bool:
        """Whether the newest change that can be undone was made in the call under way."""
        call = self.underway
        with self._context.store.guarded() as connection:
            done = changes.to_undo(connection)
        return bool(call and done and done.n in call.batches)

    def save(self, call: Underway) -> None:
        self._drafts.save(self._key, encode(call))

    def note(self, text: str, *, private: bool = False) -> Underway:
        call = self._begun()
        field = "private_notes" if private else "notes"
        notes = "\n".join(filter(None, (getattr(call, field), clean(text).strip("\n"))))
        call = replace(call, **{field: notes})  # type: ignore[arg-type]
        self.save(call)
        return call

    def pick(self, codes: str | Iterable[str]) -> Underway:
        call = replace(self._begun(), ksbs=self._context.codes(codes))
        self.save(call)
        return call

    def turn(self, step: int = 1) -> Underway:
        """Go on (or back) in the agenda, stopping at its ends."""
        call = self._begun()
        place = min(max(call.position + step, 0), len(AGENDA) - 1)
        call = replace(call, position=place)
        self.save(call)
        return call

    def cancel(self) -> Underway:
        """Drop the call under way; actions and verifications made in it stay."""
        call = self._begun()
        self._drafts.drop(self._key)
        return call

    def end(
        self,
        *,
        day: date | None = None,
        minutes: int | None = None,
        tutor: str = "",
        next_day: date | None = None,
        attended: bool = True,
        notes: str = "",
        ksbs: str | Iterable[str] = (),
        log: bool = False,
    ) -> Ended:
        """Keep the call under way, or one that was held without it; ``log`` its time too.

        Refuses before anything is written, so a call under way stays as it was.
        """
        begun = self.underway
        plan, now = self._progress.view.plan, self._context.clock.now()
        if begun is None:
            on = day or self._context.as_at
            begun = Underway(new_id(), self._context.enrolment_id, on, now)
        call = self._ended(begun, minutes if attended else 0, now)
        call = replace(
            call,
            day=day or begun.day,
            tutor=one_line(tutor) or call.tutor or usual_tutor(self.all()),
            next_day=next_day or begun.next_day,
            attended=attended,
            notes="\n".join(filter(None, (begun.notes, clean(notes).strip("\n")))),
            ksbs=self._context.codes(ksbs) or begun.ksbs,
        )
        others = [other for other in self.all() if other.id != call.id]
        odd = check_day(call.day, plan, others, self._context.as_at)
        odd += check_next(call.next_day, call.day, plan)
        if attended:
            check_minutes(call.minutes)
            check_tutor(call.tutor)
        if call.entry:
            odd += ("The entry for this call keeps its minutes. Change them in the Journal.",)
        entry = self._keep(call, log and attended and not call.entry)
        self._drafts.drop(self._key)
        return Ended(self.get(call.id), entry, odd)

    def change(
        self,
        id: str,
        *,
        notes: str | None = None,
        minutes: int | None = None,
        tutor: str = "",
        next_day: date | None = None,
    ) -> Ended:
        """Change what is given of a kept call; what is not given stays.

        An entry logged for its time keeps its own minutes, which is said.
        """
        before = self.get(id)
        after = replace(
            before,
            notes=before.notes if notes is None else clean(notes).strip("\n"),
            minutes=before.minutes if minutes is None else minutes,
            tutor=one_line(tutor) or before.tutor,
            next_day=next_day or before.next_day,
        )
        if after.attended:
            check_minutes(after.minutes)
            check_tutor(after.tutor)
        odd: tuple[str, ...] = ()
        if after.next_day != before.next_day:
            odd = check_next(after.next_day, after.day, self._progress.view.plan)
        if after.minutes != before.minutes and after.entry:
            odd += ("The entry for this call keeps its minutes. Change them in the Journal.",)
        if after != before:
            label = f"Changed the coaching call on {line_day(after.day)}"
            self._context.put(label, CALL, after.id, encode(after))
        return Ended(self.get(before.id), None, odd)

    def put(self, batch: Batch, call: Call) -> None:
        """Keep a call inside an open batch, numbered after it."""
        batch.put_record(CALL, call.id, encode(replace(call, batch=call.batch or batch.n)))

    def page(self, id: str = "", *, named: bool = False, private: bool = False) -> Page:
        """The summary of a call; ``private`` adds the private notes."""
        from ksbtui.journal.coaching.earlier import summary

        call = self.get(id)
        changed = self.changed_before(call)
        return summary(self._context, self._verifying, call, changed, named=named, private=private)

    def _keep(self, call: Call, log: bool) -> Entry | None:
        """Write the call, and its own time as an entry, as one change."""
        from ksbtui.journal.coaching.earlier import moment_of

        context = self._context
        batch_n = (moment_of(context, call.day).n or 0) if call.day < context.as_at else 0
        verb = "Held" if call.attended else "Missed"
        entry = None
        with context.writing(f"{verb} the coaching call on {line_day(call.day)}") as batch:
            if log:
                title = f"Coaching call with {call.tutor}"
                own = Entry(id="", day=call.day, minutes=call.minutes, title=title, type=COACHING)
                entry = self._entries.put_new(batch, own)
                call = replace(call, entry=entry.id)
            self.put(batch, replace(call, batch=batch_n))
        return entry

    def _ended(self, begun: Underway, minutes: int | None, now: str) -> Call:
        coaching = self._context.enrolled.programme.coaching
        planned = coaching.minutes if coaching else CALL_MINUTES
        return Call(
            id=begun.id,
            enrolment=begun.enrolment,
            day=begun.day,
            minutes=minutes if minutes is not None else begun.minutes_at(now) or planned,
            tutor=begun.tutor,
            private_notes=begun.private_notes,
            entry=begun.entry,
        )

    def _begun(self) -> Underway:
        call = self.underway
        if call is None:
            raise NotFound("No call is open.", "Start one with: ksbtui coach start")
        return call

    @property
    def _key(self) -> str:
        return UNDERWAY + self._context.enrolment_id


def usual_tutor(calls: Sequence[Call]) -> str:
    """Who held the newest call that names somebody."""
    return next((call.tutor for call in reversed(calls) if call.tutor), "")

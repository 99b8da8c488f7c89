"""Coaching calls: planned by the programme, held or missed, one of them perhaps under way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from ksbtui.core.codec import encode_fields
from ksbtui.core.days import ONE_DAY, add_months, full_day, long_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import MAX_MINUTES
from ksbtui.core.frozen import dataclass
from ksbtui.core.programme.plan import MilestoneDay, Plan
from ksbtui.errors import Conflict, Unreadable

HELD, MISSED, DUE, PLANNED = "held", "missed", "due", "planned"
"""States of a coaching session: ``due`` is one whose day has passed with nothing kept of it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the agenda, with the minutes it is given in a call of 45."""

    id: str
    title: str
    minutes: int


AGENDA = (
    Item("since", "Since last time", 5),
    Item("reflections", "Entries worth talking about", 10),
    Item("gaps", "Gaps", 10),
    Item("actions", "Actions", 10),
    Item("wellbeing", "Wellbeing", 5),
    Item("sum-up", "Sum up", 5),
)
"""What a call walks through, in order."""

APART_DAYS = 7
"""A day closer than this after a call is taken to be the day that call was planned for."""
CALL_MINUTES = sum(item.minutes for item in AGENDA)


@dataclass(frozen=True, slots=True)
class Call:
    """A coaching session that was held, or missed (``attended`` False).

    ``notes`` go into the summary, ``private_notes`` nowhere. ``ksbs`` are those picked to
    work on next. ``batch`` numbers the change of the journal that ended it: what changed
    since is what changed after that. ``entry`` is the id of the session's own time, logged.
    """

    id: str
    enrolment: str
    day: date
    minutes: int
    attended: bool = True
    tutor: str = ""
    notes: str = ""
    private_notes: str = ""
    ksbs: tuple[str, ...] = ()
    next_day: date | None = None
    batch: int = 0
    entry: str = ""

    @property
    def state(self) -> str:
        return HELD if self.attended else MISSED

    def as_json(self) -> dict[str, object]:
        """The call as ``coach --json`` prints it; private notes stay private."""
        shown = encode_fields(self, "enrolment", "private_notes", "batch")
        return {**shown, "state": self.state}


@dataclass(frozen=True, slots=True)
class Underway:
    """A call begun and not ended: kept as it goes on, so that a closed lid loses nothing.

    ``position`` is its place in :data:`AGENDA`, from 0; ``started_at`` a UTC instant.
    Actions agreed and entries verified in it are in the journal already, under ``id``;
    ``batches`` number the changes made in it, which are what undo may take back.
    ``entry`` is its own time as logged before it was opened again.
    """

    id: str
    enrolment: str
    day: date
    started_at: str
    position: int = 0
    tutor: str = ""
    notes: str = ""
    private_notes: str = ""
    ksbs: tuple[str, ...] = ()
    next_day: date | None = None
    batches: tuple[int, ...] = ()
    entry: str = ""

    @property
    def item(self) -> Item:
        return AGENDA[self.position]

    def minutes_at(self, now: str) -> int:
        """Whole minutes since it started, at least 1; what is over a day is no call (0)."""
        begun, ended = (datetime.fromisoformat(at) for at in (self.started_at, now))
        minutes = int((ended - begun).total_seconds() // 60)
        return max(1, minutes) if minutes < MAX_MINUTES // 2 else 0

    def as_json(self) -> dict[str, object]:
        shown = encode_fields(self, "enrolment", "private_notes", "position", "batches", "entry")
        return {**shown, "agenda": self.item.id}


def reopened(call: Call, now: str) -> Underway:
    """A kept call under way again, its clock going on from the minutes it had."""
    begun = datetime.fromisoformat(now) - timedelta(minutes=call.minutes)
    return Underway(
        id=call.id,
        enrolment=call.enrolment,
        day=call.day,
        started_at=begun.isoformat(),
        tutor=call.tutor,
        notes=call.notes,
        private_notes=call.private_notes,
        ksbs=call.ksbs,
        next_day=call.next_day,
        entry=call.entry,
    )


@dataclass(frozen=True, slots=True)
class Session:
    """A planned coaching session with the call that met it, or a call beside the plan.

    ``planned`` and ``id`` (``coaching-3``) are empty for a call that no session was planned for.
    """

    id: str
    name: str
    planned: date | None
    call: Call | None
    state: str

    @property
    def day(self) -> date:
        day = self.call.day if self.call else self.planned
        assert day is not None, "a session is planned or was held"
        return day

    def as_json(self) -> dict[str, object]:
        return {
            "session": self.id,
            **encode_fields(self, "id", "call"),
            "call": self.call.as_json() if self.call else None,
        }


def sessions(plan: Plan, calls: Iterable[Call], as_at: date) -> tuple[Session, ...]:
    """Every coaching session, planned or held, by day.

    A call meets the planned session nearest to its day (of two, the earlier); where several
    do, the first one held. The others stand by themselves.
    """
    planned = [milestone for milestone in plan.milestones if milestone.coaching]
    met: dict[str, Call] = {}
    extra = []
    for call in sorted(calls, key=lambda call: (not call.attended, call.day, call.id)):
        nearest = _nearest(planned, call.day)
        if nearest is None or nearest.id in met:
            extra.append(call)
        else:
            met[nearest.id] = call
    every = [Session("", "Coaching session", None, call, call.state) for call in extra]
    for session in planned:
        met_by = met.get(session.id)
        state = met_by.state if met_by else DUE if session.day < as_at else PLANNED
        every.append(Session(session.id, session.name, session.day, met_by, state))
    return tuple(sorted(every, key=lambda session: (session.day, session.id)))


def unmet(plan: Plan, days: Iterable[date]) -> tuple[MilestoneDay, ...]:
    """Planned coaching sessions that no call of ``days`` stands nearest to."""
    planned = [milestone for milestone in plan.milestones if milestone.coaching]
    met = [_nearest(planned, day) for day in days]
    return tuple(session for session in planned if session not in met)


def next_call(
    plan: Plan, met: Iterable[date], agreed: date | None, after: date, *, talking: bool
) -> date | None:
    """The day of the next call after a day; None where none is agreed or planned.

    ``met`` are the days of calls held, missed or under way. The day agreed in the last call
    comes first, then the next planned session. With a call held or under way on ``after``
    (``talking``), a day within :data:`APART_DAYS` was meant for that one and is passed over;
    the next session follows, else the same day a month on. A day in a break moves behind it.
    """
    first = after + timedelta(days=APART_DAYS if talking else 1)
    if agreed is not None and agreed >= first:
        return behind_break(plan, agreed)
    planned = min((s.day for s in unmet(plan, met) if s.day >= first), default=None)
    if planned is None and talking and (later := add_months(after, 1)) <= plan.last:
        planned = later
    return behind_break(plan, planned)


def behind_break(plan: Plan, day: date | None) -> date | None:
    """A day, or the first one after the breaks it lies in; None while their end is not known."""
    while day is not None and plan.in_break(day):
        if plan.open_break is not None and day >= plan.open_break:
            return None
        day = next(last for first, last in plan.breaks if first <= day <= last) + ONE_DAY
    return day


def _nearest(planned: Sequence[MilestoneDay], day: date) -> MilestoneDay | None:
    return min(planned, key=lambda s: (abs((s.day - day).days), s.day), default=None)


def check_day(day: date, plan: Plan, calls: Iterable[Call], as_at: date) -> tuple[str, ...]:
    """Refuse a day on which no call can have been held; say what is odd about another."""
    if day > as_at:
        raise Conflict(
            f"{long_day(day)} is in the future.",
            "To set it as the next call: ksbtui coach end --next DAY",
        )
    if day < plan.start:
        raise Conflict(
            f"{long_day(day)} is before the programme starts, on {long_day(plan.start)}.",
            "Enter a day on or after the start.",
        )
    if any(call.day == day for call in calls):
        raise Conflict(
            f"You have already recorded a call on {long_day(day)}.",
            "Reopen it with: ksbtui coach reopen (o on Coach), or enter another day."
            if day == as_at
            else "Enter another day. To see your calls: ksbtui coach list",
        )
    if plan.in_break(day):
        return (f"{long_day(day)} is in a break in learning, so the time does not count.",)
    return (f"The programme ended on {long_day(plan.last)}.",) if day > plan.last else ()


def check_next(next_day: date | None, day: date, plan: Plan) -> tuple[str, ...]:
    """Refuse a next date that cannot be kept; say what is odd about another."""
    if next_day is None:
        return ()
    if next_day <= day:
        raise Conflict(
            f"The next date, {long_day(next_day)}, is not after this call.",
            "Enter a day in the future, such as 4 weeks or 21/12.",
        )
    if plan.in_break(next_day):
        until = next((last for first, last in plan.breaks if first <= next_day <= last), None)
        known = plan.open_break is None or (until is not None and until < plan.open_break)
        raise Conflict(
            f"{long_day(next_day)} is in a break in learning.",
            f"Enter a day after {long_day(until)}."
            if until and known
            else "Leave the next date out until you know when the break ends.",
        )
    if next_day > plan.last:
        return (f"{long_day(next_day)} is after the programme's last day.",)
    return ()


def check_minutes(minutes: int) -> None:
    """Refuse a length no call has."""
    if not 1 <= minutes <= MAX_MINUTES:
        raise Unreadable(
            f"{minutes} minutes cannot be one call.", "Enter how long it was: --minutes 45m"
        )


def check_tutor(tutor: str) -> None:
    """Refuse a call held with nobody."""
    if not tutor:
        raise Unreadable("It is not clear who ran the call.", "Add the name: --tutor NAME")


def call_line(call: Call) -> str:
    """A call in a line: ``26 Aug 2026, 45 m with Ruth Adeyemi``."""
    if not call.attended:
        return f"{full_day(call.day)}, missed"
    return f"{full_day(call.day)}, {say_minutes(call.minutes)} with {call.tutor}"

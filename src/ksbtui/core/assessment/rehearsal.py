"""Rehearsing to a day: what to practise, how many minutes a day, and what is held by then.

The scheduler (`ksbtui.journal.assessment.rehearsal`) says how well each KSB is remembered and
when it is due; this says what that means for the days that are left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from statistics import median

from ksbtui.core.assessment.answers import Answer
from ksbtui.core.days import ONE_DAY

Span = tuple[date, date]

LAST_DAYS = 21
LAST_MINUTES = 20
"""In the last three weeks no day asks for more minutes than this."""
ANSWER_MINUTES = 5
"""What an answer takes where nothing was timed."""
HELD = 0.9
"""Chance of remembering from which a KSB counts as held: what the scheduler aims at."""


@dataclass(frozen=True, slots=True)
class Memory:
    """How well one KSB is remembered, as the scheduler says it.

    `now` and `then` are its chance, from 0 to 1, of being remembered today and on the day
    rehearsed for, if nothing more is practised; `due` is the day it wants practice, None where
    it was never practised. `further` is how many answers keep it until that day.
    """

    code: str
    now: float
    then: float
    due: date | None
    further: int


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes of practice a day up to the last three weeks, and in them.

    `left_over` are the minutes that find no room under the cap of the last weeks.
    """

    early: int
    last: int
    early_days: int
    last_days: int
    left_over: int = 0


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Where practice stands on one day, towards another."""

    as_at: date
    by: date
    memories: tuple[Memory, ...]
    answer_minutes: int
    minutes: Minutes
    with_mocks: bool

    @property
    def total(self) -> int:
        return len(self.memories)

    @property
    def held_then(self) -> int:
        """How many are remembered on the day, as the sum of their chances, half up."""
        return floor(sum(memory.then for memory in self.memories) + 0.5)

    @property
    def held_now(self) -> int:
        """How many are remembered today, counted the same way."""
        return floor(sum(memory.now for memory in self.memories) + 0.5)

    @property
    def due(self) -> tuple[Memory, ...]:
        """What wants practice today, the least remembered first."""
        due = [m for m in self.memories if m.due is not None and m.due <= self.as_at]
        return tuple(sorted(due, key=lambda memory: memory.now))

    @property
    def new(self) -> tuple[Memory, ...]:
        return tuple(memory for memory in self.memories if memory.due is None)

    @property
    def answers_left(self) -> int:
        """How many answers keep everything until the day."""
        return sum(memory.further for memory in self.memories)


def answer_minutes(answers: Iterable[Answer]) -> int:
    """What one answer takes: the median of those that were timed, whole minutes, at least 1."""
    timed = [answer.seconds for answer in answers if answer.seconds > 0]
    return max(1, ceil(median(timed) / 60)) if timed else ANSWER_MINUTES


def free_days(as_at: date, by: date, away: Sequence[Span]) -> tuple[int, int]:
    """Days to practise on from today up to the day before, outside leave and breaks.

    The first figure is up to the last three weeks, the second is within them.
    """
    left = range((by - as_at).days, 0, -1)
    days = [n for n in left if not any(a <= by - n * ONE_DAY <= b for a, b in away)]
    last = sum(n <= LAST_DAYS for n in days)
    return len(days) - last, last


def spread(total: int, early_days: int, last_days: int) -> Minutes:
    """Share minutes evenly over the days, with the last three weeks held to their cap."""
    days = early_days + last_days
    if not days:
        return Minutes(0, 0, 0, 0, total)
    even = ceil(total / days)
    if even <= LAST_MINUTES or not last_days:
        return Minutes(even if early_days else 0, even if last_days else 0, early_days, last_days)
    left = max(0, total - LAST_MINUTES * last_days)
    if early_days:
        return Minutes(ceil(left / early_days), LAST_MINUTES, early_days, last_days)
    return Minutes(0, LAST_MINUTES, 0, last_days, left)


def counted(answers: Iterable[Answer], with_mocks: bool) -> list[Answer]:
    """The answers that train memory, oldest first; those of mocks only where wanted."""
    wanted = [answer for answer in answers if with_mocks or not answer.mock]
    return sorted(wanted, key=lambda answer: (answer.day, answer.at))


def instants(answers: Sequence[Answer]) -> list[str]:
    """When each was given, never before the one in front: a clock set back is passed over."""
    ordered: list[str] = []
    for answer in answers:
        day, at = answer.day.isoformat(), answer.at
        if at[:10] != day:
            at = f"{day}T12:00:00Z"
        ordered.append(max(at, *ordered[-1:]) if ordered else at)
    return ordered


def rehearsal(
    as_at: date,
    by: date,
    memories: Iterable[Memory],
    *,
    answers: Sequence[Answer] = (),
    away: Sequence[Span] = (),
    with_mocks: bool = True,
) -> Rehearsal:
    """Put a rehearsal together from what the scheduler says of each KSB."""
    every, each = tuple(memories), answer_minutes(answers)
    total = each * sum(memory.further for memory in every)
    minutes = spread(total, *free_days(as_at, by, away))
    return Rehearsal(as_at, by, every, each, minutes, with_mocks)

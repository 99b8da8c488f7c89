"""Rehearsing to the gateway or the discussion, scheduled by the ``fsrs`` library."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from ksbtui.core.assessment.answers import Answer
from ksbtui.core.assessment.rehearsal import (
    HELD,
    Memory,
    Rehearsal,
    Span,
    counted,
    instants,
    rehearsal,
)
from ksbtui.core.days import full_day
from ksbtui.errors import Unreadable
from ksbtui.journal.assessment.discussion import Discussing
from ksbtui.journal.context import Context
from ksbtui.journal.progress.progress import Progress

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

DISCUSSION = ("professional-discussion", "final-assessment", "skills-test")
"""Milestones to rehearse for, the first that a programme has; else its gateway day."""
MOST_FURTHER = 12
"""Answers to one KSB that a plan looks ahead."""


class Rehearsing:
    """Practice of the present enrolment as a scheduler sees it."""

    def __init__(self, context: Context, progress: Progress, discussing: Discussing) -> None:
        self._context = context
        self._progress = progress
        self._discussing = discussing

    @property
    def horizon(self) -> date:
        """The day to rehearse for: the discussion where a programme names it, else the gateway."""
        plan = self._progress.view.plan
        days = {milestone.id: milestone.day for milestone in plan.milestones}
        named = [days[id] for id in DISCUSSION if id in days]
        return named[0] if named else plan.plan_end

    def plan(
        self,
        by: date | None = None,
        leave: Sequence[Span] = (),
        *,
        with_mocks: bool = True,
    ) -> Rehearsal:
        """What is due, what will be held on the day, and the minutes a day to get there.

        Refuses a day that is not still to come.
        """
        as_at, day = self._context.as_at, by or self.horizon
        if day <= as_at:
            raise Unreadable(
                f"{full_day(day)} is not in the future.", "Enter the day with: --by DAY"
            )
        answers = counted(self._discussing.answers(), with_mocks)
        by_code: dict[str, list[Answer]] = {}
        for answer in answers:
            by_code.setdefault(answer.code, []).append(answer)
        scheduler = _scheduler((day - as_at).days)
        memories = [
            _memory(scheduler, code, by_code.get(code, []), as_at, day) for code in self._codes()
        ]
        away = (*self._progress.view.plan.breaks, *leave)
        return rehearsal(as_at, day, memories, answers=answers, away=away, with_mocks=with_mocks)

    def _codes(self) -> list[str]:
        """Knowledge and skills: behaviours are verified at work. All where there is neither."""
        course = self._context.enrolled
        codes = [ksb.code for ksb in course.standard.ksbs_of(course.enrolment.option)]
        return [code for code in codes if code[0] != "B"] or codes


def _scheduler(days: int) -> Scheduler:
    """The library's scheduler, by whole days and without chance, up to the day rehearsed for."""
    from fsrs import Scheduler  # deferred: 25 ms, for those who rehearse

    return Scheduler(
        desired_retention=HELD,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=max(1, days),
        enable_fuzzing=False,
    )


def _memory(
    scheduler: Scheduler, code: str, answers: Sequence[Answer], as_at: date, by: date
) -> Memory:
    from fsrs import Card

    card = Card(card_id=1)
    for answer, at in zip(answers, instants(answers), strict=True):
        card = _reviewed(scheduler, card, answer.score, datetime.fromisoformat(at))
    practised = bool(answers)
    return Memory(
        code,
        now=scheduler.get_card_retrievability(card, _end_of(as_at)) if practised else 0.0,
        then=scheduler.get_card_retrievability(card, _end_of(by)) if practised else 0.0,
        due=card.due.date() if practised else None,
        further=_further(scheduler, card, practised, as_at, by),
    )


def _further(scheduler: Scheduler, card: Card, practised: bool, as_at: date, by: date) -> int:
    """How many sound answers, each on the day it is due, keep a KSB until the day."""
    day = max(card.due.date(), as_at) if practised else as_at
    answers = 0
    while day < by and answers < MOST_FURTHER:
        card = _reviewed(scheduler, card, 3, datetime.combine(day, time(12), UTC))
        answers += 1
        day = max(card.due.date(), day + timedelta(days=1))
    return answers


def _reviewed(scheduler: Any, card: Any, score: int, at: datetime) -> Any:
    """A card after one answer: scores 1 to 4 are the library's Again, Hard, Good and Easy."""
    from fsrs import Rating

    after, _ = scheduler.review_card(card, Rating(score), at.astimezone(UTC))
    return after


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), UTC)

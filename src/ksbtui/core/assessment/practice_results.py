"""How a practice or mock went: by kind and level, time against the aim, the weakest, what next.

A count of one's own scores, never a predicted grade.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ksbtui.core.assessment.discussion import LEVELS, Question
from ksbtui.core.assessment.practice_session import PracticeSession
from ksbtui.core.programme.standards import KSB_TYPES

LOST, SOUND = 1, 3
"""The score of an answer that was lost, and the one from which it is sound."""
WEAKEST = 5
"""KSBs named as the weakest."""
LOG, AGAIN, SHORTER, UNANSWERED, MOCK, STORIES = (
    "log",
    "again",
    "shorter",
    "unanswered",
    "mock",
    "stories",
)
"""Kinds of next step."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One question that was answered: its score, and the seconds it took."""

    question: Question
    score: int
    seconds: int = 0

    @property
    def sound(self) -> bool:
        """Whether it was sound or better."""
        return self.score >= SOUND


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some answers were sound."""

    name: str
    sound: int
    answered: int


@dataclass(frozen=True, slots=True)
class Results:
    """What came of a practice.

    ``aim`` is the seconds an answer should take, ``left`` how many were not answered.
    """

    mock: bool
    answers: tuple[Scored, ...]
    left: int
    seconds: int
    aim: int

    @property
    def sound(self) -> int:
        """How many answers were sound or better."""
        return sum(one.sound for one in self.answers)

    @property
    def average(self) -> int:
        """Seconds an answer took, half up; 0 where nothing was answered."""
        count = len(self.answers)
        return (2 * self.seconds + count) // (2 * count) if count else 0

    @property
    def over(self) -> tuple[Scored, ...]:
        """Answers that took longer than the aim, the longest first."""
        found = (one for one in self.answers if one.seconds > self.aim)
        return tuple(sorted(found, key=lambda one: -one.seconds))

    @property
    def by_kind(self) -> tuple[Share, ...]:
        """Knowledge, skills and behaviours, those that came up."""
        return _shares(KSB_TYPES, ((one.question.code[0], one) for one in self.answers))

    @property
    def by_level(self) -> tuple[Share, ...]:
        """Describe, justify and evaluate, those that came up."""
        return _shares(LEVELS, ((one.question.level, one) for one in self.answers))

    @property
    def weakest(self) -> tuple[Scored, ...]:
        """The answers that went worst, each KSB once, the lowest score first."""
        worst: dict[str, Scored] = {}
        for one in sorted(self.answers, key=lambda one: one.score):
            if not one.sound:
                worst.setdefault(one.question.code, one)
        return tuple(worst.values())[:WEAKEST]

    def next_step(self, entries: Mapping[str, int]) -> tuple[str, str]:
        """One thing to do now: its kind, and the KSB it is about if it is about one.

        ``entries`` are how many the learner has for each code: what was lost without one is
        logged first.
        """
        bare = (one.question.code for one in self.weakest if not entries.get(one.question.code))
        if code := next(bare, ""):
            return LOG, code
        if self.weakest:
            return AGAIN, self.weakest[0].question.code
        if self.over:
            return SHORTER, self.over[0].question.code
        if self.left:
            return UNANSWERED, ""
        return (STORIES, "") if self.mock else (MOCK, "")

    def as_json(self) -> dict[str, Any]:
        """The results as ``discuss mock --json`` prints them."""
        return {
            "answered": len(self.answers),
            "sound": self.sound,
            "left": self.left,
            "seconds": self.seconds,
            "aim_seconds": self.aim,
            "by_kind": {one.name: [one.sound, one.answered] for one in self.by_kind},
            "by_level": {one.name: [one.sound, one.answered] for one in self.by_level},
            "weakest": [one.question.code for one in self.weakest],
        }


def results(session: PracticeSession, now: str) -> Results:
    """What came of a practice up to now."""
    known = session.seconds or (0,) * len(session.scores)
    answers = tuple(
        Scored(question, score, seconds)
        for question, score, seconds in zip(session.questions, session.scores, known, strict=False)
    )
    count = len(session.questions)
    spent = sum(session.seconds) if session.seconds else session.watch.seconds(now)
    aim = session.limit // count if count else 0
    return Results(session.mock, answers, count - len(answers), spent, aim)


def _shares(names: Iterable[str], found: Iterable[tuple[str, Scored]]) -> tuple[Share, ...]:
    groups: dict[str, list[Scored]] = {}
    for name, one in found:
        groups.setdefault(name, []).append(one)
    return tuple(
        Share(name, sum(one.sound for one in groups[name]), len(groups[name]))
        for name in names
        if name in groups
    )

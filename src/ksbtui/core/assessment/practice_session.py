"""A practice or mock discussion: its progress, its clock, and how it went.

The clock is a pure function of instants passed in, so that a session can be put down in
one terminal and taken up in another. Time away does not run: a stretch without a sign of
life counts for at most :data:`LONGEST_STRETCH`. Results count one's own scores and never
predict a grade.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from ksbtui.core.assessment.discussion import LEVELS, MOCK_MINUTES, Question
from ksbtui.core.codec import later
from ksbtui.core.programme.standards import KSB_TYPES

LONGEST_STRETCH = 15 * 60
"""Seconds one unbroken stretch can add: longer, and a lid was shut or a clock was set."""
DAY_SECONDS = 24 * 60 * 60
STAR = (("situation", "situation"), ("task", "task"), ("action", "action"), ("result", "result"))
"""The parts of a story, (id, label), ticked while it is told."""
SPEAKING_SECONDS = 3 * 60
"""How long an answer is best told, follow-ups aside."""
QUESTION_SECONDS = 5 * 60
"""About how long one answer takes outside a mock."""


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """Seconds already spent, and the instant (UTC, ISO) it has been running since; or paused."""

    spent: int = 0
    since: str = ""

    @property
    def running(self) -> bool:
        return self.since != ""

    def seconds(self, now: str, most: int = LONGEST_STRETCH) -> int:
        """Seconds spent up to ``now``, the running stretch held to ``most``.

        A clock set back adds nothing. With a fixed date in today's place instants wrap at
        midnight: a step back of almost a day is read as the short stretch it was.
        """
        if not self.since:
            return self.spent
        stretch = (datetime.fromisoformat(now) - datetime.fromisoformat(self.since)).total_seconds()
        if stretch < 0:
            wrapped = stretch + DAY_SECONDS
            stretch = wrapped if 0 <= wrapped <= most else 0
        return self.spent + int(min(stretch, most))

    def paused(self, now: str, most: int = LONGEST_STRETCH) -> Stopwatch:
        return Stopwatch(self.seconds(now, most))

    def started(self, now: str, most: int = LONGEST_STRETCH) -> Stopwatch:
        """The watch running from ``now``; one that runs has its stretch put by first."""
        return Stopwatch(self.seconds(now, most), now)


@dataclass(frozen=True, slots=True)
class PracticeSession:
    """Questions being answered one after the other, with what is not yet scored.

    ``watch`` is the whole session's clock; ``asked_at`` what it showed, in seconds, when
    the present question came up.
    """

    id: str
    enrolment: str
    questions: tuple[Question, ...]
    mock: bool = False
    watch: Stopwatch = field(default_factory=Stopwatch)
    asked_at: int = 0
    scores: tuple[int, ...] = ()
    """Scores given so far: as many as questions answered."""
    checked: tuple[str, ...] = ()
    notes: str = ""
    seconds: tuple[int, ...] = ()
    """Seconds each answer took; none in one begun before they were kept."""
    mock_minutes: int = later(MOCK_MINUTES)
    """Minutes of a mock: those of the programme's discussion."""

    @property
    def place(self) -> int:
        """Which question is up, from 0."""
        return len(self.scores)

    @property
    def question(self) -> Question | None:
        return self.questions[self.place] if self.place < len(self.questions) else None

    @property
    def limit(self) -> int:
        """Seconds it should take: the discussion's for a mock, else five minutes a question."""
        return 60 * self.mock_minutes if self.mock else QUESTION_SECONDS * len(self.questions)

    def question_seconds(self, now: str) -> int:
        """Seconds spent on the present question."""
        return max(0, self.watch.seconds(now) - self.asked_at)

    def over(self, now: str) -> int:
        """Seconds beyond the limit; 0 within it. It is said, and stops nothing."""
        return max(0, self.watch.seconds(now) - self.limit)

    def noted(self, checked: tuple[str, ...], notes: str) -> PracticeSession:
        return replace(self, checked=checked, notes=notes)

    def scored(self, score: int, now: str) -> PracticeSession:
        return replace(
            self,
            scores=(*self.scores, score),
            seconds=(*self.seconds, self.question_seconds(now)),
            asked_at=self.watch.seconds(now),
            checked=(),
            notes="",
        )

    def skipped(self, now: str) -> PracticeSession:
        """The session with the present question put last; the only one left stays."""
        here, after = self.questions[self.place :][:1], self.questions[self.place + 1 :]
        if not after:
            return self
        return replace(
            self,
            questions=(*self.questions[: self.place], *after, *here),
            asked_at=self.watch.seconds(now),
            checked=(),
            notes="",
        )

    def timed(self, watch: Stopwatch) -> PracticeSession:
        return replace(self, watch=watch)

    def body(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "enrolment": self.enrolment,
            "questions": [[q.code, q.level, q.text, q.follow_up] for q in self.questions],
            "mock": self.mock,
            "spent": self.watch.spent,
            "since": self.watch.since,
            "asked_at": self.asked_at,
            "scores": list(self.scores),
            "checked": list(self.checked),
            "notes": self.notes,
            "seconds": list(self.seconds),
        }


def session_from(body: Mapping[str, Any]) -> PracticeSession:
    """Read a session back from what was kept; a question kept by 0.1.0 has no follow-up."""
    return PracticeSession(
        id=body["id"],
        enrolment=body["enrolment"],
        questions=tuple(Question(*parts) for parts in body["questions"]),
        mock=body["mock"],
        watch=Stopwatch(body["spent"], body["since"]),
        asked_at=body["asked_at"],
        scores=tuple(body["scores"]),
        checked=tuple(body["checked"]),
        notes=body["notes"],
        seconds=tuple(body.get("seconds", ())),
    )


def clock(seconds: int) -> str:
    """Seconds as a clock shows them: ``3:42``, ``61:05``."""
    return f"{seconds // 60}:{seconds % 60:02}"


LOST, SOUND = 1, 3
"""The score of an answer that was lost, and the one from which it is sound."""
WEAKEST = 5
"""KSBs named as the weakest."""
LOG, AGAIN, SHORTER = "log", "again", "shorter"
UNANSWERED, MOCK, STORIES = "unanswered", "mock", "stories"
"""Kinds of next step."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One question that was answered: its score, and the seconds it took."""

    question: Question
    score: int
    seconds: int = 0

    @property
    def sound(self) -> bool:
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
        return sum(answer.sound for answer in self.answers)

    @property
    def average(self) -> int:
        """Seconds an answer took, half up; 0 where nothing was answered."""
        count = len(self.answers)
        return (2 * self.seconds + count) // (2 * count) if count else 0

    @property
    def over(self) -> tuple[Scored, ...]:
        """Answers that took longer than the aim, the longest first."""
        over = [answer for answer in self.answers if answer.seconds > self.aim]
        return tuple(sorted(over, key=lambda answer: -answer.seconds))

    @property
    def by_kind(self) -> tuple[Share, ...]:
        return _shares(KSB_TYPES, ((a.question.code[0], a) for a in self.answers))

    @property
    def by_level(self) -> tuple[Share, ...]:
        return _shares(LEVELS, ((a.question.level, a) for a in self.answers))

    @property
    def weakest(self) -> tuple[Scored, ...]:
        """The answers that went worst, each KSB once, the lowest score first."""
        worst: dict[str, Scored] = {}
        for answer in sorted(self.answers, key=lambda answer: answer.score):
            if not answer.sound:
                worst.setdefault(answer.question.code, answer)
        return tuple(worst.values())[:WEAKEST]

    def next_step(self, entries: Mapping[str, int]) -> tuple[str, str]:
        """One thing to do now: its kind, and the KSB it is about if it is about one.

        ``entries`` are how many the learner has for each code: what was lost without one is
        logged first.
        """
        weakest = [answer.question.code for answer in self.weakest]
        if code := next((code for code in weakest if not entries.get(code)), ""):
            return LOG, code
        if weakest:
            return AGAIN, weakest[0]
        if self.over:
            return SHORTER, self.over[0].question.code
        if self.left:
            return UNANSWERED, ""
        return (STORIES, "") if self.mock else (MOCK, "")

    def as_json(self) -> dict[str, Any]:
        return {
            "answered": len(self.answers),
            "sound": self.sound,
            "left": self.left,
            "seconds": self.seconds,
            "aim_seconds": self.aim,
            "by_kind": {share.name: [share.sound, share.answered] for share in self.by_kind},
            "by_level": {share.name: [share.sound, share.answered] for share in self.by_level},
            "weakest": [answer.question.code for answer in self.weakest],
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


def _shares(names: Iterable[str], answers: Iterable[tuple[str, Scored]]) -> tuple[Share, ...]:
    groups: dict[str, list[bool]] = {}
    for name, answer in answers:
        groups.setdefault(name, []).append(answer.sound)
    return tuple(Share(n, sum(groups[n]), len(groups[n])) for n in names if n in groups)

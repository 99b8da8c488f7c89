"""Practising for the discussion: questions, own evidence, sessions, scored answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ksbtui.core.assessment.answers import SELF, Answer, answer_from
from ksbtui.core.assessment.discussion import (
    LEVELS,
    MOCK_DEFAULT,
    MOCK_MINUTES,
    MOCK_QUESTIONS,
    SCORES,
    Checklist,
    Question,
    deck,
    mock,
)
from ksbtui.core.assessment.practice_session import (
    LONGEST_STRETCH,
    STAR,
    PracticeSession,
    Results,
    Stopwatch,
    results,
    session_from,
)
from ksbtui.core.coverage.evidence_index import EvidenceIndex, evidence_index, index_page
from ksbtui.core.entry.entries import Entry
from ksbtui.core.exchange.pages import Page
from ksbtui.core.text.text import clean, one_line, quoted
from ksbtui.errors import Conflict, NotFound, Unreadable
from ksbtui.journal.context import Context, new_id
from ksbtui.journal.entry.drafts import Drafts
from ksbtui.journal.entry.entries import without_private
from ksbtui.journal.progress.progress import ANSWER, Progress
from ksbtui.store.database import reports
from ksbtui.store.seed import assessment

SHOWN = 5
"""Entries shown beside a question."""
PRACTICE_QUESTIONS = 12
"""Questions of one practice, the next ones of the deck."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says about their answer; ``checked`` are ids of the checklist."""

    score: int
    notes: str = ""
    checked: tuple[str, ...] = ()
    by: str = SELF
    seconds: int = 0


class Discussing:
    """Practice of one journal's present enrolment."""

    def __init__(self, context: Context, progress: Progress, drafts: Drafts) -> None:
        self._context = context
        self._progress = progress
        self._drafts = drafts
        self._questions: tuple[str, tuple[Question, ...]] = ("", ())
        self._checklist: Checklist | None = None

    @property
    def checklist(self) -> Checklist:
        if self._checklist is None:
            self._checklist = assessment.checklist()
        return self._checklist

    @property
    def mock_minutes(self) -> int:
        """Minutes of a mock: those the programme gives its professional discussion."""
        method = self._context.enrolled.programme.method("professional-discussion")
        return (method and method.minutes) or MOCK_MINUTES

    @property
    def questions(self) -> tuple[Question, ...]:
        course = self._context.enrolled
        key = f"{course.standard.id}/{course.enrolment.option}"
        if self._questions[0] != key:
            read = assessment.questions(course.standard, course.enrolment.option)
            self._questions = (key, read)
        return self._questions[1]

    def answers(self) -> tuple[Answer, ...]:
        enrolment, bodies = self._context.enrolment_id, self._context.store.records(ANSWER)
        answers = (answer_from(id, b) for id, b in bodies.items() if b["enrolment"] == enrolment)
        return tuple(sorted(answers, key=lambda answer: (answer.day, answer.at)))

    def deck(
        self, codes: str | Iterable[str] = (), level: str = "", seed: str | None = None
    ) -> tuple[Question, ...]:
        """The questions in the order they come up, of some codes or one level if asked.

        The shuffle of equals is the same all day, and another the next, unless seeded.
        """
        wanted = frozenset(self._context.codes(codes))
        if level and level not in LEVELS:
            raise NotFound(f"{quoted(level)} is not a level.", f"Use one of: {', '.join(LEVELS)}.")
        shown = {ksb.code for ksb in self._progress.view.coverage.ksbs if ksb.entries}
        questions = [
            question
            for question in self.questions
            if (not wanted or question.code in wanted) and level in ("", question.level)
        ]
        return deck(questions, self.answers(), seed=self._seed(seed), shown=shown)

    def evidence_for(self, code: str, limit: int = SHOWN, *, private: bool = False) -> list[Entry]:
        """The learner's own entries for a code, those with evidence first.

        Private entries, and private evidence on others, only if asked for by name.
        """
        id = self._context.enrolment_id
        with self._context.store.guarded() as connection:
            entries = reports.entries_for(connection, id, code, limit, private=private)
        return entries if private else [without_private(entry) for entry in entries]

    def answer(self, question: Question, given: Given, mock: str = "") -> Answer:
        """Keep a scored answer; its KSB counts as rehearsed from then on."""
        if given.score not in SCORES:
            raise Unreadable(
                f"{given.score} is not a score.", "Score from 1 (lost) to 4 (assured)."
            )
        known = [*(item.id for item in self.checklist.items), *(id for id, _ in STAR)]
        unknown = [id for id in given.checked if id not in known]
        if unknown:
            raise NotFound(
                f"{quoted(unknown[0])} is not on the checklist.",
                f"The checklist has: {', '.join(known)}.",
            )
        answer = Answer(
            id=new_id(),
            enrolment=self._context.enrolment_id,
            code=question.code,
            level=question.level,
            question=question.text,
            score=given.score,
            day=self._context.as_at,
            at=self._context.clock.now(),
            by=one_line(given.by) or SELF,
            checked=tuple(id for id in known if id in given.checked),
            notes=clean(given.notes).strip(),
            seconds=max(0, given.seconds),
            mock=mock,
        )
        label = f"Practised {answer.code}, scored {answer.score}"
        self._context.put(label, ANSWER, answer.id, answer.body())
        return answer

    @property
    def session(self) -> PracticeSession | None:
        if not self._context.exists:
            return None
        body = self._drafts.get(self._key)
        return session_from(body) if body else None

    def start(
        self,
        *,
        mock_of: int | None = None,
        codes: str | Iterable[str] = (),
        seed: str | None = None,
        running: bool = True,
    ) -> PracticeSession:
        """Begin a practice of the next questions, or a mock of so many.

        Refuses while another is in progress, so that it is not lost unseen.
        """
        if self.session is not None:
            raise Conflict(
                "Another practice is still open.",
                "Continue it, or end it: ksbtui discuss mock stop",
            )
        questions = self.deck(codes, seed=seed)
        if mock_of is not None:
            if mock_of not in MOCK_QUESTIONS:
                first, last = MOCK_QUESTIONS[0], MOCK_QUESTIONS[-1]
                raise Unreadable(
                    f"A mock discussion cannot have {mock_of} questions.",
                    f"Choose {first} to {last} questions.",
                )
            standard = self._context.enrolled.standard
            questions = mock(questions, standard, mock_of, self._seed(seed))
        questions = questions[:PRACTICE_QUESTIONS]
        if not questions:
            raise NotFound("There are no questions to ask.", "The standard has no KSBs.")
        watch = Stopwatch().started(self._context.clock.now()) if running else Stopwatch()
        id, is_mock, minutes = self._context.enrolment_id, mock_of is not None, self.mock_minutes
        session = PracticeSession(new_id(), id, questions, is_mock, watch, mock_minutes=minutes)
        return self.keep(session)

    def keep(self, session: PracticeSession) -> PracticeSession:
        self._drafts.save(self._key, session.body())
        return session

    def beat(self, session: PracticeSession, most: int = LONGEST_STRETCH) -> PracticeSession:
        """Put the running stretch by and keep the session; held to ``most`` seconds."""
        if not session.watch.running:
            return session
        return self.keep(session.timed(session.watch.started(self._context.clock.now(), most)))

    def pause(self, session: PracticeSession, most: int = LONGEST_STRETCH) -> PracticeSession:
        return self.keep(session.timed(session.watch.paused(self._context.clock.now(), most)))

    def resume(self, session: PracticeSession, most: int = LONGEST_STRETCH) -> PracticeSession:
        """Set the clock going again; a stretch nobody stopped counts for at most ``most``."""
        return self.keep(session.timed(session.watch.started(self._context.clock.now(), most)))

    def skip(self, session: PracticeSession) -> PracticeSession:
        """Put the present question last."""
        return self.keep(session.skipped(self._context.clock.now()))

    def score(self, session: PracticeSession, score: int, by: str = SELF) -> PracticeSession:
        """Score the present question and go on; one without a question left is over.

        What was ticked, written and the time spent are kept with the answer.
        """
        question = session.question
        assert question is not None, "a kept session has a question left"
        now = self._context.clock.now()
        spent = session.question_seconds(now)
        given = Given(score, session.notes, session.checked, by, spent)
        self.answer(question, given, session.id if session.mock else "")
        after = session.scored(score, now)
        if after.question is None:
            self.stop()
            return after
        return self.keep(after)

    def results(self, session: PracticeSession) -> Results:
        return results(session, self._context.clock.now())

    def stop(self) -> None:
        self._drafts.drop(self._key)

    def evidence_index(self, *, private: bool = False) -> EvidenceIndex:
        view = self._progress.view
        id = view.course.enrolment.id
        with self._context.store.guarded() as connection:
            artefacts = reports.artefacts(connection, id, private=private)
            hidden = 0 if private else reports.withheld(connection, id)
        return evidence_index(view.coverage, artefacts, hidden)

    def evidence_page(self, *, private: bool = False) -> Page:
        index = self.evidence_index(private=private)
        return index_page(self._context.enrolled, index, self._context.as_at)

    @property
    def _key(self) -> str:
        return f"discussion:{self._context.enrolment_id}"

    def _seed(self, seed: str | None) -> str:
        return self._context.as_at.isoformat() if seed is None else seed


def mock_count(text: str | None) -> int:
    """How many questions a mock has, from what a person types."""
    if text is None:
        return MOCK_DEFAULT
    if not text.strip().isdecimal():
        raise Unreadable(
            f"{quoted(text)} is not a number of questions.", "Choose 8 to 12 questions."
        )
    return int(text)

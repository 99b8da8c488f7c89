"""Practice for the professional discussion: which question comes next, and a mock of it.

A score is the learner's own or a tutor's word for one answer. It orders the practice and
forecasts nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from ksbtui.core.assessment.answers import Answer
from ksbtui.core.codec import ForbidExtra
from ksbtui.core.programme.standards import KSB_TYPES, Ksb, Standard, code_key

LEVELS = ("describe", "justify", "evaluate")
"""What a question asks for, in rising order."""
SCORES = (1, 2, 3, 4)

MOCK_MINUTES = 60
OVERRUN_SHARE = 0.10
"""A discussion lasts an hour, and a tenth more to finish an answer."""
MOCK_QUESTIONS = range(8, 13)
MOCK_DEFAULT = 10


@dataclass(frozen=True, slots=True)
class Question:
    """One question about one KSB; ``(code, level)`` names it within a standard.

    ``follow_up`` is what an assessor may ask next; it is shown when asked for, and is empty
    where a set has none.
    """

    code: str
    level: str
    text: str
    follow_up: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.code, self.level


@dataclass(frozen=True, slots=True)
class CheckItem(ForbidExtra):
    """One thing a good answer says: a few words for the card, and a sentence of help."""

    id: str
    label: str
    help: str


@dataclass(frozen=True, slots=True)
class ScoreText(ForbidExtra):
    """What a score from 1 to 4 means."""

    value: int
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """What the practice card asks after an answer, and the words of its scores."""

    items: tuple[CheckItem, ...]
    scores: tuple[ScoreText, ...]

    def label(self, score: int) -> str:
        return next((words.label for words in self.scores if words.value == score), str(score))


def from_stems(
    ksbs: Iterable[Ksb], stems: Mapping[str, Mapping[str, Sequence[Sequence[str]]]]
) -> tuple[Question, ...]:
    """Questions for KSBs that no set covers: stems of their type, taken in turn.

    A stem is a question and its follow-up; ``{short}`` in it becomes the KSB's name. A type
    without stems gives no questions.
    """
    questions = []
    for index, ksb in enumerate(sorted(ksbs, key=lambda ksb: code_key(ksb.code))):
        for level in LEVELS:
            variants = stems.get(ksb.type, {}).get(level, ())
            if variants:
                text, follow_up = variants[index % len(variants)]
                asked = text.replace("{short}", ksb.name)
                questions.append(Question(ksb.code, level, asked, follow_up))
    return tuple(questions)


def latest(answers: Iterable[Answer]) -> dict[tuple[str, str], Answer]:
    """The last answer to each question, by :attr:`Question.key`."""
    newest_last = sorted(answers, key=lambda answer: (answer.day, answer.at))
    return {answer.key: answer for answer in newest_last}


def deck(
    questions: Iterable[Question],
    answers: Iterable[Answer],
    *,
    seed: str = "",
    shown: Collection[str] = (),
) -> tuple[Question, ...]:
    """The questions in the order they come up.

    Those lost when last answered (score 1) come first, then those never answered, then the
    others by the score of the last answer, lowest first, and the one answered longest ago.
    Among those never answered, KSBs with entries (``shown``) come before those without, KSBs
    least practised before others, and lower levels before higher. ``seed`` shuffles what is
    still equal, the same way every time.
    """
    last = latest(answers)
    practised = Counter(code for code, _ in last)

    def place(question: Question) -> tuple[object, ...]:
        answer = last.get(question.key)
        chance = drawn(seed, *question.key)
        if answer is None:
            unshown = question.code not in shown
            rank = LEVELS.index(question.level)
            return (1, 0, "", "", unshown, practised[question.code], rank, chance)
        first = 0 if answer.score == SCORES[0] else 2
        return (first, answer.score, answer.day.isoformat(), answer.at, False, 0, 0, chance)

    return tuple(sorted(questions, key=place))


def drawn(seed: str, *parts: str) -> str:
    """A place in a shuffle that depends on the seed alone."""
    return sha256("\x1f".join((seed, *parts)).encode()).hexdigest()


def mock(
    ordered: Sequence[Question], standard: Standard, count: int, seed: str = ""
) -> tuple[Question, ...]:
    """Questions of a mock discussion, from a :func:`deck` whose order decides between equals.

    K, S and B take part by their number, each at least once where there is room, evenly
    through the hour; each question leads from another duty (or learning outcome) in turn;
    levels rise from describe to evaluate. A KSB comes twice only when there are too few.
    """
    count = min(count, len(ordered))
    groups = _groups(standard, seed)
    left = list(ordered)
    chosen: list[Question] = []
    for place, type in enumerate(_types(left, count)):
        level = LEVELS[place * len(LEVELS) // count]
        group = groups[place % len(groups)] if groups else frozenset[str]()
        used = {question.code for question in chosen}
        fits = [
            (q.code in used, q.code[0] != type, q.level != level, q.code not in group) for q in left
        ]
        chosen.append(left.pop(fits.index(min(fits))))
    rising = sorted(chosen, key=lambda question: LEVELS.index(question.level))
    if len(rising) > 1:
        rising[-1] = synoptic(rising[-1], rising, standard)
    return tuple(rising)


def synoptic(last: Question, asked: Iterable[Question], standard: Standard) -> Question:
    """The last question of a mock: one that draws KSBs of several types together.

    They are those of a duty (or outcome) with the last question's KSB, asked about before
    others; the question stays where it is and counts for its own KSB.
    """
    ksbs = {ksb.code: ksb for ksb in standard.ksbs}
    groups = [set(duty.ksbs) for duty in standard.duties]
    groups += [set(outcome.ksbs) for outcome in standard.outcomes]
    groups = [group for group in groups if last.code in group]
    before = {question.code for question in asked}
    group = max(groups, key=lambda codes: len(codes & before), default=before)
    codes = [last.code]
    for type in KSB_TYPES:
        others = [c for c in group if c[0] == type != last.code[0] and c in ksbs]
        if others:
            codes.append(min(others, key=lambda code: (code not in before, code_key(code))))
    if len(codes) < 2:
        return last
    named = [f"{code} ({ksbs[code].name})" for code in sorted(codes, key=code_key)]
    return Question(
        last.code,
        LEVELS[-1],
        f"Take one piece of your work that shows {', '.join(named[:-1])} and {named[-1]}. "
        "How did they depend on each other, and what would you do differently now?",
        "Which of them made the most difference to the result, and how do you know?",
    )


def _groups(standard: Standard, seed: str) -> list[frozenset[str]]:
    """The codes of each duty or outcome that has any, shuffled."""
    groups = [(f"duty {duty.number}", duty.ksbs) for duty in standard.duties]
    groups += [(f"outcome {outcome.number}", outcome.ksbs) for outcome in standard.outcomes]
    groups = [group for group in groups if group[1]]
    groups.sort(key=lambda group: drawn(seed, "group", group[0]))
    return [frozenset(codes) for _, codes in groups]


def _types(questions: Sequence[Question], count: int) -> list[str]:
    """The types of ``count`` questions in order, each type spread evenly over them.

    Shares follow the number of KSBs (Sainte-Laguë), with one for each type first.
    """
    sizes = {t: len({q.code for q in questions if q.code[0] == t}) for t in KSB_TYPES}
    present = [type for type in KSB_TYPES if sizes[type]]
    seats = dict.fromkeys(present, 0)
    for _ in range(count):
        empty = [type for type in present if not seats[type]]
        fair = max(empty or present, key=lambda type: sizes[type] / (2 * seats[type] + 1))
        seats[fair] += 1
    spread = [((n + 0.5) / seats[t], present.index(t), t) for t in present for n in range(seats[t])]
    return [type for _, _, type in sorted(spread)]


@dataclass(frozen=True, slots=True)
class DayTrend:
    """The answers of one day: how many, and their mean score in tenths (``27`` is 2.7)."""

    day: date
    answers: int
    tenths: int


def trend(answers: Iterable[Answer]) -> tuple[DayTrend, ...]:
    """The mean score of each day with answers, oldest first, half up to a tenth."""
    scores: dict[date, list[int]] = {}
    for answer in answers:
        scores.setdefault(answer.day, []).append(answer.score)
    return tuple(
        DayTrend(day, len(day_scores), (20 * sum(day_scores) // len(day_scores) + 1) // 2)
        for day, day_scores in sorted(scores.items())
    )

"""Which question comes next, what a mock is made of, and what the trend says."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.assessment.answers import Answer, answer_from
from ksbtui.core.assessment.discussion import (
    LEVELS,
    MOCK_QUESTIONS,
    DayTrend,
    Question,
    deck,
    from_stems,
    latest,
    mock,
    trend,
)
from ksbtui.core.programme.standards import Ksb, Standard
from tests.core.builders import STANDARD, UNIT
from tests.core.seeds import au0002, st1512

DAY = date(2026, 6, 1)


def questions(standard: Standard) -> tuple[Question, ...]:
    return tuple(Question(k.code, lv, f"{lv} {k.code}?") for k in standard.ksbs for lv in LEVELS)


def answered(code: str, level: str, score: int, days: int = 0, at: str = "") -> Answer:
    day = DAY + timedelta(days=days)
    return Answer(f"{code}{level}{days}{at}", "e", code, level, "?", score, day, at)


THREE = tuple(Question("K1", level, f"{level}?") for level in LEVELS)


def test_what_was_lost_comes_first_then_the_unanswered_then_the_lowest_score() -> None:
    answers = [
        answered("K1", "describe", 3),
        answered("K1", "justify", 1, days=5),
        answered("K2", "describe", 1, days=2),
        answered("K2", "justify", 2),
    ]
    asked = (*THREE, Question("K2", "describe", "?"), Question("K2", "justify", "?"))
    assert [q.key for q in deck(asked, answers)] == [
        ("K2", "describe"),
        ("K1", "justify"),
        ("K1", "evaluate"),
        ("K2", "justify"),
        ("K1", "describe"),
    ]


def test_only_the_last_answer_counts() -> None:
    answers = [answered("K1", "describe", 1, at="09"), answered("K1", "describe", 4, at="10")]
    answers += [answered("K1", "justify", 2), answered("K1", "evaluate", 3)]
    for order in (answers, answers[::-1]):
        assert [q.level for q in deck(THREE, order)] == ["justify", "evaluate", "describe"]


def test_among_the_unanswered_shown_ksbs_and_easier_questions_come_first() -> None:
    asked = (*THREE, *(Question("K2", level, "?") for level in LEVELS))
    keys = [q.key for q in deck(asked, [], shown={"K2"})]
    assert keys == [(code, level) for code in ("K2", "K1") for level in LEVELS]


@given(st.text(max_size=4), st.lists(st.tuples(st.integers(0, 86), st.integers(1, 4))))
def test_a_deck_is_the_same_every_time_and_loses_no_question(
    seed: str, given: list[tuple[int, int]]
) -> None:
    asked = questions(UNIT)
    answers = [answered(*asked[n].key, score, days) for days, (n, score) in enumerate(given)]
    found = deck(asked, answers, seed=seed)
    assert found == deck(asked[::-1], answers, seed=seed)
    assert sorted(q.key for q in found) == sorted(q.key for q in asked)
    last = {key: one.score for key, one in latest(answers).items()}
    marks = [{1: 0, None: 1}.get(last.get(q.key), 2) for q in found]
    assert marks == sorted(marks)


@pytest.mark.parametrize("count", MOCK_QUESTIONS)
@pytest.mark.parametrize("standard", [st1512(), au0002()], ids=lambda s: s.ref)
def test_a_mock_is_spread_over_types_and_duties_and_rises(standard: Standard, count: int) -> None:
    found = mock(deck(questions(standard), [], seed="a"), standard, count, "a")
    assert len({q.code for q in found}) == len(found) == count
    assert {q.code[0] for q in found} == {k.type for k in standard.ksbs}
    ranks = [LEVELS.index(q.level) for q in found]
    assert ranks == sorted(ranks)
    assert min(Counter(ranks).values()) >= count // 3 - 1
    groups = [duty.ksbs for duty in standard.duties]
    groups += [outcome.ksbs for outcome in standard.outcomes]
    met = sum(any(q.code in codes for q in found) for codes in groups)
    assert met >= min(len([g for g in groups if g]), 6)


def test_knowledge_and_skills_take_turns_by_their_number() -> None:
    found = mock(deck(questions(STANDARD), []), STANDARD, 10)
    assert Counter(q.code[0] for q in found) == {"K": 5, "S": 4, "B": 1}


@given(st.integers(1, 3), st.integers(0, 2), st.integers(0, 1), st.integers(8, 12))
def test_a_small_standard_gives_as_many_questions_as_it_has(
    k: int, s: int, b: int, count: int
) -> None:
    ksbs = [
        Ksb(f"{t}{n + 1}", "x") for t, size in (("K", k), ("S", s), ("B", b)) for n in range(size)
    ]
    small = Standard("X", "1", "unit", "Small", tuple(ksbs))
    found = mock(deck(questions(small), []), small, count)
    assert len(set(found)) == len(found) == min(count, 3 * len(ksbs))
    assert {q.code for q in found} <= {k.code for k in ksbs}


def test_no_question_makes_no_mock() -> None:
    assert mock((), STANDARD, 10) == ()


def test_stems_are_taken_in_turn_and_name_the_ksb_as_it_is() -> None:
    stems = {"K": {level: [(f"{level} {n}: {{short}}.", "Why?") for n in "ab"] for level in LEVELS}}
    ksbs = [Ksb("K2", "Apply the {principles} of it"), Ksb("K1", "x", "short"), Ksb("S1", "y")]
    found = from_stems(ksbs, stems)
    assert [q.code for q in found] == ["K1"] * 3 + ["K2"] * 3
    assert found[0].text == "describe a: short."
    assert found[3].text == "describe b: Apply the {principles}."


def test_the_trend_is_the_mean_of_each_day_half_up() -> None:
    answers = [answered("K1", "describe", s, days) for days, s in ((0, 1), (0, 2), (3, 4), (0, 2))]
    assert trend(answers) == (DayTrend(DAY, 3, 17), DayTrend(DAY + timedelta(days=3), 1, 40))
    assert trend([]) == ()


def test_an_answer_comes_back_as_it_was_kept() -> None:
    kept = Answer("i", "e", "K1", "justify", "Why?", 3, DAY, "t", "Ruth", ("what",), "n", 90, "m")
    assert answer_from("i", kept.body()) == kept

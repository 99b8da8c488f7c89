"""A practice session, its clock, and how it went."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.assessment.discussion import Question
from ksbtui.core.assessment.practice_session import (
    AGAIN,
    LOG,
    LONGEST_STRETCH,
    MOCK,
    SHORTER,
    STORIES,
    UNANSWERED,
    PracticeSession,
    Stopwatch,
    clock,
    results,
    session_from,
)

NINE = datetime(2026, 6, 1, 9, tzinfo=UTC)


def at(seconds: float, start: datetime = NINE) -> str:
    return (start + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


def test_time_runs_between_start_and_pause_only() -> None:
    watch = Stopwatch().started(at(0)).paused(at(100))
    assert watch == Stopwatch(100)
    assert watch.seconds(at(5000)) == 100
    assert watch.started(at(5000)).seconds(at(5030)) == 130


def test_midnight_is_like_any_other_moment() -> None:
    late = datetime(2026, 6, 1, 23, 59, 30, tzinfo=UTC)
    assert Stopwatch().started(at(0, late)).seconds(at(60, late)) == 60


def test_midnight_with_a_fixed_day_is_read_as_the_short_stretch_it_was() -> None:
    late = datetime(2026, 6, 1, 23, 59, 30, tzinfo=UTC)
    wrapped = at(60 - 24 * 3600, late)
    assert Stopwatch(10).started(at(0, late)).seconds(wrapped) == 70


def test_a_night_with_the_lid_shut_adds_no_more_than_one_stretch() -> None:
    watch = Stopwatch(300).started(at(0))
    assert watch.seconds(at(9 * 3600)) == 300 + LONGEST_STRETCH
    assert watch.seconds(at(9 * 3600), most=30) == 330


def test_a_clock_set_back_adds_nothing() -> None:
    assert Stopwatch(300).started(at(0)).seconds(at(-7200)) == 300


@given(st.lists(st.tuples(st.booleans(), st.integers(-90_000, 90_000)), max_size=12))
def test_a_clock_never_runs_backwards_nor_faster_than_a_stretch(
    steps: list[tuple[bool, int]],
) -> None:
    watch, moment, before = Stopwatch(), 0, 0
    for start, step in steps:
        moment += step
        watch = watch.started(at(moment)) if start else watch.paused(at(moment))
        assert before <= watch.spent <= before + LONGEST_STRETCH
        before = watch.spent


@given(st.lists(st.integers(0, LONGEST_STRETCH), max_size=8))
def test_beats_add_up_to_the_whole_stretch(steps: list[int]) -> None:
    watch, moment = Stopwatch().started(at(0)), 0
    for step in steps:
        moment += step
        watch = watch.started(at(moment))
    assert watch.spent == moment


def session(mock: bool = True) -> PracticeSession:
    questions = (Question("K1", "describe", "What?"), Question("S1", "justify", "Why?"))
    return PracticeSession("s", "e", questions, mock, Stopwatch().started(at(0)))


def test_a_score_brings_up_the_next_question_with_a_clock_of_its_own() -> None:
    first = session().noted(("what",), "half a thought")
    assert first.question_seconds(at(120)) == 120
    second = first.scored(2, at(120))
    assert (second.place, second.notes, second.checked) == (1, "", ())
    assert second.question == Question("S1", "justify", "Why?")
    assert second.question_seconds(at(150)) == 30
    assert second.watch.seconds(at(150)) == 150
    assert second.scored(4, at(200)).question is None


def test_a_skipped_question_comes_last_and_the_only_one_left_stays() -> None:
    skipped = session().noted(("what",), "x").skipped(at(30))
    assert [q.code for q in skipped.questions] == ["S1", "K1"]
    assert (skipped.question_seconds(at(40)), skipped.notes, skipped.checked) == (10, "", ())
    last = skipped.scored(1, at(60))
    assert last.skipped(at(70)) == last


def test_an_hour_and_a_tenth_is_said_and_stops_nothing() -> None:
    assert session().limit == 3600
    assert replace(session(), mock_minutes=45).limit == 2700, "the programme's file decides"
    late = PracticeSession("s", "e", session().questions, True, Stopwatch(3640))
    assert late.over(at(0)) == 40
    assert late.question is not None
    assert session(mock=False).limit == 600


def test_a_sitting_survives_being_written_down() -> None:
    kept = session().noted(("what", "why"), "notes\nin two lines").scored(3, at(61))
    assert session_from(kept.body()) == kept


def test_clocks_are_read_in_minutes() -> None:
    assert [clock(n) for n in (0, 59, 222, 3660)] == ["0:00", "0:59", "3:42", "61:00"]


NOW = "2026-09-23T10:00:00+00:00"


def finished(
    *given: tuple[str, str, int, int], left: int = 0, mock: bool = False
) -> PracticeSession:
    """Answers as (code, level, score, seconds), and questions nobody answered."""
    asked = [Question(code, level, "?") for code, level, _, _ in given]
    asked += [Question(f"K{n}", "describe", "?") for n in range(20, 20 + left)]
    return PracticeSession(
        "s",
        "e",
        tuple(asked),
        mock,
        scores=tuple(one[2] for one in given),
        seconds=tuple(one[3] for one in given),
    )


MIXED = (
    ("K1", "describe", 1, 100),
    ("K2", "justify", 3, 400),
    ("S1", "describe", 4, 300),
    ("K1", "evaluate", 2, 320),
)


def test_shares_time_and_the_weakest_once_each() -> None:
    found = results(finished(*MIXED, left=2), NOW)
    assert [(one.name, one.sound, one.answered) for one in found.by_kind] == [
        ("K", 1, 3),
        ("S", 1, 1),
    ]
    assert [(one.name, one.sound, one.answered) for one in found.by_level] == [
        ("describe", 1, 2),
        ("justify", 1, 1),
        ("evaluate", 0, 1),
    ]
    assert (found.left, found.seconds, found.average, found.aim) == (2, 1120, 280, 300)
    assert [one.question.code for one in found.over] == ["K2", "K1"]
    assert [(one.question.code, one.score) for one in found.weakest] == [("K1", 1)]
    assert found.as_json()["weakest"] == ["K1"]


@pytest.mark.parametrize(
    ("given", "left", "mock", "entries", "expected"),
    [
        ((("K1", "describe", 1, 60), ("K2", "describe", 2, 60)), 0, False, {"K1": 2}, (LOG, "K2")),
        ((("K1", "describe", 2, 60),), 3, False, {"K1": 1}, (AGAIN, "K1")),
        ((("K1", "describe", 3, 400),), 0, False, {}, (SHORTER, "K1")),
        ((("K1", "describe", 3, 60),), 2, False, {}, (UNANSWERED, "")),
        ((("K1", "describe", 3, 60),), 0, False, {}, (MOCK, "")),
        ((("K1", "describe", 4, 60),), 0, True, {}, (STORIES, "")),
    ],
)
def test_one_next_step(
    given: tuple[tuple[str, str, int, int], ...],
    left: int,
    mock: bool,
    entries: dict[str, int],
    expected: tuple[str, str],
) -> None:
    assert results(finished(*given, left=left, mock=mock), NOW).next_step(entries) == expected


def test_nothing_answered_and_a_session_begun_before_seconds_were_kept() -> None:
    assert results(finished(left=3), NOW).average == 0
    old = finished(*MIXED)
    found = results(PracticeSession("s", "e", old.questions, scores=old.scores), NOW)
    assert [one.seconds for one in found.answers] == [0, 0, 0, 0]

"""The clock of a session: what runs, what does not, and what survives."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.assessment.discussion import Question
from ksbtui.core.assessment.practice_session import (
    LONGEST_STRETCH,
    PracticeSession,
    Stopwatch,
    clock,
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

"""How a practice went: shares, time against the aim, the weakest, one next step."""

from __future__ import annotations

import pytest

from ksbtui.core.assessment.discussion import Question
from ksbtui.core.assessment.practice_session import (
    AGAIN,
    LOG,
    MOCK,
    SHORTER,
    STORIES,
    UNANSWERED,
    PracticeSession,
    results,
)

NOW = "2026-09-23T10:00:00+00:00"


def session(
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
    found = results(session(*MIXED, left=2), NOW)
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
    assert results(session(*given, left=left, mock=mock), NOW).next_step(entries) == expected


def test_nothing_answered_and_a_session_begun_before_seconds_were_kept() -> None:
    assert results(session(left=3), NOW).average == 0
    old = session(*MIXED)
    found = results(PracticeSession("s", "e", old.questions, scores=old.scores), NOW)
    assert [one.seconds for one in found.answers] == [0, 0, 0, 0]

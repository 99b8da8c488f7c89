"""Rehearsing to the day: the library's own figures, leave, mocks, and days that are no use."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import fsrs
import pytest

from ksbtui.core.assessment.answers import Answer
from ksbtui.core.assessment.rehearsal import (
    LAST_DAYS,
    LAST_MINUTES,
    Memory,
    free_days,
    instants,
    rehearsal,
    spread,
)
from tests.cli.kit import Shell

BY = "2026-10-15"


def library(scores: list[tuple[str, int]], by: str, horizon_days: int) -> tuple[float, date]:
    """The chance that a hand-made history is remembered on a day, and when it is due."""
    scheduler = fsrs.Scheduler(
        learning_steps=(),
        relearning_steps=(),
        enable_fuzzing=False,
        maximum_interval=horizon_days,
    )
    card = fsrs.Card(card_id=7)
    for day, score in scores:
        at = datetime.fromisoformat(f"{day}T12:00:00+00:00")
        card, _ = scheduler.review_card(card, fsrs.Rating(score), at)
    then = datetime.fromisoformat(f"{by}T23:59:59+00:00").astimezone(UTC)
    return scheduler.get_card_retrievability(card, then), card.due.date()


def practised(shell: Shell, day: str, code: str, score: int) -> None:
    shell.as_at = day
    assert shell("discuss", "answer", code, str(score)).code == 0
    shell.as_at = "2026-06-30"


HISTORY = [("2026-03-02", 1), ("2026-03-05", 3), ("2026-03-20", 4), ("2026-05-11", 2)]


def test_the_figures_are_the_librarys_own(shell: Shell) -> None:
    for day, score in HISTORY:
        practised(shell, day, "K14", score)
    practised(shell, "2026-06-29", "S8", 4)
    made = shell("discuss", "plan", "--by", BY, "--json").json
    found = {one["code"]: one for one in made["ksbs"]}
    days = (date.fromisoformat(BY) - date(2026, 6, 30)).days
    k14, due = library(HISTORY, BY, days)
    s8, _ = library([("2026-06-29", 4)], BY, days)
    assert found["K14"]["held_then"] == pytest.approx(k14, abs=1e-3)
    assert found["K14"]["due"] == due.isoformat()
    assert found["S8"]["held_then"] == pytest.approx(s8, abs=1e-3)
    assert made["total"] == len(found) == 58, "behaviours are verified at work"
    assert made["held_then"] == int(k14 + s8 + 0.5)
    assert ("K14" in made["due"]) == (due <= date(2026, 6, 30))
    assert len(made["new"]) == 56
    said = shell("discuss", "plan", "--by", BY).out
    assert f"On 15 October 2026 you will still remember {made['held_then']} of 58." in said


def test_mocks_count_or_not(shell: Shell) -> None:
    assert shell("discuss", "mock", "start", "--seed", "x").code == 0
    assert shell("discuss", "mock", "score", "3").code == 0
    counted = shell("discuss", "plan", "--by", BY, "--json").json
    left_out = shell("discuss", "plan", "--by", BY, "--without-mocks", "--json").json
    assert len(counted["new"]) + 1 == len(left_out["new"]) == 58


def test_leave_makes_the_other_days_longer(shell: Shell) -> None:
    plain = shell("discuss", "plan", "--by", BY, "--json").json
    away = shell("discuss", "plan", "--by", BY, "--leave", "2026-07-01..2026-09-20", "--json").json
    assert away["days"] < plain["days"]
    assert away["minutes_a_day"] > plain["minutes_a_day"]
    assert max(plain["minutes_a_day_last_weeks"], away["minutes_a_day_last_weeks"]) <= LAST_MINUTES


@pytest.mark.parametrize("day", ["2026-06-30", "2026-06-29", "2020-01-01"])
def test_a_day_that_is_past_is_refused(shell: Shell, day: str) -> None:
    assert "--by" in shell.refused("discuss", "plan", "--by", day)


def test_the_gateway_tomorrow_says_what_fits(shell: Shell) -> None:
    done = shell("discuss", "plan", "--by", "2026-07-01")
    assert done.code == 0
    assert f"{LAST_MINUTES} minutes a day is enough for the last weeks" in done.out
    assert "do not fit" in done.out


def test_after_the_gateway_another_day_is_asked_for(shell: Shell) -> None:
    shell.as_at = "2029-01-01"
    assert "--by" in shell.refused("discuss", "plan")


def test_a_clock_set_back_harms_nothing(shell: Shell) -> None:
    practised(shell, "2026-06-20", "K14", 3)
    practised(shell, "2026-06-01", "K14", 2)
    shell.as_at = "2026-06-10"
    assert shell("discuss", "plan", "--by", BY, "--json").code == 0
    answers = [
        Answer("a", "e", "K1", "describe", "?", 3, date(2026, 6, 2), "2026-06-02T10:00:00Z"),
        Answer("b", "e", "K1", "describe", "?", 3, date(2026, 6, 2), "2026-06-02T09:00:00Z"),
        Answer("c", "e", "K1", "describe", "?", 3, date(2026, 6, 3), ""),
    ]
    assert instants(answers) == sorted(instants(answers))


class TestMinutes:
    def test_days_are_counted_from_today_to_the_day_before(self) -> None:
        day = date(2026, 6, 30)
        assert free_days(day, day + timedelta(days=1), ()) == (0, 1)
        assert free_days(day, day + timedelta(days=LAST_DAYS + 10), ()) == (10, LAST_DAYS)
        leave = ((day, day + timedelta(days=4)),)
        assert free_days(day, day + timedelta(days=LAST_DAYS + 10), leave) == (5, LAST_DAYS)

    @pytest.mark.parametrize(("early", "last"), [(0, 0), (0, 5), (5, 0), (100, 21), (3, 21)])
    def test_the_minutes_cover_the_total_under_the_cap(self, early: int, last: int) -> None:
        for total in (0, 1, 90, 1_000, 5_000):
            made = spread(total, early, last)
            room = made.early * early + made.last * last + made.left_over
            assert room >= total
            assert last == 0 or made.last <= LAST_MINUTES
            assert early == 0 or made.left_over == 0

    def test_held_is_the_sum_of_chances_half_up(self) -> None:
        day, by = date(2026, 6, 30), date(2026, 7, 30)
        memories = [Memory(f"K{n}", 1.0, 0.5, day, 1) for n in range(1, 4)]
        assert rehearsal(day, by, memories).held_then == 2
        assert rehearsal(day, by, ()).held_then == 0


def test_the_last_question_of_a_mock_draws_ksbs_together(shell: Shell) -> None:
    shell("discuss", "mock", "start", "--questions", "8", "--seed", "x")
    for _ in range(7):
        shell("discuss", "mock", "score", "3")
    last = shell("discuss", "mock", "--json").json
    assert last["place"] == last["of"] == 8
    assert last["question"].startswith("Take one piece of your work that shows")
    assert last["code"] in last["question"]
    assert sum(f" {kind}" in last["question"] for kind in "KSB") >= 2

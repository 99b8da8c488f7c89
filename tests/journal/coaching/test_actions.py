"""Actions: agreed with a person and a day, closed once, hinted at where vague."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from ksbtui.core.days import parse_coming_day
from ksbtui.errors import KsbtuiError
from tests.journal.making import TODAY, at, council


def test_an_action_reaches_alerts_and_next_steps_with_its_codes(tmp_path: Path) -> None:
    journal = council(tmp_path, date(2026, 9, 1))
    agreed = journal.actions.add("Share the test plan", "learner", date(2026, 9, 18), "k14,S12")
    assert agreed.hints == ()
    journal = at(journal, TODAY)
    assert "action-overdue" in {alert.id for alert in journal.progress.view.alerts}
    step = next(one for one in journal.progress.view.next_steps if one.kind == "action")
    assert step.ksbs == ("K14", "S12")
    journal.actions.done(agreed.action.id[:4], date(2026, 9, 20))
    assert journal.actions.open() == ()
    assert journal.progress.view.actions_open == ()


def test_impossible_actions_are_refused(tmp_path: Path) -> None:
    journal = council(tmp_path)
    for text, who, due in (
        ("", "learner", TODAY),
        ("Share it", " ", TODAY),
        ("Share it", "learner", TODAY - timedelta(days=1)),
    ):
        with pytest.raises(KsbtuiError):
            journal.actions.add(text, who, due)
    assert journal.actions.all() == ()
    action = journal.actions.add("Share it", "learner", TODAY).action
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(KsbtuiError):
            journal.actions.done(action.id, day)
    journal.actions.drop(action.id, "Not needed")
    with pytest.raises(KsbtuiError, match="was already dropped on 23 September"):
        journal.actions.done(action.id)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Share the plan with Ruth", ""),
        ("The plan", "Start with a verb"),
        ("Look at more fairness", "vague"),
        ("I will test it soon", "vague"),
    ],
)
def test_hints_for_a_vague_action(tmp_path: Path, text: str, hint: str) -> None:
    hints = council(tmp_path).actions.add(text, "learner", TODAY + timedelta(days=7)).hints
    assert hint in " ".join(hints) if hint else hints == ()


def test_without_a_day_it_is_due_at_the_next_session(tmp_path: Path) -> None:
    agreed = council(tmp_path).actions.add("Share the plan", "learner")
    assert agreed.action.due == date(2026, 9, 26)
    assert "You entered no day" in agreed.hints[0]


def test_a_day_in_a_break_is_hinted_at(tmp_path: Path) -> None:
    journal = council(tmp_path)
    journal.enrolments.add_break(date(2026, 10, 5), date(2026, 10, 30))
    agreed = journal.actions.add("Share the plan", "learner", date(2026, 10, 12))
    assert "break in learning" in agreed.hints[0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", TODAY),
        ("tomorrow", date(2026, 9, 24)),
        ("wed", date(2026, 9, 30)),
        ("fri", date(2026, 9, 25)),
        ("+14", date(2026, 10, 7)),
        ("2 weeks", date(2026, 10, 7)),
        ("3d", date(2026, 9, 26)),
        ("21/11", date(2026, 11, 21)),
        ("1/2", date(2027, 2, 1)),
        ("23/9", TODAY),
        ("29 feb", date(2028, 2, 29)),
        ("21/11/2025", date(2025, 11, 21)),
        ("2026-12-01", date(2026, 12, 1)),
    ],
)
def test_days_to_come_are_read(text: str, day: date) -> None:
    assert parse_coming_day(text, TODAY) == day


@pytest.mark.parametrize("text", ["", "yesterday", "-3", "14", "soon", "31/2"])
def test_what_is_no_day_to_come_is_refused(text: str) -> None:
    with pytest.raises(KsbtuiError) as refused:
        parse_coming_day(text, TODAY)
    assert "2 weeks" in refused.value.hint

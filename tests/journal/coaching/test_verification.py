"""Verifying and questioning entries, and behaviours the employer verified."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ksbtui.errors import KsbtuiError, NotFound
from ksbtui.store.database.changes import history_of
from tests.journal.making import TODAY, council, log


def test_verified_until_it_says_something_else_and_history_keeps_both(tmp_path: Path) -> None:
    journal = council(tmp_path)
    first, second = log(journal), log(journal)
    journal.verifying.verify([first.id, second.id[:5]], "Ruth Adeyemi", comment="Saw the record")
    assert journal.progress.view.hours.verified_minutes == 120
    assert [one.text for one in journal.verifying.comments(first.id)] == ["Saw the record"]
    saved = journal.entries.change(first.id, minutes=90)
    assert saved.notes == ("Ruth Adeyemi had verified it. The verification is removed.",)
    assert journal.progress.view.hours.verified_minutes == 60
    marks = [
        (change.after or {}).get("verified")
        for done in history_of(journal.store.connection, "entry", first.id)
        for change in done.changes
    ]
    assert marks == [None, {"by": "Ruth Adeyemi", "day": "2026-09-23"}, None]
    journal.undo()
    journal.undo()
    assert journal.progress.view.hours.verified_minutes == 0
    assert journal.verifying.comments() == ()


def test_nobody_vouches_for_the_future_or_for_themselves(tmp_path: Path) -> None:
    journal = council(tmp_path, name="Alex Doe")
    entry = log(journal)
    for by, day in (
        ("", None),
        ("alex doe", None),
        ("Ruth", date(2026, 9, 22)),
        ("Ruth", date(2026, 9, 24)),
    ):
        with pytest.raises(KsbtuiError):
            journal.verifying.verify([entry.id], by, day)
    assert journal.entries.get(entry.id).verified is None


def test_a_question_stays_open_until_it_is_answered(tmp_path: Path) -> None:
    journal = council(tmp_path)
    entry = log(journal)
    asked = journal.verifying.question(entry.id, "Ruth", "How many cases were lost?")
    with pytest.raises(KsbtuiError, match="question is empty"):
        journal.verifying.question(entry.id, "Ruth", " ")
    assert journal.verifying.questions(entry.id) == (asked,)
    answered = journal.verifying.answer(entry.id[:4], "Nine of forty.")
    assert (answered.answered, answered.answer) == (TODAY, "Nine of forty.")
    assert journal.verifying.questions() == ()
    assert journal.verifying.questions(all=True) == (answered,)
    with pytest.raises(NotFound):
        journal.verifying.answer(asked.id)


def test_the_employer_verifies_behaviours_alone(tmp_path: Path) -> None:
    journal = council(tmp_path)
    journal.verifying.employer_verify("b1,B3", "Colin Marsh", date(2026, 9, 20))
    marked = [ksb.code for ksb in journal.progress.view.coverage.ksbs if ksb.employer_verified]
    assert marked == ["B1", "B3"]
    for codes, by, day in (
        ("K1", "Colin", TODAY),
        ("", "Colin", TODAY),
        ("B1", "", TODAY),
        ("B1", "Colin", date(2026, 9, 24)),
        ("B1", "Colin", date(2025, 9, 24)),
    ):
        with pytest.raises(KsbtuiError):
            journal.verifying.employer_verify(codes, by, day)

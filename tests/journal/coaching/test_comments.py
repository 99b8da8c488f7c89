"""What was asked and said about an entry stands wherever the entry does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ksbtui.errors import KsbtuiError
from tests.journal.making import TODAY, council, log


def test_questions_and_comments_are_part_of_the_entry(tmp_path: Path) -> None:
    journal = council(tmp_path)
    entry, other = log(journal), log(journal)
    asked = journal.verifying.question(entry.id, "Ruth Adeyemi", "What did you do yourself?")
    journal.verifying.verify([entry.id], "Ruth Adeyemi", comment="Saw the map")
    body = journal.entry_json.of(journal.entries.get(entry.id))
    assert [one["text"] for one in body["questions"]] == ["What did you do yourself?"]
    assert body["questions"][0]["answered"] is None
    assert [one["text"] for one in body["comments"]] == ["Saw the map"]
    journal.verifying.answer(asked.id, "The map and the test")
    found = {one["id"]: one for one in journal.entry_json.of_all(journal.entries.find().entries)}
    assert found[entry.id]["questions"][0]["answer"] == "The map and the test"
    assert found[other.id]["questions"] == found[other.id]["comments"] == []


def test_nobody_is_asked_about_a_deleted_entry(tmp_path: Path) -> None:
    journal = council(tmp_path)
    entry = log(journal)
    journal.verifying.question(entry.id, "Ruth Adeyemi", "How do you know?")
    journal.entries.delete([entry.id])
    assert journal.verifying.questions() == ()
    journal.undo()
    assert len(journal.verifying.questions()) == 1


def test_a_kept_call_can_be_put_right(tmp_path: Path) -> None:
    journal = council(tmp_path)
    call = journal.calls.end(minutes=60, tutor="Ruth Adeyemi", notes="Talked", log=True).call
    kept = journal.calls.change(call.id, notes="Talked about tests.", minutes=45)
    assert (kept.call.notes, kept.call.minutes) == ("Talked about tests.", 45)
    assert (kept.call.tutor, kept.call.batch) == (call.tutor, call.batch)
    assert kept.notes == ("The entry for this call keeps its minutes. Change them in the Journal.",)
    with pytest.raises(KsbtuiError):
        journal.calls.change(call.id, minutes=0)
    with pytest.raises(KsbtuiError):
        journal.calls.change(call.id, next_day=TODAY)
    with pytest.raises(KsbtuiError):
        journal.calls.change(call.id, next_day=date(2026, 1, 1))
    journal.undo()
    assert journal.calls.get(call.id) == call

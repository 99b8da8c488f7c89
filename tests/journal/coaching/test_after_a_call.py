"""After a call: its summary, opening it again, and what undo may take back."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from ksbtui.errors import Conflict, KsbtuiError
from ksbtui.exports.formats.texts import markdown
from ksbtui.journal.journal import Journal
from tests.journal.making import TODAY, WORDS, at, council, log


def summary(journal: Journal) -> str:
    return markdown(journal.calls.page())


def test_the_summary_names_what_was_asked_verified_picked_and_agreed(tmp_path: Path) -> None:
    journal = council(tmp_path)
    first, second = log(journal, "Test plan", learned=WORDS), log(journal, "Paired testing")
    hidden = log(journal, "Bad week", private=True)
    call = journal.calls.start("Ruth")
    journal.verifying.verify([first.id, hidden.id], "Ruth", source=call.id)
    asked = journal.verifying.question(second.id, "Ruth", "How many?", source=call.id)
    journal.verifying.question(hidden.id, "Ruth", "Better now?", source=call.id)
    journal.calls.pick("K28")
    journal.actions.add("Draft it", "learner", date(2026, 10, 1), source=call.id)
    journal.calls.end(minutes=45)
    text = summary(journal)
    assert "23 Sep 2026: Test plan (K1), Ruth, 23 Sep 2026" in text
    assert "Ruth: How many? (Paired testing, 23 Sep 2026)" in text
    assert "Ruth: Better now? (a private entry, 23 Sep 2026)" in text
    assert "K28 " in text
    assert "Draft it, learner, by 1 Oct 2026" in text
    assert "1 private" in text
    assert "Bad week" not in text
    journal.verifying.answer(asked.id, "Forty.")
    assert "Answered 23 Sep 2026: Forty." in summary(journal)


def test_what_became_private_later_is_private_in_an_old_summary(tmp_path: Path) -> None:
    journal = council(tmp_path)
    entry = log(journal, "Bad week", learned=WORDS)
    journal.calls.start("Ruth")
    journal.verifying.verify([entry.id], "Ruth")
    journal.calls.end(minutes=45)
    assert "Bad week" in summary(journal)
    journal.entries.change(entry.id, private=True)
    assert "Bad week" not in summary(journal)


def test_a_private_entry_verified_and_then_made_public_keeps_its_mark(tmp_path: Path) -> None:
    journal = council(tmp_path)
    entry = log(journal, "Bad week", private=True)
    journal.verifying.verify([entry.id], "Ruth")
    saved = journal.entries.change(entry.id, private=False)
    assert saved.entry.verified
    assert saved.notes == ()


def test_a_call_of_today_is_opened_again_and_kept_once(tmp_path: Path) -> None:
    journal = council(tmp_path)
    journal.calls.start("Ruth")
    journal.calls.note("Thursdays.")
    kept = journal.calls.end(minutes=45, next_day=date(2026, 10, 21), log=True)
    again = journal.calls.reopen()
    assert (again.id, again.notes, again.next_day) == (
        kept.call.id,
        "Thursdays.",
        date(2026, 10, 21),
    )
    assert journal.calls.last_held is None
    journal.calls.note("And Fridays.")
    ended = journal.calls.end()
    assert [call.notes for call in journal.calls.all()] == ["Thursdays.\nAnd Fridays."]
    assert ended.call.minutes in (45, 46)
    assert ended.call.entry == kept.call.entry
    assert ended.entry is None
    assert len(journal.entries.find().entries) == 1


def test_a_call_opened_again_and_cancelled_stays_as_it_was(tmp_path: Path) -> None:
    journal = council(tmp_path)
    journal.calls.start("Ruth")
    kept = journal.calls.end(minutes=45).call
    journal.calls.reopen()
    journal.calls.note("Not meant.")
    journal.calls.cancel()
    assert journal.calls.get(kept.id) == kept


def test_only_a_call_of_today_can_be_opened_again(tmp_path: Path) -> None:
    journal = council(tmp_path)
    with pytest.raises(KsbtuiError, match="You have not had a call yet"):
        journal.calls.reopen()
    journal.calls.start("Ruth")
    journal.calls.end(minutes=45)
    journal = at(journal, TODAY + timedelta(days=1))
    with pytest.raises(Conflict, match="cannot be reopened"):
        journal.calls.reopen()
    journal.calls.start()
    with pytest.raises(Conflict, match="call is open"):
        journal.calls.reopen()


def test_undo_is_offered_for_what_the_call_did_and_nothing_before(tmp_path: Path) -> None:
    journal = council(tmp_path)
    entry = log(journal)
    call = journal.calls.start("Ruth")
    assert not journal.calls.can_undo
    journal.verifying.verify([entry.id], "Ruth", source=call.id)
    journal.calls.mine()
    assert journal.calls.can_undo
    journal.undo()
    assert not journal.calls.can_undo


def test_an_open_action_is_changed_and_a_closed_one_is_not(tmp_path: Path) -> None:
    journal = council(tmp_path)
    made = journal.actions.add("Draft it", "learner", date(2026, 10, 1)).action
    changed = journal.actions.change(made.id, due=date(2026, 10, 14), ksbs="K28").action
    assert (changed.text, changed.due, changed.ksbs) == ("Draft it", date(2026, 10, 14), ("K28",))
    assert journal.actions.change(made.id, ksbs="").action.ksbs == ()
    with pytest.raises(Conflict, match="before"):
        journal.actions.change(made.id, due=date(2026, 9, 1))
    journal.actions.done(made.id)
    with pytest.raises(Conflict, match="already done"):
        journal.actions.change(made.id, text="Test it")


def test_a_call_left_by_a_killed_terminal_is_ended_days_later_on_its_own_day(
    tmp_path: Path,
) -> None:
    journal = council(tmp_path)
    journal.calls.start("Ruth")
    journal.calls.note("Half a sent")
    journal = at(journal, TODAY + timedelta(days=3))
    assert journal.calls.underway
    call = journal.calls.end().call
    assert (call.day, call.minutes, call.notes) == (TODAY, 60, "Half a sent")

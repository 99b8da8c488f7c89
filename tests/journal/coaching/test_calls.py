"""Coaching calls: kept as they go on, refused where they cannot be, met sessions, privacy."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ksbtui.core.entry.entries import Evidence
from ksbtui.errors import Conflict, KsbtuiError, NotFound, Unreadable
from ksbtui.exports.formats.texts import markdown
from ksbtui.journal.journal import Journal
from tests.journal.making import TODAY, WORDS, at, council, log, unit


def summary(journal: Journal, *, named: bool = False, private: bool = False) -> str:
    return markdown(journal.calls.page(named=named, private=private))


def test_a_call_survives_the_lid_and_ends_as_one_change(tmp_path: Path) -> None:
    journal = council(tmp_path)
    journal.calls.start("Ruth Adeyemi")
    journal.calls.note("Second reader.")
    journal.calls.note("Sleeps badly.", private=True)
    journal.calls.turn()
    journal = at(journal, TODAY)
    underway = journal.calls.underway
    assert underway
    assert (underway.notes, underway.item.id) == ("Second reader.", "reflections")
    agreed = journal.actions.add("Share the plan", "learner", source=underway.id).action
    ended = journal.calls.end(minutes=45, next_day=date(2026, 10, 21), log=True)
    assert journal.calls.underway is None
    assert ended.call.id == agreed.source
    assert ended.entry
    assert (ended.entry.type, ended.entry.minutes) == ("coaching", 45)
    assert journal.calls.since().added == ()
    journal.undo()
    assert journal.calls.all() == ()
    assert journal.entries.find().total == 0


def test_refusals_of_a_call_keep_it_as_it_was(tmp_path: Path) -> None:
    journal = council(tmp_path)
    journal.enrolments.add_break(date(2026, 10, 5), date(2026, 10, 30))
    journal.calls.start("Ruth")
    journal.calls.note("Kept.")
    for wrong in (
        {"day": date(2026, 9, 24)},
        {"day": date(2026, 1, 11)},
        {"next_day": date(2026, 10, 12)},
        {"next_day": TODAY},
        {"minutes": 0},
        {"ksbs": "K99"},
    ):
        with pytest.raises(KsbtuiError):
            journal.calls.end(**{"minutes": 45, **wrong})  # type: ignore[arg-type]
    assert journal.calls.all() == ()
    assert journal.calls.underway
    assert journal.calls.underway.notes == "Kept."
    with pytest.raises(Conflict, match="still open"):
        journal.calls.start()
    journal.calls.end(minutes=45)
    with pytest.raises(Conflict, match="already recorded"):
        journal.calls.start()
    with pytest.raises(Conflict, match="already recorded"):
        journal.calls.end(minutes=45)


def test_a_next_date_in_a_break_says_when_it_ends(tmp_path: Path) -> None:
    journal = council(tmp_path)
    journal.enrolments.add_break(date(2026, 10, 5), date(2026, 10, 30))
    with pytest.raises(Conflict) as refused:
        journal.calls.end(minutes=45, tutor="Ruth", next_day=date(2026, 10, 12))
    assert refused.value.hint == "Enter a day after 30 October 2026."


def test_somebody_has_to_hold_a_call_but_not_a_missed_one(tmp_path: Path) -> None:
    journal = council(tmp_path)
    with pytest.raises(Unreadable, match="who ran the call"):
        journal.calls.end(minutes=45)
    missed = journal.calls.end(attended=False, log=True)
    assert (missed.call.minutes, missed.entry) == (0, None)
    assert journal.calls.last_held is None


def test_sessions_are_met_by_the_nearest_call(tmp_path: Path) -> None:
    journal = council(tmp_path)
    journal.calls.end(minutes=60, tutor="Ruth")
    journal.calls.end(day=date(2026, 9, 20), minutes=20, tutor="Ruth")
    journal.calls.end(day=date(2026, 8, 24), attended=False)
    states = {(one.id, one.state) for one in journal.calls.sessions()}
    assert {("coaching-8", "missed"), ("coaching-9", "held"), ("", "held")} <= states
    assert ("coaching-7", "due") in states
    assert ("coaching-10", "planned") in states
    held = [m.id for m in journal.progress.view.timeline.milestones if m.id == "coaching-9"]
    assert held
    state = {m.id: m.state for m in journal.progress.view.timeline.milestones}
    assert state["coaching-9"] == "done", "held before its day, 26 September"
    assert state["coaching-10"] == "next"


def test_an_empty_journal_and_a_unit_have_something_to_say(tmp_path: Path) -> None:
    for journal in (council(tmp_path), unit(tmp_path)):
        found = journal.calls.since()
        assert found.added == ()
        assert journal.calls.end(minutes=30, tutor="Ruth").call.minutes == 30
        assert summary(journal).startswith("# Coaching call, 23 September 2026\n")
        with pytest.raises(NotFound):
            journal.calls.cancel()


def test_nothing_private_is_in_what_a_call_shows(tmp_path: Path) -> None:
    journal = council(tmp_path, date(2026, 8, 26))
    hidden = log(journal, "SECRET one", private=True, learned="SECRET " + WORDS)
    gone = log(journal, "SECRET two", private=True)
    journal.calls.end(minutes=60, tutor="Ruth")
    journal = at(journal, TODAY)
    journal.entries.change(hidden.id, minutes=30)
    journal.entries.delete([gone.id])
    log(journal, "SECRET three", private=True, learned="SECRET " + WORDS)
    artefact = Evidence("", "file", "SECRET map", "/x", private=True)
    log(journal, "Open", learned=WORDS, evidence=(artefact,))
    journal.drafts.save("entry:new", {"title": "SECRET draft", "private": True})
    journal.calls.start()
    journal.calls.note("SECRET worry", private=True)
    underway = journal.calls.underway
    assert underway
    found = journal.calls.since()
    assert found.present.counted == 150, "private time counts"
    assert found.private == 3
    shown = [found.as_json(), underway.as_json(), [a.text for a in journal.calls.alerts()]]
    call = journal.calls.end(minutes=60).call
    shown += [call.as_json(), summary(journal), journal.reviews.pack().as_json()]
    assert "SECRET" not in json.dumps(shown)
    assert "SECRET worry" in summary(journal, private=True)


def test_a_summary_takes_words_literally_and_names_nobody_unasked(tmp_path: Path) -> None:
    journal = council(tmp_path, name="Alex Doe")
    journal.calls.start("Ruth")
    journal.calls.note("# no heading\n[x](http://y) *not bold* snake_case")
    journal.calls.end(minutes=45)
    text = summary(journal)
    assert "\n\\# no heading" in text
    assert r"\[x\](http://y) \*not bold\*" in text
    assert "Alex Doe" not in text
    assert "Alex Doe" in summary(journal, named=True)

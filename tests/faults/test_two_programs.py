"""Two programs on one journal: what one of them saved, the other never takes back unseen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ksbtui.core.entry.entries import Evidence
from ksbtui.core.entry.typed_entry import onto
from ksbtui.errors import NotFound
from ksbtui.journal.journal import Journal
from ksbtui.screens.entry.draft_keeper import DraftKeeper
from ksbtui.store.database import connection
from tests.journals import activity, enrolled

LINK = "https://intranet.example/"


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Journal, Journal]:
    """The same file, open twice."""
    one = enrolled(tmp_path)
    return one, Journal(one.path, one.clock)


def meanwhile(monkeypatch: pytest.MonkeyPatch, other: Callable[[], object]) -> None:
    """Let the other program write at the worst moment: just before this one's write begins."""
    begin = connection.transaction

    def late(*arguments: object) -> object:
        monkeypatch.undo()
        other()
        return begin(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("ksbtui.store.database.store.transaction", late)


def test_edits_of_two_fields_both_stay(
    pair: tuple[Journal, Journal], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = pair
    id = one.entries.add(activity()).entry.id
    meanwhile(monkeypatch, lambda: two.entries.change(id, notes="From the other window"))
    one.entries.change(id, minutes=90)
    entry = two.entries.get(id)
    assert (entry.minutes, entry.notes) == (90, "From the other window")
    assert one.backup.check().well


def test_evidence_added_twice_at_once_is_all_there(
    pair: tuple[Journal, Journal], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = pair
    id = one.entries.add(activity()).entry.id
    meanwhile(monkeypatch, lambda: two.evidence.add(id, LINK + "2"))
    one.evidence.add(id, LINK + "1")
    assert {item.target for item in one.entries.get(id).evidence} == {LINK + "1", LINK + "2"}


def test_an_entry_deleted_twice_is_taken_off_the_sums_once(
    pair: tuple[Journal, Journal], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = pair
    id = one.entries.add(activity()).entry.id
    meanwhile(monkeypatch, lambda: two.entries.delete([id]))
    with pytest.raises(NotFound):
        one.entries.delete([id])
    assert one.backup.check().well
    assert one.progress.view.hours.logged_minutes == 0


@pytest.mark.parametrize("again", [Journal.undo, Journal.redo])
def test_two_undos_or_redos_at_once_step_twice(
    pair: tuple[Journal, Journal],
    monkeypatch: pytest.MonkeyPatch,
    again: Callable[[Journal], object],
) -> None:
    one, two = pair
    for title in ("First", "Second", "Third"):
        one.entries.add(activity(title))
    if again is Journal.redo:
        for _ in range(3):
            one.undo()
    meanwhile(monkeypatch, lambda: again(two))
    again(one)
    titles = {entry.title for entry in one.entries.find().entries}
    assert titles == ({"First"} if again is Journal.undo else {"First", "Second"})
    assert one.backup.check().well


def test_a_timer_is_logged_once(
    pair: tuple[Journal, Journal], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = pair
    one.timer.start("Reading")
    meanwhile(monkeypatch, lambda: two.timer.stop(minutes=30))
    with pytest.raises(NotFound, match="No timer"):
        one.timer.stop(minutes=30)
    assert one.entries.find().total == 1


def test_fields_of_a_record_that_two_programs_change_both_stay(
    pair: tuple[Journal, Journal],
) -> None:
    one, two = pair
    with one.writing("Made") as batch:
        batch.put_record("setting", "x", {"a": 1, "b": 1, "c": 1})
    mine, theirs = one.store.record("setting", "x"), two.store.record("setting", "x")
    assert mine is not None
    assert theirs is not None
    with two.writing("Theirs") as batch:
        batch.put_record("setting", "x", {**theirs, "b": 2})
    with one.writing("Mine") as batch:
        batch.put_record("setting", "x", {"a": 3, "b": 1})
    assert one.store.record("setting", "x") == {"a": 3, "b": 2}


def test_a_change_that_changes_nothing_leaves_no_trace_and_ends_no_redo(
    pair: tuple[Journal, Journal],
) -> None:
    one, _ = pair
    id = one.entries.add(activity()).entry.id
    one.entries.add(activity("Second"))
    one.undo()
    before = len(one.history())
    one.entries.change(id, minutes=60)
    assert len(one.history()) == before
    one.redo()
    assert one.entries.find().total == 2


def test_a_form_changes_only_what_was_changed_in_it() -> None:
    files = [Evidence(name, "other", name, LINK + name) for name in "abcd"]
    before = activity(ksbs=("K1", "K2"), evidence=tuple(files[:2]))
    now = replace(before, ksbs=("K1", "K2", "S1"), evidence=tuple(files[:3]), title="Theirs")
    values = {"title": before.title, "ksbs": ("K2", "B1"), "evidence": (files[1], files[3])}
    changed = onto(before, values, now)
    assert changed == {"ksbs": ("K2", "S1", "B1"), "evidence": tuple(files[1:])}


def test_two_windows_never_share_a_draft(pair: tuple[Journal, Journal]) -> None:
    def window(journal: Journal, typed: dict[str, Any]) -> DraftKeeper:
        form: Any = SimpleNamespace(journal=journal, set_timer=lambda *_: None)
        return DraftKeeper(form, "entry:new", "New entry", lambda: dict(typed))

    def type_into(draft: DraftKeeper, typed: dict[str, Any], title: str) -> None:
        typed["title"] = title
        draft.touch()
        draft.keep()

    mine: dict[str, Any] = {}
    theirs: dict[str, Any] = {}
    one, two = window(pair[0], mine), window(pair[1], theirs)
    for word in ("a", "ab"):
        type_into(one, mine, f"mine {word}")
        type_into(two, theirs, f"theirs {word}")
    kept = {draft.body["title"] for draft in pair[0].drafts.all()}
    assert kept == {"mine ab", "theirs ab"}
    two.forget()
    assert [draft.body["title"] for draft in pair[0].drafts.all()] == ["mine ab"]
    assert two.load(one.key) == {"title": "mine ab"}
    type_into(one, mine, "mine abc")
    two.forget()
    assert [draft.body["title"] for draft in pair[0].drafts.all()] == ["mine abc"]


def test_a_draft_written_between_reading_and_keeping_stays(pair: tuple[Journal, Journal]) -> None:
    mine, theirs = pair[0].drafts, pair[1].drafts
    last = mine.save_over("entry:new", {"title": "a"}, None)
    assert last == {"title": "a"}
    between = theirs.save_over("entry:new", {"title": "theirs"}, theirs.get("entry:new"))
    assert between == {"title": "theirs"}
    assert mine.save_over("entry:new", {"title": "ab"}, last) is None
    mine.drop_own("entry:new", last)
    assert mine.get("entry:new") == {"title": "theirs"}
    theirs.drop_own("entry:new", between)
    assert mine.get("entry:new") is None
    assert mine.save_over("entry:new", {"title": "ab"}, last) == {"title": "ab"}

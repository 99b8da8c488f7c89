"""What a call says has changed is what a comparison of two whole journals says."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ksbtui.core.coaching.changed import SAID
from ksbtui.core.entry.entries import Entry, Evidence
from ksbtui.errors import KsbtuiError
from ksbtui.journal.journal import Journal
from tests.journal.making import START, TODAY, WORDS, at, council, log

CALL_DAY = date(2026, 8, 26)


def snapshot(journal: Journal) -> dict[str, Any]:
    """Everything a comparison could look at, read whole and kept."""
    view = journal.progress.view
    return {
        "counted": view.hours.counted_minutes,
        "planned": view.hours.planned_to_date_minutes,
        "logged": view.hours.logged_minutes,
        "verified": view.hours.verified_minutes,
        "target": view.hours.target_minutes,
        "rungs": {ksb.code: ksb.state for ksb in view.coverage.ksbs},
        "entries": {entry.id: entry for entry in journal.entries.find().entries},
        "actions": {action.id: action for action in journal.actions.all()},
    }


def said(entry: Entry) -> tuple[Any, ...]:
    """What a person said in an entry; a module that follows from the day is not said."""
    module = entry.module if entry.module_given else None
    return (module, *(getattr(entry, name) for name in SAID if name != "module"))


def assert_same(journal: Journal, then: dict[str, Any], now: dict[str, Any]) -> None:
    found = journal.calls.since()
    for name, state in (("then", then), ("present", now)):
        figures = getattr(found, name)
        for figure in ("counted", "planned", "logged", "verified", "target"):
            assert getattr(figures, figure) == state[figure], (name, figure)
    old, new = then["entries"], now["entries"]
    both = old.keys() & new.keys()
    assert {entry.id for entry in found.added} == new.keys() - old.keys()
    assert {entry.id for entry in found.deleted} == old.keys() - new.keys()
    assert {one.after.id for one in found.changed} == {
        id for id in both if said(old[id]) != said(new[id])
    }
    assert {entry.id for entry in found.verified} == {
        id
        for id, entry in new.items()
        if entry.verified and (id not in old or old[id].verified != entry.verified)
    }
    assert {(m.code, m.before, m.after) for m in found.moved} == {
        (code, then["rungs"][code], state)
        for code, state in now["rungs"].items()
        if then["rungs"][code] != state
    }
    before, after = then["actions"], now["actions"]
    assert {action.id for action in found.agreed} == after.keys() - before.keys()
    for closed in ("done", "dropped"):
        assert {action.id for action in getattr(found, closed)} == {
            id
            for id, action in after.items()
            if action.state == closed and (id not in before or before[id].state != closed)
        }


days = st.integers(0, 250).map(lambda n: START + timedelta(days=n))
fields = st.fixed_dictionaries(
    {
        "day": days,
        "minutes": st.integers(1, 300),
        "ksbs": st.sampled_from([(), ("K1",), ("K1", "S3"), ("B2",)]),
        "learned": st.sampled_from(["", "Short.", WORDS]),
        "type": st.sampled_from(["project", "work", "coaching"]),
        "private": st.booleans(),
        "paid": st.sampled_from(["yes", "no"]),
    }
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), fields),
        st.tuples(st.just("change"), fields),
        st.tuples(st.just("evidence"), st.integers(0, 9)),
        st.tuples(st.sampled_from(["delete", "verify", "act", "done"]), st.integers(0, 9)),
        st.tuples(st.sampled_from(["undo", "redo"]), st.none()),
        st.tuples(st.just("break"), days),
        st.tuples(st.just("target"), st.integers(420, 500)),
    ),
    max_size=9,
)


def do(journal: Journal, step: str, value: Any) -> None:
    """Take one random step; a refusal changes nothing and is as good."""
    live = journal.entries.find().entries
    opened = journal.actions.open()
    if (step in NEEDS_ENTRY and not live) or (step == "done" and not opened):
        return
    id = live[value % len(live)].id if step in NEEDS_ENTRY - {"change"} else ""
    takes: dict[str, Callable[[], object]] = {
        "add": lambda: log(journal, **value),
        "change": lambda: journal.entries.change(live[0].id, **value),
        "evidence": lambda: journal.entries.change(
            id, evidence=(Evidence("", "file", "A map", f"/map-{value}"),)
        ),
        "delete": lambda: journal.entries.delete([id]),
        "verify": lambda: journal.verifying.verify([id], "Ruth Adeyemi"),
        "act": lambda: journal.actions.add(
            "Share the plan", "learner", journal.as_at + timedelta(days=value)
        ),
        "done": lambda: journal.actions.done(opened[0].id),
        "undo": journal.undo,
        "redo": journal.redo,
        "break": lambda: journal.enrolments.add_break(value, value + timedelta(days=30)),
        "target": lambda: journal.enrolments.change(target_minutes=value * 60),
    }
    with suppress(KsbtuiError):
        takes[step]()


NEEDS_ENTRY = {"change", "evidence", "delete", "verify"}


@settings(
    max_examples=40,
    report_multiple_bugs=False,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(steps, steps)
def test_since_equals_a_comparison_of_whole_journals(before: Any, after: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        journal = council(Path(folder), CALL_DAY)
        for step, value in before:
            do(journal, step, value)
        held = journal.calls.end(minutes=60, tutor="Ruth Adeyemi", log=True)
        then = snapshot(journal)
        journal = at(journal, TODAY)
        for step, value in after:
            do(journal, step, value)
        if journal.calls.last_held and journal.calls.last_held.id == held.call.id:
            assert_same(journal, then, snapshot(journal))
        journal.close()


@pytest.mark.parametrize("log_first", [False, True])
def test_without_a_call_everything_is_new(tmp_path: Path, log_first: bool) -> None:
    journal = council(tmp_path)
    entries = [log(journal, learned=WORDS).id] if log_first else []
    found = journal.calls.since()
    assert [entry.id for entry in found.added] == entries
    assert [move.code for move in found.moved] == ["K1"] * log_first
    assert found.since == START
    assert found.then.counted == 0


def test_deleted_then_undone_is_no_change(tmp_path: Path) -> None:
    journal = council(tmp_path, CALL_DAY)
    entry = log(journal, learned=WORDS)
    journal.calls.end(minutes=60, tutor="Ruth")
    journal = at(journal, TODAY)
    journal.entries.delete([entry.id])
    assert [gone.id for gone in journal.calls.since().deleted] == [entry.id]
    journal.undo()
    found = journal.calls.since()
    assert (found.deleted, found.changed, found.moved) == ((), (), ())
    assert found.present.counted == found.then.counted == 60


def test_a_call_of_an_earlier_day_knows_what_was_written_by_then(tmp_path: Path) -> None:
    journal = council(tmp_path, date(2026, 9, 10))
    known = log(journal)
    journal = at(journal, TODAY)
    later = log(journal)
    journal.calls.end(day=date(2026, 9, 17), minutes=45, tutor="Ruth")
    assert [entry.id for entry in journal.calls.since().added] == [later.id]
    assert known.id in {e.id for e in journal.calls.changed_before(journal.calls.get("")).added}

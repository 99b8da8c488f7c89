"""Undo and redo put back every figure, whatever was done in whatever order."""

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

from ksbtui.core.entry.entries import Evidence, Verification
from ksbtui.errors import Conflict, NotFound
from ksbtui.journal.journal import Journal
from tests.journals import AS_AT, START, activity, enrolled

DAYS = st.integers(-5, 200).map(lambda n: START + timedelta(days=n))
LINK = Evidence("", "other", "Map", "https://intranet.example/map")


def everything(journal: Journal) -> dict[str, Any]:
    """All figures and all entries, as commands print them."""
    view = journal.progress.view
    entries = journal.entry_json.of_all(journal.entries.find().entries)
    for entry in entries:
        del entry["updated_at"]
    entries.sort(key=lambda entry: entry["id"])
    return {
        "entries": entries,
        "hours": view.hours.as_json(),
        "coverage": view.coverage.as_json(),
        "timeline": view.timeline.as_json(),
    }


def ids(journal: Journal) -> list[str]:
    return [entry.id for entry in journal.entries.find().entries]


def steps() -> st.SearchStrategy[Callable[[Journal], object]]:
    """Random writes; each does nothing where it does not apply."""

    def add(values: tuple[Any, ...]) -> Callable[[Journal], object]:
        day, minutes, codes, type_, paid, learned, evidenced = values
        return lambda journal: journal.entries.add(
            activity(
                day=day,
                minutes=minutes,
                ksbs=tuple(codes),
                type=type_,
                paid=paid,
                learned=learned,
                evidence=(LINK,) if evidenced else (),
            )
        )

    def change(values: tuple[int, Any]) -> Callable[[Journal], object]:
        def run(journal: Journal) -> None:
            if found := ids(journal):
                journal.entries.change(found[values[0] % len(found)], **values[1])

        return run

    def delete(number: int) -> Callable[[Journal], object]:
        def run(journal: Journal) -> None:
            if found := ids(journal):
                journal.entries.delete([found[number % len(found)]])

        return run

    def pause(values: tuple[date, int]) -> Callable[[Journal], object]:
        def run(journal: Journal) -> None:
            with suppress(Conflict):
                journal.enrolments.add_break(values[0], values[0] + timedelta(days=values[1]))

        return run

    codes = st.lists(st.sampled_from(["K1", "K4", "S2", "B1"]), unique=True, max_size=3)
    return st.one_of(
        st.tuples(
            DAYS,
            st.integers(1, 600),
            codes,
            st.sampled_from(["workshop", "review", "other"]),
            st.sampled_from(["yes", "no", "paid-back"]),
            st.sampled_from(["", "short", "word " * 15]),
            st.booleans(),
        ).map(add),
        st.tuples(
            st.integers(0, 50),
            st.one_of(
                st.fixed_dictionaries({"minutes": st.integers(1, 300)}),
                st.fixed_dictionaries({"day": DAYS}),
                st.fixed_dictionaries({"ksbs": codes.map(tuple)}),
                st.fixed_dictionaries({"verified": st.just(Verification("Ruth", AS_AT))}),
                st.fixed_dictionaries({"learned": st.just("some other words " * 6)}),
            ),
        ).map(change),
        st.integers(0, 50).map(delete),
        st.tuples(DAYS, st.integers(0, 40)).map(pause),
    )


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(steps(), min_size=1, max_size=8))
def test_undo_and_redo_restore_every_figure(taken: list[Callable[[Journal], object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        journal = enrolled(Path(folder))
        states = [everything(journal)]
        for step in taken:
            before = journal.revision
            step(journal)
            if journal.revision != before:
                states.append(everything(journal))
        for state in reversed(states[:-1]):
            journal.undo()
            assert everything(journal) == state
        for state in states[1:]:
            journal.redo()
            assert everything(journal) == state
        assert journal.backup.check().well
        journal.close()


def test_a_new_change_ends_what_can_be_redone(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    journal.entries.add(activity("One"))
    journal.undo()
    journal.entries.add(activity("Two"))
    with pytest.raises(NotFound):
        journal.redo()


def test_what_was_undone_before_a_change_stays_undone(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    journal.entries.add(activity())
    journal.undo()
    kept = journal.entries.add(activity()).entry
    journal.undo()
    assert journal.redo().label.startswith("Logged")
    assert ids(journal) == [kept.id]
    with pytest.raises(NotFound):
        journal.redo()


def test_a_mass_change_is_one_undo(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    for number in range(3):
        journal.entries.add(activity(f"Entry {number}"))
    journal.entries.change_all(ids(journal), "Submitted 3", submitted=AS_AT)
    assert all(entry.submitted for entry in journal.entries.find().entries)
    journal.undo()
    assert not any(entry.submitted for entry in journal.entries.find().entries)


def test_undoing_everything_ends_with_a_plain_word(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    journal.undo()
    assert journal.course is None
    with pytest.raises(NotFound, match="nothing to undo"):
        journal.undo()

"""What can be done with an entry: copied, marked, repeated, compared, its evidence checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ksbtui.app import KsbtuiApp
from ksbtui.core.entry.entries import Evidence
from ksbtui.journal.journal import Journal
from ksbtui.screens.entry.copy_walk import CopyWalk
from ksbtui.screens.journal.evidence_check import EvidenceCheck
from ksbtui.screens.journal.versions import VersionsScreen
from tests.journals import activity, enrolled
from tests.screens.entry.test_form import HOSTILE
from tests.screens.kit import screen_text


async def quiet(pilot: Pilot[int]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def clipboard(app: KsbtuiApp) -> list[str]:
    """Collect what is copied."""
    copied: list[str] = []
    taken: Any = app
    taken.copy_to_clipboard = copied.append
    return copied


async def test_an_entry_is_copied_for_a_form_marked_and_repeated(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    saved = journal.entries.add(activity(HOSTILE, learned="It drops names", ksbs=("K1",)))
    app = KsbtuiApp(journal)
    copied = clipboard(app)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "y")
        await pilot.pause()
        assert "Which form" in screen_text(app)
        await pilot.press("enter")
        await pilot.press("y")
        await pilot.pause()
        assert len(copied) == 2, "the form is asked for once"
        assert "It drops names" in copied[0]
        await pilot.press("m")
        await pilot.pause()
        assert journal.entries.get(saved.entry.id).submitted == journal.as_at
        await pilot.press("m", "t")
        await pilot.pause()
        assert app.screen.query_one("#title", Input).value == HOSTILE
        await pilot.press("ctrl+s")
        await pilot.pause()
    assert journal.entries.get(saved.entry.id).submitted is None
    again = [entry for entry in journal.entries.find().entries if entry.id != saved.entry.id]
    assert [(one.title, one.ksbs, one.learned) for one in again] == [(HOSTILE, ("K1",), "")]


async def test_what_is_not_copied_is_walked_one_by_one(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    for title in (HOSTILE, "Second", "Third"):
        journal.entries.add(activity(title))
    journal.entries.add(activity("A review", type="review"))
    app = KsbtuiApp(journal)
    copied = clipboard(app)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(CopyWalk())
        await pilot.pause()
        shown = screen_text(app)
        assert "1 of 3" in shown
        assert "oops [/bold] [red]" in shown
        await pilot.press("3")
        assert copied == [HOSTILE]
        await pilot.press("m")
        await pilot.pause()
        assert "1 of 2" in screen_text(app)
        await pilot.press("right", "m", "m")
        await pilot.pause()
        assert "Everything that counts is in your e-portfolio" in screen_text(app)
        await pilot.press("u")
        await pilot.pause()
        assert "1 of 1" in screen_text(app)
    assert journal.progress.view.not_submitted == 1


async def test_a_version_stands_beside_todays_and_is_brought_back(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    saved = journal.entries.add(activity(HOSTILE, learned="The first words"))
    journal.entries.change(saved.entry.id, learned="Other words", minutes=90)
    app = KsbtuiApp(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "v")
        await pilot.pause()
        assert isinstance(app.screen, VersionsScreen)
        shown = screen_text(app)
        assert "The first words" in shown
        assert "Other words" in shown
        await pilot.press("b", "down", "enter")
        await pilot.pause()
        assert "3 versions" in screen_text(app)
    entry = journal.entries.get(saved.entry.id)
    assert (entry.learned, entry.minutes) == ("The first words", 60)


def with_evidence(folder: Path) -> Journal:
    journal = enrolled(folder)
    file = folder / "map.txt"
    file.write_text("a map")
    item = journal.evidence.attach(str(file), title=HOSTILE)
    link = Evidence("", "other", "A page", "https://example.org")
    journal.entries.add(activity(evidence=(item, link)))
    return journal


async def test_evidence_that_changed_is_told_and_said_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = with_evidence(tmp_path)
    (tmp_path / "map.txt").write_text("another map")
    opened: list[str] = []
    monkeypatch.setattr(type(journal.evidence), "open", lambda _, id: opened.append(id))
    app = KsbtuiApp(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "o")
        await quiet(pilot)
        assert isinstance(app.screen, EvidenceCheck)
        shown = screen_text(app)
        assert "1 to check" in shown
        assert "Changed since it was attached" in shown
        await pilot.press("enter")
        await pilot.pause()
        assert len(opened) == 1
        await pilot.press("p")
        await pilot.pause()
        app.screen.query_one(Input).value = str(tmp_path)
        await pilot.press("enter")
        await pilot.pause()
        assert "all well" not in screen_text(app)
        app.screen.query_one(Input).value = str(tmp_path / "map.txt")
        await pilot.press("enter")
        await quiet(pilot)
        assert "all well" in screen_text(app)
        await pilot.press("d")
        await quiet(pilot)
        assert "1 artefact" in screen_text(app) or "all well" in screen_text(app)
    assert len(journal.entries.find().entries[0].evidence) == 1

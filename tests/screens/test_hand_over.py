"""Handing over, taking feedback in, and what was changed on two devices, on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from ksbtui.app import KsbtuiApp
from ksbtui.exports.making import export
from ksbtui.journal.exchange.handover import read_data, read_handover
from ksbtui.journal.exchange.opened import Opened
from ksbtui.journal.journal import Journal
from ksbtui.screens.exchange.hand_over import FeedbackForm, HandOver, ShareForm, TakeIn
from ksbtui.screens.exchange.two_places import TwoPlaces
from ksbtui.settings import Settings
from ksbtui.store.files.sealed import own_key
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.blocks import RichText
from tests.journals import AS_AT, activity, enrolled
from tests.screens.kit import screen_text

SIZE = (100, 30)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    made = enrolled(tmp_path)
    made.entries.add(activity("Pilot plan", ksbs=("S3",)))
    made.entries.add(activity("Call 07700 900123", ksbs=("S3",)))
    return made


def app_on(journal: Journal) -> KsbtuiApp:
    return KsbtuiApp(journal, Settings())


def shown(app: KsbtuiApp) -> str:
    return "\n".join(
        "".join(text for text, _ in line)
        for paper in app.screen.query(RichText)
        for line in paper.draw(90)
    )


async def test_there_and_back(journal: Journal, tmp_path: Path) -> None:
    out, back = tmp_path / "out.ksb", tmp_path / "back.ksb"
    own = own_key()
    assert own is not None
    app = app_on(journal)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("7", "h")
        assert isinstance(app.screen, HandOver)
        await pilot.press("enter")
        assert isinstance(app.screen, ShareForm)
        assert "2 entries" in shown(app)
        assert "which is removed" in shown(app)
        app.screen.query_one("#path", Input).value = str(out)
        await pilot.press("ctrl+s")
        assert isinstance(app.screen, ShareForm), "nobody is named"
        app.screen.query_one("#to", Input).value = own.public
        await pilot.press("ctrl+s")
        assert isinstance(app.screen, HandOver)
    data = read_data(out)
    assert b"900123" not in data

    opened = Opened(read_handover(data, out.name), out, journal.clock)
    theirs = Journal(context=opened.context)
    plan = next(e for e in theirs.entries.find().entries if e.title == "Pilot plan")
    theirs.verifying.verify([plan.id], "Ruth Adeyemi")
    app = app_on(theirs)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("a")
        assert len(app.screen_stack) == 1, "nothing is added to another's journal"
        await pilot.press("7", "h", "enter")
        assert isinstance(app.screen, FeedbackForm)
        assert "1 verification" in shown(app)
        app.screen.query_one("#path", Input).value = str(back)
        await pilot.press("ctrl+s")

    app = app_on(journal)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("7", "h", "down", "enter")
        assert isinstance(app.screen, TakeIn)
        app.screen.query_one("#path", Input).value = str(back)
        app.screen.look()
        await pilot.pause()
        assert "0 added, 1 changed" in shown(app)
        assert journal.entries.get(plan.id).verified is None
        await pilot.press("ctrl+s")
        verified = journal.entries.get(plan.id).verified
        assert verified is not None
        assert verified.by == "Ruth Adeyemi"


async def test_what_was_written_in_two_places(journal: Journal, tmp_path: Path) -> None:
    entry = next(e for e in journal.entries.find().entries if e.title == "Pilot plan")
    other = Journal(tmp_path / "other.db", journal.clock)
    path = tmp_path / "one.json"
    export(journal, "json", path)
    other.exchange.restore_json(path)
    other.entries.change(entry.id, notes="From home")
    journal.entries.change(entry.id, notes="[b]From work[/b]")
    export(other, "json", path)
    journal.exchange.restore_json(path)
    app = app_on(journal)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        needs = app.screen.query_one("#needs", Rows)
        needs.focus()
        for _ in range(needs.count):
            if str(needs.key).startswith("alert:two-places"):
                break
            await pilot.press("down")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, TwoPlaces)
        assert "[b]From work[/b]" in shown(app)
        assert "From home" in shown(app)
        await pilot.press("u")
        assert len(journal.merges.doubles()) == 1
        await pilot.press("1")
        assert "No texts differ on two devices" in shown(app)
        await pilot.press("u")
        await pilot.pause()
        assert "From home" in shown(app)
        await pilot.press("j")
        assert "No texts differ on two devices" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "two devices" not in screen_text(app)
    notes = journal.entries.get(entry.id).notes
    assert set(notes.split("\n\n")) == {"From home", "[b]From work[/b]"}
    assert journal.as_at == AS_AT

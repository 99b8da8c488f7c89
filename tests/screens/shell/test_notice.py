"""Messages and the timer have a line of their own on every screen, and cover nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ksbtui.app import KsbtuiApp
from ksbtui.errors import KsbtuiError
from ksbtui.journal.journal import Journal
from ksbtui.screens.entry.form import EntryForm
from tests.journals import enrolled
from tests.screens.kit import screen_text

KEYS = "1234567"
LONG = "A refusal that says in many words " * 6


async def at_rest(pilot: Pilot[int], app: KsbtuiApp) -> str:
    """What stands on the screen once what is looked up after the paint has come."""
    text, before = screen_text(app), ""
    while text != before:
        await pilot.pause(0.4)
        text, before = screen_text(app), text
    return text


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 16)])
async def test_a_message_covers_nothing(demo: Journal, size: tuple[int, int]) -> None:
    app = KsbtuiApp(demo)
    async with app.run_test(size=size) as pilot:
        for key in (*KEYS, "a"):
            await pilot.press(key)
            before = (await at_rest(pilot, app)).split("\n")
            app.say("Done [/bold].")
            await pilot.pause()
            after = screen_text(app).split("\n")
            assert "Done [/bold]." in after[1]
            if size != (60, 16):  # there the line opens for it, and the page scrolls
                assert after[:1] + after[2:] == before[:1] + before[2:], key
            app.clear_notifications()
            await pilot.pause()


async def test_what_is_longer_than_a_line_is_told_whole_and_moves_the_page(demo: Journal) -> None:
    app = KsbtuiApp(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        app.refuse(KsbtuiError(LONG, "And this is the way out."))
        await pilot.pause()
        lines = screen_text(app).split("\n")
        assert "! A refusal" in lines[1]
        assert "And this is the way out." in " ".join(line.strip() for line in lines[2:5]).replace(
            "  ", " "
        )
        assert "behind plan" in screen_text(app)


async def test_of_many_messages_the_newest_is_shown(
    demo: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ksbtui.screens.shell.messages.SAID_SECONDS", 0.05)
    app = KsbtuiApp(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        before = (await at_rest(pilot, app)).split("\n")
        app.refuse(KsbtuiError("The disk is full.", "Make room."))
        for number in range(20):
            app.say(f"Done {number}.")
        await pilot.pause()
        after = screen_text(app).split("\n")
        assert "Done 19." in after[1]
        assert after[:1] + after[2:] == before[:1] + before[2:], "they do not pile up"
        while "Done" in screen_text(app):
            await pilot.pause(0.05)
        assert "The disk is full. Make room." in screen_text(app), "it lasts longer"


async def test_messages_go_by_themselves(demo: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    app = KsbtuiApp(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        app.say("Stays a while.")
        await pilot.pause()
        assert "Stays a while." in screen_text(app)
        monkeypatch.setattr("ksbtui.screens.shell.messages.SAID_SECONDS", 0.05)
        app.say("Gone soon.")
        for _ in range(200):
            await pilot.pause(0.05)
            if all(notice.message != "Gone soon." for notice in app._notifications):
                break
        await pilot.pause()
        assert "Gone soon." not in screen_text(app)


async def test_the_timer_runs_on_every_screen(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    journal.timer.start("Paired testing")
    app = KsbtuiApp(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        for key in KEYS:
            await pilot.press(key)
            await pilot.pause()
            lines = screen_text(app).split("\n")
            assert "Paired testing" in lines[1], key
            assert "r stops" in lines[1]
            assert lines[1].startswith("  ▸"), "it keeps the margin of the page"
        await pilot.press("3", "r", "enter")
        await pilot.pause()
        form = app.screen
        assert isinstance(form, EntryForm)
        assert form.query_one("#title", Input).value == "Paired testing"


async def test_the_timer_stays_in_view_beside_a_message(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    journal.timer.start("Paired testing")
    app = KsbtuiApp(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        app.say("Saved.")
        await pilot.pause()
        line = screen_text(app).split("\n")[1]
        assert line.startswith("  Saved.")
        assert line.rstrip().endswith("▸ 1 m")

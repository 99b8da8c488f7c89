"""The timer and the week walk, from Today."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from ksbtui.app import KsbtuiApp
from ksbtui.clock import Clock
from ksbtui.journal.journal import Journal
from ksbtui.screens.entry.form import EntryForm
from ksbtui.screens.today.week_walk import WeekWalk
from tests.journals import activity, enrolled
from tests.screens.entry.test_form import HOSTILE
from tests.screens.kit import screen_text

TUESDAY = date(2026, 6, 30)


async def test_a_timer_is_started_shown_and_logged_as_one_change(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    app = KsbtuiApp(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("r")
        await pilot.pause()
        app.screen.query_one(Input).value = HOSTILE
        await pilot.press("enter")
        await pilot.pause()
        assert "r stops" in screen_text(app)
        assert "oops [/bold] [red]" in screen_text(app)
        await pilot.press("r", "enter")
        await pilot.pause()
        form = app.screen
        assert isinstance(form, EntryForm)
        assert form.query_one("#title", Input).value == HOSTILE
        await pilot.press("escape")
        assert journal.timer.running, "leaving the form lets the timer run"
        await pilot.press("r", "enter")
        await pilot.pause()
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "r stops" not in screen_text(app)
    assert journal.timer.running is None
    (entry,) = journal.entries.find().entries
    assert (entry.title, entry.minutes) == (HOSTILE, 1)
    journal.undo()
    assert journal.timer.running
    assert journal.entries.find().total == 0


async def test_a_timer_of_another_start_is_shown_and_can_be_dropped(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    journal.timer.start()
    app = KsbtuiApp(Journal(journal.path, Clock(TUESDAY)))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "No title yet" in screen_text(app)
        await pilot.press("r", "down", "down", "enter")
        await pilot.pause()
        assert "No title yet" not in screen_text(app)


async def test_the_week_is_walked_day_by_day(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    journal.entries.add(activity(HOSTILE, day=TUESDAY))
    app = KsbtuiApp(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("w")
        await pilot.pause()
        walk = app.screen
        assert isinstance(walk, WeekWalk)
        shown = screen_text(app)
        assert "Mon 1 of 5" in shown
        assert "Did you learn something" in shown
        walk.query_one("#title", Input).value = "Paired testing"
        await pilot.press("enter")
        walk.query_one("#time", Input).value = "never"
        await pilot.press("enter")
        await pilot.pause()
        assert "cannot be read" in screen_text(app) or "unreadable" in screen_text(app)
        walk.query_one("#time", Input).value = "45m"
        await pilot.press("enter")
        await pilot.pause()
        assert "Paired testing" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        shown = screen_text(app)
        assert "Tue 2 of 5" in shown
        assert "oops [/bold] [red]" in shown
        walk.query_one("#title", Input).value = "Half typed"
        await pilot.press("ctrl+e")
        await pilot.pause()
        assert app.screen.query_one("#day", Input).value == "2026-06-30"
        await pilot.press("escape")
        walk.query_one("#title", Input).value = ""
        await pilot.press("pagedown")
        await pilot.pause()
        assert "Your week" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen is not walk
    assert journal.entries.find().entries[1].day == date(2026, 6, 29)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 16)])
async def test_the_days_of_the_week_are_one_line_and_arrows_walk_it(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    journal = enrolled(tmp_path, TUESDAY)
    journal.entries.add(activity(HOSTILE, day=TUESDAY, minutes=95))
    app = KsbtuiApp(journal)
    async with app.run_test(size=size) as pilot:
        await pilot.press("w")
        await pilot.pause()
        strip = next(line for line in screen_text(app).split("\n") if " Tue " in line)
        assert all(f"{name}" in strip for name in ("Mon", "Wed", "Thu", "Fri")), strip
        walk = app.screen
        assert isinstance(walk, WeekWalk)
        await pilot.press("right")
        await pilot.pause()
        assert "Tue 2 of 5" in screen_text(app)
        await pilot.press("x", "y", "left", "right")
        await pilot.pause()
        assert "Tue 2 of 5" in screen_text(app), "in a text the arrows move the cursor"
        walk.query_one("#title", Input).value = ""
        await pilot.press("left")
        await pilot.pause()
        assert "Mon 1 of 5" in screen_text(app)

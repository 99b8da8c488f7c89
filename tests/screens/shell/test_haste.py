"""Keys that come faster than the screens they are for, and terminals with no room at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import TextArea

from ksbtui.app import KsbtuiApp
from ksbtui.cli.root import run
from ksbtui.journal.journal import Journal
from ksbtui.screens.entry.form import EntryForm
from ksbtui.screens.today.week_walk import WeekWalk
from ksbtui.widgets.forms.dialogs import Ask
from tests.journals import enrolled


async def at_once(pilot: Pilot[int], *keys: str) -> None:
    """Press keys without waiting for what they do."""
    driver = pilot.app._driver
    assert driver is not None
    for key in keys:
        driver.process_message(events.Key(key, key if len(key) == 1 else None))
    await pilot.pause()


@pytest.mark.parametrize(
    "keys",
    [
        ("ctrl+p", "escape", "ctrl+p", "escape", "ctrl+p", "pageup", "pagedown"),
        ("w", "right", "left", "ctrl+s", "ctrl+q"),
        ("a", "ctrl+s", "ctrl+k", "ctrl+e", "escape", "escape"),
        ("2", "slash", "v", "4", "6", "7", "5", "3", "1"),
    ],
)
async def test_keys_come_faster_than_the_screens(tmp_path: Path, keys: tuple[str, ...]) -> None:
    app = KsbtuiApp(enrolled(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await at_once(pilot, *keys)
        assert app._exception is None


async def test_a_dialog_left_twice_leaves_the_form_below(tmp_path: Path) -> None:
    app = KsbtuiApp(enrolled(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        ask: Ask[str] = Ask("Sure?", str)
        app.push_screen(ask)
        await pilot.pause()
        ask.dismiss(None)
        ask.dismiss(None)
        await pilot.pause()
        assert isinstance(app.screen, EntryForm)


async def test_the_palette_over_a_form_offers_nothing_that_leaves_it(tmp_path: Path) -> None:
    app = KsbtuiApp(enrolled(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        titles = {command.title for command in app.get_system_commands(app.screen)}
        assert {"Go to Journal", "Log an activity", "Search the journal"} <= titles
        await pilot.press("w")
        assert isinstance(app.screen, WeekWalk)
        titles = {command.title for command in app.get_system_commands(app.screen)}
        assert "Open the whole form" in titles
        assert not {"Go to Journal", "Log an activity", "Search the journal"} & titles


async def test_the_palette_in_a_terminal_of_one_cell(tmp_path: Path) -> None:
    app = KsbtuiApp(enrolled(tmp_path))
    async with app.run_test(size=(1, 1)) as pilot:
        await pilot.press("ctrl+p", "down", "pageup")
        assert app._exception is None


async def test_undoing_lines_while_the_scroll_bar_goes(demo: Journal) -> None:
    app = KsbtuiApp(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", "n")
        area = app.screen.query_one("#learned", TextArea)
        area.focus()
        app.screen._forward_event(events.Paste("word\n" * 40))
        await pilot.pause()
        await pilot.press("ctrl+z")
        assert "word" not in area.text
        assert app._exception is None


@pytest.mark.parametrize(
    "command",
    [
        *("import {}.csv", "export otj {}.csv", "export json {}.json", "backup {}"),
        *("restore {}", "demo {} --no-open", "capture {}.html", "caseload {}"),
    ],
)
def test_a_name_too_long_is_refused(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = enrolled(tmp_path)
    words = ["--journal", str(journal.path), *command.format(tmp_path / ("x" * 300)).split()]
    assert run(words) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.strip().split("\n")) == 2
    assert "cannot be used" in err

"""Coming back to an old reflection on Today, and reading made comfortable."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ksbtui.app import KsbtuiApp
from ksbtui.clock import Clock
from ksbtui.settings import load_settings, settings_path
from ksbtui.widgets.frame.looks import COMFORT, DARK, THEMES
from ksbtui.widgets.lists.rows import Rows
from tests.journals import activity, enrolled
from tests.screens.kit import screen_text

OLD = "I asked nobody before I drew the map, and it was wrong in four places, which I saw late."


async def test_today_offers_one_and_links_what_is_written(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    day = date.fromordinal(journal.as_at.toordinal() - 80)
    before = journal.entries.add(activity("The map", day=day, learned=OLD, ksbs=("S6",))).entry
    app = KsbtuiApp(journal)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "you wrote this. What would you do now?" in screen_text(app)
        rows = app.screen.query_one("#steps", Rows)
        for _ in range(5):
            if rows.key == "revisit":
                break
            await pilot.press("down")
        await pilot.press("enter")
        await pilot.pause()
        assert "Revisited: The map" in screen_text(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        after, (again,) = journal.revisits.of(before)
        assert after is None
        assert again.title == "Revisited: The map"
        assert "you wrote this" not in screen_text(app)


async def test_a_small_terminal_keeps_its_steps(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    day = date.fromordinal(journal.as_at.toordinal() - 80)
    journal.entries.add(activity("The map", day=day, learned=OLD, ksbs=("S6",)))
    app = KsbtuiApp(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Next best steps" in screen_text(app)


async def test_one_key_makes_reading_comfortable_and_is_remembered(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    app = KsbtuiApp(journal)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("f2")
        await pilot.pause()
        assert app.theme == COMFORT[DARK]
        assert load_settings().comfort
        assert load_settings().theme == DARK
        assert app.screen.query_one("#body").styles.padding.left == 3
    again = KsbtuiApp(journal)
    async with again.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert again.theme == COMFORT[DARK]
        assert again.screen.query_one("#body").styles.padding.left == 3
        await pilot.press("f2")
        await pilot.pause()
        assert again.theme == DARK
        assert not load_settings().comfort


def test_nothing_is_dim_in_the_comfortable_themes() -> None:
    found = {theme.name: theme for theme in THEMES}
    for name in COMFORT.values():
        theme = found[name]
        assert theme.variables["foreground-muted"] == theme.foreground
        assert {theme.background, theme.foreground} == {"#000000", "#ffffff"}


@pytest.mark.parametrize("value", ['"yes"', "1", "null"])
def test_a_wrong_setting_is_named(value: str) -> None:
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text(f'{{"comfort": {value}}}', encoding="utf-8")
    assert load_settings().problems
    assert not load_settings().comfort


class Woken(Clock):
    """A clock that stands at an instant."""

    def __init__(self, instant: str) -> None:
        super().__init__(date.fromisoformat(instant[:10]))
        object.__setattr__(self, "instant", instant)

    def now(self) -> str:
        return str(self.instant)  # type: ignore[attr-defined]


async def test_a_closed_lid_asks_about_the_timer(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    journal.context.clock = Woken("2026-06-30T09:00:00.000Z")
    journal.timer.start("Map")
    app = KsbtuiApp(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app._poll()
        journal.context.clock = Woken("2026-06-30T11:10:00.000Z")
        app._poll()
        await pilot.pause()
        assert "The computer slept for 2 h 10 m" in screen_text(app)
        await pilot.press("down", "enter", *"0930", "enter")
        await pilot.pause()
        assert type(app.screen).__name__ == "EntryForm"


async def test_the_palette_leads_there_in_a_small_terminal(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    day = date.fromordinal(journal.as_at.toordinal() - 80)
    journal.entries.add(activity("The map", day=day, learned=OLD, ksbs=("S6",)))
    app = KsbtuiApp(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        found = {one.title: one for one in app.get_system_commands(app.screen)}
        found["Return to a reflection"].callback()
        await pilot.pause()
        assert "Revisited: The map" in screen_text(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert journal.revisits.offer() is None
        await pilot.press("2")
        await pilot.pause(0.2)
        assert len(journal.revisits.links()) == 1

"""Bringing a file in on the screen: name it, see it, say so, undo it."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from ksbtui.app import KsbtuiApp
from ksbtui.journal.journal import Journal
from ksbtui.screens.entry.untagged_walk import UntaggedWalk
from ksbtui.screens.exchange.file_form import complete_path
from ksbtui.screens.exchange.import_log import ImportLog
from tests.screens.kit import SIZES, screen_text

LOG = (
    "Date,Activity,Hours,KSBs\n14/09/2026,Prompt workshop,2,S8\n,No day,1,\n15/09/2026,Talk,1.5,\n"
)


async def bring_in(app: KsbtuiApp, path: Path) -> None:
    """Open the form on a file."""
    await app.push_screen(ImportLog())
    app.screen.query_one("#path", Input).value = str(path)


async def told(pilot: Pilot[int]) -> str:
    """Wait for the look at the file; give what is on screen."""
    await pilot.pause(0.6)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    return screen_text(pilot.app)


async def test_a_log_is_seen_before_it_comes_in_and_undone_at_once(
    demo: Journal, tmp_path: Path
) -> None:
    path = tmp_path / "log.csv"
    path.write_text(LOG, "utf-8")
    before = demo.entries.find(limit=1).total
    app = KsbtuiApp(demo)
    async with app.run_test(size=SIZES["80x24"]) as pilot:
        await pilot.press("2", "i")
        assert isinstance(app.screen, ImportLog)
        app.screen.query_one("#path", Input).value = str(path)
        text = await told(pilot)
        for words in ("2 to add", "3 h 30 m", "Prompt workshop", "row 3: no date"):
            assert words in text
        assert demo.entries.find(limit=1).total == before
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert not isinstance(app.screen, ImportLog)
        assert demo.entries.find(limit=1).total == before + 2
        assert "1 entry has no KSB" in screen_text(app)
        await pilot.press("escape", "u")
        await pilot.pause()
        assert demo.entries.find(limit=1).total == before


async def test_columns_can_be_named_and_unreadable_rows_left_out(
    demo: Journal, tmp_path: Path
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("x,y,z\n14/09/2026,Reading,30\nsoon,Talk,45\n", "utf-8")
    app = KsbtuiApp(demo)
    async with app.run_test(size=SIZES["120x40"]) as pilot:
        await bring_in(app, path)
        assert "no columns for a date and hours" in await told(pilot)
        app.screen.query_one("#columns", Input).value = "day=A,title=B,minutes=C"
        assert "not a day" in await told(pilot)
        await pilot.press("ctrl+l")
        await pilot.pause()
        assert "1 to add" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, ImportLog)


def test_a_path_is_completed_as_it_was_typed(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "march.csv").touch()
    assert complete_path(f"{tmp_path}/lo") == f"{tmp_path}/logs/"
    assert complete_path(f"{tmp_path}/logs/m") == f"{tmp_path}/logs/march.csv"
    assert complete_path(f"{tmp_path}/logs/x") is None
    assert complete_path(f"{tmp_path}/gone/x") is None


async def test_a_map_is_kept_and_used_again_and_vanished_rows_may_go(
    demo: Journal, tmp_path: Path
) -> None:
    march, april = tmp_path / "march.csv", tmp_path / "april.csv"
    march.write_text("14/09/2026,Reading,30\n15/09/2026,Talk,45\n", "utf-8")
    april.write_text("14/09/2026,Reading,30\n16/09/2026,Visit,60\n", "utf-8")
    before = demo.entries.find(limit=1).total
    app = KsbtuiApp(demo)
    async with app.run_test(size=SIZES["120x40"]) as pilot:
        await bring_in(app, march)
        for name, value in (
            ("columns", "day=A,title=B,minutes=C"),
            ("source", "college"),
            ("map", "mine"),
        ):
            app.screen.query_one(f"#{name}", Input).value = value
        assert "2 to add" in await told(pilot)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "2 entries have no KSB" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, UntaggedWalk)
        await pilot.press("escape")
        await bring_in(app, april)
        app.screen.query_one("#source", Input).value = "college"
        app.screen.query_one("#map", Input).value = "mine"
        assert "1 to add, 0 to change, 1 unchanged, 1 missing" in await told(pilot)
        await pilot.press("ctrl+r")
        assert "will be deleted" in screen_text(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
    assert demo.entries.find(limit=1).total == before + 2
    assert demo.imports.maps() == ("mine",)


WORKBOOK = (
    "Spring,,,,,\nDate,Activity,Hours,,,\n14/09/2026,Reading,2,,,\n,,,,,\n"
    "Other things,,,,,\nThing,Figure,Odd,,,\nPens,3,4,,,\n"
)


async def test_every_table_is_told_and_a_saved_map_is_offered_for_its_shape(
    demo: Journal, tmp_path: Path
) -> None:
    path, odd = tmp_path / "two.csv", tmp_path / "odd.csv"
    path.write_text(WORKBOOK, "utf-8")
    odd.write_text("Thing,When,Figure\nPens,14/09/2026,30\nInk,15/09/2026,45\n", "utf-8")
    app = KsbtuiApp(demo)
    async with app.run_test(size=SIZES["120x40"]) as pilot:
        await bring_in(app, path)
        text = await told(pilot)
        for words in ("1 to check", "was not read", 'Table 1 "Spring"', "left aside"):
            assert words in text
        await pilot.press("escape")
        await bring_in(app, odd)
        assert "no columns for a date and hours" in await told(pilot)
        for name, value in (("columns", "minutes=Figure,title=Thing"), ("map", "pens")):
            app.screen.query_one(f"#{name}", Input).value = value
        assert "2 to add" in await told(pilot)
        await pilot.press("ctrl+s")
        await pilot.pause()
        await pilot.press("escape")
        await bring_in(app, odd)
        assert "The saved map pens fits it" in await told(pilot)

"""Coverage: the geometry of the map, and the screen on the demo journal."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ksbtui.app import KsbtuiApp
from ksbtui.core.entry.entries import Entry
from ksbtui.journal.demo.demo import make_demo
from ksbtui.journal.journal import Journal
from ksbtui.journal.programme.enrolments import Agreed
from ksbtui.journal.progress.nearness import Earlier, NearEntry, Nearness
from ksbtui.presentation.cells import width_of
from ksbtui.screens import ScreenInfo
from ksbtui.screens.coverage.panel import easiest
from ksbtui.screens.coverage.screen import CoverageScreen
from ksbtui.screens.shell.help import matches
from ksbtui.store.seed.seeds import duty_names
from ksbtui.widgets.charts.coverage_map import (
    CoverageMap,
    Grid,
    Tile,
    grid_for,
    lay_out,
    step,
    tile_text,
)
from ksbtui.widgets.lists.coverage_groups import CoverageGroups, GroupRow, group_line
from ksbtui.widgets.text.drawing import text_of
from tests.journals import activity, enrolled
from tests.screens.kit import fake_clock, screen_text

COUNTS = (29, 29, 6)
SCREENS = (
    ScreenInfo("1", "Today", "tests.screens.blank", "Blank"),
    ScreenInfo("4", "Coverage", "ksbtui.screens.coverage.screen", "CoverageScreen"),
)
FORMS = (ScreenInfo("a", "Add", "ksbtui.screens.entry.form", "EntryForm"),)


# Geometry


@pytest.mark.parametrize(
    ("width", "height", "grid", "lines"),
    [
        (69, 32, Grid(10, 2, 1, 1), 26),
        (69, 24, Grid(10, 2, 1, 0), 23),
        (69, 20, Grid(10, 2, 0, 0), 19),
        (69, 12, Grid(10, 1, 0, 0), 12),
        (69, 5, Grid(10, 1, 0, 0), 12),
        (56, 6, Grid(5, 1, 0, 0), 19),
        (20, 6, Grid(3, 1, 0, 0), 27),
        (3, 6, Grid(1, 1, 0, 0), 69),
    ],
)
def test_the_roomiest_grid_that_fits_is_taken(
    width: int, height: int, grid: Grid, lines: int
) -> None:
    assert grid_for(COUNTS, width, height) == grid
    assert grid.lines(COUNTS) == lines == lay_out(COUNTS, grid).height


def test_every_tile_has_its_own_place_and_k17_is_the_seventh_of_the_second_row() -> None:
    laid = lay_out(COUNTS, Grid(10, 2, 1, 1))
    assert len(set(laid.places)) == sum(COUNTS)
    assert laid.rows[1][6] == 16
    assert laid.places[16] == (42, 5)
    assert set(laid.labels.values()) == {0, 1, 2}
    assert all(line not in laid.labels for line in laid.on_line)


def test_arrows_keep_their_column_across_blocks_and_stop_at_the_ends() -> None:
    laid = lay_out(COUNTS, Grid(10, 1, 0, 0))
    assert step(laid, 9, 1, 0) == 10
    assert step(laid, 0, -1, 0) == step(laid, 0, 0, -1) == 0
    assert step(laid, 19, 0, 1) == 28, "the shorter row's last tile"
    assert step(laid, 28, 0, 1) == 37, "the same column of the next block"
    assert step(laid, 63, 0, 1) == step(laid, 63, 1, 0) == 63


def test_a_tile_says_its_state_without_colour_and_a_faded_one_only_its_code() -> None:
    tile = Tile("K10", "evidenced", ("fragile", "rehearsed"))
    assert tile_text(tile, tall=False) == ("K10 ●¹", "")
    assert tile_text(tile, tall=True) == (" K10  ", " ● ¹” ")
    assert tile_text(replace(tile, faded=True), tall=False) == ("K10   ", "")
    assert {len(text) for text in tile_text(Tile("K1", "none"), tall=True)} == {6}


@pytest.mark.parametrize("width", [120, 78, 68, 56, 40, 20])
def test_a_duty_fits_its_width_with_its_figure(width: int) -> None:
    row = GroupRow(13, "oops [/bold] " + "word " * 30, ("strong", "none") * 11, "11/22")
    note = GroupRow(15, "Keep up to date " * 4, (), "", "the standard lists no KSBs")
    for one in (row, note):
        line = group_line(one, width, 23, cursor=True)
        assert width_of(line) == width, text_of([line])
    assert text_of([group_line(row, width, 23)])[0].endswith("11/22")


# What lies close


def test_entries_close_in_words_are_found_unless_tagged() -> None:
    day = date(2026, 3, 1)
    guide = NearEntry("a", day, "User guide", "Wrote a user guide and training materials", ())
    tagged = replace(guide, id="b", ksbs=("K20",))
    other = NearEntry("c", day, "Invoices", "Matched supplier invoices by hand", ())
    nearness = Nearness([guide, tagged, other])
    found = nearness.near("K20", "Methods to develop resources such as manuals and guides.")
    assert [one.id for one in found] == ["a"]


def test_the_other_standard_is_compared_where_there_is_one(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.db", fake_clock())
    unit = Agreed("AU0002", "au0002-16-weeks", date(2026, 5, 4))
    journal.enrolments.set_up(unit)
    assert Earlier(journal.context, journal.progress).nearest("K2") is None
    journal.enrolments.finish(date(2026, 8, 1), "completed")
    journal.enrolments.set_up(
        Agreed("ST1512", "local-government-14-months", date(2026, 9, 1)),
    )
    nearest = Earlier(journal.context, journal.progress).nearest("K7")
    assert nearest is not None
    assert (nearest.ref, nearest.code, nearest.state) == ("AU0002", "K2", "none")
    assert nearest.similarity == 1.0


# The screen


@pytest.fixture
def demo(tmp_path: Path) -> Journal:
    return make_demo(tmp_path / "demo.db", fake_clock())


def make(journal: Journal) -> KsbtuiApp:
    return KsbtuiApp(journal, places=SCREENS, sheets=FORMS)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 16)])
async def test_it_opens_on_the_greatest_need_and_moves(
    demo: Journal, size: tuple[int, int]
) -> None:
    app = make(demo)
    async with app.run_test(size=size) as pilot:
        await pilot.press("4")
        await pilot.pause()
        tiles = app.screen.query_one(CoverageMap)
        assert tiles.has_focus
        assert tiles.code == "K6"
        text = screen_text(app)
        assert "45 of 64 shown   19 gaps · 7 of them fragile" in text
        assert "supporting human work" in text or size[0] == 60
        assert "mentioned" in text
        await pilot.press("down", "right")
        await pilot.pause()
        assert tiles.code == ("K17" if size[0] >= 80 else "K12")
        await pilot.press("end")
        await pilot.pause()
        assert tiles.code == "B6"
        assert "B6" in screen_text(app), "scrolled into view"


async def test_filter_order_and_duties(demo: Journal) -> None:
    app = make(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("4", "end", "f", "down", "enter")
        await pilot.pause()
        text = screen_text(app)
        assert "Gaps  19 of 64   esc shows all" in text
        assert "K20 ·¹" in text
        assert "K22 ◆" not in text
        assert app.screen.query_one(CoverageMap).code == "K6", "not left on a faded tile"
        await pilot.press("escape", "s")
        await pilot.pause()
        assert "Fragile gaps" in screen_text(app)
        await pilot.press("g")
        await pilot.pause()
        text = screen_text(app)
        assert "45 of 64 shown, by duty" in text
        assert "the standard lists no KSBs" in text
        await pilot.press(*["down"] * 12)
        await pilot.pause()
        assert "Duty 13   9 of 15 shown" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "Duty 13  15 of 64" in screen_text(app)
        assert app.screen.query_one(CoverageMap).has_focus
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert not isinstance(app.screen, CoverageScreen), "back to the first place"


async def test_the_panel_looks_up_entries_and_takes_text_as_it_is(demo: Journal) -> None:
    hostile = "oops [/bold] [red]"
    demo.entries.add(Entry(id="", day=date(2026, 9, 22), minutes=60, title=hostile, ksbs=("K20",)))
    app = make(demo)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("4")
        screen = app.screen
        assert isinstance(screen, CoverageScreen)
        screen.show_ksb("K20")
        for _ in range(20):
            await pilot.pause(0.1)
            if hostile in screen_text(app):
                break
        text = screen_text(app)
        assert hostile in text
        assert "Module 7 starts on 12 October 2026" in text
        assert "Duty 4  " in text
        demo.undo()
        app.changed()
        await pilot.pause()
        assert "none yet" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "No entries are tagged with K20 yet." in screen_text(app)
        await pilot.press("a")
        await pilot.pause()
        assert "K20" in screen_text(app)
        assert not isinstance(app.screen, CoverageScreen)


async def test_an_empty_journal_explains_the_ladder_and_a_unit_has_outcomes(
    tmp_path: Path,
) -> None:
    journal = Journal(tmp_path / "j.db", fake_clock())
    journal.enrolments.set_up(Agreed("AU0002", "au0002-16-weeks", date(2026, 9, 1)))
    app = make(journal)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("4")
        await pilot.pause()
        text = screen_text(app)
        assert "0 of 29 shown   29 gaps" in text
        assert "fragile" not in text
        assert "Behaviours" not in text
        assert "How to show a KSB" in text
        assert "Press a to log an entry with this KSB." in text
        await pilot.press("g")
        await pilot.pause()
        assert "0 of 29 shown, by outcome" in screen_text(app)
        assert app.screen.query_one(CoverageGroups).has_focus


def test_a_typed_code_comes_first(demo: Journal) -> None:
    ksbs = demo.progress.view.coverage.ksbs
    found = sorted(matches(ksbs, "k02"), key=lambda pair: -pair[0])
    assert [ksb.code for _, ksb in found] == ["K2"]
    found = sorted(matches(ksbs, "k2"), key=lambda pair: -pair[0])
    assert [ksb.code for _, ksb in found[:3]] == ["K2", "K20", "K21"]


async def test_the_palette_leads_to_a_ksb(demo: Journal) -> None:
    app = make(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", *"k14")
        for _ in range(20):
            await asyncio.sleep(0.05)
            await pilot.pause()
            if "K14  testing" in screen_text(app):
                break
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert isinstance(app.screen, CoverageScreen)
        assert app.screen.query_one(CoverageMap).code == "K14"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_move_paints_what_a_whole_repaint_would(
    demo: Journal, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ksbtui.screens.coverage.panel.REST_SECONDS", 60.0)
    app = make(demo)
    async with app.run_test(size=size) as pilot:
        await pilot.press("4")
        for key in ("right", "right", "down", "end", "g", "down", "g", "s", "right"):
            await pilot.press(key)
            await pilot.pause()
            painted = screen_text(app)
            for widget in app.screen.walk_children():
                widget.refresh()
            await pilot.pause()
            assert screen_text(app) == painted, key


def test_every_duty_of_st1512_has_a_short_name(demo: Journal) -> None:
    names = duty_names("ST1512")
    assert set(names) == {group.number for group in demo.progress.view.coverage.duties}
    assert all(len(name) <= 36 for name in names.values())
    assert duty_names("../hints/st1512") == {}


@pytest.mark.parametrize("code", ["K1", "K29", "S15", "B6"])
async def test_the_cursor_stays_in_view_when_the_terminal_shrinks(demo: Journal, code: str) -> None:
    app = KsbtuiApp(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("4")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, CoverageScreen)
        screen.show_ksb(code)
        for size in ((60, 20), (60, 16), (80, 24), (60, 20)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            await pilot.pause()
            tiles = screen.query_one(CoverageMap)
            region = tiles._region(tiles._cursor).translate(
                tiles.content_region.offset - tiles.scroll_offset
            )
            visible = tiles.content_region.intersection(screen.query_one("#left").region)
            assert visible.contains_region(region), size


async def test_an_empty_map_names_five_to_begin_with(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    view = journal.progress.view
    app = KsbtuiApp(journal)
    for size in ((120, 40), (80, 24)):
        async with app.run_test(size=size) as pilot:
            await pilot.press("4")
            await pilot.pause()
            text = screen_text(app)
            assert "Easiest to start with" in text
            named = [ksb.code for ksb in easiest(view)]
            assert len(named) == 5
            assert all(code in text for code in named)
        app = KsbtuiApp(journal)
    module = view.plan.module_on(view.as_at)
    assert module
    assert {ksb.code for ksb in easiest(view)} <= set(module.ksbs)
    journal.entries.add(activity(ksbs=("K1",)))
    app = KsbtuiApp(journal)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("4")
        await pilot.pause()
        assert "Easiest to start with" not in screen_text(app)

"""Lists and dialogs in a running app."""

from __future__ import annotations

from typing import Any

from textual.app import App, ComposeResult
from textual.widgets import Input

from ksbtui.app import KsbtuiApp
from ksbtui.core.durations import parse_minutes, say_minutes
from ksbtui.presentation.parts import Row
from ksbtui.widgets.forms.dialogs import Ask, Choose, confirm
from ksbtui.widgets.lists.long_rows import WINDOW, LongRows
from ksbtui.widgets.lists.rows import Rows
from tests.screens.fake import fake
from tests.screens.kit import screen_text
from tests.screens.sample import SCREENS, ListPage

WEEK = (
    Row("h1", "This week", heading=True),
    Row("a", "First", "1 h"),
    Row("b", "Second", "2 h", notes=("why",)),
    Row("h2", "Before", heading=True),
    Row("c", "oops [/bold] [red]", "3 h"),
)


class ListApp(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, str]] = []

    def compose(self) -> ComposeResult:
        yield Rows(*WEEK)

    def on_listing_chosen(self, event: Rows.Chosen) -> None:
        self.told.append(("chosen", event.key))

    def on_listing_highlighted(self, event: Rows.Highlighted) -> None:
        self.told.append(("at", event.key))


async def test_the_cursor_skips_headings_and_stays_on_its_key() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 10)) as pilot:
        rows = app.query_one(Rows)
        rows.show(WEEK)
        assert rows.key == "a"
        await pilot.press("down", "down", "enter")
        assert app.told[-2:] == [("at", "c"), ("chosen", "c")]
        rows.show([WEEK[4], *WEEK[:3]])
        assert rows.key == "c", "moved in the list, still under the cursor"
        rows.show(WEEK[:3])
        assert rows.key == "a", "gone: the row nearest to its place"
        rows.show([])
        assert rows.key is None
        await pilot.press("down", "enter", "pagedown", "home")
        rows.show(WEEK, at="c")
        await pilot.pause()
        text = screen_text(app)
        assert "▌oops [/bold] [red]" in text
        assert text.count("▌") == 1


async def test_a_list_filled_before_it_has_a_height_still_starts_at_its_top() -> None:
    class Filled(ListApp):
        CSS = "Rows { height: 3; }"

        def on_mount(self) -> None:
            self.query_one(Rows).show(WEEK)

    app = Filled()
    async with app.run_test(size=(40, 10)) as pilot:
        rows = app.query_one(Rows)
        assert (rows.key, rows.scroll_offset.y) == ("a", 0)
        await pilot.press("end")
        assert rows.scroll_offset.y > 0


async def test_ten_thousand_rows_are_fetched_only_where_they_are_seen() -> None:
    app = KsbtuiApp(fake(), places=SCREENS[::-1], sheets=())
    app.add_mode("9", ListPage)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.switch_mode("9")
        await pilot.pause()
        page = app.screen
        assert isinstance(page, ListPage)
        rows = page.query_one(LongRows)
        assert page.fetched == [(0, WINDOW)]
        assert "Week 0" in screen_text(app)
        await pilot.press("end")
        assert rows.key == "9999"
        assert "Entry 9999" in screen_text(app)
        assert len(page.fetched) <= 3
        await pilot.press("up", "pageup")
        held = rows.key
        page.refresh_page()
        await pilot.pause()
        assert rows.key == held
        assert f"Entry {held} " in screen_text(app)


async def ask(app: App[Any], dialog: Any) -> list[Any]:
    answers: list[Any] = []
    await app.push_screen(dialog, answers.append)
    return answers


async def test_confirm_starts_on_the_safe_side() -> None:
    app = KsbtuiApp(fake(), places=SCREENS, sheets=())
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await ask(app, confirm("Delete [/bold]?", "Delete it", text="u undoes it."))
        await pilot.pause()
        assert "Delete [/bold]?" in screen_text(app)
        await pilot.press("enter")
        assert answers == ["no"]
        answers = await ask(app, Choose("Type", [Row("x", "One"), Row("y", "Two")]))
        await pilot.press("down", "enter")
        assert answers == ["y"]
        answers = await ask(app, Choose("Type", [Row("x", "One")]))
        await pilot.press("escape")
        assert answers == [None]


async def test_a_refused_answer_stays_in_the_field_with_the_reason() -> None:
    app = KsbtuiApp(fake(), places=SCREENS, sheets=())
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await ask(app, Ask("How long?", parse_minutes, echo=say_minutes))
        await pilot.pause()
        field = app.screen.query_one(Input)
        field.value = "2"
        await pilot.press("enter")
        assert answers == []
        assert "2 h or 2 min?" in screen_text(app)
        field.value = "1:30"
        await pilot.pause()
        assert "1 h 30 m" in screen_text(app)
        await pilot.press("enter")
        assert answers == [90]

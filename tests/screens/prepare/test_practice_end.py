"""The end of a practice: its page, ending early, and a mock asked for meanwhile."""

from __future__ import annotations

import pytest
from textual.widgets import TextArea

from ksbtui.app import KsbtuiApp
from ksbtui.journal.journal import Journal
from ksbtui.screens.prepare.practice import PracticeEnd, PracticeScreen
from tests.screens.kit import screen_text


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_after_the_last_question_a_page_says_how_it_went(
    demo: Journal, size: tuple[int, int]
) -> None:
    app = KsbtuiApp(demo)
    async with app.run_test(size=size) as pilot:
        await pilot.press("6", "enter", *"123412341234")
        await pilot.pause()
        assert isinstance(app.screen, PracticeEnd)
        text = screen_text(app)
        for words in ("6 of 12 sound or better", "aim 5:00", "By kind", "By level", "Weakest"):
            assert words in text
        assert "lost" in text
        await pilot.press("s")
        await pilot.pause()
        assert "6 of 12 sound or better" in screen_text(app)
        assert app.clipboard == ""
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert "Practise what is next" in screen_text(app)
    assert demo.discussing.session is None


async def test_a_practice_is_ended_by_key_and_keeps_what_was_scored(demo: Journal) -> None:
    before = len(demo.discussing.answers())
    app = KsbtuiApp(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("6", "enter", "3", "x", "enter")
        assert isinstance(app.screen, PracticeScreen), "the safe answer goes on"
        await pilot.press("x", "down", "enter")
        await pilot.pause()
        assert "1 of 1 sound or better  11 questions not answered" in screen_text(app)
    assert len(demo.discussing.answers()) == before + 1
    assert demo.discussing.session is None


async def test_a_mock_asked_for_while_a_practice_is_open_asks(demo: Journal) -> None:
    app = KsbtuiApp(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("6", "enter", "3", "escape", "m")
        await pilot.pause()
        assert "A practice is still open" in screen_text(app)
        await pilot.press("escape")
        session = demo.discussing.session
        assert session
        assert session.place == 1
        await pilot.press("m", "down", "enter")
        await pilot.pause()
        assert "Mock discussion" in screen_text(app)
    session = demo.discussing.session
    assert session
    assert session.mock


async def test_notes_have_room_for_a_paragraph(demo: Journal) -> None:
    app = KsbtuiApp(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("6", "enter", "n")
        app.screen.query_one(TextArea).insert("Said what.\nForgot why.")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "noted" in screen_text(app)
        await pilot.press("2")
    assert demo.discussing.answers()[-1].notes == "Said what.\nForgot why."

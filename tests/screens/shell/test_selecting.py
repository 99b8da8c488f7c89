"""Dragging the mouse over any screen or dialog selects text and ends nothing."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from ksbtui.app import KsbtuiApp
from ksbtui.journal.journal import Journal
from tests.screens.kit import screen_text

WAYS = {
    **{key: (key,) for key in "1234567"},
    "form": ("a",),
    "KSB picker": ("a", "ctrl+k"),
    "templates": ("a", "ctrl+r"),
    "help": ("question_mark",),
    "palette": ("ctrl+p",),
    "week walk": ("w",),
    "timer": ("r",),
    "entry whole": ("2", "space"),
    "versions": ("2", "v"),
    "statement": ("3", "p"),
    "entries of a KSB": ("4", "enter"),
    "by duty": ("4", "g"),
    "filter": ("4", "f"),
    "module": ("5", "enter"),
    "break": ("5", "b"),
    "stories": ("6", "o"),
    "project": ("6", "p"),
    "scan": ("6", "k"),
    "gateway": ("6", "g"),
    "practice": ("6", "enter"),
    "call": ("7", "enter"),
    "action": ("7", "t"),
    "pack": ("7", "p"),
    "import": ("2", "i"),
}
"""The keys that lead to each screen and dialog."""


async def drag(pilot: Pilot[int], width: int, height: int) -> None:
    """Drag from the middle of the first rows over all of them, and back."""
    for start, end in (((6, 3), (width - 8, height - 4)), ((width - 8, height - 4), (6, 2))):
        await pilot.hover(offset=start)
        await pilot.pause()
        await pilot.mouse_down(offset=start)
        await pilot.hover(offset=((start[0] + end[0]) // 2, (start[1] + end[1]) // 2))
        await pilot.hover(offset=end)
        await pilot.mouse_up(offset=end)
        await pilot.pause()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_dragging_over_it_ends_nothing(
    demo: Journal, way: str, size: tuple[int, int]
) -> None:
    app = KsbtuiApp(demo)
    async with app.run_test(size=size) as pilot:
        await pilot.press(*WAYS[way])
        await pilot.pause()
        await drag(pilot, *size)
        assert app.is_running
        app.screen.clear_selection()


async def test_a_drag_over_rows_selects_their_text_and_opens_none(demo: Journal) -> None:
    app = KsbtuiApp(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        lines = screen_text(app).split("\n")
        await pilot.hover(offset=(3, 5))
        await pilot.pause()
        await pilot.mouse_down(offset=(3, 5))
        await pilot.hover(offset=(30, 7))
        await pilot.mouse_up(offset=(30, 7))
        await pilot.pause()
        selected = (app.screen.get_selected_text() or "").split("\n")
        assert selected[1].strip() in lines[6]
        assert lines[5][3:40].strip() in selected[0]
        assert type(app.screen).__name__ == "JournalPage"
        assert not app.screen.has_class("-full")

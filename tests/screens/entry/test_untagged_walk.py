"""The walk through entries that name no KSB: a code taken with one key, and taken back."""

from __future__ import annotations

from dataclasses import replace

from ksbtui.app import KsbtuiApp
from ksbtui.core.entry.entries import Entry
from ksbtui.journal.journal import Journal
from ksbtui.screens.entry.untagged_walk import UntaggedWalk
from tests.screens.kit import SIZES, screen_text


async def test_a_suggestion_is_taken_with_one_key_and_the_next_one_comes(demo: Journal) -> None:
    day = demo.as_at
    texts = ("Wrote prompts and tested them against the policy", "Zzz")
    made = [
        demo.entries.add(replace(Entry("", day, 30, title), notes=title)).entry for title in texts
    ]
    app = KsbtuiApp(demo)
    async with app.run_test(size=SIZES["80x24"]) as pilot:
        await app.push_screen(UntaggedWalk([entry.id for entry in made]))
        await pilot.pause()
        assert "1 of 2" in screen_text(app)
        assert "tag it" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        (code,) = demo.entries.get(made[0].id).ksbs
        assert f"Tagged {code}" in screen_text(app)
        await pilot.press("u")
        await pilot.pause()
        assert demo.entries.get(made[0].id).ksbs == ()
        await pilot.press("n")
        await pilot.pause()
        assert "suggest nothing" in screen_text(app)
        assert "tag it" not in screen_text(app)
        assert "esc back" in screen_text(app)
        await pilot.press("n")
        await pilot.pause()
        assert "That was the last." in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, UntaggedWalk)

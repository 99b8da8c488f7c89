"""A text ready to paste: copied when asked, with personal data shown first."""

from __future__ import annotations

from ksbtui.app import KsbtuiApp
from ksbtui.journal.journal import Journal
from ksbtui.screens.shell.paste import PasteScreen
from tests.screens.kit import screen_text

TEXT = "# Call\n\nRuth asked me to write to jane@northbridge.example.\n"


async def test_personal_data_is_shown_before_anything_is_copied(demo: Journal) -> None:
    demo.exchange.keep_names(["Ruth"])
    app = KsbtuiApp(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(PasteScreen("Call", TEXT, "call.md"))
        await pilot.pause()
        assert app.clipboard == ""
        assert "Personal data found: 2" in screen_text(app)
        assert "e-mail address: jane@northbridge.example  (line 3)" in screen_text(app)
        await pilot.press("x", "c")
        assert app.clipboard == TEXT.replace("Ruth", "[name]").replace(
            "jane@northbridge.example", "[e-mail address]"
        )
        assert "jane@" not in screen_text(app)


async def test_nothing_is_copied_before_it_is_asked_for(demo: Journal) -> None:
    app = KsbtuiApp(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(PasteScreen("Call", "# Call\n\nWe agreed.\n", "call.md"))
        await pilot.pause()
        assert app.clipboard == ""
        await pilot.press("c")
        assert app.clipboard == "# Call\n\nWe agreed.\n"

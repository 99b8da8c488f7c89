"""The progress review by key: written, held, signed and pasted on one day."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import TextArea

from ksbtui.app import KsbtuiApp
from ksbtui.journal.journal import Journal
from tests.journal.making import WORDS, council, log
from tests.screens.kit import screen_text


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    journal = council(tmp_path)
    log(journal, learned=WORDS)
    journal.actions.add("Share the plan", "learner", journal.as_at)
    return journal


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_review_is_written_held_signed_and_shown_on_one_day(
    journal: Journal, size: tuple[int, int]
) -> None:
    app = KsbtuiApp(journal)
    async with app.run_test(size=size) as pilot:
        await pilot.press("7", "p", "down", "enter")
        app.screen.query_one(TextArea).insert("Runs the pilot.")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "[x] Progress in the workplace" in screen_text(app)
        await pilot.press("down", "down", "down", "enter", "enter")  # the plan: none changes
        await pilot.press("down", "down", "enter", *"Next week", "enter")
        await pilot.press("t", *"Test it", "enter")
        await pilot.pause()
        assert "Everything is ready" in screen_text(app)
        await pilot.press("h", "end", *", Ruth", "enter")
        await pilot.press("s", *"Demo learner", "enter", "s", *"Ruth", "enter")
        await pilot.pause()
        assert "held 23 Sep 2026, signed" in screen_text(app)
        assert "[x] Progress in the workplace" in screen_text(app)
        await pilot.press("p")
        await pilot.pause()
        assert "in preparation" not in screen_text(app)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert "Took place 23 Sep 2026" in screen_text(app)
    (held,) = journal.reviews.held()
    assert held.text("workplace") == "Runs the pilot."
    assert held.present == ("Demo learner", "Ruth")
    assert [(one.role, one.name) for one in held.signatures] == [
        ("apprentice", "Demo learner"),
        ("provider", "Ruth"),
    ]
    assert [one.text for one in held.answers] == ["Next week"]
    assert [one.text for one in journal.actions.of(held.id)] == ["Test it"]


async def test_what_is_still_needed_is_said_in_the_dialog_and_nothing_is_lost(
    journal: Journal,
) -> None:
    app = KsbtuiApp(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("7", "p", "h", "enter")
        await pilot.pause()
        assert "has no answer yet" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "an answer to 1 earlier action" in " ".join(screen_text(app).split())
    assert journal.reviews.held() == ()


async def test_an_employers_words_stand_beside_name_and_day(journal: Journal) -> None:
    app = KsbtuiApp(journal)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("7", "p", "v", "tab", *"Colin Marsh", "tab", "tab")
        app.screen.query_one(TextArea).insert("Asks before she ships [/bold].")
        await pilot.press("ctrl+s")
        await pilot.press(*["down"] * 5)
        await pilot.pause()
        shown = " ".join(" ".join(li[70:].strip() for li in screen_text(app).split("\n")).split())
        assert "Colin Marsh, 23 Sep 2026" in shown
        assert "Asks before she ships [/bold]." in shown
    (one,) = journal.verifying.employer_verified()
    assert one.testimony == "Asks before she ships [/bold]."


async def test_wellbeing_is_hidden_on_the_screen_and_not_opened_during_a_call(
    journal: Journal,
) -> None:
    journal.reviews.set("wellbeing", "Sleeps badly.")
    app = KsbtuiApp(journal)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("7", "p", "down", "down", "down")
        await pilot.pause()
        assert "Private: 2 words saved." in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "Sleeps badly." in screen_text(app), "it is the learner's own, by their own key"
        await pilot.press("escape")
        journal.calls.start("Ruth")
        app.changed()
        await pilot.press("escape", "7", "p", "down", "down", "down", "enter")
        await pilot.pause()
        assert "Sleeps badly." not in screen_text(app)

"""Coach: a whole call in a few keys, on a screen that may be shared."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from ksbtui.app import KsbtuiApp
from ksbtui.clock import Clock
from ksbtui.core.entry.entries import Entry
from ksbtui.core.text.text import clean
from ksbtui.journal.journal import Journal
from ksbtui.screens.coach.call import CallScreen
from tests.journal.making import unit
from tests.journals import enrolled
from tests.screens.kit import screen_text

CALL_IN_A_FEW_KEYS = (
    *("7", "enter"),  # open call mode: what changed is on the screen
    *("t", "enter", "t", "enter"),  # agree two actions that are offered
    *("space", "v", "v", "v"),  # verify three entries
    *("o", "enter"),  # question one
    *("x", "enter"),  # end with a summary
)


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_a_whole_call_in_under_25_keys(demo: Journal, size: tuple[int, int]) -> None:
    assert len(CALL_IN_A_FEW_KEYS) < 25
    demo.drafts.save("entry:new", {"title": "Sleepless draft", "private": True})
    hidden = [e for e in demo.entries.find().entries if e.private]
    assert hidden, "the demo has something private"
    app = KsbtuiApp(demo)
    seen = []
    async with app.run_test(size=size) as pilot:
        for key in CALL_IN_A_FEW_KEYS:
            await pilot.press(key)
            await pilot.pause()
            seen.append(screen_text(app))
        assert app.clipboard == "", "nobody asked for a copy"
        assert "# Coaching call, 23 September 2026" in seen[-1]
        await pilot.press("c")
        assert "# Coaching call, 23 September 2026" in app.clipboard
    call = demo.calls.last_held
    assert call
    assert (call.day, call.tutor) == (date(2026, 9, 23), "Ruth Adeyemi")
    assert len(demo.actions.of(call.id)) == 2
    verified = [e for e in demo.entries.find().entries if e.verified and e.verified.day == call.day]
    assert len(verified) == 3
    assert len(demo.verifying.questions()) == 1
    for figure in ("h 15 m", "counted", "15 h 57 m behind plan", "S8", "private things hidden"):
        assert figure in seen[1]
    everything = "\n".join(seen) + app.clipboard
    assert "Sleep" not in everything
    assert not any(clean(entry.title) in everything for entry in hidden)


async def test_notes_are_kept_and_private_ones_hidden_again(demo: Journal) -> None:
    app = KsbtuiApp(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("7", "enter", "n")
        app.screen.query_one(TextArea).insert("Thursdays agreed.")
        await pilot.press("escape", "5", "n")
        app.screen.query_one(TextArea).insert("Sleeps badly.")
        await pilot.press("escape", "space")
        await pilot.pause()
        assert "Thursdays agreed." in screen_text(app)
        await pilot.press("5")
        await pilot.pause()
        assert "Sleeps" not in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, CallScreen)
        assert "Continue the call" in screen_text(app)
        await pilot.press("enter")
        assert isinstance(app.screen, CallScreen)
    underway = demo.calls.underway
    assert underway
    assert (underway.notes, underway.private_notes) == ("Thursdays agreed.", "Sleeps badly.")
    assert underway.item.id == "wellbeing"


async def test_a_refused_end_keeps_the_dialog_and_the_call(demo: Journal) -> None:
    app = KsbtuiApp(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("7", "enter", "x")
        app.screen.query_one("#next", Input).value = "2026-09-01"
        await pilot.press("enter")
        await pilot.pause()
        assert "is not after this call" in screen_text(app)
        app.screen.query_one("#next", Input).value = ""
        await pilot.press("ctrl+l", "enter")
        await pilot.pause()
    call = demo.calls.last_held
    assert call
    assert call.day == date(2026, 9, 23)
    assert demo.entries.get(call.entry).type == "coaching"


async def test_gaps_are_picked_and_offered_as_actions(demo: Journal) -> None:
    app = KsbtuiApp(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("7", "enter", "3", "down", "enter", "t", "enter")
        await pilot.pause()
        assert "[x] K17" in screen_text(app)
    underway = demo.calls.underway
    assert underway
    assert underway.ksbs == ("K17",)
    assert demo.actions.of(underway.id)[0].ksbs == ("K17",)


@pytest.mark.parametrize("size", [(60, 16), (160, 45)])
async def test_an_empty_journal_and_a_unit_can_be_talked_about(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    for journal in (enrolled(tmp_path), unit(tmp_path)):
        app = KsbtuiApp(journal)
        async with app.run_test(size=size) as pilot:
            await pilot.press("7")
            await pilot.press("enter", *"Ruth", "enter")
            await pilot.press("space", "v", "o", "c", "space", "enter", "space", "space", "space")
            await pilot.press("x", "enter")
            await pilot.pause()
            assert "# Coaching call" in screen_text(app)
        assert journal.calls.last_held
        journal.close()


async def test_text_is_never_markup(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    day = journal.as_at
    title = "oops [/bold] [red]"
    journal.entries.add(Entry("", day, 60, title, learned=title, ksbs=("K1",)))
    journal.actions.add(f"Draft {title}", title, day)
    app = KsbtuiApp(Journal(journal.path, Clock(day)))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("7", "enter", *"Ruth", "enter", "space")
        await pilot.pause()
        assert title in screen_text(app)
        await pilot.press("4")
        await pilot.pause()
        assert f"Draft {title}" in screen_text(app)


def told(app: KsbtuiApp) -> str:
    return [note.message for note in app._notifications][-1]


async def test_undo_in_a_call_takes_back_only_what_the_call_did(demo: Journal) -> None:
    before = demo.entries.find()
    app = KsbtuiApp(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("7", "enter", "u")
        await pilot.pause()
        assert told(app) == "There is nothing left to undo in this call."
        await pilot.press("space", "v", "u")
        await pilot.pause()
        assert told(app).startswith("Undone: Verified")
        await pilot.press("u")
        await pilot.pause()
        assert told(app) == "There is nothing left to undo in this call."
        await pilot.press("escape", "H")
    assert demo.entries.find() == before


async def test_done_is_one_key_on_coach_and_in_the_call(demo: Journal) -> None:
    first, second, third = demo.actions.open()
    app = KsbtuiApp(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("7", "tab")
        while app.focused is None or app.focused.id != "open-actions":
            await pilot.press("tab")
        assert "k done" in screen_text(app)
        await pilot.press("k")
        assert demo.actions.get(first.id).state == "done"
        await pilot.press("7", "shift+tab")
        app.screen.query_one("#start").focus()
        await pilot.press("enter", "4")
        await pilot.pause()
        assert "k done" in screen_text(app)
        await pilot.press("k")
        assert demo.actions.get(second.id).state == "done"
    assert demo.actions.get(third.id).state == "open"


async def test_an_action_just_agreed_can_be_changed_and_typing_replaces_the_day(
    demo: Journal,
) -> None:
    app = KsbtuiApp(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("7", "enter", "t")
        await pilot.press(*"Draft it", "tab", "tab", *"2 weeks", "enter")
        call = demo.calls.underway
        assert call
        (made,) = demo.actions.of(call.id)
        assert (made.text, made.due) == ("Draft it", date(2026, 10, 7))
        await pilot.press("4", "home", "enter", *"Test it", "enter")
        assert [one.text for one in demo.actions.of(call.id)] == ["Test it"]
        await pilot.press("x", "tab", "tab", *"4 weeks", "enter")
    last = demo.calls.last_held
    assert last
    assert last.next_day == date(2026, 10, 21)


async def test_a_call_of_today_is_opened_again_and_kept_once(demo: Journal) -> None:
    app = KsbtuiApp(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("7", "enter", "x", "enter", "escape", "o")
        await pilot.pause()
        assert isinstance(app.screen, CallScreen)
        await pilot.press("n")
        app.screen.query_one(TextArea).insert("One thing more.")
        await pilot.press("escape", "x", "enter")
        await pilot.pause()
        assert "One thing more." in screen_text(app)
    today = [call for call in demo.calls.all() if call.day == demo.as_at]
    assert [call.notes for call in today] == ["One thing more."]


async def test_one_cursor_in_a_call_where_there_is_room(demo: Journal) -> None:
    app = KsbtuiApp(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("7", "enter")
        for item in "23456":
            await pilot.press(item)
            await pilot.pause()
            assert screen_text(app).count("▌") <= 1, item

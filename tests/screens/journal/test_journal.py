"""The Journal: weeks, one entry in full, the search, and what its keys do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.widgets import Input

from ksbtui.app import KsbtuiApp
from ksbtui.clock import Clock
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import Filter
from ksbtui.journal.demo.demo import make_demo
from ksbtui.journal.journal import Journal
from ksbtui.screens.journal.screen import JournalPage
from ksbtui.widgets.lists.long_rows import LongRows
from tests.journals import AS_AT, activity, enrolled
from tests.screens.kit import screen_text

DAY = date(2026, 9, 23)
HOSTILE = "oops [/bold] [red] [@click=app.quit]x[/] 漢字 \u202eright"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    journal = make_demo(tmp_path_factory.mktemp("demo") / "demo.db", Clock(DAY))
    yield journal
    journal.close()


async def test_weeks_carry_counted_totals_and_the_entry_its_verdict(demo: Journal) -> None:
    app = KsbtuiApp(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("2")
        shown = screen_text(app)
        hours = demo.progress.view.hours
        assert f"{say_minutes(hours.counted_minutes)} counted" in shown
        week = next(one for one in demo.listing.weeks() if one.monday == date(2026, 9, 14))
        assert f"{say_minutes(week.counted_minutes)}" in next(
            line for line in shown.split("\n") if "14 to 20 September" in line
        )
        await pilot.press("down", "down", "down")
        assert "Does not count" in screen_text(app)
        await pilot.press("space")
        assert "This week" not in screen_text(app)
        await pilot.press("escape")
        assert "This week" in screen_text(app)


async def test_a_search_narrows_as_it_is_typed_and_esc_shows_all(demo: Journal) -> None:
    app = KsbtuiApp(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "slash")
        app.screen.query_one(Input).value = "ksb:S8 summariser"
        await pilot.pause(0.2)
        shown = screen_text(app)
        found = demo.entries.find(app.screen.browser.wanted).total  # type: ignore[attr-defined]
        assert f"{found} of {demo.entries.find().total}" in shown
        app.screen.query_one(Input).value = "sumariser"
        await pilot.pause(0.2)
        assert "summariser, because no entry has sumariser" in screen_text(app)
        assert isinstance(app.screen, JournalPage)
        assert app.screen.browser.entry is not None
        app.screen.query_one(Input).value = "zebra"
        await pilot.pause(0.2)
        assert "No entry matches. esc shows all." in screen_text(app)
        await pilot.press("escape")
        assert "This week" in screen_text(app)
        assert isinstance(app.focused, LongRows)


async def test_delete_and_undo_keep_the_cursor_on_the_entry(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    for number in range(4):
        journal.entries.add(activity(f"Entry {number}", day=AS_AT - timedelta(days=number)))
    app = KsbtuiApp(journal)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("2", "down", "d")
        await pilot.pause()
        assert journal.entries.find().total == 3
        assert "u undoes it" in screen_text(app)
        await pilot.press("u")
        await pilot.pause()
        assert isinstance(app.screen, JournalPage)
        entry = app.screen.browser.entry
        assert entry is not None
        assert entry.title == "Entry 1"


async def test_hostile_titles_and_another_terminal(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    journal.entries.add(activity(HOSTILE, notes="x" * 10_000))
    journal.entries.add(activity("long " * 2_000))
    app = KsbtuiApp(journal)
    async with app.run_test(size=(60, 16)) as pilot:
        await pilot.press("2")
        shown = screen_text(app)
        assert "oops [/bold] [red]" in shown
        assert max(map(len, shown.split("\n"))) <= 60
        await pilot.press("space", "escape", "down", "space")
        other = Journal(journal.path, Clock(AS_AT))
        other.entries.add(activity("Written elsewhere"))
        other.close()
        await pilot.press("escape")
        for _ in range(20):
            await pilot.pause(0.1)
            if "Written elsewhere" in screen_text(app):
                break
        assert "Written elsewhere" in screen_text(app)


async def test_a_question_stands_on_today_and_is_answered_in_the_journal(demo: Journal) -> None:
    entry = demo.entries.find(limit=1).entries[0]
    demo.verifying.question(entry.id, "Ruth Adeyemi", "What did you do yourself?")
    app = KsbtuiApp(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "What did you do yourself?" in screen_text(app)
        await pilot.press("2")
        await pilot.pause()
        assert "Ruth Adeyemi asks" in screen_text(app)
        assert "q answer" in screen_text(app).splitlines()[-1]
        await pilot.press("q", *"Alone", "enter")
        await pilot.pause()
        assert "Talked about" in screen_text(app)
        assert "q answer" not in screen_text(app).splitlines()[-1]
    assert demo.verifying.questions(all=True)[0].answer == "Alone"


async def test_a_private_entry_is_marked_in_every_list_and_by_the_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from ksbtui.cli.root import run
    from ksbtui.screens.entry.entry_list import EntryList, Listing

    journal = enrolled(tmp_path)
    id = journal.entries.add(activity("long title " * 20, private=True, ksbs=("K1",))).entry.id
    journal.entries.add(activity("Open to all"))
    app = KsbtuiApp(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("1", "2", "w"):
            await pilot.press(key, *(["pagedown"] if key == "w" else []))
            await pilot.pause()
            shown = screen_text(app)
            listed = [line for line in shown.split("\n") if "long title" in line]
            assert any("private" in line for line in listed), key
            assert not any("private" in line for line in shown.split("\n") if "Open to" in line)
        await app.push_screen(EntryList(Listing("All", "", Filter())))
        await pilot.pause()
        assert "… private" in screen_text(app)
    where = ["--journal", str(journal.path), "--as-at", AS_AT.isoformat()]
    assert run([*where, "list"]) == run([*where, "show", id]) == 0
    out = capsys.readouterr().out
    assert out.count("(private)") == 1
    assert "Private: kept out of calls" in out


async def test_a_hundred_are_changed_at_once_with_one_undo_though_one_is_gone(
    tmp_path: Path,
) -> None:
    journal = enrolled(tmp_path)
    for number in range(100):
        journal.entries.add(activity(f"Triage {number}", day=AS_AT - timedelta(days=number % 20)))
    journal.entries.add(activity("Another", ksbs=("K2",)))
    app = KsbtuiApp(journal)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("2", "slash")
        app.screen.query_one(Input).value = "triage"
        await pilot.pause(0.2)
        await pilot.press("enter", "X")
        await pilot.pause()
        assert "100 chosen" in screen_text(app)
        assert screen_text(app).count("[x] ") > 5
        other = Journal(journal.path, Clock(AS_AT))
        gone = other.entries.find(Filter(search="triage"), 1).entries[0].id
        other.entries.delete([gone])
        other.close()
        await pilot.press("k", *"K1", "enter")
        await pilot.pause()
        assert "Tagged 99 entries with K1. 1 entry was deleted in the meantime." in screen_text(app)
        assert "99 chosen" in screen_text(app)
        assert len(journal.entries.find(Filter(ksb="K1")).entries) == 99
        await pilot.press("T", *"work", "enter")
        await pilot.pause()
        assert journal.entries.find(Filter(type="workshop")).total == 99
        await pilot.press("u", "u")
        await pilot.pause()
        assert journal.entries.find(Filter(ksb="K1")).total == 0
        assert journal.entries.find(Filter(type="workshop")).total == 0
        await pilot.press("m", "d")
        await pilot.pause()
        assert journal.entries.find().total == 1
        assert "chosen" not in screen_text(app)
        await pilot.press("u")
        await pilot.pause()
        assert journal.entries.find(Filter(search="submitted:yes")).total == 99


async def test_entries_are_chosen_one_by_one_and_esc_lets_them_go(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    for title in ("First", "Second", HOSTILE):
        journal.entries.add(activity(title))
    app = KsbtuiApp(journal)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("2", "x", "x")
        await pilot.pause()
        assert "2 chosen" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "chosen" not in screen_text(app)
        await pilot.press("home", "x", "d")
        await pilot.pause()
        assert [entry.title for entry in journal.entries.find().entries] == ["Second", "First"]
        await pilot.press("k", *"S1", "enter")
        await pilot.pause()
        assert journal.entries.find(Filter(ksb="S1")).total == 1, "none chosen: that under it"


@pytest.mark.parametrize("entries", [0, 1, 6])
async def test_the_lower_half_of_a_young_journal_is_worth_reading(
    tmp_path: Path, entries: int
) -> None:
    journal = enrolled(tmp_path)
    for number in range(entries):
        journal.entries.add(activity(HOSTILE, ksbs=("K1",) if number else (), type="workshop"))
    app = KsbtuiApp(journal)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        shown = screen_text(app)
        assert "What moves a KSB up" in shown
        if entries:
            assert "Counted so far" in shown
            assert "1 entry without a KSB" in shown
            open_ = journal.entries.find(Filter(search="no:evidence"), limit=0).total
            assert f"{'1 entry' if open_ == 1 else f'{open_} entries'} without evidence" in shown
        else:
            assert "What counts" in shown
        lower = shown.split("\n")[10:38]
        assert sum(1 for line in lower if line[:70].strip()) >= 8

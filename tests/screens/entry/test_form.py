"""The entry form: what is typed is understood, judged, kept and saved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from ksbtui.app import KsbtuiApp
from ksbtui.clock import Clock
from ksbtui.journal.journal import Journal
from ksbtui.screens import ScreenInfo
from ksbtui.screens.entry.form import EntryForm
from ksbtui.widgets.forms.fields import Pick
from ksbtui.widgets.lists.rows import Rows
from tests.journals import activity, enrolled
from tests.screens.kit import screen_text

HOSTILE = "oops [/bold] [red] [@click=app.quit]x[/] \u202eright 漢字 🧪"
SCREENS = (ScreenInfo("1", "Today", "tests.screens.sample", "SamplePage"),)


def app_on(journal: Journal) -> KsbtuiApp:
    return KsbtuiApp(journal, places=SCREENS)


async def fill(pilot: Pilot[int], **texts: str) -> None:
    for name, text in texts.items():
        widget = pilot.app.screen.query_one(f"#{name}")
        if isinstance(widget, Input):
            widget.value = text
        elif isinstance(widget, TextArea):
            widget.text = text
    await pilot.pause(0.2)


async def test_an_entry_is_logged_in_a_few_keys(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    app = app_on(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        await fill(pilot, title=HOSTILE, time="1h30", day="mon")
        shown = screen_text(app)
        assert "1 h 30 m" in shown
        assert "29 Jun 2026" in shown
        assert "Counts: 1 h 30 m" in shown
        await pilot.press("ctrl+s")
        await pilot.pause()
    (entry,) = journal.entries.find().entries
    assert (entry.title, entry.minutes, entry.day) == (HOSTILE, 90, date(2026, 6, 29))
    assert journal.drafts.all() == ()


async def test_the_form_says_why_an_entry_does_not_count(tmp_path: Path) -> None:
    app = app_on(enrolled(tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("a")
        await fill(pilot, title="At home", time="2h", day="2025-12-24")
        shown = screen_text(app)
    assert "Does not count" in shown
    assert "Your programme runs from" in shown
    assert "Logged more than 14 days" in shown


async def test_what_cannot_be_read_is_refused_at_its_field(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    app = app_on(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        await fill(pilot, title="Something", time="25h")
        assert "unreadable" in screen_text(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, EntryForm)
        assert app.focused is app.screen.query_one("#time")
        assert journal.entries.find().total == 0
        await pilot.press(*"2hh", "ctrl+s", *"2h", "ctrl+s")
        await pilot.pause()
    assert journal.entries.find().entries[0].minutes == 120, "typing replaces what was refused"


async def test_a_half_written_entry_is_kept_and_offered_again(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    app = app_on(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        await fill(pilot, title="Half written", learned="It is not finished")
        await pilot.press("ctrl+q")
        await pilot.pause()
    (draft,) = Journal(journal.path, Clock(journal.as_at)).drafts.all()
    assert draft.body["learned"] == "It is not finished"
    again = app_on(Journal(journal.path, Clock(journal.as_at)))
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        await pilot.pause()
        assert "Half written" in screen_text(again)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert again.screen.query_one("#learned", TextArea).text == "It is not finished"


async def test_a_draft_reaches_the_disk_while_typing_goes_on(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    app = app_on(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        for number in range(4):
            app.screen.query_one("#learned", TextArea).text = "word " * (number + 1)
            await pilot.pause(0.2)
        kept = Journal(journal.path).drafts.all()
    assert kept, "steady typing must not put the draft off"


async def test_changing_a_verified_entry_removes_the_mark(tmp_path: Path) -> None:
    from ksbtui.core.entry.entries import Verification

    journal = enrolled(tmp_path)
    saved = journal.entries.add(activity(ksbs=("K1",)))
    journal.entries.change(saved.entry.id, verified=Verification("Ruth", journal.as_at))
    app = app_on(journal)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.push_screen(EntryForm(saved.entry.id))
        await pilot.pause()
        assert "Change entry" in screen_text(app)
        await fill(pilot, time="2h")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert any("Ruth had verified it" in note.message for note in app._notifications)
    assert journal.entries.get(saved.entry.id).verified is None


async def test_the_picker_finds_by_code_and_by_word(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    app = app_on(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        await fill(pilot, title="Bias check", time="1h")
        await pilot.press("ctrl+k")
        await pilot.pause()
        app.screen.query_one(Input).value = "impact"
        await pilot.pause()
        assert "algorithmic impact assessment" in screen_text(app)
        app.screen.query_one(Input).value = "k28"
        await pilot.pause()
        await pilot.press("space", "enter")
        await pilot.pause(0.2)
        assert "K28" in screen_text(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
    assert journal.entries.find().entries[0].ksbs == ("K28",)


async def test_a_draft_named_on_today_is_taken_up_without_asking(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    for key in ("entry:new", "entry:new:2"):
        journal.drafts.save(key, {"title": f"Draft {key}", "time": "1h"})
    app = KsbtuiApp(journal)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.push_screen(EntryForm(draft="entry:new:2"))
        await pilot.pause()
        assert app.screen.query_one("#title", Input).value == "Draft entry:new:2"
        await pilot.press("ctrl+s")
        await pilot.pause()
    assert [draft.key for draft in journal.drafts.all()] == ["entry:new"]


async def test_a_change_made_elsewhere_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    saved = journal.entries.add(activity(learned="A first thought"))
    app = app_on(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(EntryForm(saved.entry.id))
        journal.entries.change(saved.entry.id, learned="Written in another terminal")
        await fill(pilot, title="A better title")
        await pilot.press("ctrl+s")
        await pilot.pause()
    entry = journal.entries.get(saved.entry.id)
    assert (entry.title, entry.learned) == ("A better title", "Written in another terminal")


async def test_a_form_on_an_entry_that_is_gone_keeps_the_draft_or_closes(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    id = journal.entries.add(activity()).entry.id
    journal.entries.delete([id])
    app = app_on(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(EntryForm(id))
        await pilot.pause()
        assert not isinstance(app.screen, EntryForm)
        journal.drafts.save(f"entry:{id}", {"title": "Half changed", "time": "1h"})
        await app.push_screen(EntryForm(id))
        await pilot.press("ctrl+s")
        await pilot.pause()
    assert [entry.title for entry in journal.entries.find().entries] == ["Half changed"]
    assert journal.drafts.all() == ()


async def test_with_a_draft_there_a_new_entry_begins_with_the_first_key(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    journal.drafts.save("entry:new", {"title": "Begun before", "time": "1h"})
    app = app_on(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        await pilot.pause()
        rows = [row.key for row in app.screen.query_one(Rows)._rows]
        assert rows == ["new", "entry:new"]
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, EntryForm), "esc goes back to where a was pressed"
        await pilot.press("a")
        await pilot.press(*"Second x")
        await pilot.pause()
        assert isinstance(app.screen, EntryForm)
        assert app.screen.query_one("#title", Input).value == "Second x"
        await pilot.press("escape")
        await pilot.pause()
    titles = {draft.body["title"] for draft in journal.drafts.all()}
    assert titles == {"Begun before", "Second x"}, "two activities stay two drafts"


async def test_leaving_says_that_the_draft_is_kept_and_today_names_it(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    journal.entries.add(activity())
    app = KsbtuiApp(journal)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("a")
        await fill(pilot, title="Not finished")
        await pilot.press("escape")
        await pilot.pause()
        assert "Draft saved" in screen_text(app)
        assert 'Finish the draft "Not finished"' in screen_text(app)
        await pilot.press("a", "down", "enter")
        await pilot.pause()
        await pilot.press("ctrl+b", "down", "enter")
        await pilot.pause()
        assert "Finish the draft" not in screen_text(app)


async def test_a_field_come_to_by_tab_is_selected(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    app = app_on(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", *"Bias", "tab", *"1h", "tab", *"mon")
        assert app.screen.query_one("#day", Input).value == "mon"
        await pilot.press("shift+tab", *"2h", "shift+tab", "end", *" check")
        await pilot.press("ctrl+k", "escape", *"s")
        await pilot.press("ctrl+s")
        await pilot.pause()
        saved = journal.entries.find().entries[0]
        assert (saved.title, saved.minutes) == ("Bias checks", 120)
        await app.push_screen(EntryForm(saved.id))
        await pilot.press("x", "ctrl+s")
        await pilot.pause()
    assert journal.entries.get(saved.id).title == "Bias checksx", "one writes on at its end"


async def test_the_title_suggests_a_type_and_lists_jump_as_one_types(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    app = app_on(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", *"Shadowed the call team", "tab", *"1h")
        await pilot.pause(0.2)
        kind = app.screen.query_one("#type", Pick)
        assert "Shadowing or a visit? +" in screen_text(app)
        assert kind.value == "other", "nothing is set by itself"
        await pilot.press("tab", "tab", "+")
        await pilot.pause(0.2)
        assert kind.value == "shadowing"
        assert "? +" not in screen_text(app)
        await pilot.press(*"wo")
        assert kind.value == "workshop"
        await pilot.press("enter", *"rev")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert kind.value == "revision"
        await pilot.press("tab", "tab", "n")
        await pilot.pause()
        assert app.screen.query_one("#paid", Pick).value == "paid-back"
        await pilot.press("ctrl+s")
        await pilot.pause()
    assert journal.entries.find().entries[0].type == "revision"


async def test_what_is_typed_is_seen_where_there_is_little_room(tmp_path: Path) -> None:
    app = app_on(enrolled(tmp_path))
    async with app.run_test(size=(60, 16)) as pilot:
        await pilot.press("a", *"Bias", "tab", *"1h30")
        await pilot.pause(0.2)
        time = next(line for line in screen_text(app).split("\n") if "Time" in line)
        assert "1h30" in time
        await pilot.press("tab")
        await pilot.pause(0.2)
        assert "1 h 30 m" in screen_text(app), "left, it says what it was read as"


async def test_a_draft_of_only_headings_is_kept_and_a_timers_draft_keeps_its_time(
    tmp_path: Path,
) -> None:
    journal = enrolled(tmp_path)
    key = "entry:new:timer:2026-06-30T08:00:00Z"
    headings = "## What?\n\n## So what?\n"
    journal.drafts.save(key, {"title": "Timed", "time": "2h", "learned": headings})
    app = app_on(journal)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await app.push_screen(EntryForm(preset={"title": "Timed", "time": ""}, draft=key))
        await pilot.pause(0.2)
        assert app.screen.query_one("#time", Input).value == "2h"
        await pilot.press("escape")
        await pilot.pause()
        assert "Draft saved" in screen_text(app)
        await pilot.press("a", "down", "enter")
        await pilot.pause(0.2)
        form = app.screen
        assert form.query_one("#learned", TextArea).text.startswith("## What?")
        assert form.query_one("#time", Input).value == "2h", "no other preset is laid over it"

"""Writing in the entry form: suggestions, templates, the editor, pastes and evidence."""

from __future__ import annotations

import time
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from ksbtui.app import KsbtuiApp
from ksbtui.screens.entry.form import EntryForm
from ksbtui.widgets.forms.fields import LONGEST, Writing, folded
from ksbtui.widgets.lists.rows import Rows
from tests.journals import activity, enrolled
from tests.screens.entry.test_form import HOSTILE, app_on, fill
from tests.screens.kit import screen_text

BIAS = "I tested the model for bias and algorithmic impact on different groups of the workforce"


async def settled(pilot: Pilot[int]) -> None:
    """Wait for the verdict and for what is looked up beside the typing."""
    await pilot.pause(0.2)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def learned(app: KsbtuiApp) -> Writing:
    return app.screen.query_one("#learned", Writing)


def test_a_long_line_is_broken_at_its_spaces_and_nothing_is_lost() -> None:
    text = "word " * 20_000
    made = folded(text)
    assert max(map(len, made.split("\n"))) <= LONGEST
    assert made.split() == text.split()
    assert folded("x" * 5_000).replace("\n", "") == "x" * 5_000
    assert folded("short\nlines  stay") == "short\nlines  stay"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_words_suggest_and_nothing_is_tagged_by_itself(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    journal = enrolled(tmp_path)
    app = app_on(journal)
    async with app.run_test(size=size) as pilot:
        await pilot.press("a")
        await pilot.pause()
        assert journal.__dict__.get("suggesting") is None, "nothing is loaded without a text"
        await fill(pilot, title="Impact", time="1h", learned=BIAS)
        await settled(pilot)
        assert "our words suggest" in screen_text(app)
        form = app.screen
        assert isinstance(form, EntryForm)
        assert form.editor.read().values["ksbs"] == ()
        await pilot.press("ctrl+y")
        await settled(pilot)
        (first,) = form.editor.read().values["ksbs"]
        if size[0] > 110:
            rows = form.query_one("#suggested", Rows)
            rows.focus()
            await pilot.pause()
            second = rows.key
            await pilot.press("enter")
            await settled(pilot)
            assert set(form.editor.read().values["ksbs"]) == {first, second}
        await fill(pilot, title="", learned="")
        await settled(pilot)
        assert "our words suggest" not in screen_text(app)


async def test_the_picker_lists_what_the_text_suggests(tmp_path: Path) -> None:
    app = app_on(enrolled(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        await fill(pilot, title="Impact", learned=BIAS)
        await pilot.press("ctrl+k", "tab", "tab", "tab")
        await pilot.pause()
        assert app.screen.query_one(Rows).key in ("K28", "S29")


async def test_a_template_keeps_what_was_written(tmp_path: Path) -> None:
    app = app_on(enrolled(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        await fill(pilot, title="Impact", learned=HOSTILE)
        await pilot.press("ctrl+r")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert learned(app).text.startswith(f"{HOSTILE}\n\n## ")
        assert app.focused is learned(app)
        await settled(pilot)
        assert "from 12 on it shows" in screen_text(app)
        await pilot.press("ctrl+t")
        await pilot.pause()
        assert "oops [/bold] [red]" in screen_text(app)
        await pilot.press("escape")
        assert isinstance(app.screen, EntryForm)


async def test_words_are_counted_as_they_are_kept_without_headings(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    app = app_on(journal)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("a")
        await fill(pilot, title="Impact", time="1h")
        await pilot.press("ctrl+r")
        await pilot.pause()
        await pilot.press("enter")
        await settled(pilot)
        empty = learned(app).text
        assert empty.count("## ") > 2
        assert "3 words" not in screen_text(app), "headings are no words of the learner's"
        await fill(pilot, learned=empty.replace("\n", "\nOne two three\n", 1))
        await settled(pilot)
        assert "3 words" in screen_text(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
    assert journal.entries.find().entries[0].words == 3


async def test_the_editor_gives_its_text_back_or_leaves_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\nprintf "from the editor" > "$1"\n')
    script.chmod(0o700)
    app = app_on(enrolled(tmp_path))
    monkeypatch.setattr(app, "suspend", nullcontext)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        await fill(pilot, learned="typed here")
        for command in ("false", f"{tmp_path}/no-such-editor"):
            monkeypatch.setenv("VISUAL", command)
            await pilot.press("ctrl+g")
            await pilot.pause()
            assert learned(app).text == "typed here"
            assert any("old text was kept" in note.message for note in app._notifications)
        script.write_text('#!/bin/sh\nprintf "saved, then killed" > "$1"\nkill -9 $$\n')
        monkeypatch.setenv("VISUAL", str(script))
        await pilot.press("ctrl+g")
        await pilot.pause()
        assert learned(app).text == "saved, then killed"
        assert any("ctrl+z brings the old text back" in n.message for n in app._notifications)
        await pilot.press("ctrl+z")
        assert learned(app).text == "typed here"
        script.write_text('#!/bin/sh\nprintf "from the editor" > "$1"\n')
        await pilot.press("ctrl+g")
        await pilot.pause()
        assert learned(app).text == "from the editor"


async def test_a_paste_of_100_kb_does_not_stall_the_keys_after_it(tmp_path: Path) -> None:
    app = app_on(enrolled(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        area = learned(app)
        area.focus()
        area.post_message(events.Paste("every word of it \x00 \ud800 " * 5_000))
        await settled(pilot)
        assert len(area.text) >= 100_000
        before = time.process_time()
        await pilot.press("x", "y", "z")
        assert time.process_time() - before < 1.0
        assert area.text.endswith("xyz")
        assert "\x00" not in area.text


async def test_evidence_is_named_listed_and_taken_off(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    saved = journal.entries.add(activity())
    artefact = tmp_path / "oops [red].txt"
    artefact.write_text("a map")
    app = app_on(journal)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.push_screen(EntryForm(saved.entry.id))
        form: Any = app.screen
        await pilot.press("ctrl+e")
        await pilot.pause()
        app.screen.query_one(Input).value = str(tmp_path)
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen is not form, "a folder is refused at the field"
        target = app.screen.query_one("#target", Input)
        target.value = str(artefact)[:-6].upper().replace(str(tmp_path).upper(), str(tmp_path))
        await pilot.press("tab")
        assert target.value == str(artefact), "completed, whatever the case"
        await pilot.press("tab", *"dec", "tab")
        app.screen.query_one("#title", Input).value = HOSTILE
        await pilot.press("enter")
        await settled(pilot)
        (item,) = form.editor.evidence
        assert item.title == HOSTILE
        assert item.kind == "decision log"
        await pilot.press("ctrl+o", "enter")
        await pilot.press("ctrl+s")
        await pilot.pause()
    entry = journal.entries.get(saved.entry.id)
    assert entry.evidence[0].title == HOSTILE
    assert entry.private


async def test_evidence_is_seen_beside_the_ksbs_however_much_else_is_said(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    journal.entries.add(activity(learned=BIAS))
    item = journal.evidence.attach("https://example.org/plan", "other", "Test plan [red]")
    saturday = date(2026, 6, 27)
    saved = journal.entries.add(
        activity("Impact", learned=BIAS, evidence=(item,), private=True, day=saturday)
    )
    app = app_on(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(EntryForm(saved.entry.id))
        await settled(pilot)
        shown = screen_text(app)
        assert "your words suggest" in shown
        assert "It says what happened." in shown
        assert "Evidence  Test plan [red]" in shown
        assert "private" in shown
        assert "weekend" in shown

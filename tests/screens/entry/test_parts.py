"""The parts of the entry form and the Journal on their own, in a bare app."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widget import Widget
from textual.widgets import Input

from ksbtui.core.entry.typed_entry import TypedEntry
from ksbtui.journal.journal import Journal
from ksbtui.screens.entry.editor import EntryEditor, WordsSuggest
from ksbtui.screens.journal.entries import EntryBrowser
from tests.journals import activity, enrolled


class Bare(App[None]):
    """Holds one widget and nothing else of ours."""

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self._widget = widget

    def compose(self) -> ComposeResult:
        yield self._widget


async def test_an_editor_reads_what_is_typed_and_tells_of_every_change(tmp_path: Path) -> None:
    journal, changes = enrolled(tmp_path), []
    editor = EntryEditor(journal, None, lambda: changes.append(1))
    async with Bare(editor).run_test() as pilot:
        editor.load(replace(TypedEntry(), title="Bias check"))
        await pilot.pause()
        assert changes == [], "loading is no change"
        editor.query_one("#time", Input).value = "1h30"
        await pilot.pause(0.3)
        assert changes
        assert editor.read().values["minutes"] == 90
        editor.tag("K1")
        editor.tag("S1", "K1")
        assert editor.codes == ("K1", "S1")
        assert editor.evidence == ()


async def test_a_browser_lists_searches_and_chooses(tmp_path: Path) -> None:
    journal, filled = enrolled(tmp_path), []
    ids = [journal.entries.add(activity(title)).entry.id for title in ("First", "Second")]
    browser = EntryBrowser(journal, lambda: filled.append(1))
    async with Bare(browser).run_test() as pilot:
        browser.fill()
        await pilot.pause()
        assert browser.entry is not None
        assert browser.entry.id == ids[1]
        browser.choose()
        assert list(browser.chosen) == [ids[1]]
        browser.start_search()
        browser.query_one(Input).value = "first"
        await pilot.pause(0.3)
        assert filled
        assert browser.entry.id == ids[0]


def test_words_are_looked_up_only_where_they_changed(tmp_path: Path) -> None:
    journal: Journal = enrolled(tmp_path)
    words = WordsSuggest(journal, "")
    first = words.look("Tested the model for bias", 0)
    if first is not None:
        words.suggestions = tuple(first())
    assert words.untagged(())
    assert words.look("Tested the model for bias", 0) is None
    words.look("", 0)
    assert words.untagged(()) == ()

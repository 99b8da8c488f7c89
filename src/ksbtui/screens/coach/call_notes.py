"""The notes of a call, kept half a second after a key; private ones are hidden when left."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.timer import Timer
from textual.widgets import TextArea

from ksbtui.core.text.text import number_of
from ksbtui.errors import KsbtuiError
from ksbtui.widgets.frame.section import Section

KEEP_SECONDS = 0.5
SHARED, PRIVATE = "notes", "private_notes"


class CallNotes(Container):
    """One text area: for the notes in the summary, or for a private one that starts empty."""

    def __init__(self, journal: Any) -> None:
        super().__init__(id="notes-part")
        self._journal = journal
        self._field, self._before = SHARED, ""
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Give label and text."""
        yield Section("Notes", "shared in the summary")
        area = TextArea(soft_wrap=True, tab_behavior="focus", show_line_numbers=False)
        area.cursor_blink = False
        yield area

    def turn_to(self, field: str) -> None:
        """Keep what is there, and open one of the two kinds of notes."""
        self.keep()
        call, area = self._journal.calls.underway, self.query_one(TextArea)
        if call is None:
            return
        self._field = field
        private = field == PRIVATE
        self._before = call.private_notes if private else ""
        words = len(self._before.split())
        kept = (
            f"kept out of the summary · {number_of(words, 'word')} kept"
            if words
            else "kept out of it"
        )
        self.query_one(Section).show(
            "Private note" if private else "Notes", kept if private else "shared in the summary"
        )
        with self.prevent(TextArea.Changed):
            area.text = "" if private else call.notes
        area.move_cursor(area.document.end)

    def keep(self) -> None:
        """Save what is typed and not yet saved."""
        if self._timer is None:
            return
        self._timer.stop()
        self._timer = None
        call = self._journal.calls.underway
        if call is not None:
            text = self.query_one(TextArea).text.strip("\n")
            whole = "\n".join(filter(None, (self._before, text)))
            self._journal.calls.save(replace(call, **{self._field: whole}))

    @on(TextArea.Changed)
    def _touch(self) -> None:
        if self._timer is None:
            self._timer = self.set_timer(KEEP_SECONDS, self._keep_soon)

    def _keep_soon(self) -> None:
        """Keep it; a refusal is told, and tried again with the next key."""
        try:
            self.keep()
        except KsbtuiError as refusal:
            self._timer = None
            self.screen.shell.refuse(refusal)  # type: ignore[attr-defined]

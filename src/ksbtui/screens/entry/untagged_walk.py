"""Entries that name no KSB, one at a time: their words, what these suggest, ↵ takes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from ksbtui.core.days import full_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import Entry, Filter
from ksbtui.errors import NotFound
from ksbtui.journal.progress.suggestions import text_of
from ksbtui.presentation.entries import PRIVATE
from ksbtui.presentation.entry_form import suggestion_rows, untagged
from ksbtui.presentation.parts import BOLD, DONE, MUTED, PLAIN, VERIFIED, Block
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.frame.bars import TitleBar
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.lists.listing import Columns
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.blocks import Detail

_ASKED = 12
"""Suggestions asked for, so that some are left once the first are taken."""


def has_suggestion(walk: UntaggedWalk) -> bool:
    """Tell whether there is a KSB to take."""
    return walk.is_mounted and bool(walk.query_one("#suggested", Rows).key)


class UntaggedWalk(Modal[None]):
    """Walks the entries named by ``ids``, or all of this enrolment that name no KSB.

    An entry stays in the walk once it is tagged, so that it can take several codes.
    """

    title_text = "Entries without a KSB"
    question = "Which KSBs did this activity show?"
    CSS_PATH = "untagged_walk.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command(
            "untagged.take",
            "enter",
            "tag it",
            "Tag the entry with the KSB under the cursor",
            when=has_suggestion,
        ),
        Command(
            "untagged.next",
            "right,n",
            "next",
            "Go to the next entry",
            action="step(1)",
            priority=True,
        ),
        Command(
            "untagged.previous",
            "left,p",
            "before",
            "Go to the previous one",
            action="step(-1)",
            priority=True,
        ),
        Command("untagged.edit", "e", "edit", "Open the whole form, to write more or tag by hand"),
        Command("app.undo", "u", "undo", "Undo the last change", action="undo"),
        Command("app.back", "escape", "back", "Leave; what is tagged is saved", action="leave"),
    ]

    def __init__(self, ids: Iterable[str] = ()) -> None:
        super().__init__()
        self._ids = tuple(ids)
        self._at = 0

    def body(self) -> ComposeResult:
        yield Detail(id="entry", focusable=False)
        yield Rows(columns=Columns(), id="suggested")

    def on_mount(self) -> None:
        if not self._ids:
            mine = self.journal.enrolled.enrolment.id
            wanted = Filter(untagged=True, enrolment=mine, until=self.journal.as_at)
            entries = self.journal.entries.find(wanted).entries
            self._ids = tuple(entry.id for entry in reversed(entries))
        self.shell.journal_changed.subscribe(self, lambda _: self.show())
        self.show()
        self.query_one("#suggested").focus()

    def on_screen_resume(self) -> None:
        self.show()

    @property
    def entry(self) -> Entry | None:
        """The entry in hand; one deleted meanwhile is passed over. None at the end."""
        while self._at < len(self._ids):
            try:
                return self.journal.entries.get(self._ids[self._at])
            except NotFound:
                self._ids = self._ids[: self._at] + self._ids[self._at + 1 :]
        return None

    def show(self) -> None:
        entry, rows = self.entry, self.query_one("#suggested", Rows)
        detail, bar = self.query_one("#entry", Detail), self.query_one(TitleBar)
        if entry is None:
            bar.show(self.title_text, "", "done")
            words = "That was the last." if self._ids else "Every entry names a KSB."
            detail.show([(f"{VERIFIED} ", DONE), (words, BOLD)], [("esc goes back.", MUTED)])
            rows.show([])
            self.show_keys()
            return
        bar.show(self.title_text, "", f"{self._at + 1} of {len(self._ids)}")
        text = text_of(entry.title, entry.notes, entry.learned)
        suggestions = self.journal.suggesting.suggest(text, _ASKED, entry_id=entry.id)
        fresh = untagged(suggestions, entry.ksbs)
        detail.show(*self._blocks(entry, bool(fresh)))
        rows.show(suggestion_rows(fresh, self.journal.progress.view.coverage, self.journal))
        self.show_keys()

    def _blocks(self, entry: Entry, any_found: bool) -> list[Block]:
        about = f"{full_day(entry.day)} · {say_minutes(entry.minutes)}"
        about += f" · {PRIVATE}" if entry.private else ""
        blocks: list[Block] = [[(entry.title, BOLD)], [(about, MUTED)], None]
        texts = [text for text in (entry.notes, entry.learned) if text.strip()]
        blocks += [[(text, PLAIN)] for text in texts]
        blocks += [None] if texts else []
        if entry.ksbs:
            blocks.append([(f"{VERIFIED} ", DONE), (f"Tagged {' '.join(entry.ksbs)}", BOLD)])
        elif not any_found:
            words = "These words suggest nothing. e opens the form, n goes on."
            blocks.append([(words, MUTED)])
        return blocks

    # Keys

    @on(Rows.Chosen)
    def _tag(self, event: Rows.Chosen) -> None:
        if (entry := self.entry) is None:
            return
        with self.shell.guarded():
            self.journal.entries.edit(entry.id, lambda now: {"ksbs": (*now.ksbs, event.key)})
            self.shell.changed(f"Tagged {event.key}.")

    def action_take(self) -> None:
        self.query_one("#suggested", Rows).action_choose()

    def action_step(self, by: int) -> None:
        at = self._at + by
        if 0 <= at <= len(self._ids):
            self._at = at
            self.show()

    def action_edit(self) -> None:
        # deferred: the form is loaded when it opens
        from ksbtui.screens.entry.form import EntryForm

        if entry := self.entry:
            self.app.push_screen(EntryForm(entry.id))

    async def action_undo(self) -> None:
        await self.app.run_action("app.undo")
        self.show()

"""The entry form: say it once, know it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from ksbtui.core.entry.entries import Entry
from ksbtui.core.entry.images import entry_image
from ksbtui.core.entry.timer import Timer
from ksbtui.core.entry.typed_entry import TypedEntry, Understood, from_draft, from_entry, onto
from ksbtui.core.text.text import quoted
from ksbtui.presentation.parts import Row
from ksbtui.screens.entry.attaching import EntryParts
from ksbtui.screens.entry.draft_keeper import KEPT
from ksbtui.screens.entry.prose import EntryProse
from ksbtui.widgets.forms.choose import Choose

NEW = "entry:new"
TIMED = f"{NEW}:timer"
"""Begins the key of a draft that is for a timer; its end says since when that one runs."""


def timed(timer: Timer) -> str:
    """The key of the draft that is for a timer."""
    return f"{TIMED}:{timer.started_at}"


class EntryForm(EntryParts, EntryProse):
    """Makes or changes one entry; answers with its id, or None when left.

    ``entry_id`` None makes a new one; ``preset`` are fields of
    :class:`~ksbtui.core.entry.typed_entry.TypedEntry` to start from. Whatever is typed is a
    draft within half a second and is offered again. ``draft`` is the key of the one to go on
    with; that of :func:`timed` makes the entry which ends the timer when it is saved.
    """

    CSS_PATH = "entry_form.tcss"
    question = "Say once what you did and learned; see at once whether it counts."
    types_text = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "save", priority=True, tooltip="Save the entry"),
        Binding("ctrl+k", "tag", "KSBs", priority=True, tooltip="Tag KSBs"),
        Binding("ctrl+r", "template", "reflect", priority=True, tooltip="Reflect by a template"),
        Binding("ctrl+e", "evidence", "attach", priority=True, tooltip="Files and links"),
        Binding("ctrl+y", "accept", show=False, priority=True, tooltip="Tag the first suggestion"),
        Binding("ctrl+t", "preview", show=False, priority=True, tooltip="Show the text as set"),
        Binding("ctrl+g", "editor", show=False, priority=True, tooltip="Write in your own editor"),
        Binding("ctrl+o", "marks", show=False, priority=True, tooltip="Private, or not relevant"),
        Binding("ctrl+b", "discard", show=False, priority=True, tooltip="Discard the draft"),
    ]

    def __init__(
        self,
        entry_id: str | None = None,
        preset: Mapping[str, Any] | None = None,
        *,
        draft: str = "",
    ) -> None:
        super().__init__(draft or (f"entry:{entry_id}" if entry_id else NEW), entry_id, preset)
        self._offers = not draft

    def on_mount(self) -> None:
        """Load the entry or draft, and offer the drafts there are."""
        if self._entry_id is not None:
            self._before = self.journal.entries.get(self._entry_id)
            kept = self._draft.load()
            image = entry_image(self._before)
            self.load(from_draft(kept) if kept else from_entry(self._before, image))
            return
        self.load(replace(TypedEntry(), **self._preset))
        drafts = [draft for draft in self.journal.drafts.all() if draft.key.startswith(NEW)]
        if any(draft.key == self._draft.key for draft in drafts) and not self._offers:
            self._go_on_with(self._draft.key)
        elif drafts and self._offers:
            self._offer(drafts)

    def _offer(self, drafts: list[Any]) -> None:
        """Ask whether to go on with a draft; a new one is kept beside it."""
        rows = [
            Row(draft.key, f"Go on with {quoted(draft.body.get('title') or 'your draft')}")
            for draft in drafts[:5]
        ]
        rows.append(Row("new", "Begin a new entry"))
        at = "new" if self._preset else None

        def take(key: str | None) -> None:
            if key is None or key == "new":
                self._draft.key = f"{NEW}:{self.journal.clock.now()}"
                return
            self._go_on_with(key)

        self.app.push_screen(Choose("An entry was begun and not saved", rows, at=at), take)

    def _go_on_with(self, key: str) -> None:
        """Take a draft up again."""
        typed = from_draft(self._draft.load(key) or {})
        now = {"time": self._preset["time"]} if key.startswith(TIMED) and self._preset else {}
        self.load(replace(typed, **now))
        self._draft.say(KEPT)

    def action_save(self) -> None:
        """Save the entry, or go to the first field that cannot be read and say why."""
        understood = self.read()
        if name := understood.first_refused:
            self.shell.refuse(understood.refusals[name])
            self.query_one(f"#{name if name != 'ksbs' else 'title'}").focus()
            return
        self._draft.touch()
        saved = self._save(understood)
        self._draft.forget()
        self.shell.changed()
        failed = self.journal.entries.failed(saved.entry)
        said = "Does not count" if failed else f"Counts, {understood.echoes['time']}"
        self.shell.say(" ".join(["Saved.", f"{said}.", *saved.notes, "u undoes it."]))
        self.dismiss(saved.entry.id)

    def _save(self, understood: Understood) -> Any:
        values = {**understood.values, "evidence": self.evidence}
        if before := self._before:
            return self.journal.entries.edit(before.id, lambda now: onto(before, values, now))
        running = self.journal.timer.running
        if running and self._draft.key.startswith(timed(running)):
            return self.journal.timer.stop(**values)
        return self.journal.entries.add(Entry(**{"id": "", **values}))

    def action_discard(self) -> None:
        """Throw the draft away, after asking."""

        def take(answer: str | None) -> None:
            if answer == "yes":
                self._draft.forget()
                self.shell.changed()
                self.dismiss(None)

        rows = (Row("no", "Keep it"), Row("yes", "Discard what I typed"))
        self.app.push_screen(Choose("Discard this draft?", rows, at="no"), take)

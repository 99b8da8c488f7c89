"""The entry form: say it once, know it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from ksbtui.core.entry.entries import Entry, entry_image
from ksbtui.core.entry.timer import Timer
from ksbtui.core.entry.typed_entry import TypedEntry, Understood, from_draft, from_entry, onto
from ksbtui.presentation.parts import Row
from ksbtui.screens.entry import writing_help
from ksbtui.screens.entry.attaching import Attaching, choose_marks
from ksbtui.screens.entry.draft_keeper import KEPT, DraftKeeper, DraftOffer
from ksbtui.screens.entry.editor import EntryEditor
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.forms.dialogs import Choose
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.lists.rows import Rows

if TYPE_CHECKING:
    from ksbtui.journal.entry.drafts import Draft

NEW = "entry:new"
TIMED = f"{NEW}:timer"
"""Begins the key of a draft that is for a timer; its end says since when that one runs."""


def timed(timer: Timer) -> str:
    """The key of the draft that is for a timer."""
    return f"{TIMED}:{timer.started_at}"


class EntryForm(Modal[str]):
    """Makes or changes one entry; answers with its id, or None when left.

    ``entry_id`` None makes a new one; ``preset`` are fields of
    :class:`~ksbtui.core.entry.typed_entry.TypedEntry` to start from. Whatever is typed is a
    draft within half a second and is offered again. ``draft`` is the key of the one to go on
    with; that of :func:`timed` makes the entry which ends the timer when it is saved.
    """

    title_text = "New entry"
    CSS_PATH = "entry_form.tcss"
    question = "Write what you did and learned. ksbtui shows at once whether it counts."
    types_text = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("entry.save", "ctrl+s", "save", "Save the entry", priority=True),
        Command("entry.tag", "ctrl+k", "KSBs", "Tag KSBs", priority=True),
        Command("entry.template", "ctrl+r", "reflect", "Reflect by a template", priority=True),
        Command("entry.evidence", "ctrl+e", "attach", "Files and links", priority=True),
        Command("entry.accept", "ctrl+y", "", "Tag the first suggestion", priority=True),
        Command("entry.preview", "ctrl+t", "", "Preview the text", priority=True),
        Command("entry.editor", "ctrl+g", "", "Write in your own editor", priority=True),
        Command("entry.marks", "ctrl+o", "", "Private, or not relevant", priority=True),
        Command("entry.discard", "ctrl+b", "", "Discard the draft", priority=True),
    ]

    def __init__(
        self,
        entry_id: str | None = None,
        preset: Mapping[str, Any] | None = None,
        *,
        draft: str = "",
    ) -> None:
        super().__init__()
        self._entry_id = entry_id
        self._preset = dict(preset or {})
        self._offers = not draft
        key = draft or (f"entry:{entry_id}" if entry_id else NEW)
        self._timed_key = key if key.startswith(TIMED) and preset else ""
        title = "Change entry" if entry_id else self.title_text
        self._draft = DraftKeeper(self, key, title, self._body)

    def body(self) -> ComposeResult:
        before = None
        if self._entry_id is not None:
            with self.shell.guarded():
                before = self.journal.entries.get(self._entry_id)
            if before is not None and self.journal.privacy.hidden(before):
                before = None
        yield EntryEditor(self.journal, before, self._draft.touch)

    @property
    def editor(self) -> EntryEditor:
        return self.query_one(EntryEditor)

    def on_mount(self) -> None:
        before = self.editor.before
        if before is not None:
            draft = self._draft.load()
            self._load(from_draft(draft) if draft else from_entry(before, entry_image(before)))
            return
        if self._entry_id is not None:
            self._go_on_without_entry()
            return
        self._load(replace(TypedEntry(), **self._preset))
        drafts = [draft for draft in self.journal.drafts.all() if draft.key.startswith(NEW)]
        if self.journal.privacy.hides and any(draft.body.get("private") for draft in drafts):
            drafts = [draft for draft in drafts if not draft.body.get("private")]
            self._draft.key = f"{NEW}:{self.journal.clock.now()}"
        if any(draft.key == self._draft.key for draft in drafts) and not self._offers:
            self._go_on_with(self._draft.key)
        elif drafts and self._offers:
            self._offer(drafts)

    def _go_on_without_entry(self) -> None:
        """Where the entry is gone, make a new one of what was typed; leave if there is nothing.

        One that a call under way hides is left alone.
        """
        if self.journal.privacy.hides:
            self.shell.say("It stays hidden until the call ends. H shows it.")
            self.dismiss(None)
        elif draft := self._draft.load():
            self._load(from_draft(draft))
            self.shell.say("That entry was deleted. Saving makes a new one.")
        else:
            self.dismiss(None)

    def _load(self, typed: TypedEntry) -> None:
        self.editor.load(typed)
        self._draft.say()

    # The draft

    def keep_draft(self) -> None:
        self._draft.keep()

    def _body(self) -> dict[str, Any] | None:
        """What is worth keeping of the fields, None if nothing was typed."""
        self.editor.read()
        typed = self.editor.typed
        return typed.as_draft() if typed.begun else None

    def _offer(self, drafts: Sequence[Draft]) -> None:
        def take(key: str | None) -> None:
            if key is None:
                self.dismiss(None)
            elif key == "new":
                self._draft.key = f"{NEW}:{self.journal.clock.now()}"
            else:
                self._go_on_with(key)

        self.app.push_screen(DraftOffer(drafts, self.editor.fields.write_title), take)

    def _go_on_with(self, key: str) -> None:
        """Take a draft up again; the time is today's where it is for the timer that runs."""
        typed = from_draft(self._draft.load(key) or {})
        timed_now = self._preset.get("time", "") if key == self._timed_key else ""
        self._load(replace(typed, time=timed_now or typed.time))
        self._draft.say(KEPT)

    def action_leave(self) -> None:
        self._draft.leave()
        self.dismiss(None)

    # Reading and saving

    def action_save(self) -> None:
        understood = self.editor.read()
        if name := understood.first_refused:
            self.shell.refuse(understood.refusals[name])
            self.editor.fields.go_to(name if name != "ksbs" else "title")
            return
        self._draft.touch()
        saved = self._save(understood)
        self._draft.forget()
        failed = self.journal.entries.failed(saved.entry)
        verdict = "Does not count" if failed else f"Counts, {understood.echoes['time']}"
        self.shell.changed(" ".join(["Saved.", f"{verdict}.", *saved.notes]))
        self.dismiss(saved.entry.id)

    def _save(self, understood: Understood) -> Any:
        values = {**understood.values, "evidence": self.editor.evidence}
        if before := self.editor.before:
            return self.journal.entries.edit(before.id, lambda now: onto(before, values, now))
        running = self.journal.timer.running
        if running and self._draft.key.startswith(timed(running)):
            return self.journal.timer.stop(**values)
        return self.journal.entries.add(Entry(**{"id": "", **values}))

    # KSBs, texts, evidence and marks

    def action_tag(self) -> None:
        # deferred: the picker is loaded when it opens
        from ksbtui.screens.entry.ksb_picker import KsbPicker

        def take(chosen: tuple[str, ...] | None) -> None:
            if chosen is not None:
                self.editor.alter(ksbs=" ".join(chosen))

        picker = KsbPicker(self.editor.codes, self.editor.text, self._entry_id or "")
        self.app.push_screen(picker, take)

    def action_accept(self) -> None:
        if code := self.editor.first_suggested():
            self._tag(code)

    @on(Rows.Chosen, "#suggested")
    def _accept(self, event: Rows.Chosen) -> None:
        self._tag(event.key)

    def _tag(self, code: str) -> None:
        self.editor.tag(code)
        self.shell.say(f"Tagged {code}.")

    def action_template(self) -> None:
        writing_help.choose_template(self, self.editor.learned)

    def action_editor(self) -> None:
        self.keep_draft()
        writing_help.write_in_editor(self.app, self.editor.writing)

    def action_preview(self) -> None:
        writing_help.preview(self.app, self.editor.writing)

    def action_evidence(self) -> None:
        Attaching(self, self.editor).open()

    def action_marks(self) -> None:
        choose_marks(self, self.editor)

    def action_discard(self) -> None:
        def take(answer: str | None) -> None:
            if answer == "yes":
                self._draft.forget()
                self.shell.changed()
                self.dismiss(None)

        rows = (Row("no", "Keep it"), Row("yes", "Discard what I typed"))
        self.app.push_screen(Choose("Discard this draft?", rows, at="no"), take)

"""The call: an agenda walked part by part, notes beside it, and nothing private in view."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.timer import Timer
from textual.widgets import TextArea

from ksbtui.core.coaching.calls import AGENDA, CALL_MINUTES
from ksbtui.core.days import full_day, line_day
from ksbtui.core.text.text import number_of
from ksbtui.errors import KsbtuiError
from ksbtui.screens.coach.call_dialogs import CallWriter, EndCall, call_underway, elapsed_seconds
from ksbtui.screens.coach.call_parts import ACTIONS, CARE, PARTS, TALK, Part, TalkPart
from ksbtui.screens.shell.modal import Modal
from ksbtui.screens.shell.page import fit
from ksbtui.widgets.forms.fields import Writing
from ksbtui.widgets.frame.bars import TitleBar
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.blocks import Section
from ksbtui.widgets.text.session import Agenda, Clock, Step

if TYPE_CHECKING:
    from ksbtui.core.coaching.calls import Underway
    from ksbtui.core.entry.entries import Entry
    from ksbtui.journal.coaching.calls import Ended
    from ksbtui.journal.journal import Journal


KEEP_SECONDS = 0.5
SHARED, PRIVATE = "notes", "private_notes"


class CallNotes(Container):
    """One text area: for the notes in the summary, or for a private one that starts empty."""

    def __init__(self, journal: Journal) -> None:
        super().__init__(id="notes-part")
        self._journal = journal
        self._field, self._before = SHARED, ""
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Section("Notes", "shared in the summary")
        yield Writing()

    def turn_to(self, field: str) -> None:
        self.keep()
        call, area = self._journal.calls.underway, self.query_one(TextArea)
        if call is None:
            return
        self._field, private = field, field == PRIVATE
        self._before = call.private_notes if private else ""
        if words := len(self._before.split()):
            about = f"not in the summary · {number_of(words, 'word')} saved"
        else:
            about = "not in the summary" if private else "shared in the summary"
        self.query_one(Section).show("Private note" if private else "Notes", about)
        with self.prevent(TextArea.Changed):
            area.text = "" if private else call.notes
        area.move_cursor(area.document.end)

    def keep(self) -> None:
        if self._timer is None:
            return
        self._timer.stop()
        self._timer = None
        call = self._journal.calls.underway
        if call is not None:
            text = self.query_one(TextArea).text.strip("\n")
            whole = "\n".join(filter(None, (self._before, text)))
            notes: dict[str, Any] = {self._field: whole}
            self._journal.calls.save(replace(call, **notes))

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


class CallScreen(Modal["Ended"]):
    """Call mode; answers with the call as it was kept, or None if it is still under way."""

    title_text = "Coaching call"
    question: ClassVar[str] = "What should we talk about?"
    CSS_PATH = "call.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("call.next", "space", "next", "Go to the next item", action="turn(1)"),
        Command("call.note", "n", "note", "Write a note; esc ends it"),
        Command("call.agree", "t", "action", "Agree an action"),
        Command("call.verify", "v", "verify", "Verify the entry under the cursor"),
        Command("call.tick", "k", "done", "Mark the action under the cursor as done"),
        Command("call.end", "x", "end", "End the call, with a summary"),
        Command("call.ask", "o", "", "Ask about the entry under the cursor"),
        Command("call.comment", "c", "", "Verify with a comment"),
        Command(
            "call.previous", "backspace", "", "Go back to the previous item", action="turn(-1)"
        ),
        Command("app.undo", "u", "", "Undo the last change in this call", action="undo"),
        Command("app.back", "escape", "", "Leave; the call stays open", action="leave"),
        *(
            Command(
                f"call.item-{n}", str(n), "", f"Go to {item.title.lower()}", action=f"go({n - 1})"
            )
            for n, item in enumerate(AGENDA, 1)
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._write = CallWriter(self)

    @property
    def call(self) -> Underway:
        return call_underway(self.journal)

    def body(self) -> ComposeResult:
        with Container(id="call"):
            with Container(id="guide"):
                yield Clock(lambda: elapsed_seconds(self.journal), CALL_MINUTES)
                yield Agenda([Step(item.title, item.minutes) for item in AGENDA])
            with Container(id="page"):
                for item, part in zip(AGENDA, PARTS, strict=True):
                    yield part(item.id)
                yield CallNotes(self.journal)

    def on_mount(self) -> None:
        self.journal.privacy.conceal()
        hidden = self.journal.privacy.notice or "private notes hidden"
        last = self.journal.calls.last_held
        about = f"last call {line_day(last.day)}" if last else "your first call"
        day = f"{full_day(self.call.day)} · " if self.app.size.width >= 110 else ""
        self.query_one(TitleBar).show(self.title_text, day + about, hidden)
        self.shell.journal_changed.subscribe(self, lambda _: self._fill())
        self._show()

    @property
    def part(self) -> Part:
        return self.query_one(f"#{self.call.item.id}", Part)

    def keep_draft(self) -> None:
        self.query_one(CallNotes).keep()

    def on_resize(self, event: Any) -> None:
        fit(self)
        self._fill()

    def _show(self) -> None:
        here = self.call
        for part in self.query(Part):
            part.display = part.id == here.item.id
        self.query_one(Agenda).show(here.position)
        self.query_one(CallNotes).turn_to(PRIVATE if here.position == CARE else SHARED)
        self._fill()
        self.part.enter()
        self.show_keys()

    def _fill(self) -> None:
        call = self.journal.calls.underway
        if call is not None and self.is_mounted:
            self.query_one(f"#{call.item.id}", Part).fill(self.journal, call)

    # The walk

    def action_turn(self, step: int) -> None:
        self.keep_draft()
        self.journal.calls.turn(step)
        self._show()

    def action_go(self, place: int) -> None:
        self.action_turn(place - self.call.position)

    def action_note(self) -> None:
        self.query_one(TextArea).focus()

    def action_leave(self) -> None:
        """Leave the notes; from anywhere else leave the call, which stays under way."""
        self.keep_draft()
        if isinstance(self.focused, TextArea):
            self.part.enter()
            return
        self.shell.say("The call stays open. To continue, press ↵ on Coach.")
        self.dismiss(None)

    @on(Rows.Chosen, "#gaps-rows")
    def _pick(self, event: Rows.Chosen) -> None:
        self.keep_draft()
        self.journal.calls.pick(set(self.call.ksbs) ^ {event.key})
        self._fill()

    @on(Rows.Chosen, "#actions-rows")
    def _change(self, event: Rows.Chosen) -> None:
        with self.shell.guarded():
            self._write.change(event.key)

    # What is done with one key

    def action_agree(self) -> None:
        self._write.agree()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is done with actions at the actions, what with entries elsewhere."""
        if action in ("tick", "verify", "comment", "ask"):
            call = self.journal.calls.underway
            return call is not None and (call.position == ACTIONS) == (action == "tick")
        return super().check_action(action, parameters)

    def action_tick(self) -> None:
        if key := self.query_one("#actions-rows", Rows).key:
            self._write.tick(key)

    def action_verify(self) -> None:
        if entry := self._entry():
            self._write.verify(entry, self.query_one(TalkPart).go_on)

    def action_comment(self) -> None:
        if entry := self._entry():
            self._write.comment(entry, self.query_one(TalkPart).go_on)

    def action_ask(self) -> None:
        if entry := self._entry():
            self._write.ask(entry)

    def action_undo(self) -> None:
        self._write.undo()

    def _entry(self) -> Entry | None:
        """The entry under the cursor; elsewhere in the agenda, go to the entries first."""
        if self.call.position != TALK:
            self.action_go(TALK)
            return None
        return self.query_one(TalkPart).entry

    def action_end(self) -> None:
        self.keep_draft()
        self.app.push_screen(EndCall(self.journal), self._ended)

    def _ended(self, ended: Ended | None) -> None:
        if ended:
            self.dismiss(ended)

"""What is done in a call: agreeing, verifying, questioning, each with one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from ksbtui.core.days import line_day
from ksbtui.errors import NotFound
from ksbtui.screens.coach.call_dialogs import agree_action, ask_question, say_agreed
from ksbtui.screens.coach.call_parts import TALK, TalkPart
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.forms.ask import Ask
from ksbtui.widgets.lists.rows import Rows

if TYPE_CHECKING:
    from ksbtui.core.coaching.calls import Underway
    from ksbtui.core.entry.comments import Remark
    from ksbtui.core.entry.entries import Entry
    from ksbtui.journal.coaching.actions import Agreed
    from ksbtui.journal.coaching.calls import Ended  # noqa: F401 - the answer's type, by name


class CallActs(Modal["Ended"]):
    """The base of call mode: its writes, each told and undone with ``u``."""

    @property
    def call(self) -> Underway:
        """The call under way; it may have been ended in another terminal."""
        call = self.journal.calls.underway
        if call is None:
            raise NotFound("This call was ended elsewhere.", "Press esc to go back.")
        return call

    def action_go(self, place: int) -> None:
        """Go to one item of the agenda."""
        raise NotImplementedError

    @on(Rows.Chosen, "#actions-rows")
    def _done(self, event: Rows.Chosen) -> None:
        """Note that an action was done."""
        with self.shell.guarded():
            self.journal.actions.done(event.key)
            self.shell.changed()
            self.shell.say("Done. u undoes it.")

    def action_agree(self) -> None:
        """Agree an action."""
        call = self.call
        self.app.push_screen(agree_action(self.journal, call.id, call.ksbs), self._agreed)

    def _agreed(self, agreed: Agreed | None) -> None:
        if agreed:
            self.shell.changed()
            self.shell.say(say_agreed(agreed))

    def action_verify(self, comment: str = "") -> None:
        """Verify the entry under the cursor and go on to the next one."""
        if (entry := self._entry()) and entry.verified:
            self.shell.say(f"{entry.verified.by} verified it on {line_day(entry.verified.day)}.")
        elif entry:
            call = self.call
            self.journal.verifying.verify([entry.id], call.tutor, None, comment, source=call.id)
            self.shell.changed()
            self.query_one(TalkPart).go_on()
            self.shell.say("Verified. u undoes it.")

    def action_comment(self) -> None:
        """Verify the entry under the cursor with a comment."""
        if entry := self._entry():
            dialog = Ask("Verify with a comment", str.strip, text=entry.title)
            self.app.push_screen(dialog, lambda said: self.action_verify(said) if said else None)

    def action_ask(self) -> None:
        """Ask about the entry under the cursor."""
        if entry := self._entry():
            call = self.call
            self.app.push_screen(
                ask_question(self.journal, entry, call.tutor, call.id), self._asked
            )

    def _asked(self, remark: Remark | None) -> None:
        if remark:
            self.shell.changed()
            self.shell.say("Asked. It stays open until it is answered.")

    def _entry(self) -> Entry | None:
        """The entry under the cursor; elsewhere in the agenda, go to the entries first."""
        if self.call.position != TALK:
            self.action_go(TALK)
            return None
        return self.query_one(TalkPart).entry

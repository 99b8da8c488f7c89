"""What is done in a call with one key: agreeing, verifying, asking, ticking off, undoing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ksbtui.core.days import line_day
from ksbtui.errors import NotFound
from ksbtui.screens.coach.call_dialogs import (
    agree_action,
    ask_question,
    change_action,
    say_agreed,
)
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.forms.ask import Ask

if TYPE_CHECKING:
    from ksbtui.core.coaching.calls import Underway
    from ksbtui.core.entry.entries import Entry
    from ksbtui.journal.journal import Journal

LONGEST_SECONDS = 12 * 60 * 60


def call_underway(journal: Journal) -> Underway:
    """The call under way; it may have been ended in another terminal."""
    call = journal.calls.underway
    if call is None:
        raise NotFound("This call was ended elsewhere.", "Press esc to go back.")
    return call


def elapsed_seconds(journal: Journal) -> int | None:
    """Seconds since the call began; None for one taken up again much later."""
    call = journal.calls.underway
    if call is None:
        return None
    begun, now = (datetime.fromisoformat(at) for at in (call.started_at, journal.clock.now()))
    seconds = int((now - begun).total_seconds())
    return seconds if 0 <= seconds < LONGEST_SECONDS else None


class CallWriter:
    """Writes what is said in a call, tells it, and notes each change as one of the call."""

    def __init__(self, screen: Modal[Any]) -> None:
        self._screen = screen

    @property
    def _journal(self) -> Journal:
        return self._screen.journal

    def _wrote(self, said: str) -> None:
        self._journal.calls.mine()
        self._screen.shell.changed()
        self._screen.shell.say(said)

    def agree(self) -> None:
        """Agree an action."""
        call = call_underway(self._journal)
        dialog = agree_action(self._journal, call.id, call.ksbs)
        self._screen.app.push_screen(
            dialog, lambda made: self._wrote(say_agreed(made)) if made else None
        )

    def change(self, id: str) -> None:
        """Change an action that is open."""
        self._screen.app.push_screen(
            change_action(self._journal, id),
            lambda made: self._wrote(say_agreed(made, "Changed")) if made else None,
        )

    def tick(self, id: str) -> None:
        """Note that an action was done."""
        self._journal.actions.done(id)
        self._wrote("Done. u undoes it.")

    def verify(self, entry: Entry, then: Callable[[], None], comment: str = "") -> None:
        """Verify an entry, with a comment if there is one."""
        if entry.verified:
            said = f"{entry.verified.by} verified it on {line_day(entry.verified.day)}."
            self._screen.shell.say(said)
            return
        call = call_underway(self._journal)
        self._journal.verifying.verify([entry.id], call.tutor, None, comment, source=call.id)
        self._wrote("Verified. u undoes it.")
        then()

    def comment(self, entry: Entry, then: Callable[[], None]) -> None:
        """Verify an entry with a comment."""
        dialog = Ask("Verify with a comment", str.strip, text=entry.title)
        self._screen.app.push_screen(
            dialog, lambda said: self.verify(entry, then, said) if said else None
        )

    def ask(self, entry: Entry) -> None:
        """Ask about an entry."""
        call = call_underway(self._journal)
        said = "Asked. It stays open until it is answered."
        self._screen.app.push_screen(
            ask_question(self._journal, entry, call.tutor, call.id),
            lambda made: self._wrote(said) if made else None,
        )

    def undo(self) -> None:
        """Take back the newest change, if it was made in this call."""
        if not self._journal.calls.can_undo:
            self._screen.shell.say("Nothing of this call is left to undo.")
            return
        done = self._journal.undo()
        self._screen.shell.changed()
        self._screen.shell.say(f"Undone: {done.label}")

"""Answering what was asked about an entry, wherever the question stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ksbtui.screens.journal.entry_keys import EntryKeys
from ksbtui.screens.shell.shell import OnShell

if TYPE_CHECKING:
    from ksbtui.core.entry.comments import Remark


def answer(screen: OnShell, asked: Remark) -> None:
    """Ask for the answer in a line and keep it; esc leaves the question open."""
    from ksbtui.widgets.forms.ask import Ask

    def keep(text: str | None) -> None:
        if text is None:
            return
        with screen.shell.guarded():
            screen.journal.verifying.answer(asked.id, text)
            screen.shell.changed()
            screen.shell.say("Answered. u undoes it.")

    screen.app.push_screen(Ask(f"{asked.by} asks", str.strip, text=asked.text), keep)


class Answering(EntryKeys):
    """A place whose entry in hand may have been asked about; ``answer`` is offered there."""

    _offered = False

    def questions(self) -> tuple[Remark, ...]:
        """The open questions about that entry."""
        entry = self.entry_in_hand
        return self.journal.verifying.questions(entry.id) if entry else ()

    def action_answer(self) -> None:
        """Answer the first of them."""
        if asked := self.questions():
            answer(self, asked[0])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to answer only where something was asked."""
        if action == "answer":
            return bool(self.questions())
        return super().check_action(action, parameters)

    def offer_to_answer(self) -> None:
        """Write the keys anew where the entry now shown has questions and the last had none."""
        if bool(self.questions()) != self._offered:
            self._offered = not self._offered
            self.refresh_bindings()

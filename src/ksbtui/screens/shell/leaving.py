"""Leaving without losing a word: ctrl+q, a closed terminal, a signal, a fault."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, Any

from ksbtui.errors import KsbtuiError
from ksbtui.screens.shell.notifications import Notifications

if TYPE_CHECKING:
    from ksbtui.screens.shell.modal import Modal

SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")


class Leaving(Notifications):
    """Mixed into the app; every way out keeps open drafts first."""

    open_sheets: list[Modal[Any]]
    _leaving_unsaved = False

    def keep_drafts(self) -> None:
        """Save every half-written text."""
        for sheet in self.open_sheets:
            sheet.keep_draft()

    async def action_quit(self) -> None:
        """Keep drafts, then leave; if a draft cannot be kept, ask for ctrl+q once more."""
        try:
            if not self._leaving_unsaved:
                self.keep_drafts()
        except KsbtuiError as error:
            self._leaving_unsaved = True
            hint = "Copy your text elsewhere; ctrl+q again leaves without it."
            self.refuse(KsbtuiError(error.message, hint))
            return
        self.exit(0)

    def listen_for_signals(self) -> None:
        """Leave in order when the terminal closes or the system asks (not on Windows)."""
        if self.is_headless:
            return
        loop = asyncio.get_running_loop()
        for name in SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                try:
                    loop.add_signal_handler(number, self.leave_on, number)
                except NotImplementedError:
                    return

    def leave_on(self, number: int) -> None:
        """Keep drafts and leave with the exit code that names the signal."""
        with self.guarded():
            self.keep_drafts()
        self.exit(128 + number, return_code=128 + number)

    def _fatal_error(self) -> None:
        """Leave without printing what the learner wrote, as Textual's traceback would."""
        from ksbtui.faults import note_fault

        with self.guarded():
            self.keep_drafts()
        self._exit_renderables.append(note_fault(self._exception))
        self._close_messages_no_wait()

"""Leaving without losing a word: ctrl+q, a closed terminal, a signal, a fault."""

from __future__ import annotations

import asyncio
import signal
from typing import Any

from ksbtui.errors import KsbtuiError

SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")


class Leaving:
    """A part of the app; every way out keeps open drafts first."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._unsaved = False

    def keep_drafts(self) -> None:
        """Save every half-written text."""
        for sheet in self._app.open_sheets:
            sheet.keep_draft()

    def leave(self) -> None:
        """Keep drafts, then leave; if a draft cannot be kept, ask for the key once more."""
        try:
            if not self._unsaved:
                self.keep_drafts()
        except KsbtuiError as error:
            self._unsaved = True
            hint = "Copy your text elsewhere; ctrl+q again leaves without it."
            self._app.refuse(KsbtuiError(error.message, hint))
            return
        self._app.exit(0)

    def listen_for_signals(self) -> None:
        """Leave in order when the terminal closes or the system asks (not on Windows)."""
        if self._app.is_headless:
            return
        loop = asyncio.get_running_loop()
        for name in SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                try:
                    loop.add_signal_handler(number, self._leave_on, number)
                except NotImplementedError:
                    return

    def _leave_on(self, number: int) -> None:
        """Keep drafts and leave with the exit code that names the signal."""
        with self._app.guarded():
            self.keep_drafts()
        self._app.exit(128 + number, return_code=128 + number)

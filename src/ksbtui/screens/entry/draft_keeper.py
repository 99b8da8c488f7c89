"""Keeps what is being typed on the disk: half a second after the first unsaved key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.timer import Timer

from ksbtui.errors import KsbtuiError
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.frame.titlebar import TitleBar

KEEP_SECONDS = 0.5
"""The promise is 0.8: the timer starts at the first unsaved key and is not put off."""

KEPT, NOT_KEPT = "draft kept", "draft NOT kept"


class DraftKeeper:
    """The draft of one form under ``key``; ``read`` gives its body, None if nothing is begun."""

    def __init__(
        self, form: Modal[Any], key: str, title: str, read: Callable[[], dict[str, Any] | None]
    ) -> None:
        self.key = key
        self.title = title
        self._form = form
        self._read = read
        self._unsaved = False
        self._timer: Timer | None = None

    def touch(self) -> None:
        """Note that something was typed; it is kept soon."""
        self._unsaved = True
        if self._timer is None:
            self._timer = self._form.set_timer(KEEP_SECONDS, self._keep_soon)

    def keep(self) -> None:
        """Save what is unsaved at once."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._unsaved:
            body = self._read()
            if body is not None:
                self._form.journal.drafts.save(self.key, body)
            self._unsaved = False

    def forget(self) -> None:
        """Drop the draft: it was saved as what it was to be, or thrown away."""
        self._unsaved = False
        self._form.journal.drafts.drop(self.key)

    def say(self, state: str = "") -> None:
        """Show the form's title and the state of its draft."""
        self._form.query_one(TitleBar).show(self.title, "", state)

    def _keep_soon(self) -> None:
        """Keep it and say so; a refusal is told, and tried again with the next key."""
        self._timer = None
        try:
            self.keep()
        except KsbtuiError as refusal:
            self.say(NOT_KEPT)
            self._form.shell.refuse(refusal)
        else:
            self.say(KEPT)

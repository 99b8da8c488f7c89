"""What the app tells in passing: one line in the past tense, or a refusal with the way out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.content import Content

from ksbtui.errors import KsbtuiError
from ksbtui.screens.shell.notice import Notice, Told

if TYPE_CHECKING:
    from textual.app import App
    from textual.timer import Timer

SAID_SECONDS = 3.0
REFUSED_SECONDS = 6.0
MOST = 3
"""Messages on the screen at a time: the newest."""


class Messages:
    """A part of the app. Messages stand on the line below the tabs and cover nothing."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._refused = ("", 0.0)
        """The last refusal, and until when it stands on the screen."""
        self._next: Timer | None = None

    def say(self, text: str) -> None:
        """Tell one line in the past tense, for three seconds."""
        self._app.notify(text, timeout=SAID_SECONDS, markup=False)

    def refuse(self, error: KsbtuiError, seconds: float = REFUSED_SECONDS) -> None:
        """Tell why something was refused, and the way out; once while it is still shown."""
        text = f"{error.message} {error.hint}".strip()
        now = monotonic()
        if text == self._refused[0] and now < self._refused[1]:
            return
        self._refused = (text, now + seconds)
        self._app.notify(text, severity="error", timeout=seconds, markup=False)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Turn a refusal raised inside into a told one."""
        try:
            yield
        except KsbtuiError as error:
            self.refuse(error)

    def show(self) -> None:
        """Put what is still told on the uppermost screen with a line for it."""
        told = list(self._app._notifications)
        lines = [
            Told(
                Content.from_markup(one.message).plain if one.markup else one.message,
                one.severity != "information",
            )
            for one in told[-MOST:]
        ]
        for screen in reversed(self._app.screen_stack):
            if notice := next(iter(screen.query(Notice)), None):
                notice.tell(lines)
                break
        if self._next is not None:
            self._next.stop()
        self._next = None
        if told:
            first = min(one.time_left for one in told)
            self._next = self._app.set_timer(max(0.05, first), self.show)

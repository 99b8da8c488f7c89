"""What the app tells in passing: one line in the past tense, or a refusal with the way out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from textual.app import App

from ksbtui.errors import KsbtuiError

TOAST_SECONDS = 3.0


class Notifications(App[int]):
    """The base of the app's parts."""

    _refused = ("", 0.0)
    """The last refusal, and until when it stands on the screen."""

    def say(self, text: str) -> None:
        """Tell one line in the past tense, for three seconds."""
        self.notify(text, timeout=TOAST_SECONDS, markup=False)

    def refuse(self, error: KsbtuiError) -> None:
        """Tell why something was refused, and the way out; once while it is still shown."""
        text = f"{error.message} {error.hint}".strip()
        now = monotonic()
        if text == self._refused[0] and now < self._refused[1]:
            return
        self._refused = (text, now + 2 * TOAST_SECONDS)
        self.notify(text, severity="error", timeout=2 * TOAST_SECONDS, markup=False)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Turn a refusal raised inside into a told one."""
        try:
            yield
        except KsbtuiError as error:
            self.refuse(error)

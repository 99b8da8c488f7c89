"""What the app tells in passing: one line in the past tense, or a refusal with the way out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from textual.app import App

from ksbtui.errors import KsbtuiError

TOAST_SECONDS = 3.0


class Telling(App[int]):
    """The base of the app's parts."""

    def say(self, text: str) -> None:
        """Tell one line in the past tense, for three seconds."""
        self.notify(text, timeout=TOAST_SECONDS, markup=False)

    def refuse(self, error: KsbtuiError) -> None:
        """Tell why something was refused, and the way out."""
        text = f"{error.message} {error.hint}".strip()
        self.notify(text, severity="error", timeout=2 * TOAST_SECONDS, markup=False)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Turn a refusal raised inside into a told one."""
        try:
            yield
        except KsbtuiError as error:
            self.refuse(error)

"""What the app tells in passing: one line in the past tense, or a refusal with the way out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.css.query import NoMatches

from ksbtui.errors import Busy, Damaged, KsbtuiError
from ksbtui.screens.shell.notice import Notice, Told

if TYPE_CHECKING:
    from textual.app import App
    from textual.timer import Timer as Tick

SAID_SECONDS = 3.0
REFUSED_SECONDS = 6.0
DAMAGE_SECONDS = 60.0
"""Damage is told for long: until it is repaired nothing is saved."""
MOST = 3
"""Messages on the screen at a time: the newest."""


def as_refusal(problem: Exception) -> KsbtuiError | None:
    """A refusal itself, None for anything else."""
    return problem if isinstance(problem, KsbtuiError) else None


class Messages:
    """A part of the app. Messages stand on the line below the tabs and cover nothing."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._refused = ("", 0.0)
        """The last refusal, and until when it stands on the screen."""
        self._next: Tick | None = None
        self.explain: Callable[[Exception], KsbtuiError | None] = as_refusal
        """Says what a failure means for the person; None for a fault of the program's own."""
        self.busy = False
        """Whether something could not be read because another program was writing."""
        self._half_made = False

    def say(self, text: str) -> None:
        """Tell one line in the past tense, for three seconds."""
        self._app.notify(text, timeout=SAID_SECONDS, markup=False)

    def refuse(self, error: KsbtuiError) -> None:
        """Tell why something was refused, and the way out; once while it is still shown."""
        seconds = DAMAGE_SECONDS if isinstance(error, Damaged) else REFUSED_SECONDS
        text = f"{error.message} {error.hint}".strip()
        now = monotonic()
        what = "damage" if isinstance(error, Damaged) else text  # it is told in several ways
        if what == self._refused[0] and now < self._refused[1]:
            return
        self._refused = (what, now + seconds)
        self._app.notify(text, severity="error", timeout=seconds, markup=False)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Turn a refusal raised inside into a told one."""
        try:
            yield
        except Exception as problem:
            if not self._told(problem):
                raise

    def told_instead(self, problem: Exception) -> bool:
        """Tell a refusal that a widget let through; False for a fault of the program's own.

        A screen whose widgets could not be made has none to be found afterwards.
        """
        if self._told(problem):
            self._half_made = True
            return True
        return self._half_made and isinstance(problem, NoMatches)

    def _told(self, problem: Exception) -> bool:
        """Tell a refusal; what could not be read because of another program is read again."""
        error = self.explain(problem)
        if error is None:
            return False
        self.busy = self.busy or isinstance(error, Busy)
        self.refuse(error)
        return True

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

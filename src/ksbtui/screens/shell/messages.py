"""What the app tells in passing, and the line below the tabs on which it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.css.query import NoMatches
from textual.worker import WorkerFailed

from ksbtui.core.durations import say_minutes
from ksbtui.errors import Busy, Damaged, KsbtuiError
from ksbtui.presentation.cells import width_of
from ksbtui.presentation.parts import ALERT, BOLD, DONE, MUTED, PLAIN, REFUSED, RUNNING, Line
from ksbtui.screens.shell.keys import REVEAL, TIMER, shown_key
from ksbtui.widgets.text.drawing import Drawing, spread, wrap

if TYPE_CHECKING:
    from textual.app import App
    from textual.timer import Timer as Tick

    from ksbtui.core.entry.timer import Timer
    from ksbtui.journal.journal import Journal


TICK_SECONDS = 20.0
"""Often enough for whole minutes."""


@dataclass(frozen=True)
class Told:
    """A message: its text, and whether it is a refusal or a warning."""

    text: str
    refused: bool = False


class Notice(Drawing):
    """Blank, a message, or the timer; with both, the timer is short at the right.

    A new minute or message repaints only this; a message longer than a line moves the page.
    """

    def __init__(self) -> None:
        super().__init__()
        self._told: Told | None = None
        self._timer = ("", "", "")
        self._hidden = ""
        self._tick: Tick | None = None

    def tell(self, told: Told | None) -> None:
        if told != self._told:
            self._told = told
            self.set_class(told is not None, "-told")
            self.redraw()

    def follow(self, journal: Journal) -> None:
        """Show the journal's timer and go on with it, and what a call under way hides."""
        if journal.privacy.notice != self._hidden:
            self._hidden = journal.privacy.notice
            self.redraw()
        timer: Timer | None = journal.timer.running
        if self._tick is not None:
            self._tick.stop()
            self._tick = None
        self._count(timer, journal)
        if timer is not None:
            self._tick = self.set_interval(TICK_SECONDS, lambda: self._count(timer, journal))

    def _count(self, timer: Timer | None, journal: Journal) -> None:
        shown = ("", "", "")
        if timer is not None:
            from ksbtui.journal.entry.timers import since  # deferred: only where a timer runs

            minutes = max(0, timer.minutes(journal.clock.now()))
            shown = (say_minutes(minutes), timer.title or "No title yet", since(timer))
        if shown != self._timer:
            self._timer = shown
            self.redraw()

    def draw(self, width: int) -> list[Line]:
        minutes, title, since = self._timer
        app: Any = self.app
        if self._told is None:
            if self._hidden:
                key = shown_key(REVEAL, app.keymap, app.plain)
                hidden: Line = [(f"{self._hidden} during the call · ", MUTED), (key, BOLD)]
                short: Line = [(f"{RUNNING} ", DONE), (minutes, BOLD)] if minutes else []
                return [spread([*hidden, (" shows it", MUTED)], short, width)]
            if not minutes:
                return []
            left: Line = [(f"{RUNNING} ", DONE), (minutes, BOLD), (f"  {title}", PLAIN)]
            key = shown_key(TIMER, app.keymap, app.plain)
            return [
                spread(left, [(f"since {since} · ", MUTED), (key, BOLD), (" stops", MUTED)], width)
            ]
        timer: Line = [(f"  {RUNNING} ", DONE), (minutes, BOLD)] if minutes else []
        mark: Line = [(f"{ALERT} ", REFUSED)] if self._told.refused else []
        lines = wrap([*mark, (self._told.text, PLAIN)], width - width_of(timer))
        return [spread(lines[0], timer, width), *lines[1:]]


SAID_SECONDS = 3.0
REFUSED_SECONDS = 6.0
DAMAGE_SECONDS = 60.0
"""Damage is told for long: until it is repaired nothing is saved."""


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
        try:
            yield
        except Exception as problem:
            if not self._told(problem):
                raise

    def told_instead(self, problem: Exception) -> bool:
        """Tell a refusal that a widget let through; False for a fault of the program's own.

        A screen whose widgets could not be made has none to be found afterwards; nor has one
        that a key reaches before it stands, or that opens as the app is left.
        """
        if self._told(problem):
            self._half_made = True
            return True
        if isinstance(problem, WorkerFailed):  # it outlived its screen
            return isinstance(problem.error, NoMatches)
        if not isinstance(problem, NoMatches):
            return False
        app = self._app
        return self._half_made or app._exit or not app.screen.is_mounted

    def _told(self, problem: Exception) -> bool:
        """Tell a refusal; what could not be read because of another program is read again."""
        error = self.explain(problem)
        if error is None:
            return False
        self.busy = self.busy or isinstance(error, Busy)
        self.refuse(error)
        return True

    def show(self) -> None:
        """Put the newest message on the uppermost screen with a line for it.

        Several would push the page down. An earlier one that lasts longer comes back.
        """
        notices = list(self._app._notifications)
        newest = None
        if notices:
            text = notices[-1].message
            text = Content.from_markup(text).plain if notices[-1].markup else text
            newest = Told(text, notices[-1].severity != "information")
        for screen in reversed(self._app.screen_stack):
            if notice := next(iter(screen.query(Notice)), None):
                notice.tell(newest)
                break
        if self._next is not None:
            self._next.stop()
        self._next = None
        if notices:
            first = min(notice.time_left for notice in notices)
            self._next = self._app.set_timer(max(0.05, first), self.show)

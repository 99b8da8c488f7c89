"""The running timer on Today: one line, in the row that is empty otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ksbtui.core.durations import say_minutes
from ksbtui.widgets.text.drawing import Drawing
from ksbtui.widgets.text.styles import BOLD, DONE, MUTED, PLAIN, Line, spread

if TYPE_CHECKING:
    from textual.timer import Timer as Tick

    from ksbtui.core.entry.timer import Timer

TICK_SECONDS = 20.0
"""Often enough for whole minutes."""


class TimerLine(Drawing):
    """How long the timer has run, for what and since when; a new minute repaints only this."""

    def __init__(self) -> None:
        super().__init__()
        self._said = ("", "", "")
        self._tick: Tick | None = None

    def follow(self, journal: Any) -> None:
        """Show the journal's timer and go on with it, or show nothing."""
        timer: Timer | None = journal.timer.running
        self.screen.set_class(timer is not None, "-timed")
        if self._tick is not None:
            self._tick.stop()
            self._tick = None
        if timer is not None:
            self._say(timer, journal)
            self._tick = self.set_interval(TICK_SECONDS, lambda: self._say(timer, journal))

    def _say(self, timer: Timer, journal: Any) -> None:
        from ksbtui.journal.entry.timers import since

        minutes = max(0, timer.minutes(journal.clock.now()))
        said = (say_minutes(minutes), timer.title or "No title yet", since(timer))
        if said != self._said:
            self._said = said
            self.redraw()

    def draw(self, width: int) -> list[Line]:
        """Draw the one line."""
        minutes, title, since = self._said
        left: Line = [("▸ ", DONE), (minutes, BOLD), (f"  {title}", PLAIN)]
        return [spread(left, [(f"since {since} · ", MUTED), ("r", BOLD), (" stops", MUTED)], width)]

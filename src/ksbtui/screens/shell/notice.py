"""The line below the tabs: what was just done, what is hidden, and the timer that runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ksbtui.core.durations import say_minutes
from ksbtui.presentation.parts import ALERT, RUNNING
from ksbtui.screens.shell.keys import REVEAL, TIMER, shown_key
from ksbtui.widgets.text.drawing import Drawing
from ksbtui.widgets.text.styles import (
    BOLD,
    DONE,
    MUTED,
    PLAIN,
    REFUSED,
    Line,
    spread,
    width_of,
    wrap,
)

if TYPE_CHECKING:
    from textual.timer import Timer as Tick

    from ksbtui.core.entry.timer import Timer

TICK_SECONDS = 20.0
"""Often enough for whole minutes."""


@dataclass(frozen=True)
class Told:
    """A message: its text, and whether it is a refusal or a warning."""

    text: str
    refused: bool = False


class Notice(Drawing):
    """Blank, one message a line, or the timer; with both, the timer is short at the right.

    A new minute or message repaints only this; a message longer than a line moves the page.
    """

    def __init__(self) -> None:
        super().__init__()
        self._told: tuple[Told, ...] = ()
        self._timer = ("", "", "")
        self._hidden = ""
        self._tick: Tick | None = None

    def tell(self, told: Sequence[Told]) -> None:
        """Set the messages."""
        if tuple(told) != self._told:
            self._told = tuple(told)
            self.set_class(bool(told), "-told")
            self.redraw()

    def follow(self, journal: Any) -> None:
        """Show the journal's timer and go on with it, and what a call under way hides."""
        if journal.privacy.said != self._hidden:
            self._hidden = journal.privacy.said
            self.redraw()
        timer: Timer | None = journal.timer.running
        if self._tick is not None:
            self._tick.stop()
            self._tick = None
        self._count(timer, journal)
        if timer is not None:
            self._tick = self.set_interval(TICK_SECONDS, lambda: self._count(timer, journal))

    def _count(self, timer: Timer | None, journal: Any) -> None:
        shown = ("", "", "")
        if timer is not None:
            from ksbtui.journal.entry.timers import since

            minutes = max(0, timer.minutes(journal.clock.now()))
            shown = (say_minutes(minutes), timer.title or "No title yet", since(timer))
        if shown != self._timer:
            self._timer = shown
            self.redraw()

    def draw(self, width: int) -> list[Line]:
        """Draw the messages, or what is hidden, or the timer alone."""
        minutes, title, since = self._timer
        app: Any = self.app
        if not self._told:
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
        lines: list[Line] = []
        for one in self._told:
            mark: Line = [(f"{ALERT} ", REFUSED)] if one.refused else []
            lines += wrap([*mark, (one.text, PLAIN)], width - width_of(timer))
        return [spread(lines[0], timer, width), *lines[1:]]

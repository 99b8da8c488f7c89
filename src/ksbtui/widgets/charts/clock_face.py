"""The practice clock: time in large digits, what it should take, and how far one is."""

from __future__ import annotations

from dataclasses import dataclass

from ksbtui.widgets.frame.symbols import REACHED, STATES
from ksbtui.widgets.text.drawing import Drawing
from ksbtui.widgets.text.headline import digit_rows
from ksbtui.widgets.text.styles import (
    BOLD,
    DONE,
    DONE_BOLD,
    MUTED,
    OWED_BOLD,
    PLAIN,
    Line,
    spread,
    width_of,
)

HERE, ANSWERED, COMING = REACHED, STATES["evidenced"], STATES["none"]


@dataclass(frozen=True, slots=True)
class Time:
    """What the clock shows: ``value`` (``3:42``), words beside it, place of how many."""

    value: str = "0:00"
    words: str = ""
    over: bool = False
    place: int = 0
    count: int = 0


def progress_line(place: int, count: int, width: int) -> Line:
    """A mark a question: answered, here, to come; numbers where there is no room for marks."""
    for gap in (" ", ""):
        if count * (1 + len(gap)) <= width:
            return [
                (ANSWERED + gap, DONE)
                if n < place
                else (HERE + gap, DONE_BOLD)
                if n == place
                else (COMING + gap, MUTED)
                for n in range(count)
            ]
    return [(f"{place + 1} of {count}", MUTED)]


def time_rows(value: str) -> tuple[str, str, str]:
    """Draw a time three rows high, its colon one cell wide."""
    parts = [digit_rows(part) for part in value.split(":")]
    return (
        " ".join(part[0] for part in parts),
        ":".join(part[1] for part in parts),
        " ".join(part[2] for part in parts),
    )


def clock_lines(time: Time, width: int, *, plain: bool = False) -> list[Line]:
    """Draw the clock in three rows; ``plain`` writes the time as a bold number."""
    style = OWED_BOLD if time.over else BOLD
    rows = ("", time.value, "") if plain else time_rows(time.value)
    lines: list[Line] = [[(row, style)] for row in rows]
    words = OWED_BOLD if time.over else MUTED
    lines[1] += [("   ", PLAIN), (time.words, words)]
    room = width - width_of(lines[1]) - 2
    right = progress_line(time.place, time.count, room) if time.count else []
    lines[1] = spread(lines[1], right, width)
    return lines


class ClockFace(Drawing):
    """The clock; showing another second repaints only this."""

    def __init__(self) -> None:
        super().__init__()
        self._time = Time()

    def show(self, time: Time) -> None:
        """Set what the clock shows."""
        if time != self._time:
            self._time = time
            self.redraw()

    def draw(self, width: int) -> list[Line]:
        """Draw the three rows."""
        return clock_lines(self._time, width, plain=bool(getattr(self.app, "plain", False)))

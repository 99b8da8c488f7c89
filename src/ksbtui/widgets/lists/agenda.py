"""The agenda of a full-screen mode with its clock: beside the page, or three rows above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ksbtui.widgets.text.drawing import Drawing
from ksbtui.widgets.text.headline import digit_rows
from ksbtui.widgets.text.styles import BOLD, DONE_BOLD, MUTED, OWED, PLAIN, Line, wrap


@dataclass(frozen=True, slots=True)
class Step:
    """One item of an agenda and the minutes it is given."""

    title: str
    minutes: int


class Clock(Drawing):
    """Minutes and seconds in large digits; repaints itself once a second and nothing else.

    ``elapsed`` gives the seconds gone, or None where the clock has nothing to say; from
    ``minutes`` on it turns amber, and never stops.
    """

    def __init__(self, elapsed: Callable[[], int | None], minutes: int) -> None:
        super().__init__()
        self._elapsed, self._minutes = elapsed, minutes

    def on_mount(self) -> None:
        """Tick."""
        self.set_interval(1.0, self.redraw)

    def draw(self, width: int) -> list[Line]:
        """Draw the digits, and the time there is at their foot."""
        gone = self._elapsed()
        if gone is None:
            return [[], [("Not timed", MUTED)], []]
        over = gone >= 60 * self._minutes
        minutes, seconds = f"{gone // 60:02}", f"{gone % 60:02}"
        if getattr(self.app, "plain", False):
            rows: tuple[str, ...] = ("", f"{minutes}:{seconds}", "")
        else:
            parts = digit_rows(minutes), (" ", ":", " "), digit_rows(seconds)
            rows = tuple("".join(row) for row in zip(*parts, strict=True))
        said = f"  of {self._minutes} min"
        return [
            [(row, OWED if over else BOLD), (said if number == 1 else "", MUTED)]
            for number, row in enumerate(rows)
        ]


class Agenda(Drawing):
    """The items in order, the present one marked."""

    def __init__(self, steps: Sequence[Step]) -> None:
        super().__init__()
        self._steps, self._at = tuple(steps), 0

    def show(self, at: int) -> None:
        """Mark the item at a place."""
        if at != self._at:
            self._at = at
            self.redraw()

    def draw(self, width: int) -> list[Line]:
        """Draw a list where the agenda has a panel, else as few lines as hold it."""
        if self.screen.has_class("-narrow"):
            return self._flow(width)
        return [line for place, step in enumerate(self._steps) for line in self._item(place, step)]

    def _item(self, place: int, step: Step) -> list[Line]:
        """One item over as many lines as its title takes, and an empty one."""
        width = self.content_size.width
        now = place == self._at
        texts = wrap([(step.title, BOLD if now else MUTED)], max(8, width - 9))
        lines: list[Line] = []
        for number, text in enumerate(texts):
            head: Line = [
                (f"  {place + 1}  " if not number else "     ", DONE_BOLD if now else MUTED),
            ]
            gap = width - 5 - sum(len(piece) for piece, _ in text) - 3
            figure = f"{step.minutes:>3}" if not number else ""
            lines.append([*head, *text, (" " * max(0, gap), PLAIN), (figure, MUTED)])
        return [*lines, []]

    def _flow(self, width: int) -> list[Line]:
        """The items one behind the other, the present one with its minutes."""
        lines: list[Line] = [[]]
        used = 0
        for place, step in enumerate(self._steps):
            now = place == self._at
            text = f"{place + 1} {step.title}"
            minutes = f"   {step.minutes} min" if now else ""
            if used and used + 3 + len(text) + len(minutes) > width:
                lines.append([])
                used = 0
            gap = "   " if used else ""
            lines[-1] += [(gap + text, DONE_BOLD if now else MUTED), (minutes, MUTED)]
            used += len(gap) + len(text) + len(minutes)
        return lines

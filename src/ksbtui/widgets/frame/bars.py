"""The first row of a screen: the tab bar of a place, the title of a form or mode."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message

from ksbtui.presentation.cells import width_of
from ksbtui.presentation.parts import BOLD, CHOSEN, MUTED, PLAIN, Line
from ksbtui.widgets.text.drawing import WIDE, Drawing, spread

Tab = tuple[str, str]
"""(key, name) of one place."""


def tab_spans(tabs: Sequence[Tab], active: str, width: int) -> list[tuple[str, str, int]]:
    """Lay out the tabs as (key, label, start column), labels padded by a space each side.

    Where not all names fit, only the active place keeps its name.
    """
    start, gap = (2, 1) if width >= WIDE else (1, 0)
    labels = [(key, f" {key} {name} ") for key, name in tabs]
    if start + sum(len(label) + gap for _, label in labels) > width:
        labels = [(key, f" {key} {name} " if key == active else f" {key} ") for key, name in tabs]
    spans = []
    for key, label in labels:
        spans.append((key, label, start))
        start += len(label) + gap
    return spans


def tab_line(tabs: Sequence[Tab], active: str, day: str, width: int, mark: str = "") -> Line:
    """Draw the tab bar; ``day`` stands at the right edge where there is room (110 columns).

    ``mark`` (``demo``) stands before it, or alone if it fits.
    """
    line: Line = []
    for key, label, start in tab_spans(tabs, active, width):
        line.append((" " * (start - width_of(line)), PLAIN))
        line.append((label, CHOSEN if key == active else MUTED))
    right: Line = [(f"{day}   ", MUTED)] if width >= WIDE else []
    if mark and right:
        right = [(mark, BOLD), (" · ", MUTED), *right]
    elif mark and width_of(line) + len(mark) + 2 <= width:
        right = [(f"{mark} ", BOLD)]
    return spread(line, right, width)


class Tabs(Drawing):
    """Row 0 of every place. A click on a tab posts `Picked`."""

    @dataclass
    class Picked(Message):
        """A tab was clicked; ``key`` names the place."""

        key: str

    def __init__(self, tabs: Sequence[Tab], active: str, day: str = "", mark: str = "") -> None:
        super().__init__()
        self._state = (tuple(tabs), active, day, mark)

    def show_day(self, day: str) -> None:
        tabs, active, _, mark = self._state
        self.become(tabs, active, day, mark)

    def draw(self, width: int) -> list[Line]:
        tabs, active, day, mark = self._state
        return [tab_line(tabs, active, day, width, mark)]

    def on_click(self, event: events.Click) -> None:
        tabs, active, *_ = self._state
        for key, label, start in tab_spans(tabs, active, self.size.width):
            if start <= event.x < start + len(label):
                self.post_message(self.Picked(key))


class TitleBar(Drawing):
    """Stands where the tab bar stands, in screens that hide the navigation."""

    def __init__(self, title: str, about: str = "", state: str = "") -> None:
        super().__init__()
        self._state = (title, about, state)

    def show(self, title: str, about: str = "", state: str = "") -> None:
        self.become(title, about, state)

    def draw(self, width: int) -> list[Line]:
        title, about, state = self._state
        margin = " " * (3 if width >= WIDE else 2)
        left: Line = [(margin, PLAIN), (title, BOLD), (f"  {about}" if about else "", MUTED)]
        return [spread(left, [(state, MUTED), (margin, PLAIN)], width)]

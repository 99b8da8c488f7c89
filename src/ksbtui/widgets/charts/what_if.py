"""The what-if row: a sentence with numbers in it that arrows change, and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from ksbtui.presentation.cells import width_of
from ksbtui.presentation.parts import CHOSEN, DONE_BOLD, MUTED, PLAIN, Field, Line
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.text.drawing import Drawing, cut_line, is_small, spread

LABEL = "What if"
TYPING_SECONDS = 1.5
"""Between two digits of one number."""


def what_if_lines(
    fields: Sequence[Field],
    chosen: int | None,
    result: Line,
    aside: str,
    width: int,
    *,
    roomy: bool,
) -> list[Line]:
    """Draw the sentence and the result below it; ``aside`` stands at its right edge.

    The chosen number is reversed between bright arrows. ``roomy`` sets words before the
    numbers and an empty line between; without room the later numbers are left out.
    """
    indent = len(LABEL) + (5 if roomy else 3)
    items = [_item(field, number == chosen, roomy) for number, field in enumerate(fields)]
    fitting: set[int] = set()
    for number in sorted(range(len(items)), key=lambda number: number != chosen):
        cells = sum(width_of(items[at]) + 3 for at in (*fitting, number)) - 3
        if indent + cells <= width:
            fitting.add(number)
    row: Line = [(LABEL, DONE_BOLD), (" " * (indent - len(LABEL)), PLAIN)]
    for place, number in enumerate(sorted(fitting)):
        row += [("   " if place else "", PLAIN), *items[number]]
    lines: list[Line] = [cut_line(row, width)]
    if roomy:
        lines.append([])
    below: Line = [(" " * indent, PLAIN), *result]
    if width_of(below) + 2 + len(aside) <= width:
        lines.append(spread(below, [(aside, MUTED)], width))
    else:
        lines.append(cut_line(below, width))
    return lines


def _item(field: Field, chosen: bool, roomy: bool) -> Line:
    arrow = DONE_BOLD if chosen else MUTED
    item: Line = [
        (f"{field.before} " if roomy else "", PLAIN),
        ("◂ ", arrow),
        (f" {field.value} ", CHOSEN if chosen else "on $panel"),
        (" ▸", arrow),
    ]
    return [*item, (f" {field.after}", PLAIN)] if field.after else item


class WhatIfRow(Drawing):
    """The row; the screen changes the numbers and says what follows."""

    can_focus = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("what-if.next", "tab", action="hop(1)"),
        Command("what-if.previous", "shift+tab", action="hop(-1)"),
        Command("what-if.down", "down", action="app.focus_next"),
        Command("what-if.up", "up", action="app.focus_previous"),
        Command("what-if.ask", "enter"),
        *(
            Command(f"what-if.digit-{digit}", digit, action=f"digit('{digit}')")
            for digit in "0123456789"
        ),
    ]

    class Asked(Message):
        """↵: the number is to be typed."""

    @dataclass
    class Typed(Message):
        """Digits were typed on the chosen number: hours a week, or weeks."""

        number: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._fields: tuple[Field, ...] = ()
        self._result: Line = []
        self._aside = ""
        self.chosen = 0
        self.in_use = False
        """Whether a number was chosen or changed in this visit: digits are then its own."""
        self._digits, self._typed_at = "", 0.0

    def show(self, fields: Sequence[Field], result: Line, aside: str = "") -> None:
        self._fields, self._result, self._aside = tuple(fields), result, aside
        self.redraw()

    def choose(self, number: int) -> None:
        self.chosen, self._digits, self.in_use = number, "", True
        self.focus()
        self.redraw()

    def action_hop(self, by: int) -> None:
        """Go to the next number, or on to the next region."""
        if 0 <= self.chosen + by < len(self._fields):
            self.choose(self.chosen + by)
        else:
            (self.screen.focus_next if by > 0 else self.screen.focus_previous)()

    def action_ask(self) -> None:
        if self._fields:
            self.post_message(self.Asked())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the digits to the screens until the row is used."""
        return self.in_use if action == "digit" else True

    def action_digit(self, digit: str) -> None:
        """Take a digit; those that follow at once are of the same number."""
        now = monotonic()
        before = self._digits if now - self._typed_at < TYPING_SECONDS else ""
        self._digits, self._typed_at = (before + digit)[-2:], now
        if self._fields:
            self.post_message(self.Typed(int(self._digits)))

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self.redraw()

    def draw(self, width: int) -> list[Line]:
        chosen, roomy = self.chosen if self.has_focus else None, not is_small(self)
        return what_if_lines(self._fields, chosen, self._result, self._aside, width, roomy=roomy)

"""A dialog to choose one of a few: a confirmation, or a pick from a list."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

from textual import events, on
from textual.app import ComposeResult

from ksbtui.presentation.parts import Block, Row
from ksbtui.widgets.forms.dialog import Dialog
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.styles import BOLD, MUTED

JUMP_SECONDS = 1.0
"""From one typed letter to the next while they are still one word."""


class TypeAhead:
    """Letters typed in a row, to jump to what begins with them."""

    def __init__(self) -> None:
        self._typed, self._at = "", 0.0

    def find(self, letter: str, labels: Sequence[str]) -> int | None:
        """The index of the first label that begins with what was typed, else a word of it does."""
        now = monotonic()
        if now - self._at > JUMP_SECONDS:
            self._typed = ""
        self._typed, self._at = self._typed + letter.casefold(), now
        folded = [label.casefold() for label in labels]
        begins = (i for i, label in enumerate(folded) if label.startswith(self._typed))
        words = (i for i, label in enumerate(folded) if f" {self._typed}" in label)
        return next(begins, next(words, None))


class Choose(Dialog[str]):
    """Answers with the key of the chosen row, or None.

    ``at`` is the key under the cursor at first: the likeliest answer, or the safe one.
    """

    def __init__(
        self, title: str, rows: Sequence[Row], *, text: str = "", at: str | None = None
    ) -> None:
        words: list[Block] = [[(title, BOLD)]]
        if text:
            words.append([(text, MUTED)])
        super().__init__(*words)
        self._rows = tuple(rows)
        self._at = at
        self._typed = TypeAhead()

    def answers(self) -> ComposeResult:
        """Give the rows."""
        yield Rows()

    def on_mount(self) -> None:
        """Put the cursor on the likeliest answer."""
        self.query_one(Rows).show(self._rows, self._at)

    def on_key(self, event: events.Key) -> None:
        """Jump to the row that begins with what is typed."""
        if event.is_printable and event.character:
            event.stop()
            titles = [row.title for row in self._rows]
            if (index := self._typed.find(event.character, titles)) is not None:
                self.query_one(Rows).move_to(index)

    @on(Rows.Chosen)
    def _answer(self, event: Rows.Chosen) -> None:
        self.dismiss(event.key)


def confirm(title: str, yes: str, *, no: str = "Leave it", text: str = "") -> Choose:
    """Ask before something that cannot be undone; answers ``yes`` or ``no`` (the start)."""
    return Choose(title, (Row("no", no), Row("yes", yes)), text=text, at="no")

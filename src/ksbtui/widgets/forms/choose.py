"""A dialog to choose one of a few: a confirmation, or a pick from a list."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from ksbtui.presentation.parts import Block, Row
from ksbtui.widgets.forms.dialog import Dialog
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.styles import BOLD, MUTED


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

    def answers(self) -> ComposeResult:
        """Give the rows."""
        yield Rows()

    def on_mount(self) -> None:
        """Put the cursor on the likeliest answer."""
        self.query_one(Rows).show(self._rows, self._at)

    @on(Rows.Chosen)
    def _answer(self, event: Rows.Chosen) -> None:
        self.dismiss(event.key)


def confirm(title: str, yes: str, *, no: str = "Leave it", text: str = "") -> Choose:
    """Ask before something that cannot be undone; answers ``yes`` or ``no`` (the start)."""
    return Choose(title, (Row("no", no), Row("yes", yes)), text=text, at="no")

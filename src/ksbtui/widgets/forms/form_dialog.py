"""A dialog of a few short fields, with offers to take as they are; refusals stand below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from ksbtui.errors import KsbtuiError
from ksbtui.presentation.parts import Row
from ksbtui.widgets.forms.ask import Value
from ksbtui.widgets.forms.dialog import Dialog
from ksbtui.widgets.forms.field import Field
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.detail import RichText
from ksbtui.widgets.text.styles import BOLD, MUTED, REFUSED


@dataclass(frozen=True, slots=True)
class DialogField:
    """One field: its name, its label and what stands in it at first."""

    name: str
    label: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something ready to take: a row, and the fields it stands for."""

    row: Row
    values: Mapping[str, str]


class FormDialog(Dialog[Value], Generic[Value]):
    """Answers with what ``finish`` makes of the fields; its refusal is shown, nothing is lost.

    ``↵`` finishes from any field. With the first field empty it takes the first offer; ``↓``
    goes to the others.
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[DialogField],
        finish: Callable[[dict[str, str]], Value],
        offers: Sequence[Offer] = (),
        text: str = "",
        start: str = "",
    ) -> None:
        super().__init__([(title, BOLD)], *([[(text, MUTED)]] if text else []))
        self._fields, self._finish, self._start = tuple(fields), finish, start
        self._offers = {offer.row.key: offer.values for offer in offers}
        self._rows = [offer.row for offer in offers]

    def answers(self) -> ComposeResult:
        """Give the fields, the offers, and the line for a refusal."""
        for asked in self._fields:
            field = Input(asked.value, id=asked.name)
            field.cursor_blink = False
            yield Field(asked.label, field)
        if self._rows:
            yield Rows(*self._rows)
        yield RichText(id="below")

    def on_mount(self) -> None:
        """Begin in the field ``start``, else in the first that is empty, else in the first."""
        inputs = list(self.query(Input))
        named = [field for field in inputs if field.id == self._start]
        empty = [field for field in inputs if not field.value]
        (named or empty or inputs)[0].focus()

    @on(Input.Submitted)
    def _submit(self) -> None:
        values = {field.id or "": field.value for field in self.query(Input)}
        if self._rows and not values[self._fields[0].name].strip():
            values |= self._offers[self._rows[0].key]
        self._try(values)

    @on(Rows.Chosen)
    def _take(self, event: Rows.Chosen) -> None:
        values = {field.id or "": field.value for field in self.query(Input)}
        self._try({**values, **self._offers[event.key]})

    def key_down(self) -> None:
        """Go from the fields to the offers."""
        if self._rows and isinstance(self.focused, Input):
            self.query_one(Rows).focus()

    def _try(self, values: dict[str, str]) -> None:
        try:
            answer = self._finish(values)
        except KsbtuiError as refusal:
            hint = [(refusal.hint, MUTED)] if refusal.hint else None
            self.query_one("#below", RichText).show([(refusal.message, REFUSED)], hint)
            return
        self.dismiss(answer)

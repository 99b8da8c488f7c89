"""The small dialogs: ask for a line, choose a row, fill in a few fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from ksbtui.errors import KsbtuiError
from ksbtui.presentation.cells import cut
from ksbtui.presentation.parts import BOLD, MUTED, PLAIN, REFUSED, Block, Line, Row
from ksbtui.widgets.frame.keys import Command, dismiss_once
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.blocks import RichText
from ksbtui.widgets.text.drawing import Drawing

Result = TypeVar("Result")


class Dialog(ModalScreen[Result | None], Generic[Result]):
    """A question over the screen, answered by a typed result or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Command("app.back", "escape", "", "back", action="leave")
    ]
    dismiss = dismiss_once

    def __init__(self, *blocks: Block) -> None:
        super().__init__()
        self._blocks = blocks

    def compose(self) -> ComposeResult:
        with Container(id="box"):
            yield RichText(*self._blocks)
            yield from self.answers()

    def answers(self) -> ComposeResult:
        """Give the widgets that answer the question."""
        yield from ()

    def action_leave(self) -> None:
        self.dismiss(None)


Value = TypeVar("Value")


class Ask(Dialog[Value], Generic[Value]):
    """Answers with what ``read`` makes of the text, or None.

    ``read`` raises `KsbtuiError` for text it cannot take. What it understood is said
    back while typing by ``echo``, if given.
    """

    def __init__(
        self,
        title: str,
        read: Callable[[str], Value],
        *,
        value: str = "",
        text: str = "",
        echo: Callable[[Value], str] | None = None,
    ) -> None:
        words: list[Block] = [[(title, BOLD)]]
        if text:
            words.append([(text, MUTED)])
        super().__init__(*words)
        self._read, self._echo, self._value = read, echo, value

    def answers(self) -> ComposeResult:
        field = Input(self._value)
        field.cursor_blink = False
        yield field
        below = RichText(None)
        below.id = "below"
        yield below

    @on(Input.Changed)
    def _say_back(self, event: Input.Changed) -> None:
        below = self.query_one("#below", RichText)
        try:
            said = self._echo(self._read(event.value)) if self._echo and event.value else ""
        except KsbtuiError:
            said = ""
        below.show([(said, MUTED)] if said else None)

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        try:
            answer = self._read(event.value)
        except KsbtuiError as error:
            self.query_one("#below", RichText).show(
                [(error.message, REFUSED)], [(error.hint, MUTED)] if error.hint else None
            )
            return
        self.dismiss(answer)


class AskAndDo(Ask[Value]):
    """Runs ``do`` on the answer before it closes; a refusal stands at the field."""

    def __init__(
        self,
        title: str,
        read: Callable[[str], Value],
        do: Callable[[Value], object],
        *,
        value: str = "",
        text: str = "",
        echo: Callable[[Value], str] | None = None,
    ) -> None:
        super().__init__(title, read, value=value, text=text, echo=echo)
        self._do = do

    def dismiss(self, result: Value | None = None) -> AwaitComplete:
        """Close with an answer that could be done, or without one."""
        if result is not None and self in self.app.screen_stack:
            try:
                self._do(result)
            except KsbtuiError as error:
                hint = [(error.hint, MUTED)] if error.hint else None
                self.query_one("#below", RichText).show([(error.message, REFUSED)], hint)
                return AwaitComplete()
        return super().dismiss(result)


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
        yield Rows()

    def on_mount(self) -> None:
        self.query_one(Rows).show(self._rows, self._at)

    def on_key(self, event: events.Key) -> None:
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


class Said(Drawing):
    """One short line: a label, or an echo; ``refused`` says it cannot be read."""

    def __init__(self, text: str = "", *, id: str | None = None, classes: str = "") -> None:
        super().__init__(id=id, classes=classes)
        self._text, self._style = text, MUTED

    def show(self, text: str, *, refused: bool = False) -> None:
        style = REFUSED if refused else MUTED
        if (text, style) != (self._text, self._style):
            self._text, self._style = text, style
            self.redraw()

    def draw(self, width: int) -> list[Line]:
        text = cut(self._text, width)
        line: Line = [(text, self._style)]
        return [[(" " * (width - len(text)), PLAIN), *line] if self.has_class("echo") else line]


class Field(Horizontal):
    """A label, a widget to type or pick in, and an echo."""

    def __init__(self, label: str, widget: Widget, *, echo: bool = False) -> None:
        super().__init__()
        self._label, self._widget, self._echo = label, widget, echo

    def compose(self) -> ComposeResult:
        yield Said(self._label, classes="label")
        yield self._widget
        if self._echo:
            yield Said(id=f"{self._widget.id}-echo", classes="echo")


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

"""The small dialogs: ask for a line, choose a row, fill in a few fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any, ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from ksbtui.errors import KsbtuiError
from ksbtui.presentation.cells import cut
from ksbtui.presentation.parts import BOLD, MUTED, REFUSED, Block, Line, Row
from ksbtui.widgets.frame.keys import Command, dismiss_once
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.blocks import RichText
from ksbtui.widgets.text.drawing import Drawing, spread

Result = TypeVar("Result")
Value = TypeVar("Value")


def line_input(value: str = "", *, hint: str = "", **options: Any) -> Input:
    """A line to type in, its cursor still: ``hint`` stands where it is empty."""
    field = Input(value, placeholder=hint, **options)
    field.cursor_blink = False
    return field


def refusal_blocks(refusal: KsbtuiError) -> list[Block]:
    """What was refused, and the way out."""
    return [[(refusal.message, REFUSED)], [(refusal.hint, MUTED)] if refusal.hint else None]


def if_typed(text: str, read: Callable[..., Value], *rest: Any) -> Value | None:
    """What ``read`` makes of a field; None where it is empty."""
    return read(text.strip(), *rest) if text.strip() else None


def asked(title: str, text: str) -> list[Block]:
    """A question, and what is to be known before it is answered."""
    return [[(title, BOLD)], *([[(text, MUTED)]] if text else [])]


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
        """The widgets that answer the question."""
        yield from ()

    def action_leave(self) -> None:
        self.dismiss(None)


class Ask(Dialog[Value], Generic[Value]):
    """Answers with what ``read`` makes of the text, or None.

    ``read`` raises `KsbtuiError` for text it cannot take. What it understood is said
    back while typing by ``echo``, if given. ``do`` is run on the answer; where it refuses, the
    dialog stays.
    """

    def __init__(
        self,
        title: str,
        read: Callable[[str], Value],
        do: Callable[[Value], object] | None = None,
        *,
        value: str = "",
        text: str = "",
        echo: Callable[[Value], str] | None = None,
    ) -> None:
        super().__init__(*asked(title, text))
        self._read, self._do, self._echo, self._value = read, do, echo, value

    def answers(self) -> ComposeResult:
        yield line_input(self._value)
        yield RichText(None, id="below")

    @on(Input.Changed)
    def _say_back(self, event: Input.Changed) -> None:
        try:
            echo = self._echo(self._read(event.value)) if self._echo and event.value else ""
        except KsbtuiError:
            echo = ""
        self.query_one("#below", RichText).show([(echo, MUTED)] if echo else None)

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        if self not in self.app.screen_stack:
            return  # ↵ came twice at once
        try:
            answer = self._read(event.value)
            if self._do is not None:
                self._do(answer)
        except KsbtuiError as refusal:
            self.query_one("#below", RichText).show(*refusal_blocks(refusal))
        else:
            self.dismiss(answer)


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
        super().__init__(*asked(title, text))
        self._rows, self._at = tuple(rows), at
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
        self._state = (text, MUTED)

    def show(self, text: str, *, refused: bool = False) -> None:
        self.become(text, REFUSED if refused else MUTED)

    def draw(self, width: int) -> list[Line]:
        text, style = self._state
        line: Line = [(cut(text, width), style)]
        return [spread([], line, width) if self.has_class("echo") else line]


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
        super().__init__(*asked(title, text))
        self._fields, self._finish, self._start = tuple(fields), finish, start
        self._offers = {offer.row.key: offer.values for offer in offers}
        self._rows = [offer.row for offer in offers]

    def answers(self) -> ComposeResult:
        for field in self._fields:
            yield Field(field.label, line_input(field.value, id=field.name))
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
        first = self.query_one(f"#{self._fields[0].name}", Input)
        self._finish_with(self._rows[0].key if self._rows and not first.value.strip() else "")

    @on(Rows.Chosen)
    def _take(self, event: Rows.Chosen) -> None:
        self._finish_with(event.key)

    def key_down(self) -> None:
        if self._rows and isinstance(self.focused, Input):
            self.query_one(Rows).focus()

    def _finish_with(self, offer: str) -> None:
        values = {field.id or "": field.value for field in self.query(Input)}
        try:
            answer = self._finish({**values, **self._offers.get(offer, {})})
        except KsbtuiError as refusal:
            self.query_one("#below", RichText).show(*refusal_blocks(refusal))
        else:
            self.dismiss(answer)

"""A form of labelled texts: for stories, project items and measures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, TextArea

from ksbtui.core.entry.entries import Filter
from ksbtui.errors import KsbtuiError
from ksbtui.screens.entry.draft_keeper import KEPT, DraftKeeper
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.forms.dialogs import Field, line_input
from ksbtui.widgets.forms.fields import Pick, Writing
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.text.blocks import Section


@dataclass(frozen=True, slots=True)
class FormField:
    """One field: its name and label; ``long`` for running text, ``choices`` to pick from.

    ``hint`` stands where nothing has been typed yet.
    """

    name: str
    label: str
    long: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""


class PlainForm(Modal[bool]):
    """Asks for texts and hands them to ``save``; answers True once that took them.

    ``save`` gets every field by name as typed and may raise `KsbtuiError`, which is told
    and keeps the form open. Half-written text is a draft under ``key``.
    """

    CSS_PATH = Path(__file__).with_name("plain_form.tcss")
    title_text = ""
    question: ClassVar[str] = "Write it in your own words."
    types_text = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("form.save", "ctrl+s", "save", "Save it", priority=True),
        Command(
            "form.tag",
            "ctrl+k",
            "KSBs",
            "Choose KSBs",
            priority=True,
            when=lambda form: form.asks("ksbs"),
        ),
        Command(
            "form.entries",
            "ctrl+e",
            "entries",
            "Choose entries",
            priority=True,
            when=lambda form: form.asks("entries"),
        ),
        Command("form.discard", "ctrl+b", "discard", "Delete the draft", priority=True),
    ]

    def __init__(
        self,
        key: str,
        title: str,
        asked: Sequence[FormField],
        values: Mapping[str, str],
        save: Callable[[dict[str, str]], str],
    ) -> None:
        super().__init__()
        self._asked = tuple(asked)
        self._values = dict(values)
        self._save = save
        self._draft = DraftKeeper(self, key, title, self.read)

    def body(self) -> ComposeResult:
        with VerticalScroll(id="fields", can_focus=False):
            for field in self._asked:
                if field.choices:
                    yield Field(field.label, Pick(field.label, id=field.name))
                elif not field.long:
                    yield Field(
                        field.label, line_input(id=field.name, hint=field.hint, compact=True)
                    )
            for field in self._asked:
                if field.long:
                    with Vertical(classes="text"):
                        yield Section(field.label)
                        yield _area(field)

    def on_mount(self) -> None:
        draft: dict[str, Any] | None = self._draft.load()
        self._fill({**self._values, **(draft or {})})
        self._draft.say(KEPT if draft else "")

    def _fill(self, values: Mapping[str, Any]) -> None:
        with self.prevent(Input.Changed, TextArea.Changed, Pick.Changed):
            for field in self._asked:
                text = str(values.get(field.name, ""))
                widget = self.query_one(f"#{field.name}")
                if isinstance(widget, Input):
                    widget.value = text
                elif isinstance(widget, TextArea):
                    widget.text = text
                elif isinstance(widget, Pick):
                    widget.show(field.choices, text)

    def read(self) -> dict[str, str]:
        texts = {}
        for field in self._asked:
            widget = self.query_one(f"#{field.name}")
            texts[field.name] = widget.text if isinstance(widget, TextArea) else _value(widget)
        return texts

    def keep_draft(self) -> None:
        self._draft.keep()

    def action_leave(self) -> None:
        self._draft.leave()
        self.dismiss(None)

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Pick.Changed)
    def _typed(self) -> None:
        self._draft.touch()

    @on(Input.Submitted)
    def _next_field(self) -> None:
        self.focus_next()

    def action_save(self) -> None:
        try:
            message = self._save(self.read())
        except KsbtuiError as refusal:
            self._draft.touch()
            self.shell.refuse(refusal)
            return
        self._draft.forget()
        self.shell.changed(message)
        self.dismiss(True)

    def action_discard(self) -> None:
        self._draft.forget()
        self.dismiss(False)

    def action_tag(self) -> None:
        # deferred: loaded when its key is pressed
        from ksbtui.screens.entry.ksb_picker import KsbPicker

        codes = self.query_one("#ksbs", Input)
        chosen = tuple(codes.value.replace(",", " ").upper().split())

        def take(picked: tuple[str, ...] | None) -> None:
            if picked is not None:
                codes.value = " ".join(picked)

        text = "\n".join(self.read().values())
        self.app.push_screen(KsbPicker(chosen, text), take)

    def action_entries(self) -> None:
        from ksbtui.screens.entry.entry_list import EntryChooser, Listing

        field = self.query_one("#entries", Input)
        chosen = [self._whole_id(id) for id in field.value.replace(",", " ").split()]

        def take(ids: tuple[str, ...]) -> None:
            field.value = " ".join(ids)

        wanted = Filter(enrolment=self.journal.enrolled.enrolment.id)
        self.app.push_screen(EntryChooser(Listing("Choose entries", "", wanted), chosen, take))

    def asks(self, name: str) -> bool:
        return any(field.name == name for field in self._asked)

    def _whole_id(self, typed: str) -> str:
        """The id that a prefix stands for; what is not known stays as typed."""
        try:
            return self.journal.entries.get(typed).id
        except KsbtuiError:
            return typed


def _value(widget: Any) -> str:
    return str(widget.value)


def _area(field: FormField) -> Writing:
    area = Writing(id=field.name)
    area.placeholder = field.hint
    return area

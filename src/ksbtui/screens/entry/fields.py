"""The fields of the entry form: filled from a typed entry, read back as typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, TextArea

from ksbtui.core.coverage.coverage import Coverage
from ksbtui.core.entry.typed_entry import DEFAULT_TYPE, TypedEntry, Understood, type_in_title
from ksbtui.core.programme.programmes import Course
from ksbtui.presentation.entry_form import Tagged, tagged_blocks
from ksbtui.presentation.parts import MUTED, Line, Pair
from ksbtui.widgets.forms.dialogs import Field, Said, line_input
from ksbtui.widgets.forms.fields import Pick, Writing
from ksbtui.widgets.text.blocks import RichText, Section

PAID_LABELS = (("yes", "yes"), ("paid-back", "no, but paid back"), ("no", "no"))
YES_NO = (("yes", "yes"), ("no", "no"))
INPUTS = ("title", "time", "day")
TEXTS = {"notes": "What I did", "learned": "What I learned"}


class EntryFields(VerticalScroll):
    """Every field of an entry, with what it was understood as."""

    def compose(self) -> ComposeResult:
        yield Field("Title", _input("title"))
        with Horizontal(classes="pair"):
            yield Field("Time", _input("time"), echo=True)
            yield Field("Day", _input("day"), echo=True)
        with Horizontal(classes="pair"):
            yield Field("Type", Pick("Type of activity", id="type"))
            yield Field("Module", Pick("Module", id="module"))
        with Horizontal(classes="pair"):
            yield Field("Paid hours", Pick("Was it in your paid hours?", id="paid"))
            yield Field("New to me", Pick("Did you learn something new?", id="new"))
        with Horizontal(classes="pair marks"):
            yield Field("Private", Pick("Keep it out of calls, shares and exports?", id="private"))
            yield Field("On topic", Pick("Is it about your standard?", id="relevant"))
        for name, label in TEXTS.items():
            with Vertical(classes=f"text {name}"):
                yield Section(label)
                yield Writing(id=name)
        hint = RichText(id="hint")
        hint.display = False
        yield hint
        with Vertical(id="tagged"):
            yield Section("KSBs")
            yield RichText()

    def load(self, typed: TypedEntry, course: Course) -> None:
        with self.prevent(Input.Changed, TextArea.Changed, Pick.Changed):
            for name in INPUTS:
                field = self.query_one(f"#{name}", Input)
                field.value = getattr(typed, name)
                field.cursor_position = len(field.value)
            for name in TEXTS:
                self.query_one(f"#{name}", Writing).fill(getattr(typed, name))
            types = [(kind.id, kind.label) for kind in course.rules.types]
            self.query_one("#type", Pick).show(types, typed.type)
            modules = [("", "by its day")]
            modules += [(str(m.number), f"{m.number} {m.title}") for m in course.programme.modules]
            self.query_one("#module", Pick).show(modules, typed.module)
            self.query_one("#paid", Pick).show(PAID_LABELS, typed.paid)
            self.query_one("#new", Pick).show(YES_NO, _yes(typed.new_learning))
        self.show_marks(typed)

    def write_title(self, text: str) -> None:
        self.query_one("#title", Input).insert_text_at_cursor(text)

    def go_to(self, name: str) -> None:
        """Go to a line that cannot be read, all of it selected, so that typing replaces it."""
        field = self.query_one(f"#{name}", Input)
        field.focus()
        field.select_all()

    def select_on_tab(self) -> None:
        """From now on a line that is come to is selected, so that typing replaces it."""
        for name in INPUTS:
            self.query_one(f"#{name}", Input).select_on_focus = True

    def show_marks(self, typed: TypedEntry) -> None:
        """Set the two marks, which have fields only where there is room."""
        with self.prevent(Pick.Changed):
            self.query_one("#private", Pick).show(YES_NO, _yes(typed.private))
            self.query_one("#relevant", Pick).show(YES_NO, _yes(typed.relevant))

    def read(self, base: TypedEntry) -> TypedEntry:
        """Read the fields as typed, over what has no field (codes, evidence)."""
        inputs: dict[str, Any] = {name: self.query_one(f"#{name}", Input).value for name in INPUTS}
        texts: dict[str, Any] = {name: self.query_one(f"#{name}", TextArea).text for name in TEXTS}
        return replace(
            base,
            **inputs,
            **texts,
            type=self.query_one("#type", Pick).value,
            module=self.query_one("#module", Pick).value,
            paid=self.query_one("#paid", Pick).value,
            new_learning=self.query_one("#new", Pick).value == "yes",
            private=self.query_one("#private", Pick).value == "yes",
            relevant=self.query_one("#relevant", Pick).value == "yes",
        )

    def echo(self, typed: TypedEntry, understood: Understood) -> None:
        tiny = self.screen.has_class("-tiny")
        for name in ("time", "day"):
            text = getattr(typed, name).strip()
            refusal = understood.refusals.get(name) if text else None
            meaning = "unreadable" if refusal else understood.echoes.get(name, "")
            echo = self.query_one(f"#{name}-echo", Said)
            echo.show(meaning, refused=refusal is not None)
            in_the_way = tiny and self.query_one(f"#{name}").has_focus
            echo.display = (
                bool(meaning)
                and not in_the_way
                and text not in (meaning, str(understood.values.get(name, "")))
            )
        asked = type_in_title(typed.title) if typed.type == DEFAULT_TYPE else ""
        self.query_one("#type", Pick).suggest(asked)
        for name, label in TEXTS.items():
            section = self.query_one(f".{name} Section", Section)
            section.show(label, understood.echoes.get(name, ""))

    def hint(self, text: str) -> None:
        """Say below the reflection what a reader would miss; nothing while there is nothing."""
        paper = self.query_one("#hint", RichText)
        narrow = self.screen.has_class("-narrow")
        paper.show(Pair([(text, MUTED)]) if narrow else [(text, MUTED)])
        paper.display = bool(text)
        self.query_one("#tagged").set_class(bool(text), "-hinted")

    def show_tagged(
        self,
        typed: TypedEntry,
        understood: Understood,
        coverage: Coverage,
        suggested: Line,
        *,
        narrow: bool,
    ) -> None:
        """List the KSBs chosen and the evidence attached; ``suggested`` stands beside them."""
        codes = understood.values.get("ksbs", ())
        total = f"{len(codes)} tagged" if codes else ""
        if suggested:
            total = "your words suggest · ctrl+y tags the first"
        self.query_one("#tagged Section", Section).show("KSBs", total)
        tagged = Tagged(codes, typed.evidence, suggested, _marks(typed) if narrow else "")
        blocks = tagged_blocks(tagged, coverage, narrow=narrow)
        self.query_one("#tagged RichText", RichText).show(*blocks)
        self.set_class(narrow and len(blocks) > 1, "-attached")

    def mark_text_in_hand(self) -> None:
        for name in TEXTS:
            area = self.query_one(f"#{name}", TextArea)
            self.query_one(f".{name}").set_class(area.has_focus, "-held")


def _input(name: str) -> Input:
    return line_input(id=name, compact=True, select_on_focus=False)


def _yes(marked: bool) -> str:
    return "yes" if marked else "no"


def _marks(typed: TypedEntry) -> str:
    """The marks that are out of the ordinary."""
    marks = {
        "private": typed.private,
        "not about your standard": not typed.relevant,
        "not in your training plan": not typed.in_plan,
    }
    return " · ".join(text for text, marked in marks.items() if marked)

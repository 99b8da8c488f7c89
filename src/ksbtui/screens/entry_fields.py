"""The fields of the entry form: filled from a typed entry, read back as typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, TextArea

from ksbtui.core.coverage import Coverage
from ksbtui.core.programmes import Course
from ksbtui.core.typed_entry import TypedEntry, Understood
from ksbtui.screens.entry_verdict import tagged_blocks
from ksbtui.widgets.detail import Paper
from ksbtui.widgets.field import Field, Said
from ksbtui.widgets.pick import Pick
from ksbtui.widgets.section import Section

PAID_LABELS = (("yes", "yes"), ("paid-back", "no, but paid back"), ("no", "no"))
NEW_LABELS = (("yes", "yes"), ("no", "no"))
INPUTS = ("title", "time", "day")
TEXTS = {"notes": "What I did", "learned": "What I learned"}


class EntryFields(VerticalScroll):
    """Every field of an entry, with what it was understood as."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def compose(self) -> ComposeResult:
        """Set the short fields in pairs, the texts and the KSBs below."""
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
        for name, label in TEXTS.items():
            with Vertical(classes=f"text {name}"):
                yield Section(label)
                yield _area(name)
        with Vertical(id="tagged"):
            yield Section("KSBs")
            yield Paper()

    def load(self, typed: TypedEntry, course: Course) -> None:
        """Fill the fields without telling anyone that they changed."""
        with self.prevent(Input.Changed, TextArea.Changed, Pick.Changed):
            for name in INPUTS:
                self.query_one(f"#{name}", Input).value = getattr(typed, name)
            for name in TEXTS:
                self.query_one(f"#{name}", TextArea).text = getattr(typed, name)
            types = [(kind.id, kind.label) for kind in course.rules.types]
            self.query_one("#type", Pick).show(types, typed.type)
            modules = [("", "by its day")]
            modules += [(str(m.number), f"{m.number} {m.title}") for m in course.programme.modules]
            self.query_one("#module", Pick).show(modules, typed.module)
            self.query_one("#paid", Pick).show(PAID_LABELS, typed.paid)
            self.query_one("#new", Pick).show(NEW_LABELS, "yes" if typed.new_learning else "no")

    def read(self, base: TypedEntry) -> TypedEntry:
        """Read the fields as typed, over what has no field (codes, evidence, privacy)."""
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
        )

    def echo(self, typed: TypedEntry, understood: Understood) -> None:
        """Say at each field what it was read as, or that it cannot be read."""
        for name in ("time", "day"):
            given = getattr(typed, name).strip()
            refusal = understood.refusals.get(name) if given else None
            said = "unreadable" if refusal else understood.echoes.get(name, "")
            self.query_one(f"#{name}-echo", Said).show(said, refused=refusal is not None)
        for name, label in TEXTS.items():
            section = self.query_one(f".{name} Section", Section)
            section.show(label, understood.echoes.get(name, ""))

    def show_tagged(
        self, typed: TypedEntry, understood: Understood, coverage: Coverage, *, narrow: bool
    ) -> None:
        """List the KSBs chosen and the evidence attached."""
        codes = understood.values.get("ksbs", ())
        total = f"{len(codes)} tagged" if codes else ""
        self.query_one("#tagged Section", Section).show("KSBs", total)
        blocks = tagged_blocks(codes, coverage, typed.evidence, narrow=narrow)
        self.query_one("#tagged Paper", Paper).show(*blocks)

    def mark_text_in_hand(self) -> None:
        """Colour the label of the text that is being written."""
        for name in TEXTS:
            area = self.query_one(f"#{name}", TextArea)
            self.query_one(f".{name}").set_class(area.has_focus, "-held")


def _input(name: str) -> Input:
    field = Input(id=name, compact=True, select_on_focus=False)
    field.cursor_blink = False
    return field


def _area(name: str) -> TextArea:
    area = TextArea(
        id=name, soft_wrap=True, show_line_numbers=False, tab_behavior="focus", compact=True
    )
    area.cursor_blink = False
    area.highlight_cursor_line = False
    return area

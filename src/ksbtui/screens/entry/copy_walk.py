"""What is not in the provider's e-portfolio yet: one entry at a time, copied box by box."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from ksbtui.core.days import full_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import Entry
from ksbtui.core.entry.forms import Box, Form, form_text
from ksbtui.presentation.parts import (
    ALERT,
    BOLD,
    DONE,
    MUTED,
    OWED,
    PLAIN,
    VERIFIED,
    Block,
    Head,
    Row,
)
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.forms.dialogs import Choose
from ksbtui.widgets.frame.bars import TitleBar
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.text.blocks import Detail

ALLOWED = "if your terminal allows it"
"""A terminal does not say whether it took the text."""


def choose_form(screen: Any, then: Callable[[Form], None]) -> None:
    """Ask which form the provider has; it becomes the usual one."""
    portfolio = screen.journal.portfolio
    forms = portfolio.forms()
    rows = [
        Row(form.id, form.name, notes=(form.summary,) if form.summary else ())
        for form in forms.items.values()
    ]
    text = "ksbtui copies its boxes in order. You can choose another later with Y."
    if forms.problems:
        text = f"{forms.problems[0].message} {text}"

    def take(id: str | None) -> None:
        if id is not None:
            with screen.shell.guarded():
                form = portfolio.choose(id)
                screen.shell.changed()
                then(form)

    screen.app.push_screen(
        Choose("Which form does your provider use?", rows, text=text, at=portfolio.form().id), take
    )


def copy_entry(screen: Any, entry: Entry, form: Form) -> None:
    """Hand an entry to the terminal's clipboard in the form's order, and say the way round."""
    screen.app.copy_to_clipboard(form_text(screen.journal.portfolio.boxes(entry, form)))
    screen.shell.say(
        f"Copied for {form.name}, {ALLOWED}; or: ksbtui show {entry.id} --copy. m marks it."
    )


class CopyWalk(Modal[None]):
    """Copy, mark, next: oldest first. Nothing is sent; the mark is the learner's own note."""

    title_text = "Not yet in your e-portfolio"
    question = "What do I still have to copy into my e-portfolio?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("copy.copy", "y", "copy", "Copy the whole entry in the form's order"),
        Command("copy.mark", "m", "mark, next", "Mark it as copied and go to the next"),
        Command(
            "copy.next",
            "right,n",
            "next",
            "Go to the next without marking",
            action="step(1)",
            priority=True,
        ),
        Command(
            "copy.previous", "left", "", "Go to the previous one", action="step(-1)", priority=True
        ),
        Command("copy.form", "Y", "form", "Choose your provider's form"),
        *(
            Command(
                f"copy.box-{number}", str(number), "", f"Copy box {number}", action=f"box({number})"
            )
            for number in range(1, 10)
        ),
        Command("app.undo", "u", "", "Undo the last mark", action="undo"),
        Command("app.back", "escape", "back", "Go back", action="leave"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[Entry, ...] = ()
        self._at = 0

    def body(self) -> ComposeResult:
        detail = Detail(id="boxes")
        detail.add_class("measure")
        yield detail

    def on_mount(self) -> None:
        self._load()

    def _load(self) -> None:
        self._entries = self.journal.portfolio.waiting()
        self._at = min(self._at, max(0, len(self._entries) - 1))
        self._show()

    @property
    def _entry(self) -> Entry | None:
        return self._entries[self._at] if self._entries else None

    @property
    def _form(self) -> Form:
        return self.journal.portfolio.form()

    @property
    def _boxes(self) -> tuple[Box, ...]:
        entry = self._entry
        boxes = self.journal.portfolio.boxes(entry, self._form) if entry else ()
        return tuple(box for box in boxes if box.text)

    def _show(self) -> None:
        entry, detail = self._entry, self.query_one(Detail)
        if entry is None:
            self.query_one(TitleBar).show(self.title_text, "", "done")
            detail.show(
                [(f"{VERIFIED} ", DONE), ("Everything that counts is in your e-portfolio.", BOLD)],
                [("esc goes back.", MUTED)],
            )
            return
        place = f"{self._at + 1} of {len(self._entries)}"
        self.query_one(TitleBar).show(self.title_text, self._form.name, place)
        blocks: list[Block] = [
            [(entry.title, BOLD)],
            [(f"{full_day(entry.day)} · {say_minutes(entry.minutes)}", MUTED)],
        ]
        if entry.private:
            blocks.append(
                [(f"{ALERT} ", OWED), ("Private. Copy it only if you want to share it.", PLAIN)]
            )
        for number, box in enumerate(self._boxes, 1):
            key = f"{number} copies it" if number < 10 else ""
            blocks += [None, Head(box.label, key), [(box.text, PLAIN)]]
        detail.show(*blocks)

    # Keys

    def action_copy(self) -> None:
        if (entry := self._entry) is None:
            return
        if self.journal.portfolio.chosen:
            copy_entry(self, entry, self._form)
        else:
            self.action_form()

    def action_box(self, number: int) -> None:
        boxes = self._boxes
        if number <= len(boxes):
            self.app.copy_to_clipboard(boxes[number - 1].text)
            self.shell.say(f"Copied {boxes[number - 1].label}, {ALLOWED}.")

    def action_form(self) -> None:
        choose_form(self, lambda form: self._show())

    def action_mark(self) -> None:
        if entry := self._entry:
            self.journal.portfolio.submit([entry.id])
            self.shell.changed()
            self._load()

    def action_step(self, by: int) -> None:
        if 0 <= self._at + by < len(self._entries):
            self._at += by
            self._show()

    async def action_undo(self) -> None:
        await self.app.run_action("app.undo")
        self._load()

"""The planned-versus-actual statement: plain text, shown and copied."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from ksbtui.core.hours.hours import statement
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.frame.command import Command
from ksbtui.widgets.text.detail import Detail


class StatementScreen(Modal[None]):
    """Opened from Hours; the text is copied on arrival."""

    title_text = "Planned and actual hours"
    question: ClassVar[str] = "What do I send when my hours are short?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("statement.copy", "c", "copy again", "Copy the text to the clipboard"),
        Command("app.back", "escape", "back", "Go back to Hours", action="leave"),
    ]

    def body(self) -> ComposeResult:
        """Give the text as it will be pasted."""
        yield Detail(*(line or None for line in self.text.split("\n")))

    @property
    def text(self) -> str:
        """The statement as at today."""
        view = self.journal.progress.view
        return statement(view.course, view.plan, view.hours, view.as_at)

    def on_mount(self) -> None:
        """Copy at once; that is what the key was pressed for."""
        self.action_copy()

    def action_copy(self) -> None:
        """Hand the text to the terminal, and say the way round one that takes none."""
        self.app.copy_to_clipboard(self.text)
        self.shell.say("Copied, if your terminal allows it. ksbtui hours --statement prints it.")

"""A text ready to paste elsewhere: shown, copied on arrival, and saved if wished."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ksbtui.exports.saving import save_new
from ksbtui.screens.sheet import Sheet
from ksbtui.widgets.ask import Ask
from ksbtui.widgets.detail import Block, Detail
from ksbtui.widgets.ink import BOLD
from ksbtui.widgets.titlebar import TitleBar


class PasteSheet(Sheet[None]):
    """Shows ``text`` (Markdown) under ``title``; ``name`` is the file it would be saved as."""

    title_text = "Ready to paste"
    question: ClassVar[str] = "What do I put into the e-portfolio?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", "copy again", tooltip="Copy the text to the clipboard"),
        Binding("s", "save", "save", tooltip="Save the text to a file"),
        Binding("escape", "leave", "back", tooltip="Go back"),
    ]

    def __init__(self, title: str, text: str, name: str) -> None:
        super().__init__()
        self._heading, self._text, self._file = title, text, name

    def body(self) -> ComposeResult:
        """Give the text as it will be pasted, its headings bold."""
        yield Detail(*map(_block, self._text.rstrip("\n").split("\n")))

    def on_mount(self) -> None:
        """Copy at once; that is what it was opened for."""
        self.query_one(TitleBar).show(self._heading, "Markdown")
        self.action_copy()

    def action_copy(self) -> None:
        """Hand the text to the terminal, and say the way round one that takes none."""
        self.app.copy_to_clipboard(self._text)
        self.shell.say("Copied, if your terminal allows it. s saves it to a file.")

    def action_save(self) -> None:
        """Ask where to, and write it there."""
        place = str(Path.home() / self._file)
        self.app.push_screen(Ask("Save as", self._save, value=place), self._saved)

    def _save(self, text: str) -> Path:
        return save_new(Path(text), self._text)

    def _saved(self, path: Path | None) -> None:
        if path:
            self.shell.say(f"Saved to {path}")


def _block(line: str) -> Block:
    if line.startswith("#"):
        return [(line, BOLD)]
    return line or None

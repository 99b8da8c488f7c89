"""A text ready to paste elsewhere: shown, with what it holds of people; copied when asked."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from ksbtui.core.exchange.personal_data import TAKEN_OUT, Finding, check_text, finding_lines, redact
from ksbtui.exports.making import save_new
from ksbtui.presentation.parts import ALERT, BOLD, MUTED, OWED_BOLD, Block
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.forms.dialogs import Ask
from ksbtui.widgets.frame.bars import TitleBar
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.text.blocks import Detail


class PasteScreen(Modal[None]):
    """Shows ``text`` (Markdown) under ``title``; ``name`` is the file it would be saved as."""

    title_text = "Ready to paste"
    question: ClassVar[str] = "What do I copy into the e-portfolio?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("paste.copy", "c", "copy", "Copy the text to the clipboard"),
        Command("paste.save", "s", "save", "Save the text to a file"),
        Command(
            "paste.take-out",
            "x",
            "remove",
            "Remove personal data from this text",
            when=lambda screen: bool(screen._findings),
        ),
        Command("app.back", "escape", "back", "Go back", action="leave"),
    ]

    def __init__(self, title: str, text: str, name: str) -> None:
        super().__init__()
        self._heading, self._text, self._file = title, text, name
        self._names: tuple[str, ...] = ()
        self._findings: tuple[Finding, ...] = ()

    def body(self) -> ComposeResult:
        self._names = self.journal.exchange.names
        self._findings = check_text(self._text, self._names)
        yield Detail(*self._blocks())

    def _blocks(self) -> list[Block]:
        blocks: list[Block] = []
        if self._findings:
            words = (
                f"{ALERT} Personal data found: {len(self._findings)}. x removes it from this text"
            )
            blocks = [
                [(words, OWED_BOLD)],
                *([(li, MUTED)] for li in finding_lines(self._findings)),
                None,
            ]
        return blocks + [_block(line) for line in self._text.rstrip("\n").split("\n")]

    def on_mount(self) -> None:
        self.query_one(TitleBar).show(self._heading, "Markdown")

    def action_take_out(self) -> None:
        """Replace what was found by its kind, in this text only."""
        self._text, self._findings = redact(self._text, self._names), ()
        self.query_one(Detail).show(*self._blocks())
        self.refresh_bindings()
        self.shell.say(TAKEN_OUT.format(what="text"))

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self._text)
        self.shell.say("Copied, if your terminal allows it. s saves it to a file.")

    def action_save(self) -> None:
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

"""A text as Markdown sets it: headings, lists and emphasis; links are words, never live."""

from __future__ import annotations

from typing import ClassVar

from rich.markdown import Markdown
from rich.theme import Theme
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.frame.command import Command
from ksbtui.widgets.frame.titlebar import TitleBar
from ksbtui.widgets.text.detail import RichText
from ksbtui.widgets.text.styles import MUTED

MOST = 20_000
"""Characters that are set; the rest of a very long text is left to the form."""
PLAINLY = Theme(
    {f"markdown.h{level}": "bold" for level in range(1, 8)}
    | {"markdown.code": "bold", "markdown.code_block": "none", "markdown.block_quote": "none"}
    | {"markdown.item.bullet": "bold", "markdown.item.number": "bold", "markdown.hr": "none"}
    | {"markdown.link": "underline", "markdown.link_url": "none", "markdown.h1.border": "none"}
    | {"markdown.table.header": "bold", "markdown.table.border": "none"}
)
"""Weight instead of colours, which would be read in no theme but their own."""
_CONTROLS = {code: " " for code in (*range(9), *range(11, 32), *range(127, 160))}


class Preview(Modal[None]):
    """Opened from the entry form over the text in hand."""

    title_text = "Preview"
    question = "How will this text look?"
    CSS_PATH = "preview.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("app.back", "escape,ctrl+t", "back to the text", "Go on writing", action="leave")
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title, self._text = title, text

    def body(self) -> ComposeResult:
        """Give the text, set."""
        with VerticalScroll(id="page"):
            if not self._text.strip():
                yield RichText([("Nothing is written yet. esc goes back.", MUTED)])
                return
            shown = self._text[:MOST].translate(_CONTROLS)
            yield Static(Markdown(shown, "ansi_dark", hyperlinks=False), markup=False)
            if len(self._text) > MOST:
                yield RichText(None, [(f"The first {MOST:,} characters; the rest is kept.", MUTED)])

    def on_mount(self) -> None:
        """Name the text."""
        self.app.console.push_theme(PLAINLY)
        self.query_one(TitleBar).show(self._title, "as Markdown sets it")
        self.query_one("#page").focus()

    def on_unmount(self) -> None:
        """Leave the console as it was."""
        self.app.console.pop_theme()

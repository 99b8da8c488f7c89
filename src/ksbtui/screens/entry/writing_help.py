"""Writing in the entry form: under a template's headings, in an editor of one's own, as set.

No word of a text is ever written here.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, ClassVar

from rich.theme import Theme
from textual.app import App, ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from ksbtui.core.text.reflections import Template, empty_stages
from ksbtui.errors import StoreProblem
from ksbtui.presentation.parts import MUTED, Row
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.forms.dialogs import Choose
from ksbtui.widgets.frame.bars import TitleBar
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.text.blocks import RichText

if TYPE_CHECKING:
    from ksbtui.screens.shell.page import OnShell
    from ksbtui.widgets.forms.fields import Writing


def choose_template(screen: OnShell, area: Writing) -> None:
    """Choose a template, whose headings go below what was written so far."""
    templates = screen.journal.reflecting.templates()
    rows = [
        Row(template.id, template.name, notes=(template.summary,) if template.summary else ())
        for template in templates.items.values()
    ]
    text = "Its headings go below what you have written."
    if templates.problems:
        text = f"{templates.problems[0].message} {text}"

    def take(id: str | None) -> None:
        if id is not None:
            write_under(screen, area, templates.items[id])

    screen.app.push_screen(Choose("Reflect by a template", rows, text=text), take)


def write_under(screen: OnShell, area: Writing, template: Template) -> None:
    """Put the headings in, and the cursor below the first that is empty."""
    text = screen.journal.reflecting.begun(area.text, template)
    area.put(text)
    headings = [stage.heading for stage in template.stages]
    if empty := empty_stages(text, headings):
        lines = area.text.split("\n")
        row = next(n for n, line in enumerate(lines) if line.strip("#*_: \t") == empty[0])
        area.move_cursor((min(row + 1, len(lines) - 1), 0))
    area.focus()
    prompts = [stage.prompt for stage in template.stages if stage.heading in empty]
    if prompts:
        screen.shell.say(prompts[0])


def write_in_editor(app: App[int], area: Writing) -> None:
    """Write a text in the editor of $EDITOR; a refusal leaves it as it was."""
    # deferred: the editor and its help, for those who ask for them
    from ksbtui.store.files.programs import EditorFailed, edited

    with ExitStack() as away:
        try:
            away.enter_context(app.suspend())
        except SuspendNotSupported as problem:
            raise StoreProblem(
                "An editor cannot be opened from this terminal.",
                "Save, then: ksbtui edit ID --editor",
            ) from problem
        try:
            text = edited(area.text)
        except EditorFailed as failed:
            if not failed.typed:
                raise
            area.put(failed.typed.rstrip("\n"))
            area.focus()
            message = failed.message.replace("The old text was kept.", "What it saved is here.")
            raise StoreProblem(message, "ctrl+z brings the old text back.") from failed
    if text.rstrip("\n") != area.text.rstrip("\n"):
        area.put(text.rstrip("\n"))
    area.focus()


def preview(app: App[int], area: Writing) -> None:
    """Show a text as Markdown sets it."""
    title = "What I did" if area.id == "notes" else "What I learned"
    app.push_screen(Preview(title, area.text))


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
        from rich.markdown import Markdown

        with VerticalScroll(id="page"):
            if not self._text.strip():
                yield RichText([("Nothing is written yet. esc goes back.", MUTED)])
                return
            shown = self._text[:MOST].translate(_CONTROLS)
            yield Static(Markdown(shown, "ansi_dark", hyperlinks=False), markup=False)
            if len(self._text) > MOST:
                yield RichText(
                    None, [(f"The first {MOST:,} characters. The rest is saved.", MUTED)]
                )

    def on_mount(self) -> None:
        self.app.console.push_theme(PLAINLY)
        self.query_one(TitleBar).show(self._title, "as Markdown")
        self.query_one("#page").focus()

    def on_unmount(self) -> None:
        self.app.console.pop_theme()

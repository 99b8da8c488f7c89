"""Writing in the entry form: under a template's headings, in an editor of one's own, as set.

No word of a text is ever written here.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from textual.app import App, SuspendNotSupported

from ksbtui.core.text.reflections import Template, empty_stages
from ksbtui.errors import StoreProblem
from ksbtui.presentation.parts import Row
from ksbtui.widgets.forms.choose import Choose

if TYPE_CHECKING:
    from ksbtui.screens.shell.shell import OnShell
    from ksbtui.widgets.forms.writing import Writing


def choose_template(screen: OnShell, area: Writing) -> None:
    """Choose a template, whose headings go below what was written so far."""
    found = screen.journal.reflecting.templates()
    rows = [
        Row(template.id, template.name, notes=(template.summary,) if template.summary else ())
        for template in found.items.values()
    ]
    text = "Its headings go below what you have written."
    if found.problems:
        text = f"{found.problems[0].message} {text}"

    def take(id: str | None) -> None:
        if id is not None:
            write_under(screen, area, found.items[id])

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
            made = edited(area.text)
        except EditorFailed as failed:
            if not failed.typed:
                raise
            area.put(failed.typed.rstrip("\n"))
            area.focus()
            said = failed.message.replace("The old text was kept.", "What it had saved is here.")
            raise StoreProblem(said, "ctrl+z brings the old text back.") from failed
    if made.rstrip("\n") != area.text.rstrip("\n"):
        area.put(made.rstrip("\n"))
    area.focus()


def preview(app: App[int], area: Writing) -> None:
    """Show a text as Markdown sets it."""
    from ksbtui.screens.entry.preview import Preview

    title = "What I did" if area.id == "notes" else "What I learned"
    app.push_screen(Preview(title, area.text))

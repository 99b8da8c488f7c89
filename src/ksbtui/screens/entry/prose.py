"""Writing in the entry form: under a template's headings, in an editor of one's own, as set."""

from __future__ import annotations

from contextlib import ExitStack

from textual.app import SuspendNotSupported

from ksbtui.core.text.reflections import Template, empty_stages
from ksbtui.errors import StoreProblem
from ksbtui.presentation.parts import Row
from ksbtui.screens.entry.editor import EntryTyping
from ksbtui.widgets.forms.choose import Choose
from ksbtui.widgets.forms.writing import Writing


class EntryProse(EntryTyping):
    """Adds to the form what helps with its two texts; no word of them is ever written here."""

    @property
    def _learned(self) -> Writing:
        return self.query_one("#learned", Writing)

    @property
    def _in_hand(self) -> Writing:
        """The text being written, else what was learned."""
        return self.focused if isinstance(self.focused, Writing) else self._learned

    def action_template(self) -> None:
        """Choose a template, whose headings go below what was written so far."""
        found = self.journal.reflecting.templates()
        rows = [
            Row(template.id, template.name, notes=(template.summary,) if template.summary else ())
            for template in found.items.values()
        ]
        text = "Its headings go below what you have written."
        if found.problems:
            text = f"{found.problems[0].message} {text}"

        def take(id: str | None) -> None:
            if id is not None:
                self._write_under(found.items[id])

        self.app.push_screen(Choose("Reflect by a template", rows, text=text), take)

    def _write_under(self, template: Template) -> None:
        """Put the headings in, and the cursor below the first that is empty."""
        area = self._learned
        text = self.journal.reflecting.begun(area.text, template)
        area.put(text)
        headings = [stage.heading for stage in template.stages]
        if empty := empty_stages(text, headings):
            lines = area.text.split("\n")
            row = next(n for n, line in enumerate(lines) if line.strip("#*_: \t") == empty[0])
            area.move_cursor((min(row + 1, len(lines) - 1), 0))
        area.focus()
        prompts = [stage.prompt for stage in template.stages if stage.heading in empty]
        if prompts:
            self.shell.say(prompts[0])

    def action_editor(self) -> None:
        """Write the text in hand in the editor of $EDITOR; a refusal leaves it as it was."""
        from ksbtui.store.files.editor import edited

        area = self._in_hand
        self.keep_draft()
        with ExitStack() as away:
            try:
                away.enter_context(self.app.suspend())
            except SuspendNotSupported as problem:
                raise StoreProblem(
                    "An editor cannot be opened from this terminal.",
                    "Save, then: ksbtui edit ID --editor",
                ) from problem
            made = edited(area.text)
        if made.rstrip("\n") != area.text.rstrip("\n"):
            area.put(made.rstrip("\n"))
        area.focus()

    def action_preview(self) -> None:
        """Show the text in hand as Markdown sets it."""
        from ksbtui.screens.entry.preview import Preview

        area = self._in_hand
        title = "What I did" if area.id == "notes" else "What I learned"
        self.app.push_screen(Preview(title, area.text))

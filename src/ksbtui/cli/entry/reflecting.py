"""What ``log`` and ``edit`` share for writing a reflection in the person's editor."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.output import say
from ksbtui.cli.typed import complete_templates
from ksbtui.core.entry.entries import Entry
from ksbtui.errors import StoreProblem

if TYPE_CHECKING:
    from ksbtui.journal.entry.entries import Saved
    from ksbtui.journal.journal import Journal


def editor_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that open what was learned in the person's editor."""
    for option in (
        click.option("--editor", is_flag=True, help="Write what you learned in your $EDITOR."),
        click.option(
            "--template",
            metavar="NAME",
            help="The same, under a template's headings: gibbs, kolb …",
            shell_complete=complete_templates,
        ),
    ):
        command = option(command)
    return command


def with_editor(
    journal: Journal, template: str | None, editor: bool
) -> Callable[[Entry], Saved] | None:
    """What writes an entry's learning in the editor, or None; an unknown template is refused."""
    if not editor and template is None:
        return None
    chosen = journal.reflecting.template(template) if template else None

    def write(entry: Entry) -> Saved:
        from ksbtui.store.files.editor import EditorFailed, edited

        begun = journal.reflecting.begun(entry.learned, chosen) if chosen else entry.learned
        try:
            made = edited(begun)
        except EditorFailed as failed:
            if not failed.typed:
                raise
            journal.drafts.keep_learned(entry, failed.typed)
            raise StoreProblem(
                f"{failed.message} What you typed is a draft of the entry now.",
                "Change the entry in ksbtui, and its form goes on with the draft.",
            ) from failed
        if made.strip() == begun.strip():
            say("Nothing was written; the text has not changed.")
            return journal.entries.saved(entry)
        return journal.entries.change(entry.id, learned=made)

    return write


def say_hints(journal: Journal, saved: Saved, written: bool) -> None:
    """Say on stderr what a reader would miss in what was just written."""
    if written:
        for hint in journal.reflecting.hints(saved.entry.learned, saved.entry.id):
            say(f"Hint: {hint.text}")

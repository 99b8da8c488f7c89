"""Copying an entry for the provider's form, from the Journal and from the walk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ksbtui.core.entry.forms import Form, form_text
from ksbtui.presentation.parts import Row
from ksbtui.widgets.forms.choose import Choose

if TYPE_CHECKING:
    from ksbtui.core.entry.entries import Entry

ALLOWED = "if your terminal allows it"
"""A terminal does not say whether it took the text."""


def choose_form(screen: Any, then: Callable[[Form], None]) -> None:
    """Ask which form the provider has; it becomes the usual one."""
    portfolio = screen.journal.portfolio
    found = portfolio.forms()
    rows = [
        Row(form.id, form.name, notes=(form.summary,) if form.summary else ())
        for form in found.items.values()
    ]
    text = "Its boxes are copied in their order. Y chooses another later."
    if found.problems:
        text = f"{found.problems[0].message} {text}"

    def take(id: str | None) -> None:
        if id is not None:
            with screen.shell.guarded():
                form = portfolio.choose(id)
                screen.shell.changed()
                then(form)

    screen.app.push_screen(
        Choose("Which form has your provider?", rows, text=text, at=portfolio.form().id), take
    )


def copy_entry(screen: Any, entry: Entry, form: Form) -> None:
    """Hand an entry to the terminal's clipboard in the form's order, and say the way round."""
    screen.app.copy_to_clipboard(form_text(screen.journal.portfolio.boxes(entry, form)))
    screen.shell.say(
        f"Copied for {form.name}, {ALLOWED}; or: ksbtui show {entry.id} --copy. m marks it."
    )

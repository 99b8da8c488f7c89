"""Answers: to a question about an entry, to an old reflection, and the employer's word."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ksbtui.core.days import parse_day
from ksbtui.core.entry.revisit import QUESTION
from ksbtui.screens.shell.plain_form import FormField, PlainForm
from ksbtui.widgets.forms.dialogs import Ask, if_typed

if TYPE_CHECKING:
    from ksbtui.core.entry.entries import Comment
    from ksbtui.screens.shell.page import OnShell


def answer(screen: OnShell, asked: Comment) -> None:
    """Ask for the answer in a line and keep it; esc leaves the question open."""

    def keep(text: str | None) -> None:
        if text is None:
            return
        with screen.shell.guarded():
            screen.journal.verifying.answer(asked.id, text)
            screen.shell.changed("Answered.")

    screen.app.push_screen(Ask(f"{asked.by} asks", str.strip, text=asked.text), keep)


def employer_testimony(screen: OnShell) -> None:
    """Note which behaviours the employer verified: who, when, and what they saw."""
    journal = screen.journal
    ksbs = journal.progress.view.coverage.of_type("B")
    awaiting = [ksb.code for ksb in ksbs if not ksb.employer_verified]

    def save(typed: dict[str, str]) -> str:
        day = if_typed(typed["day"], parse_day, journal.as_at)
        note = journal.verifying.employer_verify(
            typed["ksbs"], typed["by"], day, typed["testimony"]
        )
        return f"{note.by} verified {' '.join(note.ksbs)}."

    fields = (
        FormField("ksbs", "Behaviours", hint="B1 B4"),
        FormField("by", "Who", hint="their name"),
        FormField("day", "When", hint="today, mon, 21/11"),
        FormField(
            "testimony", "What they saw", True, hint="In their words. You can leave it empty."
        ),
    )
    values = {"ksbs": " ".join(awaiting), "by": "", "day": "today", "testimony": ""}
    title = "Verified by the employer"
    screen.app.push_screen(PlainForm("testimony", title, fields, values, save))


def come_back(app: Any, saved: Callable[[str | None], None]) -> None:
    """Open the form for what one would do now; ``saved`` is told the id, or None."""
    from ksbtui.screens.entry.form import EntryForm  # deferred: the form is loaded when it opens

    revisits = app.journal.revisits
    offer = revisits.offer()
    if offer is None:
        app.say("No reflection is two months old yet.")
        return

    def keep(id: str | None) -> None:
        if id is not None:
            with app.guarded():
                revisits.link(offer.entry.id, id)
                app.changed()
        saved(id)

    app.push_screen(EntryForm(preset=revisits.preset(offer.entry)), keep)
    app.say(f"{offer.text} {QUESTION}")

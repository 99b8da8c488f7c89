"""What others said: answering a question about an entry, and noting an employer's word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ksbtui.core.days import parse_day
from ksbtui.screens.shell.plain_form import FormField, PlainForm
from ksbtui.widgets.forms.ask import Ask

if TYPE_CHECKING:
    from ksbtui.core.entry.entries import Remark
    from ksbtui.screens.shell.shell import OnShell


def answer(screen: OnShell, asked: Remark) -> None:
    """Ask for the answer in a line and keep it; esc leaves the question open."""

    def keep(text: str | None) -> None:
        if text is None:
            return
        with screen.shell.guarded():
            screen.journal.verifying.answer(asked.id, text)
            screen.shell.changed()
            screen.shell.say("Answered. u undoes it.")

    screen.app.push_screen(Ask(f"{asked.by} asks", str.strip, text=asked.text), keep)


def employer_testimony(screen: OnShell) -> None:
    """Note which behaviours the employer verified: who, when, and what they saw."""
    journal = screen.journal
    ksbs = journal.progress.view.coverage.of_type("B")
    awaiting = [ksb.code for ksb in ksbs if not ksb.employer_verified]

    def save(typed: dict[str, str]) -> str:
        day = parse_day(typed["day"], journal.as_at) if typed["day"].strip() else None
        made = journal.verifying.employer_verify(
            typed["ksbs"], typed["by"], day, typed["testimony"]
        )
        return f"{made.by} verified {' '.join(made.ksbs)}. u undoes it."

    asked = (
        FormField("ksbs", "Behaviours", hint="B1 B4"),
        FormField("by", "Who", hint="their name"),
        FormField("day", "When", hint="today, mon, 21/11"),
        FormField("testimony", "What they saw", True, hint="In their words; it may stay empty."),
    )
    values = {"ksbs": " ".join(awaiting), "by": "", "day": "today", "testimony": ""}
    title = "Verified by the employer"
    screen.app.push_screen(PlainForm("testimony", title, asked, values, save))

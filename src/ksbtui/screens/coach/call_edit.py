"""The form that puts a kept call right; private notes are not on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ksbtui.core.days import full_day, parse_coming_day
from ksbtui.core.durations import parse_minutes
from ksbtui.screens.shell.plain_form import FormField, PlainForm
from ksbtui.screens.shell.shell import OnShell

if TYPE_CHECKING:
    from ksbtui.core.coaching.calls import Call

FIELDS = (
    FormField("tutor", "Tutor"),
    FormField("minutes", "Length", hint="1h"),
    FormField("next", "Next call", hint="4 weeks, fri, 21/12"),
    FormField("notes", "Notes", True, hint="What was said, as the summary may show it."),
)


def edit_call(screen: OnShell, call: Call) -> None:
    """Open the form on ``call``."""
    journal = screen.journal

    def save(typed: dict[str, str]) -> str:
        next_day = typed["next"].strip()
        kept = journal.calls.change(
            call.id,
            notes=typed["notes"],
            minutes=parse_minutes(typed["minutes"]) if typed["minutes"].strip() else None,
            tutor=typed["tutor"],
            next_day=parse_coming_day(next_day, journal.as_at) if next_day else None,
        )
        return " ".join((f"Kept the call of {full_day(call.day)}.", *kept.notes))

    values = {
        "tutor": call.tutor,
        "minutes": f"{call.minutes}m" if call.minutes else "",
        "next": call.next_day.isoformat() if call.next_day else "",
        "notes": call.notes,
    }
    title = f"Call of {full_day(call.day)}"
    screen.app.push_screen(PlainForm(f"kept-call:{call.id}", title, FIELDS, values, save))

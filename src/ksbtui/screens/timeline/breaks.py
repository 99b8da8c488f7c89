"""Breaks in learning and moved modules: asked for in a dialog, refused at the field."""

from __future__ import annotations

from datetime import date
from typing import Any

from ksbtui.core.days import full_day, long_day
from ksbtui.core.programme.plan import Span
from ksbtui.presentation.parts import Row
from ksbtui.screens.shell.shell import Shell
from ksbtui.screens.timeline.spans import read_open_span, read_plan_day, read_span, say_span
from ksbtui.widgets.forms.ask_and_do import AskAndDo
from ksbtui.widgets.forms.choose import Choose

ADD = "add"


def ask_break(shell: Shell, push: Any) -> None:
    """Ask for a new break, for the end of an open one, or which to take back.

    ``push`` is the app's ``push_screen``.
    """
    breaks = shell.journal.enrolled.enrolment.breaks
    still_open = next((one for one in breaks if one.end is None), None)
    if still_open is not None:
        push(_end_dialog(shell, still_open.start))
        return
    if not breaks:
        push(_add_dialog(shell))
        return
    rows = [Row(ADD, "Record another break")]
    rows += [
        Row(one.start.isoformat(), f"Take back {say_span(one.start, one.end)}") for one in breaks
    ]

    def chosen(key: str | None) -> None:
        if key == ADD:
            push(_add_dialog(shell))
        elif key is not None:
            with shell.guarded():
                shell.journal.enrolments.remove_break(date.fromisoformat(key))
                _done(shell, "Break taken back, dates moved back.")

    push(Choose("Breaks in learning", rows, at=ADD), chosen)


def _add_dialog(shell: Shell) -> AskAndDo[tuple[date, date | None]]:
    """Ask for the days of a break; its end may be left open."""
    journal = shell.journal
    last = journal.progress.view.plan.end

    def do(days: tuple[date, date | None]) -> None:
        journal.enrolments.add_break(*days)
        _done(shell, "Break recorded, later dates moved.")

    return AskAndDo(
        "When is the break in learning?",
        lambda text: read_open_span(text, journal.as_at, last),
        do,
        text="Two days, such as 12 Oct to 25 Oct; or the first day alone while nobody "
        "knows the last. Agree it with your employer and tutor first.",
        echo=lambda days: say_span(*days),
    )


def _end_dialog(shell: Shell, start: date) -> AskAndDo[date]:
    """Ask for the last day of the break that is open."""
    journal = shell.journal

    def do(day: date) -> None:
        journal.enrolments.end_break(day)
        _done(shell, "Break ended. Dates updated.")

    return AskAndDo(
        "What was the last day of your break?",
        lambda text: read_plan_day(text, journal.as_at, journal.as_at),
        do,
        text=f"It started on {long_day(start)}.",
        echo=long_day,
    )


def ask_move(shell: Shell, push: Any, number: int) -> None:
    """Ask for a module's new days, as a provider may set them."""
    journal = shell.journal
    days = journal.progress.view.plan
    module = days.module(number)
    if module is None:
        return

    def do(span: Span) -> None:
        journal.enrolments.move_module(number, *span)
        _done(shell, f"Module {number} moved.")

    push(
        AskAndDo(
            f"When does module {number} run?",
            lambda text: read_span(text, journal.as_at, days.end),
            do,
            value=f"{full_day(module.starts)} to {full_day(module.ends)}",
            text="Its first and last day, as your provider moved it. Its entries follow.",
            echo=lambda span: say_span(*span),
        )
    )


def _done(shell: Shell, words: str) -> None:
    shell.changed()
    shell.say(f"{words} u undoes it.")

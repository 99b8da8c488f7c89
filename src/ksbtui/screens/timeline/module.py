"""A module of the timeline, and the dialogs that move modules and take breaks."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from ksbtui.core.days import full_day, long_day, parse_day
from ksbtui.core.programme.plan import Span
from ksbtui.core.programme.timeline import ModuleState
from ksbtui.core.text.text import number_of, quoted
from ksbtui.errors import Unreadable
from ksbtui.journal.progress.progress import View
from ksbtui.presentation import timeline as words
from ksbtui.presentation.parts import MUTED, PLAIN, Block, Line, Row, state_symbol
from ksbtui.screens.entry.entry_list import EntryList, Listing, listing_of
from ksbtui.screens.shell.page import Shell
from ksbtui.widgets.forms.dialogs import Ask, Choose
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.text.blocks import RichText, Section

HINT = "Write two days, such as 12 Oct to 25 Oct, or 2026-10-12..2026-10-25."
_BETWEEN = re.compile(r"\s*(?:\.\.|…|\bto\b|–)\s*")
_NO_YEAR = re.compile(r"[0-9]{1,2}(?:/[0-9]{1,2}| [a-z]{3,9})", re.IGNORECASE)


def read_plan_day(text: str, today: date, last: date) -> date:
    """Read a day that may lie ahead: one without a year is the latest up to ``last``.

    What is said from today (``today``, ``mon``, ``-3``) stays so.
    """
    plain = " ".join(text.split())
    return parse_day(plain, max(today, last) if _NO_YEAR.fullmatch(plain) else today)


def read_span(text: str, today: date, last: date) -> Span:
    """Read a first and a last day. Raises Unreadable where there are not two, in order."""
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    if len(parts) != 2:
        raise Unreadable(f"{quoted(text)} is not two days.", HINT)
    first, end = (read_plan_day(part, today, last) for part in parts)
    if end < first and _NO_YEAR.fullmatch(parts[0]):
        first = read_plan_day(parts[0], end, end)
    if end < first:
        raise Unreadable(
            f"{long_day(end)} is before {long_day(first)}.", "Enter the first day first."
        )
    return first, end


def read_open_span(text: str, today: date, last: date) -> tuple[date, date | None]:
    """Read a first and a last day, or a first day alone where the end is not known yet."""
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    if len(parts) == 1:
        return read_plan_day(parts[0], today, last), None
    return read_span(text, today, last)


def say_span(first: date, last: date | None) -> str:
    """Say back what was understood, with how long it is."""
    if last is None:
        return f"from {long_day(first)}, end not known yet"
    days = (last - first).days + 1
    weeks = f", {number_of(days // 7, 'week')}" if days % 7 == 0 else ""
    return f"{full_day(first)} to {full_day(last)}: {number_of(days, 'day')}{weeks}"


ADD = "add"


def ask_break(shell: Shell, push: Any) -> None:
    """Ask for a new break, for the end of an open one, or which to take back.

    ``push`` is the app's ``push_screen``.
    """
    breaks = shell.journal.enrolled.enrolment.breaks
    still_open = next((pause for pause in breaks if pause.end is None), None)
    if still_open is not None:
        push(_end_dialog(shell, still_open.start))
        return
    if not breaks:
        push(_add_dialog(shell))
        return
    rows = [Row(ADD, "Record another break")]
    rows += [
        Row(pause.start.isoformat(), f"Remove {say_span(pause.start, pause.end)}")
        for pause in breaks
    ]

    def chosen(key: str | None) -> None:
        if key == ADD:
            push(_add_dialog(shell))
        elif key is not None:
            with shell.guarded():
                shell.journal.enrolments.remove_break(date.fromisoformat(key))
                shell.changed("Break removed. Dates updated.")

    push(Choose("Breaks in learning", rows, at=ADD), chosen)


def _add_dialog(shell: Shell) -> Ask[tuple[date, date | None]]:
    journal = shell.journal
    last = journal.progress.view.plan.end

    def do(days: tuple[date, date | None]) -> None:
        journal.enrolments.add_break(*days)
        shell.changed("Break recorded. Dates updated.")

    return Ask(
        "When is the break in learning?",
        lambda text: read_open_span(text, journal.as_at, last),
        do,
        text="Enter two days, such as 12 Oct to 25 Oct, or only the first day if you do not "
        "know the last. Agree it with your employer and tutor first.",
        echo=lambda days: say_span(*days),
    )


def _end_dialog(shell: Shell, start: date) -> Ask[date]:
    journal = shell.journal

    def do(day: date) -> None:
        journal.enrolments.end_break(day)
        shell.changed("Break ended. Dates updated.")

    return Ask(
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
        shell.changed(f"Module {number} moved.")

    push(
        Ask(
            f"When does module {number} run?",
            lambda text: read_span(text, journal.as_at, days.end),
            do,
            value=f"{full_day(module.starts)} to {full_day(module.ends)}",
            text="Enter the first and last day your provider has set. Its entries move with it.",
            echo=lambda span: say_span(*span),
        )
    )


class ModuleScreen(EntryList):
    """Opened from the Timeline; lists the module's entries below what it is about."""

    question: ClassVar[str] = "What did I do in this module?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("module.open", "enter", "open", "Open the entry"),
        Command("module.move", "m", "move dates", "Move the module, if your provider moved it"),
        Command("app.back", "escape", "back", "Go back to the timeline", action="leave"),
    ]

    def __init__(self, view: View, number: int) -> None:
        self.number = number
        super().__init__(self._listing(view))

    def _listing(self, view: View) -> Listing:
        """Its entries, under its number alone: its whole title stands below the bar."""
        return replace(listing_of(view, f"module:{self.number}"), title=f"Module {self.number}")

    def body(self) -> ComposeResult:
        yield RichText()
        yield Section("Entries", classes="apart")
        yield from super().body()

    def sync(self) -> None:
        if self.journal.revision != self._seen and self.is_current:
            view = self.journal.progress.view
            self.listing = self._listing(view)
            self.query(RichText).first().show(*self._about(view))
        super().sync()

    def _about(self, view: View) -> list[Block]:
        module = next(state for state in view.timeline.modules if state.number == self.number)
        blocks: list[Block] = [words.module_title(module), words.module_figures(view, module)]
        if module.summary and not self.has_class("-tiny"):
            blocks += [None, module.summary]
        ksbs = self._ksbs(view, module)
        return [*blocks, ksbs] if ksbs else blocks

    def _ksbs(self, view: View, module: ModuleState) -> Line:
        states = {ksb.code: ksb.state for ksb in view.coverage.ksbs}
        line: Line = []
        for code in module.ksbs:
            if code in states:
                symbol = state_symbol(states[code])
                line += [(f"{code}\u00a0", PLAIN), symbol, ("  ", PLAIN)]
        ours = view.timeline.ours
        return [(f"KSBs{ours}  ", MUTED), *line] if line else []

    def action_move(self) -> None:
        ask_move(self.shell, self.app.push_screen, self.number)

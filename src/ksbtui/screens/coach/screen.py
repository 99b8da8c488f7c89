"""7 Coach: what do we talk about? The next call, what is agreed, and what was talked about."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from ksbtui import screens
from ksbtui.core.days import full_day
from ksbtui.presentation.parts import BOLD, MUTED, Line
from ksbtui.screens.coach.columns import AgreedColumn, CallsColumn
from ksbtui.screens.shell.page import Page, fit
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.blocks import TopLine


def _is_today(page: CoachPage) -> bool:
    calls = page.journal.calls
    last = calls.last_held
    return calls.underway is None and last is not None and last.day == page.journal.as_at


class CoachPage(Page):
    """Opens on past calls and open actions; ↵ starts a call."""

    question = "What should we talk about?"
    CSS_PATH = "coach.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("coach.open", "enter", "start or open", "Start a call, or open what is chosen"),
        Command("coach.agree", "t", "action", "Agree an action"),
        Command("coach.tick", "k", "done", "Mark the action under the cursor as done"),
        Command("coach.review", "p", "review", "The progress review: write, hold and sign it"),
        Command(
            "coach.edit",
            "e",
            "edit call",
            "Change a past call: notes, minutes, next",
            when=lambda page: page.journal.calls.last_held is not None,
        ),
        Command("coach.reopen", "o", "reopen", "Reopen today's call", when=_is_today),
        Command("coach.hand-over", "h", "hand over", "Share your journal, or import feedback"),
    ]

    def body(self) -> ComposeResult:
        yield TopLine()
        with Container(classes="columns"):
            yield CallsColumn(self)
            yield AgreedColumn(self)

    @property
    def calls(self) -> CallsColumn:
        return self.query_one(CallsColumn)

    @property
    def agreed(self) -> AgreedColumn:
        return self.query_one(AgreedColumn)

    def refresh_page(self) -> None:
        """Fill the page; what changed since the last call comes after the first paint."""
        last = self.journal.calls.last_held
        left: Line = [("Coaching calls", BOLD)]
        about = f"last call {full_day(last.day)} with {last.tutor}" if last else "no call yet"
        self.query_one(TopLine).show([[*left, (f"  {about}", MUTED)], left])
        self.calls.show_next()
        self.agreed.fill()
        self._show_call()
        self.call_after_refresh(self.calls.show_changes)

    @on(Rows.Highlighted, "#sessions")
    def _show_call(self) -> None:
        self.agreed.show_call(self.calls.call)

    def on_resize(self, event: events.Resize) -> None:
        fit(self)
        if self.is_current and self._seen:
            if self.calls.looked:
                self.calls.show_talk()
            self._show_call()

    # Keys

    def action_hand_over(self) -> None:
        self.app.push_screen(screens.form("handover"))

    def action_open(self) -> None:
        if isinstance(self.focused, Rows):
            self.focused.action_choose()

    def action_agree(self) -> None:
        self.agreed.agree()

    def action_tick(self) -> None:
        self.agreed.tick()

    def action_review(self) -> None:
        self.agreed.open_review()

    def action_edit(self) -> None:
        # deferred: loaded when its key is pressed, not with the first visit
        from ksbtui.screens.coach.call_dialogs import edit_call

        if call := self.calls.call:
            edit_call(self, call)

    def action_reopen(self) -> None:
        self.calls.reopen()

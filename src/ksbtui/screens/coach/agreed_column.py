"""The right of Coach: what is agreed, what was asked, the progress reviews, the last call."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from ksbtui.core.days import full_day
from ksbtui.core.text.text import number_of
from ksbtui.presentation import coaching as words
from ksbtui.presentation.coaching import action_rows
from ksbtui.presentation.parts import Row
from ksbtui.presentation.review import coach_rows
from ksbtui.widgets.frame.section import Section
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.detail import RichText

if TYPE_CHECKING:
    from ksbtui.core.coaching.calls import Call
    from ksbtui.journal.coaching.actions import Agreed
    from ksbtui.journal.journal import Journal
    from ksbtui.screens.shell.page import Page

NONE = "none"


class AgreedColumn(Container):
    """Ticks and changes actions, answers questions, opens reviews."""

    def __init__(self, page: Page) -> None:
        super().__init__(classes="side")
        self._page = page

    def compose(self) -> ComposeResult:
        """Give the lists, one below the other."""
        yield Section("Actions", id="actions-head")
        yield Rows(id="open-actions")
        yield Section("Questions to answer", classes="apart", id="questions-head")
        yield Rows(id="questions")
        yield Section("Progress reviews", classes="apart")
        yield Rows(id="reviews")
        yield Section("Last call", classes="apart", id="call-head")
        yield RichText(id="call")

    @property
    def _journal(self) -> Journal:
        return self._page.journal

    def fill(self) -> None:
        """Show what is agreed, asked and reviewed."""
        found, as_at = self._journal.actions.open(), self._journal.as_at
        rows = action_rows(found, as_at, brief=True)
        self.query_one("#actions-head", Section).show("Actions", f"{len(found)} open")
        self.query_one("#open-actions", Rows).show(
            rows or [Row(NONE, "None is open. t agrees one.", muted=True)]
        )
        asked = self._journal.verifying.questions()
        for name in ("#questions-head", "#questions"):
            self.query_one(name).display = bool(asked)
        self.query_one("#questions", Rows).show([Row(q.id, q.text, q.by) for q in asked])
        self._show_reviews()

    def _show_reviews(self) -> None:
        reviews = self._journal.reviews
        kept = [
            (
                one.id,
                one.held,
                full_day(one.day),
                f"{number_of(len(one.unsigned), 'signature')} to come"
                if one.unsigned
                else "signed",
            )
            for one in reviews.all()
        ]
        self.query_one("#reviews", Rows).show(coach_rows(reviews.due(), kept))

    def show_call(self, call: Call | None) -> None:
        """Show a kept call in short, where there is room."""
        call = None if self._page.has_class("-tiny") else call
        for name in ("#call-head", "#call"):
            self.query_one(name).display = call is not None
        if call is not None:
            last = call == self._journal.calls.last_held
            head = self.query_one("#call-head", Section)
            head.show("Last call" if last else "Call", full_day(call.day))
            agreed = self._journal.actions.of(call.id)
            self.query_one("#call", RichText).show(*words.call_blocks(call, agreed))

    def tick(self) -> None:
        """Note that the action under the cursor was done."""
        rows = self.query_one("#open-actions", Rows)
        if rows.has_focus and rows.key and rows.key != NONE:
            self._journal.actions.done(rows.key)
            self._page.shell.changed()
            self._page.shell.say("Done. u undoes it.")

    def agree(self) -> None:
        """Agree an action."""
        from ksbtui.screens.coach.call_dialogs import agree_action

        self.app.push_screen(agree_action(self._journal), self._told("Agreed"))

    @on(Rows.Chosen, "#open-actions")
    def _change(self, event: Rows.Chosen) -> None:
        """Change the action under the cursor."""
        from ksbtui.screens.coach.call_dialogs import change_action

        event.stop()
        if event.key != NONE:
            self.app.push_screen(change_action(self._journal, event.key), self._told("Changed"))

    def _told(self, verb: str) -> Callable[[Agreed | None], None]:
        from ksbtui.screens.coach.call_dialogs import say_agreed

        def tell(made: Agreed | None) -> None:
            if made:
                self._page.shell.changed()
                self._page.shell.say(say_agreed(made, verb))

        return tell

    @on(Rows.Chosen, "#questions")
    def _answer(self, event: Rows.Chosen) -> None:
        """Answer a question in a line."""
        from ksbtui.screens.entry.answering import answer

        event.stop()
        asked = {one.id: one for one in self._journal.verifying.questions()}
        if found := asked.get(event.key):
            answer(self._page, found)

    @on(Rows.Chosen, "#reviews")
    def _open_review(self, event: Rows.Chosen) -> None:
        event.stop()
        held_today = event.key == "next" and self._journal.reviews.current().held
        self.open_review("next" if held_today else "" if event.key == "next" else event.key)

    def open_review(self, which: str = "") -> None:
        """Open a review, without a name the one in view."""
        from ksbtui.screens.coach.review import ReviewScreen

        self.app.push_screen(ReviewScreen(which), lambda _: self._page.refresh_page())

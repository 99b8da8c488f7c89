"""The two columns of Coach: what was agreed, and the calls there were."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from ksbtui.core.days import ONE_DAY, full_day, line_day
from ksbtui.presentation import coaching as words
from ksbtui.presentation.parts import Row
from ksbtui.presentation.review import coach_rows
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.blocks import RichText, Section

if TYPE_CHECKING:
    from ksbtui.core.coaching.calls import Call
    from ksbtui.journal.coaching.actions import Agreed
    from ksbtui.journal.coaching.calls import Ended
    from ksbtui.journal.journal import Journal
    from ksbtui.screens.shell.page import Page


NONE = "none"


class AgreedColumn(Container):
    """Ticks and changes actions, answers questions, opens reviews."""

    def __init__(self, page: Page) -> None:
        super().__init__(classes="side")
        self._page = page

    def compose(self) -> ComposeResult:
        yield Section("Actions", id="actions-head")
        yield Rows(id="open-actions")
        yield Section("Open questions", classes="apart", id="questions-head")
        yield Rows(id="questions")
        yield Section("Progress reviews", classes="apart")
        yield Rows(id="reviews")
        yield Section("Last call", classes="apart", id="call-head")
        yield RichText(id="call")

    @property
    def _journal(self) -> Journal:
        return self._page.journal

    def fill(self) -> None:
        actions = self._journal.actions.open()
        rows = words.action_rows(actions, self._journal.as_at, brief=True)
        self.query_one("#actions-head", Section).show("Actions", f"{len(actions)} open")
        self.query_one("#open-actions", Rows).show(
            rows or [Row(NONE, "None open. t adds one.", muted=True)]
        )
        asked = self._journal.verifying.questions()
        for name in ("#questions-head", "#questions"):
            self.query_one(name).display = bool(asked)
        self.query_one("#questions", Rows).show([Row(q.id, q.text, q.by) for q in asked])
        reviews = self._journal.reviews
        self.query_one("#reviews", Rows).show(coach_rows(reviews.due(), reviews.all()))

    def show_call(self, call: Call | None) -> None:
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
        rows = self.query_one("#open-actions", Rows)
        if rows.has_focus and rows.key and rows.key != NONE:
            self._journal.actions.done(rows.key)
            self._page.shell.changed("Done.")

    def agree(self) -> None:
        # deferred: loaded when its key is pressed, not with the first visit
        from ksbtui.screens.coach.call_dialogs import agree_action

        self.app.push_screen(agree_action(self._journal), self._told("Agreed"))

    @on(Rows.Chosen, "#open-actions")
    def _change(self, event: Rows.Chosen) -> None:
        from ksbtui.screens.coach.call_dialogs import change_action

        event.stop()
        if event.key != NONE:
            self.app.push_screen(change_action(self._journal, event.key), self._told("Changed"))

    def _told(self, verb: str) -> Callable[[Agreed | None], None]:
        from ksbtui.screens.coach.call_dialogs import tell_agreed

        def tell(agreed: Agreed | None) -> None:
            if agreed:
                tell_agreed(self._page.shell, agreed, verb)

        return tell

    @on(Rows.Chosen, "#questions")
    def _answer(self, event: Rows.Chosen) -> None:
        from ksbtui.screens.entry.answering import answer

        event.stop()
        for question in self._journal.verifying.questions():
            if question.id == event.key:
                answer(self._page, question)

    @on(Rows.Chosen, "#reviews")
    def _open_review(self, event: Rows.Chosen) -> None:
        event.stop()
        held_today = event.key == "next" and self._journal.reviews.current().held
        self.open_review("next" if held_today else "" if event.key == "next" else event.key)

    def open_review(self, which: str = "") -> None:
        from ksbtui.screens.coach.review import ReviewScreen

        self.app.push_screen(ReviewScreen(which), lambda _: self._page.refresh_page())


TALK_MOST, TALK_SHORT = 6, 4
"""Lines on what to talk about; fewer where the terminal is short."""


class CallsColumn(Container):
    """Starts a call, goes on with one, opens one again, and shows the summary of a kept one."""

    def __init__(self, page: Page) -> None:
        super().__init__(classes="main")
        self._page = page
        self.looked = False
        """Whether what changed since the last call has been looked up."""

    def compose(self) -> ComposeResult:
        yield Section("Next call", id="next-head")
        yield Rows(id="start", roomy=True)
        yield Section("To talk about", classes="apart", id="talk-head")
        yield RichText(id="talk")
        yield Section("Calls", classes="apart", id="sessions-head")
        yield Rows(id="sessions", classes="tall")

    @property
    def _journal(self) -> Journal:
        return self._page.journal

    def show_next(self) -> None:
        """Show when the next call is, and the calls there were; quick at any size."""
        calls, today = self._journal.calls, self._journal.as_at
        last = calls.last_held
        held_today = last is not None and last.day == today
        next_day = calls.next_day(today if held_today else today - ONE_DAY)
        when = "today" if next_day == today else f"about {line_day(next_day)}" if next_day else ""
        self.query_one("#next-head", Section).show("Next call", when)
        sessions = calls.sessions()
        past = [session for session in sessions if session.call]
        total = f"{sum(session.state == 'held' for session in past)} held" if past else ""
        self.query_one("#sessions-head", Section).show("Calls", total)
        coming = [session for session in sessions if session.state == "planned"][:1]
        rows = [*map(words.session_row, coming), *map(words.session_row, past[::-1])]
        self.query_one("#sessions", Rows).show(rows)
        self.query_one("#start", Rows).show([words.start_row(calls.underway, None)])

    def show_changes(self) -> None:
        """Show what changed since the last call, which takes a look through the journal."""
        calls, self.looked = self._journal.calls, True
        self.query_one("#start", Rows).show([words.start_row(calls.underway, calls.since())])
        self.show_talk()

    def show_talk(self) -> None:
        calls, page = self._journal.calls, self._page
        most = TALK_SHORT if page.has_class("-short") else TALK_MOST
        tiny = page.has_class("-tiny")
        lines = [] if tiny else words.talk_lines(calls.since(), calls.alerts(), most)
        for name in ("#talk-head", "#talk"):
            self.query_one(name).display = bool(lines)
        self.query_one("#talk", RichText).show(*lines)

    @property
    def call(self) -> Call | None:
        """The kept call under the cursor, else the last one held."""
        rows, calls = self.query_one("#sessions", Rows), self._journal.calls
        key = rows.key if rows.has_focus else None
        return next((call for call in calls.all() if call.id == key), calls.last_held)

    # Starting, going on, looking back

    @on(Rows.Chosen, "#start")
    def _start(self, event: Rows.Chosen) -> None:
        from ksbtui.widgets.forms.dialogs import Ask

        event.stop()
        calls = self._journal.calls
        if calls.underway is None and calls.last_held is None:
            self.app.push_screen(Ask("Who runs the call?", str.strip), self._begin)
        else:
            self._begin("")

    def _begin(self, tutor: str | None) -> None:
        if tutor is None:
            return
        with self._page.shell.guarded():
            if self._journal.calls.underway is None:
                self._journal.calls.start(tutor)
            self.open_call()

    def reopen(self) -> None:
        self._journal.calls.reopen()
        self.open_call()

    def open_call(self) -> None:
        from ksbtui.screens.coach.call import CallScreen

        def closed(ended: Ended | None) -> None:
            self._page.shell.changed()
            self._page.refresh_page()
            if ended:
                self._summary(ended.call.id)

        self.app.push_screen(CallScreen(), closed)

    @on(Rows.Chosen, "#sessions")
    def _open_kept(self, event: Rows.Chosen) -> None:
        event.stop()
        if not event.key.startswith("coaching-"):
            self._summary(event.key)

    def _summary(self, id: str) -> None:
        from ksbtui.exports.formats.texts import markdown
        from ksbtui.screens.shell.paste import PasteScreen

        call = self._journal.calls.get(id)
        text: Any = markdown(self._journal.calls.page(id))
        name = f"coaching-call-{call.day.isoformat()}.md"
        self.app.push_screen(PasteScreen(f"Call of {full_day(call.day)}", text, name))

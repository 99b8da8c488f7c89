"""The left of Coach: the next call, what to talk about, and the calls there were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from ksbtui.core.days import ONE_DAY, full_day, line_day
from ksbtui.presentation import coaching as words
from ksbtui.widgets.frame.section import Section
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.detail import RichText

if TYPE_CHECKING:
    from ksbtui.core.coaching.calls import Call
    from ksbtui.journal.coaching.calls import Ended
    from ksbtui.journal.journal import Journal
    from ksbtui.screens.shell.page import Page

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
        """Give the three lists, one below the other."""
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
        held = [one for one in sessions if one.call]
        total = f"{sum(one.state == 'held' for one in held)} held" if held else ""
        self.query_one("#sessions-head", Section).show("Calls", total)
        coming = [one for one in sessions if one.state == "planned"][:1]
        rows = [*map(words.session_row, coming), *map(words.session_row, held[::-1])]
        self.query_one("#sessions", Rows).show(rows)
        self.query_one("#start", Rows).show([words.start_row(calls.underway, None)])

    def show_changes(self) -> None:
        """Show what changed since the last call, which takes a look through the journal."""
        calls, self.looked = self._journal.calls, True
        self.query_one("#start", Rows).show([words.start_row(calls.underway, calls.since())])
        self.show_talk()

    def show_talk(self) -> None:
        """Show what is worth talking about, where there is room."""
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
        rows = self.query_one("#sessions", Rows)
        found = {call.id: call for call in self._journal.calls.all()}
        under = found.get(rows.key or "") if rows.has_focus else None
        return under or self._journal.calls.last_held

    # Starting, going on, looking back

    @on(Rows.Chosen, "#start")
    def _start(self, event: Rows.Chosen) -> None:
        from ksbtui.widgets.forms.ask import Ask

        event.stop()
        calls = self._journal.calls
        if calls.underway is None and calls.last_held is None:
            self.app.push_screen(Ask("Who holds the call?", str.strip), self._begin)
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
        """Open the call of today again."""
        self._journal.calls.reopen()
        self.open_call()

    def open_call(self) -> None:
        """Go into the call under way; its summary is shown once it is ended."""
        from ksbtui.screens.coach.call import CallScreen

        def ended(kept: Ended | None) -> None:
            self._page.shell.changed()
            self._page.refresh_page()
            if kept:
                self._summary(kept.call.id)

        self.app.push_screen(CallScreen(), ended)

    @on(Rows.Chosen, "#sessions")
    def _open_kept(self, event: Rows.Chosen) -> None:
        event.stop()
        if not event.key.startswith("coaching-"):
            self._summary(event.key)

    def _summary(self, id: str) -> None:
        from ksbtui.exports.formats.as_markdown import markdown
        from ksbtui.screens.shell.paste import PasteScreen

        call = self._journal.calls.get(id)
        text: Any = markdown(self._journal.calls.page(id))
        name = f"coaching-call-{call.day.isoformat()}.md"
        self.app.push_screen(PasteScreen(f"Call of {full_day(call.day)}", text, name))

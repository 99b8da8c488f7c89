"""7 Coach: what do we talk about? The next call, what is agreed, and what was talked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from ksbtui.core.days import ONE_DAY, full_day, line_day
from ksbtui.presentation import coach as words
from ksbtui.presentation.call import action_rows
from ksbtui.presentation.parts import Row
from ksbtui.screens.shell.page import Page
from ksbtui.screens.shell.shell import fit
from ksbtui.widgets.frame.command import Command
from ksbtui.widgets.frame.head import Head
from ksbtui.widgets.frame.section import Section
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.detail import RichText
from ksbtui.widgets.text.styles import BOLD, MUTED, Line

if TYPE_CHECKING:
    from ksbtui.core.coaching.calls import Call
    from ksbtui.journal.coaching.actions import Agreed
    from ksbtui.journal.coaching.calls import Ended

TALK_MOST, TALK_SHORT = 6, 4
"""Lines on what to talk about; fewer where the terminal is short."""


def _is_today(page: CoachPage) -> bool:
    """Tell whether the last call was held today, and none is under way."""
    calls = page.journal.calls
    last = calls.last_held
    return calls.underway is None and last is not None and last.day == page.journal.as_at


class CoachPage(Page):
    """Opens on past calls and open actions; ↵ starts a call."""

    question = "What do we talk about?"
    CSS_PATH = "coach.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("coach.open", "enter", "start or open", "Start a call, or open what is chosen"),
        Command("coach.agree", "t", "action", "Agree an action"),
        Command("coach.tick", "k", "done", "Note that the action under the cursor was done"),
        Command(
            "coach.edit",
            "e",
            "edit call",
            "Put a kept call right: notes, minutes, next",
            when=lambda page: page.journal.calls.last_held is not None,
        ),
        Command("coach.reopen", "o", "open again", "Open the call of today again", when=_is_today),
        Command("coach.pack", "p", "review pack", "The pack of the next progress review"),
    ]

    def body(self) -> ComposeResult:
        """Give calls at the left, actions and the review at the right."""
        yield Head()
        with Container(classes="columns"):
            with Container(classes="main"):
                yield Section("Next call", id="next-head")
                yield Rows(id="start", roomy=True)
                yield Section("To talk about", classes="apart", id="talk-head")
                yield RichText(id="talk")
                yield Section("Calls", classes="apart", id="sessions-head")
                yield Rows(id="sessions", classes="tall")
            with Container(classes="side"):
                yield Section("Actions", id="actions-head")
                yield Rows(id="open-actions")
                yield Section("Questions to answer", classes="apart", id="questions-head")
                yield Rows(id="questions")
                yield Section("Progress review", classes="apart")
                yield RichText(id="review")
                yield Section("Last call", classes="apart", id="call-head")
                yield RichText(id="call")

    def refresh_page(self) -> None:
        """Fill the page from the journal."""
        calls = self.journal.calls
        today = self.journal.as_at
        last, next_day = calls.last_held, calls.next_day(today - ONE_DAY)
        left: Line = [("Coaching calls", BOLD)]
        said = f"last call {full_day(last.day)} with {last.tutor}" if last else "no call yet"
        self.query_one(Head).show([[*left, (f"  {said}", MUTED)], left])
        when = "today" if next_day == today else f"about {line_day(next_day)}" if next_day else ""
        self.query_one("#next-head", Section).show("Next call", when)
        self.query_one("#start", Rows).show([words.start_row(calls.underway, calls.since())])
        self._show_talk()
        held = [one for one in calls.sessions() if one.call]
        total = f"{sum(one.state == 'held' for one in held)} held" if held else ""
        self.query_one("#sessions-head", Section).show("Calls", total)
        coming = [one for one in calls.sessions() if one.state == "planned"][:1]
        rows = [*map(words.session_row, coming), *map(words.session_row, held[::-1])]
        self.query_one("#sessions", Rows).show(rows)
        self._show_actions()
        self._show_questions()
        draft = self.journal.reviews.draft is not None
        self.query_one("#review", RichText).show(
            *words.review_blocks(self.journal.reviews.due(), draft=draft)
        )
        self._show_call()

    def _show_talk(self) -> None:
        """What is worth talking about, where there is room."""
        calls = self.journal.calls
        most = TALK_SHORT if self.has_class("-short") else TALK_MOST
        lines = [] if self._tiny else words.talk_lines(calls.since(), calls.alerts(), most)
        for name in ("#talk-head", "#talk"):
            self.query_one(name).display = bool(lines)
        self.query_one("#talk", RichText).show(*lines)

    @on(Rows.Highlighted, "#sessions")
    def _show_call(self) -> None:
        """The call under the cursor in short, else the last one; where there is room."""
        call = None if self._tiny else self._call
        for name in ("#call-head", "#call"):
            self.query_one(name).display = call is not None
        if call is None:
            return
        last = call == self.journal.calls.last_held
        self.query_one("#call-head", Section).show(
            "Last call" if last else "Call", full_day(call.day)
        )
        agreed = self.journal.actions.of(call.id)
        self.query_one("#call", RichText).show(*words.call_blocks(call, agreed))

    @property
    def _tiny(self) -> bool:
        return self.has_class("-tiny")

    @property
    def _call(self) -> Call | None:
        """The kept call under the cursor, else the last one held."""
        rows = self.query_one("#sessions", Rows)
        found = {call.id: call for call in self.journal.calls.all()}
        under = found.get(rows.key or "") if rows.has_focus else None
        return under or self.journal.calls.last_held

    def _show_actions(self) -> None:
        found = self.journal.actions.open()
        rows = action_rows(found, self.journal.calls.since(), brief=True)
        self.query_one("#actions-head", Section).show("Actions", f"{len(found)} open")
        self.query_one("#open-actions", Rows).show(
            rows or [Row("none", "None is open. t agrees one.", muted=True)]
        )

    def _show_questions(self) -> None:
        found = self.journal.verifying.questions()
        for name in ("#questions-head", "#questions"):
            self.query_one(name).display = bool(found)
        self.query_one("#questions", Rows).show([Row(q.id, q.text, q.by) for q in found])

    # Keys

    def action_open(self) -> None:
        """Open what is under the cursor; the first row starts a call."""
        focused = self.focused
        if isinstance(focused, Rows):
            focused.action_choose()

    @on(Rows.Chosen, "#start")
    def _start(self) -> None:
        from ksbtui.widgets.forms.ask import Ask

        calls = self.journal.calls
        last = calls.last_held
        if calls.underway is None and last is None:
            self.app.push_screen(Ask("Who holds the call?", str.strip), self._begin)
        else:
            self._begin("")

    def _begin(self, tutor: str | None) -> None:
        from ksbtui.screens.coach.call import CallScreen

        if tutor is None:
            return
        with self.shell.guarded():
            if self.journal.calls.underway is None:
                self.journal.calls.start(tutor)
            self.app.push_screen(CallScreen(), self._ended)

    def action_reopen(self) -> None:
        """Open the call of today again."""
        self.journal.calls.reopen()
        self._begin("")

    def _ended(self, ended: Ended | None) -> None:
        self.refresh_page()
        if ended:
            self.shell.changed()
            self._summary(ended.call.id)

    @on(Rows.Chosen, "#sessions")
    def _open_call(self, event: Rows.Chosen) -> None:
        if not event.key.startswith("coaching-"):
            self._summary(event.key)

    def _summary(self, id: str) -> None:
        from ksbtui.exports.formats.as_markdown import markdown
        from ksbtui.screens.shell.paste import PasteScreen

        call = self.journal.calls.get(id)
        text = markdown(self.journal.calls.page(id))
        name = f"coaching-call-{call.day.isoformat()}.md"
        self.app.push_screen(PasteScreen(f"Call of {full_day(call.day)}", text, name))

    def action_edit(self) -> None:
        """Put a kept call right."""
        from ksbtui.screens.coach.call_edit import edit_call

        if call := self._call:
            edit_call(self, call)

    def on_resize(self, event: events.Resize) -> None:
        """Say more or less, as there is room."""
        fit(self)
        if self.is_current and self._seen:
            self._show_talk()
            self._show_call()

    def action_pack(self) -> None:
        """Show the review pack, ready to paste."""
        from ksbtui.exports.formats.as_markdown import markdown
        from ksbtui.screens.shell.paste import PasteScreen

        pack = markdown(self.journal.reviews.page())
        name = f"progress-review-{self.journal.as_at.isoformat()}.md"
        self.app.push_screen(PasteScreen("Progress review", pack, name))

    def action_agree(self) -> None:
        """Agree an action."""
        from ksbtui.screens.coach.call_dialogs import agree_action

        self.app.push_screen(agree_action(self.journal), self._agreed)

    def _agreed(self, agreed: Agreed | None) -> None:
        from ksbtui.screens.coach.call_dialogs import say_agreed

        if agreed:
            self.shell.changed()
            self.shell.say(say_agreed(agreed))

    def action_tick(self) -> None:
        """Note that the action under the cursor was done."""
        rows = self.query_one("#open-actions", Rows)
        if rows.has_focus and rows.key and rows.key != "none":
            self.journal.actions.done(rows.key)
            self.shell.changed()
            self.shell.say("Done. u undoes it.")

    @on(Rows.Chosen, "#open-actions")
    def _change(self, event: Rows.Chosen) -> None:
        """Change the action under the cursor."""
        from ksbtui.screens.coach.call_dialogs import change_action

        if event.key != "none":
            self.app.push_screen(change_action(self.journal, event.key), self._changed)

    def _changed(self, agreed: Agreed | None) -> None:
        from ksbtui.screens.coach.call_dialogs import say_agreed

        if agreed:
            self.shell.changed()
            self.shell.say(say_agreed(agreed, "Changed"))

    @on(Rows.Chosen, "#questions")
    def _answer(self, event: Rows.Chosen) -> None:
        """Answer a question in a line."""
        from ksbtui.screens.entry.answering import answer

        asked = {one.id: one for one in self.journal.verifying.questions()}
        if found := asked.get(event.key):
            answer(self, found)

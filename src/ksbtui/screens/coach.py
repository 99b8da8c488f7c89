"""7 Coach: what do we talk about? The next call, what is agreed, and what was talked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from ksbtui.core.days import ONE_DAY, full_day, line_day, long_day
from ksbtui.core.durations import say_minutes
from ksbtui.exports.as_markdown import markdown
from ksbtui.screens import call_words as words
from ksbtui.screens.call import CallSheet
from ksbtui.screens.call_dialogs import agree_action, say_agreed
from ksbtui.screens.page import Page
from ksbtui.screens.paste import PasteSheet
from ksbtui.widgets.ask import Ask
from ksbtui.widgets.detail import Paper
from ksbtui.widgets.head import Head
from ksbtui.widgets.ink import BOLD, MUTED, PLAIN, Line
from ksbtui.widgets.row import Row
from ksbtui.widgets.rows import Rows
from ksbtui.widgets.section import Section

if TYPE_CHECKING:
    from ksbtui.core.calls import Session
    from ksbtui.journal.actions import Agreed
    from ksbtui.journal.calls import Ended

START = "start"
SIGNS = {"held": "◆ ", "missed": "× ", "due": "! ", "planned": "◇ "}


class CoachPage(Page):
    """Opens on past calls and open actions; ↵ starts a call."""

    question = "What do we talk about?"
    CSS_PATH = "coach.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "start or open", tooltip="Start a call, or open what is chosen"),
        Binding("t", "agree", "action", tooltip="Agree an action"),
        Binding("space", "tick", "done", tooltip="Note that the action was done"),
        Binding("p", "pack", "review pack", tooltip="The pack of the next progress review"),
    ]

    def body(self) -> ComposeResult:
        """Give calls at the left, actions and the review at the right."""
        yield Head()
        with Container(classes="columns"):
            with Container(classes="main"):
                yield Section("Next call", id="next-head")
                yield Rows(id="start", roomy=True)
                yield Section("Coaching", classes="apart", id="sessions-head")
                yield Rows(id="sessions", classes="tall")
            with Container(classes="side"):
                yield Section("Actions", id="actions-head")
                yield Rows(id="open-actions")
                yield Section("Questions to answer", classes="apart", id="questions-head")
                yield Rows(id="questions")
                yield Section("Progress review", classes="apart")
                yield Paper(id="review")

    def refresh_page(self) -> None:
        """Fill the page from the journal."""
        calls = self.journal.calls
        today = self.journal.as_at
        last, next_day = calls.last_held, calls.next_day(today - ONE_DAY)
        left: Line = [("Coaching", BOLD)]
        said = f"last call {full_day(last.day)} with {last.tutor}" if last else "no call yet"
        self.query_one(Head).show([[*left, (f"  {said}", MUTED)], left])
        when = "today" if next_day == today else f"about {line_day(next_day)}" if next_day else ""
        self.query_one("#next-head", Section).show("Next call", when)
        self.query_one("#start", Rows).show([self._start_row()])
        held = [one for one in calls.sessions() if one.call]
        total = f"{sum(one.state == 'held' for one in held)} held"
        self.query_one("#sessions-head", Section).show("Coaching", total if held else "")
        coming = [one for one in calls.sessions() if one.state == "planned"][:1]
        self.query_one("#sessions", Rows).show([*map(_session, coming), *map(_session, held[::-1])])
        self._show_actions()
        self._show_questions()
        self._show_review()

    def _start_row(self) -> Row:
        """Start a call, or go on with the one under way."""
        underway, changed = self.journal.calls.underway, self.journal.calls.since()
        if underway:
            note = f"At {underway.item.title.lower()}; everything noted is kept."
            return Row(START, f"Go on with the call of {full_day(underway.day)}", notes=(note,))
        notes: tuple[str, ...] = (
            f"{say_minutes(changed.counted)} and {len(changed.added)} entries since "
            f"{line_day(changed.since)}",
            f"{len(changed.up)} KSBs moved up, {len(changed.done)} actions done",
        )
        if not (changed.counted or changed.added or changed.moved or changed.done):
            notes = (f"Nothing is new since {line_day(changed.since)}.",)
        return Row(START, "Start a call", "private notes hidden", notes=notes, figure_style=MUTED)

    def _show_actions(self) -> None:
        found = self.journal.actions.open()
        rows = words.action_rows(found, self.journal.calls.since(), brief=True)
        self.query_one("#actions-head", Section).show("Actions", f"{len(found)} open")
        self.query_one("#open-actions", Rows).show(
            rows or [Row("none", "None is open. t agrees one.", muted=True)]
        )

    def _show_questions(self) -> None:
        found = self.journal.verifying.questions()
        for name in ("#questions-head", "#questions"):
            self.query_one(name).display = bool(found)
        self.query_one("#questions", Rows).show([Row(q.id, q.text, q.by) for q in found])

    def _show_review(self) -> None:
        due, draft = self.journal.reviews.due(), self.journal.reviews.draft
        paper = self.query_one("#review", Paper)
        if due is None:
            paper.show([("None is due.", MUTED)])
            return
        first, second = long_day(due.due_12_weeks), long_day(due.due_month_end)
        state = "In preparation. p shows its pack." if draft else "p shows its pack."
        paper.show(
            [(f"Review {due.number} by {first}", PLAIN)],
            [(f"One reading of the rules allows until {second}.", MUTED)],
            [(state, MUTED)],
        )

    # Keys

    def action_open(self) -> None:
        """Open what is under the cursor; the first row starts a call."""
        focused = self.focused
        if isinstance(focused, Rows):
            focused.action_choose()

    @on(Rows.Chosen, "#start")
    def _start(self) -> None:
        calls = self.journal.calls
        last = calls.last_held
        if calls.underway is None and last is None:
            self.app.push_screen(Ask("Who holds the call?", str.strip), self._begin)
        else:
            self._begin("")

    def _begin(self, tutor: str | None) -> None:
        if tutor is None:
            return
        with self.shell.guarded():
            if self.journal.calls.underway is None:
                self.journal.calls.start(tutor)
            self.app.push_screen(CallSheet(), self._ended)

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
        call = self.journal.calls.get(id)
        text = markdown(self.journal.calls.page(id))
        name = f"coaching-call-{call.day.isoformat()}.md"
        self.app.push_screen(PasteSheet(f"Call of {full_day(call.day)}", text, name))

    def action_pack(self) -> None:
        """Show the review pack, ready to paste."""
        pack = markdown(self.journal.reviews.page())
        name = f"progress-review-{self.journal.as_at.isoformat()}.md"
        self.app.push_screen(PasteSheet("Progress review", pack, name))

    def action_agree(self) -> None:
        """Agree an action."""
        self.app.push_screen(agree_action(self.journal), self._agreed)

    def _agreed(self, agreed: Agreed | None) -> None:
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
    def _tick(self) -> None:
        with self.shell.guarded():
            self.action_tick()

    @on(Rows.Chosen, "#questions")
    def _answer(self, event: Rows.Chosen) -> None:
        """Answer a question in a line."""
        asked = {one.id: one for one in self.journal.verifying.questions()}[event.key]

        def keep(text: str | None) -> None:
            if text is not None:
                self.journal.verifying.answer(asked.id, text)
                self.shell.changed()
                self.shell.say("Answered. u undoes it.")

        self.app.push_screen(Ask("Your answer", str.strip, text=asked.text), keep)


def _session(session: Session) -> Row:
    call = session.call
    title = f"{say_minutes(call.minutes)} with {call.tutor}" if call and call.attended else ""
    return Row(
        call.id if call else session.id,
        title or (session.name if session.state == "planned" else "Missed"),
        lead=f"{SIGNS[session.state]}{full_day(session.day):<12} ",
        muted=session.state != "held",
    )

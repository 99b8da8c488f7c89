"""Hours: when shall I finish? With the statement of hours to hand over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from ksbtui.core.durations import parse_hours, say_minutes
from ksbtui.core.hours.hours import statement
from ksbtui.presentation import hours as words
from ksbtui.presentation.parts import MUTED, Row
from ksbtui.screens.hours.chart import burn_of
from ksbtui.screens.shell.modal import Modal
from ksbtui.screens.shell.page import Page, fit
from ksbtui.widgets.charts.burn_up import BurnUp
from ksbtui.widgets.charts.what_if import WhatIfRow
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.lists.listing import Columns
from ksbtui.widgets.lists.rows import Shelf
from ksbtui.widgets.text.blocks import Detail, RichText, Section, TopLine

if TYPE_CHECKING:
    from ksbtui.journal.progress.progress import View


class StatementScreen(Modal[None]):
    """Opened from Hours; the text is copied on arrival."""

    title_text = "Planned and actual hours"
    question: ClassVar[str] = "What do I send when my hours are short?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("statement.copy", "c", "copy again", "Copy the text to the clipboard"),
        Command("app.back", "escape", "back", "Go back to Hours", action="leave"),
    ]

    def body(self) -> ComposeResult:
        yield Detail(*(line or None for line in self.text.split("\n")))

    @property
    def text(self) -> str:
        view = self.journal.progress.view
        return statement(view.course, view.plan, view.hours, view.as_at)

    def on_mount(self) -> None:
        self.action_copy()

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self.text)
        self.shell.say("Copied, if your terminal allows it. To print it: ksbtui hours --statement")


WEEKLY, LEAVE, PAUSE = range(3)


class HoursPage(Page):
    """The place with key 3."""

    question = "When will I finish?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command(
            "hours.less",
            "left",
            "what if",
            "Change the number in the what-if row",
            action="nudge(-1)",
            display="← →",
            priority=True,
        ),
        Command("hours.more", "right", action="nudge(1)", priority=True),
        Command("hours.leave", "l", "leave", "Try some weeks of leave", action="pick(1)"),
        Command(
            "hours.break",
            "b",
            "break",
            "Try a break in learning, which moves the plan",
            action="pick(2)",
        ),
        Command(
            "hours.group",
            "g",
            "group",
            "Group by type or by module",
            when=lambda page: page.has_class("-narrow"),
        ),
        Command("hours.paste", "p", "paste", "Show the planned-versus-actual statement, to paste"),
        Command("hours.weekly", "h", "", "Try other hours a week", action="pick(0)"),
        Command("hours.reset", "0", "", "What if: reset. While you use it, digits set its number"),
    ]
    CSS_PATH = "hours.tcss"
    first_focus = "WhatIfRow"
    tried = words.Tried()

    def body(self) -> ComposeResult:
        yield TopLine()
        yield BurnUp()
        yield WhatIfRow()
        with Container(classes="columns"):
            with Container(id="types-part"):
                yield Section("By type")
                yield Shelf(id="types", classes="tall")
            with Container(id="modules-part"):
                yield Section("By module")
                yield Shelf(id="modules", classes="tall")
            with Container(id="reasons"):
                yield Section("Not counted")
                yield Shelf(id="not-counted")
                yield RichText()

    def refresh_page(self) -> None:
        view = self.view
        self.query_one(TopLine).show(*words.head_text(view))
        reasons = words.not_counted_rows(view)
        self._fill("#types", words.type_rows(view))
        self._fill("#modules", words.module_rows(view), 2)
        self._fill("#not-counted", reasons, 2)
        total = words.not_counted_total(view) or ("nothing" if reasons else "")
        self.query_one("#reasons Section", Section).show("Not counted", total)
        everything = None if reasons else [("Everything logged counts.", MUTED)]
        self.query_one(RichText).show(everything, words.verified_line(view))
        self.try_out()

    def _fill(self, shelf: str, rows: list[Row], lead: int = 0) -> None:
        """Set a list's rows, its figures in a column as wide as the widest."""
        target = self.query_one(shelf, Shelf)
        target.columns = Columns(lead, figure=max((len(row.figure) for row in rows), default=0))
        target.show(rows)

    @property
    def view(self) -> View:
        return self.journal.progress.view

    def try_out(self) -> None:
        view, tried = self.view, self.tried
        leave, pause = words.spans_tried(tried, view.as_at)
        outcome = view.what_if(tried.weekly, leave, pause)
        self.query_one(BurnUp).show(burn_of(view, outcome, leave, pause))
        self.query_one(WhatIfRow).show(
            words.field_text(view, tried, outcome),
            words.result_text(view, tried, outcome, self.has_class("-narrow")),
            words.aside_text(view, tried, outcome),
        )

    def on_resize(self, event: events.Resize) -> None:
        fit(self)
        if self._seen:
            self.try_out()
            self.query_one(BurnUp).redraw()

    def on_screen_suspend(self) -> None:
        """Let digits lead to the other screens again at the next visit."""
        self.query_one(WhatIfRow).in_use = False

    # Keys

    def action_pick(self, number: int) -> None:
        """Go to a number of the what-if row; its key again adds one."""
        row = self.query_one(WhatIfRow)
        if row.has_focus and row.chosen == number:
            self.action_nudge(1)
        row.choose(number)

    def action_nudge(self, by: int) -> None:
        """Change the chosen number by 15 minutes or one week."""
        if not words.field_text(self.view, self.tried, self.view.what_if()):
            return
        row = self.query_one(WhatIfRow)
        row.in_use = True
        tried, chosen = self.tried, row.chosen
        if chosen == WEEKLY:
            weekly = tried.weekly or words.usual_weekly(self.view)
            self.tried = replace(tried, weekly=words.weekly_step(weekly, by))
        elif chosen == LEAVE:
            leave = min(words.MOST_WEEKS, max(0, tried.leave + by))
            self.tried = replace(tried, leave=leave)
        else:
            pause = min(words.MOST_WEEKS, max(0, tried.pause + by))
            self.tried = replace(tried, pause=pause)
        self.try_out()

    @on(WhatIfRow.Typed)
    def _typed(self, event: WhatIfRow.Typed) -> None:
        """Set the chosen number to the digits typed; nought alone is how it is."""
        chosen, number = self.query_one(WhatIfRow).chosen, event.number
        if not number:
            self.action_reset()
            return
        if chosen == WEEKLY:
            self.tried = replace(self.tried, weekly=min(words.MOST_WEEKLY, number * 60))
        elif chosen == LEAVE:
            self.tried = replace(self.tried, leave=min(words.MOST_WEEKS, number))
        else:
            self.tried = replace(self.tried, pause=min(words.MOST_WEEKS, number))
        self.try_out()

    def action_reset(self) -> None:
        self.tried = words.Tried()
        self.try_out()

    def action_group(self) -> None:
        self.toggle_class("-by-module")

    def action_paste(self) -> None:
        self.app.push_screen(StatementScreen())

    @on(WhatIfRow.Asked)
    def _ask_weekly(self) -> None:
        # deferred: loaded when its key is pressed, not with the first visit
        from ksbtui.widgets.forms.dialogs import Ask

        def took(minutes: int | None) -> None:
            if minutes is not None:
                self.tried = replace(self.tried, weekly=minutes)
                self.query_one(WhatIfRow).choose(WEEKLY)
                self.try_out()

        ask = Ask(
            "How many hours a week?",
            lambda text: parse_hours(text, words.MOST_WEEKLY),
            text="Such as 7h30 or 8. Nothing is saved.",
            echo=lambda minutes: f"{say_minutes(minutes)} a week",
        )
        self.app.push_screen(ask, took)

    @on(Shelf.Chosen)
    def _open(self, event: Shelf.Chosen) -> None:
        from ksbtui.screens.entry.entry_list import EntryList, listing_of

        self.app.push_screen(EntryList(listing_of(self.view, event.key)))

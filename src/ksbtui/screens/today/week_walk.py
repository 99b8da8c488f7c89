"""The week walk: the days of a week one by one, what is there, what is blank, add in place."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Input

from ksbtui.core.durations import parse_minutes, say_minutes
from ksbtui.core.entry.entries import Entry
from ksbtui.core.entry.week import Week, WeekDay
from ksbtui.errors import KsbtuiError
from ksbtui.presentation import week as words
from ksbtui.presentation.parts import MUTED, REFUSED
from ksbtui.screens.entry.draft_keeper import KEEP_SECONDS, tell_aside
from ksbtui.screens.shell.modal import Modal
from ksbtui.screens.shell.page import fit
from ksbtui.widgets.forms.dialogs import Field, Said, line_input
from ksbtui.widgets.frame.bars import TitleBar
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.lists.listing import Columns
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.blocks import RichText

WIDTH = 82
"""Cells of the measure in which it stands, where the terminal has them."""
DRAFT = "week-walk"
"""What is half typed in the quick line, kept until it is saved or emptied."""


def _on_empty_line(walk: WeekWalk) -> bool:
    """Tell whether arrows have nothing to move in: an empty title, or the end of the walk."""
    if not walk.is_mounted:  # a key may come before the screen stands
        return False
    if walk.day is None:
        return True
    title = walk.query_one("#title", Input)
    return title.has_focus and not title.value


class WeekWalk(Modal[None]):
    """Shows one day at a time, from Monday to today; a title and a time log an entry on it."""

    title_text = "Week walk"
    question = "What did I do each day of this week?"
    types_text = True
    CSS_PATH = "week_walk.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command(
            "week.next",
            "pagedown",
            "next day",
            "Go to the next day",
            action="walk(1)",
            priority=True,
        ),
        Command(
            "week.previous",
            "pageup",
            "day before",
            "Go to the day before",
            action="walk(-1)",
            priority=True,
        ),
        Command("week.right", "right", action="walk(1, True)", priority=True, when=_on_empty_line),
        Command("week.left", "left", action="walk(-1, True)", priority=True, when=_on_empty_line),
        Command("week.full", "ctrl+e", "whole form", "Open the whole form", priority=True),
        Command("app.back", "escape", "back", "Leave; your entries are saved", action="leave"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._week: Week | None = None
        self._at = 0
        self._seen = -1
        self._keeping: Timer | None = None
        self._aside: Path | None = None
        """The file beside a damaged journal that the draft is kept in."""

    def body(self) -> ComposeResult:
        yield RichText(id="strip")
        yield RichText(id="day")
        yield Rows(columns=Columns(figure=9), id="there")
        with Horizontal(id="quick"):
            yield Field("Add", _input("title", "what you did"))
            yield Field("Time", _input("time", "1h30"), echo=True)
        yield RichText(id="below")

    def on_mount(self) -> None:
        self._turn_to(self.journal.as_at)
        self._at = 0
        draft = self.journal.drafts.get(DRAFT) or {}
        self.query_one("#title", Input).value = str(draft.get("title", ""))
        self.query_one("#time", Input).value = str(draft.get("time", ""))
        self.shell.journal_changed.subscribe(self, lambda _: self.show())
        self.show()
        self.query_one("#title").focus()

    def on_resize(self, event: events.Resize) -> None:
        fit(self)
        if self._week is not None:
            self.show()

    def on_screen_resume(self) -> None:
        self.show()

    def keep_draft(self) -> None:
        """Keep what is half typed for the next walk."""
        typed = {name: self.query_one(f"#{name}", Input).value for name in ("title", "time")}
        if any(text.strip() for text in typed.values()):
            self.journal.drafts.save(DRAFT, typed)
            self._aside = tell_aside(self, self._aside)
        elif self.journal.drafts.get(DRAFT):
            self.journal.drafts.drop(DRAFT)

    # The week and the day in hand

    @property
    def week(self) -> Week:
        assert self._week is not None
        if self._seen != self.journal.revision:
            self._turn_to(self._week.monday)
        return self._week

    def _turn_to(self, day: Any) -> None:
        self._week = self.journal.week(day)
        self._seen = self.journal.revision

    @property
    def walked(self) -> tuple[WeekDay, ...]:
        """The days there are to walk: none of them ahead."""
        return tuple(day for day in self.week.days if not day.future)

    @property
    def day(self) -> WeekDay | None:
        """The day in hand; None at the end of the walk."""
        days = self.walked
        return days[self._at] if self._at < len(days) else None

    def show(self) -> None:
        """Say what is there on the day in hand, or how the week stands at its end."""
        if not self.is_current:
            return
        week, day = self.week, self.day
        today = self.journal.as_at
        self.query_one(TitleBar).show(
            self.title_text, words.week_said(week, today), words.progress(week, day)
        )
        width = min(WIDTH, self.app.size.width - 4)
        self.query_one("#strip", RichText).show(words.strip(week, day, width))
        blocks = words.day_blocks(day, week) if day else words.end_blocks(week)
        self.query_one("#day", RichText).show(None, *blocks)
        failed = self.journal.entries.failed
        rows = self.query_one("#there", Rows)
        rows.show([words.row(entry, bool(failed(entry))) for entry in day.entries] if day else [])
        rows.can_focus = rows.display = bool(day and day.entries)
        self.query_one("#quick").display = day is not None
        self._say()

    def _say(self, refusal: KsbtuiError | None = None) -> None:
        below = self.query_one("#below", RichText)
        if refusal is not None:
            below.show(None, [(refusal.message, REFUSED)], [(refusal.hint, MUTED)])
            return
        below.show(None, words.next_key(self.day, typed=bool(self._title)))

    @property
    def _title(self) -> str:
        return " ".join(self.query_one("#title", Input).value.split())

    # Keys

    def action_walk(self, by: int, arrow: bool = False) -> None:
        """Go a day on or back, by an ``arrow`` on the empty line too; before Monday is a week."""
        at = self._at + by
        if at < 0:
            self._turn_to(self.week.monday - timedelta(days=7))
            at = len(self.walked) - 1
        elif at > len(self.walked):
            if self.week.monday + timedelta(days=7) > self.journal.as_at:
                return
            self._turn_to(self.week.monday + timedelta(days=7))
            at = 0
        self._at = at
        self.show()
        if self.day is not None:
            self.query_one("#title").focus()

    def key_enter(self) -> None:
        """Leave at the end of the walk, where there is nothing to type in."""
        if self.day is None:
            self.action_leave()

    @on(Input.Changed)
    def _understand(self) -> None:
        text, echo = self.query_one("#time", Input).value, self.query_one("#time-echo", Said)
        try:
            echo.show(say_minutes(parse_minutes(text)) if text.strip() else "")
        except KsbtuiError:
            echo.show("unreadable", refused=True)
        self._say()
        if self._keeping is None:
            self._keeping = self.set_timer(KEEP_SECONDS, self._keep_soon)

    def _keep_soon(self) -> None:
        self._keeping = None
        with self.shell.guarded():
            self.keep_draft()

    @on(Input.Submitted, "#title")
    def _to_time(self) -> None:
        if self._title:
            self.query_one("#time").focus()
        else:
            self.action_walk(1)

    @on(Input.Submitted, "#time")
    def _log(self) -> None:
        day, time = self.day, self.query_one("#time", Input)
        if day is None:
            return
        try:
            entry = Entry("", day.day, parse_minutes(time.value), self._title)
            saved = self.journal.entries.add(entry)
        except KsbtuiError as refusal:
            self._say(refusal)
            return
        self._empty()
        self.shell.changed()
        counts = not self.journal.entries.failed(saved.entry)
        verdict = f"Counts, {say_minutes(saved.entry.minutes)}" if counts else "Does not count"
        self.shell.say(f"Saved. {verdict}. To open it, press ↵ in the list.")

    def _empty(self) -> None:
        for name in ("title", "time"):
            self.query_one(f"#{name}", Input).value = ""
        self.journal.drafts.drop(DRAFT)
        self.query_one("#title").focus()

    def action_full(self) -> None:
        # deferred: the form is loaded when it opens
        from ksbtui.screens.entry.form import EntryForm

        if self.day is None:
            return
        time = self.query_one("#time", Input).value
        preset = {"title": self._title, "time": time, "day": self.day.day.isoformat()}
        self.keep_draft()
        self.app.push_screen(EntryForm(preset=preset), self._written)

    def _written(self, id: str | None) -> None:
        if id is not None:
            self._empty()
        self.show()

    @on(Rows.Chosen)
    def _open(self, event: Rows.Chosen) -> None:
        from ksbtui.screens.entry.form import EntryForm

        self.app.push_screen(EntryForm(event.key))


def _input(name: str, placeholder: str) -> Input:
    return line_input(id=name, hint=placeholder, compact=True, select_on_focus=False)

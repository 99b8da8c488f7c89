"""A sheet that lists the entries behind a figure: those of a type, module, reason or KSB."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from ksbtui.core.days import line_day, long_day, span_text
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import Entry, Filter
from ksbtui.core.hours.forecast import OPENING, say_opening
from ksbtui.core.text.text import number_of
from ksbtui.presentation.cells import short_title
from ksbtui.presentation.entries import PRIVATE, badge_of
from ksbtui.presentation.parts import (
    BOLD,
    CHOSEN_BOX,
    DONE,
    FREE_BOX,
    MUTED,
    NOT_COUNTED,
    OWED,
    PLAIN,
    VERIFIED,
    Block,
    Group,
    Line,
    Pair,
    Row,
)
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.frame.bars import TitleBar
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.lists.listing import Columns
from ksbtui.widgets.lists.long_rows import LongRows
from ksbtui.widgets.text.blocks import Detail

if TYPE_CHECKING:
    from ksbtui.journal.progress.progress import View

TAGS_SHOWN = 2
TITLE = 40
"""Cells of a module's title, so that the figures beside it are never cut."""
NO_MODULE = "no:module"


@dataclass(frozen=True, slots=True)
class Listing:
    """What to list: the title, a muted word beside it, and the filter."""

    title: str
    about: str
    wanted: Filter


def listing_of(view: View, key: str) -> Listing:
    """The entries behind a row of the Hours or Timeline screen.

    ``key`` is ``type:ID``, ``module:NUMBER``, ``module:none``, ``rule:ID`` or ``untagged``.
    """
    what, _, id = key.partition(":")
    hours, rules, mine = view.hours, view.course.rules, view.course.enrolment.id
    if what == "type":
        kind = rules.type(id)
        minutes = say_minutes(hours.by_type.get(id, 0))
        wanted = Filter(type=id, enrolment=mine)
        if id == OPENING and hours.opening:
            about = say_opening(hours.opening, hours.opening_minutes)
            return Listing("Recorded elsewhere", about, wanted)
        return Listing(kind.label if kind else id, f"{minutes} counted", wanted)
    if what == "module":
        minutes = say_minutes(hours.by_module.get(id, 0))
        module = view.plan.module(int(id)) if id.isdecimal() else None
        if module is None:
            wanted = Filter(search=NO_MODULE, enrolment=mine)
            return Listing("In no module", f"{minutes} counted", wanted)
        wanted = Filter(module=module.number, enrolment=mine)
        title = f"{module.number}  {short_title(module.title, TITLE)}"
        return Listing(title, f"{minutes} counted", wanted)
    if what == "rule":
        rule = rules.rule(id)
        minutes = say_minutes(
            sum(left_out.minutes for left_out in hours.not_counted if left_out.rule == id)
        )
        title = rule.failed.capitalize() if rule else id
        return Listing(title, f"{minutes} not counted", Filter(rule=id, enrolment=mine))
    minutes = say_minutes(hours.untagged_minutes)
    return Listing("Without a KSB", f"{minutes} logged", Filter(untagged=True, enrolment=mine))


class EntryList(Modal[None]):
    """Entries of one filter, newest first; ↵ opens one."""

    title_text = "Entries"
    question: ClassVar[str] = "Which entries are behind this figure?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command(
            "entries.open",
            "enter",
            "open",
            "Open the entry",
            when=lambda screen: bool(screen._entries),
        ),
        Command("app.back", "escape", "back", "Go back", action="leave"),
    ]
    CSS_PATH = Path(__file__).with_name("entry_list.tcss")

    def __init__(self, listing: Listing) -> None:
        super().__init__()
        self.listing = listing
        self._entries: dict[str, Entry] = {}
        self._seen = -1

    def body(self) -> ComposeResult:
        yield LongRows(columns=Columns(lead=8, tags=10, figure=11, tags_from=64), classes="tall")
        yield Detail(focusable=False)

    def on_mount(self) -> None:
        self.shell.journal_changed.subscribe(self, lambda _: self.sync())
        self.sync()
        self.query_one(LongRows).focus()

    def on_screen_resume(self) -> None:
        self.sync()

    def sync(self) -> None:
        if self.journal.revision == self._seen or not self.is_current:
            return
        self._seen = self.journal.revision
        total = self.journal.entries.find(self.listing.wanted, limit=0).total
        count = number_of(total, "entry", "entries")
        self.query_one(TitleBar).show(self.listing.title, self.listing.about, count)
        self._entries.clear()
        self.query_one(LongRows).show([Group("", "", total)] if total else [], self._fetch)
        self._show_entry()

    def _fetch(self, offset: int, limit: int) -> Sequence[Row]:
        entries = self.journal.entries.find(self.listing.wanted, limit, offset).entries
        self._entries |= {entry.id: entry for entry in entries}
        return [self._row(entry) for entry in entries]

    def _row(self, entry: Entry) -> Row:
        counts = not self.journal.entries.failed(entry)
        more = len(entry.ksbs) - TAGS_SHOWN
        tags = " ".join(entry.ksbs[:TAGS_SHOWN]) + (f" +{more}" if more > 0 else "")
        return Row(
            entry.id,
            entry.title,
            say_minutes(entry.minutes),
            line_day(entry.day),
            "" if counts else NOT_COUNTED,
            tags,
            muted=not counts,
            badge=badge_of(entry),
        )

    @on(LongRows.Highlighted)
    def _show_entry(self) -> None:
        key = self.query_one(LongRows).key
        entry = self._entries.get(key or "")
        detail = self.query_one(Detail)
        if entry is None:
            detail.show([("There are no entries here any more. esc goes back.", MUTED)])
            return
        detail.show(*self._blocks(entry))

    def _blocks(self, entry: Entry) -> list[Block]:
        rules = self.journal.entries.course_of(entry).rules
        failed = self.journal.entries.failed(entry)
        rule = rules.rule(failed[0]) if failed else None
        kind = rules.type(entry.type)
        verdict: Line = [("counts", DONE)]
        if failed:
            verdict = [
                (f"{NOT_COUNTED} does not count: {rule.failed if rule else failed[0]}", OWED)
            ]
        facts = [
            span_text(entry.first_day, entry.day) if entry.first_day else long_day(entry.day),
            (kind.label if kind else entry.type).lower(),
        ]
        facts += [f"module {entry.module}"] if entry.module else []
        facts += [" ".join(entry.ksbs)] if entry.ksbs else ["no KSB"]
        facts += [PRIVATE] if entry.private else []
        blocks: list[Block] = [Pair([(entry.title, BOLD)], verdict), [(" · ".join(facts), MUTED)]]
        if rule is not None:
            ask = "" if rule.settled else " Ask your tutor."
            blocks.append([(f"{rule.text}{ask}", PLAIN)])
        elif entry.verified:
            seen = f"{VERIFIED} verified by {entry.verified.by}, {line_day(entry.verified.day)}"
            blocks.append([(seen, MUTED)])
        blocks.append(" ".join((entry.learned or entry.notes).split()))
        return blocks

    # Keys

    @on(LongRows.Chosen)
    def _choose(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        # deferred: the form is loaded when it opens
        from ksbtui.screens.entry.form import EntryForm

        key = self.query_one(LongRows).key
        if key is not None:
            self.app.push_screen(EntryForm(key))


class EntryChooser(EntryList):
    """Entries of one filter, newest first; ↵ takes one or lets it go, esc hands them over."""

    title_text = "Choose entries"
    question: ClassVar[str] = "Which entries show it?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command(
            "entries.open",
            "enter,space",
            "choose",
            "Choose the entry, or remove it",
            display="↵",
            when=lambda screen: bool(screen._entries),
        ),
        Command("app.back", "escape", "done", "Go back with your choice", action="leave"),
    ]

    def __init__(
        self, listing: Listing, chosen: Iterable[str], then: Callable[[tuple[str, ...]], None]
    ) -> None:
        super().__init__(listing)
        self._chosen = dict.fromkeys(chosen)
        self._then = then

    def body(self) -> ComposeResult:
        columns = Columns(lead=12, tags=10, figure=11, tags_from=64)
        yield LongRows(columns=columns, classes="tall")
        yield Detail(focusable=False)

    def _row(self, entry: Entry) -> Row:
        row = super()._row(entry)
        box = CHOSEN_BOX if entry.id in self._chosen else FREE_BOX
        return replace(row, lead=f"{box} {row.lead}", muted=False)

    def action_open(self) -> None:
        rows = self.query_one(LongRows)
        if (key := rows.key) is None:
            return
        if key in self._chosen:
            del self._chosen[key]
        else:
            self._chosen[key] = None
        self._seen = -1
        self.sync()

    def action_leave(self) -> None:
        self._then(tuple(self._chosen))
        self.dismiss(None)

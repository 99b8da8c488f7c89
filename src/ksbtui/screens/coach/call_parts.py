"""The parts of a coaching call, one for each item of the agenda."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from ksbtui.core.coaching.calls import AGENDA
from ksbtui.core.days import line_day
from ksbtui.core.text.text import number_of
from ksbtui.presentation import coaching as words
from ksbtui.presentation.parts import Row
from ksbtui.widgets.charts.strips import Bar
from ksbtui.widgets.lists.listing import Columns
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.blocks import Detail, RichText, Section
from ksbtui.widgets.text.drawing import is_small
from ksbtui.widgets.text.session import FigureRow

if TYPE_CHECKING:
    from ksbtui.core.coaching.calls import Underway
    from ksbtui.core.entry.entries import Entry
    from ksbtui.journal.journal import Journal

TALK = next(place for place, item in enumerate(AGENDA) if item.id == "reflections")
ACTIONS = next(place for place, item in enumerate(AGENDA) if item.id == "actions")
CARE = next(place for place, item in enumerate(AGENDA) if item.id == "wellbeing")

AGREED_AND_EARLIER = ("Agreed in this call", "Earlier")
TALL = 44
"""Rows of a terminal from which a call names all that moved, or nearly."""


class Part(Container):
    """One item's main area; ``fill`` shows the journal as it is now."""

    def __init__(self, name: str) -> None:
        super().__init__(id=name, classes="part")

    def fill(self, journal: Journal, call: Underway) -> None:
        """Show it."""

    def enter(self) -> None:
        """Take the cursor; where there is nothing to choose, nothing has it."""
        self.screen.set_focus(next((rows for rows in self.query(Rows) if rows.count), None))


class SincePart(Part):
    """What changed since the last call: four figures, the bar, moves and actions."""

    def compose(self) -> ComposeResult:
        yield FigureRow()
        yield Bar()
        yield Section("Last time", id="last-head")
        yield RichText(id="last")
        with Container(classes="columns"):
            with Container(classes="main"):
                yield Section("Moved", id="moved-head")
                yield RichText(id="moved")
            with Container(classes="main"):
                yield Section("Actions", id="earlier-head")
                yield RichText(id="earlier")
                yield Section("Watch", classes="apart", id="watch-head")
                yield RichText(id="watch")

    def fill(self, journal: Journal, call: Underway) -> None:
        changed = journal.calls.since()
        most = 4 if is_small(self) else 16 if self.screen.size.height >= TALL else 8
        last = self._show_last(journal)
        if is_small(self) and last:
            most -= 1
        self.query_one(FigureRow).show(words.figures(changed))
        self.query_one(Bar).show(words.bar(changed))
        self.query_one("#moved-head", Section).show("Moved", number_of(len(changed.moved), "KSB"))
        self.query_one("#moved", RichText).show(*words.moved(changed, most))
        late = f"{len(changed.overdue)} overdue" if changed.overdue else ""
        self.query_one("#earlier-head", Section).show("Actions", late)
        self.query_one("#earlier", RichText).show(*words.earlier(changed, most - 1))
        self.query_one("#watch", RichText).show(*words.watch(journal.calls.alerts(), 3))

    def _show_last(self, journal: Journal) -> bool:
        """Show what the last call left to do, if it left anything; tells whether it did."""
        last, coverage = journal.calls.last_held, journal.progress.view.coverage
        blocks = []
        if last is not None:
            ksbs = [ksb for code in last.ksbs if (ksb := coverage.ksb(code))]
            asked = journal.verifying.questions(public=True)
            blocks = words.last_time(last, ksbs, asked, brief=is_small(self))
            head = self.query_one("#last-head", Section)
            head.show("Last time", f"{line_day(last.day)} with {last.tutor}")
        for name in ("#last-head", "#last"):
            self.query_one(name).display = bool(blocks)
        self.query_one("#last", RichText).show(*blocks)
        return bool(blocks)


class TalkPart(Part):
    """Entries since the last call, to talk about, verify or question."""

    def compose(self) -> ComposeResult:
        yield Rows(id="entries")
        yield Detail(id="entry", focusable=False)

    def fill(self, journal: Journal, call: Underway) -> None:
        self._journal = journal
        changed = journal.calls.since()
        self._entries = {entry.id: entry for entry in words.entries_of(changed)}
        rows = self.query_one("#entries", Rows)
        rows.show(words.entry_rows(changed, journal.verifying.questions(public=True)))
        self._show_entry()

    @property
    def entry(self) -> Entry | None:
        return self._entries.get(self.query_one("#entries", Rows).key or "")

    def go_on(self) -> None:
        self.query_one("#entries", Rows).action_step(1)

    @on(Rows.Highlighted)
    def _show_entry(self) -> None:
        entry, detail = self.entry, self.query_one("#entry", Detail)
        if entry is None:
            detail.show("No new entries since the last call.")
        else:
            detail.show(*words.entry_detail(entry, self._journal.verifying.questions(entry.id)))


class GapsPart(Part):
    """Gaps by need, to pick what to work on next."""

    def compose(self) -> ComposeResult:
        yield Section("Gaps", id="gaps-head")
        yield Rows(id="gaps-rows", columns=Columns(tags=10, figure=8))
        yield RichText(id="gap")

    def fill(self, journal: Journal, call: Underway) -> None:
        coverage = journal.progress.view.coverage
        gaps = [ksb for ksb in coverage.by_need() if ksb.gap]
        self._ksbs = {ksb.code: ksb for ksb in gaps}
        picked = f"{len(call.ksbs)} picked" if call.ksbs else f"{len(gaps)} of {coverage.total}"
        self.query_one("#gaps-head", Section).show("Gaps, most urgent first", picked)
        self.query_one("#gaps-rows", Rows).show(words.gap_rows(gaps, call.ksbs))
        self._show_gap()

    @on(Rows.Highlighted)
    def _show_gap(self) -> None:
        ksb = self._ksbs.get(self.query_one("#gaps-rows", Rows).key or "")
        paper = self.query_one("#gap", RichText)
        paper.show(*(words.gap_detail(ksb) if ksb else ["No gaps. You have shown every KSB."]))


class ActionsPart(Part):
    """Actions: those open, those done since, those agreed now."""

    def compose(self) -> ComposeResult:
        yield Section("Actions", "↵ changes one, k ticks it off", id="actions-head")
        yield Rows(id="actions-rows")

    def fill(self, journal: Journal, call: Underway) -> None:
        changed = journal.calls.since()
        own = [action for action in journal.actions.of(call.id)]
        others = [action for action in (*changed.open, *changed.done) if action not in own]
        late = f"{len(changed.overdue)} overdue" if changed.overdue else ""
        self.query_one("#actions-head", Section).show("Actions", late)
        rows = words.action_rows(others, changed.until)
        if own:
            heads = [Row(f"head-{n}", t, heading=True) for n, t in enumerate(AGREED_AND_EARLIER)]
            rows = [
                heads[0],
                *words.action_rows(own, changed.until),
                *(heads[1:] if rows else ()),
                *rows,
            ]
        self.query_one("#actions-rows", Rows).show(rows)


class CarePart(Part):
    """Wellbeing and support: questions to ask, nothing on record unless noted."""

    def compose(self) -> ComposeResult:
        yield RichText(*words.WELLBEING)


class SumPart(Part):
    """What will be kept."""

    def compose(self) -> ComposeResult:
        yield Section("Sum up", "x ends the call and shows the summary")
        yield RichText(id="sum")
        yield Section("Agreed in this call", classes="apart")
        yield RichText(id="sum-agreed")

    def fill(self, journal: Journal, call: Underway) -> None:
        actions = journal.actions.of(call.id)
        asked = [
            question
            for question in journal.verifying.questions(all=True)
            if question.source == call.id
        ]
        verified = [
            entry
            for entry in journal.calls.since().verified
            if entry.verified and entry.verified.day == call.day
        ]
        self.query_one("#sum", RichText).show(*words.sum_up(call, verified, asked))
        self.query_one("#sum-agreed", RichText).show(*words.agreed(actions))


PARTS = (SincePart, TalkPart, GapsPart, ActionsPart, CarePart, SumPart)
"""In the order of the agenda."""

"""Today: am I on course? Its figures, the next steps, and an old reflection to look back on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from ksbtui.core.days import full_day, short_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.programme.standards import KSB_TYPES
from ksbtui.presentation import today as words
from ksbtui.presentation.parts import MUTED, Row
from ksbtui.screens.shell.keys import TIMER, WEEK
from ksbtui.screens.shell.page import Page, fit
from ksbtui.screens.today.ways import Ways
from ksbtui.widgets.charts.strips import Bar, KsbLines, Months
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.lists.listing import Columns
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.blocks import Headline, RichText, Section
from ksbtui.widgets.text.drawing import is_small

if TYPE_CHECKING:
    from datetime import date

    from textual.geometry import Size

    from ksbtui.core.entry.revisit import Offer
    from ksbtui.journal.progress.progress import View


def look_back(offer: Offer) -> Row:
    """An old reflection to come back to, as the last of the steps."""
    from ksbtui.core.entry.revisit import MINUTES, QUESTION  # not before the first paint

    minutes = say_minutes(MINUTES)
    notes = (f'"{offer.quote}"',)
    return Row(
        "revisit",
        f"{offer.ago} you wrote this. {QUESTION}",
        minutes,
        notes=notes,
        note_figure=" ".join(offer.entry.ksbs[:4]),
        figure_style=MUTED,
    )


RECENT_MOST, RECENT_LEAST = 20, 3
ROWS_ABOVE_RECENT, ROWS_ABOVE_RECENT_SMALL = 23, 17
"""Lines of the terminal that recent entries and the steps leave to everything else."""

FRESH_SECONDS = 1.0


class Today(Page):
    """The first page: hours against plan, the next step, and what needs the learner."""

    question = "Am I on course?"
    first_focus = "#steps"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("app.add", "a", "add", "Log an activity"),
        Command("today.open", "enter", "open", "Open what is under the cursor"),
        WEEK,
        TIMER,
    ]
    _all_alerts = False
    """Whether every alert is listed, not only the first ones."""
    _fresh = ""
    _size_shown: Size | None = None

    def __init__(self) -> None:
        super().__init__()
        self._ways = Ways(self)
        self._offered: tuple[tuple[int, date] | None, Offer | None] = (None, None)

    def body(self) -> ComposeResult:
        yield Headline()
        yield Bar(id="hours")
        yield Months()
        with Container(classes="columns"):
            with Container(classes="main"):
                yield Section("Next best step", id="steps-head")
                yield Rows(roomy=True, id="steps")
                yield Section("Recent", classes="apart", id="recent-head")
                yield Rows(columns=Columns(lead=8, figure=8), id="recent")
                yield RichText(id="counts")
            with Container(classes="side"):
                yield Section("Coverage", id="coverage-head")
                yield KsbLines()
                yield Section("Now", classes="apart", id="module-head")
                yield RichText(id="module")
                yield Bar(id="module-hours")
                yield Section("Needs you", classes="apart", id="needs-head")
                yield Rows(id="needs")

    def on_resize(self, event: events.Resize) -> None:
        fit(self)
        if self._size_shown not in (None, self.app.size) and self.is_current:
            self.refresh_page()

    def refresh_page(self) -> None:
        view: View = self.journal.progress.view
        self._size_shown = self.app.size
        day = view.as_at
        self.query_one(Headline).show(
            *words.number(view), words.sentences(view), f"{short_day(day)[:3]} {full_day(day)}"
        )
        self.query_one("#hours", Bar).show(words.bar(view))
        self.query_one(Months).show(words.strip(view))
        self._show_main(view)
        self._show_coverage(view)
        self._show_module(view)
        self._show_needs(view)

    def _show_main(self, view: View) -> None:
        """Steps and recent entries; before the first entry, how to begin and what counts."""
        roomy = not is_small(self)
        entries = self.journal.entries.find(limit=RECENT_MOST, count=False).entries
        empty = not entries
        self.query_one("#recent").display = not empty
        self.query_one("#counts").display = empty
        first, recent = self.query_one("#steps", Rows), self.query_one("#recent", Rows)
        head, below = (
            self.query_one("#steps-head", Section),
            self.query_one("#recent-head", Section),
        )
        if empty:
            head.show("Your first entry")
            first.show(words.first_steps(view, roomy=roomy))
            below.show("What counts")
            self.query_one("#counts", RichText).show(*words.what_counts(view))
            return
        steps = words.steps(view, 3 if roomy else 2, roomy=roomy)
        if roomy:
            steps = self._with_offer(steps)
        head.show("Next best steps")
        first.show(steps)
        below.show("Recent", words.entries_total(view))
        room = self.app.size.height - first.height_in_lines
        room -= ROWS_ABOVE_RECENT if roomy else ROWS_ABOVE_RECENT_SMALL
        failed = self.journal.entries.failed
        recent.show(
            [
                words.entry_row(entry, bool(failed(entry)), entry.id == self._fresh)
                for entry in entries[: max(RECENT_LEAST, room)]
            ]
        )

    def _with_offer(self, steps: list[Row]) -> list[Row]:
        """The steps, the last an old reflection to come back to; looked for after the paint."""
        at = (self.journal.revision, self.journal.as_at)
        if at != self._offered[0]:
            self.call_after_refresh(self._look_for_offer, at)
        offer = self._offered[1]
        if offer is None:
            return steps

        return [*steps[:2], look_back(offer)]

    def _look_for_offer(self, at: tuple[int, date]) -> None:
        before, offer = self._offered[1], self.journal.revisits.offer()
        self._offered = (at, offer)
        if offer != before and self.is_current:
            self.refresh_page()

    def _show_coverage(self, view: View) -> None:
        coverage = view.coverage
        self.query_one("#coverage-head", Section).show(
            "Coverage", f"{coverage.covered} of {coverage.total}"
        )
        types = [(letter, coverage.of_type(letter)) for letter in KSB_TYPES]
        self.query_one(KsbLines).show(
            [
                (letter, [ksb.state for ksb in ksbs], f"{sum(k.covered for k in ksbs)}/{len(ksbs)}")
                for letter, ksbs in types
                if ksbs
            ]
        )

    def _show_module(self, view: View) -> None:
        """The module now with its hours: a bar where there is room, else one line."""
        module, modules = view.timeline.module, view.timeline.modules
        small = is_small(self)
        for name in ("#module-head", "#module"):
            self.query_one(name).display = module is not None
        self.query_one("#module-hours").display = module is not None and not small
        if module is None:
            return
        total = f"module {module.number} of {len(modules)}"
        self.query_one("#module-head", Section).show("Now", total)
        paper, bar = self.query_one("#module", RichText), self.query_one("#module-hours", Bar)
        paper.show(words.module_line(module) if small else module.title)
        bar.show(words.module_bar(view, module))

    def _show_needs(self, view: View) -> None:
        asked = self.journal.verifying.questions()
        rows = words.needs(view, asked, every=self._all_alerts)
        coming = [] if rows else words.coming(view)
        head = self.query_one("#needs-head", Section)
        head.show(*(("Needs you", words.needs_total(view, asked)) if rows else ("Coming up",)))
        head.display = bool(rows or coming)
        self.query_one("#needs", Rows).show(rows or coming)

    # Opening

    def action_open(self) -> None:
        focused = self.focused
        if isinstance(focused, Rows):
            focused.action_choose()

    @on(Rows.Chosen, "#recent")
    async def _open_entry(self, event: Rows.Chosen) -> None:
        await self._ways.show_entry(event.key)

    @on(Rows.Chosen, "#steps")
    async def _take_step(self, event: Rows.Chosen) -> None:
        await self._ways.take_step(event.key)

    @on(Rows.Chosen, "#needs")
    async def _answer(self, event: Rows.Chosen) -> None:
        if event.key == "more":
            self._all_alerts = True
            self._show_needs(self.journal.progress.view)
        else:
            await self._ways.answer(event.key)

    def entry_saved(self, id: str | None) -> None:
        if id is None:
            return
        self._fresh = id
        self.refresh_page()
        self.set_timer(FRESH_SECONDS, self._settle)

    def _settle(self) -> None:
        self._fresh = ""
        if self.is_current:
            self.refresh_page()

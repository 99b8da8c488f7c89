"""Today, the first place, answers whether you are on course."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from ksbtui.core.days import full_day, short_day
from ksbtui.core.programme.standards import KSB_TYPES
from ksbtui.presentation import today as words
from ksbtui.screens.shell.keys import TIMER, WEEK
from ksbtui.screens.shell.page import Page
from ksbtui.screens.shell.shell import ShowsEntries, fit
from ksbtui.widgets.charts.bar import Bar
from ksbtui.widgets.charts.months import Months
from ksbtui.widgets.frame.command import Command
from ksbtui.widgets.frame.section import Section
from ksbtui.widgets.lists.ksb_line import KsbLines
from ksbtui.widgets.lists.row import Columns
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.detail import RichText
from ksbtui.widgets.text.headline import Headline

if TYPE_CHECKING:
    from textual.geometry import Size

    from ksbtui.journal.progress.progress import View

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
    _fresh = ""
    _size_shown: Size | None = None

    def body(self) -> ComposeResult:
        """Give number, bar and strip over two columns."""
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
        """Say more or less, as there is room."""
        fit(self)
        if self._size_shown not in (None, self.app.size) and self.is_current:
            self.refresh_page()

    def refresh_page(self) -> None:
        """Fill the page from the present view."""
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
        roomy = not (self.has_class("-narrow") or self.has_class("-short"))
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
            first.show(words.first_steps(roomy=roomy))
            below.show("What counts")
            self.query_one("#counts", RichText).show(*words.what_counts(view))
            return
        steps = words.steps(view, 3 if roomy else 2, roomy=roomy)
        if roomy and (offer := self.journal.revisits.offer()):
            steps = [*steps[:2], words.look_back(offer)]
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

    def _show_coverage(self, view: View) -> None:
        found = view.coverage
        self.query_one("#coverage-head", Section).show(
            "Coverage", f"{found.covered} of {found.total}"
        )
        types = [(letter, found.of_type(letter)) for letter in KSB_TYPES]
        self.query_one(KsbLines).show(
            [
                (letter, [one.state for one in ksbs], f"{sum(k.covered for k in ksbs)}/{len(ksbs)}")
                for letter, ksbs in types
                if ksbs
            ]
        )

    def _show_module(self, view: View) -> None:
        """The module now with its hours: a bar where there is room, else one line."""
        module, modules = view.timeline.module, view.timeline.modules
        small = self.has_class("-narrow") or self.has_class("-short")
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
        """Open what is under the cursor."""
        focused = self.focused
        if isinstance(focused, Rows):
            focused.action_choose()

    @on(Rows.Chosen, "#recent")
    async def _open_entry(self, event: Rows.Chosen) -> None:
        """Show the entry in the Journal, where it stands."""
        await self._show_entry(event.key)

    async def _show_entry(self, id: str, text: str = "") -> None:
        await self._visit("Journal", text)
        if isinstance(self.app.screen, ShowsEntries):
            self.app.screen.show_entry(id)

    @on(Rows.Chosen, "#steps")
    async def _take_step(self, event: Rows.Chosen) -> None:
        """Start what the step asks for: a draft, an entry, a new entry already tagged."""
        if event.key == "add":
            self._add()
            return
        if event.key == "revisit":
            self._revisit()
            return
        step = self.journal.progress.view.next_steps[int(event.key)]
        if step.kind == "draft":
            self._open_draft(step.entry)
        elif step.kind == "submit":
            self._copy_over()
        elif step.kind == "untagged":
            self._tag()
        elif step.entry:
            self._edit(step.entry)
        elif step.kind == "action":
            await self._visit("Coach", step.why)
        else:
            self._add({"ksbs": " ".join(step.ksbs)} if step.ksbs else None)

    @on(Rows.Chosen, "#needs")
    async def _answer(self, event: Rows.Chosen) -> None:
        """Go where what needs the learner can be seen to."""
        kind, _, rest = event.key.partition(":")
        view: View = self.journal.progress.view
        if kind == "more":
            self._all_alerts = True
            self._show_needs(view)
        elif kind == "draft":
            self._open_draft(rest)
        elif kind == "alert":
            id, _, number = rest.rpartition(":")
            alerts = [one for one in view.alerts if one.id not in words.SAID_ABOVE]
            await self._visit(words.PLACE_OF_ALERT.get(id, ""), alerts[int(number)].text)
        elif kind == "asked":
            await self._show_entry(rest, "q answers it.")
        elif kind == "submit":
            self._copy_over()
        else:
            await self._visit("Timeline" if kind == "coming" else "Coach")

    def _add(self, preset: dict[str, str] | None = None) -> None:
        from ksbtui.screens.entry.form import EntryForm

        self.app.push_screen(EntryForm(preset=preset), self.entry_saved)

    def _revisit(self) -> None:
        """Write what one would do now, linked with the old reflection once it is saved."""
        from ksbtui.screens.entry.form import EntryForm

        offer = self.journal.revisits.offer()
        if offer is None:
            return

        def saved(id: str | None) -> None:
            if id is not None:
                self.journal.revisits.link(offer.entry.id, id)
            self.entry_saved(id)

        form = EntryForm(preset=self.journal.revisits.preset(offer.entry))
        self.app.push_screen(form, saved)
        self.shell.say(f"{offer.text} What would you do now?")

    def _edit(self, id: str) -> None:
        from ksbtui.screens.entry.form import EntryForm

        self.app.push_screen(EntryForm(id), self.entry_saved)

    def _copy_over(self) -> None:
        from ksbtui.screens.entry.copy_walk import CopyWalk

        self.app.push_screen(CopyWalk())

    def _tag(self) -> None:
        from ksbtui.screens.entry.untagged_walk import UntaggedWalk

        self.app.push_screen(UntaggedWalk())

    def _open_draft(self, key: str) -> None:
        """Take a draft up again."""
        from ksbtui.screens.entry.form import EntryForm

        id = key.partition(":")[2]
        if id.startswith("new"):
            self.app.push_screen(EntryForm(draft=key), self.entry_saved)
        else:
            self._edit(id)

    async def _visit(self, name: str, text: str = "") -> None:
        """Go to a place by name, if there is one, and say why."""
        place = next((one for one in self.shell.places if one.name == name), None)
        if place:
            await self.app.switch_mode(place.key)
        if text:
            self.shell.say(text)

    def entry_saved(self, id: str | None) -> None:
        """Show a saved entry in bold for a second."""
        if id is None:
            return
        self._fresh = id
        self.refresh_page()
        self.set_timer(FRESH_SECONDS, self._settle)

    def _settle(self) -> None:
        self._fresh = ""
        if self.is_current:
            self.refresh_page()

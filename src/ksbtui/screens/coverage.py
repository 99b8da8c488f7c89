"""Coverage: what have I not shown? The map of every KSB, and what is known of the one in hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.timer import Timer

from ksbtui.core.coverage import Coverage, Group, KsbState
from ksbtui.core.plan import ModuleDays
from ksbtui.core.standards import TYPE_NAMES, code_key
from ksbtui.journal.entries import Filter
from ksbtui.screens.coverage_words import (
    About,
    Found,
    group_blocks,
    headline,
    legend_lines,
    marks_of,
    narrow_blocks,
    wide_blocks,
)
from ksbtui.screens.page import Page
from ksbtui.screens.sifting import ALL, Sift, by_need, filter_rows, group_rows, sifted
from ksbtui.store.seeds import duty_names
from ksbtui.widgets.choose import Choose
from ksbtui.widgets.coverage_groups import CoverageGroups, GroupRow
from ksbtui.widgets.coverage_map import Block, CoverageMap, Tile
from ksbtui.widgets.detail import Paper
from ksbtui.widgets.drawing import Drawing
from ksbtui.widgets.ink import BOLD, MUTED, Line
from ksbtui.widgets.listing import Listing
from ksbtui.widgets.pane import Pane

if TYPE_CHECKING:
    from ksbtui.journal.nearness import Earlier, NearEntry, Nearness

MOST_ENTRIES = 5
REST_SECONDS = 0.15
"""From the last move to what has to be looked up in the entries."""


class Legend(Drawing):
    """The rungs and marks of the map, counted."""

    def __init__(self, *, id: str, marks: bool) -> None:
        super().__init__(id=id)
        self._coverage: Coverage | None = None
        self._marks = marks

    def show(self, coverage: Coverage) -> None:
        """Set what is counted."""
        self._coverage = coverage
        self.redraw()

    def draw(self, width: int) -> list[Line]:
        """Draw one line, or two with the marks."""
        return legend_lines(self._coverage, width, self._marks) if self._coverage else []


class CoverageScreen(Page):
    """Place 4."""

    CSS_PATH = "coverage.tcss"
    question: ClassVar[str] = "What have I not shown yet?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,down,left,right", "nothing", "move", key_display="arrows", tooltip="Move"),
        Binding("enter", "nothing", "open", tooltip="Its entries; of a duty, its KSBs"),
        Binding("a", "add_tagged", "add", tooltip="Log an entry tagged with it"),
        Binding("f", "filter", "filter", tooltip="Show only gaps, stale ones, a duty …"),
        Binding("g", "group", "group", tooltip="By duty or outcome, and back to the map"),
        Binding("s", "sort", "sort", tooltip="By need, and back to the order of codes"),
        Binding("space", "more", "more", show=False, tooltip="Scroll the panel"),
        Binding("escape", "all", show=False, tooltip="Show all again; then go back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._sift = Sift()
        self._resting: Timer | None = None
        self._nearness: Nearness | None = None
        self._earlier: Earlier | None = None
        self._found: tuple[str, Found] = ("", Found())
        self._named: tuple[str, dict[int, str]] = ("", {})

    def body(self) -> ComposeResult:
        """Give the map, the rows by duty, the panel and the legend."""
        with Container(id="left"):
            yield Paper(None)
            yield CoverageMap()
            yield CoverageGroups()
            yield Legend(id="legend", marks=True)
        yield Pane(id="panel")
        yield Legend(id="foot", marks=False)

    # Filling

    @property
    def coverage(self) -> Coverage:
        """Where every KSB stands."""
        coverage: Coverage = self.journal.standing.view.coverage
        return coverage

    @property
    def duties(self) -> bool:
        """Whether this standard has duties; a unit has outcomes."""
        return bool(self.coverage.duties)

    @property
    def _module(self) -> ModuleDays | None:
        """The module running today."""
        view = self.journal.standing.view
        found: ModuleDays | None = view.plan.module_on(view.as_at)
        return found

    @property
    def _groups(self) -> tuple[Group, ...]:
        return self.coverage.duties or self.coverage.outcomes

    @property
    def _names(self) -> dict[int, str]:
        """Short names of the duties, where we wrote some."""
        ref = self.coverage.standard if self.duties else ""
        if self._named[0] != ref:
            self._named = (ref, duty_names(ref))
        return self._named[1]

    def refresh_page(self) -> None:
        """Fill the map from the journal; the cursor stays, and starts on the greatest need."""
        coverage = self.coverage
        self._found, self._earlier, self._nearness = ("", Found()), None, None
        tiles = self.query_one(CoverageMap)
        first = coverage.by_need()[0].code if coverage.ksbs and tiles.code is None else None
        self._draw(first)
        for legend in self.query(Legend):
            legend.show(coverage)
        if self.focused is None:
            tiles.focus()

    def _draw(self, at: str | None = None) -> None:
        """Draw map or rows under the filter and order in force."""
        coverage, tiles = self.coverage, self.query_one(CoverageMap)
        grouped = self._sift.grouped and bool(self._groups)
        self.set_class(grouped, "-groups")
        shown = self._shown()
        head = headline(coverage)
        if self._sift.what != ALL:
            head = [(f"{self._sift.label}  ", BOLD), (f"{len(shown)} of {coverage.total}", BOLD)]
            head.append(("   esc shows all", MUTED))
        elif grouped:
            head = [*head[:2], (f", by {'duty' if self.duties else 'outcome'}", MUTED)]
        self.query_one("#left Paper", Paper).show(head)
        if grouped:
            rows = [self._group_row(group) for group in self._groups]
            self.query_one(CoverageGroups).set_groups(rows)
        if tiles.code not in shown and shown:
            at = at or min(shown, key=code_key)
        tiles.show(self._blocks(coverage, shown), at)
        self._show_panel()

    def _shown(self) -> frozenset[str]:
        return sifted(self.coverage, self._module, self._sift)

    def _blocks(self, coverage: Coverage, shown: frozenset[str]) -> list[Block]:
        if self._sift.by_need:
            return [
                Block(label, str(len(ksbs)), tuple(_tile(ksb, shown) for ksb in ksbs))
                for label, ksbs in by_need(coverage)
            ]
        blocks = []
        for type, name in TYPE_NAMES.items():
            if ksbs := coverage.of_type(type):
                covered = sum(ksb.covered for ksb in ksbs)
                tiles = tuple(_tile(ksb, shown) for ksb in ksbs)
                blocks.append(Block(name, f"{covered} of {len(ksbs)}", tiles))
        return blocks

    def _group_row(self, group: Group) -> GroupRow:
        states = tuple(ksb.state for ksb in self.coverage.ksbs if ksb.code in group.ksbs)
        figure = f"{group.covered}/{group.total}" if group.total else ""
        name = self._names.get(group.number) or group.function or group.text
        return GroupRow(group.number, name, states, figure, group.note)

    # The panel

    @on(CoverageMap.Moved)
    @on(Listing.Highlighted)
    def _show_panel(self) -> None:
        """Say what is known of the KSB or duty in hand; look the rest up once the keys rest."""
        pane = self.query_one(Pane)
        if self.has_class("-groups"):
            number = self.query_one(CoverageGroups).key
            narrow = self.has_class("-narrow")
            for group in self._groups:
                if str(group.number) == number:
                    words = group_blocks(group, self.coverage, duty=self.duties, narrow=narrow)
                    pane.show(*words)
            return
        ksb = self._ksb()
        if ksb is None:
            pane.show(None)
            return
        self._say(ksb)
        if self._found[0] != ksb.code:
            if self._resting:
                self._resting.stop()
            self._resting = self.set_timer(REST_SECONDS, lambda: self._look_up(ksb))

    def _ksb(self) -> KsbState | None:
        """The KSB under the cursor."""
        code = self.query_one(CoverageMap).code
        return self.coverage.ksb(code) if code else None

    def _say(self, ksb: KsbState, keep_place: bool = False) -> None:
        coverage, view = self.coverage, self.journal.standing.view
        about = About(
            ksb,
            duties=tuple(one for one in coverage.duties if one.number in ksb.duties),
            names=self._names,
            outcomes=tuple(one for one in coverage.outcomes if one.number in ksb.outcomes),
            modules=tuple(one for one in view.plan.modules if ksb.code in one.ksbs),
            as_at=view.as_at,
            empty=all(one.state == "none" for one in coverage.ksbs),
            adds=self._adds,
            found=self._found[1] if self._found[0] == ksb.code else Found(),
        )
        narrow = self.has_class("-narrow")
        blocks = narrow_blocks(about) if narrow else wide_blocks(about)
        self.query_one(Pane).show(*blocks, keep_place=keep_place)

    def _look_up(self, ksb: KsbState) -> None:
        """Look up its newest entries and, for a gap, entries that come close in words."""
        elsewhere = ksb.code != self.query_one(CoverageMap).code or self.has_class("-groups")
        if elsewhere or not self.is_current:
            return
        from ksbtui.journal.nearness import Earlier, newest_texts

        journal = self.journal
        entries: tuple[tuple[str, date], ...] = ()
        if ksb.entries:
            listed = journal.entries.find(self._filter_of(ksb), limit=MOST_ENTRIES).entries
            entries = tuple((entry.title, entry.day) for entry in listed)
        if self._earlier is None:
            self._earlier = Earlier(journal)
        self._found = (ksb.code, Found(entries, nearest=self._earlier.nearest(ksb.code)))
        if ksb.gap and self._nearness is None:
            self._read_nearness(newest_texts(journal))
        self._add_close(ksb)
        self._say(ksb, keep_place=True)

    def _add_close(self, ksb: KsbState) -> None:
        if ksb.gap and self._nearness:
            near = self._nearness.near(ksb.code, f"{ksb.statement} {ksb.plain}")
            close = tuple((one.title, one.day) for one in near)
            self._found = (ksb.code, replace(self._found[1], close=close))

    @work(thread=True, exclusive=True, group="nearness", exit_on_error=False)
    def _read_nearness(self, entries: tuple[NearEntry, ...]) -> None:
        """Weigh the newest entries' words, away from the keys."""
        from ksbtui.journal.nearness import Nearness

        nearness = Nearness(entries)
        self.app.call_from_thread(self._have_nearness, self._seen, nearness)

    def _have_nearness(self, seen: tuple[object, ...], nearness: Nearness) -> None:
        if seen != self._seen:
            return
        self._nearness = nearness
        ksb = self._ksb()
        if ksb is not None and self._found[0] == ksb.code and not self.has_class("-groups"):
            self._add_close(ksb)
            self._say(ksb, keep_place=True)

    def _filter_of(self, ksb: KsbState) -> Filter:
        return Filter(ksb=ksb.code, enrolment=self.journal.enrolled.enrolment.id)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Open each key only where it means something."""
        if action == "add_tagged":
            return self._adds
        if action == "group":
            return self.journal.course is not None and bool(self._groups)
        return super().check_action(action, parameters)

    @property
    def _adds(self) -> bool:
        return self.app.check_action("add", ()) is True

    def action_nothing(self) -> None:
        """Arrows and enter belong to the map; here they are only named."""

    def action_add_tagged(self) -> None:
        """Log an entry tagged with the KSB in hand."""
        from ksbtui.screens.entry_form import EntryForm

        ksb = None if self.has_class("-groups") else self._ksb()
        self.app.push_screen(EntryForm(preset={"ksbs": ksb.code} if ksb else {}))

    def action_sort(self) -> None:
        """Order the tiles by need, or by code again."""
        self._change(replace(self._sift, by_need=not self._sift.by_need, grouped=False))

    def action_group(self) -> None:
        """Show rows by duty or outcome, or the map again."""
        self._change(replace(self._sift, grouped=not self._sift.grouped))

    def action_filter(self) -> None:
        """Ask which tiles to keep bright."""
        rows = filter_rows(self.coverage, self._module)
        self.app.push_screen(Choose("Show", rows, at=self._sift.what or "all"), self._filter_by)

    def _filter_by(self, what: str | None) -> None:
        if what is None:
            return
        if what not in ("duty", "outcome"):
            self._change(replace(self._sift, what=ALL if what == "all" else what, grouped=False))
            return
        title = f"Which {what}?"
        self.app.push_screen(
            Choose(title, group_rows(self._groups, self._names)),
            lambda key: self._keep_group(int(key)) if key else None,
        )

    def _keep_group(self, number: int) -> None:
        what = "duty" if self.duties else "outcome"
        self._change(Sift(what, number, self._sift.by_need))

    @on(CoverageMap.Chosen)
    def _open_entries(self, event: CoverageMap.Chosen) -> None:
        """List the entries tagged with a KSB."""
        from ksbtui.screens.entry_list import EntryList, Listing

        ksb = self.coverage.ksb(event.code)
        if ksb is None or not ksb.entries:
            self.shell.say(f"No entry is tagged with {event.code} yet.")
            return
        title = f"{ksb.code}  {ksb.name}"
        self.app.push_screen(EntryList(Listing(title, ksb.state, self._filter_of(ksb))))

    @on(CoverageGroups.Chosen)
    def _open_group(self, event: CoverageGroups.Chosen) -> None:
        """Go to the map with the KSBs of a duty or outcome kept bright."""
        group = next(one for one in self._groups if str(one.number) == event.key)
        if group.total:
            self._keep_group(group.number)

    def action_all(self) -> None:
        """Show everything again: first the map, then all of it, then go back."""
        if self._sift.grouped:
            self.action_group()
        elif self._sift.what != ALL:
            self._change(replace(self._sift, what=ALL))
        else:
            self.run_worker(self.app.run_action("app.back"))

    def action_more(self) -> None:
        """Scroll the panel a page; from its end back to its beginning."""
        pane = self.query_one(Pane)
        if pane.scroll_offset.y >= pane.max_scroll_y:
            pane.scroll_home(animate=False)
        else:
            pane.scroll_page_down(animate=False)

    def jump(self, code: str) -> None:
        """Show one KSB: the command palette's way in."""
        self._sift = replace(self._sift, what=ALL, grouped=False)
        self._draw(code)
        self.query_one(CoverageMap).focus()

    def _change(self, sift: Sift) -> None:
        """Put another filter, order or view in force."""
        self._sift = sift
        self._draw()
        shown = CoverageGroups if self.has_class("-groups") else CoverageMap
        self.query_one(shown).focus()
        self.refresh_bindings()


def _tile(ksb: KsbState, shown: frozenset[str]) -> Tile:
    return Tile(ksb.code, ksb.state, marks_of(ksb), ksb.gap, ksb.code not in shown)

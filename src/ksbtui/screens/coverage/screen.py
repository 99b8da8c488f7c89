"""Coverage: what have I not shown? The map of every KSB, and what is known of the one in hand."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from ksbtui.core.coverage.coverage import Coverage, Group, KsbState
from ksbtui.core.programme.plan import ModuleDays
from ksbtui.core.programme.standards import TYPE_NAMES, code_key
from ksbtui.presentation.coverage import (
    headline,
    legend_lines,
    marks_of,
)
from ksbtui.screens.coverage.filtering import ALL, Sift, by_need, filter_rows, group_rows, sifted
from ksbtui.screens.coverage.panel import CoveragePanel
from ksbtui.widgets.charts.coverage_map import Block, CoverageMap, Tile
from ksbtui.widgets.forms.choose import Choose
from ksbtui.widgets.frame.command import Command
from ksbtui.widgets.lists.coverage_groups import CoverageGroups, GroupRow
from ksbtui.widgets.text.detail import RichText
from ksbtui.widgets.text.drawing import Drawing
from ksbtui.widgets.text.pane import Pane
from ksbtui.widgets.text.styles import BOLD, MUTED, Line


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


class CoverageScreen(CoveragePanel):
    """Place 4."""

    CSS_PATH = "coverage.tcss"
    question: ClassVar[str] = "What have I not shown yet?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("", "up,down,left,right", "move", "Move", action="nothing", display="arrows"),
        Command(
            "map.choose", "enter", "open", "Its entries; of a duty, its KSBs", action="nothing"
        ),
        Command(
            "app.add",
            "a",
            "add",
            "Log an entry tagged with it",
            action="add_tagged",
            when=lambda screen: screen._adds,
        ),
        Command("coverage.filter", "f", "filter", "Show only gaps, stale ones, a duty …"),
        Command(
            "coverage.group",
            "g",
            "group",
            "By duty or outcome, and back to the map",
            when=lambda screen: screen.journal.course is not None and bool(screen._groups),
        ),
        Command("coverage.sort", "s", "sort", "By need, and back to the order of codes"),
        Command("coverage.more", "space", "", "Scroll the panel"),
        Command("app.back", "escape", "", "Show all again; then go back", action="all"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._sift = Sift()

    def body(self) -> ComposeResult:
        """Give the map, the rows by duty, the panel and the legend."""
        with Container(id="left"):
            yield RichText(None)
            yield CoverageMap()
            yield CoverageGroups()
            yield Legend(id="legend", marks=True)
        yield Pane(id="panel")
        yield Legend(id="foot", marks=False)

    # Filling

    @property
    def _module(self) -> ModuleDays | None:
        """The module running today."""
        view = self.journal.progress.view
        found: ModuleDays | None = view.plan.module_on(view.as_at)
        return found

    def refresh_page(self) -> None:
        """Fill the map from the journal; the cursor stays, and starts on the greatest need."""
        coverage = self.coverage
        self.forget()
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
        self.query_one("#left RichText", RichText).show(head)
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

    # Keys

    def action_nothing(self) -> None:
        """Arrows and enter belong to the map; here they are only named."""

    def action_add_tagged(self) -> None:
        """Log an entry tagged with the KSB in hand."""
        from ksbtui.screens.entry.form import EntryForm

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
        from ksbtui.screens.entry.entry_list import EntryList, Listing

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

    def show_ksb(self, code: str) -> None:
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

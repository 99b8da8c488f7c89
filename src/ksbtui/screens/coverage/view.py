"""The left part of Coverage: the map, or rows by duty or outcome, under a filter and an order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message

from ksbtui.core.coverage.coverage import Coverage, Group, KsbState, need
from ksbtui.core.programme.plan import ModuleDays
from ksbtui.core.programme.standards import TYPE_NAMES, code_key
from ksbtui.presentation.coverage import headline, legend_lines, marks_of
from ksbtui.presentation.parts import BOLD, MUTED, Line, Row
from ksbtui.screens.coverage.panel import group_names
from ksbtui.widgets.charts.coverage_map import Block, CoverageMap, Tile
from ksbtui.widgets.forms.dialogs import Choose
from ksbtui.widgets.lists.coverage_groups import CoverageGroups, GroupRow
from ksbtui.widgets.text.blocks import RichText
from ksbtui.widgets.text.drawing import Drawing

if TYPE_CHECKING:
    from ksbtui.journal.progress.progress import View


ALL = ""
NEED_LABELS = ("Fragile gaps", "Other gaps", "To evidence", "Stale", "The rest")
"""The blocks of the order by need; :func:`ksbtui.core.coverage.coverage.need` numbers them."""
LABELS = {
    "gaps": "Gaps",
    "to-evidence": "To evidence",
    "stale": "Stale",
    "fragile": "Fragile",
    "module": "This module",
}
WORDS = {
    "gaps": "no entry, or none that says what you learned",
    "to-evidence": "only a file or link is missing",
    "stale": "no entry for over 90 days",
    "fragile": "only one duty leads to them",
}


@dataclass(frozen=True, slots=True)
class Sift:
    """``what`` is a filter of :data:`ksbtui.core.coverage.coverage.FILTERS` or empty for all.

    ``number`` names the duty or outcome; ``by_need`` is the order, else by code; ``grouped``
    shows rows by duty or outcome in place of the map.
    """

    what: str = ALL
    number: int = 0
    by_need: bool = False
    grouped: bool = False

    @property
    def label(self) -> str:
        return LABELS.get(self.what, f"{self.what.capitalize()} {self.number}")


def sifted(coverage: Coverage, module: ModuleDays | None, sift: Sift) -> frozenset[str]:
    """The codes that pass the filter."""
    if sift.what == ALL:
        return frozenset(ksb.code for ksb in coverage.ksbs)
    codes = module.ksbs if module else ()
    return frozenset(coverage.select(sift.what, sift.number, codes))


def filter_rows(coverage: Coverage, module: ModuleDays | None) -> list[Row]:
    """The filters on offer, each with how many KSBs pass it; those none passes are left out."""
    rows = [Row(ALL or "all", "All", str(coverage.total))]
    for what, label in LABELS.items():
        count = len(sifted(coverage, module, Sift(what)))
        notes = (WORDS[what],) if what in WORDS else ()
        if what == "module" and module:
            notes = (f"{module.number} {module.title}",)
        if count:
            rows.append(Row(what, label, str(count), notes=notes))
    group = "duty" if coverage.duties else "outcome"
    if coverage.duties or coverage.outcomes:
        rows.append(Row(group, f"One {group} …"))
    return rows


def group_rows(groups: Sequence[Group], names: Mapping[int, str]) -> list[Row]:
    """The duties or outcomes to choose one from; those without KSBs are left out.

    ``names`` are short names by number, where some were written.
    """
    return [
        Row(
            str(group.number),
            names.get(group.number) or group.function or group.text,
            f"{group.covered}/{group.total}",
            lead=f"{group.number:>2}  ",
        )
        for group in groups
        if group.total
    ]


def by_need(coverage: Coverage) -> Iterator[tuple[str, tuple[KsbState, ...]]]:
    """The KSBs in blocks by need, empty blocks left out."""
    for number, label in enumerate(NEED_LABELS):
        if ksbs := tuple(ksb for ksb in coverage.by_need() if need(ksb) == number):
            yield label, ksbs


class Legend(Drawing):
    """The rungs and marks of the map, counted."""

    def __init__(self, *, id: str, marks: bool) -> None:
        super().__init__(id=id)
        self._coverage: Coverage | None = None
        self._marks = marks

    def show(self, coverage: Coverage) -> None:
        self._coverage = coverage
        self.redraw()

    def draw(self, width: int) -> list[Line]:
        return legend_lines(self._coverage, width, self._marks) if self._coverage else []


class CoverageView(Container):
    """Draws what the screen's journal holds; a filter, order or grouping is its own."""

    class Changed(Message):
        """Another filter, order or grouping is in force."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sift = Sift()

    def compose(self) -> ComposeResult:
        yield RichText(None)
        yield CoverageMap()
        yield CoverageGroups()
        yield Legend(id="legend", marks=True)

    @property
    def _view(self) -> View:
        screen: Any = self.screen
        view: View = screen.journal.progress.view
        return view

    @property
    def coverage(self) -> Coverage:
        return self._view.coverage

    @property
    def groups(self) -> tuple[Group, ...]:
        return self.coverage.duties or self.coverage.outcomes

    @property
    def _module(self) -> ModuleDays | None:
        return self._view.plan.module_on(self._view.as_at)

    @property
    def in_hand(self) -> KsbState | Group | None:
        """The KSB under the cursor, or the duty or outcome where those are listed."""
        if not self.screen.has_class("-groups"):
            code = self.query_one(CoverageMap).code
            return self.coverage.ksb(code) if code else None
        number = self.query_one(CoverageGroups).key
        return next((group for group in self.groups if str(group.number) == number), None)

    def draw(self, at: str | None = None) -> None:
        """Draw map or rows; the cursor stays, and starts on the greatest need."""
        coverage, tiles = self.coverage, self.query_one(CoverageMap)
        if coverage.ksbs and tiles.code is None:
            at = at or coverage.by_need()[0].code
        grouped = self._sift.grouped and bool(self.groups)
        self.screen.set_class(grouped, "-groups")
        shown = sifted(coverage, self._module, self._sift)
        self.query_one(RichText).show(self._headline(coverage, len(shown), grouped))
        if grouped:
            rows = [_group_row(group, coverage) for group in self.groups]
            self.query_one(CoverageGroups).set_groups(rows)
        if tiles.code not in shown and shown:
            at = at or min(shown, key=code_key)
        tiles.show(_blocks(coverage, shown, self._sift), at)

    def _headline(self, coverage: Coverage, shown: int, grouped: bool) -> Line:
        head = headline(coverage)
        if self._sift.what != ALL:
            return [
                (f"{self._sift.label}  ", BOLD),
                (f"{shown} of {coverage.total}", BOLD),
                ("   esc shows all", MUTED),
            ]
        if grouped:
            return [*head[:2], (f", by {'duty' if coverage.duties else 'outcome'}", MUTED)]
        return head

    def show_ksb(self, code: str) -> None:
        self._sift = replace(self._sift, what=ALL, grouped=False)
        self.draw(code)
        self.query_one(CoverageMap).focus()
        self.post_message(self.Changed())

    def sort(self) -> None:
        self._change(replace(self._sift, by_need=not self._sift.by_need, grouped=False))

    def group(self) -> None:
        self._change(replace(self._sift, grouped=not self._sift.grouped))

    def filter(self) -> None:
        rows = filter_rows(self.coverage, self._module)
        self.app.push_screen(Choose("Show", rows, at=self._sift.what or "all"), self._filter_by)

    def _filter_by(self, what: str | None) -> None:
        if what is None:
            return
        if what not in ("duty", "outcome"):
            self._change(replace(self._sift, what=ALL if what == "all" else what, grouped=False))
            return
        self.app.push_screen(
            Choose(f"Which {what}?", group_rows(self.groups, group_names(self.coverage))),
            lambda key: self._keep_group(int(key)) if key else None,
        )

    def _keep_group(self, number: int) -> None:
        what = "duty" if self.coverage.duties else "outcome"
        self._change(Sift(what, number, self._sift.by_need))

    @on(CoverageGroups.Chosen)
    def _open_group(self, event: CoverageGroups.Chosen) -> None:
        group = next(candidate for candidate in self.groups if str(candidate.number) == event.key)
        if group.total:
            self._keep_group(group.number)

    def widen(self) -> bool:
        """Show the map again, or all of it; tell whether there was anything to undo."""
        if self._sift.grouped:
            self.group()
        elif self._sift.what != ALL:
            self._change(replace(self._sift, what=ALL))
        else:
            return False
        return True

    def _change(self, sift: Sift) -> None:
        self._sift = sift
        self.draw()
        shown = CoverageGroups if self.screen.has_class("-groups") else CoverageMap
        self.query_one(shown).focus()
        self.post_message(self.Changed())


def _tile(ksb: KsbState, shown: frozenset[str]) -> Tile:
    return Tile(ksb.code, ksb.state, marks_of(ksb), ksb.gap, ksb.code not in shown)


def _blocks(coverage: Coverage, shown: frozenset[str], sift: Sift) -> list[Block]:
    if sift.by_need:
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


def _group_row(group: Group, coverage: Coverage) -> GroupRow:
    states = tuple(ksb.state for ksb in coverage.ksbs if ksb.code in group.ksbs)
    figure = f"{group.covered}/{group.total}" if group.total else ""
    name = group_names(coverage).get(group.number) or group.function or group.text
    return GroupRow(group.number, name, states, figure, group.note)

"""What Coverage says of the KSB or duty in hand: at once what is kept, then what is looked up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from textual import on, work
from textual.timer import Timer

from ksbtui.core.coverage.coverage import Coverage, Group, KsbState
from ksbtui.journal.entry.entries import Filter
from ksbtui.presentation.coverage import About, Found, group_blocks, narrow_blocks, wide_blocks
from ksbtui.presentation.entries import named
from ksbtui.screens.shell.page import Page
from ksbtui.store.seed.seeds import duty_names
from ksbtui.widgets.charts.coverage_map import CoverageMap
from ksbtui.widgets.lists.coverage_groups import CoverageGroups
from ksbtui.widgets.lists.listing import Listing
from ksbtui.widgets.text.pane import Pane

if TYPE_CHECKING:
    from ksbtui.journal.progress.nearness import Earlier, NearEntry, Nearness

MOST_ENTRIES = 5
REST_SECONDS = 0.15
"""From the last move to what has to be looked up in the entries."""


class CoveragePanel(Page):
    """The base of Coverage: its panel. The map and its filters are the screen's own."""

    def __init__(self) -> None:
        super().__init__()
        self._resting: Timer | None = None
        self._nearness: Nearness | None = None
        self._nearness_before: Nearness | None = None
        self._earlier: Earlier | None = None
        self._found: tuple[str, Found] = ("", Found())
        self._named: tuple[str, dict[int, str]] = ("", {})

    def forget(self) -> None:
        """Forget what was looked up: the journal has changed."""
        self._found, self._earlier = ("", Found()), None
        self._nearness, self._nearness_before = None, self._nearness or self._nearness_before

    @property
    def coverage(self) -> Coverage:
        """Where every KSB stands."""
        coverage: Coverage = self.journal.progress.view.coverage
        return coverage

    @property
    def duties(self) -> bool:
        """Whether this standard has duties; a unit has outcomes."""
        return bool(self.coverage.duties)

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

    @property
    def _adds(self) -> bool:
        return self.app.check_action("add", ()) is True

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
        coverage, view = self.coverage, self.journal.progress.view
        about = About(
            ksb,
            duties=tuple(one for one in coverage.duties if one.number in ksb.duties),
            names=self._names,
            outcomes=tuple(one for one in coverage.outcomes if one.number in ksb.outcomes),
            modules=tuple(one for one in view.plan.modules if ksb.code in one.ksbs),
            as_at=view.as_at,
            empty=all(one.state == "none" for one in coverage.ksbs),
            adds=self._adds,
            ours=view.timeline.ours,
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
        from ksbtui.journal.progress.nearness import Earlier, newest_texts

        journal = self.journal
        entries: tuple[tuple[str, date], ...] = ()
        if ksb.entries:
            listed = journal.entries.find(self._filter_of(ksb), limit=MOST_ENTRIES).entries
            entries = tuple((named(entry), entry.day) for entry in listed)
        if self._earlier is None:
            self._earlier = Earlier(journal.context, journal.progress)
        self._found = (ksb.code, Found(entries, nearest=self._earlier.nearest(ksb.code)))
        if ksb.gap and self._nearness is None:
            self._read_nearness(newest_texts(journal.context), self._nearness_before)
        self._add_close(ksb)
        self._say(ksb, keep_place=True)

    def _add_close(self, ksb: KsbState) -> None:
        if ksb.gap and self._nearness:
            near = self._nearness.near(ksb.code, f"{ksb.statement} {ksb.plain}")
            close = tuple((one.title, one.day) for one in near)
            self._found = (ksb.code, replace(self._found[1], close=close))

    @work(thread=True, exclusive=True, group="nearness", exit_on_error=False, description="texts")
    def _read_nearness(self, entries: tuple[NearEntry, ...], before: Nearness | None) -> None:
        """Weigh the newest entries' words, away from the keys."""
        from ksbtui.journal.progress.nearness import Nearness

        nearness = Nearness(entries, before)
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

"""What Coverage says of the KSB or duty in hand: at once what is kept, then what is looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from textual import work
from textual.timer import Timer

from ksbtui.core.coverage.coverage import Coverage, Group, KsbState
from ksbtui.core.entry.entries import Filter
from ksbtui.presentation.coverage import About, Found, group_blocks, narrow_blocks, wide_blocks
from ksbtui.presentation.entries import named
from ksbtui.store.seed.seeds import duty_names
from ksbtui.widgets.text.pane import Pane

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal
    from ksbtui.journal.progress.nearness import Earlier, NearEntry, Nearness
    from ksbtui.journal.progress.progress import View

MOST_ENTRIES = 5
EASIEST = 5
"""KSBs that an empty map names to begin with."""
REST_SECONDS = 0.15
"""From the last move to what has to be looked up in the entries."""


def group_names(coverage: Coverage) -> Mapping[int, str]:
    """Short names of the duties, where we wrote some; outcomes have their function."""
    return _names(coverage.standard if coverage.duties else "")


@cache
def _names(ref: str) -> Mapping[int, str]:
    return duty_names(ref)


def entries_of(journal: Journal, ksb: KsbState) -> Filter:
    """The filter of the entries that are tagged with a KSB."""
    return Filter(ksb=ksb.code, enrolment=journal.enrolled.enrolment.id)


class KsbPanel(Pane):
    """The panel beside or below the map; it looks things up once the cursor rests."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._ksb: KsbState | None = None
        self._resting: Timer | None = None
        self._version = 0
        self._nearness: Nearness | None = None
        self._nearness_before: Nearness | None = None
        self._earlier: Earlier | None = None
        self._looked_up: tuple[str, Found] = ("", Found())

    def forget(self) -> None:
        """Forget what was looked up: the journal has changed."""
        self._version += 1
        self._looked_up, self._earlier = ("", Found()), None
        self._nearness, self._nearness_before = None, self._nearness or self._nearness_before

    def show_group(self, group: Group, coverage: Coverage) -> None:
        self._ksb = None
        narrow = self.screen.has_class("-narrow")
        self.show(*group_blocks(group, coverage, duty=bool(coverage.duties), narrow=narrow))

    def show_ksb(self, ksb: KsbState | None, *, moving: bool) -> None:
        """Say what is known of a KSB; of one on the way, look the rest up once the keys rest."""
        self._ksb = ksb
        if self._resting:
            self._resting.stop()
        if ksb is None:
            self.show(None)
        elif self._looked_up[0] == ksb.code:
            self._say(ksb)
        elif moving:
            self._say(ksb)
            self._resting = self.set_timer(REST_SECONDS, lambda: self._look_up(ksb))
        else:
            self._look_up(ksb)

    @property
    def _journal(self) -> Any:
        screen: Any = self.screen
        return screen.journal

    def _say(self, ksb: KsbState, keep_place: bool = False) -> None:
        view: View = self._journal.progress.view
        coverage = view.coverage
        empty = all(other.state == "none" for other in coverage.ksbs)
        about = About(
            ksb,
            duties=tuple(duty for duty in coverage.duties if duty.number in ksb.duties),
            names=group_names(coverage),
            outcomes=tuple(
                outcome for outcome in coverage.outcomes if outcome.number in ksb.outcomes
            ),
            modules=tuple(module for module in view.plan.modules if ksb.code in module.ksbs),
            as_at=view.as_at,
            empty=empty,
            easiest=easiest(view) if empty else (),
            adds=self.app.check_action("add", ()) is True,
            ours=view.timeline.ours,
            found=self._looked_up[1] if self._looked_up[0] == ksb.code else Found(),
        )
        narrow = self.screen.has_class("-narrow")
        blocks = narrow_blocks(about) if narrow else wide_blocks(about)
        self.show(*blocks, keep_place=keep_place)

    def _look_up(self, ksb: KsbState) -> None:
        if ksb != self._ksb or not self.screen.is_current:
            return
        # deferred: what is near is looked up once the cursor rests
        from ksbtui.journal.progress.nearness import Earlier, newest_texts

        journal = self._journal
        entries: tuple[tuple[str, date], ...] = ()
        if ksb.entries:
            listed = journal.entries.find(entries_of(journal, ksb), limit=MOST_ENTRIES).entries
            entries = tuple((named(entry), entry.day) for entry in listed)
        if self._earlier is None:
            self._earlier = Earlier(journal.context, journal.progress)
        self._looked_up = (ksb.code, Found(entries, nearest=self._earlier.nearest(ksb.code)))
        if ksb.gap and self._nearness is None:
            self._read_nearness(self._version, newest_texts(journal.context), self._nearness_before)
        self._add_close(ksb)
        self._say(ksb, keep_place=True)

    def _add_close(self, ksb: KsbState) -> None:
        if ksb.gap and self._nearness:
            near = self._nearness.near(ksb.code, f"{ksb.statement} {ksb.plain}")
            close = tuple((entry.title, entry.day) for entry in near)
            self._looked_up = (ksb.code, replace(self._looked_up[1], close=close))

    @work(thread=True, exclusive=True, group="nearness", exit_on_error=False, description="texts")
    def _read_nearness(
        self, version: int, entries: tuple[NearEntry, ...], before: Nearness | None
    ) -> None:
        """Weigh the newest entries' words, away from the keys."""
        from ksbtui.journal.progress.nearness import Nearness

        nearness = Nearness(entries, before)
        self.app.call_from_thread(self._have_nearness, version, nearness)

    def _have_nearness(self, version: int, nearness: Nearness) -> None:
        if version != self._version:
            return
        self._nearness = nearness
        if self._ksb is not None and self._looked_up[0] == self._ksb.code:
            self._add_close(self._ksb)
            self._say(self._ksb, keep_place=True)


def easiest(view: View) -> tuple[KsbState, ...]:
    """The five KSBs to begin with: those of this module, then what most duties lead to."""
    module = view.plan.module_on(view.as_at)
    here = module.ksbs if module else ()
    ksbs = view.coverage.ksbs
    order = sorted(ksbs, key=lambda ksb: (ksb.code not in here, -len(ksb.duties)))
    return tuple(order[:EASIEST])

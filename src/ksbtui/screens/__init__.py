"""The registry of screens: one line a place or form.

A number key, a tab, a palette entry and the help follow from the line. A screen's module
is imported when it is first visited.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.screen import Screen


@dataclass(frozen=True, slots=True)
class ScreenInfo:
    """A screen by name: ``key`` opens it, ``module`` and ``class_`` say where it lives."""

    key: str
    name: str
    module: str
    class_: str

    def open(self) -> Screen[Any]:
        screen: Screen[Any] = getattr(import_module(self.module), self.class_)()
        return screen


SCREENS: tuple[ScreenInfo, ...] = (
    ScreenInfo("1", "Today", "ksbtui.screens.today.screen", "Today"),
    ScreenInfo("2", "Journal", "ksbtui.screens.journal.screen", "JournalPage"),
    ScreenInfo("3", "Hours", "ksbtui.screens.hours.screen", "HoursPage"),
    ScreenInfo("4", "Coverage", "ksbtui.screens.coverage.screen", "CoverageScreen"),
    ScreenInfo("5", "Timeline", "ksbtui.screens.timeline.screen", "TimelinePage"),
    ScreenInfo("6", "Prepare", "ksbtui.screens.prepare.screen", "PreparePage"),
    ScreenInfo("7", "Coach", "ksbtui.screens.coach.screen", "CoachPage"),
)
"""The places of the tab bar in order; the first has key ``1`` and opens at start.

The first place's rules stand in ``ksbtui.tcss``; the others may have a ``CSS_PATH``.
"""

FORMS: tuple[ScreenInfo, ...] = (
    ScreenInfo("a", "Add", "ksbtui.screens.entry.form", "EntryForm"),
    ScreenInfo("setup", "Set up", "ksbtui.screens.setup.screen", "SetupScreen"),
    ScreenInfo("import", "Bring in", "ksbtui.screens.exchange.import_log", "ImportLog"),
    ScreenInfo("handover", "Hand over", "ksbtui.screens.exchange.hand_over", "HandOver"),
    ScreenInfo(
        "two", "Texts that differ on two devices", "ksbtui.screens.exchange.two_places", "TwoPlaces"
    ),
)
"""Forms that open over any place: ``a`` adds an entry, ``setup`` stands in until there is
a course."""

TOOLS: tuple[ScreenInfo, ...] = (
    ScreenInfo("", "Week walk", "ksbtui.screens.today.week_walk", "WeekWalk"),
    ScreenInfo("", "Not yet in your e-portfolio", "ksbtui.screens.entry.copy_walk", "CopyWalk"),
    ScreenInfo("", "Entries without a KSB", "ksbtui.screens.entry.untagged_walk", "UntaggedWalk"),
    ScreenInfo("", "Hand over, feedback", "ksbtui.screens.exchange.hand_over", "HandOver"),
    ScreenInfo(
        "", "Texts that differ on two devices", "ksbtui.screens.exchange.two_places", "TwoPlaces"
    ),
    ScreenInfo("", "Check evidence", "ksbtui.screens.journal.evidence_check", "EvidenceCheck"),
)
"""Sheets that the command palette opens from every place."""


def form(key: str) -> Screen[Any]:
    """Open a form of :data:`FORMS` by its key."""
    return next(info for info in FORMS if info.key == key).open()

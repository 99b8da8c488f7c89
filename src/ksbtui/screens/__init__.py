"""The registry of screens: one line a place or form.

A number key, a tab, a palette entry and the help follow from the line. A screen's module
is imported when it is first visited.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ksbtui.core.frozen import dataclass

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.screen import Screen


@dataclass(frozen=True, slots=True)
class Place:
    """A screen by name: ``key`` opens it, ``module`` and ``class_`` say where it lives."""

    key: str
    name: str
    module: str
    class_: str

    def open(self) -> Screen[Any]:
        """Import the screen's module and make the screen."""
        screen: Screen[Any] = getattr(import_module(self.module), self.class_)()
        return screen


PLACES: tuple[Place, ...] = (
    Place("1", "Today", "ksbtui.screens.today.screen", "Today"),
    Place("2", "Journal", "ksbtui.screens.journal.screen", "JournalPage"),
    Place("3", "Hours", "ksbtui.screens.hours.screen", "HoursPage"),
    Place("4", "Coverage", "ksbtui.screens.coverage.screen", "CoverageScreen"),
    Place("5", "Timeline", "ksbtui.screens.timeline.screen", "TimelinePage"),
    Place("6", "Prepare", "ksbtui.screens.prepare.screen", "PreparePage"),
    Place("7", "Coach", "ksbtui.screens.coach.screen", "CoachPage"),
)
"""The places of the tab bar in order; the first has key ``1`` and opens at start.

The first place's rules stand in ``ksbtui.tcss``; the others may have a ``CSS_PATH``.
"""

SHEETS: tuple[Place, ...] = (
    Place("a", "Add", "ksbtui.screens.entry.form", "EntryForm"),
    Place("setup", "Set up", "ksbtui.screens.setup.screen", "SetupScreen"),
    Place("import", "Bring in", "ksbtui.screens.exchange.import_log", "ImportLog"),
)
"""Forms that open over any place: ``a`` adds an entry, ``setup`` stands in until there is
a course."""

TOOLS: tuple[Place, ...] = (
    Place("", "Week walk", "ksbtui.screens.today.week_walk", "WeekWalk"),
    Place("", "Not yet in your e-portfolio", "ksbtui.screens.journal.copy_walk", "CopyWalk"),
    Place("", "Entries without a KSB", "ksbtui.screens.journal.untagged_walk", "UntaggedWalk"),
    Place("", "Check evidence", "ksbtui.screens.journal.evidence_check", "EvidenceCheck"),
)
"""Sheets that the command palette opens from every place."""


def ksb_commands() -> type[Provider]:
    """Import what the command palette finds beside commands."""
    from ksbtui.screens.shell.palette import KsbProvider

    return KsbProvider

"""The tutor's list as a program of its own: it ends with the learner who was chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ksbtui.journal.caseload.reading import Caseload
from ksbtui.screens.caseload.screen import CaseloadScreen
from ksbtui.screens.shell.base import ShellApp
from ksbtui.settings import Settings


@dataclass(frozen=True, slots=True)
class Chosen:
    """The learner to open, and whether to begin a call with them."""

    key: str
    path: str
    call: bool = False


class CaseloadApp(ShellApp):
    """Shows one caseload; ``chosen`` is whom to open next, None after leaving."""

    CSS_PATH = "../../ksbtui.tcss"

    def __init__(
        self, load: Callable[[], Caseload], first: Caseload, settings: Settings | None = None
    ) -> None:
        super().__init__(settings)
        self.load = load
        self.first = first
        self.places: tuple[Any, ...] = ()
        self.sheets: dict[str, Any] = {}
        self.chosen: Chosen | None = None
        self.at = ""
        """The row to begin at."""

    def on_mount(self) -> None:
        """Open the one screen."""
        self.push_screen(CaseloadScreen(self.load, self.first, self.at))

    def choose(self, key: str, path: str, call: bool) -> None:
        """End with a learner."""
        self.chosen = Chosen(key, path, call)
        self.exit(0)

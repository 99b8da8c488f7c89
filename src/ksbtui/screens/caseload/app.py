"""The tutor's list as a program of its own: it ends with the learner who was chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ksbtui.journal.caseload.reading import Caseload
from ksbtui.screens.caseload.screen import CaseloadScreen
from ksbtui.screens.shell.appearance import Appearance
from ksbtui.settings import Settings, load_settings


@dataclass(frozen=True, slots=True)
class Chosen:
    """The learner to open, and whether to begin a call with them."""

    key: str
    path: str
    call: bool = False


class CaseloadApp(Appearance):
    """Shows one caseload; ``chosen`` is whom to open next, None after leaving."""

    TITLE = "ksbtui"
    CSS_PATH = "../../ksbtui.tcss"

    def __init__(
        self, load: Callable[[], Caseload], first: Caseload, settings: Settings | None = None
    ) -> None:
        super().__init__()
        self.load = load
        self.first = first
        self.places: tuple[Any, ...] = ()
        self.sheets: dict[str, Any] = {}
        self.open_sheets: list[Any] = []
        self.keymap: Mapping[str, str] = {}
        self.chosen: Chosen | None = None
        self.at = ""
        """The row to begin at."""
        self.dress(settings or load_settings())

    def on_mount(self) -> None:
        """Open the one screen."""
        self.theme_changed_signal.subscribe(self, self.keep_theme)
        if self.settings.keys:  # looking through every screen is worth it only then
            from ksbtui.screens.shell.keymap import read_keymap

            self.keymap = read_keymap(self.settings.keys).keys
            self.set_keymap(self.keymap)
        self.push_screen(CaseloadScreen(self.load, self.first, self.at))

    def choose(self, key: str, path: str, call: bool) -> None:
        """End with a learner."""
        self.chosen = Chosen(key, path, call)
        self.exit(0)

    def action_show_help(self) -> None:
        """Say what the screen in view is for, and its keys."""
        from ksbtui.screens.shell.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

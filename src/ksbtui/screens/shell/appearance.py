"""How the app looks: theme and symbols, kept for the next time as they are chosen."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual.app import App

from ksbtui.settings import Settings, save_settings
from ksbtui.widgets.frame.symbols import PlainSymbols
from ksbtui.widgets.frame.theme import DARK, LIGHT, THEMES

if TYPE_CHECKING:
    from textual.theme import Theme


def _draws_symbols() -> bool:
    """Whether the terminal shows more than ASCII: not where it says so, nor on a bare console."""
    encoding = getattr(sys.__stdout__, "encoding", None) or "utf-8"
    return encoding.lower().startswith("utf") and os.environ.get("TERM") not in ("linux", "vt100")


class Appearance:
    """A part of the app. It is made before anything is styled."""

    filter = PlainSymbols()

    def __init__(self, app: Any, settings: Settings) -> None:
        """Put the chosen theme on; an unknown name falls back to the dark one."""
        self._app, self.settings = app, settings
        for theme in THEMES:
            app.register_theme(theme)
        chosen = settings.theme if settings.theme in app.available_themes else DARK
        app.set_reactive(App.theme, chosen)
        app.stylesheet.set_variables(app.get_css_variables())

    @property
    def plain(self) -> bool:
        """Whether symbols are written in ASCII."""
        return self.settings.ascii or not _draws_symbols()

    def keep_theme(self, theme: Theme) -> None:
        """Remember a theme that was chosen anywhere."""
        if theme.name != self.settings.theme:
            self._keep(theme=theme.name)

    def flip_theme(self) -> None:
        """Change between the dark and the light theme."""
        self._app.theme = LIGHT if self._app.current_theme.dark else DARK

    def flip_symbols(self) -> None:
        """Change between symbols and ASCII."""
        self._keep(ascii=not self.settings.ascii)
        for widget in self._app.screen.walk_children():
            widget.notify_style_update()
            widget.refresh(layout=True)

    def _keep(self, **choice: Any) -> None:
        """Save a choice; where that fails it holds for this run."""
        self.settings = replace(self.settings, **choice)
        with self._app.guarded():
            save_settings(self.settings)

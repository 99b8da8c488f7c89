"""The base of both programs, the journal's and the caseload's: looks, messages and keys."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.message import Message

from ksbtui.errors import KsbtuiError
from ksbtui.screens.shell.messages import Messages
from ksbtui.settings import Settings, load_settings, save_settings
from ksbtui.widgets.frame.looks import COMFORT, DARK, LIGHT, THEMES, PlainSymbols

if TYPE_CHECKING:
    from textual.filter import LineFilter
    from textual.screen import Screen
    from textual.theme import Theme


def _draws_symbols() -> bool:
    """Whether the terminal shows more than ASCII: not where it says so, nor on a bare console."""
    encoding = getattr(sys.__stdout__, "encoding", None) or "utf-8"
    return encoding.lower().startswith("utf") and os.environ.get("TERM") not in ("linux", "vt100")


COMFORT_CLASS = "-comfort"


class Appearance:
    """Theme and symbols, kept for the next time as they are chosen.

    It is made before anything is styled.
    """

    filter = PlainSymbols()

    def __init__(self, app: Any, settings: Settings) -> None:
        """Put the chosen theme on; an unknown name falls back to the dark one."""
        self._app, self.settings = app, settings
        for theme in THEMES:
            app.register_theme(theme)
        chosen = settings.theme if settings.theme in app.available_themes else DARK
        app.set_reactive(App.theme, self._shown(chosen))
        app.set_class(settings.comfort, COMFORT_CLASS)
        app.stylesheet.set_variables(app.get_css_variables())

    @property
    def plain(self) -> bool:
        return self.settings.ascii or not _draws_symbols()

    def keep_theme(self, theme: Theme) -> None:
        """Remember a theme that was chosen anywhere; the comfortable twin of one is that one."""
        name = next((own for own, twin in COMFORT.items() if twin == theme.name), theme.name)
        if name != self.settings.theme:
            self._keep(theme=name)

    def flip_theme(self) -> None:
        self._app.theme = self._shown(LIGHT if self._app.current_theme.dark else DARK)

    def flip_comfort(self) -> None:
        self._keep(comfort=not self.settings.comfort)
        own = self.settings.theme if self.settings.theme in COMFORT else DARK
        self._app.set_class(self.settings.comfort, COMFORT_CLASS)
        self._app.theme = self._shown(own if self.settings.comfort else self.settings.theme)
        self._app.refresh_css(animate=False)
        on = (
            "Full contrast, short lines, more space"
            if self.settings.comfort
            else "Back to the usual display"
        )
        self._app.say(f"{on}. f2 changes it.")

    def _shown(self, name: str) -> str:
        """The theme that is shown for one of our two: its twin where reading is comfortable."""
        return COMFORT.get(name, name) if self.settings.comfort else name

    def flip_symbols(self) -> None:
        self._keep(ascii=not self.settings.ascii)
        for widget in self._app.screen.walk_children():
            widget.notify_style_update()
            widget.refresh(layout=True)

    def _keep(self, **choice: Any) -> None:
        """Save a choice; where that fails it holds for this run."""
        self.settings = replace(self.settings, **choice)
        with self._app.guarded():
            save_settings(self.settings)


def _comfort(app: ShellApp) -> None:
    app.appearance.flip_comfort()


def _open_palette(app: ShellApp) -> None:
    """Open the palette, unless it is open."""
    # deferred: the palette, the help and the keymap are no part of the first paint
    from ksbtui.screens.shell.help import Palette

    if not isinstance(app.screen, Palette):
        app.push_screen(Palette())


PARSED_SHEETS = 512
"""Style sheets that are kept parsed: every widget and screen has one. Textual keeps 64."""


class StyleSheets(Stylesheet):
    """Every style sheet, parsed once.

    Textual parses all of them again for each screen that is made, and again when it is shown.
    """

    def __init__(self, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._parse_cache = LRUCache(PARSED_SHEETS)

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take the colours of a theme; what was parsed holds while they stay the same."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse what is new, or everything where the colours have changed."""
        self.parse()


def _read_sheet_of(app: ShellApp, screen: Screen[Any]) -> None:
    """Read a new screen's style sheet, and style no other screen for it.

    The new screen is styled as it comes into view. Textual would style the one in view
    twice before, and lay it out, only to leave it.
    """
    fresh = [path for path in screen.css_path if not app.stylesheet.has_source(str(path), "")]
    for path in fresh:
        app.stylesheet.read(path)
    if fresh:
        app.stylesheet.reparse()
    screen._css_update_count = app._css_update_count


class ShellApp(App[int]):
    """What every screen may ask of the program around it; a refusal is told, never raised."""

    TITLE = "ksbtui"
    action_comfort = _comfort
    action_command_palette = _open_palette
    _load_screen_css = _read_sheet_of

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        self.stylesheet = StyleSheets(self.get_css_variables())
        self.open_sheets: list[Any] = []
        self.keymap: Mapping[str, str] = {}
        self.messages = Messages(self)
        self.appearance = Appearance(self, settings or load_settings())

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, self.appearance.keep_theme)
        self.call_after_refresh(self._take_settings)

    @property
    def plain(self) -> bool:
        return self.appearance.plain

    def say(self, text: str) -> None:
        self.messages.say(text)

    def refuse(self, error: KsbtuiError) -> None:
        self.messages.refuse(error)

    def guarded(self) -> AbstractContextManager[None]:
        return self.messages.guarded()

    def _take_settings(self) -> None:
        """Take the user's own keys, and name what in the settings file is of no use."""
        settings = self.appearance.settings
        problems = settings.problems
        if settings.keys:  # looking through every screen is worth it only then
            from ksbtui.screens.shell.keymap import read_keymap

            keymap = read_keymap(settings.keys)
            self.keymap = keymap.keys
            self.set_keymap(keymap.keys)
            problems += keymap.problems
        if problems:
            more = f" {len(problems) - 1} more: ksbtui keys." if len(problems) > 1 else ""
            self.refuse(KsbtuiError(f"In your settings: {problems[0]}", more.strip()))

    async def run_action(
        self,
        action: Any,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        with self.guarded():
            return await super().run_action(action, default_namespace, namespaces)
        return True

    async def _dispatch_message(self, message: Message) -> None:
        with self.guarded():
            await super()._dispatch_message(message)

    def _handle_exception(self, error: Exception) -> None:
        """Tell a refusal that a widget let through; leave on any other fault."""
        if not self.messages.told_instead(error):
            super()._handle_exception(error)

    def action_show_help(self) -> None:
        from ksbtui.screens.shell.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def get_line_filters(self) -> list[LineFilter]:
        return [*super().get_line_filters(), *([self.appearance.filter] if self.plain else [])]

    def _refresh_notifications(self) -> None:
        """Show messages on their own line; Textual would lay them over the page."""
        self.messages.show()

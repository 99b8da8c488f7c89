"""The app around the screens: places, themes, one door for writes, and leaving safely."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.screen import Screen
from textual.signal import Signal

from ksbtui import screens
from ksbtui.errors import KsbtuiError
from ksbtui.screens import ScreenInfo
from ksbtui.screens.shell.appearance import Appearance
from ksbtui.screens.shell.keys import (
    APP_CONDITIONS,
    EVERYWHERE,
    PROGRAM,
    shown_key,
    usable_commands,
)
from ksbtui.screens.shell.leaving import Leaving
from ksbtui.screens.shell.modal import Modal
from ksbtui.screens.shell.upkeep import Upkeep
from ksbtui.settings import Settings, load_settings

if TYPE_CHECKING:
    from textual.command import Provider

    from ksbtui.journal.journal import Journal

POLL_SECONDS = 1.0


def ksb_commands() -> type[Provider]:
    """What the palette finds beside commands, imported when it is first opened."""
    from ksbtui.screens.shell.palette import KsbProvider

    return KsbProvider


class KsbtuiApp(Leaving, Appearance, Upkeep):
    """Shows one journal. Every write made by a screen is followed by `changed`."""

    TITLE = "ksbtui"
    CSS_PATH = "ksbtui.tcss"
    DEFAULT_MODE = "1"
    COMMANDS = App.COMMANDS | {ksb_commands}
    BINDINGS: ClassVar[list[BindingType]] = [*PROGRAM]

    def __init__(
        self,
        journal: Journal,
        settings: Settings | None = None,
        *,
        places: tuple[ScreenInfo, ...] | None = None,
        sheets: tuple[ScreenInfo, ...] | None = None,
        upkeep: bool = False,
    ) -> None:
        super().__init__()
        self.journal = journal
        self.places = screens.SCREENS if places is None else places
        self.sheets = {one.key: one for one in (screens.FORMS if sheets is None else sheets)}
        self.open_sheets: list[Modal[Any]] = []
        self.journal_changed: Signal[int] = Signal(self, "journal-changed")
        self._day = journal.as_at
        self.keymap: Mapping[str, str] = {}
        self._upkeep = upkeep
        for place in self.places:
            if place.key != self.DEFAULT_MODE:
                self.add_mode(place.key, place.open)
        self.dress(settings or load_settings())

    def get_default_screen(self) -> Screen[Any]:
        """Open the first place: Textual would parse all CSS twice for a mode of its own."""
        screen = self._first_place.open()
        for path in screen.css_path:  # which Textual reads for every screen but this one
            self.stylesheet.read(path)
        return screen

    @property
    def _first_place(self) -> ScreenInfo:
        """The place that opens at start."""
        first = (place for place in self.places if place.key == self.DEFAULT_MODE)
        return next(first, self.places[0])

    def on_mount(self) -> None:
        """Start the two things that run by themselves: the poll and the signal handlers."""
        self.add_mode(self.DEFAULT_MODE, self._first_place.open)
        self.set_interval(POLL_SECONDS, self._poll)
        self.theme_changed_signal.subscribe(self, self.keep_theme)
        self.listen_for_signals()
        if self._upkeep:
            self.start_upkeep()
        self._ask_for_course()
        self.call_after_refresh(self._take_settings)
        self.call_after_refresh(settle_memory)

    # What screens ask for

    def changed(self) -> None:
        """Say that a write has just been made: every screen in view redraws."""
        self._ask_for_course()
        self.journal_changed.publish(self.journal.revision)

    def _take_settings(self) -> None:
        """Take the user's own keys, and name what in the settings file is of no use."""
        problems = self.settings.problems
        if self.settings.keys:  # looking through every screen is worth it only then
            from ksbtui.screens.shell.keymap import read_keymap

            found = read_keymap(self.settings.keys)
            self.keymap = found.keys
            self.set_keymap(found.keys)
            problems += found.problems
        if problems:
            more = f" {len(problems) - 1} more: ksbtui keys." if len(problems) > 1 else ""
            self.refuse(KsbtuiError(f"In your settings: {problems[0]}", more.strip()))

    def _ask_for_course(self) -> None:
        """Open set-up where there is no course, at start or since it was undone."""
        form = self.sheets.get("setup")
        if form is None or self.journal.course is not None:
            return
        if not any(type(screen).__name__ == form.class_ for screen in self.screen_stack):
            self.push_screen(form.open())

    async def run_action(
        self,
        action: Any,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run what a key or the palette asks for; a refusal is told, never raised."""
        with self.guarded():
            return await super().run_action(action, default_namespace, namespaces)
        return True

    # Actions of every place

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what is not there: places, forms and searches without a screen."""
        when = APP_CONDITIONS.get((action, parameters))
        return super().check_action(action, parameters) if when is None else when(self)

    async def action_go(self, key: str) -> None:
        """Go to the place with this key."""
        await self.switch_mode(key)

    def action_add(self) -> None:
        """Open the entry form."""
        self.push_screen(self.sheets["a"].open())

    async def action_search(self) -> None:
        """Go to the Journal and search in it."""
        place = next(one for one in self.places if one.name == "Journal")
        await self.switch_mode(place.key)
        await self.screen.run_action("start_search")

    def action_undo(self) -> None:
        """Take the newest change back."""
        done = self.journal.undo()
        self.changed()
        self.say(f"Undone: {done.label}")

    def action_redo(self) -> None:
        """Put back what was undone last."""
        done = self.journal.redo()
        self.changed()
        self.say(f"Put back: {done.label}")

    def action_show_help(self) -> None:
        """Say what the screen in view is for, and its keys."""
        from ksbtui.screens.shell.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    async def action_back(self) -> None:
        """Go back: from a pushed screen to the one below, from a place to the first place."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        elif self.current_mode != self.DEFAULT_MODE:
            self.switch_mode(self.DEFAULT_MODE)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Offer this screen's keys, the places and the looks in the command palette."""
        commands = {one.key: one for one in (*EVERYWHERE[:4], *usable_commands(screen))}
        for command in commands.values():
            if command.help and (command.action[:4] != "app." or self._can(command.action[4:])):
                run = partial(self.run_action, command.action, screen)
                key = shown_key(command, self.keymap, self.plain)
                yield SystemCommand(command.help, f"key {key}", run)
        if not isinstance(screen, Modal):
            for place in self.places:
                run = partial(self.run_action, f"app.go('{place.key}')")
                yield SystemCommand(f"Go to {place.name}", f"key {place.key}", run)
            for tool in screens.TOOLS if self.journal.course is not None else ():
                yield SystemCommand(tool.name, "from any place", partial(self._open, tool))
        redo = partial(self.run_action, "app.redo", screen)
        yield SystemCommand("Redo", "put back what was undone last", redo)
        yield SystemCommand("Light or dark", "the two themes of ksbtui", self.action_flip_theme)
        yield SystemCommand("All themes", "choose from a list", self.action_change_theme)
        words = "symbols again" if self.plain else "for terminals that draw them badly"
        yield SystemCommand("Plain symbols", words, self.action_flip_symbols)
        yield SystemCommand("Leave", "what you typed is kept · ctrl+q", self.action_quit)

    def _open(self, sheet: ScreenInfo) -> None:
        """Open a sheet of the palette."""
        self.push_screen(sheet.open())

    def _can(self, action: str) -> bool:
        """Tell whether an action of the app is open now."""
        return self.check_action(action.split("(")[0], ()) is True

    def _poll(self) -> None:
        """Notice another terminal's writes, and midnight."""
        with self.guarded():
            day = self.journal.as_at
            if self.journal.poll() or day != self._day:
                self._day = day
                self.changed()


def settle_memory() -> None:
    """Collect garbage from now on: before the first paint there is none, only the cost."""
    gc.freeze()
    gc.enable()


def run_app(journal: Journal, place: str = "") -> int:
    """Show ``journal`` until the person leaves; gives the exit code.

    ``place`` is the key of the screen to go to first, if not the usual one.
    """
    gc.disable()
    app = KsbtuiApp(journal, upkeep=not journal.owner)  # another's journal is in memory alone
    if place:
        app.call_later(app.action_go, place)
    app.run()
    return app.return_code or 0

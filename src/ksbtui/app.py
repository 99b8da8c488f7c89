"""The app around the screens: places, themes, one door for writes, and leaving safely."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen
from textual.signal import Signal

from ksbtui import screens
from ksbtui.screens import ScreenInfo
from ksbtui.screens.shell.app_parts import Leaving, TimerKey, Upkeep
from ksbtui.screens.shell.base import ShellApp
from ksbtui.screens.shell.keys import APP_CONDITIONS, PROGRAM, undo_hint
from ksbtui.screens.shell.page import Page
from ksbtui.settings import Settings

if TYPE_CHECKING:
    from textual.command import Provider

    from ksbtui.journal.journal import Journal

POLL_SECONDS = 1.0
PATIENCE = 0.5
"""Seconds that a key waits for another program's write before it is refused."""


def ksb_commands() -> type[Provider]:
    """What the palette finds beside commands, imported when it is first opened."""
    # deferred: the palette, its help and the fault book are no part of the first paint
    from ksbtui.screens.shell.help import KsbProvider

    return KsbProvider


class KsbtuiApp(ShellApp):
    """Shows one journal. Every write made by a screen is followed by `changed`."""

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
        super().__init__(settings)
        self.journal = journal
        self.messages.explain = journal.refused
        self.places = screens.SCREENS if places is None else places
        self.sheets = {form.key: form for form in (screens.FORMS if sheets is None else sheets)}
        self.journal_changed: Signal[int] = Signal(self, "journal-changed")
        self._day = journal.as_at
        for place in self.places:
            if place.key != self.DEFAULT_MODE:
                self.add_mode(place.key, place.open)
        self.leaving = Leaving(self)
        self._timer_key = TimerKey(self, self.entry_saved)
        self._upkeep = Upkeep(self) if upkeep else None

    def get_default_screen(self) -> Screen[Any]:
        """Open the first place: Textual would parse all CSS twice for a mode of its own."""
        screen = self.places[0].open()
        self._load_screen_css(screen)  # as Textual does for every screen but this one
        return screen

    def on_mount(self) -> None:
        self.add_mode(self.DEFAULT_MODE, self.places[0].open)
        self.set_interval(POLL_SECONDS, self._poll)
        self.leaving.listen_for_signals()
        if self._upkeep is not None:
            self._upkeep.start()
        self._ask_for_course()
        self.call_after_refresh(settle_memory)

    # What screens ask for

    def changed(self, message: str = "", *, undo: bool = True) -> None:
        """Redraw every screen in view after a write, and say the message and the way back."""
        self._ask_for_course()
        self.journal_changed.publish(self.journal.revision)
        if message:
            self.say(f"{message} {undo_hint(self)}" if undo else message)

    def entry_saved(self, id: str | None) -> None:
        if isinstance(self.screen, Page):
            self.screen.entry_saved(id)

    def _ask_for_course(self) -> None:
        """Open set-up where there is no course, at start or since it was undone."""
        form = self.sheets.get("setup")
        if form is None or self.journal.course is not None:
            return
        if not any(type(screen).__name__ == form.class_ for screen in self.screen_stack):
            self.push_screen(form.open())

    # Actions of every place

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what is not there: places, forms and searches without a screen."""
        when = APP_CONDITIONS.get((action, parameters))
        return super().check_action(action, parameters) if when is None else when(self)

    async def action_go(self, key: str) -> None:
        await self.switch_mode(key)

    def action_add(self) -> None:
        self.push_screen(self.sheets["a"].open(), self.entry_saved)

    async def action_search(self) -> None:
        place = next(place for place in self.places if place.name == "Journal")
        await self.switch_mode(place.key)
        await self.screen.run_action("start_search")

    def action_timer(self) -> None:
        self._timer_key.press()

    def action_week(self) -> None:
        self.push_screen(next(tool for tool in screens.TOOLS if tool.name == "Week walk").open())

    async def action_quit(self) -> None:
        self.leaving.leave()

    def action_undo(self) -> None:
        done = self.journal.undo()
        self.changed(f"Undone: {self.journal.privacy.shown_label(done.label)}", undo=False)

    def action_redo(self) -> None:
        done = self.journal.redo()
        self.changed(f"Put back: {self.journal.privacy.shown_label(done.label)}", undo=False)

    async def action_back(self) -> None:
        if len(self.screen_stack) > 1:
            self.pop_screen()
        elif self.current_mode != self.DEFAULT_MODE:
            self.switch_mode(self.DEFAULT_MODE)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        from ksbtui.screens.shell.help import commands

        return commands(self, screen)

    def _fatal_error(self) -> None:
        """Leave without printing what the learner wrote, as Textual's traceback would."""
        from ksbtui.faults import note_fault

        with self.guarded():
            self.leaving.keep_drafts()
        self._exit_renderables.append(note_fault(self._exception))
        self._close_messages_no_wait()

    def _poll(self) -> None:
        """Notice another terminal's writes, and midnight."""
        with self.guarded():
            self._timer_key.look()
            day = self.journal.as_at
            free = self.messages.busy and self.journal.store.is_free()
            if self.journal.poll() or day != self._day or free:
                self._day, self.messages.busy = day, False
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
    journal.context.patience = PATIENCE
    app = KsbtuiApp(journal, upkeep=not journal.owner)  # another's journal is in memory alone
    if place:
        app.call_later(app.action_go, place)
    app.run()
    return app.return_code or 0

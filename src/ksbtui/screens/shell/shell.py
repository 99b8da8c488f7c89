"""What a screen may ask of the app around it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol, cast, runtime_checkable

from textual.message_pump import MessagePump

from ksbtui.widgets.frame.command import conditions_of

if TYPE_CHECKING:
    from textual.message import Message
    from textual.screen import Screen
    from textual.signal import Signal

    from ksbtui.errors import KsbtuiError
    from ksbtui.journal.journal import Journal
    from ksbtui.screens import ScreenInfo


class Shell(Protocol):
    """The app, as its screens see it."""

    journal: Journal
    journal_changed: Signal[int]
    places: tuple[ScreenInfo, ...]
    open_sheets: list[Any]
    plain: bool
    keymap: Mapping[str, str]

    def changed(self) -> None:
        """Say that a write has just been made: every screen in view redraws."""

    def say(self, text: str) -> None:
        """Tell one line in the past tense, for three seconds."""

    def refuse(self, error: KsbtuiError) -> None:
        """Tell why something was refused, and the way out."""

    def guarded(self) -> AbstractContextManager[None]:
        """Turn a refusal raised inside into a told one."""


@runtime_checkable
class ShowsEntries(Protocol):
    """A place that lists entries."""

    def show_entry(self, id: str) -> None:
        """Put the cursor on an entry."""


@runtime_checkable
class ShowsKsbs(Protocol):
    """A place that lists KSBs."""

    def show_ksb(self, code: str) -> None:
        """Put the cursor on a KSB."""


async def dispatch_guarded(screen: Any, message: Message) -> None:
    """Handle a message of a screen; a refusal is told, and the screen goes on.

    Textual ends the app on any exception that leaves a handler.
    """
    with screen.shell.guarded():
        await MessagePump._dispatch_message(screen, message)


class OnShell:
    """Mixed into every screen: the app with its type, and the journal.

    Not a `DOMNode`: Textual follows a class's first base of that kind for component styles
    and CSS, and would miss those of `Screen`.
    """

    if TYPE_CHECKING:
        app: Any

    _dispatch_message = dispatch_guarded

    @property
    def shell(self) -> Shell:
        """The app, typed."""
        shell: Shell = self.app
        return shell

    @property
    def journal(self) -> Journal:
        """The journal every screen reads and writes."""
        return self.shell.journal

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ask the command of this action whether it is open now."""
        when = conditions_of(cast(Any, type(self))).get((action, parameters))
        return when is None or when(self)


def fit(screen: Screen[Any]) -> None:
    """Set the classes -narrow (< 110 columns), -short (< 30 rows), -tiny (< 70×20)."""
    width, height = screen.app.size
    screen.set_class(width < 110, "-narrow")
    screen.set_class(height < 30, "-short")
    screen.set_class(width < 70 or height < 20, "-tiny")

"""What a screen may ask of the app around it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol, cast, runtime_checkable

from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.screen import Screen

from ksbtui.widgets.frame.footer import Hint, key_name

if TYPE_CHECKING:
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


class OnShell(DOMNode):
    """Mixed into every screen: the app with its type, the journal, and the size classes."""

    @property
    def shell(self) -> Shell:
        """The app, typed."""
        return cast(Shell, self.app)

    @property
    def journal(self) -> Journal:
        """The journal every screen reads and writes."""
        return self.shell.journal

    def fit(self) -> None:
        """Set the classes -narrow (< 110 columns), -short (< 30 rows), -tiny (< 70×20)."""
        width, height = self.app.size
        self.set_class(width < 110, "-narrow")
        self.set_class(height < 30, "-short")
        self.set_class(width < 70 or height < 20, "-tiny")


EVERYWHERE: tuple[Binding, ...] = (
    Binding("a", "app.add", "add", tooltip="Log an activity"),
    Binding("slash", "app.search", "search", tooltip="Search the journal"),
    Binding("u", "app.undo", "undo", tooltip="Take the last change back"),
    Binding("question_mark,f1", "app.show_help", "help", show=False, tooltip="Show the keys"),
    Binding("escape", "app.back", "back", show=False, tooltip="Go back"),
    *(
        Binding(str(number), f"app.go('{number}')", show=False, tooltip=f"Go to place {number}")
        for number in range(1, 8)
    ),
)
"""The keys that mean the same in every place."""


def own_bindings(screen: Screen[Any]) -> Iterator[Binding]:
    """Give the bindings a screen declares itself, as written, usable ones only."""
    active = screen.active_bindings
    declared: list[BindingType] = type(screen).__dict__.get("BINDINGS", [])
    for found in declared:
        binding = found if isinstance(found, Binding) else Binding(*found)
        usable = active.get(binding.key.split(",")[0].strip())
        if usable is None or not usable.enabled:
            continue
        # A key that the focused widget takes too is active even where the screen refuses it.
        if usable.node is screen or screen.check_action(binding.action, ()) is not False:
            yield binding


def shown_key(binding: Binding, plain: bool = False) -> str:
    """Give the key of ``binding`` as a person reads it; ``plain`` spells arrows out."""
    name = binding.key_display or " ".join(
        key_name(key.strip()) for key in binding.key.split(",")[:2]
    )
    return name.replace("↵", "enter") if plain else name


def footer_hints(screen: Screen[Any], tail: tuple[Binding, ...], plain: bool) -> list[Hint]:
    """Give the footer's keys: the screen's own in its order, then ``tail``, each once."""
    own = list(own_bindings(screen))
    taken = {key.strip() for binding in own for key in binding.key.split(",")}
    active = screen.active_bindings
    rest = [one for one in tail if one.key not in taken and one.key in active]
    return [
        (shown_key(binding, plain), binding.description)
        for binding in (*own, *rest)
        if binding.show and binding.description
    ]

"""Keys: each an action as data, and the footer that shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from textual.actions import parse
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.screen import Screen

from ksbtui.presentation.cells import width_of
from ksbtui.presentation.parts import BOLD, MUTED, PLAIN, Line
from ksbtui.widgets.text.drawing import WIDE, Drawing, spread

When = Callable[[Any], bool]
"""Given the screen (for ``app.`` actions the app): whether the action is open now."""


class Command(Binding):
    """A key of a screen or widget, written once in its ``BINDINGS``.

    ``id`` names it in the settings file (``journal.edit``) and gives the action: its last
    part, or the whole for an action of the app (``app.undo``). ``keys`` are Textual's names,
    by commas. ``label`` is the verb in the footer, where an empty one does not stand;
    ``help`` is the sentence in the help, the palette and the README.
    """

    when: When | None

    def __init__(
        self,
        id: str,
        keys: str,
        label: str = "",
        help: str = "",
        *,
        action: str = "",
        display: str | None = None,
        priority: bool = False,
        when: When | None = None,
    ) -> None:
        named = id if id.startswith("app.") else id.rpartition(".")[2]
        super().__init__(
            key=keys,
            action=action or named.replace("-", "_"),
            description=label,
            show=bool(label),
            key_display=display,
            priority=priority,
            tooltip=help or label,
            id=id,
        )
        self.when = when

    @property
    def help(self) -> str:
        """The sentence that says what it does; empty where another key's says it too."""
        return self.tooltip

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key.strip() for key in self.key.split(","))


def own_commands(kind: type[Any]) -> tuple[Command, ...]:
    """The commands that a class declares itself, in their order."""
    declared = kind.__dict__.get("BINDINGS", ())
    return tuple(binding for binding in declared if isinstance(binding, Command))


def commands_of(kind: type[Any]) -> Iterator[Command]:
    """The commands that work in a class, its own first; a base's key may be taken."""
    taken: set[str] = set()
    for base in kind.__mro__:
        mine = own_commands(base)
        yield from (command for command in mine if not taken & set(command.keys))
        taken.update(key for command in mine for key in command.keys)


Conditions = dict[tuple[str, tuple[object, ...]], When]
"""When an action, by its name and parameters, is open."""


def conditions(commands: Iterable[Command], namespace: str = "") -> Conditions:
    """The conditions of the actions in a namespace: of the screen itself, or ``app``."""
    parsed = ((parse(command.action), command.when) for command in commands)
    return {
        (name, parameters): when
        for (where, name, parameters), when in parsed
        if when is not None and where == namespace
    }


@cache
def conditions_of(kind: Any) -> Conditions:
    """The conditions of a screen's own actions."""
    return conditions(commands_of(kind))


Hint = tuple[str, str]
"""(key as shown, verb)."""
MOST, MOST_NARROW = 6, 5
NAMES = {
    "enter": "↵",
    "slash": "/",
    "question_mark": "?",
    "escape": "esc",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "plus": "+",
    "minus": "-",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}


def key_name(key: str) -> str:
    """The short name of a Textual key, as the footer and the help show it."""
    return NAMES.get(key, key)


def keys_line(hints: Sequence[Hint], help_hint: Hint, width: int) -> Line:
    """Draw as many keys as fit whole, at most six (five when narrow), then the help key."""
    wide = width >= WIDE
    margin = " " * (3 if wide else 2)
    gap = "   " if wide else "  "
    right: Line = [(help_hint[0], BOLD), (f" {help_hint[1]}", MUTED), (margin, PLAIN)]
    line: Line = [(margin, PLAIN)] if width_of(right) + len(margin) < width else []
    for number, (key, verb) in enumerate(hints[: MOST if wide else MOST_NARROW]):
        item: Line = [(gap if number else "", PLAIN), (key, BOLD), (f" {verb}", MUTED)]
        if width_of(line) + width_of(item) + 2 + width_of(right) > width:
            break
        line += item
    return spread(line, right, width)


class Keys(Drawing):
    """The last row of every screen."""

    _state: tuple[Any, ...] = ((), ("?", "help"))

    def show(self, hints: Sequence[Hint], help_hint: Hint) -> None:
        self.become(tuple(hints), help_hint)

    def draw(self, width: int) -> list[Line]:
        hints, help_hint = self._state
        return [keys_line(hints, help_hint, width)]


LEFT = "-left"
"""The class of a screen that is being left."""


def dismiss_once(screen: Screen[Any], result: Any = None) -> AwaitComplete:
    """Leave a screen with its result, unless it has been left.

    Textual would leave the screen below instead, where a key comes twice at once.
    """
    if screen.has_class(LEFT) or screen not in screen.app.screen_stack:
        return AwaitComplete()
    screen.add_class(LEFT, update=False)
    return Screen.dismiss(screen, result)

"""An action as data: footer, help, palette, README and remapped keys all read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from textual.actions import parse
from textual.binding import Binding

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
        """Its keys as they ship."""
        return tuple(key.strip() for key in self.key.split(","))


def own_commands(kind: type[Any]) -> tuple[Command, ...]:
    """Give the commands that a class declares itself, in their order."""
    declared = kind.__dict__.get("BINDINGS", ())
    return tuple(binding for binding in declared if isinstance(binding, Command))


def commands_of(kind: type[Any]) -> Iterator[Command]:
    """Give the commands that work in a class, its own first; a base's key may be taken."""
    taken: set[str] = set()
    for base in kind.__mro__:
        mine = own_commands(base)
        yield from (one for one in mine if not taken & set(one.keys))
        taken.update(key for one in mine for key in one.keys)


Conditions = dict[tuple[str, tuple[object, ...]], When]
"""When an action, by its name and parameters, is open."""


def conditions(commands: Iterable[Command], namespace: str = "") -> Conditions:
    """Give the conditions of the actions in a namespace: of the screen itself, or ``app``."""
    found: Conditions = {}
    for command in commands:
        where, name, parameters = parse(command.action)
        if command.when is not None and where == namespace:
            found[name, parameters] = command.when
    return found


@cache
def conditions_of(kind: Any) -> Conditions:
    """Give the conditions of a screen's own actions."""
    return conditions(commands_of(kind))

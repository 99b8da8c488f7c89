"""The keys of a screen as they stand now, and the user's own keys checked against all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from textual.actions import parse
from textual.binding import ActiveBinding
from textual.screen import Screen

from ksbtui.screens import SCREENS
from ksbtui.widgets.frame.keys import Command, Hint, When, conditions, key_name, own_commands


def _has_screen(key: str) -> When:
    return lambda app: any(place.key == key for place in app.places)


TIMER = Command(
    "app.timer",
    "r",
    "timer",
    "Start the timer, or stop it and log",
    when=lambda app: not app.journal.owner,
)
UNDO = Command("app.undo", "u", "undo", "Undo the last change")
WEEK = Command("app.week", "w", "week walk", "Go through the week day by day")

REVEAL = Command(
    "app.reveal",
    "H",
    "",
    "Show private text during a call",
    action="reveal",
    when=lambda page: page.journal.privacy.hides,
)
EVERYWHERE: tuple[Command, ...] = (
    Command(
        "app.add",
        "a",
        "add",
        "Log an activity",
        when=lambda app: "a" in app.sheets and not app.journal.owner,
    ),
    Command(
        "app.search",
        "slash",
        "search",
        "Search the journal",
        when=lambda app: any(place.name == "Journal" for place in app.places),
    ),
    UNDO,
    TIMER,
    WEEK,
    Command("app.help", "question_mark,f1", "", "Show the keys", action="app.show_help"),
    Command("app.back", "escape", "", "Go back"),
    *(
        Command(
            f"app.screen-{place.key}",
            place.key,
            "",
            f"Go to {place.name}",
            action=f"app.go('{place.key}')",
            when=_has_screen(place.key),
        )
        for place in SCREENS
    ),
)
"""The keys that mean the same on each of the seven screens."""


PROGRAM: tuple[Command, ...] = (
    Command(
        "app.palette",
        "ctrl+p",
        "",
        "Find any command by its name",
        action="command_palette",
        priority=True,
    ),
    Command(
        "app.comfort",
        "f2",
        "",
        "Easier to read: full contrast, short lines, more space",
        action="comfort",
        priority=True,
    ),
    Command(
        "app.leave", "ctrl+q", "", "Leave; what you typed is saved", action="quit", priority=True
    ),
)
"""The keys of the program itself, in forms and dialogs too."""

APP_CONDITIONS = conditions(EVERYWHERE, "app")
"""When the actions of the app are open, asked with the app."""


def usable_commands(
    screen: Screen[Any], active: Mapping[str, ActiveBinding] | None = None
) -> Iterator[Command]:
    """The commands a screen declares itself, in their order, those open now only."""
    active = screen.active_bindings if active is None else active
    keymap: Mapping[str, str] = screen.app.keymap  # type: ignore[attr-defined]
    for command in own_commands(type(screen)):
        usable = active.get(keys_of(command, keymap)[0])
        if usable is None or not usable.enabled:
            continue
        # A key that the focused widget takes too is active even where the screen refuses it.
        _, action, parameters = parse(command.action)
        if usable.node is screen or screen.check_action(action, parameters) is not False:
            yield command


def is_open(app: Any, command: Command) -> bool:
    """Tell whether a command of the app is open now; a screen's own are asked elsewhere."""
    where, action, parameters = parse(command.action)
    when = APP_CONDITIONS.get((action, parameters)) if where == "app" else None
    return when is None or when(app)


def keys_of(command: Command, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a command: the user's own, or those it ships with."""
    mine = keymap.get(command.id or "")
    return tuple(mine.split(",")) if mine else command.keys


def shown_key(command: Command, keymap: Mapping[str, str], plain: bool = False) -> str:
    """A command's keys as a person reads them; ``plain`` spells enter out."""
    mine = command.id in keymap
    name = (not mine and command.key_display) or " ".join(
        key_name(key) for key in keys_of(command, keymap)[:2]
    )
    return name.replace("↵", "enter") if plain else name


def undo_hint(shell: Any) -> str:
    """The sentence that says how to undo what was just done, with the user's own key."""
    key = shown_key(UNDO, shell.keymap, shell.plain)
    return f"{key} undoes it."


def help_hint(shell: Any, *, typed: bool = False) -> Hint:
    """The help's key for the footer: ``?``, or ``f1`` where text is typed, or one's own."""
    mine: str = shell.keymap.get("app.help", "f1" if typed else "question_mark")
    return key_name(mine.split(",")[-1 if typed else 0]), "help"


def footer_hints(screen: Screen[Any], tail: Sequence[Command]) -> list[Hint]:
    """The footer's keys: the screen's own in its order, then ``tail``, each once."""
    shell: Any = screen.app
    active = screen.active_bindings
    own = list(usable_commands(screen, active))
    taken = {key for command in own for key in keys_of(command, shell.keymap)}
    rest = [
        command
        for command in tail
        if not taken & set(keys := keys_of(command, shell.keymap)) and keys[0] in active
    ]
    return [
        (shown_key(command, shell.keymap, shell.plain), command.description)
        for command in (*own, *rest)
        if command.show
    ]

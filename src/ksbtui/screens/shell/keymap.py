"""The keys a person chose for commands, checked against every screen of the program."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from inspect import iscode, isfunction
from itertools import combinations
from pkgutil import walk_packages
from re import sub
from typing import Any, TypeGuard

from textual.keys import Keys, _character_to_key
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

import ksbtui.screens
from ksbtui.screens.shell.keys import PROGRAM, keys_of
from ksbtui.screens.shell.modal import Modal
from ksbtui.screens.shell.page import OnShell, Page
from ksbtui.widgets.frame.keys import Command, commands_of, own_commands

MODIFIERS = {"ctrl", "alt", "shift", "meta", "super", "hyper"}
NAMED_KEYS = {key.value.split("+")[-1] for key in Keys}
RESERVED = {"tab": "goes to the next field", "shift+tab": "goes back", "ctrl+c": "copies"}
"""Keys that Textual itself uses on every screen."""


@dataclass(frozen=True)
class Context:
    """A screen and the commands that can be open on it together."""

    name: str
    kind: type[Any]
    own: tuple[Command, ...]
    """As the screen's class declares them."""
    commands: tuple[Command, ...]
    """Those and the ones of its base and of the program, keys that were taken over left out."""
    widgets: tuple[tuple[Command, ...], ...]
    """The keys of each widget that may have the focus there."""
    typed: bool
    """Whether every letter is text on the screen."""
    fields: bool
    """Whether there is a field to type in."""


@dataclass(frozen=True)
class Keymap:
    """The keys that are taken, and a sentence for each that is not."""

    keys: Mapping[str, str]
    problems: tuple[str, ...]


@cache
def contexts() -> tuple[Context, ...]:
    """Every screen of the program; imports all of them."""
    for module in walk_packages(ksbtui.screens.__path__, "ksbtui.screens."):
        import_module(module.name)
    return tuple(_context(name, kind) for kind, name in _screens())


def _screens() -> Iterator[tuple[type[Any], str]]:
    """The classes of screens with their names, those of the tab bar first."""
    infos = (*ksbtui.screens.SCREENS, *ksbtui.screens.FORMS, *ksbtui.screens.TOOLS)
    named: dict[type[Any], str] = {
        getattr(import_module(info.module), info.class_): info.name for info in infos
    }
    yield from named.items()
    waiting, seen = list(OnShell.__subclasses__()), {Page, Modal}
    while waiting:
        kind = waiting.pop(0)
        waiting += kind.__subclasses__()
        if kind not in named and kind not in seen and kind.__module__.startswith("ksbtui."):
            seen.add(kind)
            if own_commands(kind):
                name = sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__).capitalize()
                yield kind, getattr(kind, "title_text", "") or name


def _context(name: str, kind: type[Any]) -> Context:
    widgets = tuple(_widgets(kind, set()))
    return Context(
        name,
        kind,
        own_commands(kind),
        (*commands_of(kind), *PROGRAM),
        tuple(tuple(commands_of(widget)) for widget in widgets if list(commands_of(widget))),
        bool(getattr(kind, "types_text", False)),
        any(issubclass(widget, Input | TextArea) for widget in widgets),
    )


def _widgets(thing: Any, seen: set[Any]) -> Iterator[type[Widget]]:
    """The widgets that the code of a class or function names, and those these name."""
    for part in thing.__mro__ if isinstance(thing, type) else (thing,):
        if part in seen or not part.__module__.startswith("ksbtui."):
            continue
        seen.add(part)
        scope = vars(sys.modules[part.__module__])
        methods = vars(part).values() if isinstance(part, type) else (part,)
        for name in {name for method in methods for name in _names(method)}:
            named = scope.get(name)
            if _is_widget(named):
                yield named
            if _is_widget(named) or isfunction(named):
                yield from _widgets(named, seen)


def _names(method: Any) -> Iterator[str]:
    """The names that the code of a method or property uses."""
    waiting = [getattr(getattr(method, "fget", None) or method, "__code__", None)]
    while waiting:
        if (code := waiting.pop()) is not None:
            yield from code.co_names
            waiting += [const for const in code.co_consts if iscode(const)]


def _is_widget(thing: Any) -> TypeGuard[type[Widget]]:
    return isinstance(thing, type) and issubclass(thing, Widget) and not issubclass(thing, Screen)


def read_keymap(wanted: Mapping[str, str]) -> Keymap:
    """Check the keys a person wants: unknown ids and keys, text, and clashes are left out."""
    places = contexts()
    known: dict[str, list[Context]] = {}
    for place in places:
        for command in _all(place):
            known.setdefault(command.id or "", []).append(place)
    problems: list[str] = []
    taken: dict[str, str] = {}
    for id, text in wanted.items():
        keys = [_key(part) for part in text.split(",")]
        if id not in known or not id:
            problems.append(f"There is no command {id}.")
        elif why := _refused(id, keys, known[id]):
            problems.append(f"{id}: {why}; its default key is used.")
        else:
            taken[id] = ",".join(keys)
    while clash := next(_clashes(places, taken), None):
        (first, second), key, name = clash
        for id in (first, second):
            taken.pop(id, None)
        why = f"{first} and {second} would both be {key} in {name}"
        problems.append(f"{why}; their default keys are used.")
    return Keymap(taken, tuple(problems))


def _all(place: Context) -> Iterator[Command]:
    yield from place.commands
    for commands in place.widgets:
        yield from commands


def _key(text: str) -> str:
    """A key as Textual names it: ``/`` is ``slash``, ``Ctrl+E`` is ``ctrl+e``."""
    text = text.strip()
    if len(text) == 1:
        return _character_to_key(text)
    *modifiers, key = text.split("+")
    key = key if len(key) == 1 and not modifiers else key.lower()
    return "+".join([*(modifier.lower() for modifier in modifiers), key])


def _refused(id: str, keys: Sequence[str], places: Sequence[Context]) -> str:
    """Say why a command cannot have these keys, if it cannot."""
    for key in keys:
        if not _exists(key):
            return f"there is no key {key!r}" if key else "no key was entered"
        if key in RESERVED and not any(
            key in c.keys for p in places for c in _all(p) if c.id == id
        ):
            return f"{key} {RESERVED[key]} on every screen"
        for place in places:
            first = any(c.priority for c in place.commands if c.id == id)
            if _is_text(key) and (place.typed or (first and place.fields)):
                return f"{key} is text in {place.name}"
    return ""


def _exists(key: str) -> bool:
    *modifiers, last = key.split("+")
    if not set(modifiers) <= MODIFIERS or not last:
        return False
    return len(last) == 1 or last in NAMED_KEYS or _is_character(last)


def _is_character(name: str) -> bool:
    if any(_character_to_key(chr(code)) == name for code in range(33, 127)):
        return True
    try:
        return bool(unicodedata.lookup(name.replace("_", " ")))
    except KeyError:
        return False


def _is_text(key: str) -> bool:
    return "+" not in key and (len(key) == 1 or key == "space" or _is_character(key))


def _clashes(
    places: Sequence[Context], taken: Mapping[str, str]
) -> Iterator[tuple[tuple[str, str], str, str]]:
    """Two commands that would share a key, and did not before, with the key and place."""
    for place in places:
        groups = [place.commands, *(commands for commands in place.widgets)]
        pairs = [pair for group in groups for pair in combinations(group, 2)]
        pairs += [(a, b) for a in place.commands for group in place.widgets for b in group]
        for a, b in pairs:
            if a.id == b.id or not {a.id, b.id} & taken.keys():
                continue
            shared = set(keys_of(a, taken)) & set(keys_of(b, taken))
            if shared and not set(a.keys) & set(b.keys):
                yield (a.id or a.help, b.id or b.help), shared.pop(), place.name

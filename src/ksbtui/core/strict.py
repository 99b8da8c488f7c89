"""Reading JSON that somebody else may have written: each fault is named with its path.

>>> strictly(Break, {"start": "2026-08-03", "end": 7})
Malformed: end: expected a day such as 2026-06-30 or nothing, found 7
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, TypeVar

from ksbtui.core.codec import annotated, decode, required, written

T = TypeVar("T")

_NAMES = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a day such as 2026-06-30",
    Decimal: "an amount such as 12.50",
    type(None): "nothing",
}


class Malformed(ValueError):
    """What was read is not what was expected: ``path`` says where, ``problem`` what."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}" if path else problem)
        self.path = path
        self.problem = problem


def strictly(cls: type[T], body: Any, path: str = "", **more: Any) -> T:
    """Read an object, or raise :class:`Malformed` at the first unknown, missing or wrong field.

    ``more`` are fields beside the body, as for :func:`~ksbtui.core.codec.decode`. Derived
    fields are unknown here: what follows from the others is never taken from outside.
    """
    check(cls, {**body, **more} if more and isinstance(body, Mapping) else body, path)
    return decode(cls, body, **more)


def check(kind: Any, value: Any, path: str = "") -> None:
    """Raise :class:`Malformed` unless a JSON value is one of an annotated type."""
    origin: Any = getattr(kind, "__origin__", None)
    parts: tuple[Any, ...] = getattr(kind, "__args__", ())
    if kind is Any or kind is object:
        return
    if isinstance(kind, UnionType):
        if value is None and type(None) in parts:
            return
        if not any(_fits(part, value) for part in parts):
            raise _wrong(path, " or ".join(map(_named, parts)), value)
        for part in parts:
            if _fits(part, value):
                check(part, value, path)
                return
    elif origin is tuple:
        _check_list(parts, value, path)
    elif isinstance(origin, type) and issubclass(origin, Mapping):
        _expect(isinstance(value, dict), path, "an object", value)
        for key, item in value.items():
            check(parts[1], item, _below(path, key))
            if parts[0] is int and not key.isdecimal():
                raise _wrong(_below(path, key), "a number as its name", key)
    elif is_dataclass(kind):
        _check_object(kind, value, path)
    else:
        _expect(_fits(kind, value), path, _named(kind), value)


@cache
def _fields(cls: Any) -> tuple[frozenset[str], tuple[str, ...]]:
    """The names a class may have, and those it must have."""
    return frozenset(written(cls)), required(cls)


def _check_object(cls: Any, value: Any, path: str) -> None:
    _expect(isinstance(value, dict), path, "an object", value)
    names, needed = _fields(cls)
    for name in value:
        if name not in names:
            raise Malformed(_below(path, name), "no such field")
    for name in needed:
        if name not in value:
            raise Malformed(_below(path, name), "is missing")
    for name, item in value.items():
        check(annotated(cls, name), item, _below(path, name))


def _check_list(parts: tuple[Any, ...], value: Any, path: str) -> None:
    _expect(isinstance(value, list | tuple), path, "a list", value)
    kinds = [parts[0]] * len(value) if parts[-1] is ... else list(parts)
    _expect(len(kinds) == len(value), path, f"a list of {len(kinds)}", value)
    for place, (kind, item) in enumerate(zip(kinds, value, strict=True)):
        check(kind, item, f"{path}[{place}]")


def _fits(kind: Any, value: Any) -> bool:
    """Whether a JSON value is of a plain type; one that has parts fits by its outside."""
    if kind in (str, bool, int):
        return type(value) is kind
    if kind is float:
        return type(value) in (int, float)
    if kind is date or kind is Decimal:
        return type(value) is str and _reads(kind, value)
    if kind is type(None):
        return value is None
    return isinstance(value, list | tuple if getattr(kind, "__origin__", None) is tuple else dict)


def _reads(kind: Any, text: str) -> bool:
    try:
        (date.fromisoformat if kind is date else Decimal)(text)
    except (ValueError, ArithmeticError):
        return False
    return kind is Decimal or len(text) == len("2026-06-30")


def _expect(right: bool, path: str, expected: str, value: Any) -> None:
    if not right:
        raise _wrong(path, expected, value)


def _wrong(path: str, expected: str, value: Any) -> Malformed:
    text = repr(value)
    return Malformed(path, f"expected {expected}, found {text[:60]}{'…' if text[60:] else ''}")


def _named(kind: Any) -> str:
    return _NAMES.get(kind) or (
        "a list" if getattr(kind, "__origin__", 0) is tuple else "an object"
    )


def _below(path: str, name: object) -> str:
    return f"{path}.{name}" if path else str(name)

"""JSON for every dataclass of the core, driven by its fields and their annotations.

A field is written under its own name, in the order of the class. Days become ISO texts,
tuples lists, exact amounts (``Decimal``) texts; a field made with :func:`derived` is left
out, because it follows from the others. ``decode`` reads back what ``encode`` wrote and
trusts it; :mod:`ksbtui.core.strict` reads what somebody else may have written, and pydantic
what stands in files, where :class:`ForbidExtra` makes an unknown field an error.

What is done to each field is worked out once a class, when the class is first met.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import MISSING, field, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, ClassVar, TypeVar

T = TypeVar("T")
Body = dict[str, Any]
"""A JSON object."""
Reader = Callable[[Any], Any]

_READERS: dict[object, Reader | None] = {
    **dict.fromkeys(("str", "int", "bool", "float", "str | None", "int | None", "dict[str, Any]")),
    "date": date.fromisoformat,
    "date | None": lambda text: date.fromisoformat(text) if text else None,
    "tuple[str, ...]": tuple,
    "dict[str, str]": None,
}
"""The readers of the most usual annotations; the others are worked out from the types."""
_USUAL = {"str": str, "int": int, "bool": bool, "date": date, "tuple[str, ...]": tuple[str, ...]}
"""The types of the most usual annotations, which need no compiling."""
_fields: dict[type, tuple[str, ...]] = {}
_later: dict[type, Body] = {}


def derived(default: Any) -> Any:
    """A field that follows from the others and is not written."""
    return field(default=default, metadata={"derived": True})


def later(default: Any) -> Any:
    """A field that came with a later version: not written while it holds its default.

    So a record of an earlier version is written back byte for byte as it was.
    """
    return field(default=default, metadata={"later": True})


def encode(value: Any) -> Any:
    """Turn a value of the core into what ``json.dumps`` takes."""
    kind = type(value)
    if value is None or kind is str or kind is int or kind is bool or kind is float:
        return value
    if kind in _fields or is_dataclass(kind):
        return encode_fields(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [encode(item) for item in value]
    return str(value)


def encode_fields(value: Any, *without: str) -> Body:
    """Turn an object into its JSON object, without the fields that are named."""
    kind = type(value)
    names = _fields.get(kind)
    if names is None:
        names = _fields[kind] = written(kind)
        fields = kind.__dataclass_fields__.items()
        _later[kind] = {n: encode(f.default) for n, f in fields if f.metadata.get("later")}
    body = {name: encode(getattr(value, name)) for name in names if name not in without}
    for name, default in _later[kind].items():
        if body.get(name, default) == default:
            body.pop(name, None)
    return body


def decode(cls: type[T], body: Mapping[str, Any], **more: Any) -> T:
    """Make an object from the JSON that ``encode`` wrote; ``more`` are fields beside it.

    A field that the body lacks takes its default. For days an empty text is None.
    """
    value: T = _decoder(cls)({**body, **more} if more else body)  # type: ignore[arg-type]
    return value


def written(cls: type) -> tuple[str, ...]:
    """The names of the fields that are written, in their order."""
    fields = cls.__dataclass_fields__  # type: ignore[attr-defined]
    return tuple(name for name, f in fields.items() if not f.metadata.get("derived"))


def required(cls: type) -> tuple[str, ...]:
    """The names of the fields without a default."""
    fields = cls.__dataclass_fields__  # type: ignore[attr-defined]
    return tuple(n for n, f in fields.items() if f.default is f.default_factory is MISSING)


@cache
def annotated(cls: type, name: str) -> Any:
    """The type a field is annotated with."""
    kind = cls.__dataclass_fields__[name].type  # type: ignore[attr-defined]
    if isinstance(kind, str):
        return _USUAL.get(kind) or eval(kind, vars(sys.modules[cls.__module__]))
    return kind


@cache
def _decoder(cls: Any) -> Reader:
    steps: list[tuple[str, Reader]] = []
    for name, described in cls.__dataclass_fields__.items():
        usual = described.type in _READERS
        read_field = _READERS[described.type] if usual else reader(annotated(cls, name))
        if read_field is not None:
            steps.append((name, read_field))
    if not steps:
        return lambda body: cls(**body)

    def read(body: Mapping[str, Any]) -> Any:
        values = dict(body)
        for name, read_field in steps:
            if name in values:
                values[name] = read_field(values[name])
        return cls(**values)

    return read


def reader(kind: Any) -> Reader | None:
    """How a value of an annotated type is read from JSON; None where it is kept as it is."""
    origin: Any = getattr(kind, "__origin__", None)
    parts: tuple[Any, ...] = getattr(kind, "__args__", ())
    if kind in (str, int, bool, float, object, Any) or kind is type(None):
        return None
    if kind is date:
        return date.fromisoformat
    if isinstance(kind, UnionType):
        (inner,) = (reader(part) for part in parts if part is not type(None))
        return inner and (lambda value: inner(value) if value else None)
    if origin is tuple:
        return _tuple_reader(parts)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping_reader(*parts)
    if isinstance(kind, type) and is_dataclass(kind):
        return _decoder(kind)
    return kind  # type: ignore[no-any-return]  # it is made from its text, as Decimal is


def _tuple_reader(parts: tuple[Any, ...]) -> Reader:
    readers = [reader(part) for part in parts if part is not ...]
    if not any(readers):
        return tuple
    if parts[-1] is ...:
        (read,) = filter(None, readers)
        return lambda values: tuple([read(value) for value in values])
    return lambda values: tuple(
        read(value) if read else value for read, value in zip(readers, values, strict=True)
    )


def _mapping_reader(key: Any, item: Any) -> Reader | None:
    # JSON has only texts as keys.
    read_key = int if key is int else reader(key)
    read_item = reader(item)
    if read_key is None and read_item is None:
        return None
    return lambda values: {
        (read_key(k) if read_key else k): (read_item(v) if read_item else v)
        for k, v in values.items()
    }


class ForbidExtra:
    """Dataclasses under this mark refuse extra fields wherever pydantic validates them."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

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
_decoders: dict[type, Reader] = {}
_annotated: dict[tuple[type, str], Any] = {}


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
        _later[kind] = _later_defaults(kind)
    body = {name: encode(getattr(value, name)) for name in names if name not in without}
    for name, default in _later[kind].items():
        if body.get(name, default) == default:
            body.pop(name, None)
    return body


def decode(cls: type[T], body: Mapping[str, Any], **more: Any) -> T:
    """Make an object from the JSON that ``encode`` wrote; ``more`` are fields beside it.

    A field that the body lacks takes its default. For days an empty text is None.
    """
    made: T = _decoder(cls)({**body, **more} if more else body)
    return made


def written(cls: type) -> tuple[str, ...]:
    """The names of the fields that are written, in their order."""
    fields = cls.__dataclass_fields__  # type: ignore[attr-defined]
    return tuple(name for name, one in fields.items() if not one.metadata.get("derived"))


def _later_defaults(cls: type) -> Body:
    """The fields made with :func:`later`, with their defaults as JSON."""
    fields = cls.__dataclass_fields__  # type: ignore[attr-defined]
    return {n: encode(one.default) for n, one in fields.items() if one.metadata.get("later")}


def required(cls: type) -> tuple[str, ...]:
    """The names of the fields without a default."""
    fields = cls.__dataclass_fields__  # type: ignore[attr-defined]
    return tuple(
        name
        for name, one in fields.items()
        if one.default is MISSING and one.default_factory is MISSING
    )


@cache
def annotated(cls: type, name: str) -> Any:
    """The type a field is annotated with."""
    found = _annotated.get((cls, name))
    if found is None:
        found = cls.__dataclass_fields__[name].type  # type: ignore[attr-defined]
        if isinstance(found, str):
            found = _USUAL.get(found) or eval(found, vars(sys.modules[cls.__module__]))
        _annotated[cls, name] = found
    return found


def _decoder(cls: type) -> Reader:
    found = _decoders.get(cls)
    if found is None:
        found = _decoders[cls] = _made(cls)
    return found


def _made(cls: type) -> Reader:
    fields = cls.__dataclass_fields__  # type: ignore[attr-defined]
    steps: list[tuple[str, Reader]] = []
    for name, one in fields.items():
        usual = one.type in _READERS
        read_one = _READERS[one.type] if usual else reader(annotated(cls, name))
        if read_one is not None:
            steps.append((name, read_one))
    if not steps:
        return lambda body: cls(**body)

    def read(body: Mapping[str, Any]) -> Any:
        values = dict(body)
        for name, read_one in steps:
            if name in values:
                values[name] = read_one(values[name])
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
    made: Reader = kind  # a class that is made from its text, such as Decimal
    return _decoder(kind) if isinstance(kind, type) and is_dataclass(kind) else made


def _tuple_reader(parts: tuple[Any, ...]) -> Reader:
    readers = [reader(part) for part in parts if part is not ...]
    if not any(readers):
        return tuple
    if parts[-1] is ...:
        one = readers[0]
        assert one is not None, "there is one, and it is a reader"
        return lambda values: tuple([one(value) for value in values])
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

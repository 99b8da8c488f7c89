"""Frozen dataclasses that are quick to define.

``dataclasses.dataclass(frozen=True, slots=True)`` compiles six methods from text for each
class, 0.5 ms apiece; thirty of them were half of what ``ksbtui log`` took. This one takes
every annotation of a class for a field, and shares every method between all classes
(0.02 ms). Only a class that is made by the hundred, as rows are, is worth an ``__init__`` of
its own: it is written then. To a type checker it is the library's own decorator, and to the
library (``fields``, ``replace``) its classes are dataclasses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

MANY = 100
"""From how many objects on a class gets an ``__init__`` of its own, thrice as quick."""

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    from dataclasses import MISSING, Field, FrozenInstanceError, field
    from dataclasses import dataclass as _dataclass

    def dataclass(*, frozen: bool, slots: bool) -> Any:
        """Make a frozen, slotted dataclass; takes the library's words for it and no others."""
        assert frozen, "every value of the core is frozen"
        assert slots, "and slotted"

        def make(cls: type) -> type:
            fields = {name: _field(cls, name) for name in cls.__annotations__}
            own = {name: value for name, value in vars(cls).items() if name not in fields}
            for name in ("__dict__", "__weakref__"):  # of the class without slots
                own.pop(name, None)
            own["__slots__"] = own["__match_args__"] = tuple(fields)
            own["__dataclass_fields__"] = fields
            own["__dataclass_params__"] = _library.__dataclass_params__
            own["__qualname__"] = cls.__qualname__
            return type(cls.__name__, cls.__bases__, _SHARED | own)

        return make

    @_dataclass(init=False, repr=False, eq=False)
    class _library:
        """What the library notes on a class, to be noted on all of ours."""

        field: Any

    _library.__dataclass_params__.frozen = True
    _KIND = _library.__dataclass_fields__["field"]._field_type

    def _field(cls: type, name: str) -> Field:
        value = vars(cls).get(name, MISSING)
        defined = value if isinstance(value, Field) else field(default=value)
        defined.name, defined.type, defined._field_type = name, cls.__annotations__[name], _KIND
        defined.kw_only = False
        return defined

    _set = object.__setattr__
    _made: dict[type, int] = {}

    def _init(self: Any, *values: Any, **named: Any) -> None:
        cls = type(self)
        _made[cls] = _made.get(cls, 0) + 1
        if _made[cls] == MANY:
            cls.__init__ = _written(cls)
        fields = cls.__dataclass_fields__
        for name, value in zip(fields, values, strict=False):
            _set(self, name, value)
        for name in list(fields)[len(values) :]:
            value = named.pop(name, MISSING)
            _set(self, name, _default(cls, fields[name]) if value is MISSING else value)
        if named or len(values) > len(fields):
            raise TypeError(f"{cls.__name__} takes {', '.join(fields)}; each once")
        if hasattr(cls, "__post_init__"):
            self.__post_init__()

    def _default(cls: type, field: Any) -> Any:
        if field.default is not MISSING:
            return field.default
        if field.default_factory is MISSING:
            raise TypeError(f"{cls.__name__} needs {field.name}")
        return field.default_factory()

    def _written(cls: type) -> Any:
        """An ``__init__`` in plain Python, or the shared one where there is more to do."""
        fields = cls.__dataclass_fields__
        anew = any(field.default_factory is not MISSING for field in fields.values())
        if anew or hasattr(cls, "__post_init__"):
            return _init
        known = {f"set_{name}": getattr(cls, name).__set__ for name in fields}
        known |= {f"of_{name}": field.default for name, field in fields.items()}
        parameters = (n if f.default is MISSING else f"{n}=of_{n}" for n, f in fields.items())
        lines = "".join(f"\n    set_{name}(self, {name})" for name in fields)
        exec(f"def __init__(self, {', '.join(parameters)}):{lines}", known)
        return known["__init__"]

    def _values(self: Any) -> tuple[Any, ...]:
        fields = self.__dataclass_fields__.values()
        return tuple([getattr(self, field.name) for field in fields if field.compare])

    def _equal(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return _values(self) == _values(other)

    def _hash(self: Any) -> int:
        return hash(_values(self))

    def _repr(self: Any) -> str:
        parts = (f"{name}={getattr(self, name)!r}" for name in self.__dataclass_fields__)
        return f"{type(self).__qualname__}({', '.join(parts)})"

    def _keep(self: Any, name: str, *value: object) -> None:
        raise FrozenInstanceError(f"{name!r} of a {type(self).__name__} stays as it is")

    _SHARED = {
        "__init__": _init,
        "__eq__": _equal,
        "__hash__": _hash,
        "__repr__": _repr,
        "__setattr__": _keep,
        "__delattr__": _keep,
    }

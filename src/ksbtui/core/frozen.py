"""Frozen dataclasses that are quick to define.

``dataclasses.dataclass(frozen=True, slots=True)`` compiles six methods from text for each
class, 0.8 ms apiece; thirty of them were half of what ``ksbtui log`` took. This one lets
the library write ``__init__`` alone (0.2 ms) and shares the other methods between all
classes: equality, hash and repr by the fields, and attributes that can be set only once.
To a type checker it is the library's own decorator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    from dataclasses import FrozenInstanceError
    from dataclasses import dataclass as _dataclass

    def dataclass(*, frozen: bool, slots: bool) -> Any:
        """Make a frozen, slotted dataclass; takes the library's words for it and no others."""
        assert frozen, "every value of the core is frozen"
        assert slots, "and slotted"

        def make(cls: type) -> type:
            own = vars(cls)
            made = _dataclass(cls, repr=False, eq=False, slots=True)
            for name, method in _SHARED.items():
                if name not in own:
                    setattr(made, name, method)
            made.__dataclass_params__.frozen = True
            return made

        return make

    def _values(self: Any) -> tuple[Any, ...]:
        return tuple([getattr(self, name) for name in self.__dataclass_fields__])

    def _equal(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return _values(self) == _values(other)

    def _hash(self: Any) -> int:
        return hash(_values(self))

    def _repr(self: Any) -> str:
        parts = (f"{name}={getattr(self, name)!r}" for name in self.__dataclass_fields__)
        return f"{type(self).__qualname__}({', '.join(parts)})"

    def _set_once(self: Any, name: str, value: object) -> None:
        if hasattr(self, name):
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    def _keep(self: Any, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    _SHARED = {
        "__eq__": _equal,
        "__hash__": _hash,
        "__repr__": _repr,
        "__setattr__": _set_once,
        "__delattr__": _keep,
    }

"""A subject of the journal, named in one line and loaded when it is first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Generic, Self, TypeVar, overload

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal

T = TypeVar("T")


class Subject(Generic[T]):
    """Gives the object of class ``name`` in a module of this package, made once a journal."""

    def __init__(self, module: str, name: str) -> None:
        self._module = f"ksbtui.journal.{module}"
        self._name = name
        self._attribute = ""

    def __set_name__(self, owner: type, name: str) -> None:
        """Learn what it is called."""
        self._attribute = name

    @overload
    def __get__(self, journal: None, owner: type) -> Self: ...

    @overload
    def __get__(self, journal: Journal, owner: type) -> T: ...

    def __get__(self, journal: Journal | None, owner: type) -> T | Self:
        """Make it, and leave it in this one's place: the next look-up finds it at once."""
        if journal is None:
            return self
        made: T = getattr(import_module(self._module), self._name)(journal)
        journal.__dict__[self._attribute] = made
        return made

"""A mark for types whose values come from files: unknown fields are an error, not noise."""

from __future__ import annotations

from typing import ClassVar


class ForbidExtra:
    """Dataclasses under this mark refuse extra fields wherever pydantic validates them."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

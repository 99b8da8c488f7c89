"""What a person says about a file where it is silent or unclear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Options:
    """What a person says about a file where it is silent or unclear.

    ``columns`` maps a field (``day``, ``hours`` …) to column letters or headings; ``order``
    is ``dmy``, ``mdy`` or empty; days without a year are the latest not after ``as_at``;
    calendars are read from ``first`` to ``last``; ``minutes`` stand for notes without a time.
    """

    as_at: date
    sheet: str = ""
    header_row: int | None = None
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = ""
    first: date | None = None
    last: date | None = None
    minutes: int | None = None

    def kept(self) -> dict[str, Any]:
        """What was said about the columns, as it is kept under a name."""
        columns = {field: list(names) for field, names in self.columns.items()}
        return {
            "sheet": self.sheet,
            "header_row": self.header_row,
            "columns": columns,
            "order": self.order,
        }


def saved_columns(body: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The columns by field of what was kept."""
    return {field: tuple(names) for field, names in body.get("columns", {}).items()}

"""What a person says about a file where it is silent or unclear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ksbtui.core.text.text import quoted
from ksbtui.errors import Unreadable

MAPPABLE = (
    *("day", "title", "hours", "minutes", "duration", "start", "end", "type", "module"),
    *("notes", "learned", "ksbs", "k", "s", "b", "paid", "evidence", "ignore"),
)
"""Fields that ``--map`` names."""

_OTHER_NAMES = {"date": "day", "activity": "title", "time": "duration"}


@dataclass(frozen=True, slots=True)
class Options:
    """What a person says about a file where it is silent or unclear.

    ``columns`` maps a field (``day``, ``hours`` …) to column letters or headings, in the one
    table that ``table`` numbers or that has the headings of ``shape``; ``order`` is ``dmy``,
    ``mdy`` or empty; days without a year are the latest not after ``as_at``; calendars are
    read from ``first`` to ``last``; ``minutes`` stand for notes without a time.
    """

    as_at: date
    sheet: str = ""
    table: int | None = None
    header_row: int | None = None
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shape: tuple[str, ...] = ()
    order: str = ""
    first: date | None = None
    last: date | None = None
    minutes: int | None = None

    def kept(self, shape: tuple[str, ...] = ()) -> dict[str, Any]:
        """What was said about the columns, as it is kept under a name, with the table's shape."""
        columns = {field: list(names) for field, names in self.columns.items()}
        return {
            "sheet": self.sheet,
            "header_row": self.header_row,
            "columns": columns,
            "order": self.order,
            "shape": list(shape or self.shape),
        }


def saved_columns(body: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The columns by field of what was kept."""
    return {field: tuple(names) for field, names in body.get("columns", {}).items()}


def read_map(text: str) -> dict[str, tuple[str, ...]]:
    """``day=A,hours=G+H,title=Activity`` as columns by field. Raises Unreadable."""
    found: dict[str, tuple[str, ...]] = {}
    for part in text.split(","):
        field, equals, names = part.partition("=")
        field = _OTHER_NAMES.get(field.strip().lower(), field.strip().lower())
        if not equals or field not in MAPPABLE or not names.strip():
            raise Unreadable(
                f"{quoted(part)} maps no field.",
                f"Write day=A,hours=G; the fields are {', '.join(MAPPABLE)}.",
            )
        found[field] = tuple(name.strip() for name in names.split("+") if name.strip())
    return found

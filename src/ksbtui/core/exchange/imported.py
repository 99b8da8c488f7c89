"""What an import remembers of each row it brought in, so that the next one finds its entries."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ksbtui.core.entry.entries import Entry
from ksbtui.core.entry.evidence import is_link

FIELDS = ("day", "minutes", "title", "type", "module", "ksbs", "paid", "notes", "learned")
"""What a file can say of an entry, in the order that a mark keeps it."""

Mark = list[Any]
"""The values of ``FIELDS`` as JSON, long texts as a short digest; then the links."""


def mark(entry: Entry) -> Mark:
    """What an entry holds in the fields that a file can say."""
    return [
        entry.day.isoformat(),
        entry.minutes,
        entry.title,
        entry.type,
        entry.module if entry.module_given else None,
        " ".join(entry.ksbs),
        entry.paid,
        _digest(entry.notes),
        _digest(entry.learned),
        " ".join(links_of(entry)),
    ]


def links_of(entry: Entry) -> tuple[str, ...]:
    """Where an entry's evidence on the web leads; no link holds a space."""
    return tuple(item.target for item in entry.evidence if is_link(item.target))


def linked(mark: Sequence[Any]) -> frozenset[str]:
    """The links that a mark remembers."""
    return frozenset(str(mark[len(FIELDS)]).split()) if len(mark) > len(FIELDS) else frozenset()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12] if text else ""


@dataclass(frozen=True, slots=True)
class Source:
    """A named source: its rows in the order of the file by entry id, each with its mark.

    ``gone`` are those that the file no longer had when it was imported last.
    """

    name: str
    order: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    marks: Mapping[str, Mark] | None = None

    def body(self) -> dict[str, Any]:
        """The record of a source; a key for each row, so that the change log stays small."""
        marks = self.marks or {}
        return {
            "order": list(self.order),
            "gone": list(self.gone),
            **{id: marks[id] for id in (*self.order, *self.gone)},
        }


def source_from(name: str, body: Mapping[str, Any] | None) -> Source:
    """Read a source back from its record; an unknown one is empty."""
    body = body or {}
    order, gone = tuple(body.get("order", ())), tuple(body.get("gone", ()))
    return Source(name, order, gone, {id: body[id] for id in (*order, *gone)})


def day_title_minutes(mark: Sequence[Any]) -> tuple[date, str, int]:
    """What a row is matched by."""
    return date.fromisoformat(mark[0]), mark[2], mark[1]

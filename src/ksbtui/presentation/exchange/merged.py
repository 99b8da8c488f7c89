"""What a merge of two devices did, in lines, and what was written in two places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ksbtui.core.days import full_day
from ksbtui.core.exchange.merging import BACK, CHANGED, DELETED, DOUBLE, STAYED, UNVERIFIED
from ksbtui.journal.exchange.doubles import Double
from ksbtui.journal.exchange.exchange import Taken
from ksbtui.presentation.cells import cut

SHOWN = 12
"""Lines of each kind that are shown."""
MERGED = {
    CHANGED: "Changed in the file",
    DELETED: "Deleted on the other device",
    BACK: "Deleted here, but changed on the other device: it is back",
    STAYED: "Deleted on the other device, but changed here: it stays",
    UNVERIFIED: "The text changed after it was verified: the mark is removed",
    DOUBLE: "You wrote this in two places; both are kept",
}


def merged_lines(taken: Taken, more: str) -> Iterator[str]:
    """Name what was merged, under what happened to it; ``more`` ends a list that is cut."""
    if taken.kept:
        yield f"{taken.kept} were changed here since; that stays."
    for what, heading in MERGED.items():
        notes = [note for note in taken.notes if note.what == what and note.title]
        if not notes:
            continue
        yield f"{heading}:"
        for note in notes[:SHOWN]:
            when = f"  {full_day(note.day)}" if note.day else ""
            fields = f"  ({', '.join(note.fields)})" if note.fields else ""
            yield f"  {note.id}{when}  {cut(note.title, 60)}{fields}"
        if len(notes) > SHOWN:
            yield f"  and {len(notes) - SHOWN} more{more}"
    for entry in taken.wishes[:SHOWN]:
        title = "(private)" if entry.private else entry.title
        yield f"Purged on the other device, still here: {entry.id}  {cut(title, 60)}"


def double_title(one: Double) -> str:
    """What was written in two places: the thing and its field."""
    return f"{one.title}: {one.path.partition('/')[0]}"


def value_text(value: Any) -> str:
    """One of the values as a person reads it."""
    if isinstance(value, dict):
        return str(value.get("title") or "; ".join(map(str, value.values())))
    if isinstance(value, list):
        return " ".join(map(str, value))
    return str("nothing" if value in (None, "") else value)

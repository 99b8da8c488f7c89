"""Entries as the commands print them: what was said, what follows, and what others said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ksbtui.core.entry.images import entry_image
from ksbtui.store.database import totals

if TYPE_CHECKING:
    from ksbtui.core.entry.comments import Remark
    from ksbtui.core.entry.entries import Entry
    from ksbtui.journal.journal import Journal

    Remarks = tuple[Sequence[Remark], Sequence[Remark]]


def entry_json(journal: Journal, entry: Entry) -> dict[str, Any]:
    """An entry as ``show --json`` prints it."""
    remarks = journal.verifying.remarks()
    return _entry_json(journal, entry, journal.entries.minutes_on(entry.day), remarks)


def entries_json(journal: Journal, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Entries as ``list --json`` prints them; days and remarks are read once."""
    minutes = totals.minutes_by_day(journal.store.connection)
    remarks = journal.verifying.remarks()
    return [
        _entry_json(journal, entry, minutes.get(entry.day.isoformat(), 0), remarks)
        for entry in entries
    ]


def _entry_json(
    journal: Journal, entry: Entry, day_minutes: int, remarks: Mapping[str, Remarks]
) -> dict[str, Any]:
    """``day_minutes`` are all of its day, ``remarks`` the questions and comments by entry."""
    questions, comments = remarks.get(entry.id, ((), ()))
    failed = journal.entries.failed(entry)
    image = entry_image(entry)
    del image["module_given"], image["deleted_at"]
    return {
        **image,
        "module": entry.module,
        "counted": not failed,
        "failed_rules": list(failed),
        "warnings": list(journal.entries.warnings_with(entry, day_minutes)),
        "questions": [remark.as_json() for remark in questions],
        "comments": [remark.as_json() for remark in comments],
    }

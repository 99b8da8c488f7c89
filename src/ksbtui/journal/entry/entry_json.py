"""Entries as the commands print them: what was said, what follows, and what others said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ksbtui.core.entry.entries import Entry, Remark, entry_image
from ksbtui.journal.coaching.verification import Verifying
from ksbtui.journal.context import Context
from ksbtui.journal.entry.entries import Entries
from ksbtui.store.database import totals

Comments = tuple[Sequence[Remark], Sequence[Remark]]
"""Questions about an entry, and what was said when it was verified."""


class EntryJson:
    """The JSON of entries."""

    def __init__(self, context: Context, entries: Entries, verifying: Verifying) -> None:
        self._context = context
        self._entries = entries
        self._verifying = verifying

    def of(self, entry: Entry) -> dict[str, Any]:
        """An entry as ``show --json`` prints it."""
        minutes = self._entries.minutes_on(entry.day)
        found = self._with(entry, minutes, self._verifying.remarks())
        from ksbtui.journal.entry.revisits import linked  # loads the reader of sentences

        before, after = linked(self._context, self._entries, entry)
        links = {
            "revisits": before.id if before else None,
            "revisited_by": [one.id for one in after],
        }
        return {**found, **links, "signatures": self._signatures(entry)}

    def _signatures(self, entry: Entry) -> list[dict[str, str]]:
        if not self._verifying.is_signed(entry.id):
            return []
        from ksbtui.journal.exchange.feedback import seals_of  # loads the exchange

        return [
            {
                "by": seal.signed.by,
                "day": seal.signed.day.isoformat(),
                "key": seal.fingerprint,
                "state": seal.state,
            }
            for seal in seals_of(self._context, entry)
        ]

    def of_all(self, entries: Iterable[Entry]) -> list[dict[str, Any]]:
        """Entries as ``list --json`` prints them."""
        return list(self.of_each(entries))

    def of_each(self, entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
        """The same, one after the other; days and comments are read once."""
        minutes = totals.minutes_by_day(self._context.store.connection)
        comments = self._verifying.remarks()
        for entry in entries:
            yield self._with(entry, minutes.get(entry.day.isoformat(), 0), comments)

    def _with(
        self, entry: Entry, day_minutes: int, by_entry: Mapping[str, Comments]
    ) -> dict[str, Any]:
        """``day_minutes`` are all of its day."""
        questions, comments = by_entry.get(entry.id, ((), ()))
        failed = self._entries.failed(entry)
        image = entry_image(entry)
        del image["module_given"], image["deleted_at"]
        return {
            **image,
            "module": entry.module,
            "in_plan": entry.in_plan,
            "counted": not failed,
            "failed_rules": list(failed),
            "warnings": list(self._entries.warnings_with(entry, day_minutes)),
            "questions": [comment.as_json() for comment in questions],
            "comments": [comment.as_json() for comment in comments],
        }

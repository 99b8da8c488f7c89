"""Entries to show: lists of any length, the week walk, and what the commands print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ksbtui.core.entry.entries import Comment, Entry, Filter, entry_image
from ksbtui.core.entry.week import WORKING_DAYS, Week, WeekDay, monday_of
from ksbtui.journal.context import Context
from ksbtui.journal.entry.derive import Deriver
from ksbtui.journal.entry.entries import Entries, without_private
from ksbtui.store.database import search, totals

if TYPE_CHECKING:
    from ksbtui.journal.coaching.verification import Verifying

WINDOW = 500
"""Entries read at a time."""


@dataclass(frozen=True, slots=True)
class Walked:
    """Entries one after the other, newest day first: how many come, and how many match in all.

    Nothing is locked between two windows, so that a list in a pager stops nobody from saving.
    Which entries come is settled at once; one purged since is left out.
    """

    entries: Iterator[Entry]
    shown: int
    total: int


@dataclass(frozen=True, slots=True)
class WeekTotal:
    """A calendar week with entries: its Monday, how many, and the minutes of it."""

    monday: date
    entries: int
    logged_minutes: int
    counted_minutes: int


class Listing:
    """The entries of a list in windows, what stands above each week, and where an entry stands."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def walk(self, wanted: Filter, limit: int = -1) -> Walked:
        """Find entries and read them as they are asked for; ``limit`` below 0 finds all.

        Private entries and artefacts are left out while a call is under way.
        """
        public, as_at = self._context.hides_private, self._context.as_at
        with self._context.store.guarded() as connection:
            keys, total, _ = search.find_rows(connection, wanted, as_at, limit, public=public)
        return Walked(self._read(keys, public), len(keys), total)

    def _read(self, keys: list[int], public: bool) -> Iterator[Entry]:
        for first in range(0, len(keys), WINDOW):
            with self._context.store.guarded() as connection:
                entries = search.entries_of(connection, keys[first : first + WINDOW])
            yield from map(without_private, entries) if public else entries

    def weeks(self) -> tuple[WeekTotal, ...]:
        with self._context.store.guarded() as connection:
            rows = search.weeks(connection, self._context.as_at, public=self._context.hides_private)
        return tuple(WeekTotal(*row) for row in rows)

    def position_of(self, id: str) -> int | None:
        """How many entries stand before one in the list; None if it is gone."""
        with self._context.store.guarded() as connection:
            return search.position_of(connection, id, public=self._context.hides_private)


def week(context: Context, entries: Entries, day: date) -> Week:
    """The week a day is in; Saturday and Sunday only where something is there."""
    monday = monday_of(day)
    plan = Deriver(context).plan(context.enrolled)
    of_week = entries.find(Filter(since=monday, until=monday + timedelta(days=6))).entries
    days = []
    for step in range(7):
        day = monday + timedelta(days=step)
        logged = tuple(reversed([entry for entry in of_week if entry.day == day]))
        if step >= WORKING_DAYS and not logged:
            continue
        counted = sum(e.minutes for e in logged if not entries.failed(e))
        away = not plan.inside(day) or plan.in_break(day)
        days.append(WeekDay(day, logged, counted, away, day > context.as_at))
    return Week(monday, tuple(days))


Comments = tuple[Sequence[Comment], Sequence[Comment]]
"""Questions about an entry, and what was said when it was verified."""


class EntryJson:
    """The JSON of entries."""

    def __init__(self, context: Context, entries: Entries, verifying: Verifying) -> None:
        self._context = context
        self._entries = entries
        self._verifying = verifying

    def of(self, entry: Entry) -> dict[str, Any]:
        minutes = self._entries.minutes_on(entry.day)
        document = self._with(entry, minutes, self._verifying.remarks())
        # deferred: the reader of sentences and the exchange, for few entries
        from ksbtui.journal.entry.revisits import linked

        before, after = linked(self._context, self._entries, entry)
        links = {
            "revisits": before.id if before else None,
            "revisited_by": [answer.id for answer in after],
        }
        return {**document, **links, "signatures": self._signatures(entry)}

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

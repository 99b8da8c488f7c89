"""Reflecting: templates to write under, hints, and coming back to old reflections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ksbtui.core.codec import decode, encode
from ksbtui.core.days import line_day
from ksbtui.core.entry.entries import Entry
from ksbtui.core.entry.revisit import (
    MINUTES,
    OLD_DAYS,
    Offer,
    Pair,
    Revisit,
    offers,
    pairs_of,
    quote_of,
)
from ksbtui.core.text.reflections import Hint, Template, begun, hints
from ksbtui.core.text.text import clean, quoted, shortened
from ksbtui.errors import Conflict, NotFound, Unreadable
from ksbtui.journal.context import Context, new_id
from ksbtui.journal.entry.derive import headings, words
from ksbtui.journal.entry.entries import Entries, with_module
from ksbtui.store.database import rows
from ksbtui.store.database.store import Batch

if TYPE_CHECKING:
    from ksbtui.journal.entry.entries import Saved
    from ksbtui.journal.progress.progress import Progress
    from ksbtui.store.seed.seeds import Offered


COMPARED = 300
"""Newest entries that a text is compared with, to notice a copy."""


class Reflecting:
    """Templates and hints of a journal."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def templates(self) -> Offered[Template]:
        from ksbtui.store.seed import seeds  # deferred: log needs no data files

        return seeds.reflections()

    def template(self, id: str) -> Template:
        from ksbtui.store.seed import seeds

        return seeds.find(self.templates(), id.strip().lower(), "reflection template")

    def begun(self, text: str, template: Template) -> str:
        return begun(text, template)

    def words(self, text: str) -> int:
        """The words of what was learned as they are kept with an entry: without headings."""
        return words(text)

    def hints(self, text: str, entry_id: str = "") -> tuple[Hint, ...]:
        """What a reader would miss in a text (of the entry named, which is not compared)."""
        known = headings() if "\n" in text else ()
        return hints(text, self._others(entry_id), known)

    def _others(self, entry_id: str) -> Iterator[tuple[str, str]]:
        if not self._context.exists:
            return
        with self._context.store.guarded() as connection:
            texts = rows.learned(connection, COMPARED)
        for id, day, title, text in texts:
            if id != entry_id:
                yield f'"{shortened(title, 40)}" of {line_day(day)}', text


REVISIT = "revisit"
"""Kind of record."""
OLDEST_DAYS = 550
READ = 80
"""Old entries looked at for an offer, the newest of them."""


class Revisits:
    """Old reflections of the present enrolment, and what came of them."""

    def __init__(self, context: Context, progress: Progress, entries: Entries) -> None:
        self._context = context
        self._progress = progress
        self._entries = entries

    def offer(self) -> Offer | None:
        """The reflection to come back to this week; None where there is none old enough."""
        if self._context.course is None:
            return None
        done = {link.entry for link in self.links()} | {link.again for link in self.links()}
        old = [entry for entry in self._old() if entry.id not in done]
        if not old:
            return None
        resting = {ksb.code for ksb in self._progress.view.coverage.ksbs if ksb.state == "applied"}
        offer = offers(old, resting, self._context.as_at, headings())
        return offer[0] if offer else None

    def quote(self, entry: Entry) -> str:
        """What an entry said, in one sentence; refuses one that says nothing yet."""
        quote = quote_of(entry.learned, headings())
        if not quote:
            raise Conflict(
                f"{quoted(entry.title)} does not say what you learned.",
                f"Write that first: ksbtui edit {entry.id} --learned -",
            )
        return quote

    def preset(self, entry: Entry) -> dict[str, str]:
        """What the form starts from for the answer to an entry."""
        return {
            "title": title_of(entry),
            "ksbs": " ".join(entry.ksbs),
            "type": "reflection",
            "time": f"{MINUTES}m",
        }

    def write(self, id: str, learned: str, **fields: Any) -> Saved:
        """Log what the learner thinks now, linked with the entry, as one change."""
        before = self._entries.get(id)
        learned = clean(learned).strip()
        if not learned:
            raise Unreadable(
                "The text is empty.", "Write what you would do now: --learned TEXT, or - for stdin."
            )
        given = {
            "day": self._context.as_at,
            "minutes": MINUTES,
            "title": title_of(before),
            "type": "reflection",
            "ksbs": before.ksbs,
            "private": before.private,
            **fields,
        }
        entry = with_module(Entry(id="", learned=learned, **given))
        with self._context.writing(f"Returned to {quoted(before.title)}") as batch:
            answer = self._entries.put_new(batch, entry)
            self._put(batch, before.id, answer.id)
        return self._entries.saved(answer)

    def link(self, before: str, after: str) -> None:
        if any((link.entry, link.again) == (before, after) for link in self.links()):
            return
        with self._context.writing("Linked two reflections") as batch:
            self._put(batch, before, after)

    def _put(self, batch: Batch, before: str, after: str) -> None:
        link = Revisit(self._context.enrolled.enrolment.id, before, after, self._context.as_at)
        batch.put_record(REVISIT, new_id(), encode(link))

    def links(self) -> tuple[Revisit, ...]:
        return links(self._context)

    def of(self, entry: Entry) -> tuple[Entry | None, tuple[Entry, ...]]:
        """The entry this one came back to, and those that came back to this one."""
        return linked(self._context, self._entries, entry)

    def pairs(self, since: date, until: date, *, private: bool = False) -> tuple[Pair, ...]:
        """Entries and their answers written in a span of days; private ones if asked for."""
        answered = self.links()
        live = _live(self._entries, (id for link in answered for id in (link.entry, link.again)))
        shown = {id: entry for id, entry in live.items() if private or not entry.private}
        return pairs_of(answered, shown, since, until)

    def _old(self) -> list[Entry]:
        last = self._context.as_at - timedelta(days=OLD_DAYS)
        first = self._context.as_at - timedelta(days=OLDEST_DAYS)
        tail = (
            "WHERE deleted_at = '' AND day BETWEEN ? AND ? AND enrolment = ? AND words > 0"
            " AND private = 0 ORDER BY day DESC, seq DESC LIMIT ?"
        )
        enrolment = self._context.enrolled.enrolment.id
        with self._context.store.guarded() as connection:
            return rows.read(
                connection, tail, (first.isoformat(), last.isoformat(), enrolment, READ)
            )


def links(context: Context) -> tuple[Revisit, ...]:
    """Every link, oldest first."""
    bodies = context.store.records(REVISIT) if context.exists else {}
    return tuple(decode(Revisit, body) for body in bodies.values())


def linked(
    context: Context, entries: Entries, entry: Entry
) -> tuple[Entry | None, tuple[Entry, ...]]:
    """The entry that one came back to, and those that came back to it."""
    all_links = links(context)
    before = [link.entry for link in all_links if link.again == entry.id]
    after = [link.again for link in all_links if link.entry == entry.id]
    live = _live(entries, (*before, *after))
    return (
        next((live[id] for id in before if id in live), None),
        tuple(live[id] for id in after if id in live),
    )


def _live(entries: Entries, ids: Iterable[str]) -> dict[str, Entry]:
    entries_by_id = {}
    for id in dict.fromkeys(ids):
        try:
            entry = entries.get(id)
        except NotFound:
            continue  # purged since
        if not entry.deleted_at:
            entries_by_id[id] = entry
    return entries_by_id


def title_of(entry: Entry) -> str:
    """The title of the answer to an entry."""
    return f"Revisited: {entry.title}"

"""The way into the provider's e-portfolio: entries as their form asks, and what is copied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ksbtui.core.entry.entries import Entry, Filter
from ksbtui.core.entry.forms import PLAIN, Box, Form, filled
from ksbtui.core.text.text import number_of
from ksbtui.errors import NotFound
from ksbtui.journal.context import Context
from ksbtui.journal.entry.entries import Entries
from ksbtui.store.database.changes import MADE
from ksbtui.store.seed import seeds

CHOSEN = ("setting", "form")
"""The record of the form a learner used last."""
WALKED = 200
"""Entries of one walk through what is not copied yet."""


class Portfolio:
    """Copying into, and marking as copied into, the provider's e-portfolio."""

    def __init__(self, context: Context, entries: Entries) -> None:
        self._context = context
        self._entries = entries

    def forms(self) -> seeds.Offered[Form]:
        return seeds.forms()

    def form(self, id: str = "") -> Form:
        chosen = self._context.store.record(*CHOSEN) or {}
        return seeds.find(self.forms(), id.strip().lower() or chosen.get("form", PLAIN), "form")

    @property
    def chosen(self) -> bool:
        return self._context.store.record(*CHOSEN) is not None

    def waiting(self, limit: int = WALKED) -> tuple[Entry, ...]:
        """The entries of the present enrolment that count and are not copied yet, oldest first."""
        mine = self._context.enrolled.enrolment.id
        wanted = Filter(search="counted:yes submitted:no", enrolment=mine)
        total = self._entries.find(wanted, limit=0).total
        page = self._entries.find(wanted, limit, max(0, total - limit), count=False)
        return tuple(reversed(page.entries))

    def choose(self, id: str) -> Form:
        form = self.form(id)
        if self._context.store.record(*CHOSEN) != {"form": form.id}:
            with self._context.writing(f"Chose the form {form.name}", MADE) as batch:
                batch.put_record(*CHOSEN, {"form": form.id})
        return form

    def boxes(self, entry: Entry, form: Form) -> tuple[Box, ...]:
        course = self._entries.course_of(entry)
        return filled(form, entry, course, not self._entries.failed(entry))

    def submit(
        self, ids: Sequence[str] = (), since: date | None = None, copied: bool = True
    ) -> tuple[Entry, ...]:
        """Mark entries as copied (or not, after all): by id, or all of a day on; one change.

        ``since`` takes counting entries up to today, which is what the e-portfolio is owed.
        Returns the entries that changed; refuses where none is named or fits.
        """
        if since is not None:
            wanted = Filter(
                since=since, search=f"counted:yes submitted:{'no' if copied else 'yes'}"
            )
            entries = list(self._entries.find(wanted).entries)
        else:
            entries = [self._entries.get(id) for id in ids]
        entries = [e for e in dict.fromkeys(entries) if (e.submitted is None) is copied]
        if not entries:
            raise NotFound(
                "All of it is in your e-portfolio already."
                if copied
                else "None of it is marked as in your e-portfolio.",
                f"To see what is{' not there yet' if copied else ''}: ksbtui list --search "
                f"submitted:{'no' if copied else 'yes'}",
            )
        day = self._context.as_at if copied else None
        verb = "Marked as" if copied else "Unmarked as"
        number = number_of(len(entries), "entry", "entries")
        return self._entries.change_all(
            [entry.id for entry in entries], f"{verb} in the e-portfolio: {number}", submitted=day
        )

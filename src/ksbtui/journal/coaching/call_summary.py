"""What changed between calls, and the summary of one call as a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ksbtui.core.coaching.calls import Call
from ksbtui.core.coaching.changed import Changed
from ksbtui.journal.coaching.earlier import Moment, changed_between
from ksbtui.journal.coaching.records import actions_of
from ksbtui.journal.coaching.verification import Verifying
from ksbtui.journal.context import Context
from ksbtui.journal.progress.progress import Progress
from ksbtui.store.database import rows

if TYPE_CHECKING:
    from ksbtui.core.entry.entries import Entry
    from ksbtui.core.exchange.pages import Page


class Comparison:
    """Compares the journal at the end of one call with a later moment."""

    def __init__(self, context: Context, progress: Progress) -> None:
        self._context = context
        self._progress = progress
        self._since: tuple[tuple[int, date, str], Changed] | None = None

    def since(self, last: Call | None) -> Changed:
        """What changed since a call, or since the start; read anew only when something did."""
        seen = (self._context.revision, self._context.as_at, last.id if last else "")
        if self._since is None or self._since[0] != seen:
            found = changed_between(self._context, self._progress.view, self._moment(last))
            self._since = (seen, found)
        return self._since[1]

    def between(self, before: Call | None, call: Call) -> Changed:
        """What had changed when ``call`` ended, since the call before it."""
        first, last = self._moment(before), self._moment(call)
        return changed_between(self._context, self._progress.view, first, last)

    def _moment(self, call: Call | None) -> Moment:
        if call is None:
            return Moment(None, self._context.enrolled.enrolment.start)
        return Moment(call.batch, call.day)


def summary(
    context: Context,
    verifying: Verifying,
    call: Call,
    changed: Changed,
    *,
    named: bool = False,
    private: bool = False,
) -> Page:
    """The summary of a call; ``private`` adds the private notes."""
    from ksbtui.core.coaching.call_summary import call_page

    asked = [one for one in verifying.questions(all=True) if one.source == call.id]
    return call_page(
        context.enrolled,
        call,
        changed,
        actions=tuple(one for one in actions_of(context) if one.source == call.id),
        questions=tuple(zip(asked, _entries(context, [one.entry for one in asked]), strict=True)),
        named=named,
        private=private,
    )


def _entries(context: Context, ids: Sequence[str]) -> list[Entry | None]:
    """Entries by their whole ids, deleted ones too; None for one that was purged."""
    with context.store.guarded() as connection:
        return [rows.by_id(connection, id) for id in ids]

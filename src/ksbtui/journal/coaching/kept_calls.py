"""Putting right a call that is kept already: its notes, length, tutor and next date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from ksbtui.core.coaching.calls import Call, check_minutes, check_next, check_tutor
from ksbtui.core.days import line_day
from ksbtui.core.programme.documents import document
from ksbtui.core.text.text import clean
from ksbtui.journal.coaching.calls import Ended
from ksbtui.journal.progress.progress import CALL

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


def change_call(
    journal: Journal,
    id: str,
    *,
    notes: str | None = None,
    minutes: int | None = None,
    tutor: str = "",
    next_day: date | None = None,
) -> Ended:
    """Change what is given of a kept call; what is not given stays.

    An entry logged for its time keeps its own minutes, which is said.
    """
    before = journal.calls.get(id)
    after = replace(
        before,
        notes=before.notes if notes is None else clean(notes).strip("\n"),
        minutes=before.minutes if minutes is None else minutes,
        tutor=" ".join(clean(tutor).split()) or before.tutor,
        next_day=next_day or before.next_day,
    )
    if after.attended:
        check_minutes(after.minutes)
        check_tutor(after.tutor)
    odd: tuple[str, ...] = ()
    if after.next_day != before.next_day:
        odd = check_next(after.next_day, after.day, journal.progress.view.plan)
    if after.minutes != before.minutes and after.entry:
        odd += ("The entry of its time keeps its minutes; change them in the Journal.",)
    if after != before:
        _keep(journal, after)
    return Ended(journal.calls.get(before.id), None, odd)


def _keep(journal: Journal, call: Call) -> None:
    with journal.writing(f"Changed the coaching call of {line_day(call.day)}") as batch:
        batch.put_record(CALL, call.id, document(call))

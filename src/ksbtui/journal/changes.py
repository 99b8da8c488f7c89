"""Undo, redo and history over the change log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ksbtui.core.entry.entries import Entry
from ksbtui.core.entry.images import entry_from, entry_image, patched
from ksbtui.errors import NotFound
from ksbtui.journal.programme.courses import COURSE_KINDS
from ksbtui.store.database import changes, rows
from ksbtui.store.database.changes import Change, Done
from ksbtui.store.database.store import Batch

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


def undo(journal: Journal) -> Done:
    """Take back the newest change not yet undone."""
    done = changes.to_undo(journal.store.connection)
    if done is None:
        raise NotFound("There is nothing to undo.", "Everything is as it was at the start.")
    back = [Change(c.kind, c.id, c.after, c.before) for c in reversed(done.changes)]
    _apply(journal, f"Undid: {done.label}", changes.UNDO, done.n, back)
    return done


def redo(journal: Journal) -> Done:
    """Put back the change undone last, unless something newer was done since."""
    done = changes.to_redo(journal.store.connection)
    if done is None:
        raise NotFound("There is nothing to redo.", "Redo follows an undo.")
    _apply(journal, f"Redid: {done.label}", changes.REDO, done.n, done.changes)
    return done


def _apply(journal: Journal, label: str, kind: str, target: int, steps: Sequence[Change]) -> None:
    """Step every thing of a batch from its ``before`` to its ``after``."""
    with journal.store.writing(label, journal.clock.now(), kind, target) as batch:
        entries = [step for step in steps if step.kind == changes.ENTRY]
        for step in steps:
            if step.kind != changes.ENTRY:
                body = patched(journal.store.record(step.kind, step.id), step.before, step.after)
                batch.put_record(step.kind, step.id, body)
        journal.touched()
        if any(step.kind in COURSE_KINDS for step in steps) and journal.courses:
            rederive(journal, batch)
        _apply_entries(journal, batch, entries)
    journal.touched()


def _apply_entries(journal: Journal, batch: Batch, steps: Sequence[Change]) -> None:
    from ksbtui.journal.entry.derive import Deriver

    derive = Deriver(journal)
    for step in steps:
        before = entry_of(journal, step.id)
        image = patched(entry_image(before) if before else None, step.before, step.after)
        batch.put_entry(before, derive(entry_from(image)) if image else None)


def rederive(journal: Journal, batch: Batch) -> None:
    """Derive every entry afresh inside an open batch, after a change of what they rest on."""
    from ksbtui.journal.entry.derive import Deriver

    batch.rederive(Deriver(journal))


def entry_of(journal: Journal, id: str) -> Entry | None:
    """Read one entry by its whole id, deleted or not."""
    found = rows.read(journal.store.connection, "WHERE entry.id = ?", (id,))
    return found[0] if found else None


def history(journal: Journal, entry: str | None, limit: int) -> Sequence[Done]:
    """Read what was changed, newest first; of one entry, every change, oldest first."""
    if entry is None:
        return changes.history(journal.store.connection, limit)
    found = changes.history_of(journal.store.connection, changes.ENTRY, _whole_id(journal, entry))
    return found[-limit:] if limit > 0 else found


def _whole_id(journal: Journal, id: str) -> str:
    """Complete an entry's id; deleted entries have a history too."""
    gone = entry_of(journal, id.strip().lower())
    return gone.id if gone else journal.entries.get(id).id

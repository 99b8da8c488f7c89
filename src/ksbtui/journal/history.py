"""The change log read: undo, redo, history, and how an entry stood after each change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ksbtui.core.entry.entries import Entry, Image, entry_from, entry_image, patched
from ksbtui.errors import NotFound
from ksbtui.journal.context import COURSE_KINDS, Context
from ksbtui.journal.entry.derive import Deriver
from ksbtui.store.database import changes, rows
from ksbtui.store.database.changes import Change, Done
from ksbtui.store.database.store import Batch


def undo(context: Context) -> Done:
    """Take back the newest change not yet undone."""
    with context.writing("Undid a change", changes.UNDO) as batch:
        done = changes.to_undo(context.store.connection)
        if done is None:
            raise NotFound("There is nothing to undo.", "Nothing has been changed yet.")
        back = [Change(c.kind, c.id, c.after, c.before) for c in reversed(done.changes)]
        batch.label = f"Undid: {done.label}"
        batch.of(changes.UNDO, done.n)
        _apply(context, batch, back)
    context.touched()
    return done


def redo(context: Context) -> Done:
    """Put back the change undone last, unless something newer was done since."""
    with context.writing("Redid a change", changes.REDO) as batch:
        done = changes.to_redo(context.store.connection)
        if done is None:
            raise NotFound("There is nothing to redo.", "You can only redo after an undo.")
        batch.label = f"Redid: {done.label}"
        batch.of(changes.REDO, done.n)
        _apply(context, batch, done.changes)
    context.touched()
    return done


def _apply(context: Context, batch: Batch, steps: Sequence[Change]) -> None:
    entries = [step for step in steps if step.kind == changes.ENTRY]
    for step in steps:
        if step.kind != changes.ENTRY:
            body = patched(context.store.record(step.kind, step.id), step.before, step.after)
            batch.put_record(step.kind, step.id, body)
    context.touched()
    if any(step.kind in COURSE_KINDS for step in steps) and context.courses:
        batch.rederive(Deriver(context))
    _apply_entries(context, batch, entries)


def _apply_entries(context: Context, batch: Batch, steps: Sequence[Change]) -> None:
    derive = Deriver(context)
    for step in steps:
        before = rows.by_id(context.store.connection, step.id)
        image = patched(entry_image(before) if before else None, step.before, step.after)
        if before is None and image is None:
            continue  # purged since, or taken away by an undo before this one
        batch.put_entry(before, derive(entry_from(image)) if image else None)


def history(context: Context, entry: str, limit: int) -> Sequence[Done]:
    """Read what was changed, newest first; of the entry named, every change, oldest first."""
    if not entry:
        return changes.history(context.store.connection, limit)
    steps = changes.history_of(context.store.connection, changes.ENTRY, entry)
    return steps[-limit:] if limit > 0 else steps


_SILENT = {"updated_at", "created_at"}


@dataclass(frozen=True, slots=True)
class Version:
    """An entry as it stood after one change: when, by what, and which fields it changed."""

    at: str
    label: str
    entry: Entry
    changed: tuple[str, ...]

    @property
    def deleted(self) -> bool:
        return bool(self.entry.deleted_at)


def versions(context: Context, id: str) -> tuple[Version, ...]:
    """Every version of an entry, the newest (today's) first."""
    derive = Deriver(context)
    image: Image | None = None
    stood = []
    for done in changes.history_of(context.store.connection, changes.ENTRY, id):
        for change in done.changes:
            before, image = image, patched(image, change.before, change.after)
            if image is None:
                continue
            keys = [k for k in image if before is None or before.get(k) != image.get(k)]
            changed = tuple(key for key in keys if key not in _SILENT)
            stood.append(Version(done.at, done.label, derive(entry_from(image)), changed))
    return tuple(reversed(stood))

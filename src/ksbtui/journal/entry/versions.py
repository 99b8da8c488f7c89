"""An entry's earlier versions, from the change log."""

from __future__ import annotations

from dataclasses import dataclass

from ksbtui.core.entry.entries import Entry, Image, entry_from, patched
from ksbtui.journal.context import Context
from ksbtui.journal.entry.derive import Deriver
from ksbtui.store.database import changes

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
        """Whether the change deleted it."""
        return bool(self.entry.deleted_at)


def versions(context: Context, id: str) -> tuple[Version, ...]:
    """Every version of an entry, the newest (today's) first."""
    derive = Deriver(context)
    image: Image | None = None
    found = []
    for done in changes.history_of(context.store.connection, changes.ENTRY, id):
        for change in done.changes:
            before, image = image, patched(image, change.before, change.after)
            if image is None:
                continue
            keys = [k for k in image if before is None or before.get(k) != image.get(k)]
            changed = tuple(key for key in keys if key not in _SILENT)
            found.append(Version(done.at, done.label, derive(entry_from(image)), changed))
    return tuple(reversed(found))

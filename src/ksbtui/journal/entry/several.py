"""Several entries at once: each change of them is one transaction, which one undo takes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ksbtui.core.entry.entries import Entry
from ksbtui.core.text.text import number_of
from ksbtui.journal.context import Context
from ksbtui.journal.entry.entries import Edit, Entries
from ksbtui.store.database import rows


@dataclass(frozen=True, slots=True)
class Changed:
    """The entries that one change changed, and the ids of those that were gone already."""

    entries: tuple[Entry, ...]
    gone: tuple[str, ...] = ()


class Several:
    """Changes to several entries, named by their whole ids."""

    def __init__(self, context: Context, entries: Entries) -> None:
        self._context = context
        self._entries = entries

    def edit(self, ids: Sequence[str], verb: str, edit: Edit) -> Changed:
        """Change entries, each by what it holds; ``verb`` begins the label for undo.

        Those deleted meanwhile are passed over and named.
        """
        changed = []
        with self._context.writing("") as batch:
            found, gone = self._there(ids)
            for before in found:
                after, names = self._entries.edited(before, edit(before))
                if names:
                    after = replace(after, updated_at=batch.at)
                    batch.put_entry(before, after)
                    changed.append(after)
            batch.label = f"{verb} {number_of(len(changed), 'entry', 'entries')}"
        return Changed(tuple(changed), gone)

    def delete(self, ids: Sequence[str]) -> Changed:
        """Delete entries; those that are gone already are named."""
        with self._context.writing("") as batch:
            found, gone = self._there(ids)
            batch.label = f"Deleted {number_of(len(found), 'entry', 'entries')}"
            for before in found:
                batch.put_entry(before, replace(before, deleted_at=batch.at))
        return Changed(found, gone)

    def _there(self, ids: Iterable[str]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
        """The live entries of some ids, and those of the ids that name none."""
        wanted = tuple(dict.fromkeys(ids))
        connection = self._context.store.connection
        read = [rows.by_id(connection, id) for id in wanted]
        found = tuple(entry for entry in read if entry is not None and not entry.deleted_at)
        return found, tuple(set(wanted) - {entry.id for entry in found})

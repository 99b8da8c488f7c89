"""Half-written text: kept as it is typed, offered again at the next start."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ksbtui.core.frozen import dataclass
from ksbtui.journal.context import Context
from ksbtui.store.database.drafts import Body

if TYPE_CHECKING:
    from ksbtui.core.entry.entries import Entry

NEW_ENTRY = "entry:new"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed under a key (``entry:new``, ``entry:ID`` …) and when it was kept."""

    key: str
    body: dict[str, Any]
    kept_at: str


class Drafts:
    """The drafts of a journal; they are no part of the record and of no undo."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.version = 0
        """Counts what was kept or dropped, for who shows drafts."""

    def save(self, key: str, body: dict[str, Any]) -> None:
        """Keep a draft over the earlier one of its key."""
        self._context.store.save_draft(key, body, self._context.clock.now())
        self.version += 1

    def save_over(self, key: str, body: Body, last: Body | None) -> Body | None:
        """Keep a draft if its key is free or still holds ``last``; gives it as it was kept.

        None: another window has written there meanwhile, and its text stays.
        """
        at = self._context.clock.now()
        kept = self._context.store.save_draft(key, body, at, over=(None, last))
        self.version += kept is not None
        return kept

    def keep_learned(self, entry: Entry, learned: str) -> None:
        """Keep what was typed as an entry's learning, and not saved, as a draft of the entry."""
        from ksbtui.core.entry.images import entry_image
        from ksbtui.core.entry.typed_entry import from_entry  # only where an editor has failed

        typed = replace(from_entry(entry, entry_image(entry)), learned=learned)
        self.save(f"entry:{entry.id}", typed.as_draft())

    def get(self, key: str) -> dict[str, Any] | None:
        """Read one draft's body, or None."""
        found = self._context.store.drafts().get(key)
        return found[0] if found else None

    def drop(self, key: str) -> None:
        """Forget a draft."""
        self._context.store.drop_draft(key)
        self.version += 1

    def drop_own(self, key: str, last: Body) -> None:
        """Forget a draft if it still is ``last``; another window's stays."""
        self._context.store.drop_draft(key, only=last)
        self.version += 1

    def all(self) -> tuple[Draft, ...]:
        """Read every draft, newest first."""
        if not self._context.exists:
            return ()
        return tuple(Draft(k, body, at) for k, (body, at) in self._context.store.drafts().items())

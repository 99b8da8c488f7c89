"""Half-written text: kept as it is typed, offered again at the next start."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ksbtui.core.entry.entries import entry_image
from ksbtui.core.frozen import dataclass
from ksbtui.errors import Damaged, KsbtuiError, StoreProblem
from ksbtui.journal.context import Context
from ksbtui.store.database.connection import DAMAGE_HINT, known_damage
from ksbtui.store.database.drafts import Body, DraftTexts, drop_beside, read_beside, save_beside

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
    """The drafts of a journal; they are no part of the record and of no undo.

    While the journal is damaged they are kept in a file beside it. Once it is sound, the next
    look at the drafts brings them back.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self.version = 0
        """Counts what was kept or dropped, for who shows drafts."""
        self.aside: Path | None = None
        """The file beside the journal, if the last draft was kept there."""

    def save(self, key: str, body: Body) -> None:
        self._save(key, body, None)

    def save_over(self, key: str, body: Body, last: Body | None) -> Body | None:
        """Keep a draft if its key is free or still holds ``last``; gives it as it was kept.

        None: another window has written there meanwhile, and its text stays.
        """
        return self._save(key, body, (None, last))

    def _save(self, key: str, body: Body, over: tuple[Body | None, ...] | None) -> Body | None:
        path, now = self._context.path, self._context.clock.now()
        try:
            self._bring_back()
            saved = self._context.store.save_draft(key, body, now, over)
            self.aside = None
        except Damaged as problem:
            there = read_beside(path).get(key)
            if over is not None and there and there[0] not in over:
                return None
            try:
                self.aside = save_beside(path, key, body, now)
            except OSError:
                raise problem from None
            saved = read_beside(path)[key][0]
        self.version += saved is not None
        return saved

    def keep_learned(self, entry: Entry, learned: str) -> None:
        # deferred: only where an editor has failed
        from ksbtui.core.entry.typed_entry import from_entry

        typed = replace(from_entry(entry, entry_image(entry)), learned=learned)
        self.save(f"entry:{entry.id}", typed.as_draft())

    def get(self, key: str) -> dict[str, Any] | None:
        draft = self._by_key().get(key)
        return draft[0] if draft else None

    def drop(self, key: str) -> None:
        self._drop(key, None)

    def drop_own(self, key: str, last: Body) -> None:
        """Forget a draft if it still is ``last``; another window's stays."""
        self._drop(key, last)

    def _drop(self, key: str, only: Body | None) -> None:
        path = self._context.path
        aside = read_beside(path).get(key)
        dropped = aside is not None and only in (None, aside[0]) and drop_beside(path, key)
        try:
            self._context.store.drop_draft(key, only)
        except Damaged:
            if not dropped:
                raise
        self.version += 1

    def all(self) -> tuple[Draft, ...]:
        if not self._context.exists:
            return ()
        return tuple(Draft(key, body, at) for key, (body, at) in self._by_key().items())

    def _by_key(self) -> DraftTexts:
        """Every draft by key, newest first; of a damaged journal those that can be read."""
        aside = self._bring_back()
        try:
            drafts = self._context.store.drafts()
        except Damaged:
            drafts = {}
        newest = sorted({**drafts, **aside}.items(), key=lambda item: item[1][1], reverse=True)
        return dict(newest)

    def _bring_back(self) -> DraftTexts:
        """Put the drafts from beside the journal into it if it is sound; returns those left.

        Of two texts under a key both stay: the later has the key.
        """
        path = self._context.path
        aside = read_beside(path)
        if not aside or known_damage(path):
            return aside
        with suppress(StoreProblem):  # it is not sound yet, or not to be written
            store = self._context.store
            if store.connection.in_transaction:
                return aside
            stored = store.drafts()
            for key, kept in aside.items():
                older, newer = sorted((kept, stored.get(key, kept)), key=lambda draft: draft[1])
                if older[0] != newer[0]:
                    store.save_draft(f"{key}:{older[1]}", *older)
                store.save_draft(key, *newer)
                drop_beside(path, key)
        return read_beside(path)


def told_aside(path: Path) -> KsbtuiError:
    """What to tell of a draft that is kept beside a damaged journal."""
    return KsbtuiError(
        f"The journal is damaged. Your draft is saved in {path}. ksbtui offers it again "
        "when the journal is repaired.",
        DAMAGE_HINT,
    )

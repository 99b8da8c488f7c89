"""Entries that a story or a project item rests on, by id."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


def resolved(journal: Journal, ids: Iterable[str], known: Collection[str] = ()) -> tuple[str, ...]:
    """Whole ids of entries given by prefix, each once; refuses one that names no entry.

    ``known`` ids were linked before and stay, even if their entry has been deleted since.
    """
    return tuple(dict.fromkeys(id if id in known else journal.entries.get(id).id for id in ids))

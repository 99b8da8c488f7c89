"""What was written in two places, and what another device asks to purge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ksbtui.core.entry.entries import Entry, Image, entry_from, entry_image
from ksbtui.core.exchange.fields import (
    ENTRY,
    PURGED,
    TWICE,
    Key,
    beside_key,
    flat,
    member_id,
    owner_of,
    title_of,
)
from ksbtui.core.text.text import clean
from ksbtui.errors import NotFound, Unreadable
from ksbtui.journal.context import Context
from ksbtui.journal.entry.derive import Deriver
from ksbtui.store.database import rows
from ksbtui.store.database.store import Batch


@dataclass(frozen=True, slots=True)
class Double:
    """One field that was written in two places: the value shown, and those beside it."""

    id: str
    """Of its record: ``entry.3yhvk2ab.learned``."""
    kind: str
    thing: str
    path: str
    title: str
    day: date | None
    shown: Any
    others: tuple[Any, ...]

    @property
    def values(self) -> tuple[Any, ...]:
        """All of them, the one shown first."""
        return (self.shown, *self.others)


class Merges:
    """What a merge left to the learner."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def doubles(self, thing: str = "") -> tuple[Double, ...]:
        """Every field with a second value, or those of one entry or record."""
        if not self._context.exists:
            return ()
        found = []
        for id, body in self._context.store.records(TWICE).items():
            key, path = owner_of(id)
            image = self._image(key) if thing in ("", key[1]) else None
            if image is None:
                continue
            shown = flat(image).get(path, "")
            others = tuple(value for value in body["values"].values() if value != shown)
            day = image.get("day")
            if others:
                when = date.fromisoformat(day) if isinstance(day, str) and day else None
                found.append(Double(id, *key, path, title_of(image), when, shown, others))
        return tuple(found)

    def wishes(self) -> tuple[Entry, ...]:
        """Entries still here, deleted or not, that were purged on another device."""
        store = self._context.store
        with store.guarded() as connection:
            found = (rows.by_id(connection, id) for id in store.records(PURGED))
            return tuple(entry for entry in found if entry)

    def keep(self, id: str, value: Any) -> None:
        """Show this value of a field from now on and let the others go, as one change."""
        key, path = owner_of(id) if id.count(".") >= 2 else (("", ""), "")
        image = self._image(key)
        if image is None or self._context.store.record(TWICE, id) is None:
            raise NotFound("That was not written in two places.", "See: ksbtui conflicts")
        if isinstance(value, str):
            value = clean(value).strip("\n")
        if path == "title" and not value:
            raise Unreadable("An entry needs a title.", "Say in a few words what you did.")
        title = title_of(image)
        with self._context.writing(f'Chose what stays of "{title[:60]}": {path}') as batch:
            batch.put_record(*beside_key(key, path), None)
            if flat(image).get(path) != value:
                self._put(batch, key, with_value(image, path, value))

    def _image(self, key: Key) -> Image | None:
        store = self._context.store
        if key[0] != ENTRY:
            return store.record(*key)
        with store.guarded() as connection:
            entry = rows.by_id(connection, key[1])
        return entry_image(entry) if entry and not entry.deleted_at else None

    def _put(self, batch: Batch, key: Key, image: Image) -> None:
        if key[0] != ENTRY:
            batch.put_record(*key, image)
            return
        before = rows.by_id(self._context.store.connection, key[1])
        after = replace(entry_from(image), updated_at=batch.at)
        batch.put_entry(before, Deriver(self._context)(after))


def with_value(image: Image, path: str, value: Any) -> Image:
    """A thing with one value put in, at a path of :func:`~ksbtui.core.exchange.fields.flat`."""
    name, _, member = path.partition("/")
    whole = image.get(name)
    if not member:
        given = {"module_given": value is not None} if name == "module" else {}
        return {**image, name: value, **given}
    if isinstance(whole, list):
        kept = [value if member_id(item) == member else item for item in whole]
        return {**image, name: kept}
    return {**image, name: {**(whole or {}), member: value}}

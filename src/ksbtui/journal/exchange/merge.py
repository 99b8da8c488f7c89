"""Bringing another copy of the journal into this one (:mod:`ksbtui.core.exchange.merging`).

What was written in two places waits here for the learner's choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from ksbtui.core.entry.entries import ENTRY, PURGED, TWICE, Entry, Image, entry_from, entry_image
from ksbtui.core.exchange.fields import Key, Origin, beside_key, flat, member_id, owner_of, title_of
from ksbtui.core.exchange.merging import (
    ADDED,
    BACK,
    CHANGED,
    DELETED,
    ByHistory,
    Copy,
    Merged,
    Note,
    Step,
    merged,
)
from ksbtui.core.text.text import clean
from ksbtui.errors import NotFound, Unreadable
from ksbtui.journal.context import DEMO_RECORD, Context, new_id
from ksbtui.journal.entry.derive import Deriver
from ksbtui.journal.exchange.own_json import Whole, own_image
from ksbtui.store.database import origins, rows
from ksbtui.store.database.store import Batch, Record


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
        doubles = []
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
                doubles.append(Double(id, *key, path, title_of(image), when, shown, others))
        return tuple(doubles)

    def wishes(self) -> tuple[Entry, ...]:
        """Entries still here, deleted or not, that were purged on another device."""
        store = self._context.store
        with store.guarded() as connection:
            purged = (rows.by_id(connection, id) for id in store.records(PURGED))
            return tuple(entry for entry in purged if entry)

    def keep(self, id: str, value: Any) -> None:
        """Show this value of a field from now on and let the others go, as one change."""
        key, path = owner_of(id) if id.count(".") >= 2 else (("", ""), "")
        image = self._image(key)
        if image is None or self._context.store.record(TWICE, id) is None:
            raise NotFound("That text does not differ on two devices.", "See: ksbtui conflicts")
        if isinstance(value, str):
            value = clean(value).strip("\n")
        if path == "title" and not value:
            raise Unreadable("An entry needs a title.", "Describe what you did in a few words.")
        title = title_of(image)
        with self._context.writing(f'Chose which text to keep in "{title[:60]}": {path}') as batch:
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
        members = [value if member_id(item) == member else item for item in whole]
        return {**image, name: members}
    return {**image, name: {**(whole or {}), member: value}}


@dataclass(frozen=True, slots=True)
class MergeNote:
    """What a merge did to one entry or record, to be named."""

    what: str
    kind: str
    id: str
    title: str
    day: date | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merging:
    """What a merge will write: pairs of the entry here and the new one, records, and origins."""

    entries: tuple[tuple[Entry | None, Entry], ...] = ()
    records: tuple[Record, ...] = ()
    ended: tuple[Key, ...] = ()
    """Records that the other copy has deleted."""
    seen: frozenset[str] = frozenset()
    origins: tuple[tuple[Key, Origin | None], ...] = ()
    notes: tuple[MergeNote, ...] = ()
    unchanged: int = 0
    kept: int = 0
    wishes: tuple[Entry, ...] = field(default_factory=tuple)
    """Entries here that were purged on another device."""


def this_copy(context: Context) -> Copy:
    """The journal as a copy to merge; entries that were deleted are not in it."""
    store = context.store
    with store.guarded() as connection:
        live = rows.read(connection, "WHERE deleted_at = '' ORDER BY seq")
        tags, seen = origins.read(connection)
    things: dict[Key, Image] = {(ENTRY, entry.id): own_image(entry) for entry in live}
    things |= {(record.kind, record.id): record.body for record in store.whole_records()}
    return Copy(things, {key: tags.get(key, Origin(frozenset())) for key in things}, seen)


def plan_merge(context: Context, whole: Whole) -> Merging:
    """Compare a file with the journal, and say what bringing it in would write."""
    here = this_copy(context)
    records = {(record.kind, record.id): record for record in whole.records}
    records.pop(DEMO_RECORD, None)  # the mark of an invented journal stays where it is
    images = {(ENTRY, entry.id): own_image(_cleaned(entry)) for entry in whole.entries}
    things = {**images, **{key: record.body for key, record in records.items()}}
    mine_at = {record_key(one): one for one in context.store.whole_records()}
    with context.store.guarded() as connection:
        known = {entry.id: entry for entry in rows.read(connection, "")}
        if whole.merging:
            tags = dict(line.of() for line in whole.merging.origins)
            there = Copy(
                things,
                {key: tags.get(key, Origin(frozenset())) for key in things},
                frozenset(whole.merging.seen),
            )
            mark = _fresh(context)
            out = merged(_without_demo(here), there, fresh=mark)
        else:
            out, mark = _merge_untagged(context, here, things, records, mine_at)
    return _planned(context, here, things, out, mark, known, records, mine_at)


def record_key(record: Record) -> Key:
    """What a record is known by in a merge."""
    return (record.kind, record.id)


def _cleaned(entry: Entry) -> Entry:
    return replace(
        entry,
        title=clean(entry.title),
        notes=clean(entry.notes),
        learned=clean(entry.learned),
        module=entry.module if entry.module_given else None,
    )


def _without_demo(here: Copy) -> Copy:
    things = {key: image for key, image in here.things.items() if key != DEMO_RECORD}
    return Copy(things, here.origins, here.seen)


def _fresh(context: Context) -> str:
    connection = context.store.connection
    return origins.tag(context.clock.now(), origins.devices(connection)[-1][1], f"m{new_id()}")


def _merge_untagged(
    context: Context,
    here: Copy,
    things: Mapping[Key, Image],
    records: Mapping[Key, Record],
    mine_at: Mapping[Key, Record],
) -> tuple[Merged, str]:
    """Merge a file without tags: what this journal's own log knows decides."""
    connection = context.store.connection

    @cache
    def history(key: Key) -> Mapping[str, list[Any]]:
        return origins.history(connection, key)

    def older(key: Key) -> bool:
        if key[0] == ENTRY:
            came = history(key).get("updated_at", [here.things[key]["updated_at"]])
            return bool(things[key]["updated_at"] < came[0])
        return records[key].updated_at < mine_at[key].updated_at

    by_history = ByHistory(here, history, older)
    mark = _fresh(context)
    purged = {id for kind, id in here.things if kind == PURGED}
    wanted = {
        key: image
        for key, image in things.items()
        if key in here.things
        or (not (key[0] == ENTRY and key[1] in purged) and not by_history.is_known(key, image))
    }
    there = Copy(wanted, dict.fromkeys(wanted, Origin(frozenset({mark}))), frozenset())
    out = merged(here, there, by_history, mark)
    ended = {key for key in wanted if key not in here.things and history(key)}
    out.notes = [
        Note(BACK, note.key) if note.what == ADDED and note.key in ended else note
        for note in out.notes
    ]
    return out, mark


def _planned(
    context: Context,
    here: Copy,
    things: Mapping[Key, Image],
    out: Merged,
    mark: str,
    known: Mapping[str, Entry],
    records: Mapping[Key, Record],
    mine_at: Mapping[Key, Record],
) -> Merging:
    """Turn steps into entries and records to write, and count what stayed."""
    pairs: list[tuple[Entry | None, Entry]] = []
    put: list[Record] = []
    ended: list[Key] = []
    now = context.clock.now()
    for step in out.steps:
        if step.key[0] == ENTRY:
            pair = _entry_pair(step, known.get(step.key[1]), now)
            if pair[0] is None or entry_image(pair[0]) != entry_image(pair[1]):
                pairs.append(pair)
        elif step.after is None:
            ended.append(step.key)
        elif step.before != step.after:
            put.append(_record(step, records.get(step.key), mine_at.get(step.key), now))
    touched = {step.key for step in out.steps}
    both = [key for key in things if key[0] == ENTRY and key in here.things]
    same = [key for key in both if key not in {(ENTRY, after.id) for _, after in pairs}]
    uses_mark = out.steps and any(
        mark in tags
        for step in out.steps
        if step.origin
        for tags in (step.origin.made, *step.origin.fields.values())
    )
    return Merging(
        entries=tuple(pairs),
        records=tuple(put),
        ended=tuple(ended),
        seen=out.seen | ({mark} if uses_mark else frozenset()),
        origins=tuple((step.key, step.origin) for step in out.steps),
        notes=tuple(_note(note, here, things, out) for note in out.notes),
        unchanged=len(same),
        kept=sum(things[key] != here.things[key] and key not in touched for key in same),
        wishes=_wishes(here, out, known),
    )


def _entry_pair(step: Step, before: Entry | None, now: str) -> tuple[Entry | None, Entry]:
    if step.after is None:
        assert before is not None, "only what is here can end here"
        return before, replace(before, deleted_at=now)
    return before, entry_from({**step.after, "deleted_at": ""})


def _record(step: Step, theirs: Record | None, mine: Record | None, now: str) -> Record:
    assert step.after is not None
    sides = [side for side in (theirs, mine) if side]
    return Record(
        *step.key,
        min((side.created_at for side in sides), default=now),
        max((side.updated_at for side in sides), default=now),
        step.after,
    )


def _note(note: Note, here: Copy, things: Mapping[Key, Image], out: Merged) -> MergeNote:
    kind, id = note.key
    image = next((step.after for step in out.steps if step.key == note.key and step.after), None)
    image = image or here.things.get(note.key) or things.get(note.key) or {}
    day = image.get("day")
    return MergeNote(
        note.what,
        kind,
        id,
        title_of(image),
        date.fromisoformat(day) if isinstance(day, str) and day else None,
        note.fields,
    )


def _wishes(here: Copy, out: Merged, known: Mapping[str, Entry]) -> tuple[Entry, ...]:
    purged = {id for kind, id in here.things if kind == PURGED}
    purged |= {step.key[1] for step in out.steps if step.key[0] == PURGED and step.after}
    return tuple(known[id] for id in sorted(purged) if id in known)


__all__ = ["ADDED", "BACK", "CHANGED", "DELETED", "Merging", "owner_of", "plan_merge"]

"""Handing a journal over: what leaves it, checked for personal data, as one file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from ksbtui.core.entry.entries import entry_from, entry_image, patched
from ksbtui.core.exchange import sharing
from ksbtui.core.exchange.personal_data import Finding, check, redact
from ksbtui.core.exchange.sharing import COURSE_KINDS, EARLIER_KINDS, Image
from ksbtui.journal.coaching.records import CALL, REVIEW
from ksbtui.journal.context import Context
from ksbtui.journal.exchange.exchange import NAMES_RECORD
from ksbtui.journal.exchange.handover_file import (
    HANDOVER,
    NEWEST,
    Earlier,
    HandOver,
    Moment,
    to_bytes,
)
from ksbtui.store.database import changes, rows
from ksbtui.store.database.store import Record
from ksbtui.store.files.sealed import own_key, seal

ENTRY = changes.ENTRY


@dataclass(frozen=True, slots=True)
class Sharing:
    """What a hand-over will hold, and the personal data found in it."""

    file: HandOver
    findings: tuple[Finding, ...]
    names: tuple[str, ...] = ()

    def redacted(self) -> Sharing:

        def redacted(image: Any) -> Any:
            return sharing.rewritten(image, partial(redact, names=self.names))

        file = self.file
        records = [
            record if record.kind in COURSE_KINDS else replace(record, body=redacted(record.body))
            for record in file.records
        ]
        earlier = [
            thing if thing.kind in COURSE_KINDS else replace(thing, image=redacted(thing.image))
            for thing in file.earlier
        ]
        entries = (entry_from(redacted(entry_image(entry))) for entry in file.entries)
        file = replace(file, records=tuple(records), entries=tuple(entries), earlier=tuple(earlier))
        return Sharing(replace(file, redacted=True), (), self.names)

    def data(self, to: Iterable[str] = (), passphrase: str = "", *, plain: bool = False) -> bytes:
        """The file's bytes: encrypted for keys or with a passphrase, unless it is plain."""
        data = to_bytes(self.file)
        return data if plain else seal(data, tuple(to), passphrase)

    def counts(self) -> dict[str, int]:
        """How many things of each kind it holds, entries first."""
        file = self.file
        evidence = sum(len(entry.evidence) for entry in file.entries)
        kinds = Counter(one.kind for one in file.records if one.kind not in COURSE_KINDS)
        return {"entries": len(file.entries), "evidence": evidence, **kinds}


class HandOvers:
    """What leaves a journal for a tutor."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def share(self, since: date | None = None) -> Sharing:
        """Put together what may leave, entries from a day on, and look for personal data."""
        context = self._context
        course = context.enrolled
        with context.store.guarded() as connection:
            everything = rows.read(connection, "ORDER BY seq")
            newest = changes.newest(connection)
        live = [e for e in everything if not e.deleted_at and (since is None or e.day >= since)]
        images = {e.id: sharing.shared_entry(entry_image(e)) for e in live}
        entries = tuple(entry_from(image) for image in images.values() if image)
        left_out = [entry for entry in live if entry.private]
        whole = context.store.whole_records()
        records = _shared(whole, {entry.id for entry in entries})
        moments = self._moments(records)
        key = own_key()
        file = HandOver(
            format=HANDOVER,
            version=NEWEST,
            learner=context.courses[0].enrolment.id,
            name=course.enrolment.name,
            made_at=context.clock.now(),
            as_at=context.as_at,
            newest=newest,
            since=since,
            reply_to=key.public if key else "",
            left_out=len(left_out),
            left_out_minutes=sum(entry.minutes for entry in left_out),
            moments=moments,
            records=records,
            entries=entries,
            earlier=self._earlier(moments, records, entries, since),
        )
        body = context.store.record(*NAMES_RECORD) or {}
        names = tuple(body.get("names", ()))
        return Sharing(file, check(_texts(file), names), names)

    def _moments(self, records: Iterable[Record]) -> tuple[Moment, ...]:
        """When calls and reviews were held, as changes of this journal, oldest first."""
        held = {
            int(record.body.get("batch") or 0)
            for record in records
            if record.kind in (CALL, REVIEW)
        }
        with self._context.store.guarded() as connection:
            found = connection.execute("SELECT n, at FROM batch ORDER BY n").fetchall()
        return tuple(Moment(n, at) for n, at in found if n in held)

    def _earlier(
        self,
        moments: tuple[Moment, ...],
        records: tuple[Record, ...],
        entries: tuple[Any, ...],
        since: date | None,
    ) -> tuple[Earlier, ...]:
        """What things were at each moment, where that differs from later."""
        if not moments:
            return ()
        now: dict[tuple[str, str], Image | None] = {
            (ENTRY, entry.id): entry_image(entry) for entry in entries
        }
        now |= {(one.kind, one.id): one.body for one in records if one.kind in EARLIER_KINDS}
        with self._context.store.guarded() as connection:
            hidden = {e.id for e in rows.read(connection, "WHERE private = 1")}
            present = {(ENTRY, e.id): entry_image(e) for e in rows.read(connection, "")}
            steps = connection.execute(
                "SELECT batch, kind, id, before, after FROM change WHERE batch > ? ORDER BY n DESC",
                (moments[0].n,),
            ).fetchall()
        images: dict[tuple[str, str], Image | None] = {**now, **present}
        found: list[Earlier] = []
        waiting = list(moments)
        touched: set[tuple[str, str]] = set()
        for batch, kind, id, before, after in steps:
            while waiting and batch <= waiting[-1].n:
                found += _stepped(waiting.pop().n, touched, images, now, hidden, since)
            if kind in EARLIER_KINDS:
                key = (kind, id)
                images[key] = patched(images.get(key), _image_of(after), _image_of(before))
                touched.add(key)
        while waiting:
            found += _stepped(waiting.pop().n, touched, images, now, hidden, since)
        return tuple(found)


def _stepped(
    n: int,
    touched: set[tuple[str, str]],
    images: Mapping[tuple[str, str], Image | None],
    now: Mapping[tuple[str, str], Image | None],
    hidden: set[str],
    since: date | None,
) -> list[Earlier]:
    """What the things touched since the next moment were at this one, as it may leave."""
    found = []
    for kind, id in sorted(touched):
        image = images.get((kind, id))
        if kind == ENTRY:
            if id in hidden or (since and image and image["day"] < since.isoformat()):
                continue
            image = sharing.earlier_entry(image, now.get((kind, id)))
        found.append(Earlier(n, kind, id, image))
    touched.clear()
    return found


def _image_of(text: str | None) -> Image | None:
    return None if text is None else json.loads(text)


def _shared(records: Iterable[Record], entries: set[str]) -> tuple[Record, ...]:
    found = []
    for record in records:
        body = sharing.shared_record(record.kind, record.body, entries)
        if body is not None:
            found.append(replace(record, body=body))
    return tuple(found)


def _texts(file: HandOver) -> Iterable[tuple[str, str]]:
    """Every text of a person's in it, with the place it stands at."""
    for entry in file.entries:
        for text in sharing.prose(entry_image(entry)):
            yield f"entry {entry.id}, {entry.day.isoformat()}", text
    for record in file.records:
        if record.kind not in COURSE_KINDS:
            for text in sharing.prose(record.body):
                yield f"{record.kind} {record.id}", text

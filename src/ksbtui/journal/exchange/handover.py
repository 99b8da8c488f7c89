"""Handing a journal over: what leaves it, checked for personal data, and reading such files."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from ksbtui.core.codec import ForbidExtra
from ksbtui.core.entry.entries import Entry, Image, entry_from, entry_image, patched
from ksbtui.core.exchange import sharing
from ksbtui.core.exchange.feedback import Line
from ksbtui.core.exchange.personal_data import Finding, check, redact
from ksbtui.core.exchange.sharing import COURSE_KINDS, EARLIER_KINDS
from ksbtui.core.strict import Malformed, strictly
from ksbtui.errors import Unreadable
from ksbtui.journal.coaching.records import CALL, REVIEW
from ksbtui.journal.context import Context
from ksbtui.journal.exchange.exchange import NAMES_RECORD
from ksbtui.journal.exchange.own_json import FORMAT, MAX_BYTES, VERSION, Whole, faults, own_image
from ksbtui.journal.record_kinds import read_record
from ksbtui.store.database import changes, rows
from ksbtui.store.database.changes import ENTRY
from ksbtui.store.database.store import Record
from ksbtui.store.files.sealed import AskPassphrase, is_sealed, own_key, read_bytes, seal, unseal

HANDOVER, FEEDBACK_FILE = "ksbtui-handover", "ksbtui-feedback"
NEWEST = 1
"""The version of both; raised when an older program could misread a file."""

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z")
_START = re.compile(rb'\A\s*\{\s*"format"\s*:\s*"(ksbtui-[a-z]+)"\s*,\s*"version"\s*:\s*(\d{1,9})')
_ID = re.compile(r"[a-z0-9-]{1,64}")
_AGAIN = "Ask for the file again. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Moment(ForbidExtra):
    """The end of change ``n`` of the learner's journal, at which a call or review was held."""

    n: int
    at: str


@dataclass(frozen=True, slots=True)
class Earlier(ForbidExtra):
    """What a thing was until moment ``n``; ``image`` None: it was not there."""

    n: int
    kind: str
    id: str
    image: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class HandOver(ForbidExtra):
    """A journal as it was handed over at ``made_at`` (UTC), seen from ``as_at``.

    ``learner`` stays the same over every file of theirs. ``newest`` numbers the learner's
    newest change. ``since`` is the day before which no entry is in it. ``left_out`` counts
    private entries, ``left_out_minutes`` their minutes. ``reply_to`` is the learner's key.
    """

    format: str
    version: int
    learner: str
    name: str
    made_at: str
    as_at: date
    newest: int
    since: date | None
    reply_to: str
    left_out: int
    left_out_minutes: int
    moments: tuple[Moment, ...]
    records: tuple[Record, ...]
    entries: tuple[Entry, ...]
    earlier: tuple[Earlier, ...]
    redacted: bool = False


@dataclass(frozen=True, slots=True)
class Feedback(ForbidExtra):
    """What somebody made of a journal that was handed over at ``about``."""

    format: str
    version: int
    learner: str
    sender: str
    about: str
    made_at: str
    lines: tuple[Line, ...]


AnyFile = TypeVar("AnyFile", HandOver, Feedback)


def to_bytes(file: HandOver | Feedback) -> bytes:
    """Write a file of ours as JSON, one thing a line."""
    values = {name: getattr(file, name) for name in type(file).__dataclass_fields__}
    parts = []
    for name, value in values.items():
        if name == "entries":
            parts.append(f'"{name}": {_lines(map(own_image, value))}')
        elif isinstance(value, tuple):
            parts.append(f'"{name}": {_lines(map(asdict, value))}')
        else:
            plain = value.isoformat() if isinstance(value, date) else value
            parts.append(f'"{name}": {json.dumps(plain, ensure_ascii=False)}')
    return ("{" + ", ".join(parts) + "}\n").encode()


def _lines(images: Any) -> str:
    return "[\n" + ",\n".join(json.dumps(image, ensure_ascii=False) for image in images) + "]"


def format_of(path: Path) -> str:
    """Which of our formats a plain file says it is; empty for any other."""
    try:
        with path.open("rb") as file:
            return data_format(file.read(200))
    except OSError:
        return ""


def is_ours(path: Path) -> bool:
    """Whether a file is encrypted, or says that it is a hand-over or feedback."""
    return is_sealed(path) or format_of(path) in (HANDOVER, FEEDBACK_FILE)


def read_data(path: Path, ask: AskPassphrase | None = None) -> bytes:
    """The JSON of a file of ours, decrypted if need be."""
    data = read_bytes(path, MAX_BYTES)
    return unseal(data, path.name, ask) if is_sealed(path) else data


def data_format(data: bytes) -> str:
    """Which of our formats some JSON is; empty for any other."""
    start = _START.match(data[:200])
    return start[1].decode() if start else ""


def read_handover(data: bytes, name: str) -> HandOver:
    """Read and check a journal that was handed over."""
    file = _read(HandOver, HANDOVER, data, name)
    for fault in _faults(file):
        raise Unreadable(f"{name}, {fault}.", _AGAIN)
    return file


def _faults(file: HandOver) -> Iterator[str]:
    yield from faults(Whole(FORMAT, VERSION, file.records, file.entries))
    learners = [record.id for record in file.records if record.kind == "enrolment"]
    if not learners:
        yield "records: there is no enrolment"
    if any(entry.private for entry in file.entries):
        yield "entries: one is private"
    if file.learner not in learners or not _ID.fullmatch(file.learner):
        yield "learner: it is not an enrolment of the file"
    moments = {moment.n for moment in file.moments}
    for number, thing in enumerate(file.earlier):
        place = f"earlier.{number}"
        if thing.n not in moments or thing.kind not in EARLIER_KINDS:
            yield f"{place}: it belongs to no moment"
        if thing.image is None:
            continue
        try:
            if thing.kind == ENTRY:
                strictly(Entry, thing.image)
            else:
                read_record(thing.kind, thing.id, thing.image)
        except Malformed as problem:
            yield f"{place}: {problem}"


def read_feedback(data: bytes, name: str) -> Feedback:
    """Read feedback; its lines are checked one by one when they are taken in."""
    return _read(Feedback, FEEDBACK_FILE, data, name)


def _read(kind: type[AnyFile], format: str, data: bytes, name: str) -> AnyFile:
    # deferred: pydantic takes longer to load than all else here
    from pydantic import ValidationError

    start = _START.match(data[:200])
    if start is None or start[1].decode() != format:
        what = "feedback" if format == FEEDBACK_FILE else "a shared journal"
        raise Unreadable(f"{name} is not {what}.", "Check that it is the right file.")
    if int(start[2]) > NEWEST:
        raise Unreadable(
            f"{name} was made by a newer ksbtui (format {int(start[2])}).",
            "Update ksbtui, then open it again.",
        )
    try:
        file: AnyFile = _adapter(kind.__name__).validate_json(data, strict=True)
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        if first["type"] == "json_invalid":
            raise Unreadable(f"{name} is damaged or cut short.", _AGAIN) from problem
        place = ".".join(map(str, first["loc"])) or "top level"
        raise Unreadable(f"{name}, {place}: {first['msg']}.", _AGAIN) from problem
    if not _is_instant(file.made_at):
        raise Unreadable(f"{name}, made_at: it is not an instant.", _AGAIN)
    return file


def _is_instant(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return bool(_INSTANT.fullmatch(text))


@cache
def _adapter(kind: str) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(HandOver if kind == HandOver.__name__ else Feedback)


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
        kinds = Counter(record.kind for record in file.records if record.kind not in COURSE_KINDS)
        return {"entries": len(file.entries), "evidence": evidence, **kinds}


class HandOvers:
    """What leaves a journal for a tutor."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def share(self, since: date | None = None) -> Sharing:
        """Put together what may leave, entries from a day on, and look for personal data."""
        context = self._context
        learner = context.enrolled.enrolment.name
        with context.store.guarded() as connection:
            everything = rows.read(connection, "ORDER BY seq")
            newest = changes.newest(connection)
        live = [e for e in everything if not e.deleted_at and (since is None or e.day >= since)]
        images = {e.id: sharing.shared_entry(entry_image(e)) for e in live}
        entries = tuple(entry_from(image) for image in images.values() if image)
        left_out = [entry for entry in live if entry.private]
        records = _shared(context.store.whole_records(), {entry.id for entry in entries})
        moments = self._moments(records)
        key = own_key()
        file = HandOver(
            format=HANDOVER,
            version=NEWEST,
            learner=context.courses[0].enrolment.id,
            name=learner,
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
        numbers = {
            int(record.body.get("batch") or 0)
            for record in records
            if record.kind in (CALL, REVIEW)
        }
        with self._context.store.guarded() as connection:
            batches = connection.execute("SELECT n, at FROM batch ORDER BY n").fetchall()
        return tuple(Moment(n, at) for n, at in batches if n in numbers)

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
        now |= {
            (record.kind, record.id): record.body
            for record in records
            if record.kind in EARLIER_KINDS
        }
        with self._context.store.guarded() as connection:
            hidden = {e.id for e in rows.read(connection, "WHERE private = 1")}
            present = {(ENTRY, e.id): entry_image(e) for e in rows.read(connection, "")}
            steps = connection.execute(
                "SELECT batch, kind, id, before, after FROM change WHERE batch > ? ORDER BY n DESC",
                (moments[0].n,),
            ).fetchall()
        images: dict[tuple[str, str], Image | None] = {**now, **present}
        earlier: list[Earlier] = []
        waiting = list(moments)
        touched: set[tuple[str, str]] = set()
        for batch, kind, id, before, after in steps:
            while waiting and batch <= waiting[-1].n:
                earlier += _stepped(waiting.pop().n, touched, images, now, hidden, since)
            if kind in EARLIER_KINDS:
                key = (kind, id)
                images[key] = patched(images.get(key), _image_of(after), _image_of(before))
                touched.add(key)
        while waiting:
            earlier += _stepped(waiting.pop().n, touched, images, now, hidden, since)
        return tuple(earlier)


def _stepped(
    n: int,
    touched: set[tuple[str, str]],
    images: Mapping[tuple[str, str], Image | None],
    now: Mapping[tuple[str, str], Image | None],
    hidden: set[str],
    since: date | None,
) -> list[Earlier]:
    """What the things touched since the next moment were at this one, as it may leave."""
    earlier = []
    for kind, id in sorted(touched):
        image = images.get((kind, id))
        if kind == ENTRY:
            if id in hidden or (since and image and image["day"] < since.isoformat()):
                continue
            image = sharing.earlier_entry(image, now.get((kind, id)))
        earlier.append(Earlier(n, kind, id, image))
    touched.clear()
    return earlier


def _image_of(text: str | None) -> Image | None:
    return None if text is None else json.loads(text)


def _shared(records: Iterable[Record], entries: set[str]) -> tuple[Record, ...]:
    bodies = ((r, sharing.shared_record(r.kind, r.body, entries)) for r in records)
    return tuple(replace(record, body=body) for record, body in bodies if body is not None)


def _texts(file: HandOver) -> Iterable[tuple[str, str]]:
    """Every text of a person's in it, with the place it stands at."""
    for entry in file.entries:
        for text in sharing.prose(entry_image(entry)):
            yield f"entry {entry.id}, {entry.day.isoformat()}", text
    for record in file.records:
        if record.kind not in COURSE_KINDS:
            for text in sharing.prose(record.body):
                yield f"{record.kind} {record.id}", text

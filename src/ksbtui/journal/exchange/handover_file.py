"""The files of a hand-over: a journal shared, and the feedback on it, read and checked."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from ksbtui.core.codec import ForbidExtra
from ksbtui.core.entry.entries import Entry
from ksbtui.core.exchange.feedback import Line
from ksbtui.core.exchange.sharing import EARLIER_KINDS
from ksbtui.core.strict import Malformed, strictly
from ksbtui.errors import Unreadable
from ksbtui.journal.exchange.own_json import FORMAT, MAX_BYTES, VERSION, Whole, faults, own_image
from ksbtui.store.database.store import Record
from ksbtui.store.files.sealed import AskPassphrase, is_sealed, read_bytes, unseal

HANDOVER, FEEDBACK_FILE = "ksbtui-handover", "ksbtui-feedback"
NEWEST = 1
"""The version of both; raised when an older program could misread a file."""

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z")
_START = re.compile(rb'\A\s*\{\s*"format"\s*:\s*"(ksbtui-[a-z]+)"\s*,\s*"version"\s*:\s*(\d{1,9})')
_ID = re.compile(r"[a-z0-9-]{1,64}")
_AGAIN = "Ask for the file again; nothing was changed."


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
            said = value.isoformat() if isinstance(value, date) else value
            parts.append(f'"{name}": {json.dumps(said, ensure_ascii=False)}')
    return ("{" + ", ".join(parts) + "}\n").encode()


def _lines(images: Any) -> str:
    return "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in images) + "]"


def format_of(path: Path) -> str:
    """Which of our formats a plain file says it is; empty for any other."""
    try:
        with path.open("rb") as file:
            found = _START.match(file.read(200))
    except OSError:
        return ""
    return found[1].decode() if found else ""


def is_ours(path: Path) -> bool:
    """Whether a file is encrypted, or says that it is a hand-over or feedback."""
    return is_sealed(path) or format_of(path) in (HANDOVER, FEEDBACK_FILE)


def read_data(path: Path, ask: AskPassphrase | None = None) -> bytes:
    """The JSON of a file of ours, decrypted if need be."""
    data = read_bytes(path, MAX_BYTES)
    return unseal(data, path.name, ask) if is_sealed(path) else data


def data_format(data: bytes) -> str:
    """Which of our formats some JSON is; empty for any other."""
    found = _START.match(data[:200])
    return found[1].decode() if found else ""


def read_handover(data: bytes, name: str) -> HandOver:
    """Read and check a journal that was handed over."""
    file = _read(HandOver, HANDOVER, data, name)
    whole = Whole(FORMAT, VERSION, file.records, file.entries)
    fault = next(faults(whole), None)
    if fault is None and not any(one.kind == "enrolment" for one in file.records):
        fault = "records: there is no enrolment"
    if fault is None and any(entry.private for entry in file.entries):
        fault = "entries: one is private"
    learners = [one.id for one in file.records if one.kind == "enrolment"]
    if fault is None and not (file.learner in learners and _ID.fullmatch(file.learner)):
        fault = "learner: it is not an enrolment of the file"
    if fault is None:
        fault = _earlier_fault(file)
    if fault:
        raise Unreadable(f"{name}, {fault}.", _AGAIN)
    return file


def _earlier_fault(file: HandOver) -> str | None:
    """What is wrong in how things were, or None: each must read as what it is."""
    from ksbtui.journal.record_kinds import read_record

    known = {one.n for one in file.moments}
    for number, one in enumerate(file.earlier):
        place = f"earlier.{number}"
        if one.n not in known or one.kind not in EARLIER_KINDS:
            return f"{place}: it belongs to no moment"
        if one.image is None:
            continue
        try:
            if one.kind == "entry":
                strictly(Entry, one.image)
            else:
                read_record(one.kind, one.id, one.image)
        except Malformed as problem:
            return f"{place}: {problem}"
    return None


def read_feedback(data: bytes, name: str) -> Feedback:
    """Read feedback; its lines are checked one by one when they are taken in."""
    return _read(Feedback, FEEDBACK_FILE, data, name)


def _read(kind: type[AnyFile], format: str, data: bytes, name: str) -> AnyFile:
    from pydantic import ValidationError  # takes longer to load than everything else here

    found = _START.match(data[:200])
    if found is None or found[1].decode() != format:
        what = "feedback" if format == FEEDBACK_FILE else "a journal that was handed over"
        raise Unreadable(f"{name} is not {what}.", "Check that it is the right file.")
    if int(found[2]) > NEWEST:
        raise Unreadable(
            f"{name} was made by a newer ksbtui (format {int(found[2])}).",
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

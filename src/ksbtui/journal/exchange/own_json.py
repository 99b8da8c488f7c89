"""ksbtui's own JSON: the whole record as one document, one entry or record a line.

The shape is documented in ``docs/DATA.md``. Keys stand in a fixed order, so the same
record always gives the same bytes.
"""

from __future__ import annotations

import json
import mmap
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from ksbtui.core.codec import ForbidExtra
from ksbtui.core.entry.entries import ENTRY, MIN_MINUTES, PAID, Entry, entry_image
from ksbtui.core.exchange.fields import Key, Origin, text_of
from ksbtui.core.programme.programmes import Enrolment
from ksbtui.core.strict import Malformed
from ksbtui.errors import NotFound, Unreadable
from ksbtui.journal.context import ALPHABET, ENROLMENT, LENGTH, PROGRAMME, RULES, STANDARD
from ksbtui.store.database.origins import line_of
from ksbtui.store.database.store import Record

T = TypeVar("T")

FORMAT = "ksbtui-journal"
VERSION = 2
"""Raised when a file of this version could be misread by an older program."""

MAX_BYTES = 150_000_000
"""Some 100,000 entries; a larger file is refused before it is read."""

_MARK = re.compile(rb'"format"\s*:\s*"ksbtui-journal"')
_ID = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
_CODE = re.compile(r"[KSB][1-9][0-9]*")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z")
_DAMAGED = "Export it again from the journal it came from: ksbtui export json PATH"


@dataclass(frozen=True, slots=True)
class OriginLine(ForbidExtra):
    """Which changes the fields of a thing come from."""

    kind: str
    id: str
    made: tuple[str, ...]
    fields: dict[str, tuple[str, ...]]

    def of(self) -> tuple[Key, Origin]:
        fields = {path: frozenset(tags) for path, tags in self.fields.items()}
        return (self.kind, self.id), Origin(frozenset(self.made), fields)


@dataclass(frozen=True, slots=True)
class Merging(ForbidExtra):
    """What lets two copies be merged: changes seen, and where every field comes from.

    ``digest`` is that of the records and entries; where it differs, somebody edited them.
    """

    digest: str
    seen: tuple[str, ...]
    origins: tuple[OriginLine, ...]


@dataclass(frozen=True, slots=True)
class Whole(ForbidExtra):
    """A file of ours, read and checked: every record and every entry."""

    format: str
    version: int
    records: tuple[Record, ...]
    entries: tuple[Entry, ...]
    merging: Merging | None = None
    """None in a file that was edited, redacted, or made before merging was kept."""


def written(
    records: Iterable[Record],
    entries: Iterable[Entry],
    origins: tuple[Mapping[Key, Origin], Iterable[str]] | None = None,
) -> Iterator[str]:
    """Write a record as the pieces of a JSON document.

    ``origins`` (where each field comes from, and the tags seen) only for a whole copy:
    what such a file lacks was deleted.
    """
    digest = sha256()
    yield f'{{"format": "{FORMAT}", "version": {VERSION},\n"records": [\n'
    keys: list[Key] = []
    yield from _lines(map(asdict, _noted(records, "kind", keys)), digest)
    yield '],\n"entries": [\n'
    yield from _lines(map(own_image, _noted(entries, "", keys)), digest)
    if origins is None:
        yield "]}\n"
        return
    tags, seen = origins
    yield '],\n"merging": {"seen": [\n'
    yield from _lines(sorted(seen))
    yield '],\n"origins": [\n'
    yield from _lines(line_of(key, tags[key]) for key in keys if key in tags)
    yield f'],\n"digest": "{digest.hexdigest()}"}}}}\n'


def _noted(things: Iterable[T], kind: str, keys: list[Key]) -> Iterator[T]:
    for thing in things:
        keys.append((getattr(thing, kind) if kind else ENTRY, thing.id))  # type: ignore[attr-defined]
        yield thing


def own_image(entry: Entry) -> dict[str, Any]:
    """One live entry as the file holds it: all a person said, nothing that is derived."""
    image = entry_image(entry)
    del image["deleted_at"]
    return image


def _lines(images: Iterable[Any], digest: Any = None) -> Iterator[str]:
    between = ""
    for image in images:
        text = json.dumps(image, ensure_ascii=False)
        if digest is not None:
            digest.update(text_of(image).encode())
        yield between + text
        between = ",\n"
    yield "\n" if between else ""


def is_ksbtui_json(path: Path) -> bool:
    """Tell whether a file is ksbtui's own JSON, whatever it is called.

    Quotes inside a JSON text are escaped, so no other JSON file can hold the mark.
    """
    try:
        with path.open("rb") as file:
            if b"\0" in file.read(4096):
                return False
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                return _MARK.search(data) is not None
    except (OSError, ValueError):
        return False


def read_whole(path: Path) -> Whole:
    """Read and check a file of ours, or refuse it with the place that is broken."""
    # deferred: pydantic takes longer to load than all else here
    from pydantic import ValidationError

    data = _bytes(path)
    try:
        whole: Whole = _validator().validate_json(data, strict=True)
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        if first["type"] == "json_invalid":
            raise Unreadable(f"{path.name} is damaged or cut short.", _DAMAGED) from problem
        if newer := re.search(rb'"version"\s*:\s*([0-9]{1,9})', data[:200]):
            _check_version(path, int(newer[1]))
        place = ".".join(map(str, first["loc"])) or "top level"
        raise Unreadable(f"{path.name}, {place}: {first['msg']}.", _DAMAGED) from problem
    _check_version(path, whole.version)
    problem_found = next(faults(whole), None)
    if problem_found:
        raise Unreadable(f"{path.name}, {problem_found}.", _DAMAGED)
    if whole.merging and not _is_unedited(data, whole.merging):
        return replace(whole, merging=None)
    return whole


@cache
def _validator() -> Any:
    """Reads a file of ours; stops at the first fault of a list, however many there are."""
    from pydantic import TypeAdapter  # takes longer to load than everything else here
    from pydantic_core import SchemaValidator

    return SchemaValidator(_failing_fast(TypeAdapter(Whole).core_schema))


def _failing_fast(schema: Any) -> Any:
    if isinstance(schema, dict):
        inner = {key: _failing_fast(value) for key, value in schema.items()}
        return {**inner, "fail_fast": True} if schema.get("type") in ("tuple", "list") else inner
    return [_failing_fast(inner) for inner in schema] if isinstance(schema, list) else schema


def _is_unedited(data: bytes, merging: Merging) -> bool:
    """Whether records and entries are still those that the origins were written for."""
    document, digest = json.loads(data), sha256()
    for image in (*document["records"], *document["entries"]):
        digest.update(text_of(image).encode())
    return digest.hexdigest() == merging.digest


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise Unreadable(
                f"{path.name} is too large: {size // 1_000_000} MB. The limit is "
                f"{MAX_BYTES // 1_000_000} MB.",
                "Check that it is a file made with ksbtui export json.",
            )
        return path.read_bytes()
    except OSError as problem:
        raise NotFound(
            f"{path.name} cannot be read: {problem.strerror}.", "Check the path and its spelling."
        ) from problem


def _check_version(path: Path, version: int) -> None:
    if version > VERSION:
        raise Unreadable(
            f"{path.name} was made by a newer ksbtui (format {version}).",
            "Update ksbtui, then import it again.",
        )


def faults(whole: Whole) -> Iterator[str]:
    """Name what a file of ours would never hold, with its place."""
    if whole.format != FORMAT:
        yield f'format: it is not "{FORMAT}"'
    if whole.version < 1:
        yield "version: it is below 1"
    yield from _record_faults(whole.records)
    ids: set[str] = set()
    artefacts: set[str] = set()
    for number, entry in enumerate(whole.entries):
        for field in _wrong_fields(entry):
            yield f"entries.{number}.{field}: it cannot be {getattr(entry, field)!r}"
        if entry.id in ids:
            yield f"entries.{number}.id: {entry.id} appears twice"
        ids.add(entry.id)
        for item in entry.evidence:
            if not item.id or item.id in artefacts:
                yield f"entries.{number}.evidence: {item.id!r} is not an id, or there twice"
            artefacts.add(item.id)
    if whole.entries and not any(record.kind == ENROLMENT for record in whole.records):
        yield "records: there are entries, but no enrolment they belong to"


def _wrong_fields(entry: Entry) -> Iterator[str]:
    right = {
        "id": _ID.fullmatch(entry.id),
        "minutes": MIN_MINUTES <= entry.minutes <= entry.most_minutes,
        "first_day": entry.first_day is None or entry.first_day < entry.day,
        "title": entry.title.strip(),
        "type": entry.type.strip(),
        "paid": entry.paid in PAID,
        "ksbs": all(map(_CODE.fullmatch, entry.ksbs)) and len(set(entry.ksbs)) == len(entry.ksbs),
        "created_at": _INSTANT.fullmatch(entry.created_at),
        "updated_at": _INSTANT.fullmatch(entry.updated_at),
        "deleted_at": not entry.deleted_at,
    }
    yield from (field for field, is_right in right.items() if not is_right)


def _record_faults(records: tuple[Record, ...]) -> Iterator[str]:
    """Check every record as its subject would read it."""
    from ksbtui.journal.record_kinds import read_record  # loads most of the core

    keys = {(record.kind, record.id) for record in records}
    if len(keys) < len(records):
        yield "records: one appears twice"
    for number, record in enumerate(records):
        if not (_INSTANT.fullmatch(record.created_at) and _INSTANT.fullmatch(record.updated_at)):
            yield f"records.{number}: its instants cannot be read"
        try:
            body = read_record(record.kind, record.id, record.body)
        except Malformed as problem:
            place = f"body.{problem.path}" if problem.path else "body"
            yield f"records.{number}.{place}: {problem.problem}"
            continue
        if getattr(body, "id", record.id) != record.id:
            yield f"records.{number}.id: it differs from its body's"
        if isinstance(body, Enrolment):
            needed = {(STANDARD, body.standard), (PROGRAMME, body.programme), (RULES, body.rules)}
            yield from (f"records: the {kind} {id} is missing" for kind, id in needed - keys)

"""Which change each field comes from, worked out from the change log.

Nothing is written for it at a save: a batch of this device is its own tag, and a merge
keeps, beside its batch, the tags of what it brought. Undoing a merge forgets those.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from ksbtui.core.exchange.fields import Key, Origin, Tags, flat
from ksbtui.store.database.changes import ENTRY, newest

Sources = dict[Key, tuple[Tags, dict[str, Tags]]]
"""Of each thing the tags of its making, and of the fields that changed since."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_WIDTH = 9
"""Digits of an instant: milliseconds to base 36, enough until the year 5188."""


def devices(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """The ids this file has had, each from a batch on: a restored copy goes on under another."""
    (text,) = connection.execute("SELECT value FROM meta WHERE key = 'device'").fetchone()
    return [(int(first), id) for first, _, id in (part.partition(":") for part in text.split())]


def rename_device(connection: sqlite3.Connection, id: str) -> None:
    """Write under another id from now on, inside an open write; what was written keeps its."""
    first = newest(connection) + 1
    earlier = [(n, name) for n, name in devices(connection) if n < first]
    text = " ".join(f"{n}:{name}" for n, name in [*earlier, (first, id)])
    connection.execute("UPDATE meta SET value = ? WHERE key = 'device'", (text,))


def tag(at: str, device: str, number: str) -> str:
    """Name a change: its instant first, so that tags sort by time."""
    moment = datetime.fromisoformat(at.replace("Z", "+00:00"))
    return f"{_base36(max(0, int(moment.timestamp() * 1000))).rjust(_WIDTH, '0')}-{device}-{number}"


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, last = divmod(number, 36)
        digits = _DIGITS[last] + digits
    return digits or "0"


def read(connection: sqlite3.Connection) -> tuple[dict[Key, Origin], frozenset[str]]:
    """Read where every field of every thing comes from, and all tags this copy has seen.

    A thing that ended has no origin. An entry that was deleted and came back comes from the
    change that brought it back.
    """
    merges = {n: (seen, origins) for n, seen, origins in connection.execute("SELECT * FROM merged")}
    names = devices(connection)
    tags: dict[int, str] = {}
    undone = set()
    for n, at, target, was_undone in connection.execute(
        "SELECT n, at, target, undone FROM batch ORDER BY n"
    ):
        if n in merges and was_undone:
            undone.add(n)
        elif n not in merges and target not in merges:
            me = next(id for first, id in reversed(names) if first <= n)
            tags[n] = tag(at, me, _base36(n))
    seen = set(tags.values())
    sources: Sources = {}
    waiting = sorted(merges.keys() - undone)
    rows = connection.execute("SELECT batch, kind, id, before, after FROM change ORDER BY n")
    for batch, kind, id, before, after in rows:
        while waiting and waiting[0] < batch:
            _take(sources, seen, *merges[waiting.pop(0)])
        if batch in tags:
            _replay(sources, (kind, id), frozenset({tags[batch]}), before, after)
    for n in waiting:
        _take(sources, seen, *merges[n])
    origins = {key: Origin(made, fields) for key, (made, fields) in sources.items()}
    return origins, frozenset(seen)


def _replay(
    sources: Sources,
    key: Key,
    tags: Tags,
    before: str | None,
    after: str | None,
) -> None:
    if after is None:
        sources.pop(key, None)
        return
    if before is None or key not in sources:
        sources[key] = (tags, {})
        return
    old, new = json.loads(before), json.loads(after)
    if key[0] == ENTRY and "deleted_at" in new:
        if new["deleted_at"]:
            sources.pop(key, None)
        else:
            sources[key] = (tags, {})
        return
    was, fields = flat(old), sources[key][1]
    fields.update((path, tags) for path, item in flat(new).items() if was.get(path) != item)


def _take(sources: Sources, seen: set[str], more: str, origins: str) -> None:
    seen.update(json.loads(more))
    for line in json.loads(origins):
        key = (line["kind"], line["id"])
        if "made" not in line:
            sources.pop(key, None)
        else:
            fields = {path: frozenset(tags) for path, tags in line["fields"].items()}
            sources[key] = (frozenset(line["made"]), fields)


def keep(
    connection: sqlite3.Connection,
    batch: int,
    seen: Iterable[str],
    origins: Iterable[tuple[Key, Origin | None]],
) -> None:
    """Keep, inside an open write, what a merge brought: tags seen and where things come from."""
    lines = [line_of(key, origin) for key, origin in origins]
    connection.execute(
        "INSERT INTO merged VALUES (?, ?, ?)", (batch, json.dumps(sorted(seen)), json.dumps(lines))
    )


def line_of(key: Key, origin: Origin | None) -> dict[str, Any]:
    """An origin as JSON; without one the thing ended."""
    line: dict[str, Any] = {"kind": key[0], "id": key[1]}
    if origin is not None:
        line["made"] = sorted(origin.made)
        line["fields"] = {path: sorted(tags) for path, tags in sorted(origin.fields.items())}
    return line


def history(connection: sqlite3.Connection, key: Key) -> Mapping[str, list[Any]]:
    """Every value that each field of a thing has had in this journal, oldest first.

    ``updated_at`` is among the fields, as it was when the thing came into this journal.
    """
    history: dict[str, list[Any]] = {}
    query = "SELECT before, after FROM change WHERE kind = ? AND id = ? ORDER BY n"
    for texts in connection.execute(query, key):
        for text in texts:
            image = json.loads(text) if text else {}
            if "updated_at" in image:
                history.setdefault("updated_at", [image["updated_at"]])
            for path, value in flat(image).items():
                values = history.setdefault(path, [])
                if value not in values:
                    values.append(value)
    return history

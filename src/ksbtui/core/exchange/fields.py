"""The fields of a thing that two copies may have changed, and their values with their tags."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ksbtui.core.entry.entries import ENTRY, PURGED, TWICE, Image

Key = tuple[str, str]
"""Kind and id of a thing: an entry or a record."""
Tags = frozenset[str]

UNTAGGED = {"id", "created_at", "updated_at", "deleted_at", "module_given"}
_SETS = {
    *("ksbs", "entries", "evidence", "names", "shared", "order", "gone", "checked"),
    *("signatures", "answers", "breaks"),
}
_MAPS = {"fields", "ratings", "moved_modules", "values"}
_SHOWN_ALONE = {"private", "verified", "submitted", "source", "batch", "sha256"}
"""Fields of which one value is enough: they are marks, not words."""
_QUIET_KINDS = {
    *("standard", "programme", "rules", "setting", "timer", "import-source", "import-map", PURGED),
    *("feedback", "signed"),
}
"""Records that nobody writes by hand."""
CONTENT = ("day", "minutes", "type", "ksbs", "title", "notes", "learned")
"""What a verification vouches for."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The tags of a thing's fields: those of its making, but for the fields named."""

    made: Tags
    fields: Mapping[str, Tags] = field(default_factory=dict)

    def of(self, path: str) -> Tags:
        return self.fields.get(path, self.made)


class Values:
    """The values one field has at once, each with the tags it comes from."""

    def __init__(self, pairs: Iterable[tuple[Any, Tags]] = ()) -> None:
        self._tagged: dict[str, tuple[Any, Tags]] = {}
        for value, tags in pairs:
            self.add(value, tags)

    def add(self, value: Any, tags: Tags) -> None:
        key = text_of(value)
        before = self._tagged.get(key)
        self._tagged[key] = (value, tags | before[1] if before else tags)

    def __iter__(self) -> Iterator[tuple[Any, Tags]]:
        return iter(self._tagged.values())

    def __len__(self) -> int:
        return len(self._tagged)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Values) and self._tagged == other._tagged

    __hash__ = None  # type: ignore[assignment]

    def has(self, value: Any) -> bool:
        return text_of(value) in self._tagged

    @property
    def tags(self) -> Tags:
        return frozenset().union(*(tags for _, tags in self._tagged.values()))


def text_of(value: Any) -> str:
    """A value as one text, the same for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def short_hash(value: Any) -> str:
    """A short name for a value."""
    from hashlib import blake2s  # loads OpenSSL, which the first screen has no need of

    return blake2s(text_of(value).encode(), digest_size=6).hexdigest()


def beside_key(key: Key, path: str) -> Key:
    """The record that keeps the values beside the one shown."""
    return (TWICE, f"{key[0]}.{key[1]}.{path}")


def owner_of(id: str) -> tuple[Key, str]:
    """The thing and the field that a record of second values is about."""
    kind, thing, path = id.split(".", 2)
    return (kind, thing), path


def flat(image: Image) -> dict[str, Any]:
    """A thing as its fields, with sets and maps taken apart: ``ksbs/K1``, ``ratings/S3``."""
    fields: dict[str, Any] = {}
    for name, value in image.items():
        if name in UNTAGGED:
            continue
        if name in _SETS and isinstance(value, list):
            fields.update((f"{name}/{member_id(item)}", item) for item in value)
        elif name in _MAPS and isinstance(value, dict):
            fields.update((f"{name}/{key}", item) for key, item in value.items())
        else:
            fields[name] = value
    return fields


def member_id(item: Any) -> str:
    """What a member of a set is known by."""
    if isinstance(item, dict):
        return str(item["id"]) if "id" in item else text_of(item)
    return str(item)


def shown_of(key: Key, path: str, values: Values) -> tuple[Any, Tags, list[tuple[Any, Tags]]]:
    """The value to show, its tags, and the values to keep beside it."""
    pairs = list(values)
    if path == "private":  # what was hidden in one place stays hidden
        return any(value for value, _ in pairs), values.tags, []
    pairs = [pair for pair in pairs if pair[0] not in ("", None, [], {})] or pairs
    pairs.sort(key=lambda pair: (max(pair[1], default=""), text_of(pair[0])))
    value, tags = pairs[-1]
    alone = key[0] in _QUIET_KINDS or path.partition("/")[0] in _SHOWN_ALONE
    return value, tags, [] if alone else pairs[:-1]


def built(mine: Image, theirs: Image, shown: Mapping[str, Any]) -> Image:
    """Put a thing together again from its fields, in the order of the fields here."""
    after: Image = {}
    for name in dict.fromkeys([*mine, *theirs]):
        here, there = mine.get(name), theirs.get(name)
        if name in _SETS and isinstance(here or there or [], list):
            members = {p: item for p, item in shown.items() if p.startswith(f"{name}/")}
            after[name] = _in_order(here or [], there or [], name, members)
        elif name in _MAPS and isinstance(here or there or {}, dict):
            here, there = here or {}, there or {}
            order = [f"{name}/{key}" for key in here | there]
            if here.keys() != there.keys():
                order.sort()
            after[name] = {p.partition("/")[2]: shown[p] for p in order if p in shown}
        elif name in ("created_at", "updated_at"):
            pick = min if name == "created_at" else max
            after[name] = pick(text for text in (here, there) if text) if here or there else ""
        elif name == "module_given":
            after[name] = shown.get("module") is not None
        elif name in UNTAGGED:
            after[name] = here if name in mine else there
        elif name in shown:
            after[name] = shown[name]
    return after


def _in_order(mine: list[Any], theirs: list[Any], name: str, members: Mapping[str, Any]) -> Any:
    """The members in the order of the side that has them all, else in one that both find."""
    sides = [[f"{name}/{member_id(item)}" for item in side] for side in (mine, theirs)]
    for order, other in (sides, sides[::-1]):
        if set(order) == members.keys() and _within(other, order):
            return [members[path] for path in order]
    return [members[path] for path in sorted(members)]


def _within(some: list[str], order: list[str]) -> bool:
    """Whether a list is another one with some left out."""
    rest = iter(order)
    return all(item in rest for item in some if item in order)


def outdated(key: Key, after: Image, mine: Image, theirs: Image) -> bool:
    """Whether an entry's verification vouches for a text that no longer is there."""
    mark = after.get("verified") if key[0] == ENTRY else None
    if not mark:
        return False
    sides = [side for side in (mine, theirs) if side.get("verified") == mark]
    return not any(all(side[name] == after[name] for name in CONTENT) for side in sides)


def compact(origins: Mapping[str, Tags]) -> Origin:
    """The tags by field, with those that most share said once."""
    if not origins:
        return Origin(frozenset())
    counts = Counter(origins.values())
    made = max(counts, key=lambda tags: (counts[tags], sorted(tags)))
    return Origin(made, {path: tags for path, tags in origins.items() if tags != made})


def title_of(image: Image) -> str:
    """The first text of a thing that names it to a person."""
    if image.get("private"):
        return "(private)"
    names = ("title", "text", "name", "question", "notes", "occasion", "day")
    return next((str(image[name]) for name in names if image.get(name)), "")

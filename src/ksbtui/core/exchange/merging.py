"""Merging two copies of a record so that no word is lost, whatever the clocks say.

Every change has a tag: when, on which device, and its number there. A copy knows the tags
it has seen, and for every field of every thing the tags its value comes from. Of a field,
what one side has and the other has seen and no longer has was replaced or removed there;
what the other side never saw is new to it. So files may come in any order, and twice: the
outcome is the same. (This is a multi-value register per field and an add-wins set per tag
or artefact, as the literature on replicated data calls them.)

Two values of one field that did not know of each other are both kept: the newer is shown,
the other stays in a record of the kind :data:`TWICE` until the learner chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ksbtui.core.entry.entries import ENTRY, TWICE, Image
from ksbtui.core.exchange.fields import (
    UNTAGGED,
    Key,
    Origin,
    Tags,
    Values,
    beside_key,
    built,
    compact,
    flat,
    outdated,
    owner_of,
    short_hash,
    shown_of,
)

ADDED, CHANGED, DELETED = "added", "changed", "deleted"
BACK, STAYED, DOUBLE, UNVERIFIED = "back", "stayed", "double", "unverified"


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a record: its live things, where their fields come from, what it has seen."""

    things: Mapping[Key, Image]
    origins: Mapping[Key, Origin]
    seen: frozenset[str]

    def values(self, key: Key) -> dict[str, Values]:
        if key not in self.things:
            return {}
        origin, fields = self.origins[key], flat(self.things[key])
        return {path: Values([(value, origin.of(path))]) for path, value in fields.items()}


@dataclass(frozen=True, slots=True)
class Step:
    """What a merge does to one thing; ``after`` None is its end. The origin goes with it."""

    key: Key
    before: Image | None
    after: Image | None
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class Note:
    """What a merge did, to be told: one of the words above, the thing, and its fields."""

    what: str
    key: Key
    fields: tuple[str, ...] = ()


@dataclass(slots=True)
class Merged:
    """The steps that make this copy hold both, and what to tell."""

    steps: list[Step] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    seen: frozenset[str] = frozenset()
    """Tags that the other copy had seen and this one had not."""


Combine = Callable[[Key, str, Values, Values], Values]
"""Of one field: the values here, those there, and what both together have."""


def merged(here: Copy, there: Copy, combine: Combine | None = None, fresh: str = "") -> Merged:
    """Bring what another copy has into this one.

    ``combine`` decides a field where the other copy has no tags (an old or edited file);
    by default the tags decide. ``fresh`` is a tag for what the merge itself changes.
    """
    out = Merged(seen=there.seen - here.seen)
    tagged = combine is None
    choose = combine or _by_tags(here, there)
    keys = dict.fromkeys([*there.things, *(here.things if tagged else ())])
    besides = _besides(here, there)
    for key in keys:
        if key[0] != TWICE:
            _Thing(here, there, choose, fresh, tagged, besides.get(key, ())).merge(key, out)
    return out


def _besides(*copies: Copy) -> dict[Key, set[str]]:
    """The fields of each thing that have a second value on either side."""
    paths: dict[Key, set[str]] = {}
    for copy in copies:
        for kind, id in copy.things:
            if kind == TWICE:
                owner, path = owner_of(id)
                paths.setdefault(owner, set()).add(path)
    return paths


def _by_tags(here: Copy, there: Copy) -> Combine:
    def combine(key: Key, path: str, mine: Values, theirs: Values) -> Values:
        both = Values()
        for values, others, seen in (
            (mine, theirs.tags, there.seen),
            (theirs, mine.tags, here.seen),
        ):
            for value, tags in values:
                if lasting := frozenset(t for t in tags if t in others or t not in seen):
                    both.add(value, lasting)
        return both

    return combine


@dataclass(frozen=True, slots=True)
class ByHistory:
    """Decides where the other copy has no tags: a file of an older version, or edited by hand.

    A value that a field once had here was replaced here. One it never had replaces what was
    not changed since it was made, unless the file is older; else both are kept.
    """

    here: Copy
    history: Callable[[Key], Mapping[str, list[Any]]]
    older: Callable[[Key], bool]
    """Whether the file's thing was last changed before the one here came into the journal."""

    def __call__(self, key: Key, path: str, mine: Values, theirs: Values) -> Values:
        """The values that both sides together have of a field."""
        had = self.history(key).get(path, [])
        origin = self.here.origins[key]
        settled = len(had) > 1 or origin.of(path) != origin.made or self.older(key)
        if not len(theirs):
            return mine if settled else theirs
        news = [(v, tags) for v, tags in theirs if v not in had and not mine.has(v)]
        return Values([*mine, *news] if settled or not news else news)

    def is_known(self, key: Key, image: Image) -> bool:
        """Whether a thing that ended here was, in each field, already so before it ended."""
        had = self.history(key)
        return bool(had) and all(value in had.get(path, ()) for path, value in flat(image).items())


@dataclass(frozen=True, slots=True)
class _Thing:
    """The merge of one thing."""

    here: Copy
    there: Copy
    choose: Combine
    fresh: str
    tagged: bool
    beside: Iterable[str]

    def merge(self, key: Key, out: Merged) -> None:
        mine, theirs = self.here.things.get(key), self.there.things.get(key)
        if mine is not None and theirs is not None:
            same = mine == theirs and not self.beside
            if not (same and self.here.origins[key] == self.there.origins.get(key)):
                self._both(key, mine, theirs, out)
            return
        copy, other = (self.here, self.there) if theirs is None else (self.there, self.here)
        tags = self._tags(copy, key)
        unseen = tags - other.seen
        if mine is not None:
            if not unseen:
                self._end(key, mine, out)
            elif unseen < tags and key[0] == ENTRY:
                out.notes.append(Note(STAYED, key))
        elif theirs is not None and unseen:
            back = unseen < tags
            self._take(key, theirs, out, BACK if back else ADDED)

    def _tags(self, copy: Copy, key: Key) -> Tags:
        tags = frozenset[str]().union(
            *(values.tags for values in copy.values(key).values()), copy.origins[key].made
        )
        for path in self.beside:
            tags |= self._second(copy, key, path).tags
        return tags

    def _end(self, key: Key, mine: Image, out: Merged) -> None:
        out.steps.append(Step(key, mine, None, None))
        out.notes.append(Note(DELETED, key))
        for path in self.beside:
            if (second := beside_key(key, path)) in self.here.things:
                out.steps.append(Step(second, self.here.things[second], None, None))

    def _take(self, key: Key, theirs: Image, out: Merged, what: str) -> None:
        """A thing that is only there, whole, with its second values."""
        origin = self.there.origins.get(key) or Origin(frozenset({self.fresh}))
        out.steps.append(Step(key, None, theirs, origin))
        out.notes.append(Note(what, key))
        for path in self.beside:
            second = beside_key(key, path)
            if second in self.there.things:
                image = self.here.things.get(second)
                second_origin = self.there.origins.get(second) or origin
                out.steps.append(Step(second, image, self.there.things[second], second_origin))

    def _both(self, key: Key, mine: Image, theirs: Image, out: Merged) -> None:
        here, there = self.here.values(key), self.there.values(key)
        shown: dict[str, Any] = {}
        origins: dict[str, Tags] = {}
        doubles: list[str] = []
        for path in dict.fromkeys([*here, *there, *self.beside]):
            values = self._values(key, path, here, there)
            if not len(values):
                self._keep_beside(key, path, [], out)
                continue
            value, tags, others = shown_of(key, path, values)
            shown[path], origins[path] = value, tags
            if self._keep_beside(key, path, others, out):
                doubles.append(path)
        after = built(mine, theirs, shown)
        if outdated(key, after, mine, theirs):
            after["verified"] = None
            origins["verified"] = frozenset({self.fresh})
            out.notes.append(Note(UNVERIFIED, key))
        origin = compact(origins)
        if after != mine or origin != compact(
            {path: self.here.origins[key].of(path) for path in here}
        ):
            out.steps.append(Step(key, mine, after, origin))
        names = tuple(n for n in after if after[n] != mine.get(n) and n not in UNTAGGED)
        if names:
            out.notes.append(Note(CHANGED, key, names))
        if doubles:
            out.notes.append(Note(DOUBLE, key, tuple(doubles)))

    def _values(
        self, key: Key, path: str, here: Mapping[str, Values], there: Mapping[str, Values]
    ) -> Values:
        sides = []
        for copy, values in ((self.here, here), (self.there, there)):
            second = self._second(copy, key, path) if path in self.beside else ()
            sides.append(Values([*values.get(path, ()), *second]))
        both = self.choose(key, path, *sides)
        if not len(both) and path in here and path in there and "/" not in path:
            return sides[0]  # only a damaged history comes here: keep what is here
        return both

    def _second(self, copy: Copy, key: Key, path: str) -> Values:
        second = beside_key(key, path)
        if second not in copy.things:
            return Values()
        origin = copy.origins.get(second, Origin(frozenset()))
        named = copy.things[second]["values"].items()
        return Values((value, origin.of(f"values/{name}")) for name, value in named)

    def _keep_beside(
        self, key: Key, path: str, others: list[tuple[Any, Tags]], out: Merged
    ) -> bool:
        """Write the record of second values where it differs; whether there are new ones."""
        second = beside_key(key, path)
        before = self.here.things.get(second)
        if not others:
            if before is not None:
                out.steps.append(Step(second, before, None, None))
            return False
        after: Image = {"values": {short_hash(value): value for value, _ in others}}
        tags = {f"values/{short_hash(value)}": tags for value, tags in others}
        origin = compact(tags)
        known = before["values"] if before else {}
        if before != after or self.here.origins.get(second) != origin:
            out.steps.append(Step(second, before, after, origin))
        return any(name not in known for name in after["values"])

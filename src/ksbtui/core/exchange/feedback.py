"""Feedback on a journal that was handed over: its lines, and bringing one in.

A line says what a thing was when the journal was handed over (``base``) and what the other
person made of it (``body``). Of each field, what only one side changed is taken; where both
did, the learner's stays and the other is kept beside it. Nobody's words are overwritten.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from ksbtui.core.codec import ForbidExtra
from ksbtui.core.entry.entries import Image
from ksbtui.core.exchange.fields import CONTENT, Key, Values, built, flat, shown_of, text_of

VERIFIED, SIGNED, FEEDBACK = "verified", "signed", "feedback"
"""A line that verifies an entry; the records of its signature and of the newest line taken."""

FEEDBACK_KINDS = (
    *("action", "call", "comment", "employer-verified", "question", "review", "scan"),
    VERIFIED,
)
"""What another person may add to a journal, or change in it."""

LONGEST = 50_000
"""Characters of one line; a longer one is no feedback."""


@dataclass(frozen=True, slots=True)
class Line(ForbidExtra):
    """One thing that was added or changed at ``at`` (UTC).

    ``base`` is what it was when the journal was handed over, None for what is new; ``body``
    None takes it away.
    """

    kind: str
    id: str
    at: str
    base: dict[str, Any] | None
    body: dict[str, Any] | None

    @property
    def key(self) -> str:
        return f"{self.kind}.{self.id}"


@dataclass(frozen=True, slots=True)
class Signed:
    """The signature of a verification: Ed25519 over :func:`signed_text`; ``key`` in hex."""

    entry: str
    by: str
    day: date
    digest: str
    key: str
    signature: str


@dataclass(frozen=True, slots=True)
class Joined:
    """A thing after a line was brought in.

    ``taken`` names the fields that changed, ``beside`` holds the values not shown, by path.
    """

    image: Image
    taken: tuple[str, ...]
    beside: tuple[tuple[str, Any], ...]


def joined(key: Key, base: Image | None, mine: Image, theirs: Image) -> Joined:
    """Bring a changed thing into the one here, field by field."""
    was, here, there = flat(base or {}), flat(mine), flat(theirs)
    shown: dict[str, Any] = {}
    beside = []
    for path in dict.fromkeys([*here, *there]):
        old, own, new = (side.get(path) for side in (was, here, there))
        if path not in there:  # a member that the other side took away, or never saw
            if not (path in was and own == old and "/" in path):
                shown[path] = own
        elif path not in here:
            if not (path in was and new == old):  # else it was taken away here
                shown[path] = new
        elif own == new or new == old:
            shown[path] = own
        elif own == old or own in ("", None):
            shown[path] = new
        else:
            shown[path] = own
            both = [(own, frozenset({"here"})), (new, frozenset({""}))]
            if shown_of(key, path, Values(both))[2]:
                beside.append((path, new))
    image = built(mine, theirs, shown)
    taken = tuple(name for name in image if image[name] != mine.get(name))
    return Joined(image, taken, tuple(beside))


def content_digest(image: Mapping[str, Any]) -> str:
    """The SHA-256 of what a verification vouches for."""
    text = text_of({name: image[name] for name in CONTENT})
    return sha256(text.encode()).hexdigest()


def signed_text(entry: str, digest: str, by: str, day: str) -> bytes:
    """What is signed: that somebody verified an entry, as its content was, on a day."""
    return f"ksbtui verified 1\n{text_of([entry, digest, by, day])}".encode()


SIGNED_HOLDS, SIGNED_CHANGED, SIGNED_BROKEN = "signed", "changed", "broken"
"""What a signature says: of the entry as it is, of an earlier text, or nothing."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A signature with what it says of the entry as it is now: one of the words above."""

    signed: Signed
    state: str

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.signed.key)


def sealed(signed: Signed, holds: bool, present: Collection[str]) -> Seal:
    """A signature beside the present digests of its entry."""
    state = SIGNED_HOLDS if signed.digest in present else SIGNED_CHANGED
    return Seal(signed, state if holds else SIGNED_BROKEN)


def fingerprint(key: str) -> str:
    """A signing key in a form to read aloud: ``3f2a 90c1 77de 01b4``."""
    short = sha256(key.encode()).hexdigest()[:16]
    return " ".join(short[place : place + 4] for place in range(0, 16, 4))

"""What of a journal may be handed over: nothing private, and no path of this computer.

Works on things as JSON values (an entry's image, a record's body), so that what leaves is
decided in one place, whatever made it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from ksbtui.core.coaching.review import PRIVATE
from ksbtui.core.entry.entries import Image
from ksbtui.core.entry.evidence import is_link

COURSE_KINDS = ("standard", "programme", "rules", "enrolment", "opening")
SHARED_KINDS = (
    *COURSE_KINDS,
    *("action", "answer", "call", "comment", "employer-verified", "question", "review", "scan"),
    *("gateway-setting", "gateway-tick", "project", "project-item", "project-measure", "signed"),
    *("revisit", "story"),
)
"""Kinds of record that go along; settings, drafts, timers and second versions never do."""

EARLIER_KINDS = ("entry", "action", *COURSE_KINDS)
"""What a call compares with how it was before."""

_ABOUT_AN_ENTRY = ("comment", "question", "revisit", "signed")
_TEXTS = ("title", "notes", "learned")
_NOT_PROSE = {
    *("id", "enrolment", "entry", "again", "entries", "kind", "type", "source", "mock", "sha256"),
    *("state", "day", "due", "made", "done", "at", "key", "signature", "digest", "ksbs", "checked"),
    *("created_at", "updated_at", "answered", "next_day", "section", "batch", "role"),
}
"""Fields that a program reads: personal data is neither looked for nor removed in them."""
GONE = "…"
"""Stands for each word of a text that has been changed since: its length travels, not it."""


def shared_entry(image: Image) -> Image | None:
    """An entry as it may leave; None where it is private. Files go by their names alone."""
    if image["private"]:
        return None
    evidence = []
    for item in image["evidence"]:
        target = item["target"]
        if not is_link(target):
            target = target.replace("\\", "/").rstrip("/").rpartition("/")[2]
        if not item["private"]:
            evidence.append({**item, "target": target, "copied": False})
    return {**image, "evidence": evidence}


def shared_record(kind: str, body: Image, entries: Collection[str]) -> Image | None:
    """A record as it may leave beside the entries that do; None where it stays."""
    if kind not in SHARED_KINDS:
        return None
    if kind in _ABOUT_AN_ENTRY and body.get("entry") not in entries:
        return None
    if kind == "revisit" and body.get("again") not in entries:
        return None
    shared = dict(body)
    if kind == "call":
        shared["private_notes"] = ""
        shared["entry"] = body["entry"] if body.get("entry") in entries else ""
    elif kind == "answer":
        shared["notes"] = ""
    elif kind == "review":
        hidden = [name for name in PRIVATE if name not in body.get("shared", ())]
        shared["fields"] = {k: v for k, v in body.get("fields", {}).items() if k not in hidden}
    if kind in ("story", "project-item"):
        shared["entries"] = [id for id in body.get("entries", ()) if id in entries]
    return shared


def earlier_entry(then: Image | None, now: Image | None) -> Image | None:
    """An entry as it was, for comparison: a text that differs is told by its length alone."""
    if then is None or then.get("deleted_at"):
        return None
    now = now or {}
    present = {item["id"]: item for item in now.get("evidence", ())}
    image = dict(then)
    for name in _TEXTS:
        if then["private"] or then[name] != now.get(name):
            image[name] = " ".join([GONE] * max(name == "title", len(then[name].split())))
    image["evidence"] = [
        present.get(item["id"], {**item, "title": GONE, "target": GONE, "note": "", "sha256": ""})
        for item in then["evidence"]
        if not item["private"]
    ]
    return {**image, "private": False, "source": ""}


def prose(value: Any, name: str = "") -> Iterator[str]:
    """Every text in a thing that a person wrote."""
    if name in _NOT_PROSE:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from prose(item, key)
    elif isinstance(value, Iterable):
        for item in value:
            yield from prose(item, name)


def rewritten(value: Any, change: Callable[[str], str], name: str = "") -> Any:
    """A thing with every text in it changed, such as redacted."""
    if name in _NOT_PROSE:
        return value
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: rewritten(item, change, key) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [rewritten(item, change, name) for item in value]
    return value

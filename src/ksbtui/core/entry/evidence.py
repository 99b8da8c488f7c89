"""What can be said of an artefact: its kind, whether it is a link, whether it still holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ksbtui.core.codec import encode_fields
from ksbtui.core.entry.entries import Entry, Evidence
from ksbtui.core.text.text import quoted
from ksbtui.errors import NotFound, Unreadable

OTHER = "other"
PRESENT, LINK, MISSING, MOVED, CHANGED = "present", "link", "missing", "moved", "changed"
OPENED = ("http://", "https://")
"""Beginnings of links that are handed to the system's viewer."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """An artefact and the entry it hangs on."""

    entry: Entry
    item: Evidence

    def as_json(self) -> dict[str, object]:
        return {
            **encode_fields(self.item),
            "entry": self.entry.id,
            "day": self.entry.day.isoformat(),
            "private": self.item.private or self.entry.private,
        }


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of an artefact: one of the states above; ``moved_to`` is its new path."""

    attachment: Attachment
    state: str
    moved_to: str = ""

    @property
    def well(self) -> bool:
        return self.state in (PRESENT, LINK)

    @property
    def text(self) -> str:
        return {
            PRESENT: "Unchanged.",
            LINK: "This is a link. ksbtui works offline, so it does not check it.",
            MISSING: "File not found.",
            MOVED: f"Moved to {self.moved_to}.",
            CHANGED: "Changed since it was attached.",
        }[self.state]


def is_link(target: str) -> bool:
    """Whether a target is a link rather than a path."""
    return "://" in target and not target.lower().startswith("file://")


def checked_link(target: str) -> str:
    """A link fit to keep; refuses spaces and control signs, which no link holds."""
    link = target.strip()
    if any(char.isspace() or not char.isprintable() for char in link):
        raise Unreadable(f"{quoted(target)} is not a link.", "Copy the whole link, without spaces.")
    return link


def known_kind(kind: str, kinds: Sequence[str]) -> str:
    """The evidence kind a person means, also by an unambiguous beginning; ``other`` if empty."""
    plain = " ".join(kind.lower().replace("-", " ").split())
    if not plain:
        return OTHER
    offered = list(dict.fromkeys([*kinds, OTHER]))
    fitting = [name for name in offered if name.lower().startswith(plain)]
    if plain in offered:
        return plain
    if len(fitting) == 1:
        return fitting[0]
    raise NotFound(
        f"{quoted(kind)} is not a kind of evidence.", f"Use one of: {', '.join(offered)}."
    )

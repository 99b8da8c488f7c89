"""The story bank: STAR(L) stories the learner can tell, each standing for several KSBs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from ksbtui.core.codec import encode_fields, later
from ksbtui.core.entry.entries import Entry
from ksbtui.core.programme.standards import code_key

PARTS = ("situation", "task", "action", "result", "learning")
"""The parts of a story, in the order they are told."""


@dataclass(frozen=True, slots=True)
class Story:
    """One story in the learner's own words, and the KSBs it can answer for.

    ``entries`` are ids of the entries it rests on. Parts may be empty while it is written.
    It is ``private`` if it was made from a private entry, or the learner says so.
    """

    id: str
    enrolment: str
    title: str
    situation: str = ""
    task: str = ""
    action: str = ""
    result: str = ""
    learning: str = ""
    ksbs: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    private: bool = later(False)

    def part(self, name: str) -> str:
        text: str = getattr(self, name)
        return text

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for name in PARTS if not self.part(name).strip())

    @property
    def words(self) -> int:
        return sum(len(self.part(name).split()) for name in PARTS)

    def as_json(self) -> dict[str, Any]:
        return {**encode_fields(self), "missing": list(self.missing), "words": self.words}


def parts_of(entry: Entry) -> dict[str, str]:
    """What an entry already says of each part, in the learner's words and nothing added.

    A reflection under STAR(L) headings falls into its parts. Otherwise the notes say what
    was done and the reflection what was learned; the rest stays to be written.
    """
    written: dict[str, list[str]] = {}
    current = ""
    for line in entry.learned.splitlines():
        bare = line.strip().strip("#*_: ").casefold()
        if bare in PARTS:
            current = bare
        elif current:
            written.setdefault(current, []).append(line)
    parts = {name: "\n".join(lines).strip() for name, lines in written.items()}
    return {"action": entry.notes, **(parts or {"learning": entry.learned})}


def without_story(codes: Iterable[str], stories: Iterable[Story]) -> tuple[str, ...]:
    """The codes no story stands for yet."""
    covered = {code for story in stories for code in story.ksbs}
    return tuple(code for code in codes if code not in covered)


@dataclass(frozen=True, slots=True)
class Pick:
    """A story worth knowing by heart, and the codes it adds to those before it."""

    story: Story
    adds: tuple[str, ...]


def few(stories: Collection[Story], codes: Collection[str]) -> tuple[Pick, ...]:
    """The few stories that cover most of ``codes``: each time the one that adds most.

    The usual greedy cover. Ties go to the story with fewer parts missing, then by title and
    id. Stories that would add nothing are left out.
    """
    open_codes = set(codes)
    left = sorted(stories, key=lambda story: (len(story.missing), story.title, story.id))
    picks = []
    while left:
        best = max(left, key=lambda story: len(open_codes.intersection(story.ksbs)))
        adds = open_codes.intersection(best.ksbs)
        if not adds:
            break
        picks.append(Pick(best, tuple(sorted(adds, key=code_key))))
        open_codes -= adds
        left.remove(best)
    return tuple(picks)

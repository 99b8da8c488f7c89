"""What a second reading of the same standard changes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from ksbtui.core.programme.standards import Ksb, Standard


@dataclass(frozen=True, slots=True)
class Change:
    """A statement whose words changed under the same code."""

    code: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Statements that came, changed and went, in the order of the standard they stand in."""

    added: tuple[Ksb, ...] = ()
    changed: tuple[Change, ...] = ()
    removed: tuple[Ksb, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def difference(old: Standard, new: Standard) -> Difference:
    """What ``new`` has that ``old`` had not, and the reverse, by option and code.

    Where a code stands twice in a standard, equal words pair first and the rest by
    their order. Spaces alone are no change.
    """
    before, after = _by_place(old), _by_place(new)
    added: list[Ksb] = []
    changed: list[Change] = []
    removed: list[Ksb] = []
    for place in dict.fromkeys((*after, *before)):
        gone, come = list(before.get(place, ())), []
        for ksb in after.get(place, ()):
            same = next((k for k in gone if k.text.split() == ksb.text.split()), None)
            if same is None:
                come.append(ksb)
            else:
                gone.remove(same)
        pairs = min(len(gone), len(come))
        changed += [Change(o.code, o.text, n.text) for o, n in zip(gone, come, strict=False)]
        removed += gone[pairs:]
        added += come[pairs:]
    return Difference(tuple(added), tuple(changed), tuple(removed))


def _by_place(standard: Standard) -> dict[tuple[str, str], list[Ksb]]:
    places: dict[tuple[str, str], list[Ksb]] = defaultdict(list)
    for ksb in standard.ksbs:
        places[ksb.option, ksb.code].append(ksb)
    return places

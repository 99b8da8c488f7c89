"""How far one standard says the same as another, for a learner who has done one of them.

A KSB is always (standard, code), so only the published text can tell: K1 here need not
be K1 there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from ksbtui.core.programme.standards import KSB_TYPES, Ksb, Standard, code_key

CLOSE = 0.7
"""From here on two statements are close enough to be worth reading side by side."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement of the first standard and the most similar one of the second.

    ``b`` is None where the second standard has no statement of that type.
    """

    a: str
    b: str | None
    similarity: float

    def as_json(self) -> dict[str, object]:
        """The pair as ``standard compare --json`` prints it, similarity to four places."""
        return {"a": self.a, "b": self.b, "similarity": round(self.similarity, 4)}


def compare_standards(a: Standard, b: Standard) -> tuple[Pair, ...]:
    """For each statement of ``a`` the most similar one of the same type in ``b``.

    Similarity is difflib's ratio of the published texts without its junk heuristic;
    of equally similar statements the first by code is taken.
    """
    pairs: list[Pair] = []
    for type in KSB_TYPES:
        matchers = [(ksb.code, _matcher(ksb.text)) for ksb in _of_type(b.ksbs, type)]
        pairs += [_best(ksb, matchers) for ksb in _of_type(a.ksbs, type)]
    return tuple(pairs)


def comparison_json(pairs: Iterable[Pair]) -> dict[str, object]:
    """The comparison as ``standard compare --json`` prints it."""
    return {"pairs": [pair.as_json() for pair in pairs]}


def _of_type(ksbs: Iterable[Ksb], type: str) -> list[Ksb]:
    return sorted((ksb for ksb in ksbs if ksb.type == type), key=lambda ksb: code_key(ksb.code))


def _matcher(text: str) -> SequenceMatcher[str]:
    """A matcher against one statement; difflib prepares its second text only once."""
    return SequenceMatcher(None, "", text, autojunk=False)


def _best(ksb: Ksb, matchers: list[tuple[str, SequenceMatcher[str]]]) -> Pair:
    """The most similar statement, the likeliest tried first by difflib's upper bound."""
    bounds: list[tuple[float, int]] = []
    for place, (_, matcher) in enumerate(matchers):
        matcher.set_seq1(ksb.text)
        bounds.append((matcher.quick_ratio(), place))
    best, found = -1.0, len(matchers)
    for bound, place in sorted(bounds, key=lambda item: (-item[0], item[1])):
        if bound < best:
            break
        ratio = matchers[place][1].ratio()
        if (ratio, -place) > (best, -found):
            best, found = ratio, place
    return Pair(ksb.code, matchers[found][0], best) if matchers else Pair(ksb.code, None, 0.0)

"""Standards beside one another: which version a start takes, what changed, what is alike.

A KSB is always (standard, code), so only the published text can tell whether two standards
say the same: K1 here need not be K1 there.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from ksbtui.core.days import long_day
from ksbtui.core.programme.standards import (
    KSB_TYPES,
    TYPE_NAMES,
    Duty,
    Ksb,
    Outcome,
    Standard,
    code_key,
)


def split_reference(text: str) -> tuple[str, str]:
    """Reference and version as typed: ``ST1512@2.0`` is both, ``ST1512`` has no version."""
    ref, _, version = text.strip().partition("@")
    return ref.strip().upper(), version.strip().lower().removeprefix("v")


def version_key(standard: Standard) -> tuple[int, ...]:
    """Sort key of a version: 2.10 comes after 2.9, a standard without a version first."""
    return tuple(int(number) for number in re.findall(r"\d+", standard.version))


def takes_start(standard: Standard, start: date) -> bool:
    """Whether a version takes starts on that day; one that names no day takes any."""
    first, last = standard.starts_from, standard.starts_to
    return (first is None or first <= start) and (last is None or start <= last)


def version_for(versions: Iterable[Standard], start: date) -> Standard:
    """The newest version that takes the start.

    Where none does: the last one to close before it, or before them all the first to open.
    """
    ordered = sorted(versions, key=version_key)
    fitting = [version for version in ordered if takes_start(version, start)]
    closed = [v for v in ordered if v.starts_to is not None and v.starts_to < start]
    return (fitting or closed or ordered[:1])[-1]


def start_warning(standard: Standard, start: date, versions: Iterable[Standard]) -> str:
    """What to say of a start outside the days of a version; empty where it takes the start."""
    if takes_start(standard, start):
        return ""
    first, last = standard.starts_from, standard.starts_to
    if first is not None and start < first:
        text = f"{standard.named} only takes starts from {long_day(first)}."
    else:
        assert last is not None, "a start is refused before the first day or after the last"
        text = f"{standard.named} closed to new starts on {long_day(last)}."
    better = version_for(versions, start)
    if takes_start(better, start):
        return f"{text} For a start on {long_day(start)} use {better.named}, or ask your tutor."
    return f"{text} No version here takes a start on {long_day(start)}: ask your tutor."


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
        matchers = [  # difflib prepares its second text only once
            (ksb.code, SequenceMatcher(None, "", ksb.text, autojunk=False))
            for ksb in _of_type(b.ksbs, type)
        ]
        pairs += [_best(ksb, matchers) for ksb in _of_type(a.ksbs, type)]
    return tuple(pairs)


def comparison_json(pairs: Iterable[Pair]) -> dict[str, object]:
    """The comparison as ``standard compare --json`` prints it."""
    return {"pairs": [pair.as_json() for pair in pairs]}


def _of_type(ksbs: Iterable[Ksb], type: str) -> list[Ksb]:
    return sorted((ksb for ksb in ksbs if ksb.type == type), key=lambda ksb: code_key(ksb.code))


def _best(ksb: Ksb, matchers: list[tuple[str, SequenceMatcher[str]]]) -> Pair:
    """The most similar statement, the likeliest tried first by difflib's upper bound."""
    bounds: list[tuple[float, int]] = []
    for place, (_, matcher) in enumerate(matchers):
        matcher.set_seq1(ksb.text)
        bounds.append((matcher.quick_ratio(), place))
    best, best_place = -1.0, len(matchers)
    for bound, place in sorted(bounds, key=lambda item: (-item[0], item[1])):
        if bound < best:
            break
        ratio = matchers[place][1].ratio()
        if (ratio, -place) > (best, -best_place):
            best, best_place = ratio, place
    return Pair(ksb.code, matchers[best_place][0], best) if matchers else Pair(ksb.code, None, 0.0)


def oddities(standard: Standard) -> list[str]:
    """Each oddity in a sentence: of the codes, the kinds, the options, the duties and outcomes."""
    return [*_codes(standard), *_kinds(standard), *_groups(standard)]


def _codes(standard: Standard) -> list[str]:
    """Codes that stand twice where one learner would meet both, and gaps in the numbers."""
    counts = Counter(ksb.code for ksb in standard.ksbs)
    places = Counter((ksb.code, ksb.option) for ksb in standard.ksbs)
    core = {ksb.code for ksb in standard.ksbs if not ksb.option}
    twice = {code for (code, option), n in places.items() if n > 1 or (option and code in core)}
    odd = [
        f"{code} appears {n} times. Each one is kept."
        for code, n in counts.items()
        if code in twice
    ]
    for letter in KSB_TYPES:
        numbers = {int(code[1:]) for code in counts if code[0] == letter}
        top = max(numbers, default=0)
        missing = [f"{letter}{number}" for number in range(1, top) if number not in numbers]
        if missing:
            named = ", ".join(missing[:10]) + (" …" if len(missing) > 10 else "")
            verb = "is" if len(missing) == 1 else "are"
            odd.append(f"{named} {verb} missing: the {letter} codes go up to {letter}{top}.")
    return odd


def _kinds(standard: Standard) -> list[str]:
    """Kinds and options without a statement; a unit has no behaviours."""
    letters = {ksb.code[0] for ksb in standard.ksbs}
    odd = [
        f"No {TYPE_NAMES[letter].lower()} were found ({letter}1, {letter}2 …)."
        for letter in KSB_TYPES
        if letter not in letters and not (letter == "B" and standard.kind == "unit")
    ]
    named = {ksb.option for ksb in standard.ksbs}
    empty = [option for option in standard.options if option not in named]
    return [*odd, *(f"The option {option} has no KSBs of its own." for option in empty)]


def _groups(standard: Standard) -> list[str]:
    """Duties and outcomes without KSBs, or with codes that the list lacks."""
    known = {ksb.code for ksb in standard.ksbs}
    groups: list[tuple[str, Duty | Outcome]] = [("Duty", duty) for duty in standard.duties]
    groups += [("Outcome", outcome) for outcome in standard.outcomes]
    odd = []
    for what, group in groups:
        unknown = [code for code in group.ksbs if code not in known]
        if unknown:
            odd.append(
                f"{what} {group.number} lists {', '.join(unknown)}, which the standard does "
                "not have."
            )
        if not group.ksbs:
            odd.append(f"{what} {group.number} lists no KSBs.")
    return odd

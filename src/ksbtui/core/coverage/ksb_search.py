"""Finding a KSB by its code or by words of its statement, name or hint."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ksbtui.core.coverage.coverage import KsbState

LEAD = 24
"""Characters shown before the first word found in a long statement."""


@dataclass(frozen=True, slots=True)
class Match:
    """A KSB that fits: what to show of it, and where in that the query stands."""

    ksb: KsbState
    snippet: str
    spans: tuple[tuple[int, int], ...] = ()


def matches(ksbs: Iterable[KsbState], query: str) -> list[Match]:
    """Every KSB that fits ``query``, best first: its code, a code it begins, then words.

    All words must stand in statement, short name or hint; the order within a rank is that
    of the standard. An empty query fits all, shown from their beginning.
    """
    words = query.casefold().split()
    ranked = []
    for place, ksb in enumerate(ksbs):
        rank = _rank(ksb, words)
        if rank is not None:
            ranked.append((rank, place, _match(ksb, words if rank > 1 else [])))
    return [match for _, _, match in sorted(ranked, key=lambda item: item[:2])]


def _rank(ksb: KsbState, words: list[str]) -> int | None:
    """0 the code itself, 1 a code that begins so, 2 words of the name, 3 of the rest."""
    if not words:
        return 1
    if len(words) == 1:
        code = ksb.code.casefold()
        typed = re.sub(r"^([ksb])0+(?=[1-9])", r"\1", words[0])
        if typed == code:
            return 0
        if code.startswith(typed):
            return 1
    name = ksb.name.casefold()
    if all(word in name for word in words):
        return 2
    text = f"{name} {ksb.statement} {ksb.plain}".casefold()
    return 3 if all(word in text for word in words) else None


def _match(ksb: KsbState, words: list[str]) -> Match:
    text = ksb.statement
    found = [at for word in words if (at := text.casefold().find(word)) >= 0]
    if found and min(found) > LEAD:
        start = text.rfind(" ", 0, min(found) - LEAD // 2) + 1
        text = f"… {text[start:]}"
    lowered = text.casefold()
    spans = sorted((at, at + len(word)) for word in words if (at := lowered.find(word)) >= 0)
    return Match(ksb, text, _apart(spans))


def _apart(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans in order without overlaps."""
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)

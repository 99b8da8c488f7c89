"""What the learner's words suggest: KSBs as rows to take, or as one line where narrow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ksbtui.core.coverage.coverage import Coverage
from ksbtui.core.coverage.suggestions import Suggestion, split
from ksbtui.core.days import line_day
from ksbtui.errors import NotFound
from ksbtui.presentation.parts import Row
from ksbtui.widgets.frame.symbols import STATES, state_symbol
from ksbtui.widgets.text.styles import BOLD, MUTED, PLAIN, Line

MOST = 5
NARROW_MOST = 3
THREAD_FROM = 4_000
"""Characters of a text from which it is read beside the typing, not between two keys."""


def text_of(title: str, notes: str, learned: str) -> str:
    """The words of an entry as the suggester reads them; empty for none."""
    return "\n".join(part for part in (title, notes, learned) if part.strip())


def untagged(found: Iterable[Suggestion], codes: Sequence[str]) -> tuple[Suggestion, ...]:
    """The first suggestions that are not tagged yet, behaviours last."""
    fresh = [one for one in found if one.code not in codes][:MOST]
    others, behaviours = split(fresh)
    return (*others, *behaviours)


def rows(found: Sequence[Suggestion], coverage: Coverage, journal: Any) -> list[Row]:
    """A row a suggestion: code and state, short name, the words that led there, the band."""
    others, behaviours = split(found)
    made = [_row(one, coverage, journal) for one in others]
    if behaviours:
        made.append(Row("behaviours", "Behaviours", heading=True))
        made += [_row(one, coverage, journal) for one in behaviours]
    return made


def _row(one: Suggestion, coverage: Coverage, journal: Any) -> Row:
    ksb = coverage.ksb(one.code)
    state = STATES[ksb.state] if ksb else " "
    return Row(
        one.code,
        ksb.name if ksb else "",
        lead=f"{one.code:<3} {state}",
        notes=(_reason(one, journal),),
        note_figure=one.band,
        lead_style=BOLD,
    )


def _reason(one: Suggestion, journal: Any) -> str:
    """The learner's own words, or the earlier entry of theirs that was tagged so."""
    if one.like:
        try:
            earlier = journal.entries.get(one.like)
        except NotFound:
            return "like an entry of yours"
        return f"like your entry of {line_day(earlier.day)}"
    return " … ".join(f"“{' '.join(phrase.split())}”" for phrase in one.phrases)


def line(found: Sequence[Suggestion], coverage: Coverage) -> Line:
    """The foremost suggestions in one line."""
    made: Line = []
    for one in found[:NARROW_MOST]:
        ksb = coverage.ksb(one.code)
        made += [("  " if made else "", PLAIN), (f"{one.code} ", BOLD)]
        made += [state_symbol(ksb.state if ksb else "none"), (f" {one.band}", MUTED)]
    return made

"""The KSBs of the entry in hand: those its words suggest, and those tagged, with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ksbtui.core.coverage.coverage import Coverage, KsbState
from ksbtui.core.coverage.suggestions import Suggestion, split
from ksbtui.core.days import line_day
from ksbtui.presentation.entries import like_text
from ksbtui.presentation.parts import (
    BOLD,
    MUTED,
    PLAIN,
    STATES,
    Block,
    Line,
    Pair,
    Row,
    state_symbol,
)

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


class WordsSuggest:
    """What the words of one entry suggest, looked for only where they have changed."""

    def __init__(self, journal: Any, entry_id: str) -> None:
        self.found: tuple[Suggestion, ...] = ()
        self._journal, self._entry_id = journal, entry_id
        self._read = ""

    def look(self, text: str, tagged: int) -> Callable[[], Sequence[Suggestion]] | None:
        """Find KSBs in a text with ``tagged`` codes already taken.

        Gives what is still to be run in a thread where that could take a moment.
        """
        if text == self._read:
            return None
        self._read = text
        if not text:
            self.found = ()
            return None
        suggesting = self._journal.suggesting
        quick = suggesting.warm and len(text) <= THREAD_FROM
        look = suggesting.ready(MOST + tagged, entry_id=self._entry_id)
        if not quick:
            return lambda: look(text)
        self.found = look(text)
        return None

    def forget(self) -> None:
        """Look again at the next change, although the text is the same."""
        self._read = ""

    def untagged(self, codes: Sequence[str]) -> tuple[Suggestion, ...]:
        return untagged(self.found, codes)


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
        return like_text(one, journal.entries, line_day)
    return " … ".join(f'"{" ".join(phrase.split())}"' for phrase in one.phrases)


def line(found: Sequence[Suggestion], coverage: Coverage) -> Line:
    """The foremost suggestions in one line."""
    made: Line = []
    for one in found[:NARROW_MOST]:
        ksb = coverage.ksb(one.code)
        made += [("  " if made else "", PLAIN), (f"{one.code} ", BOLD)]
        made += [state_symbol(ksb.state if ksb else "none"), (f" {one.band}", MUTED)]
    return made


@dataclass(frozen=True, slots=True)
class Parts:
    """Codes and evidence of the entry, what is suggested (a line), and its marks in words."""

    codes: Sequence[str]
    evidence: Sequence[Mapping[str, Any]]
    suggested: Line
    marks: str = ""


def tagged_blocks(parts: Parts, coverage: Coverage, *, narrow: bool) -> list[Block]:
    """List the KSBs and the evidence; a line each when narrow."""
    found = [ksb for code in parts.codes if (ksb := coverage.ksb(code))]
    if narrow:
        return _few(found, parts)
    if not found and not parts.evidence:
        return [[("None yet. ctrl+k finds them by code or by word.", MUTED)]]
    return [*map(_tagged, found), *map(_attached, parts.evidence)]


def _tagged(ksb: KsbState) -> Pair:
    left: Line = [(f"{ksb.code:<5}", BOLD), state_symbol(ksb.state)]
    return Pair([*left, (f" {ksb.state:<11}", MUTED), (ksb.statement, PLAIN)])


def _attached(item: Mapping[str, Any]) -> Pair:
    kind = f"private · {item['kind']}" if item.get("private") else item["kind"]
    return Pair([("Evidence  ", MUTED), (item["title"], PLAIN)], [(kind, MUTED)])


def _few(found: Sequence[KsbState], parts: Parts) -> list[Block]:
    """KSBs with the suggestions beside them; evidence and marks in a second line, if any."""
    line: Line = []
    for ksb in found:
        line += [(f"{ksb.code} ", BOLD), state_symbol(ksb.state), ("  ", PLAIN)]
    if not found:
        line = [("None yet." if parts.suggested else "None yet. ctrl+k finds them.", MUTED)]
    blocks: list[Block] = [Pair(line, parts.suggested)]
    titles = ", ".join(item["title"] for item in parts.evidence)
    if parts.evidence or parts.marks:
        left: Line = [("Evidence  ", MUTED), (titles, PLAIN)] if titles else []
        blocks.append(Pair(left, [(parts.marks, MUTED)]))
    return blocks

"""Coming back to an old reflection: which one, what it said, and the entry that answers it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ksbtui.core.codec import ForbidExtra
from ksbtui.core.entry.entries import APPLIED_WORDS, Entry
from ksbtui.core.text.terms import sentence_spans
from ksbtui.core.text.text import is_heading, number_of

OLD_DAYS = 60
"""Days after which a reflection is old enough to come back to."""
LONG_WORDS = 60
LONGEST_QUOTE = 160
MINUTES = 15
"""What writing the answer takes, unless the learner says otherwise."""
QUESTION = "What would you do now?"

RESTS, STRONG, THIN = "rests", "strong", "thin"


@dataclass(frozen=True, slots=True)
class Revisit(ForbidExtra):
    """A link the journal keeps: an entry, and the one in which its author came back to it."""

    enrolment: str
    entry: str
    again: str
    day: date


@dataclass(frozen=True, slots=True)
class Offer:
    """An old reflection worth coming back to: what it said, and why this one."""

    entry: Entry
    quote: str
    reason: str
    ago: str
    """How long ago: ``3 months ago``."""

    @property
    def text(self) -> str:
        return f'{self.ago[:1].upper()}{self.ago[1:]} you wrote: "{self.quote}"'

    @property
    def why(self) -> str:
        if self.reason == RESTS:
            return f"This entry is your only text on {' '.join(self.entry.ksbs[:4])}."
        return "It is short." if self.reason == THIN else "It is one of your fullest reflections."


class Pair(NamedTuple):
    """An entry and the one that came back to it."""

    before: Entry
    after: Entry


def offers(
    entries: Iterable[Entry],
    resting: Collection[str],
    as_at: date,
    headings: Collection[str] = (),
) -> list[Offer]:
    """Old reflections to come back to, the one for this week first.

    ``resting`` are codes that are applied and no more. Kinds take turns by week: those that
    such a code rests on, long ones, thin ones. Of a kind those about three months old lead.
    """
    groups: dict[str, list[Offer]] = {RESTS: [], STRONG: [], THIN: []}
    for entry in entries:
        quote = quote_of(entry.learned, headings)
        reason = _reason(entry, resting)
        if quote and reason and (as_at - entry.day).days >= OLD_DAYS:
            groups[reason].append(Offer(entry, quote, reason, ago_text(entry.day, as_at)))
    for group in groups.values():
        group.sort(key=lambda offer: (abs((as_at - offer.entry.day).days - 90), offer.entry.id))
    kinds = [kind for kind, group in groups.items() if group]
    first = as_at.toordinal() // 7 % len(kinds) if kinds else 0
    return [offer for kind in kinds[first:] + kinds[:first] for offer in groups[kind]]


def _reason(entry: Entry, resting: Collection[str]) -> str:
    if entry.words >= APPLIED_WORDS and any(code in resting for code in entry.ksbs):
        return RESTS
    if entry.words >= LONG_WORDS:
        return STRONG
    return THIN if 0 < entry.words < APPLIED_WORDS else ""


def quote_of(learned: str, headings: Collection[str] = ()) -> str:
    """The first sentence of a reflection that is more than three words, cut if long."""
    first = ""
    for span in sentence_spans(learned):
        text = " ".join(learned[span.start : span.end].split())
        if is_heading(text, headings):
            continue
        first = first or text
        if len(text.split()) > 3:
            first = text
            break
    return first if len(first) <= LONGEST_QUOTE else f"{first[: LONGEST_QUOTE - 1].rstrip()}…"


def ago_text(day: date, as_at: date) -> str:
    """How long ago a day is, in weeks, then months, then years."""
    days = max(0, (as_at - day).days)
    if days < OLD_DAYS:
        return f"{number_of(max(1, days // 7), 'week')} ago"
    months = round(days / 30.4)
    since = number_of(months, "month") if months < 24 else number_of(days // 365, "year")
    return f"{since} ago"


def pairs_of(
    links: Sequence[Revisit], entries: Mapping[str, Entry], since: date, until: date
) -> tuple[Pair, ...]:
    """The pairs whose answer was written within a span of days, oldest first."""
    there = [link for link in links if link.entry in entries and link.again in entries]
    pairs = [Pair(entries[link.entry], entries[link.again]) for link in there]
    written = [pair for pair in pairs if since <= pair.after.day <= until]
    return tuple(sorted(written, key=lambda pair: (pair.after.day, pair.after.id)))

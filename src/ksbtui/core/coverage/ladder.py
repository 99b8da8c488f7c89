"""The coverage ladder: which rung the entries tagged with one KSB reach."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ksbtui.core.entry.entries import APPLIED_WORDS
from ksbtui.core.frozen import dataclass
from ksbtui.core.hours.totals import KsbDay

STATES = ("none", "mentioned", "applied", "evidenced", "strong")
"""The rungs from lowest to highest."""
SYMBOLS = dict(zip(STATES, "·○◐●◆", strict=True))
"""How a rung is written wherever it is shown: screens, commands, documents."""
GAP_STATES = ("none", "mentioned")
"""The rungs at which a KSB is still to be shown."""


def rung(state: str) -> int:
    """A state's place on the ladder, 0 for ``none``."""
    return STATES.index(state)


@dataclass(frozen=True, slots=True)
class Tally:
    """What the entries tagged with one KSB add up to: all that decides its rung."""

    entries: int = 0
    minutes: int = 0
    worded: int = 0
    evidence: int = 0
    evidenced_worded: int = 0
    last_day: date | None = None
    first_evidence: date | None = None
    last_evidence: date | None = None

    @property
    def state(self) -> str:
        """The highest rung reached.

        ``strong`` asks for artefacts on entries of two or more days, at least one of them
        on an entry of twelve words or more; ``evidenced`` for any artefact.
        """
        if self.evidenced_worded and self.first_evidence != self.last_evidence:
            return "strong"
        if self.first_evidence is not None:
            return "evidenced"
        if self.worded:
            return "applied"
        return "mentioned" if self.entries else "none"

    def plus(self, row: KsbDay) -> Tally:
        return Tally(
            entries=self.entries + row.entries,
            minutes=self.minutes + row.minutes,
            worded=self.worded + row.worded,
            evidence=self.evidence + row.evidence,
            evidenced_worded=self.evidenced_worded + row.evidenced_worded,
            last_day=_later(self.last_day, row.day),
            first_evidence=_earlier(self.first_evidence, row.day if row.evidenced else None),
            last_evidence=_later(self.last_evidence, row.day if row.evidenced else None),
        )


def _later(a: date | None, b: date | None) -> date | None:
    return max(a, b) if a and b else a or b


def _earlier(a: date | None, b: date | None) -> date | None:
    return min(a, b) if a and b else a or b


def tally(rows: Iterable[KsbDay]) -> Tally:
    """What the rows of one KSB add up to, in any order; rows without entries are ignored."""
    live = [row for row in rows if row.entries > 0]
    evidence_days = [row.day for row in live if row.evidenced]
    return Tally(
        entries=sum(row.entries for row in live),
        minutes=sum(row.minutes for row in live),
        worded=sum(row.worded for row in live),
        evidence=sum(row.evidence for row in live),
        evidenced_worded=sum(row.evidenced_worded for row in live),
        last_day=max((row.day for row in live), default=None),
        first_evidence=min(evidence_days, default=None),
        last_evidence=max(evidence_days, default=None),
    )


def state_of(rows: Iterable[KsbDay]) -> str:
    """The rung that the rows of one KSB reach."""
    return tally(rows).state


def after(before: Tally, *, day: date, words: int, evidence: int, minutes: int = 0) -> str:
    """The rung a KSB would reach if one more entry tagged with it were saved.

    ``words`` are those of what was learned, ``evidence`` the number of artefacts.
    """
    worded = int(words >= APPLIED_WORDS)
    evidenced = int(evidence > 0)
    row = KsbDay("", day, 1, minutes, worded, evidence, evidenced, worded * evidenced)
    return before.plus(row).state

"""The sums the store keeps with the rows, so that no screen adds up the whole journal.

Both kinds cover the live entries of one enrolment and are free of the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DayTotal:
    """Entries and minutes of one day that share type, module, first failed rule and marks.

    ``rule`` is the first clock-free rule they fail, empty when none. ``module`` is None
    for entries outside every module.
    """

    day: date
    type: str
    module: int | None
    rule: str
    verified: bool
    untagged: bool
    entries: int
    minutes: int


@dataclass(frozen=True, slots=True)
class KsbDay:
    """Entries of one day tagged with one KSB.

    ``worded`` of them say in at least twelve words what was learned, ``evidenced`` carry
    an artefact, ``evidenced_worded`` both; ``evidence`` counts the artefacts.
    """

    code: str
    day: date
    entries: int
    minutes: int
    worded: int
    evidence: int
    evidenced: int
    evidenced_worded: int

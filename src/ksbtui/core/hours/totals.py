"""The sums the store keeps with the rows, so that no screen adds up the whole journal.

Both kinds cover the live entries of one enrolment and are free of the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ksbtui.core.entry.entries import APPLIED_WORDS, Entry
from ksbtui.core.frozen import dataclass


class DayTotal(NamedTuple):
    """Entries and minutes of one day that share type, module, first failed rule and marks.

    A tuple, because a journal of years has thousands and every screen reads them.

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


def day_shares(entry: Entry, sign: int = 1) -> list[DayTotal]:
    """What one live entry adds to the day sums; ``sign`` −1 takes it out again.

    A block's minutes are spread over its working days (Monday to Friday; over all its days
    where there is none), each the difference of a running sum, so that they add up. The entry
    itself is counted on its last day.
    """
    share = DayTotal(
        day=entry.day,
        type=entry.type,
        module=entry.module,
        rule=entry.failed_rules[0] if entry.failed_rules else "",
        verified=entry.verified is not None,
        untagged=not entry.ksbs,
        entries=sign,
        minutes=sign * entry.minutes,
    )
    if entry.first_day is None:
        return [share]
    length = (entry.day - entry.first_day).days + 1
    all_days = [entry.first_day + timedelta(days=n) for n in range(length)]
    days = [day for day in all_days if day.weekday() < 5] or all_days
    sums = [entry.minutes * n // len(days) for n in range(len(days) + 1)]
    spread = {day: sign * (sums[n + 1] - sums[n]) for n, day in enumerate(days)}
    return [
        share._replace(day=day, entries=sign * (day == entry.day), minutes=spread.get(day, 0))
        for day in sorted({*days, entry.day})
    ]


def ksb_shares(entry: Entry, sign: int = 1) -> tuple[KsbDay, ...]:
    """What one live entry adds to the KSB sums, a row for each of its codes."""
    worded, evidenced = entry.words >= APPLIED_WORDS, bool(entry.evidence)
    counts = (1, entry.minutes, worded, len(entry.evidence), evidenced, evidenced and worded)
    signed = [sign * count for count in counts]
    return tuple([KsbDay(code, entry.day, *signed) for code in entry.ksbs])


def merged_ksb_days(rows: Iterable[KsbDay]) -> list[KsbDay]:
    """Rows of one code and day as one; those that come to no entry are dropped."""
    groups: dict[tuple[str, date], list[KsbDay]] = {}
    for row in rows:
        groups.setdefault((row.code, row.day), []).append(row)
    merged = (group[0] if len(group) == 1 else _sum(group) for group in groups.values())
    return [row for row in merged if row.entries]


def _sum(rows: Sequence[KsbDay]) -> KsbDay:
    """Rows of one code and day, added up: a loop, as a look back adds up thousands."""
    entries = minutes = worded = evidence = evidenced = evidenced_worded = 0
    for row in rows:
        entries += row.entries
        minutes += row.minutes
        worded += row.worded
        evidence += row.evidence
        evidenced += row.evidenced
        evidenced_worded += row.evidenced_worded
    first = rows[0]
    return KsbDay(
        first.code, first.day, entries, minutes, worded, evidence, evidenced, evidenced_worded
    )

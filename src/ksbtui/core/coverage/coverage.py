"""What the journal shows of a standard: one rung of a ladder per KSB, and what is missing.

Coverage is over live entries whether or not their time counts, so no day is left out:
``as_at`` decides only what has gone stale.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from ksbtui.core.codec import encode_fields
from ksbtui.core.entry.entries import APPLIED_WORDS
from ksbtui.core.frozen import dataclass
from ksbtui.core.hours.totals import KsbDay
from ksbtui.core.programme.standards import KSB_TYPES, Duty, Outcome, Standard, code_key

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


def after(before: Tally, *, day: date, words: int, evidence: int) -> str:
    """The rung a KSB would reach if one more entry tagged with it were saved.

    ``words`` are those of what was learned, ``evidence`` the number of artefacts.
    """
    worded = int(words >= APPLIED_WORDS)
    evidenced = int(evidence > 0)
    row = KsbDay("", day, 1, 0, worded, evidence, evidenced, worded * evidenced)
    return before.plus(row).state


STALE_DAYS = 90
"""A KSB is stale when more days than these have passed since its last entry."""
FILTERS = ("gaps", "to-evidence", "stale", "fragile", "duty", "outcome", "module")
"""What :meth:`Coverage.select` understands."""
NO_KSBS = "the standard lists no KSBs"


@dataclass(frozen=True, slots=True)
class KsbState:
    """Where one KSB stands: its rung, the entries behind it and the marks beside it."""

    code: str
    type: str
    statement: str
    short: str
    plain: str
    state: str
    entries: int
    minutes: int
    evidence: int
    last_day: date | None
    stale: bool
    tally: Tally
    """What its entries add up to, for :func:`after`."""
    fragile: bool = False
    """Whether exactly one duty leads to it."""
    duties: tuple[int, ...] = ()
    outcomes: tuple[int, ...] = ()
    rehearsed: bool = False
    employer_verified: bool = False

    @property
    def name(self) -> str:
        """The short name, or the statement's first words where none was written."""
        return self.short or " ".join(self.statement.split()[:3])

    @property
    def gap(self) -> bool:
        """Whether it is still to be shown: no entry, or entries that say too little."""
        return self.state in GAP_STATES

    @property
    def to_evidence(self) -> bool:
        """Whether all it lacks is an artefact."""
        return self.state == "applied"

    @property
    def covered(self) -> bool:
        return not self.gap

    def as_json(self) -> dict[str, object]:
        return encode_fields(self, "tally")


@dataclass(frozen=True, slots=True)
class Group:
    """A duty or learning outcome and how many of its KSBs are covered.

    ``function`` is empty for duties.
    """

    number: int
    text: str
    ksbs: tuple[str, ...]
    covered: int
    function: str = ""

    @property
    def total(self) -> int:
        """How many KSBs it has; Duty 15 of ST1512 has none."""
        return len(self.ksbs)

    @property
    def note(self) -> str:
        """What to say where the source publishes no KSBs; else empty."""
        return "" if self.ksbs else NO_KSBS


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where every KSB of a standard stands as at one day, codes in order K, S, B."""

    standard: str
    version: str
    as_at: date
    ksbs: tuple[KsbState, ...]
    duties: tuple[Group, ...]
    outcomes: tuple[Group, ...]

    def ksb(self, code: str) -> KsbState | None:
        return next((ksb for ksb in self.ksbs if ksb.code == code), None)

    @property
    def gaps(self) -> tuple[str, ...]:
        return tuple(ksb.code for ksb in self.ksbs if ksb.gap)

    @property
    def fragile_gaps(self) -> tuple[str, ...]:
        return tuple(ksb.code for ksb in self.ksbs if ksb.gap and ksb.fragile)

    @property
    def to_evidence(self) -> tuple[str, ...]:
        return tuple(ksb.code for ksb in self.ksbs if ksb.to_evidence)

    @property
    def stale(self) -> tuple[str, ...]:
        """Codes with no entry for over 90 days, though they have one."""
        return tuple(ksb.code for ksb in self.ksbs if ksb.stale)

    @property
    def fragile(self) -> tuple[str, ...]:
        return tuple(ksb.code for ksb in self.ksbs if ksb.fragile)

    @property
    def covered(self) -> int:
        return sum(ksb.covered for ksb in self.ksbs)

    @property
    def total(self) -> int:
        return len(self.ksbs)

    def of_type(self, type: str) -> tuple[KsbState, ...]:
        return tuple(ksb for ksb in self.ksbs if ksb.type == type)

    def counts(self) -> dict[str, dict[str, int]]:
        """KSBs on each rung by type, with their ``total``: the block ``status`` prints."""
        counts = {type: dict.fromkeys(("total", *STATES), 0) for type in KSB_TYPES}
        for ksb in self.ksbs:
            counts[ksb.type]["total"] += 1
            counts[ksb.type][ksb.state] += 1
        return counts

    def by_need(self) -> tuple[KsbState, ...]:
        """Fragile gaps, other gaps, those to evidence, stale ones, the rest; ties by code."""
        return tuple(sorted(self.ksbs, key=lambda ksb: (need(ksb), code_key(ksb.code))))

    def select(self, which: str, number: int = 0, codes: Collection[str] = ()) -> tuple[str, ...]:
        """Codes that pass one filter of :data:`FILTERS`.

        ``number`` names the duty or outcome; ``codes`` are the module's.
        """
        tests: Mapping[str, frozenset[str]] = {
            "gaps": frozenset(self.gaps),
            "to-evidence": frozenset(self.to_evidence),
            "stale": frozenset(self.stale),
            "fragile": frozenset(self.fragile),
            "duty": frozenset(_group(self.duties, number)),
            "outcome": frozenset(_group(self.outcomes, number)),
            "module": frozenset(codes),
        }
        return tuple(ksb.code for ksb in self.ksbs if ksb.code in tests[which])

    def as_json(self) -> dict[str, object]:
        return {
            "standard": self.standard,
            "version": self.version,
            "ksbs": [ksb.as_json() for ksb in self.ksbs],
            "gaps": list(self.gaps),
            "to_evidence": list(self.to_evidence),
        }

    def duties_json(self) -> dict[str, object]:
        duties = [_group_json(duty) for duty in self.duties]
        return {"standard": self.standard, "version": self.version, "duties": duties}

    def outcomes_json(self) -> dict[str, object]:
        outcomes = [
            {"number": outcome.number, "function": outcome.function} | _group_json(outcome)
            for outcome in self.outcomes
        ]
        return {"standard": self.standard, "version": self.version, "outcomes": outcomes}


def need(ksb: KsbState) -> int:
    """How soon a KSB wants work, 0 first: fragile gap, gap, to evidence, stale, the rest."""
    if ksb.gap:
        return 0 if ksb.fragile else 1
    if ksb.to_evidence:
        return 2
    return 3 if ksb.stale else 4


def coverage(
    standard: Standard,
    option: str,
    rows: Iterable[KsbDay] | Mapping[str, Tally],
    as_at: date,
    *,
    rehearsed: Collection[str] = (),
    employer_verified: Collection[str] = (),
) -> Coverage:
    """Where every KSB of ``standard`` (and ``option``, where it has options) stands.

    ``rows`` are those of one enrolment in any order, or what they add up to by code; codes
    the standard lacks are left out. ``employer_verified`` marks behaviours only.
    """
    tallies = rows if isinstance(rows, Mapping) else _tallies(rows)
    duties = _numbers((duty.number, duty.ksbs) for duty in standard.duties)
    outcomes = _numbers((outcome.number, outcome.ksbs) for outcome in standard.outcomes)
    states = {}
    for ksb in sorted(standard.ksbs_of(option), key=lambda ksb: code_key(ksb.code)):
        entries = tallies.get(ksb.code, Tally())
        last = entries.last_day
        states[ksb.code] = KsbState(
            code=ksb.code,
            type=ksb.type,
            statement=ksb.text,
            short=ksb.short,
            plain=ksb.plain,
            state=entries.state,
            entries=entries.entries,
            minutes=entries.minutes,
            evidence=entries.evidence,
            last_day=last,
            stale=last is not None and (as_at - last).days > STALE_DAYS,
            tally=entries,
            fragile=len(duties[ksb.code]) == 1,
            duties=tuple(duties[ksb.code]),
            outcomes=tuple(outcomes[ksb.code]),
            rehearsed=ksb.code in rehearsed,
            employer_verified=ksb.type == "B" and ksb.code in employer_verified,
        )
    return Coverage(
        standard=standard.ref,
        version=standard.version,
        as_at=as_at,
        ksbs=tuple(states.values()),
        duties=tuple(_count(d, states) for d in standard.duties),
        outcomes=tuple(_count(o, states, o.function) for o in standard.outcomes),
    )


def _tallies(rows: Iterable[KsbDay]) -> dict[str, Tally]:
    by_code: defaultdict[str, list[KsbDay]] = defaultdict(list)
    for row in rows:
        by_code[row.code].append(row)
    return {code: tally(days) for code, days in by_code.items()}


def _numbers(groups: Iterable[tuple[int, tuple[str, ...]]]) -> defaultdict[str, list[int]]:
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, codes in groups:
        for code in dict.fromkeys(codes):
            numbers[code].append(number)
    return numbers


def _count(group: Duty | Outcome, states: Mapping[str, KsbState], function: str = "") -> Group:
    """A duty or outcome with the KSBs that this learner's option has, and those covered."""
    own = tuple(sorted({code for code in group.ksbs if code in states}, key=code_key))
    return Group(group.number, group.text, own, sum(states[code].covered for code in own), function)


def _group(groups: Iterable[Group], number: int) -> tuple[str, ...]:
    return next((group.ksbs for group in groups if group.number == number), ())


def _group_json(group: Group) -> dict[str, object]:
    return {**encode_fields(group, "function"), "total": group.total, "note": group.note}

"""What a measure is of, and which way is good, from its words where nobody says.

A guess is made only where words or unit speak for it; else the direction is the usual one
and that is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ksbtui.core.assessment.benefits import (
    COST,
    ERRORS,
    HIGHER,
    LOWER,
    OTHER,
    PERCENT,
    SATISFACTION,
    TIME,
    UNITS,
)

_UNIT_KINDS = {
    TIME: "second seconds sec s minute minutes min mins m hour hours hr hrs h day days week weeks",
    COST: "£ € $ gbp eur usd pound pounds pence",
    ERRORS: "error errors mistake mistakes defect defects complaint complaints fault faults",
    SATISFACTION: "point points star stars score scores",
}
_NAME_KINDS = {
    ERRORS: "error errors mistake mistakes defect defects complaint complaints wrong fault faults",
    COST: "cost costs spend price",
    SATISFACTION: "rating ratings rate rated satisfaction confidence score scores",
}
_BETTER = {
    HIGHER: """rating ratings rated satisfaction satisfied score scores confidence confident
        accuracy accurate correct right resolved solved completed complete answered success
        successful uptake adoption used usage coverage compliance compliant quality throughput
        punctual ontime reuse trust income revenue saved savings""",
    LOWER: """time times wait waits waiting error errors mistake mistakes defect defects
        complaint complaints cost costs spend backlog rework delay delays late failure failures
        failed missed abandoned queue queues wrong fault faults handling steps clicks absence
        duplicates overtime escalations""",
}
NOTE = "Nobody said which way is good, so less is taken to be better; --better higher changes that."


@dataclass(frozen=True, slots=True)
class Taken:
    """What a measure was taken to be; ``note`` says what nobody said and was assumed."""

    kind: str
    unit: str
    better: str
    note: str = ""


def taken(name: str, kind: str = "", unit: str = "", better: str = "") -> Taken:
    """Kind, unit and direction of a measure; what is given stands."""
    plain, words = unit.casefold().strip(), _words(name)
    kind = kind or _kind(plain, words)
    unit = unit or UNITS.get(kind, "")
    if better:
        return Taken(kind, unit, better)
    said = [way for way, known in _BETTER.items() if words & set(known.split())]
    if len(said) == 1:
        return Taken(kind, unit, said[0])
    if kind == SATISFACTION:
        return Taken(kind, unit, HIGHER)
    if kind in (TIME, ERRORS, COST):
        return Taken(kind, unit, LOWER)
    note = (
        "Nobody said which way is good, so less is taken to be better: --better higher changes it."
    )
    return Taken(kind, unit, LOWER, note)


def _kind(unit: str, words: set[str]) -> str:
    """The kind that a unit or the words of a name speak for; without a unit, time."""
    for kind, known in _UNIT_KINDS.items():
        if unit in known.split():
            return kind
    for kind, known in _NAME_KINDS.items():
        if words & set(known.split()) and unit in ("", *PERCENT):
            return kind
    return OTHER if unit else TIME


def _words(name: str) -> set[str]:
    return set(re.findall(r"[a-z]+", name.casefold()))

"""Benefits of a project: measured before and after, with the arithmetic shown.

Amounts are exact decimals in the measure's own unit. A benefit that went the wrong way is
negative and said so; where a baseline is nought there is no percentage. What a measure is of,
and which way is good, is taken from its words where nobody says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from ksbtui.core.codec import encode_fields
from ksbtui.core.text.text import quoted
from ksbtui.errors import NotFound, Unreadable

TIME, ERRORS, SATISFACTION, COST, OTHER = "time", "errors", "satisfaction", "cost", "other"
KINDS = (TIME, ERRORS, SATISFACTION, COST, OTHER)
UNITS = {TIME: "minutes", ERRORS: "errors", SATISFACTION: "points", COST: "£"}
PERCENT = ("%", "percent", "per cent", "percentage")
"""Units that differ in percentage points, not in per cent of one another."""
PERIODS = {"day": 225, "week": 52, "month": 12, "year": 1}
"""Periods in which runs are counted, and how many of them a year has (225 working days)."""
MINUTES = ("minutes", "minute", "min", "mins", "m")
"""Units that are said in hours once there are many."""
_PLURALS = ("minutes", "hours", "days", "weeks", "errors", "points", "cases", "calls")
LOWER, HIGHER = "lower", "higher"
LARGEST = Decimal(10) ** 9
FINEST = 6
"""Largest amount and decimal places read from a person."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing measured before and after; None where nobody has measured yet.

    ``runs`` is how often the work is done in each ``period``; None where multiplying makes
    no sense. ``better`` says which way is good. ``how`` tells how it was measured.
    """

    id: str
    enrolment: str
    name: str
    kind: str = TIME
    unit: str = UNITS[TIME]
    before: Decimal | None = None
    after: Decimal | None = None
    runs: Decimal | None = None
    period: str = "month"
    better: str = LOWER
    how: str = ""
    day: date | None = None
    """When it was last measured."""
    ksbs: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()

    @property
    def measured(self) -> bool:
        return self.before is not None and self.after is not None


@dataclass(frozen=True, slots=True)
class Benefit:
    """What a measure shows, in its unit; see :func:`benefit`.

    ``gain`` is the change for the good: negative where it got worse. ``percent`` is that
    change against the baseline in whole per cent, None for shares: they differ in points.
    """

    measure: Measure
    gain: Decimal | None
    percent: int | None
    per_period: Decimal | None
    per_year: Decimal | None
    lines: tuple[str, ...]
    """The arithmetic in words, a step a line."""

    def as_json(self) -> dict[str, Any]:
        measure = self.measure
        return {
            **encode_fields(measure),
            **{name: number(getattr(measure, name)) for name in ("before", "after", "runs")},
            "gain": number(self.gain),
            "percent": self.percent,
            "per_period": number(self.per_period),
            "per_year": number(self.per_year),
            "lines": list(self.lines),
        }


def benefit(measure: Measure) -> Benefit:
    """Calculate one measure.

    gain = before − after where lower is better, else after − before; per period = gain ×
    runs; per year = that × the periods of a year; percent = gain ÷ |before|, half up, None
    where the baseline is nought. Anything not measured stays None.
    """
    if measure.before is None or measure.after is None:
        return Benefit(measure, None, None, None, None, _unmeasured(measure))
    raw = measure.after - measure.before
    gain = raw if measure.better == HIGHER else -raw
    percent = None if in_points(measure) else percentage(gain, measure.before)
    per_period = None if measure.runs is None else gain * measure.runs
    per_year = None if per_period is None else per_period * PERIODS[measure.period]
    lines = (_change(measure, gain, percent), *_runs(measure, gain, per_period, per_year))
    return Benefit(measure, gain, percent, per_period, per_year, lines)


def in_points(measure: Measure) -> bool:
    """Whether a measure is a share, whose change is said in percentage points."""
    return measure.unit.casefold().strip() in PERCENT


def say_gain(benefit: Benefit) -> str:
    """A measured change in a few words: ``25 % better``, ``13 points worse``, ``no change``."""
    gain, measure = benefit.gain, benefit.measure
    if not gain:
        return "no change" if measure.measured else "not measured since"
    side = "better" if gain > 0 else "worse"
    if in_points(measure) or benefit.percent is None:
        unit = "points" if in_points(measure) else measure.unit
        return f"{say_amount(abs(gain), unit)} {side}"
    return f"{abs(benefit.percent)} % {side}"


def percentage(gain: Decimal, baseline: Decimal) -> int | None:
    """A gain against its baseline in whole per cent, half up away from nought; None at nought."""
    if baseline == 0:
        return None
    return int((gain * 100 / abs(baseline)).quantize(Decimal(1), ROUND_HALF_UP))


def totals(benefits: Iterable[Benefit]) -> dict[str, Decimal]:
    """What a year gains by unit, over measures of time and cost that can be multiplied."""
    sums: dict[str, Decimal] = {}
    for benefit in benefits:
        if benefit.per_year is not None and benefit.measure.kind in (TIME, COST):
            unit = benefit.measure.unit
            sums[unit] = sums.get(unit, Decimal(0)) + benefit.per_year
    return sums


def _unmeasured(measure: Measure) -> tuple[str, ...]:
    if measure.before is None and measure.after is None:
        return ("Not measured yet.",)
    if measure.before is None:
        return (
            f"{say_amount(measure.after, measure.unit)} now; not measured before.",
            "Without a baseline there is no difference to show.",
        )
    return (f"{say_amount(measure.before, measure.unit)} before; not measured since.",)


def _change(measure: Measure, gain: Decimal, percent: int | None) -> str:
    """The first step: both values and their difference, with its side in words."""
    before, after = (say_amount(value, measure.unit) for value in (measure.before, measure.after))
    ends = f"{before} before, {after} after"
    if gain == 0:
        return f"{ends}: no change."
    higher = (gain > 0) == (measure.better == HIGHER)
    word = "more" if higher else "less"
    side = "better" if gain > 0 else "worse"
    if in_points(measure):
        both = [value for value in (measure.before, measure.after) if value is not None]
        last, first = max(both), min(both)
        points = say_amount(abs(gain), "percentage points")
        return f"{ends}: {say_number(last)} − {say_number(first)} = {points} {word}, {side}."
    share = "no percentage: the baseline is 0" if percent is None else f"{abs(percent)} %"
    return f"{ends}: {say_amount(abs(gain), measure.unit)} {word}, {side} ({share})."


def _runs(
    measure: Measure, gain: Decimal, per_period: Decimal | None, per_year: Decimal | None
) -> list[str]:
    """The further steps, where runs were given."""
    if measure.runs is None or per_period is None or per_year is None:
        return []
    word = "saved" if measure.better == LOWER else "gained"
    side = word if gain >= 0 else "lost"
    unit, period = measure.unit, measure.period
    lines = [
        f"{say_amount(abs(gain), unit)} {side} × {say_number(measure.runs)} runs a {period} = "
        f"{say_amount(abs(per_period), unit)} {side} a {period}."
    ]
    if period != "year":
        lines.append(
            f"× {PERIODS[period]} {period}s = {say_amount(abs(per_year), unit)} {side} a year"
            f"{_hours(abs(per_year), unit)}."
        )
    elif _hours(abs(per_year), unit):
        lines.append(f"{say_amount(abs(per_year), unit)}{_hours(abs(per_year), unit)}.")
    return lines


def _hours(amount: Decimal, unit: str) -> str:
    """Minutes as hours too, since a year's worth is not read in minutes."""
    if unit not in MINUTES or amount < 60:
        return ""
    return f", about {say_number(_in_hours(amount))} hours"


def _in_hours(minutes: Decimal) -> Decimal:
    fine = Decimal("0.1") if minutes < 600 else Decimal(1)
    return (minutes / 60).quantize(fine, ROUND_HALF_UP)


def say_amount(amount: Decimal | None, unit: str) -> str:
    """An amount with its unit: ``12 minutes``, ``£1,200``."""
    if amount is None:
        return "not measured"
    if unit in ("£", "€", "$"):
        sign = "-" if amount < 0 else ""
        return f"{sign}{unit}{say_number(abs(amount))}"
    head, _, last = unit.rpartition(" ")
    if abs(amount) == 1 and last in _PLURALS:
        unit = f"{head} {last[:-1]}".strip()
    return f"{say_number(amount)} {unit}".strip()


def say_number(amount: Decimal) -> str:
    """A number as people write it: ``1,200``, ``2.5``, no trailing noughts, 4 places at most."""
    rounded = amount.quantize(Decimal("0.0001"), ROUND_HALF_UP)
    if rounded == 0:
        return "0"
    return f"{rounded:,f}".rstrip("0").rstrip(".")


def say_year(amount: Decimal, unit: str) -> str:
    """A year's amount, minutes as hours: ``240 hours``."""
    if unit in MINUTES and amount >= 60:
        return f"{say_number(_in_hours(amount))} hours"
    return say_amount(amount, unit)


def number(amount: Decimal | None) -> int | float | None:
    """An amount as a JSON number: whole where it is whole."""
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def parse_amount(text: str) -> Decimal:
    """An amount from what a person types: ``12``, ``2.5``, ``1,200``, ``£30``, ``85%``.

    Raises Unreadable for anything else, or beyond a thousand million.
    """
    bare = "".join(text.split()).strip("£€$%").replace(",", "")
    try:
        amount = Decimal(bare)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not bare.lstrip("-+").replace(".", "", 1).isdecimal():
        raise Unreadable(f"{quoted(text)} is not a number.", "Write it like 12, 2.5 or 1,200.")
    if abs(amount) > LARGEST or amount != round(amount, FINEST):
        raise Unreadable(
            f"{quoted(text)} is too large or has too many decimals.",
            "Use a larger unit, such as hours or thousands.",
        )
    return amount


def check_measure(measure: Measure) -> None:
    """Refuse a measure whose words or numbers make no sense."""
    if not measure.name:
        raise Unreadable(
            "A measure needs a name.", "Enter what you measured, such as: Time per call."
        )
    for value, known, what in (
        (measure.kind, KINDS, "kind of measure"),
        (measure.period, tuple(PERIODS), "period"),
        (measure.better, (LOWER, HIGHER), "direction"),
    ):
        if value not in known:
            raise NotFound(
                f"There is no {what} {quoted(value)}.", f"Use one of: {', '.join(known)}."
            )
    if measure.runs is not None and measure.runs < 0:
        raise Unreadable("Runs cannot be negative.", "Enter how often the work is done.")


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
_ASSUMED = (
    "You have not said which is better, so lower counts as better. To change it: --better higher"
)
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


@dataclass(frozen=True, slots=True)
class Taken:
    """What a measure was taken to be; ``note`` says what nobody said and was assumed."""

    kind: str
    unit: str
    better: str
    note: str = ""


def taken(name: str, kind: str = "", unit: str = "", better: str = "") -> Taken:
    """Kind, unit and direction of a measure; what is given stands."""
    plain, words = unit.casefold().strip(), set(re.findall(r"[a-z]+", name.casefold()))
    kind = kind or _kind(plain, words)
    unit = unit or UNITS.get(kind, "")
    if better:
        return Taken(kind, unit, better)
    ways = [way for way, known in _BETTER.items() if words & set(known.split())]
    if len(ways) == 1:
        return Taken(kind, unit, ways[0])
    if kind == SATISFACTION:
        return Taken(kind, unit, HIGHER)
    if kind in (TIME, ERRORS, COST):
        return Taken(kind, unit, LOWER)
    return Taken(kind, unit, LOWER, _ASSUMED)


def _kind(unit: str, words: set[str]) -> str:
    """The kind that a unit or the words of a name speak for; without a unit, time."""
    for kind, known in _UNIT_KINDS.items():
        if unit in known.split():
            return kind
    for kind, known in _NAME_KINDS.items():
        if words & set(known.split()) and unit in ("", *PERCENT):
            return kind
    return OTHER if unit else TIME

"""What an enrolment may agree: its hours, its end and its breaks, or the refusal that says why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from ksbtui.core.days import long_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.programme.programmes import Break, Enrolment, RuleSet
from ksbtui.core.programme.standards import Standard
from ksbtui.errors import Conflict


def resolve_target(
    standard: Standard,
    rules: RuleSet,
    target: int | None,
    prior: int = 0,
    start: date | None = None,
) -> int:
    """The training minutes to reach: those agreed, else the standard's minimum.

    Prior learning lowers nothing by itself; it explains an agreed target below the minimum
    (target + prior at least the minimum). An apprenticeship never goes below the rule set's
    floor (187 h, R16), a unit never above its most. A start before the rule set's first day
    has another regime, whose minimum is not modelled: there the target must be given.

    Raises Conflict with the hours that are possible.
    """
    earlier = start is not None and rules.starts_from is not None and start < rules.starts_from
    minimum = None if earlier else standard.min_minutes
    floor = rules.floor_minutes or 1
    if target is None:
        if minimum is None:
            raise _no_minimum(standard, start if earlier else None)
        return max(minimum, floor)
    if prior < 0:
        raise Conflict("Prior learning hours cannot be negative.", "Enter 0 or more.")
    if target < floor:
        raise Conflict(
            f"{say_minutes(target)} is below {say_minutes(floor)}, the minimum that can be funded.",
            f"Agree at least {say_minutes(floor)}, or ask your tutor.",
        )
    if minimum is not None and target + prior < minimum:
        raise _below_minimum(standard, target, prior, minimum)
    if standard.max_minutes is not None and target > standard.max_minutes:
        most = say_minutes(standard.max_minutes)
        raise Conflict(
            f"{say_minutes(target)} is over {most}, the most {standard.named} allows.",
            f"Enter {most} or less.",
        )
    return target


def _no_minimum(standard: Standard, start: date | None) -> Conflict:
    why = f"{standard.named} does not say how many training hours it needs."
    if start is not None:
        why = "Starts before 1 August 2025 have older rules that ksbtui does not calculate."
    return Conflict(why, "Enter the hours from your training plan: --target-hours")


def _below_minimum(standard: Standard, target: int, prior: int, minimum: int) -> Conflict:
    least = say_minutes(minimum)
    if not prior:
        return Conflict(
            f"{say_minutes(target)} is below the {least} that {standard.named} needs.",
            f"Enter {least} or more, or your prior learning: --prior-learning-hours",
        )
    return Conflict(
        f"{say_minutes(target)} and {say_minutes(prior)} of prior learning are less than "
        f"the {least} that {standard.named} needs.",
        f"Enter at least {say_minutes(minimum - prior)}.",
    )


def check_days(enrolment: Enrolment, end: date) -> None:
    """Refuse an enrolment whose days cannot be; ``end`` is its last day (:class:`Plan`).

    Raises Conflict for an end before the start, a moved module that is outside or backwards,
    and for breaks that run backwards, overlap, or start outside the programme.
    """
    start = enrolment.start
    if enrolment.end_given is not None and enrolment.end_given < start:
        raise Conflict(
            f"The planned end, {long_day(enrolment.end_given)}, is before the start.",
            f"Enter a day after {long_day(start)}.",
        )
    for number, (first, last) in enrolment.moved_modules.items():
        if last < first or first < start:
            raise Conflict(
                f"Module {number} cannot run from {long_day(first)} to {long_day(last)}.",
                f"Enter a first day on or after {long_day(start)}, then the last day.",
            )
    for pause in enrolment.breaks:
        _check_break(pause, start, end)
    _check_overlaps(sorted(enrolment.breaks, key=lambda pause: pause.start))


def _check_break(pause: Break, start: date, end: date) -> None:
    if pause.end is not None and pause.end < pause.start:
        raise Conflict(
            f"A break from {long_day(pause.start)} cannot end on {long_day(pause.end)}.",
            "Enter the first day, then the last.",
        )
    if not start <= pause.start <= end:
        raise Conflict(
            f"A break from {long_day(pause.start)} is outside your programme.",
            f"It runs from {long_day(start)} to {long_day(end)}.",
        )


def _check_overlaps(breaks: Sequence[Break]) -> None:
    for earlier, later in pairwise(breaks):
        if earlier.end is None:
            raise Conflict(
                f"The break that started on {long_day(earlier.start)} has no end yet.",
                "Enter its last day first: ksbtui enrolment break end DAY",
            )
        if later.start <= earlier.end:
            raise Conflict(
                f"A break from {long_day(later.start)} overlaps the one from "
                f"{long_day(earlier.start)} to {long_day(earlier.end)}.",
                "Enter different days.",
            )

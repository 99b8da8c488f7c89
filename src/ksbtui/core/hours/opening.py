"""An opening figure: hours recorded elsewhere before this journal began.

It is a figure with a day and a source, never an entry. What entries up to its day count is
part of it, not added to it: it stands for what they do not (yet) account for.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from ksbtui.core.days import long_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.programme.plan import Plan
from ksbtui.core.programme.programmes import Opening
from ksbtui.errors import Conflict, Unreadable

OPENING = "opening"
"""What the figure is called among types and modules."""
ASKED_AFTER = timedelta(days=14)
"""A first day further back than this may have hours that are recorded elsewhere."""


def check_opening(opening: Opening, plan: Plan, as_at: date) -> None:
    """Refuse a figure that cannot be: without a source, out of its days, above the target."""
    if opening.minutes < 1:
        raise Unreadable("An opening figure must be more than 0 hours.", "Such as 120h.")
    if opening.day > as_at:
        raise Conflict(
            f"{long_day(opening.day)} is still to come.", "Enter the last day the figure covers."
        )
    if opening.day < plan.start:
        raise Conflict(
            f"{long_day(opening.day)} is before the programme starts.",
            f"It starts on {long_day(plan.start)}. Hours before that are prior learning.",
        )
    if opening.minutes > plan.target:
        raise Conflict(
            f"{say_minutes(opening.minutes)} is more than the {say_minutes(plan.target)} to reach.",
            "Check the figure, or the agreed hours.",
        )
    if not opening.source.strip():
        raise Unreadable(
            "It is not said where these hours are recorded.",
            "Name it, such as your provider's e-portfolio: --opening-source TEXT",
        )


def open_minutes(opening: Opening | None, daily: Mapping[date, int], as_at: date) -> int:
    """What is left of a figure once the entries up to its day are counted; 0 before its day."""
    if opening is None or opening.day > as_at:
        return 0
    entered = sum(minutes for day, minutes in daily.items() if day <= opening.day)
    return max(0, opening.minutes - entered)


def say_opening(opening: Opening, left: int) -> str:
    """The figure in a line, as it is shown wherever hours are."""
    whose = f"verified by {opening.verified_by}" if opening.verified_by else "not verified"
    figure = say_minutes(left)
    if left != opening.minutes:
        figure = f"{figure} left of {say_minutes(opening.minutes)}"
    return f"{figure} recorded elsewhere up to {long_day(opening.day)} ({opening.source}, {whose})"

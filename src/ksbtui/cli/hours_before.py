"""The options that name hours recorded elsewhere, for set-up and for later."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import read_day
from ksbtui.cli.output import say
from ksbtui.core.durations import parse_hours
from ksbtui.core.hours.forecast import ASKED_AFTER, say_opening
from ksbtui.core.programme.programmes import Course, Opening
from ksbtui.errors import Unreadable

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


def with_opening(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of an opening figure, read as one :class:`Opening`.

    ``opening`` is None where no option was given, and has no minutes for ``--opening-hours 0``.
    """

    @click.option(
        "--opening-hours", metavar="H", help="Hours you recorded elsewhere, as one figure."
    )
    @click.option("--opening-day", metavar="DAY", help="The last day this figure covers.")
    @click.option("--opening-source", metavar="TEXT", help="Where those hours are recorded.")
    @click.option("--opening-verified-by", metavar="N", help="Who confirmed them, if anybody has.")
    def run(
        journal: Journal,
        opening_hours: str | None,
        opening_day: str | None,
        opening_source: str | None,
        opening_verified_by: str | None,
        **options: Any,
    ) -> Any:
        given = (opening_hours, opening_day, opening_source, opening_verified_by)
        options["opening"] = _read(journal, *given)
        return command(journal, **options)

    return update_wrapper(run, command)


def _read(
    journal: Journal, hours: str | None, day: str | None, source: str | None, by: str | None
) -> Opening | None:
    if not any((hours, day, source, by)):
        return None
    course = journal.course if journal.exists else None
    before = course.opening if course else None
    if hours is not None and hours.strip().lower() in ("0", "0h", "none"):
        return Opening("", 0, journal.as_at, "")
    if hours is None and before is None:
        raise Unreadable("The number of hours is missing.", "Enter them with: --opening-hours 120h")
    if day is None and before is None:
        raise Unreadable(
            "The last day of those hours is missing.", "Enter it with: --opening-day DAY"
        )
    return Opening(
        "",
        parse_hours(hours) if hours else before.minutes,  # type: ignore[union-attr]
        read_day(day, journal) if day else before.day,  # type: ignore[union-attr]
        source or "",
        (before.verified_by if before else "") if by is None else by,
    )


def say_changed(journal: Journal, opening: Opening, before: Opening | None) -> Course:
    """Save an opening figure, or its end, and say what became of the earlier one."""
    course = journal.openings.set(opening) if opening.minutes else journal.openings.remove()
    if before is not None:
        what = "It replaces" if opening.minutes else "Removed:"
        say(f"{what} {say_opening(before, before.minutes)}.")
    return course


def ask_for_hours_before(journal: Journal, course: Course) -> None:
    """Say how hours from before come in, where the first day lies back and nothing is here."""
    if course.opening is None and journal.as_at - course.enrolment.start > ASKED_AFTER:
        say("You started before today. To add hours you recorded elsewhere, import a file:")
        say("  ksbtui import FILE")
        say("or enter one figure for now:")
        say("  ksbtui enrolment change --opening-hours H --opening-day DAY --opening-source TEXT")

"""``discuss plan``: practice up to the day of the discussion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import json_option, with_journal
from ksbtui.cli.output import print_json
from ksbtui.cli.typed import read_coming_day, read_span

if TYPE_CHECKING:
    from ksbtui.core.assessment.rehearsal import Memory, Rehearsal
    from ksbtui.journal.journal import Journal


@click.command()
@click.option("--by", metavar="DAY", help="Instead of your discussion or gateway day.")
@click.option("--leave", metavar="A..B", multiple=True, help="Days without practice.")
@click.option("--without-mocks", is_flag=True, help="Do not count answers of mock discussions.")
@json_option
@with_journal
def plan(
    journal: Journal, by: str | None, leave: tuple[str, ...], without_mocks: bool, as_json: bool
) -> None:
    r"""Show what is due, what you will still hold on the day, and minutes a day to get there.

    \b
    ksbtui discuss plan
    ksbtui discuss plan --by 15/04/2027 --leave 2026-12-21..2027-01-03

    Your scores decide when a KSB comes again; the FSRS algorithm says how long it is held.
    """
    from ksbtui.presentation.assessment.rehearsal import plan_lines

    made = journal.rehearsing.plan(
        read_coming_day(by, journal) if by else None,
        tuple(read_span(text, journal) for text in leave),
        with_mocks=not without_mocks,
    )
    if as_json:
        print_json(_json(made))
        return
    for line in plan_lines(made):
        click.echo(line)


def _json(made: Rehearsal) -> dict[str, object]:
    minutes = made.minutes
    return {
        "as_at": made.as_at,
        "by": made.by,
        "total": made.total,
        "held_now": made.held_now,
        "held_then": made.held_then,
        "with_mocks": made.with_mocks,
        "due": _codes(made.due),
        "new": _codes(made.new),
        "answers_left": made.answers_left,
        "answer_minutes": made.answer_minutes,
        "minutes_a_day": minutes.early,
        "minutes_a_day_last_weeks": minutes.last,
        "days": minutes.early_days,
        "days_last_weeks": minutes.last_days,
        "minutes_left_over": minutes.left_over,
        "ksbs": [
            {
                "code": memory.code,
                "held_now": round(memory.now, 4),
                "held_then": round(memory.then, 4),
                "due": memory.due,
            }
            for memory in made.memories
        ],
    }


def _codes(memories: Iterable[Memory]) -> list[str]:
    return [memory.code for memory in memories]

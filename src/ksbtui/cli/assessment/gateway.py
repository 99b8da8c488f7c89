"""``gateway``: what must be in place, what is missing and by when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import (
    complete_codes,
    group_showing,
    read_day_if,
    read_text,
    reporting,
    with_journal,
)
from ksbtui.cli.output import print_json, print_lines, print_result
from ksbtui.core.days import long_day
from ksbtui.core.text.text import quoted
from ksbtui.errors import Unreadable

if TYPE_CHECKING:
    from ksbtui.core.assessment.gateway import ItemState
    from ksbtui.journal.journal import Journal

_by = click.option(
    "--by", required=True, metavar="NAME", help="The name of the person who confirmed it."
)
_day = click.option("-d", "--day", metavar="DAY", help="The day, if not today.")


@group_showing("show")
def gateway() -> None:
    """See what must be in place before the gateway. Counts and days, never a grade.

    \b
    ksbtui gateway
    ksbtui gateway tick employer-agrees --by "Colin Marsh"
    ksbtui gateway verify B1,B4 --by "Colin Marsh" --day fri
    ksbtui gateway set --english-maths no
    """


@gateway.command(hidden=True)
@reporting
def show(journal: Journal, as_json: bool) -> None:
    """Show the checklist and what is missing."""
    gateway = journal.gateway.read()
    if as_json:
        print_json(gateway.as_json())
        return
    click.echo(f"{gateway.title}: {gateway.done} of {len(gateway.needed)} in place\n")
    due = None
    for state in gateway.items:
        if state.due != due:
            due = state.due
            click.echo(f"By {long_day(due)}" if due else "No due date")
        print_lines(_item_lines(state))
    if gateway.methods:
        click.echo("\nHow you are assessed")
    for method in gateway.methods:
        length = f", {method.minutes} minutes" if method.minutes else ""
        click.echo(f"  {method.name}{length}: {method.looks_at}")
        click.echo(f"    Source: {method.source}.")
    if gateway.note:
        click.echo(f"\n{gateway.note}")


def _item_lines(state: ItemState) -> Iterator[str]:
    mark = "?" if state.asked else "x" if state.done else " "
    optional = " (optional)" if state.item.optional else ""
    progress = f"  {state.progress}" if state.progress else ""
    yield f"  [{mark}] {state.item.id}: {state.item.text}{optional}{progress}"
    if state.in_the_way:
        yield f"      {state.item.when_missing}"
    if state.asked:
        yield "      Does it apply to you? To answer: ksbtui gateway set --help"


@gateway.command()
@click.argument("item")
@_by
@_day
@reporting
def tick(journal: Journal, item: str, by: str, day: str | None, as_json: bool) -> None:
    """Tick an item: who confirmed it, and on which day."""
    ticked = journal.gateway.tick(item, by, read_day_if(day, journal))
    document = {"item": ticked.item, "by": ticked.by, "day": ticked.day}
    text = f"Ticked: {ticked.item}, {ticked.by}, {long_day(ticked.day)}"
    print_result(document, text, as_json)


@gateway.command()
@click.argument("item")
@with_journal
def untick(journal: Journal, item: str) -> None:
    """Remove a tick."""
    click.echo(f"No longer ticked: {journal.gateway.untick(item).id}")


@gateway.command()
@click.argument("codes", shell_complete=complete_codes)
@_by
@_day
@click.option("--comment", metavar="TEXT", default="", help="What the employer saw; - reads stdin.")
@reporting
def verify(
    journal: Journal, codes: str, by: str, day: str | None, comment: str, as_json: bool
) -> None:
    """Record that the employer verified behaviours: who, when and what they saw; not proof."""
    seen = read_text(comment) if comment else ""
    note = journal.verifying.employer_verify(codes, by, read_day_if(day, journal), seen)
    document = {key: getattr(note, key) for key in ("ksbs", "by", "day", "testimony")}
    text = f"Verified: {' '.join(note.ksbs)}, {note.by}, {long_day(note.day)}"
    print_result(document, text, as_json)


@gateway.command("set")
@click.option("--english-maths", metavar="yes|no", help="Do you have to pass English and maths?")
@click.option("--extended", metavar="yes|no", help="Are you taking the extended assessment?")
@reporting
def set_(journal: Journal, english_maths: str | None, extended: str | None, as_json: bool) -> None:
    """Answer the questions that decide which items apply to you."""
    typed = {"english_maths": english_maths, "extended": extended}
    answers = {name: _read_yes_no(text) for name, text in typed.items() if text is not None}
    if not answers:
        raise Unreadable(
            "There is nothing to save.", "Add --english-maths yes or no, or --extended."
        )
    settings = journal.gateway.settle(**answers)
    document = {"english_maths": settings.english_maths, "extended": settings.extended}
    print_result(document, "Noted.", as_json)


def _read_yes_no(text: str) -> bool:
    plain = text.strip().lower()
    if plain not in ("yes", "y", "no", "n"):
        raise Unreadable(f"{quoted(text)} is not yes or no.", "Answer yes or no.")
    return plain.startswith("y")

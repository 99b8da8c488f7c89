"""``gateway``: what must be in place, what is missing and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import complete_codes, json_option, read_day, read_text, with_journal
from ksbtui.cli.output import print_json
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


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def gateway(ctx: click.Context, as_json: bool) -> None:
    """See what must be in place before the gateway. Counts and days, never a grade.

    \b
    ksbtui gateway
    ksbtui gateway tick employer-agrees --by "Colin Marsh"
    ksbtui gateway verify B1,B4 --by "Colin Marsh" --day fri
    ksbtui gateway set --english-maths no
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(show, as_json=as_json)


@gateway.command(hidden=True)
@json_option
@with_journal
def show(journal: Journal, as_json: bool) -> None:
    """Show the checklist and what is missing."""
    read = journal.gateway.read()
    if as_json:
        print_json(read.as_json())
        return
    click.echo(f"{read.title}: {read.done} of {len(read.needed)} in place\n")
    due = None
    for one in read.items:
        if one.due != due:
            due = one.due
            click.echo(f"By {long_day(due)}" if due else "No due date")
        click.echo(_line(one))
        if one.in_the_way:
            click.echo(f"      {one.item.when_missing}")
        if one.asked:
            click.echo("      Does it apply to you? To answer: ksbtui gateway set --help")
    if read.methods:
        click.echo("\nHow you are assessed")
    for method in read.methods:
        length = f", {method.minutes} minutes" if method.minutes else ""
        click.echo(f"  {method.name}{length}: {method.looks_at}")
        click.echo(f"    Source: {method.source}.")
    if read.note:
        click.echo(f"\n{read.note}")


def _line(one: ItemState) -> str:
    mark = "?" if one.asked else "x" if one.done else " "
    optional = " (optional)" if one.item.optional else ""
    progress = f"  {one.progress}" if one.progress else ""
    return f"  [{mark}] {one.item.id}: {one.item.text}{optional}{progress}"


@gateway.command()
@click.argument("item")
@_by
@_day
@json_option
@with_journal
def tick(journal: Journal, item: str, by: str, day: str | None, as_json: bool) -> None:
    """Tick an item: who confirmed it, and on which day."""
    made = journal.gateway.tick(item, by, read_day(day, journal) if day else None)
    if as_json:
        print_json({"item": made.item, "by": made.by, "day": made.day.isoformat()})
    else:
        click.echo(f"Ticked: {made.item}, {made.by}, {long_day(made.day)}")


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
@json_option
@with_journal
def verify(
    journal: Journal, codes: str, by: str, day: str | None, comment: str, as_json: bool
) -> None:
    """Record that the employer verified behaviours: who, when and what they saw; not proof."""
    on = read_day(day, journal) if day else None
    made = journal.verifying.employer_verify(codes, by, on, read_text(comment) if comment else "")
    if as_json:
        print_json(
            {
                "ksbs": list(made.ksbs),
                "by": made.by,
                "day": made.day.isoformat(),
                "testimony": made.testimony,
            }
        )
    else:
        click.echo(f"Verified: {' '.join(made.ksbs)}, {made.by}, {long_day(made.day)}")


@gateway.command("set")
@click.option("--english-maths", metavar="yes|no", help="Do you have to pass English and maths?")
@click.option("--extended", metavar="yes|no", help="Are you taking the extended assessment?")
@json_option
@with_journal
def set_(journal: Journal, english_maths: str | None, extended: str | None, as_json: bool) -> None:
    """Answer the questions that decide which items apply to you."""
    given = {"english_maths": english_maths, "extended": extended}
    answers = {name: read_yes_no(text) for name, text in given.items() if text is not None}
    if not answers:
        raise Unreadable(
            "There is nothing to save.", "Add --english-maths yes or no, or --extended."
        )
    settings = journal.gateway.settle(**answers)
    if as_json:
        print_json({"english_maths": settings.english_maths, "extended": settings.extended})
    else:
        click.echo("Noted.")


def read_yes_no(text: str) -> bool:
    """An answer as typed: yes or no, or their first letter."""
    plain = text.strip().lower()
    if plain not in ("yes", "y", "no", "n"):
        raise Unreadable(f"{quoted(text)} is not yes or no.", "Answer yes or no.")
    return plain.startswith("y")

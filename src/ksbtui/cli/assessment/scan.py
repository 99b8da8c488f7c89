"""``scan``: the skills scan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import complete_codes, json_option, read_day, with_journal
from ksbtui.cli.output import print_json, print_rows, say
from ksbtui.core.days import full_day
from ksbtui.core.programme.standards import TYPE_NAMES
from ksbtui.core.text.text import number_of, quoted
from ksbtui.errors import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ksbtui.core.assessment.scan import Distance, Spread
    from ksbtui.journal.assessment.scans import ScanReport
    from ksbtui.journal.journal import Journal


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def scan(ctx: click.Context, as_json: bool) -> None:
    """Rate yourself on each KSB, 1 to 5, and see how far you have come.

    \b
    ksbtui scan                                      distance travelled, and ratings to check
    ksbtui scan rate K1-K4 2                         rate; the first scan is the start
    ksbtui scan rate S8 4 --occasion gateway
    ksbtui scan rate B1-B6 3 --by "Colin Marsh"      a second rating
    ksbtui scan show                                 every KSB with its ratings
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(travelled, as_json=as_json)


@scan.command(hidden=True)
@json_option
@with_journal
def travelled(journal: Journal, as_json: bool) -> None:
    """Show distance travelled, and ratings that do not match the evidence."""
    report = journal.scans.report()
    if as_json:
        print_json(report.as_json())
        return
    if not report.scans:
        say("You have not rated anything yet. Start with: ksbtui scan rate K1 2")
        return
    for one in report.scans:
        who = "you" if one.own else one.by
        click.echo(f"{full_day(one.day)}  {one.occasion:<8} {len(one.ratings)} rated by {who}")
    for spread in report.spreads:
        for line in _spread(spread):
            click.echo(line)
    for line in _pointed_out(report):
        click.echo(line)


def _spread(spread: Spread) -> Iterator[str]:
    """Then and now: how many KSBs stood at each rating."""
    yield f"\n{TYPE_NAMES[spread.type]}: {_moved(spread.steps)} over {spread.rated}"
    for label, counts in (("then", spread.before), ("now", spread.after)):
        bar = "".join(str(n + 1) * count for n, count in enumerate(counts))
        tenths = spread.mean_tenths(counts) or 0
        yield f"  {label:<5}{bar}  mean {tenths // 10}.{tenths % 10}"


def _moved(steps: int) -> str:
    if steps == 0:
        return "no steps"
    return f"{number_of(abs(steps), 'step')} {'up' if steps > 0 else 'down'}"


def _pointed_out(report: ScanReport) -> Iterator[str]:
    found = report.mismatches
    for said, codes in (
        ("Rated 4 or 5, but no evidence yet", found.rated_high),
        ("Has evidence, but rated 1 or 2", found.rated_low),
        ("Two or more steps from the other person's rating", found.apart),
        ("Not rated yet", report.unrated),
        ("Rated, but no longer in the standard", report.unknown),
    ):
        if codes:
            yield f"\n{said} ({len(codes)}): {' '.join(codes)}"


@scan.command()
@click.argument("codes", shell_complete=complete_codes)
@click.argument("rating")
@click.option("--occasion", default="", metavar="O", help="The occasion: start, review or gateway.")
@click.option("--by", default="self", metavar="NAME", help="Who is rating, if not you.")
@click.option("-d", "--day", metavar="DAY", help="The day, if not today.")
@json_option
@with_journal
def rate(
    journal: Journal,
    codes: str,
    rating: str,
    occasion: str,
    by: str,
    day: str | None,
    as_json: bool,
) -> None:
    """Rate KSBs from 1 (new to me) to 5 (can guide others). Earlier ratings are kept."""
    if not rating.strip().isdecimal():
        raise Unreadable(f"{quoted(rating)} is not a rating.", "Rate from 1 to 5.")
    given = journal.scans.rate(
        codes, int(rating), occasion=occasion, by=by, day=read_day(day, journal) if day else None
    )
    if as_json:
        print_json(given)
        return
    label = journal.scans.scale.label(int(rating))
    click.echo(f"Rated {rating} ({label}), {given.occasion}: {len(given.ratings)} in this scan.")


@scan.command()
@json_option
@with_journal
def show(journal: Journal, as_json: bool) -> None:
    """Show every KSB with its first and newest rating, and what the ratings mean."""
    report, scale = journal.scans.report(), journal.scans.scale
    if as_json:
        print_json(
            {
                "scans": report.scans,
                "ratings": scale.ratings,
            }
        )
        return
    click.echo("  ".join(f"{words.value} {words.label}" for words in scale.ratings) + "\n")
    standard = journal.enrolled.standard
    names = {ksb.code: ksb.name for ksb in standard.ksbs}
    print_rows(_row(one, names[one.code]) for one in report.distances)


def _row(one: Distance, name: str) -> tuple[str, ...]:
    ratings = f"{one.first or '·'} → {one.last or '·'}"
    other = f"{one.other} by {one.other_by}" if one.other else ""
    return (one.code, name, ratings, other)

"""``scan``: the skills scan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import complete_codes, group_showing, read_day_if, reporting
from ksbtui.cli.output import print_json, print_lines, print_result, print_rows, say
from ksbtui.core.days import full_day
from ksbtui.core.programme.standards import TYPE_NAMES
from ksbtui.core.text.text import number_of, quoted
from ksbtui.errors import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ksbtui.core.assessment.scan import Spread
    from ksbtui.journal.journal import Journal


@group_showing("travelled")
def scan() -> None:
    """Rate yourself on each KSB, 1 to 5, and see how far you have come.

    \b
    ksbtui scan                                      distance travelled, and ratings to check
    ksbtui scan rate K1-K4 2                         rate; the first scan is the start
    ksbtui scan rate S8 4 --occasion gateway
    ksbtui scan rate B1-B6 3 --by "Colin Marsh"      a second rating
    ksbtui scan show                                 every KSB with its ratings
    """


@scan.command(hidden=True)
@reporting
def travelled(journal: Journal, as_json: bool) -> None:
    """Show distance travelled, and ratings that do not match the evidence."""
    report = journal.scans.report()
    if as_json:
        print_json(report.as_json())
        return
    if not report.scans:
        say("You have not rated anything yet. Start with: ksbtui scan rate K1 2")
        return
    for scan in report.scans:
        who = "you" if scan.own else scan.by
        click.echo(f"{full_day(scan.day)}  {scan.occasion:<8} {len(scan.ratings)} rated by {who}")
    print_lines(line for spread in report.spreads for line in _spread_lines(spread))
    mismatches = report.mismatches
    for heading, codes in (
        ("Rated 4 or 5, but no evidence yet", mismatches.rated_high),
        ("Has evidence, but rated 1 or 2", mismatches.rated_low),
        ("Two or more steps from the other person's rating", mismatches.apart),
        ("Not rated yet", report.unrated),
        ("Rated, but no longer in the standard", report.unknown),
    ):
        if codes:
            click.echo(f"\n{heading} ({len(codes)}): {' '.join(codes)}")


def _spread_lines(spread: Spread) -> Iterator[str]:
    """Then and now: how many KSBs stood at each rating."""
    way = "up" if spread.steps > 0 else "down"
    moved = f"{number_of(abs(spread.steps), 'step')} {way}" if spread.steps else "no steps"
    yield f"\n{TYPE_NAMES[spread.type]}: {moved} over {spread.rated}"
    for label, counts in (("then", spread.before), ("now", spread.after)):
        bar = "".join(str(n + 1) * count for n, count in enumerate(counts))
        tenths = spread.mean_tenths(counts) or 0
        yield f"  {label:<5}{bar}  mean {tenths // 10}.{tenths % 10}"


@scan.command()
@click.argument("codes", shell_complete=complete_codes)
@click.argument("rating")
@click.option("--occasion", default="", metavar="O", help="The occasion: start, review or gateway.")
@click.option("--by", default="self", metavar="NAME", help="Who is rating, if not you.")
@click.option("-d", "--day", metavar="DAY", help="The day, if not today.")
@reporting
def rate(
    journal: Journal, codes: str, rating: str, day: str | None, as_json: bool, **options: str
) -> None:
    """Rate KSBs from 1 (new to me) to 5 (can guide others). Earlier ratings are kept."""
    if not rating.strip().isdecimal():
        raise Unreadable(f"{quoted(rating)} is not a rating.", "Rate from 1 to 5.")
    value, on = int(rating), read_day_if(day, journal)
    scan = journal.scans.rate(codes, value, day=on, **options)
    label = journal.scans.scale.label(value)
    text = f"Rated {rating} ({label}), {scan.occasion}: {len(scan.ratings)} in this scan."
    print_result(scan, text, as_json)


@scan.command()
@reporting
def show(journal: Journal, as_json: bool) -> None:
    """Show every KSB with its first and newest rating, and what the ratings mean."""
    report, scale = journal.scans.report(), journal.scans.scale
    if as_json:
        print_json({"scans": report.scans, "ratings": scale.ratings})
        return
    click.echo("  ".join(f"{rating.value} {rating.label}" for rating in scale.ratings) + "\n")
    names = {ksb.code: ksb.name for ksb in journal.enrolled.standard.ksbs}
    print_rows(
        (
            ksb.code,
            names[ksb.code],
            f"{ksb.first or '·'} → {ksb.last or '·'}",
            f"{ksb.other} by {ksb.other_by}" if ksb.other else "",
        )
        for ksb in report.distances
    )

"""``status``, ``hours``, ``coverage``, ``timeline``, ``next`` and ``rules``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import read_spans, reporting
from ksbtui.cli.output import cut, print_json, print_lines, print_parts, print_rows, say
from ksbtui.core.codec import encode_fields
from ksbtui.core.coverage.coverage import SYMBOLS, Coverage
from ksbtui.core.days import full_day, line_day, long_day, long_month
from ksbtui.core.durations import clock_minutes, parse_hours, say_minutes
from ksbtui.core.hours.hours import statement
from ksbtui.core.programme.standards import TYPE_NAMES
from ksbtui.core.text.text import number_of, quoted
from ksbtui.errors import Unreadable
from ksbtui.presentation.parts import plain
from ksbtui.presentation.today import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ksbtui.core.hours.forecast import WhatIf
    from ksbtui.journal.journal import Journal
    from ksbtui.journal.progress.progress import View


WIDE = 60
"""Columns of a title in a list that is not drawn on a screen."""


@click.command()
@reporting
def status(journal: Journal, as_json: bool) -> None:
    """Show your progress on one page: hours, coverage, module, alerts."""
    view = journal.progress.view
    if as_json:
        print_json(view.status_json())
        return
    enrolment, standard = view.course.enrolment, view.course.standard
    who = f" · {enrolment.name}" if enrolment.name else ""
    click.echo(f"{standard.named} {standard.title}{who}")
    click.echo(f"{view.course.programme.title}, {full_day(view.as_at)}\n")
    print_lines(_hours_lines(view))
    click.echo()
    _print_ladder(view)
    click.echo()
    print_rows(_present(view))
    if view.alerts:
        click.echo("\nNeeds you")
        print_lines(f"! {alert.text}" for alert in view.alerts)


def _hours_lines(view: View) -> Iterator[str]:
    hours = view.hours
    yield f"{say_minutes(hours.counted_minutes)} of {say_minutes(hours.target_minutes)}"
    yield from map(plain, sentences(view))


def _print_ladder(view: View) -> None:
    """One line a type: every KSB as a symbol, sorted by rung."""
    rungs = list(SYMBOLS)
    for letter, name in TYPE_NAMES.items():
        ksbs = view.coverage.of_type(letter)
        if ksbs:
            ordered = sorted(ksbs, key=lambda ksb: -rungs.index(ksb.state))
            line = "".join(SYMBOLS[ksb.state] for ksb in ordered)
            shown = sum(ksb.covered for ksb in ksbs)
            click.echo(f"{name:<11}{line}  {shown}/{len(ksbs)}")


def _present(view: View) -> Iterator[tuple[str, str]]:
    module, milestone = view.timeline.module, view.timeline.next_milestone
    if module:
        done, planned = say_minutes(module.counted_minutes), say_minutes(module.planned_minutes)
        yield "Now", f"module {module.number} {module.title}, {done} of {planned}"
        yield "", f"ends {long_day(module.ends)}"
    if milestone:
        yield "Next", f"{milestone.name}, {long_day(milestone.day)}"
    if review := view.timeline.next_review:
        yield "Review", f"number {review.number} by {review.due_text}"
    yield "To copy", f"{view.not_submitted} not yet in your e-portfolio"


@click.command()
@click.option("--weekly", metavar="H", help="What if you did H hours a week, such as 3h or 2h30?")
@click.option("--leave", metavar="A..B", multiple=True, help="What if you were away A to B?")
@click.option(
    "--break",
    "breaks",
    metavar="A..B",
    multiple=True,
    help="What if you took a break in learning from A to B?",
)
@click.option(
    "--statement",
    "as_statement",
    is_flag=True,
    help="Print planned and actual hours as text to paste.",
)
@reporting
def hours(
    journal: Journal,
    weekly: str,
    leave: list[str],
    breaks: list[str],
    as_statement: bool,
    as_json: bool,
) -> None:
    """Show hours against target and plan, and when you will finish.

    \b
    ksbtui hours
    ksbtui hours --weekly 7h30 --leave 2026-12-21..2027-01-03    what if
    ksbtui hours --statement                                     text for a review
    """
    view, what_if = journal.progress.view, None
    if weekly or leave or breaks:
        what_if = view.what_if(
            parse_hours(weekly) if weekly else None,
            read_spans(leave, journal),
            read_spans(breaks, journal),
        )
    if as_json:
        print_json(view.hours.as_json() | ({"what_if": what_if.as_json()} if what_if else {}))
    elif as_statement:
        click.echo(statement(view.course, view.plan, view.hours, view.as_at))
    else:
        _print_hours(view)
        if what_if:
            _print_what_if(what_if)


def _print_hours(view: View) -> None:
    # deferred: measures text with rich, which status does without
    from ksbtui.presentation import hours as text

    figures = view.hours
    print_lines(_hours_lines(view))
    click.echo(f"Planned to date  {say_minutes(figures.planned_to_date_minutes)}")
    click.echo(f"Logged           {say_minutes(figures.logged_minutes)}")
    click.echo(plain(text.verified_line(view)))
    click.echo("\nBy month         counted  planned")
    for month in figures.by_month:
        counted, plan = clock_minutes(month.counted_minutes), clock_minutes(month.planned_minutes)
        click.echo(f"{long_month(month.month):<15}{counted:>9}{plan:>9}")
    for head, rows in (
        ("By type", text.type_rows(view, WIDE)),
        ("By module", text.module_rows(view, WIDE)),
        ("Not counted", text.not_counted_rows(view)),
    ):
        if rows:
            click.echo(f"\n{head}")
            print_parts(rows)


def _print_what_if(what_if: WhatIf) -> None:
    click.echo("\nWhat if")
    forecast, late = what_if.forecast, what_if.late_days or 0
    if forecast is None or forecast.likely is None:
        click.echo("There is not enough data to forecast yet. Try a figure with --weekly.")
        return
    side = f"{number_of(abs(late), 'day')} {'after' if late > 0 else 'before'} the planned end"
    end = side if late else "on the planned end"
    click.echo(f"Finish about {long_day(forecast.likely)}, {end}.")
    if forecast.earliest and forecast.latest:
        click.echo(f"Between {long_day(forecast.earliest)} and {long_day(forecast.latest)}.")


@click.command()
@click.option("--gaps", is_flag=True, help="Show only gaps: KSBs with no entry, or only mentioned.")
@click.option(
    "--by", type=str, metavar="duty|outcome", help="Group by duty or by learning outcome."
)
@reporting
def coverage(journal: Journal, gaps: bool, by: str | None, as_json: bool) -> None:
    """Show which KSBs you have shown, and how well.

    The states: none, mentioned (an entry), applied (12 words or more on what you learned),
    evidenced (a file or link), strong (evidence on two days or more, one with such a text).

    \b
    ksbtui coverage --gaps
    ksbtui coverage --by duty
    """
    from ksbtui.presentation.coverage import headline  # measures text, which loads rich

    coverage = journal.progress.view.coverage
    if by is not None:
        _print_groups(coverage, by, as_json)
        return
    shown = [ksb for ksb in coverage.ksbs if not gaps or ksb.gap]
    if as_json:
        document = coverage.as_json()
        print_json(document | {"ksbs": [ksb.as_json() for ksb in shown]} if gaps else document)
        return
    click.echo(plain(headline(coverage)))
    print_rows(
        (
            ksb.code,
            SYMBOLS[ksb.state],
            ksb.state,
            ("1 duty" if ksb.fragile else "") + (" stale" if ksb.stale else ""),
            str(ksb.entries or ""),
            line_day(ksb.last_day) if ksb.last_day else "",
            cut(ksb.name, 24),
            cut(ksb.plain or ksb.statement, 70),
        )
        for ksb in shown
    )
    if not shown:
        say("No gaps: every KSB has an entry that says what you learned.")


def _print_groups(coverage: Coverage, by: str, as_json: bool) -> None:
    if by not in ("duty", "outcome"):
        raise Unreadable(f"{quoted(by)} is not a grouping.", "Use --by duty or --by outcome.")
    groups = coverage.duties if by == "duty" else coverage.outcomes
    if as_json:
        print_json(coverage.duties_json() if by == "duty" else coverage.outcomes_json())
        return
    if not groups:
        say(f"{coverage.standard} lists no {'duties' if by == 'duty' else 'learning outcomes'}.")
    for group in groups:
        covered = f"{group.covered}/{group.total}" if group.total else "–"
        heading = f"{group.function}: {group.text}" if group.function else group.text
        click.echo(f"{by.capitalize()} {group.number:<3}{covered:>6}  {cut(heading, 84)}")
        click.echo(f"{'':<15}{group.note or ' '.join(group.ksbs)}")


@click.command()
@reporting
def timeline(journal: Journal, as_json: bool) -> None:
    """Show modules, milestones, coaching, reviews and breaks on the calendar."""
    timeline = journal.progress.view.timeline
    if as_json:
        print_json(timeline.as_json())
        return
    print_rows(
        (
            {"done": "✓", "now": "▌"}.get(module.state, " "),
            str(module.number),
            module.title,
            f"{line_day(module.starts)} to {line_day(module.ends)}",
            f"{clock_minutes(module.counted_minutes)} of {clock_minutes(module.planned_minutes)}",
            number_of(module.entries, "entry", "entries"),
        )
        for module in timeline.modules
    )
    if timeline.project_from:
        click.echo(f"\nLive project from {long_day(timeline.project_from)}")
    click.echo("\nMilestones")
    print_rows(
        (
            "◆" if item.recorded else "◇",
            long_day(item.day),
            f"{item.name} (not recorded)" if item.missed else item.name,
        )
        for item in timeline.milestones
    )
    if timeline.reviews:
        click.echo("\nProgress reviews")
    for review in timeline.reviews:
        when = f"held {long_day(review.held)}" if review.held else f"by {review.due_text}"
        click.echo(f"{'◆' if review.held else '◇'} {review.number}  {when}")
    for first, last in timeline.plan.breaks:
        click.echo(f"\nBreak in learning {long_day(first)} to {long_day(last)}")


@click.command("next")
@reporting
def next_(journal: Journal, as_json: bool) -> None:
    """Suggest up to three next steps, each with its reason."""
    steps = journal.progress.view.next_steps
    if as_json:
        print_json({"suggestions": steps})
        return
    for step in steps:
        codes = f" · {' '.join(step.ksbs)}" if step.ksbs else ""
        click.echo(f"{cut(step.what, 90)}   {say_minutes(step.minutes)}{codes}")
        click.echo(f"  {cut(step.why, 200)}")
    if not steps:
        say("You are up to date. Log what you learn next.")


@click.command()
@reporting
def rules(journal: Journal, as_json: bool) -> None:
    """Show what counts as off-the-job training, with sources."""
    from ksbtui.journal.programme.standards import newer_rules_text
    from ksbtui.presentation.setup import rule_lines, type_rows

    rules, newer = journal.enrolled.rules, journal.versions.newer_rules()
    if as_json:
        print_json({**encode_fields(rules), "newer": newer.id if newer else None})
        return
    print_lines(rule_lines(rules))
    click.echo("\nActivity types")
    print_rows(type_rows(rules))
    if newer is not None:
        say(f"! {newer_rules_text(newer.id, newer.starts_from)}")

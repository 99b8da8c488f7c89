"""``setup`` and ``enrolment``: what is studied, from when, under which agreement."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import json_option, read_day, with_journal
from ksbtui.cli.hours_before import ask_for_hours_before, say_changed, with_opening
from ksbtui.cli.output import print_json, print_rows, say
from ksbtui.core.codec import encode, encode_fields
from ksbtui.core.days import long_day
from ksbtui.core.durations import parse_hours, say_minutes
from ksbtui.core.hours.forecast import say_opening
from ksbtui.core.text.text import quoted
from ksbtui.errors import Unreadable
from ksbtui.presentation.setup import difference_json, version_change_lines

if TYPE_CHECKING:
    from ksbtui.core.programme.programmes import Course, Opening
    from ksbtui.journal.journal import Journal
    from ksbtui.journal.programme.standards import VersionChange


@click.command()
@click.option(
    "--standard",
    required=True,
    metavar="REF",
    help="ST1512, AU0002 or one you imported. Add @2.0 for a version.",
)
@click.option(
    "--programme",
    default="",
    metavar="ID",
    help="Your provider's programme. To list them: ksbtui standard show REF",
)
@click.option("--start", required=True, metavar="DAY", help="The first day of learning.")
@click.option("--end", metavar="DAY", help="The agreed last day, if not the programme's.")
@click.option("--name", default="", metavar="N", help="Your name, only for exports.")
@click.option("--target-hours", metavar="H", help="Agreed hours, if not the standard's minimum.")
@click.option("--prior-learning-hours", metavar="H", help="Hours of recognised prior learning.")
@click.option("--option", default="", metavar="O", help="The option, if the standard has options.")
@json_option
@with_journal
@with_opening
def setup(
    journal: Journal,
    standard: str,
    programme: str,
    start: str,
    end: str | None,
    name: str,
    target_hours: str | None,
    prior_learning_hours: str | None,
    option: str,
    opening: Opening | None,
    as_json: bool,
) -> None:
    """Enrol on a standard and programme. This makes your journal if you have none.

    Your first day decides the version of the standard and the funding rules. Without
    --programme, the programme has the standard's usual length.

    \b
    ksbtui setup --standard ST1512 --programme local-government-14-months --start 2026-01-12
    ksbtui setup --standard AU0002 --programme au0002-16-weeks --start mon --target-hours 60
    """
    from ksbtui.journal.programme.enrolments import Agreed

    agreed = Agreed(
        standard=standard,
        programme=programme,
        start=read_day(start, journal),
        end=read_day(end, journal) if end else None,
        name=name,
        target_minutes=parse_hours(target_hours) if target_hours else None,
        prior_learning_minutes=parse_hours(prior_learning_hours) if prior_learning_hours else 0,
        option=option,
        opening=opening,
    )
    made = journal.enrolments.set_up(agreed)
    if as_json:
        print_json(_as_json(journal, made.course))
    else:
        _print(journal, made.course)
        click.echo(f"Your journal is {journal.path}")
        click.echo('Log your first activity: ksbtui log "What you did" -t 1h')
    ask_for_hours_before(journal, made.course)
    for warning in made.warnings:
        say(f"! {warning}")
    if not programme:
        _say_programme(journal, made.course)


def _say_programme(journal: Journal, course: Course) -> None:
    """Say which programme was taken where none was named, and what else there is."""
    offered = journal.enrolments.programmes(course.standard)
    others = [one.id for one in offered if one.id != course.programme.id]
    if others:
        say(f"! You did not choose a programme, so you are on {course.programme.id}.")
        say(f"  To use {' or '.join(others)}: ksbtui undo, then setup with --programme.")


def _as_json(journal: Journal, course: Course) -> dict[str, Any]:
    from ksbtui.core.programme.plan import plan

    days = plan(course, journal.as_at)
    return {
        **encode_fields(course.enrolment),
        "standard": course.standard.ref,
        "version": course.standard.version,
        "end": days.end.isoformat(),
        "plan_end": days.plan_end.isoformat(),
        "target_minutes": days.target,
        "max_minutes": days.max_minutes,
        "opening": course.opening,
    }


def _print(journal: Journal, course: Course) -> None:
    from ksbtui.core.hours.forecast import planned_per_week
    from ksbtui.core.programme.plan import plan

    days = plan(course, journal.as_at)
    enrolment = course.enrolment
    weekly = say_minutes(planned_per_week(days, journal.as_at))
    rows = [
        ("Standard", f"{course.standard.named} {course.standard.title}".strip()),
        ("Programme", course.programme.title),
        ("From", long_day(days.start)),
        ("To", long_day(days.end)),
        ("Hours", f"{say_minutes(days.target)}, about {weekly} a week"),
        ("Rules", course.rules.title),
    ]
    if days.plan_end != days.end:
        rows.insert(3, ("Gateway", long_day(days.plan_end)))
    if enrolment.option:
        rows.append(("Option", enrolment.option))
    if enrolment.prior_learning_minutes:
        rows.append(("Prior learning", say_minutes(enrolment.prior_learning_minutes)))
    if course.opening:
        rows.append(("Before", say_opening(course.opening, course.opening.minutes)))
    if course.standard.notice:
        rows.append(("Version", course.standard.notice))
    if enrolment.ended:
        rows.append(("Ended", f"{long_day(enrolment.ended)}, {enrolment.outcome}"))
    for pause in enrolment.breaks:
        last = f"to {long_day(pause.end)}" if pause.end else "still open"
        rows.append(("Break", f"{long_day(pause.start)} {last}"))
    print_rows(rows)


@click.group()
def enrolment() -> None:
    """Record agreed changes, breaks in learning, and the end of an enrolment.

    \b
    ksbtui enrolment show
    ksbtui enrolment change --end 2027-04-30 --target-hours 430
    ksbtui enrolment break add 2026-08-03 2026-09-01
    ksbtui enrolment end 2027-03-11 --outcome completed
    """


@enrolment.command()
@click.option("--history", "with_history", is_flag=True, help="Show each change, oldest first.")
@json_option
@with_journal
def show(journal: Journal, with_history: bool, as_json: bool) -> None:
    """Show your enrolment: standard, programme, days, hours, breaks."""
    course = journal.enrolled
    if as_json:
        changes = [{"at": d.at, "label": d.label, "undone": d.undone} for d in _history(journal)]
        print_json({**_as_json(journal, course), "history": changes})
        return
    _print(journal, course)
    if with_history:
        click.echo("\nHistory")
        for done in _history(journal):
            click.echo(f"{done.at[:10]}  {done.label}{'  (undone)' if done.undone else ''}")


def _history(journal: Journal) -> Any:
    return journal.enrolments.history()


@enrolment.command()
@click.option("--end", metavar="DAY", help="The agreed last day.")
@click.option("--target-hours", metavar="H", help="The agreed hours.")
@click.option("--prior-learning-hours", metavar="H", help="Hours of recognised prior learning.")
@click.option("--name", metavar="N", help="Your name, for exports.")
@click.option("--option", metavar="O", help="The option of the standard.")
@click.option(
    "--version", metavar="V", help="Move to another version of the standard, such as 2.1."
)
@click.option("--rules", metavar="ID", help="Move to another rule set, such as otj-2026-08.")
@click.option(
    "--every",
    metavar="month|quarter",
    help="How often you must do some training: month or quarter.",
)
@click.option("--module", metavar="N", help="Move a module, with --from and --to.")
@click.option("--from", "first", metavar="DAY", help="The module's first day.")
@click.option("--to", "last", metavar="DAY", help="The module's last day.")
@json_option
@with_journal
@with_opening
def change(
    journal: Journal,
    end: str | None,
    target_hours: str | None,
    prior_learning_hours: str | None,
    name: str | None,
    option: str | None,
    version: str | None,
    rules: str | None,
    every: str | None,
    module: str | None,
    first: str | None,
    last: str | None,
    opening: Opening | None,
    as_json: bool,
) -> None:
    """Change your enrolment. You can undo it, and the history shows both versions.

    If you change the version, every tag is kept and ksbtui lists the KSBs that differ.

    \b
    ksbtui enrolment change --version 2.1
    ksbtui enrolment change --target-hours 430 --end 2027-04-30
    """
    agreed: dict[str, Any] = {}
    if end:
        agreed["end_given"] = read_day(end, journal)
    if target_hours:
        agreed["target_minutes"] = parse_hours(target_hours)
    if prior_learning_hours:
        agreed["prior_learning_minutes"] = parse_hours(prior_learning_hours)
    if name is not None:
        agreed["name"] = name
    if option is not None:
        agreed["option"] = option
    if every is not None:
        agreed["monthly"] = _interval(every)
    if not (agreed or module or version or rules or opening):
        raise Unreadable("You entered nothing to change.", "See: ksbtui enrolment change --help")
    move = journal.versions.change(version, agreed.pop("option", None)) if version else None
    if rules:
        journal.versions.change_rules(rules)
    if module:
        _move(journal, module, first, last)
    if agreed:
        journal.enrolments.change(**agreed)
    if opening:
        say_changed(journal, opening, journal.enrolled.opening)
    _report(journal, as_json, move)


def _interval(every: str) -> str:
    if every not in ("month", "quarter"):
        raise Unreadable(f"{quoted(every)} is not an interval.", "Use --every month or quarter.")
    return every


def _move(journal: Journal, module: str, first: str | None, last: str | None) -> None:
    from ksbtui.cli.context import read_module

    number = read_module(module)
    if number is None or not first or not last:
        raise Unreadable(
            "Moving a module needs its number and both days.",
            "Such as: --module 6 --from 2026-09-14 --to 2026-10-18",
        )
    journal.enrolments.move_module(number, read_day(first, journal), read_day(last, journal))


def _report(journal: Journal, as_json: bool, move: VersionChange | None = None) -> None:
    if as_json:
        found = difference_json(move.difference, move.tagged) if move else None
        changed = {"difference": found} if move else {}
        print_json({**_as_json(journal, journal.enrolled), **changed})
        return
    _print(journal, journal.enrolled)
    if move is not None:
        click.echo("")
        for line in version_change_lines(move):
            click.echo(line)
        if move.warning:
            say(f"! {move.warning}")


@enrolment.command("end")
@click.argument("day")
@click.option(
    "--outcome",
    required=True,
    metavar="completed|withdrawn",
    help="How it ended: completed or withdrawn.",
)
@json_option
@with_journal
def end_(journal: Journal, day: str, outcome: str, as_json: bool) -> None:
    """End the enrolment on DAY."""
    journal.enrolments.finish(read_day(day, journal), outcome)
    _report(journal, as_json)


@enrolment.group("break")
def break_() -> None:
    """Record breaks in learning. A break moves all later programme days by its length."""


@break_.command("add")
@click.argument("start")
@click.argument("end", required=False)
@click.option("--reason", default="", metavar="TEXT", help="The reason, in a few words.")
@json_option
@with_journal
def add_break(journal: Journal, start: str, end: str | None, reason: str, as_json: bool) -> None:
    """Record a break from START to END. Leave END out if you do not know it yet."""
    last = read_day(end, journal) if end else None
    journal.enrolments.add_break(read_day(start, journal), last, reason)
    _report(journal, as_json)


@break_.command("end")
@click.argument("last")
@json_option
@with_journal
def end_break(journal: Journal, last: str, as_json: bool) -> None:
    """Record the LAST day of the break that is still open."""
    journal.enrolments.end_break(read_day(last, journal))
    _report(journal, as_json)


@break_.command("remove")
@click.argument("start")
@json_option
@with_journal
def remove_break(journal: Journal, start: str, as_json: bool) -> None:
    """Remove the break that starts on START."""
    journal.enrolments.remove_break(read_day(start, journal))
    _report(journal, as_json)


@break_.command("list")
@json_option
@with_journal
def list_breaks(journal: Journal, as_json: bool) -> None:
    """List the breaks in learning."""
    breaks = journal.enrolled.enrolment.breaks
    if as_json:
        print_json({"breaks": [encode(item) for item in breaks]})
        return
    for item in breaks:
        days = f"{(item.end - item.start).days + 1} days" if item.end else "still open"
        click.echo(f"{long_day(item.start)} to {_last(item.end)}  {days}  {item.reason}".rstrip())
    if not breaks:
        say("You have no breaks in learning.")


def _last(day: date | None) -> str:
    return long_day(day) if day else "…"

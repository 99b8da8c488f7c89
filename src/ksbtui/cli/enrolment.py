"""``setup`` and ``enrolment``: what is studied, from when, under which agreement."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import read_day, read_day_if, read_module, reporting
from ksbtui.cli.output import print_json, print_lines, print_rows, say
from ksbtui.core.codec import encode_fields
from ksbtui.core.days import long_day
from ksbtui.core.durations import parse_hours, say_minutes
from ksbtui.core.hours.forecast import ASKED_AFTER, planned_per_week, say_opening
from ksbtui.core.programme.plan import plan
from ksbtui.core.programme.programmes import Course, Opening
from ksbtui.core.text.text import quoted
from ksbtui.errors import Unreadable
from ksbtui.journal.programme.enrolments import Agreed
from ksbtui.presentation.setup import difference_json, version_change_lines

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal
    from ksbtui.journal.programme.standards import VersionChange


def with_opening(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of hours recorded elsewhere, read as one :class:`Opening`.

    ``opening`` is None where no option was given, and has no minutes for ``--opening-hours 0``.
    """

    @click.option(
        "--opening-hours", metavar="H", help="Hours you recorded elsewhere, as one figure."
    )
    @click.option("--opening-day", metavar="DAY", help="The last day this figure covers.")
    @click.option("--opening-source", metavar="TEXT", help="Where those hours are recorded.")
    @click.option("--opening-verified-by", metavar="N", help="Who confirmed them, if anybody has.")
    def run(journal: Journal, **options: Any) -> Any:
        hours, day, source, by = (
            options.pop(f"opening_{name}") for name in ("hours", "day", "source", "verified_by")
        )
        given = any((hours, day, source, by))
        opening = _read_opening(journal, hours, day, source, by) if given else None
        return command(journal, opening=opening, **options)

    return update_wrapper(run, command)


def _read_opening(
    journal: Journal, hours: str | None, day: str | None, source: str | None, by: str | None
) -> Opening:
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
@reporting
@with_opening
def setup(journal: Journal, as_json: bool, **options: Any) -> None:
    """Enrol on a standard and programme. This makes your journal if you have none.

    Your first day decides the version of the standard and the funding rules. Without
    --programme, the programme has the standard's usual length.

    \b
    ksbtui setup --standard ST1512 --programme local-government-14-months --start 2026-01-12
    ksbtui setup --standard AU0002 --programme au0002-16-weeks --start mon --target-hours 60
    """
    start, end = options.pop("start"), options.pop("end")
    target, prior = options.pop("target_hours"), options.pop("prior_learning_hours")
    agreed = Agreed(
        start=read_day(start, journal),
        end=read_day_if(end, journal),
        target_minutes=parse_hours(target) if target else None,
        prior_learning_minutes=parse_hours(prior) if prior else 0,
        **options,
    )
    enrolled = journal.enrolments.set_up(agreed)
    course = enrolled.course
    if as_json:
        print_json(_as_json(journal, course))
    else:
        _print(journal, course)
        click.echo(f"Your journal is {journal.path}")
        click.echo('Log your first activity: ksbtui log "What you did" -t 1h')
    if course.opening is None and journal.as_at - course.enrolment.start > ASKED_AFTER:
        say(
            "You started before today. To add hours you recorded elsewhere, import a file:",
            "  ksbtui import FILE",
            "or enter one figure for now:",
            "  ksbtui enrolment change --opening-hours H --opening-day DAY --opening-source TEXT",
        )
    say(*(f"! {warning}" for warning in enrolled.warnings))
    programmes = [programme.id for programme in journal.enrolments.programmes(course.standard)]
    others = [id for id in programmes if id != course.programme.id]
    if others and not agreed.programme:
        say(f"! You did not choose a programme, so you are on {course.programme.id}.")
        say(f"  To use {' or '.join(others)}: ksbtui undo, then setup with --programme.")


def _as_json(journal: Journal, course: Course) -> dict[str, Any]:
    days = plan(course, journal.as_at)
    return {
        **encode_fields(course.enrolment),
        "standard": course.standard.ref,
        "version": course.standard.version,
        "end": days.end,
        "plan_end": days.plan_end,
        "target_minutes": days.target,
        "max_minutes": days.max_minutes,
        "opening": course.opening,
    }


def _print(journal: Journal, course: Course) -> None:
    enrolment, standard, days = course.enrolment, course.standard, plan(course, journal.as_at)
    weekly = say_minutes(planned_per_week(days, journal.as_at))
    gateway = long_day(days.plan_end) if days.plan_end != days.end else ""
    opening, prior = course.opening, enrolment.prior_learning_minutes
    ended = f"{long_day(enrolment.ended)}, {enrolment.outcome}" if enrolment.ended else ""
    rows = [
        ("Standard", f"{standard.named} {standard.title}".strip()),
        ("Programme", course.programme.title),
        ("From", long_day(days.start)),
        ("Gateway", gateway),
        ("To", long_day(days.end)),
        ("Hours", f"{say_minutes(days.target)}, about {weekly} a week"),
        ("Rules", course.rules.title),
        ("Option", enrolment.option),
        ("Prior learning", say_minutes(prior) if prior else ""),
        ("Before", say_opening(opening, opening.minutes) if opening else ""),
        ("Version", standard.notice),
        ("Ended", ended),
    ]
    for pause in enrolment.breaks:
        last = f"to {long_day(pause.end)}" if pause.end else "still open"
        rows.append(("Break", f"{long_day(pause.start)} {last}"))
    print_rows(row for row in rows if row[1])


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
@reporting
def show(journal: Journal, with_history: bool, as_json: bool) -> None:
    """Show your enrolment: standard, programme, days, hours, breaks."""
    course, history = journal.enrolled, journal.enrolments.history()
    if as_json:
        changes = [{"at": c.at, "label": c.label, "undone": c.undone} for c in history]
        print_json({**_as_json(journal, course), "history": changes})
        return
    _print(journal, course)
    if with_history:
        click.echo("\nHistory")
        for change in history:
            click.echo(f"{change.at[:10]}  {change.label}{'  (undone)' if change.undone else ''}")


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
@reporting
@with_opening
def change(
    journal: Journal, version: str, rules: str, opening: Opening, as_json: bool, **options: Any
) -> None:
    """Change your enrolment. You can undo it, and the history shows both versions.

    If you change the version, every tag is kept and ksbtui lists the KSBs that differ.

    \b
    ksbtui enrolment change --version 2.1
    ksbtui enrolment change --target-hours 430 --end 2027-04-30
    """
    agreed: dict[str, Any] = {}
    if options["end"]:
        agreed["end_given"] = read_day(options["end"], journal)
    for name in ("target", "prior_learning"):
        if hours := options[f"{name}_hours"]:
            agreed[f"{name}_minutes"] = parse_hours(hours)
    agreed |= {name: options[name] for name in ("name", "option") if options[name] is not None}
    if (every := options["every"]) is not None:
        agreed["monthly"] = every
        if every not in ("month", "quarter"):
            raise Unreadable(
                f"{quoted(every)} is not an interval.", "Use --every month or quarter."
            )
    module = options["module"]
    if not (agreed or module or version or rules or opening):
        raise Unreadable("You entered nothing to change.", "See: ksbtui enrolment change --help")
    move = journal.versions.change(version, agreed.pop("option", None)) if version else None
    if rules:
        journal.versions.change_rules(rules)
    if module:
        _move_module(journal, module, options["first"], options["last"])
    if agreed:
        journal.enrolments.change(**agreed)
    if opening:
        _save_opening(journal, opening)
    _report(journal, as_json, move)


def _move_module(journal: Journal, module: str, first: str | None, last: str | None) -> None:
    number = read_module(module)
    if number is None or not first or not last:
        raise Unreadable(
            "Moving a module needs its number and both days.",
            "Such as: --module 6 --from 2026-09-14 --to 2026-10-18",
        )
    journal.enrolments.move_module(number, read_day(first, journal), read_day(last, journal))


def _save_opening(journal: Journal, opening: Opening) -> None:
    """Save hours recorded elsewhere, or their end, and say what became of the earlier figure."""
    before = journal.enrolled.opening
    if opening.minutes:
        journal.openings.set(opening)
    else:
        journal.openings.remove()
    if before is not None:
        what = "It replaces" if opening.minutes else "Removed:"
        say(f"{what} {say_opening(before, before.minutes)}.")


def _report(journal: Journal, as_json: bool, move: VersionChange | None = None) -> None:
    if as_json:
        difference = difference_json(move.difference, move.tagged) if move else None
        changed = {"difference": difference} if move else {}
        print_json({**_as_json(journal, journal.enrolled), **changed})
        return
    _print(journal, journal.enrolled)
    if move is not None:
        click.echo("")
        print_lines(version_change_lines(move))
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
@reporting
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
@reporting
def add_break(journal: Journal, start: str, end: str | None, reason: str, as_json: bool) -> None:
    """Record a break from START to END. Leave END out if you do not know it yet."""
    last = read_day_if(end, journal)
    journal.enrolments.add_break(read_day(start, journal), last, reason)
    _report(journal, as_json)


@break_.command("end")
@click.argument("last")
@reporting
def end_break(journal: Journal, last: str, as_json: bool) -> None:
    """Record the LAST day of the break that is still open."""
    journal.enrolments.end_break(read_day(last, journal))
    _report(journal, as_json)


@break_.command("remove")
@click.argument("start")
@reporting
def remove_break(journal: Journal, start: str, as_json: bool) -> None:
    """Remove the break that starts on START."""
    journal.enrolments.remove_break(read_day(start, journal))
    _report(journal, as_json)


@break_.command("list")
@reporting
def list_breaks(journal: Journal, as_json: bool) -> None:
    """List the breaks in learning."""
    breaks = journal.enrolled.enrolment.breaks
    if as_json:
        print_json({"breaks": breaks})
        return
    for pause in breaks:
        days = f"{(pause.end - pause.start).days + 1} days" if pause.end else "still open"
        last = long_day(pause.end) if pause.end else "…"
        click.echo(f"{long_day(pause.start)} to {last}  {days}  {pause.reason}".rstrip())
    if not breaks:
        say("You have no breaks in learning.")

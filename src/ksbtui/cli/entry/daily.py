"""``timer``, ``week`` and ``remind``: the daily and the weekly round."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import json_option, read_day, reporting, with_journal
from ksbtui.cli.entry.entries import entry_fields, entry_options, say_saved
from ksbtui.cli.output import cut, print_json, print_lines, print_rows, say
from ksbtui.core.days import full_day, short_day
from ksbtui.core.durations import parse_clock, parse_minutes, say_minutes
from ksbtui.errors import Conflict, KsbtuiError, Unreadable
from ksbtui.store.files.scheduler import parse_when, remove_job, run, write_job

if TYPE_CHECKING:
    from ksbtui.core.entry.timer import Timer
    from ksbtui.core.entry.week import Week, WeekDay
    from ksbtui.journal.journal import Journal


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
@with_journal
def timer(journal: Journal, ctx: click.Context, as_json: bool) -> None:
    r"""Time an activity. The timer keeps running when ksbtui is closed or the computer is off.

    \b
    ksbtui timer start "Prompt workshop"
    ksbtui timer                            show the time so far
    ksbtui timer stop -k S8                 log it, to the nearest minute
    """
    if ctx.invoked_subcommand is not None:
        return
    running = journal.timer.running
    if as_json:
        fields = {key: getattr(running, key, None) for key in ("title", "day", "started_at")}
        timed = running and {**fields, "minutes": journal.timer.minutes()}
        print_json({"timer": timed})
    elif running:
        click.echo(journal.timer.line(running))
    else:
        say("No timer is running.", 'Start one: ksbtui timer start "Prompt workshop"')


@timer.command()
@click.argument("title", required=False, default="")
@with_journal
def start(journal: Journal, title: str) -> None:
    """Start the timer. You can add the TITLE when you stop it."""
    click.echo(f"Started: {journal.timer.line(journal.timer.start(title))}")


@timer.command()
@click.argument("title", required=False, default="")
@entry_options
@click.option("--keep", is_flag=True, help="Log the whole time, however long it is.")
@click.option("--end", metavar="HH:MM", help="The time it ended, such as 12:30.")
@reporting
def stop(
    journal: Journal, title: str, keep: bool, end: str | None, as_json: bool, **options: Any
) -> None:
    r"""Stop the timer and log the activity on the day it started.

    \b
    ksbtui timer stop "Prompt workshop" -k S8
    ksbtui timer stop -t 1h30                 if it ran too long: how long it really took
    ksbtui timer stop --end 12:30             or when it ended
    """
    fields = entry_fields(journal, options)
    running = journal.timer.running
    if running is not None and "minutes" not in fields and not keep:
        minutes = _minutes_of(journal, running, end)
        if minutes < 0:
            _drop(journal)
            return
        if minutes:
            fields["minutes"] = minutes
    saved = journal.timer.stop(title, **fields)
    say_saved(journal, saved, "Logged", as_json)


def _minutes_of(journal: Journal, running: Timer, end: str | None) -> int:
    """The minutes of a timer that was forgotten, as asked; 0 for all of them, -1 to drop it."""
    if end is not None:
        return running.minutes_until(*parse_clock(end))
    why = running.forgotten(journal.clock.now(), journal.as_at)
    if not why or running.minutes(journal.clock.now()) < 0:
        return 0
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Conflict(
            f"{why} Did you forget it?",
            "Add --keep, --end 12:30 or -t 1h30, or delete it: ksbtui timer cancel",
        )
    say(why)
    while True:
        typed = click.prompt(
            "keep it, end at HH:MM, or delete it", default="keep", err=True
        ).strip()
        if typed in ("keep", "drop"):
            return 0 if typed == "keep" else -1
        try:
            text = typed.removeprefix("end").removeprefix(" at").strip()
            if ":" in text:
                return running.minutes_until(*parse_clock(text))
            return parse_minutes(text)
        except KsbtuiError as problem:
            say(f"{problem.message} {problem.hint}")


@timer.command()
@with_journal
def cancel(journal: Journal) -> None:
    """Drop the timer without logging; undo brings it back."""
    _drop(journal)


def _drop(journal: Journal) -> None:
    click.echo(f"Deleted the timer: {cut(journal.timer.cancel().title, 60) or 'no title'}")


@click.command()
@click.argument("day", required=False, default="today")
@reporting
def week(journal: Journal, day: str, as_json: bool) -> None:
    r"""Show one week, Monday to Friday: what is logged, what is missing, what to type next.

    \b
    ksbtui week
    ksbtui week -- -7      last week
    """
    shown = journal.week(read_day(day, journal))
    if as_json:
        print_json(_week_json(journal, shown))
        return
    click.echo(f"Week of {full_day(shown.monday)}  {say_minutes(shown.minutes)}")
    print_rows((row for day in shown.days for row in _day_rows(day)), right=(1,))
    say(*filter(None, (shown.hint.text, shown.hint.command)))


def _day_rows(day: WeekDay) -> Iterator[tuple[str, ...]]:
    name = short_day(day.day)
    for number, entry in enumerate(day.entries):
        codes = " ".join(entry.ksbs[:4]) or "no KSB"
        title = cut(entry.title, 50) + ("" if entry.words else "  nothing learned yet")
        yield "" if number else name, say_minutes(entry.minutes), codes, title
    if not day.entries:
        yield name, "", "", "away" if day.away else "to come" if day.future else "blank"


def _week_json(journal: Journal, week: Week) -> dict[str, Any]:
    keys = ("day", "minutes", "counted_minutes", "blank", "away", "future")
    return {
        "monday": week.monday,
        "minutes": week.minutes,
        "counted_minutes": week.counted_minutes,
        "blank": week.blank,
        "hint": {"text": week.hint.text, "command": week.hint.command},
        "days": [
            {key: getattr(day, key) for key in keys}
            | {"entries": journal.entry_json.of_all(day.entries)}
            for day in week.days
        ],
    }


REMINDER = "Nothing is logged this week yet. What did you learn? ksbtui ask"


@click.command()
@click.argument("day", required=False)
@click.argument("time", required=False)
@click.option("--off", is_flag=True, help="Remove the reminder from the scheduler.")
@click.option(
    "--now",
    is_flag=True,
    help="Show the reminder now if nothing is logged (the scheduler runs this).",
)
@with_journal
def remind(journal: Journal, day: str | None, time: str | None, off: bool, now: bool) -> None:
    r"""Get a reminder once a week, only if you logged nothing that week.

    \b
    ksbtui remind friday 15:30
    ksbtui remind --off

    It adds one job to your system's own scheduler (systemd, cron, launchd or the Windows
    Task Scheduler) and tells you where. Between reminders ksbtui does not run.
    """
    if now:
        _speak(journal)
        return
    if off:
        jobs = remove_job()
        print_lines(f"Removed from {job.scheduler}: {job.where}" for job in jobs)
        if not jobs:
            say("You had no reminder.")
        return
    if day is None or time is None:
        raise Unreadable("Enter a day and a time.", "Write it like: ksbtui remind friday 15:30")
    when = parse_when(day, time)
    _ = journal.enrolled
    here = str(journal.path.absolute())
    job = write_job(when, [sys.executable, "-m", "ksbtui", "--journal", here, "remind", "--now"])
    click.echo(f"Each {when.text}, if nothing was logged that week. Written to {job.scheduler}:")
    click.echo(job.where)
    say("To remove it: ksbtui remind --off")


def _speak(journal: Journal) -> None:
    """Say on the desktop, or on stdout, that nothing was logged this week; else nothing."""
    if not journal.exists or journal.course is None:
        return
    if any(day.entries for day in journal.week(journal.as_at).days):
        return
    click.echo(REMINDER)
    if shutil.which("notify-send"):
        run(["notify-send", "ksbtui", REMINDER], "")
    elif sys.platform == "darwin":
        run(["osascript", "-e", f'display notification "{REMINDER}" with title "ksbtui"'], "")

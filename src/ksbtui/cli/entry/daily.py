"""``timer``, ``week`` and ``remind``: the daily and the weekly round."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import json_option, with_journal
from ksbtui.cli.entry.entries import entry_options, given_fields, say_saved
from ksbtui.cli.output import cut, print_json, print_rows, say
from ksbtui.core.durations import say_minutes
from ksbtui.errors import Conflict, KsbtuiError, Unreadable

if TYPE_CHECKING:
    from ksbtui.core.entry.timer import Timer
    from ksbtui.core.entry.week import Week
    from ksbtui.journal.journal import Journal


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
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
        print_json({"timer": _timer_json(journal, running) if running else None})
    elif running:
        click.echo(journal.timer.said(running))
    else:
        say("No timer is running.")
        say('Start one: ksbtui timer start "Prompt workshop"')


def _timer_json(journal: Journal, running: Timer) -> dict[str, Any]:
    return {
        "title": running.title,
        "day": running.day.isoformat(),
        "started_at": running.started_at,
        "minutes": journal.timer.minutes(),
    }


@timer.command()
@click.argument("title", required=False, default="")
@with_journal
def start(journal: Journal, title: str) -> None:
    """Start the timer. You can add the TITLE when you stop it."""
    click.echo(f"Started: {journal.timer.said(journal.timer.start(title))}")


@timer.command()
@click.argument("title", required=False, default="")
@entry_options
@click.option("--keep", is_flag=True, help="Log the whole time, however long it is.")
@click.option("--end", metavar="HH:MM", help="The time it ended, such as 12:30.")
@json_option
@with_journal
def stop(
    journal: Journal, title: str, keep: bool, end: str | None, as_json: bool, **options: Any
) -> None:
    r"""Stop the timer and log the activity on the day it started.

    \b
    ksbtui timer stop "Prompt workshop" -k S8
    ksbtui timer stop -t 1h30                 if it ran too long: how long it really took
    ksbtui timer stop --end 12:30             or when it ended
    """
    fields = given_fields(journal, options)
    running = journal.timer.running
    if running is not None and "minutes" not in fields and not keep:
        minutes = _minutes_of(journal, running, end)
        if minutes < 0:
            click.echo(f"Deleted the timer: {cut(journal.timer.cancel().title, 60) or 'no title'}")
            return
        if minutes:
            fields["minutes"] = minutes
    saved = journal.timer.stop(title, **fields)
    say_saved(journal, saved, "Logged", as_json)


def _minutes_of(journal: Journal, running: Timer, end: str | None) -> int:
    """The minutes of a timer that was forgotten, as asked; 0 for all of them, -1 to drop it."""
    from ksbtui.core.durations import parse_clock, parse_minutes

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
    dropped = journal.timer.cancel()
    click.echo(f"Deleted the timer: {cut(dropped.title, 60) or 'no title'}")


@click.command()
@click.argument("day", required=False, default="today")
@json_option
@with_journal
def week(journal: Journal, day: str, as_json: bool) -> None:
    r"""Show one week, Monday to Friday: what is logged, what is missing, what to type next.

    \b
    ksbtui week
    ksbtui week -- -7      last week
    """
    from ksbtui.core.days import full_day, parse_day, short_day

    found = journal.week(parse_day(day, journal.as_at))
    if as_json:
        print_json(_week_json(journal, found))
        return
    click.echo(f"Week of {full_day(found.monday)}  {say_minutes(found.minutes)}")
    rows = []
    for one in found.days:
        name = short_day(one.day)
        for entry in one.entries:
            codes = " ".join(entry.ksbs[:4]) or "no KSB"
            mark = "" if entry.words else "  nothing learned yet"
            rows.append((name, say_minutes(entry.minutes), codes, cut(entry.title, 50) + mark))
            name = ""
        if not one.entries:
            empty = "away" if one.away else "to come" if one.future else "blank"
            rows.append((name, "", "", empty))
    print_rows(rows, right=(1,))
    say(found.hint.text)
    if found.hint.command:
        say(found.hint.command)


def _week_json(journal: Journal, found: Week) -> dict[str, Any]:
    return {
        "monday": found.monday.isoformat(),
        "minutes": found.minutes,
        "counted_minutes": found.counted_minutes,
        "blank": [day.isoformat() for day in found.blank],
        "hint": {"text": found.hint.text, "command": found.hint.command},
        "days": [
            {
                "day": one.day.isoformat(),
                "minutes": one.minutes,
                "counted_minutes": one.counted_minutes,
                "blank": one.blank,
                "away": one.away,
                "future": one.future,
                "entries": journal.entry_json.of_all(one.entries),
            }
            for one in found.days
        ],
    }


TEXT = "Nothing is logged this week yet. What did you learn? ksbtui ask"


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
    from ksbtui.store.files.scheduler import remove_job, write_job

    if off:
        found = remove_job()
        for job in found:
            click.echo(f"Removed from {job.scheduler}: {job.where}")
        if not found:
            say("You had no reminder.")
        return
    if day is None or time is None:
        raise Unreadable("Enter a day and a time.", "Write it like: ksbtui remind friday 15:30")
    from ksbtui.store.files.scheduler import parse_when

    when = parse_when(day, time)
    _ = journal.enrolled
    job = write_job(when, _command(journal))
    click.echo(f"Each {when.text}, if nothing was logged that week. Written to {job.scheduler}:")
    click.echo(job.where)
    say("To remove it: ksbtui remind --off")


def _command(journal: Journal) -> list[str]:
    """What the scheduler runs: this program, on this journal."""
    return [
        sys.executable,
        "-m",
        "ksbtui",
        "--journal",
        str(journal.path.absolute()),
        "remind",
        "--now",
    ]


def _speak(journal: Journal) -> None:
    """Say on the desktop, or on stdout, that nothing was logged this week; else nothing."""
    if not journal.exists or journal.course is None:
        return
    if any(day.entries for day in journal.week(journal.as_at).days):
        return
    click.echo(TEXT)
    from ksbtui.store.files.scheduler import run

    if shutil.which("notify-send"):
        run(["notify-send", "ksbtui", TEXT], "")
    elif sys.platform == "darwin":
        run(["osascript", "-e", f'display notification "{TEXT}" with title "ksbtui"'], "")

"""``remind``: a weekly word from the system's own scheduler, where nothing was logged."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import with_journal
from ksbtui.cli.output import say
from ksbtui.errors import Unreadable

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal

TEXT = "Nothing is logged this week yet. What did you learn? ksbtui ask"


@click.command()
@click.argument("day", required=False)
@click.argument("time", required=False)
@click.option("--off", is_flag=True, help="Take the reminder out of the scheduler.")
@click.option("--now", is_flag=True, help="What the scheduler runs: speak if nothing is logged.")
@with_journal
def remind(journal: Journal, day: str | None, time: str | None, off: bool, now: bool) -> None:
    r"""Be reminded once a week, and only if nothing was logged in it.

    \b
    ksbtui remind friday 15:30
    ksbtui remind --off

    It writes one job for your system's own scheduler (systemd, cron, launchd or the Windows
    Task Scheduler) and says where. Nothing of ksbtui runs in between.
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
            say("There was no reminder.")
        return
    if day is None or time is None:
        raise Unreadable("Say when.", "Write it like: ksbtui remind friday 15:30")
    from ksbtui.core.entry.reminders import parse_when

    when = parse_when(day, time)
    _ = journal.enrolled
    job = write_job(when, _command(journal))
    click.echo(f"Each {when.text}, if nothing was logged that week. Written to {job.scheduler}:")
    click.echo(job.where)
    say("Take it back with: ksbtui remind --off")


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

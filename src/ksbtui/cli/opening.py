"""``ksbtui`` without a command: open the journal on the screen."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import Context, finish
from ksbtui.errors import Busy

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal

WAITS = 30
"""Half-second waits for another program before giving up."""


def is_terminal() -> bool:
    """Tell whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def open_app(context: Context) -> int:
    """Run the app on the chosen journal; returns its exit code."""
    if not is_terminal():
        click.echo("ksbtui opens on a terminal, and this is none.", err=True)
        click.echo("Use a command instead, such as: ksbtui status (see ksbtui --help)", err=True)
        return 2
    journal = context.journal
    _open(journal)
    return open_journal(journal)


def open_journal(journal: Journal) -> int:
    """Run the app on a journal, which is closed afterwards; returns the exit code."""
    from ksbtui.app import run_app

    # The app draws with escape sequences, on the terminal itself.
    sys.stdout, sys.stderr = (getattr(one, "raw", one) for one in (sys.stdout, sys.stderr))
    try:
        return run_app(journal)
    finally:
        finish(journal)
        journal.close()


def _open(journal: Journal) -> None:
    """Read the journal before the screen is taken, waiting for another program that saves."""
    if refusal := journal.context.gone:
        raise refusal
    if not journal.exists:
        return
    journal.context.patience = 0.2
    for attempt in range(WAITS):
        try:
            _ = journal.course or (journal.context.set_aside and journal.enrolled)
            return
        except Exception as problem:
            error = journal.refused(problem)
            if not isinstance(error, Busy) or attempt == WAITS - 1:
                raise error or problem from problem
        if attempt == 0:
            click.echo("Another ksbtui is saving. Waiting for it …", err=True)
        time.sleep(0.3)

"""``ksbtui`` without a command: open the journal on the screen."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import Context

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


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
    if journal.exists:
        _ = journal.store
    return open_journal(journal)


def open_journal(journal: Journal) -> int:
    """Run the app on a journal, which is closed afterwards; returns the exit code."""
    from ksbtui.app import run_app

    # The app draws with escape sequences, on the terminal itself.
    sys.stdout, sys.stderr = (getattr(one, "raw", one) for one in (sys.stdout, sys.stderr))
    try:
        return run_app(journal)
    finally:
        journal.close()

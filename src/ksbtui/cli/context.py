"""What every command starts from: the journal and day chosen on the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cached_property, update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ksbtui.clock import Clock

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


class Context:
    """The global options, and the journal they lead to, opened when first asked for."""

    def __init__(self, journal_option: str | None = None, as_at_option: str | None = None) -> None:
        self.choose(journal_option, as_at_option)

    def choose(self, journal_option: str | None, as_at_option: str | None) -> None:
        """Take the global options of a command line."""
        self.journal_option = journal_option
        self.as_at_option = as_at_option

    @property
    def saved(self) -> bool:
        """Whether the command has written to the journal."""
        return self.has_journal and self.journal.revision > 0

    @property
    def has_journal(self) -> bool:
        """Whether the command has asked for the journal."""
        return "journal" in self.__dict__

    @cached_property
    def clock(self) -> Clock:
        """The clock of this run; refuses an unreadable ``--as-at``."""
        if self.as_at_option is None:
            return Clock()
        from ksbtui.core.days import parse_iso

        return Clock(parse_iso(self.as_at_option))

    @cached_property
    def journal(self) -> Journal:
        """The journal of this run."""
        from ksbtui.journal.journal import Journal

        path = Path(self.journal_option) if self.journal_option else None
        return Journal(path, self.clock)


def with_journal(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the journal as its first argument, and let the file go afterwards."""

    @click.pass_context
    def run(ctx: click.Context, /, *args: Any, **options: Any) -> Any:
        journal = ctx.ensure_object(Context).journal
        ctx.call_on_close(journal.close)
        done = command(journal, *args, **options)
        finish(journal)
        return done

    return update_wrapper(run, command)


NAMED = 3
"""Records that cannot be read are named one by one up to so many."""


def finish(journal: Journal) -> None:
    """Say what could not be read, and keep today's backup if anything was saved.

    What the command had to say is out by then, and it stays done whatever happens here.
    """
    aside = journal.context.set_aside
    for (kind, id), why in list(aside.items())[:NAMED]:
        click.echo(f"The {kind} {id} cannot be read ({why}).", err=True)
    if aside:
        click.echo(f"Left out for now: {len(aside)}. Nothing is lost. See: ksbtui doctor", err=True)
    if not journal.context.revision or journal.owner or journal.context.backed_up_today:
        return
    if journal.is_demo:  # it gets none, and what makes them is not loaded for it
        return
    from ksbtui.journal.backup.daily import make_daily

    sys.stdout.flush()
    try:
        make_daily(journal.context)
    except Exception as problem:
        error = journal.refused(problem)
        if error is None:
            raise
        click.echo(f"What you did is saved, but there is no backup of today: {error}", err=True)
        click.echo(error.hint, err=True)


json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
"""``--json`` on every reporting command."""

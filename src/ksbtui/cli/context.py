"""What every command starts from: the journal and day chosen on the command line."""

from __future__ import annotations

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
        return "journal" in self.__dict__ and self.journal.revision > 0

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
        return command(journal, *args, **options)

    return update_wrapper(run, command)


json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
"""``--json`` on every reporting command."""

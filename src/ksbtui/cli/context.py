"""What every command starts from: the journal and day of the command line.

Then what people type for an entry, read against that journal, and what the shell completes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property, update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.output import cut
from ksbtui.clock import Clock
from ksbtui.core.text.text import quoted
from ksbtui.errors import Unreadable

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
        click.echo(
            f"Left out for now: {len(aside)}. Nothing is lost. To see what can be repaired: "
            "ksbtui doctor",
            err=True,
        )
    if not journal.context.revision or journal.owner or not journal.context.backup_is_due:
        return
    sys.stdout.flush()
    try:
        journal.context.make_daily_backup()
    except Exception as problem:
        error = journal.refused(problem)
        if error is None:
            raise
        click.echo(f"What you did is saved, but today's backup failed: {error}", err=True)
        click.echo(error.hint, err=True)


json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
"""``--json`` on every reporting command."""


MOST_DIGITS = 9
"""Of a count: more entries than anyone has, and a number that the store can hold."""


def read_text(value: str) -> str:
    """Take text as given, or all of stdin for ``-``."""
    return sys.stdin.read() if value == "-" else value


def read_day(value: str, journal: Journal) -> date:
    """Read a day as people type it: ISO, today, wed, -3, 21/11."""
    from ksbtui.core.days import parse_day

    return parse_day(value, journal.as_at)


def read_coming_day(value: str, journal: Journal) -> date:
    """Read a day still to come: fri, +14, 2 weeks, 21/12, ISO."""
    from ksbtui.core.days import parse_coming_day

    return parse_coming_day(value, journal.as_at)


def read_span(text: str, journal: Journal) -> tuple[date, date]:
    """Read two days: 2026-12-21..2027-01-03, both included."""
    first, dots, last = text.partition("..")
    if not dots:
        raise Unreadable(
            f"{quoted(text)} is not a range of days.", "Enter two days: 2026-12-21..2027-01-03"
        )
    span = read_day(first, journal), read_day(last, journal)
    if span[1] < span[0]:
        raise Unreadable(f"{quoted(text)} ends before it starts.", "Enter the first day first.")
    return span


def read_module(value: str) -> int | None:
    """Read a module's number; ``none`` for no module."""
    text = value.strip().lower()
    if text == "none":
        return None
    if not text.isdecimal():
        raise Unreadable(
            f"{quoted(value)} is not a module number.", "Enter a number such as 3, or none."
        )
    return int(text)


def read_id_count(value: str | None) -> int:
    """Read a count such as ``--limit 20``; None is no limit (-1)."""
    if value is None:
        return -1
    typed = value.strip()
    if not typed.isdecimal() or len(typed) > MOST_DIGITS:
        raise Unreadable(f"{quoted(value)} is not a count.", "Enter a whole number such as 20.")
    return int(typed)


def complete_codes(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[click.shell_completion.CompletionItem]:
    """Offer the KSB codes of the standard with their statements; the last of a list counts."""
    from click.shell_completion import CompletionItem

    head, _, typed = incomplete.rpartition(",")
    journal = _journal(ctx)
    course = journal.course if journal else None
    if course is None:
        return []
    prefix = f"{head}," if head else ""
    return [
        CompletionItem(prefix + ksb.code, help=ksb.text)
        for ksb in course.standard.ksbs_of(course.enrolment.option)
        if ksb.code.startswith(typed.upper())
    ]


def complete_types(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[click.shell_completion.CompletionItem]:
    """Offer the activity types with their labels."""
    journal = _journal(ctx)
    course = journal.course if journal else None
    kinds = course.rules.types if course else ()
    return _offers(((kind.id, kind.label) for kind in kinds), incomplete)


def complete_kinds(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[click.shell_completion.CompletionItem]:
    """Offer the kinds of evidence the programme names."""
    journal = _journal(ctx)
    course = journal.course if journal else None
    return _offers(
        ((k, "") for k in (course.programme.evidence_kinds if course else ())), incomplete
    )


def complete_ids(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[click.shell_completion.CompletionItem]:
    """Offer the ids of the newest entries with day and title."""
    journal = _journal(ctx)
    found = journal.entries.find(limit=200, count=False).entries if journal else ()
    return _offers(((e.id, f"{e.day} {cut(e.title, 50)}") for e in found), incomplete)


def complete_evidence(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[click.shell_completion.CompletionItem]:
    """Offer the ids of artefacts with their titles."""
    journal = _journal(ctx)
    held = journal.evidence.all() if journal and journal.exists else ()
    return _offers(
        ((h.item.id, f"{h.item.kind}: {cut(h.item.title, 50)}") for h in held), incomplete
    )


def complete_templates(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[click.shell_completion.CompletionItem]:
    """Offer the reflection templates with what each is good for."""
    from ksbtui.store.seed.seeds import reflections

    found = reflections().items.values()
    return _offers(((template.id, template.summary) for template in found), incomplete)


def complete_forms(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[click.shell_completion.CompletionItem]:
    """Offer the providers' forms."""
    from ksbtui.store.seed.seeds import forms

    return _offers(((form.id, form.summary) for form in forms().items.values()), incomplete)


def _offers(
    pairs: Iterable[tuple[str, str]], incomplete: str
) -> list[click.shell_completion.CompletionItem]:
    from click.shell_completion import CompletionItem

    return [
        CompletionItem(name, help=about or None)
        for name, about in pairs
        if name.lower().startswith(incomplete.lower())
    ]


def _journal(ctx: click.Context) -> Journal | None:
    """The journal that completion reads, or None where there is none to read."""
    from ksbtui.errors import KsbtuiError

    context = Context(**_globals(ctx))
    try:
        _ = context.journal.course
    except KsbtuiError:
        return None
    return context.journal


def _globals(ctx: click.Context) -> dict[str, Any]:
    """The global options while completing, when no command runs."""
    import os

    given = ctx.find_root().params
    return {
        "journal_option": given.get("journal"),
        "as_at_option": given.get("as_at") or os.environ.get("KSBTUI_AS_AT") or None,
    }

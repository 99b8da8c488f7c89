"""What every command starts from: the journal and day of the command line.

Then what people type for an entry, read against that journal, and what the shell completes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property, update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.output import cut
from ksbtui.clock import Clock
from ksbtui.core.days import parse_coming_day, parse_day, parse_iso
from ksbtui.core.programme.standards import parse_codes
from ksbtui.core.text.text import quoted
from ksbtui.errors import KsbtuiError, Unreadable

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


class Context:
    """The global options, and the journal they lead to, opened when first asked for."""

    def __init__(self, journal_option: str | None = None, as_at_option: str | None = None) -> None:
        self.journal_option, self.as_at_option = journal_option, as_at_option

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
        return Clock(parse_iso(self.as_at_option) if self.as_at_option is not None else None)

    @cached_property
    def journal(self) -> Journal:
        """The journal of this run."""
        # deferred: --help and completion need no journal, log no data files
        from ksbtui.journal.journal import Journal

        path = Path(self.journal_option) if self.journal_option else None
        return Journal(path, self.clock)


json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
"""``--json`` on every reporting command."""


Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def options(*options: Decorator) -> Decorator:
    """Join options that several commands share, in the order of their help."""

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def with_journal(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the journal as its first argument, and close the file afterwards."""

    @click.pass_context
    def run(ctx: click.Context, /, *args: Any, **options: Any) -> Any:
        journal = ctx.ensure_object(Context).journal
        ctx.call_on_close(journal.close)
        result = command(journal, *args, **options)
        finish(journal)
        return result

    return update_wrapper(run, command)


def reporting(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the journal, and ``--json`` as ``as_json``."""
    return json_option(with_journal(command))


def group_showing(name: str) -> Callable[[Callable[[], None]], click.Group]:
    """A group, named and explained by a function, that runs its command ``name`` by itself."""

    def made(about: Callable[[], None]) -> click.Group:
        @click.group(about.__name__, help=about.__doc__, invoke_without_command=True)
        @json_option
        @click.pass_context
        def group(ctx: click.Context, as_json: bool) -> None:
            if ctx.invoked_subcommand is None:
                ctx.invoke(group.commands[name], as_json=as_json)

        return group

    return made


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
        left_out = f"Left out for now: {len(aside)}. Nothing is lost."
        click.echo(f"{left_out} To see what can be repaired: ksbtui doctor", err=True)
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


MOST_DIGITS = 9
"""Of a count: more entries than anyone has, and a number that the store can hold."""


def read_text(value: str) -> str:
    """Take text as given, or all of stdin for ``-``."""
    return sys.stdin.read() if value == "-" else value


def read_day(value: str, journal: Journal) -> date:
    """Read a day as people type it: ISO, today, wed, -3, 21/11."""
    return parse_day(value, journal.as_at)


def read_day_if(value: str | None, journal: Journal) -> date | None:
    """Read a day as :func:`read_day` does, where one was typed."""
    return parse_day(value, journal.as_at) if value else None


def read_coming_day_if(value: str | None, journal: Journal) -> date | None:
    """Read a day still to come, where one was typed: fri, +14, 2 weeks, 21/12, ISO."""
    return parse_coming_day(value, journal.as_at) if value else None


def read_spans(values: Iterable[str], journal: Journal) -> tuple[tuple[date, date], ...]:
    """Read pairs of days: 2026-12-21..2027-01-03, both included."""
    return tuple(_read_span(value, journal) for value in values)


def _read_span(text: str, journal: Journal) -> tuple[date, date]:
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


def read_codes(value: str | None, journal: Journal) -> tuple[str, ...]:
    """Read KSB codes of the learner's standard: K1,S3 or K1-K4; none where none were typed."""
    course = journal.enrolled
    return parse_codes(value, course.standard, course.enrolment.option) if value else ()


def read_count(value: str | None) -> int:
    """Read a count such as ``--limit 20``; None is no limit (-1)."""
    if value is None:
        return -1
    typed = value.strip()
    if not typed.isdecimal() or len(typed) > MOST_DIGITS:
        raise Unreadable(f"{quoted(value)} is not a count.", "Enter a whole number such as 20.")
    return int(typed)


Complete = Callable[[click.Context, click.Parameter, str], list[Any]]


def completing(offers: Callable[[Journal | None], Iterable[tuple[str, str]]]) -> Complete:
    """A shell completion from values and what each is, of the journal or None if unreadable."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        return [
            CompletionItem(value, help=about or None)
            for value, about in offers(_journal(ctx))
            if value.lower().startswith(incomplete.lower())
        ]

    return complete


def complete_codes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Offer the KSB codes of the standard with their statements; the last of a list counts."""
    head, comma, _ = incomplete.rpartition(",")

    def codes(journal: Journal | None) -> Iterator[tuple[str, str]]:
        if course := journal and journal.course:
            for ksb in course.standard.ksbs_of(course.enrolment.option):
                yield head + comma + ksb.code, ksb.text

    return completing(codes)(ctx, param, incomplete)


@completing
def complete_types(journal: Journal | None) -> Iterable[tuple[str, str]]:
    """Offer the activity types with their labels."""
    course = journal and journal.course
    return ((kind.id, kind.label) for kind in (course.rules.types if course else ()))


@completing
def complete_kinds(journal: Journal | None) -> Iterable[tuple[str, str]]:
    """Offer the kinds of evidence the programme names."""
    course = journal and journal.course
    return ((kind, "") for kind in (course.programme.evidence_kinds if course else ()))


@completing
def complete_ids(journal: Journal | None) -> Iterable[tuple[str, str]]:
    """Offer the ids of the newest entries with day and title."""
    entries = journal.entries.find(limit=200, count=False).entries if journal else ()
    return ((entry.id, f"{entry.day} {cut(entry.title, 50)}") for entry in entries)


@completing
def complete_evidence(journal: Journal | None) -> Iterable[tuple[str, str]]:
    """Offer the ids of artefacts with their titles."""
    artefacts = journal.evidence.all() if journal and journal.exists else ()
    items = (artefact.item for artefact in artefacts)
    return ((item.id, f"{item.kind}: {cut(item.title, 50)}") for item in items)


@completing
def complete_templates(_: Journal | None) -> Iterable[tuple[str, str]]:
    """Offer the reflection templates with what each is good for."""
    from ksbtui.store.seed.seeds import reflections

    return ((template.id, template.summary) for template in reflections().items.values())


@completing
def complete_forms(_: Journal | None) -> Iterable[tuple[str, str]]:
    """Offer the providers' forms."""
    from ksbtui.store.seed.seeds import forms

    return ((form.id, form.summary) for form in forms().items.values())


def _journal(ctx: click.Context) -> Journal | None:
    """The journal that completion reads, when no command runs; None where it cannot be read."""
    options = ctx.find_root().params
    as_at = options.get("as_at") or os.environ.get("KSBTUI_AS_AT") or None
    journal = Context(options.get("journal"), as_at).journal
    try:
        _ = journal.course
    except KsbtuiError:
        return None
    return journal

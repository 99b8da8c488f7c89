"""``standard``: the standards and units on offer, and how two compare."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import reporting
from ksbtui.cli.opening import is_terminal
from ksbtui.cli.output import cut, print_json, print_lines, print_rows, say
from ksbtui.core.days import long_day
from ksbtui.core.durations import parse_hours, say_minutes
from ksbtui.core.programme.standards import TYPE_NAMES, Standard
from ksbtui.core.programme.versions import compare_standards, comparison_json
from ksbtui.core.text.text import quoted
from ksbtui.errors import Conflict, Unreadable
from ksbtui.presentation.setup import difference_json, difference_lines, kept_tag_lines
from ksbtui.store.files.paths import typed_path

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal
    from ksbtui.journal.programme.standards import Incoming


@click.group()
def standard() -> None:
    """List, show, compare and import standards and apprenticeship units.

    \b
    ksbtui standard list
    ksbtui standard show ST1512
    ksbtui standard compare AU0002 ST1512
    ksbtui standard check page.txt
    ksbtui standard import page.txt --dry-run
    """


@standard.command("list")
@reporting
def list_(journal: Journal, as_json: bool) -> None:
    """List the standards and units you can enrol on."""
    offered = journal.enrolments.standards()
    standards = offered.items.values()
    if as_json:
        print_json({"standards": [_summary(item) for item in standards]})
    else:
        print_rows(
            (s.ref, f"v{s.version}" if s.version else "", s.kind, _hours(s), cut(s.title, 70))
            for s in standards
        )
    say(*(f"! {problem.message}" for problem in offered.problems))


def _summary(item: Standard) -> dict[str, Any]:
    keys = ("ref", "version", "kind", "title", "level", "min_minutes", "max_minutes")
    return {key: None if value == "" else value for key, value in _fields(item, *keys).items()}


def _hours(item: Standard) -> str:
    if item.min_minutes is None:
        return ""
    if item.max_minutes is not None:
        return f"{say_minutes(item.min_minutes)} to {say_minutes(item.max_minutes)}"
    return f"at least {say_minutes(item.min_minutes)}"


def standard_json(item: Standard) -> dict[str, Any]:
    """A standard as ``standard show --json`` prints it."""
    times = ("typical_months", "typical_weeks", "starts_from", "starts_to", "approved", "updated")
    texts = ("notice", "licence", "attribution", "source", "warnings")
    return {
        **_summary(item),
        **_fields(item, *times),
        "typical_weeks": item.typical_weeks or None,
        **_fields(item, "options", "routes"),
        "ksbs": [
            _fields(ksb, "code", "type", "text")
            | {"option": ksb.option or None}
            | _fields(ksb, "short", "plain")
            for ksb in item.ksbs
        ],
        "duties": item.duties,
        "outcomes": item.outcomes,
        **_fields(item, *texts),
    }


def _fields(item: object, *names: str) -> dict[str, Any]:
    return {name: getattr(item, name) for name in names}


@standard.command()
@click.argument("ref")
@reporting
def show(journal: Journal, ref: str, as_json: bool) -> None:
    """Show a standard in full: key facts, statements, duties or outcomes, programmes."""
    item = journal.enrolments.standard(ref)
    if as_json:
        print_json(standard_json(item))
        return
    click.echo(f"{item.named}  {item.title}")
    level = f"level {item.level} " if item.level else ""
    click.echo(f"{level}{item.kind}, {_hours(item)}".strip(", "))
    if item.starts_from or item.starts_to:
        first = long_day(item.starts_from) if item.starts_from else "the beginning"
        last = long_day(item.starts_to) if item.starts_to else "now on"
        click.echo(f"For starts from {first} to {last}")
    if item.notice:
        click.echo(item.notice)
    _print_statements(item)
    click.echo("\nProgrammes")
    for programme in journal.enrolments.programmes(item):
        click.echo(f"{programme.id}  {programme.title}")
    if item.attribution:
        click.echo(f"\n{item.attribution}")


def _print_statements(item: Standard) -> None:
    """Print the KSBs under their headings, then duties or outcomes with their codes."""
    for letter, name in TYPE_NAMES.items():
        ksbs = [ksb for ksb in item.ksbs if ksb.type == letter]
        if ksbs:
            click.echo(f"\n{name}")
        for ksb in ksbs:
            click.echo(f"{ksb.code}: {ksb.text}")
    if item.duties:
        click.echo("\nDuties")
    for duty in item.duties:
        click.echo(f"{duty.number}. {duty.text}\n   {' '.join(duty.ksbs) or 'no KSBs published'}")
    if item.outcomes:
        click.echo("\nLearning outcomes")
    for outcome in item.outcomes:
        click.echo(f"{outcome.number}. {outcome.function}: {outcome.text}")
        click.echo(f"   {' '.join(outcome.ksbs)}")


@standard.command()
@click.argument("a")
@click.argument("b")
@reporting
def compare(journal: Journal, a: str, b: str, as_json: bool) -> None:
    """For each statement of A, show the most similar one of the same type in B."""
    first, second = journal.enrolments.standard(a), journal.enrolments.standard(b)
    pairs = compare_standards(first, second)
    if as_json:
        print_json(comparison_json(pairs))
        return
    texts = {ksb.code: cut(ksb.text, 80) for ksb in first.ksbs}
    print_rows((pair.a, pair.b or "–", f"{pair.similarity:.2f}", texts[pair.a]) for pair in pairs)
    close = sum(pair.similarity >= 0.7 for pair in pairs)
    say(f"{close} of {len(pairs)} statements of {first.ref} are close to one of {second.ref}.")


def _facts(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that supply what a file is silent on."""
    for option in (
        click.option("--duties", metavar="FILE", help="A second file with duties and their KSBs."),
        click.option(
            "--prefix", metavar="A", help="The letters before each code: A if K1 is written AK1."
        ),
        click.option("--version", metavar="V", help="The version, such as 1.0."),
        click.option("--min-hours", metavar="H", help="The minimum training hours."),
        click.option("--level", metavar="N", help="From 1 to 8."),
        click.option("--title", metavar="TEXT", help="The title of the standard."),
        click.option("--ref", metavar="REF", help="The reference, such as ST0116."),
    ):
        command = option(command)
    return command


@standard.command("import")
@click.argument("file")
@_facts
@click.option("--dry-run", is_flag=True, help="Show what was read, without importing.")
@click.option("--yes", is_flag=True, help="Replace a standard you already have, without asking.")
@reporting
def import_(
    journal: Journal, file: str, dry_run: bool, yes: bool, as_json: bool, **given: str | None
) -> None:
    """Import a published standard or unit from a file.

    The file can be text or HTML of its page, Markdown, CSV, XLSX, ODS, JSON, TOML, or lines
    with code, tab, statement. If you import the same reference again, ksbtui lists what
    changed, keeps every tag of your entries and asks first.

    \b
    ksbtui standard import page.txt
    ksbtui standard import ksbs.csv --ref ST0116 --title "Bakery technician" --level 2
    """
    incoming = _read(journal, file, given)
    if not dry_run:
        _agree(incoming, yes)
        journal.standards.keep(incoming)
    if as_json:
        difference = {"difference": _difference(incoming), "faults": incoming.faults}
        print_json(standard_json(incoming.standard) | difference)
        return
    _print_incoming(incoming)
    if not dry_run and incoming.is_new:
        ref = incoming.standard.ref
        say(f"Saved. To enrol on it: ksbtui setup --standard {ref} --programme ID --start DAY")
        say(f"To see its programmes: ksbtui standard show {ref}")


@standard.command()
@click.argument("file")
@_facts
@reporting
def check(journal: Journal, file: str, as_json: bool, **given: str | None) -> None:
    """Check a standard in a file without importing it.

    \b
    ksbtui standard check page.txt
    """
    incoming = _read(journal, file, given)
    item = incoming.standard
    if as_json:
        print_json(
            {
                **_summary(item),
                "ok": not incoming.faults,
                "counts": {k: sum(ksb.type == k for ksb in item.ksbs) for k in TYPE_NAMES},
                "faults": incoming.faults,
                "warnings": item.warnings,
                "difference": _difference(incoming),
            }
        )
        return
    _print_incoming(incoming)
    if not incoming.faults:
        click.echo("It can be imported.")


def _read(journal: Journal, file: str, given: dict[str, str | None]) -> Incoming:
    """The standard of a file beside the one that is known."""
    # deferred: the readers of pages and sheets, which list and show do without
    from ksbtui.imports.standards import read_standard

    level, hours = given["level"], given["min_hours"]
    if level is not None and not (level.isdecimal() and 1 <= int(level) <= 8):
        raise Unreadable(f"{quoted(level)} is not a level.", "Enter a number from 1 to 8.")
    read = read_standard(
        typed_path(file),
        ref=given["ref"],
        title=given["title"],
        level=int(level) if level else None,
        min_minutes=parse_hours(hours) if hours else None,
        version=given["version"],
        prefix=(given["prefix"] or "").strip().upper(),
        duties=typed_path(given["duties"]) if given["duties"] else None,
    )
    return journal.standards.incoming(read)


def _agree(incoming: Incoming, yes: bool) -> None:
    """Ask before a known standard is changed."""
    if incoming.faults or incoming.is_new or not incoming.changes or yes:
        return
    name = incoming.standard.named
    if not is_terminal():
        raise Conflict(
            f"You already have {name}, and this file would change it: {_in_short(incoming)}.",
            "To see the changes: --dry-run. To make them: --yes.",
        )
    _print_difference(incoming)
    click.confirm(f"Change {name}? Your tags are kept.", abort=True, err=True)


def _in_short(incoming: Incoming) -> str:
    counts = {
        what: len(getattr(incoming.difference, what)) for what in ("added", "changed", "removed")
    }
    parts = [f"{number} {what}" for what, number in counts.items() if number]
    return ", ".join((*parts, *incoming.facts))


def _difference(incoming: Incoming) -> dict[str, Any] | None:
    """What changes beside the known standard; None where none is known."""
    if incoming.is_new:
        return None
    return difference_json(incoming.difference, incoming.tagged) | {"facts": incoming.facts}


def _print_incoming(incoming: Incoming) -> None:
    """Print what was read, what it changes, and on stderr what is odd."""
    item = incoming.standard
    counts = [f"{sum(ksb.type == k for ksb in item.ksbs)} {k}" for k in TYPE_NAMES]
    name = f"{item.named}  {item.title}".strip() or "A standard without reference"
    click.echo(f"{name}: {', '.join(counts)}")
    if item.options:
        click.echo(f"Options: {', '.join(item.options)}")
    _print_difference(incoming)
    say(*(f"! {text}" for text in (*item.warnings, *incoming.faults)))


def _print_difference(incoming: Incoming) -> None:
    """Print added, changed and removed statements, and the tags that stay."""
    if incoming.is_new:
        return
    if not incoming.changes:
        click.echo("You already have it, word for word.")
        return
    print_lines(difference_lines(incoming.difference))
    if incoming.facts:
        click.echo(f"~ {', '.join(incoming.facts)}")
    print_lines(kept_tag_lines(incoming.tagged))

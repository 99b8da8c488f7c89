"""``standard``: the standards and units on offer, and how two compare."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import json_option, with_journal
from ksbtui.cli.output import cut, print_json, print_rows, say
from ksbtui.core.days import long_day
from ksbtui.core.durations import parse_hours, say_minutes
from ksbtui.core.programme.standards import TYPE_NAMES, Standard
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
@json_option
@with_journal
def list_(journal: Journal, as_json: bool) -> None:
    """List the standards and units you can enrol on."""
    found = journal.enrolments.standards()
    if as_json:
        print_json({"standards": [_summary(item) for item in found.items.values()]})
    else:
        print_rows(
            (
                item.ref,
                f"v{item.version}" if item.version else "",
                item.kind,
                _hours(item),
                cut(item.title, 70),
            )
            for item in found.items.values()
        )
    for problem in found.problems:
        say(f"! {problem.message}")


def _summary(item: Standard) -> dict[str, Any]:
    keys = ("ref", "version", "kind", "title", "level", "min_minutes", "max_minutes")
    return {key: getattr(item, key) if getattr(item, key) != "" else None for key in keys}


def _hours(item: Standard) -> str:
    if item.min_minutes is None:
        return ""
    if item.max_minutes is not None:
        return f"{say_minutes(item.min_minutes)} to {say_minutes(item.max_minutes)}"
    return f"at least {say_minutes(item.min_minutes)}"


def standard_json(item: Standard) -> dict[str, Any]:
    """A standard as ``standard show --json`` prints it."""
    days = {
        key: day.isoformat() if (day := getattr(item, key)) else None
        for key in ("starts_from", "starts_to", "approved", "updated")
    }
    return {
        **_summary(item),
        "typical_months": item.typical_months,
        "typical_weeks": list(item.typical_weeks) if item.typical_weeks else None,
        **days,
        "options": list(item.options),
        "routes": list(item.routes),
        "ksbs": [
            {
                "code": ksb.code,
                "type": ksb.type,
                "text": ksb.text,
                "option": ksb.option or None,
                "short": ksb.short,
                "plain": ksb.plain,
            }
            for ksb in item.ksbs
        ],
        "duties": [{"number": d.number, "text": d.text, "ksbs": list(d.ksbs)} for d in item.duties],
        "outcomes": [
            {"number": o.number, "function": o.function, "text": o.text, "ksbs": list(o.ksbs)}
            for o in item.outcomes
        ],
        "notice": item.notice,
        "licence": item.licence,
        "attribution": item.attribution,
        "source": item.source,
        "warnings": list(item.warnings),
    }


@standard.command()
@click.argument("ref")
@json_option
@with_journal
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
@json_option
@with_journal
def compare(journal: Journal, a: str, b: str, as_json: bool) -> None:
    """For each statement of A, show the most similar one of the same type in B."""
    from ksbtui.core.programme.versions import compare_standards, comparison_json

    first, second = journal.enrolments.standard(a), journal.enrolments.standard(b)
    pairs = compare_standards(first, second)
    if as_json:
        print_json(comparison_json(pairs))
        return
    texts = {ksb.code: ksb for ksb in first.ksbs}
    print_rows(
        (pair.a, pair.b or "–", f"{pair.similarity:.2f}", cut(texts[pair.a].text, 80))
        for pair in pairs
    )
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
@json_option
@with_journal
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
        print_json(
            {
                **standard_json(incoming.standard),
                "difference": _difference(incoming),
                "faults": list(incoming.faults),
            }
        )
        return
    _print_read(incoming.standard)
    _print_difference(incoming)
    _say_odd(incoming)
    if not dry_run and incoming.is_new:
        ref = incoming.standard.ref
        say(f"Saved. To enrol on it: ksbtui setup --standard {ref} --programme ID --start DAY")
        say(f"To see its programmes: ksbtui standard show {ref}")


@standard.command()
@click.argument("file")
@_facts
@json_option
@with_journal
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
                "faults": list(incoming.faults),
                "warnings": list(item.warnings),
                "difference": _difference(incoming),
            }
        )
        return
    _print_read(item)
    _print_difference(incoming)
    _say_odd(incoming)
    if not incoming.faults:
        click.echo("It can be imported.")


def _read(journal: Journal, file: str, given: dict[str, str | None]) -> Incoming:
    """The standard of a file beside the one that is known."""
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
    from ksbtui.cli.opening import is_terminal

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
    found = incoming.difference
    parts = [
        f"{len(codes)} {what}"
        for what, codes in (
            ("added", found.added),
            ("changed", found.changed),
            ("removed", found.removed),
        )
        if codes
    ]
    return ", ".join((*parts, *incoming.facts))


def _difference(incoming: Incoming) -> dict[str, Any] | None:
    """What changes beside the known standard; None where none is known."""
    if incoming.is_new:
        return None
    return {
        **difference_json(incoming.difference, incoming.tagged),
        "facts": list(incoming.facts),
    }


def _print_read(item: Standard) -> None:
    counts = [f"{sum(ksb.type == k for ksb in item.ksbs)} {k}" for k in TYPE_NAMES]
    name = f"{item.named}  {item.title}".strip() or "A standard without reference"
    click.echo(f"{name}: {', '.join(counts)}")
    if item.options:
        click.echo(f"Options: {', '.join(item.options)}")


def _print_difference(incoming: Incoming) -> None:
    """Print added, changed and removed statements, and the tags that stay."""
    if incoming.is_new:
        return
    if not incoming.changes:
        click.echo("You already have it, word for word.")
        return
    for line in difference_lines(incoming.difference):
        click.echo(line)
    if incoming.facts:
        click.echo(f"~ {', '.join(incoming.facts)}")
    for line in kept_tag_lines(incoming.tagged):
        click.echo(line)


def _say_odd(incoming: Incoming) -> None:
    for text in (*incoming.standard.warnings, *incoming.faults):
        say(f"! {text}")

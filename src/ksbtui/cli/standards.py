"""``standard``: the standards and units on offer, and how two compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import json_option, with_journal
from ksbtui.cli.output import cut, print_json, print_rows, say
from ksbtui.core.days import long_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.standards import TYPE_NAMES, Standard

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


@click.group()
def standard() -> None:
    r"""Standards and apprenticeship units on offer.

    \b
    ksbtui standard list
    ksbtui standard show ST1512
    ksbtui standard compare AU0002 ST1512
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
            (item.ref, f"v{item.version}", item.kind, _hours(item), cut(item.title, 70))
            for item in found.items.values()
        )
    for problem in found.problems:
        say(f"! {problem.message}")


def _summary(item: Standard) -> dict[str, Any]:
    keys = ("ref", "version", "kind", "title", "level", "min_minutes", "max_minutes")
    return {key: getattr(item, key) for key in keys}


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
    """Show a standard whole: key facts, statements, duties or outcomes, programmes."""
    item = journal.enrolments.standard(ref)
    if as_json:
        print_json(standard_json(item))
        return
    click.echo(f"{item.ref} v{item.version}  {item.title}")
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
    """Find for each statement of A the most similar one of the same type in B."""
    from ksbtui.core.crosswalk import as_json as pairs_json
    from ksbtui.core.crosswalk import compare as compare_standards

    first, second = journal.enrolments.standard(a), journal.enrolments.standard(b)
    pairs = compare_standards(first, second)
    if as_json:
        print_json(pairs_json(pairs))
        return
    texts = {ksb.code: ksb for ksb in first.ksbs}
    print_rows(
        (pair.a, pair.b or "–", f"{pair.similarity:.2f}", cut(texts[pair.a].text, 80))
        for pair in pairs
    )
    close = sum(pair.similarity >= 0.7 for pair in pairs)
    say(f"{close} of {len(pairs)} statements of {first.ref} are close to one of {second.ref}.")

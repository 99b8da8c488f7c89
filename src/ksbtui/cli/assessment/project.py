"""``project``: the workplace project, its measures and the review pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import complete_codes, json_option, read_day, read_text, with_journal
from ksbtui.cli.output import cut, print_json, say
from ksbtui.core.assessment.benefits import KINDS, PERIODS, parse_amount
from ksbtui.core.assessment.project import SECTIONS
from ksbtui.core.days import full_day, long_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ksbtui.core.assessment.benefits import Benefit, Measure
    from ksbtui.core.assessment.project import Project, ProjectItem
    from ksbtui.core.exchange.pages import Bar
    from ksbtui.journal.journal import Journal

BAR_CELLS = 30
_ksbs = click.option(
    "-k", "--ksbs", metavar="CODES", shell_complete=complete_codes, help="KSBs this shows."
)
_entry = click.option(
    "--entry",
    "entries",
    multiple=True,
    metavar="ID",
    help="An entry that shows it; repeat for more.",
)
_day = click.option("-d", "--day", metavar="DAY", help="The day, if not today.")


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def project(ctx: click.Context, as_json: bool) -> None:
    """Plan and record your workplace project: its parts and what you measured.

    \b
    ksbtui project                                         what is done and what is missing
    ksbtui project name "Triage of enquiries"
    ksbtui project add problem "Enquiries wait two days for the right team." -k K5,S3
    ksbtui project add risks "Rare cases go wrong" --kind bias --detail "An agent confirms."
    ksbtui project measure "Time per enquiry" --before 12 --after 9 --runs 400
    ksbtui project pack                                    everything in one document
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(show, as_json=as_json)


@project.command(hidden=True)
@json_option
@with_journal
def show(journal: Journal, as_json: bool) -> None:
    """Show what is done and what is missing."""
    read = journal.project.read()
    if as_json:
        print_json(read.as_json())
        return
    click.echo(read.title or "Workplace project (name it: ksbtui project name TITLE)")
    click.echo(f"{read.parts_filled} of {len(SECTIONS)} parts{_approval(read)}\n")
    for part in SECTIONS:
        mark = "x" if read.filled(part.id) else " "
        items = read.of(part.id)
        click.echo(f"[{mark}] {part.label:<24} {part.asks if not items else ''}".rstrip())
        for item in items:
            click.echo(f"      {item.id}  {full_day(item.day)}  {cut(item.text, 70)}")
    for one in read.benefits:
        click.echo()
        for line in _benefit(one):
            click.echo(line)


def _approval(read: Project) -> str:
    if read.approved:
        return f", approved on {long_day(read.approved)}"
    return f", approval due by {long_day(read.approval_due)}" if read.approval_due else ""


def _benefit(one: Benefit) -> Iterator[str]:
    """A measure with its bars and arithmetic."""
    from ksbtui.core.assessment.project_pack import bars

    yield f"{one.measure.name}  {one.measure.id}"
    for bar in bars(one):
        yield _bar_line(bar)
    for line in one.lines:
        yield f"  {line}"


def _bar_line(bar: Bar) -> str:
    part = bar.parts[0]
    filled = round(bar.share(part) * BAR_CELLS)
    return f"  {bar.label:<7}{'█' * filled}{'░' * (BAR_CELLS - filled)} {part.text}"


@project.command()
@click.argument("title")
@with_journal
def name(journal: Journal, title: str) -> None:
    """Name the project."""
    journal.project.name(title)
    click.echo(f"Named: {journal.project.title}")


@project.command(epilog="Parts: " + ", ".join(part.id for part in SECTIONS))
@click.argument("part")
@click.argument("text", metavar="TEXT|-")
@click.option(
    "--detail", default="", metavar="TEXT|-", help="More detail: why, or what was done about it."
)
@click.option(
    "--kind", default="", metavar="KIND", help="Kind of risk: data, bias, operations or people."
)
@click.option(
    "--link",
    "links",
    multiple=True,
    metavar="PATH|URL",
    help="A file or web address that shows it.",
)
@_ksbs
@_entry
@_day
@json_option
@with_journal
def add(journal: Journal, part: str, text: str, as_json: bool, **options: Any) -> None:
    """Add an item to a part of the project."""
    fields = _fields(journal, options)
    _say(journal.project.add(part.strip().lower(), read_text(text), **fields), "Added", as_json)


def _fields(journal: Journal, options: dict[str, Any]) -> dict[str, Any]:
    """The options that were given, as fields of an item or measure."""
    fields: dict[str, Any] = {}
    for option, value in options.items():
        if value is None or value in ("", ()):
            continue
        if option == "day":
            fields["day"] = read_day(value, journal)
        elif option == "ksbs":
            fields["ksbs"] = (value,)
        elif option in ("before", "after", "runs"):
            fields[option] = parse_amount(value)
            if "%" in value and not options.get("unit"):
                fields.setdefault("unit", "%")
        elif option in ("detail", "how", "text"):
            fields[option] = read_text(value)
        elif option in ("entries", "links"):
            fields[option] = tuple(value)
        else:
            fields[option] = value
    return fields


def _amounts(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what was measured."""
    for option, help in reversed(
        (
            ("--kind", f"{', '.join(KINDS)}. Worked out from unit and name if left out."),
            ("--unit", "minutes, errors, points, %, £ … Worked out from the kind if left out."),
            ("--before", "The figure before the change (the baseline)."),
            ("--after", "The figure after the change, measured the same way."),
            ("--runs", "How often the work is done in each period."),
            ("--per", f"The period: {', '.join(PERIODS)}. The default is month."),
            ("--better", "Which is better: lower or higher. Worked out if left out."),
            ("--how", "How it was measured."),
        )
    ):
        target = "period" if option == "--per" else option[2:]
        command = click.option(option, target, metavar="X", help=help)(command)
    return command


@project.command()
@click.argument("name")
@_amounts
@_ksbs
@_entry
@_day
@json_option
@with_journal
def measure(journal: Journal, name: str, as_json: bool, **options: Any) -> None:
    """Add something you measured before and after; ksbtui shows the calculation.

    \b
    ksbtui project measure "Time per enquiry" --before 12 --after 9 --runs 400 --per month
    ksbtui project measure "Sent to the wrong team" --kind errors --before 18 --after 7
    ksbtui project measure "Agents' rating" --unit points --before 3.1 --after 4.2
    ksbtui project measure "Answered first time" --before 62% --after 75%
    """
    from ksbtui.core.assessment.benefits import taken

    fields = _fields(journal, options)
    given = {one: fields.get(one, "") for one in ("kind", "unit", "better")}
    _say(journal.project.add_measure(name, **fields), "Added", as_json)
    if note := taken(name, **given).note:
        say(note)


@project.command()
@click.argument("id")
@click.option("--text", metavar="TEXT|-", help="The new text.")
@click.option("--name", metavar="TEXT", help="The new figure of a measure.")
@click.option("--detail", metavar="TEXT|-", help="More detail: why, or what was done about it.")
@click.option(
    "--link",
    "links",
    multiple=True,
    metavar="PATH|URL",
    help="A file or web address that shows it.",
)
@_amounts
@_ksbs
@_entry
@_day
@json_option
@with_journal
def edit(journal: Journal, id: str, as_json: bool, **options: Any) -> None:
    """Change an item or measure. Only what you enter changes."""
    changed = journal.project.change(id, **_fields(journal, options))
    _say(changed, "Changed", as_json)


@project.command()
@click.argument("id")
@json_option
@with_journal
def remove(journal: Journal, id: str, as_json: bool) -> None:
    """Remove an item or measure. You can undo it."""
    _say(journal.project.remove(id), "Removed", as_json)


@project.command()
@with_journal
def pack(journal: Journal) -> None:
    """Print the project review pack. ksbtui export makes it a document."""
    from ksbtui.core.exchange.pages import plain

    click.echo(plain(journal.project.page()), nl=False)


def _say(made: ProjectItem | Measure, verb: str, as_json: bool) -> None:
    from ksbtui.core.assessment.benefits import Measure, benefit

    if isinstance(made, Measure):
        found = benefit(made)
        if as_json:
            print_json(found.as_json())
            return
        click.echo(f"{verb}: {made.name}  {made.id}")
        for line in found.lines:
            click.echo(f"  {line}")
    elif as_json:
        print_json(made)
    else:
        click.echo(f"{verb}: {cut(made.text, 70)}  {made.id}")

"""``project``: the workplace project, its measures and the review pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import (
    Decorator,
    complete_codes,
    group_showing,
    options,
    read_day,
    read_text,
    reporting,
    with_journal,
)
from ksbtui.cli.output import cut, print_json, print_lines, print_result, say
from ksbtui.core.assessment.benefits import KINDS, PERIODS, Measure, benefit, parse_amount, taken
from ksbtui.core.assessment.project import SECTIONS
from ksbtui.core.assessment.project_pack import bars
from ksbtui.core.days import full_day, long_day
from ksbtui.core.exchange.pages import plain

if TYPE_CHECKING:
    from ksbtui.core.assessment.project import Project, ProjectItem
    from ksbtui.core.exchange.pages import Bar
    from ksbtui.journal.journal import Journal

BAR_CELLS = 30
_about = options(
    click.option(
        "-k", "--ksbs", metavar="CODES", shell_complete=complete_codes, help="KSBs this shows."
    ),
    click.option(
        "--entry",
        "entries",
        multiple=True,
        metavar="ID",
        help="An entry that shows it; repeat for more.",
    ),
    click.option("-d", "--day", metavar="DAY", help="The day, if not today."),
)


@group_showing("show")
def project() -> None:
    """Plan and record your workplace project: its parts and what you measured.

    \b
    ksbtui project                                         what is done and what is missing
    ksbtui project name "Triage of enquiries"
    ksbtui project add problem "Enquiries wait two days for the right team." -k K5,S3
    ksbtui project add risks "Rare cases go wrong" --kind bias --detail "An agent confirms."
    ksbtui project measure "Time per enquiry" --before 12 --after 9 --runs 400
    ksbtui project pack                                    everything in one document
    """


@project.command(hidden=True)
@reporting
def show(journal: Journal, as_json: bool) -> None:
    """Show what is done and what is missing."""
    project = journal.project.read()
    if as_json:
        print_json(project.as_json())
        return
    click.echo(project.title or "Workplace project (name it: ksbtui project name TITLE)")
    click.echo(f"{project.parts_filled} of {len(SECTIONS)} parts{_approval(project)}\n")
    for part in SECTIONS:
        mark, items = "x" if project.filled(part.id) else " ", project.of(part.id)
        click.echo(f"[{mark}] {part.label:<24} {part.asks if not items else ''}".rstrip())
        print_lines(f"      {i.id}  {full_day(i.day)}  {cut(i.text, 70)}" for i in items)
    for gain in project.benefits:
        click.echo(f"\n{gain.measure.name}  {gain.measure.id}")
        print_lines(map(_bar_line, bars(gain)))
        print_lines(f"  {line}" for line in gain.lines)


def _approval(project: Project) -> str:
    if project.approved:
        return f", approved on {long_day(project.approved)}"
    due = project.approval_due
    return f", approval due by {long_day(due)}" if due else ""


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
@_about
@reporting
def add(journal: Journal, part: str, text: str, as_json: bool, **options: Any) -> None:
    """Add an item to a part of the project."""
    fields = _fields(journal, options)
    _say(journal.project.add(part.strip().lower(), read_text(text), **fields), "Added", as_json)


def _fields(journal: Journal, options: dict[str, Any]) -> dict[str, Any]:
    """The options that were typed, as fields of an item or measure."""
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


def _amount(option: str, help: str) -> Decorator:
    name = "period" if option == "--per" else option.removeprefix("--")
    return click.option(option, name, metavar="X", help=help)


_amounts = options(
    _amount("--kind", f"{', '.join(KINDS)}. Worked out from unit and name if left out."),
    _amount("--unit", "minutes, errors, points, %, £ … Worked out from the kind if left out."),
    _amount("--before", "The figure before the change (the baseline)."),
    _amount("--after", "The figure after the change, measured the same way."),
    _amount("--runs", "How often the work is done in each period."),
    _amount("--per", f"The period: {', '.join(PERIODS)}. The default is month."),
    _amount("--better", "Which is better: lower or higher. Worked out if left out."),
    _amount("--how", "How it was measured."),
)
"""What was measured."""


@project.command()
@click.argument("name")
@_amounts
@_about
@reporting
def measure(journal: Journal, name: str, as_json: bool, **options: Any) -> None:
    """Add something you measured before and after; ksbtui shows the calculation.

    \b
    ksbtui project measure "Time per enquiry" --before 12 --after 9 --runs 400 --per month
    ksbtui project measure "Sent to the wrong team" --kind errors --before 18 --after 7
    ksbtui project measure "Agents' rating" --unit points --before 3.1 --after 4.2
    ksbtui project measure "Answered first time" --before 62% --after 75%
    """
    fields = _fields(journal, options)
    _say(journal.project.add_measure(name, **fields), "Added", as_json)
    hints = {option: fields.get(option, "") for option in ("kind", "unit", "better")}
    if note := taken(name, **hints).note:
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
@_about
@reporting
def edit(journal: Journal, id: str, as_json: bool, **options: Any) -> None:
    """Change an item or measure. Only what you enter changes."""
    changed = journal.project.change(id, **_fields(journal, options))
    _say(changed, "Changed", as_json)


@project.command()
@click.argument("id")
@reporting
def remove(journal: Journal, id: str, as_json: bool) -> None:
    """Remove an item or measure. You can undo it."""
    _say(journal.project.remove(id), "Removed", as_json)


@project.command()
@with_journal
def pack(journal: Journal) -> None:
    """Print the project review pack. ksbtui export makes it a document."""
    click.echo(plain(journal.project.page()), nl=False)


def _say(saved: ProjectItem | Measure, verb: str, as_json: bool) -> None:
    if not isinstance(saved, Measure):
        print_result(saved, f"{verb}: {cut(saved.text, 70)}  {saved.id}", as_json)
        return
    shown = benefit(saved)
    lines = (f"{verb}: {saved.name}  {saved.id}", *(f"  {line}" for line in shown.lines))
    print_result(shown.as_json(), "\n".join(lines), as_json)

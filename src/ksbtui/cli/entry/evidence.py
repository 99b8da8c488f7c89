"""``evidence``: attach, list, check, open, change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import (
    complete_evidence,
    complete_ids,
    complete_kinds,
    json_option,
    with_journal,
)
from ksbtui.cli.output import cut, print_json, print_rows, say

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@json_option
@click.pass_context
def evidence(ctx: click.Context, as_json: bool) -> None:
    r"""Files and links that show what you did. Files stay where they are.

    \b
    ksbtui evidence                                 all of it
    ksbtui evidence add 3yhv ~/work/triage-map.png --kind "process map"
    ksbtui evidence check
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_, as_json=as_json)


def _about(command: Any) -> Any:
    for option in (
        click.option("--note", metavar="TEXT", default=None, help="A note on what it shows."),
        click.option(
            "--title", metavar="TEXT", default=None, help="A title. The default is the file's name."
        ),
        click.option(
            "--kind",
            metavar="KIND",
            default=None,
            help="Kind of evidence, such as a process map.",
            shell_complete=complete_kinds,
        ),
    ):
        command = option(command)
    return command


@evidence.command()
@click.argument("id", shell_complete=complete_ids)
@click.argument("target", metavar="PATH|URL", type=click.Path())
@_about
@click.option("--copy", is_flag=True, help="Also keep a copy in the journal's own folder.")
@click.option("--private", is_flag=True, help="Keep it out of calls, shares and exports.")
@json_option
@with_journal
def add(journal: Journal, id: str, target: str, as_json: bool, **about: Any) -> None:
    r"""Attach a file or link to the entry ID.

    \b
    ksbtui evidence add 3yhv report.pdf --kind impact --note "Hours saved in May"
    ksbtui evidence add 3yhv https://example.org/board --title "Kanban board"
    """
    given = {name: value for name, value in about.items() if value is not None}
    saved = journal.evidence.add(id, target, **given)
    if as_json:
        print_json(journal.entry_json.of(saved.entry))
        return
    item = saved.entry.evidence[-1]
    click.echo(f"Attached {item.id}  {item.kind}  {cut(item.title, 60)}")


@evidence.command("list")
@click.argument("id", required=False, default="", shell_complete=complete_ids)
@json_option
@with_journal
def list_(journal: Journal, id: str, as_json: bool) -> None:
    """List all evidence, or that of the entry ID."""
    found = journal.evidence.all(id)
    if as_json:
        print_json({"evidence": [held.as_json() for held in found], "total": len(found)})
        return
    if not found:
        say("You have no evidence yet. Attach some with: ksbtui evidence add ID PATH")
    print_rows(
        (
            held.item.id,
            held.entry.id,
            held.entry.day.isoformat(),
            cut(held.item.kind, 20),
            cut(held.item.title, 40),
            cut(held.item.target, 80),
        )
        for held in found
    )


@evidence.command()
@click.argument("id", required=False, default="", shell_complete=complete_ids)
@json_option
@with_journal
def check(journal: Journal, id: str, as_json: bool) -> None:
    """Check which files are missing, moved or changed since you attached them."""
    found = journal.evidence.check(id)
    if as_json:
        checked = [
            {**item.held.as_json(), "state": item.state, "found": item.found} for item in found
        ]
        states = ("missing", "moved", "changed")
        counts = {state: sum(item.state == state for item in found) for state in states}
        print_json({"checked": checked, **counts})
        return
    wrong = [item for item in found if not item.well]
    print_rows((item.held.item.id, cut(item.held.item.title, 40), item.said) for item in wrong)
    say(f"{len(found)} checked; {len(found) - len(wrong)} unchanged or links.")
    if wrong:
        say("To correct a path: ksbtui evidence edit EVIDENCE-ID --path PATH")


@evidence.command("open")
@click.argument("id", metavar="EVIDENCE-ID", shell_complete=complete_evidence)
@with_journal
def open_(journal: Journal, id: str) -> None:
    """Open evidence in the system's own viewer."""
    click.echo(f"Opened {cut(journal.evidence.open(id), 200)}")


@evidence.command()
@click.argument("id", metavar="EVIDENCE-ID", shell_complete=complete_evidence)
@_about
@click.option("--path", metavar="PATH|URL", help="The new path or link. The file is read again.")
@click.option(
    "--private/--public", default=None, help="Keep it out of calls and exports, or allow it."
)
@with_journal
def edit(journal: Journal, id: str, path: str | None, **fields: Any) -> None:
    """Change the details of evidence, or where it is."""
    given = {name: value for name, value in fields.items() if value is not None}
    if path is not None:
        journal.evidence.point(id, path)
    if given:
        journal.evidence.change(id, **given)
    item = journal.evidence.get(id).item
    click.echo(f"Saved {item.id}  {item.kind}  {cut(item.title, 60)}")


@evidence.command()
@click.argument("id", metavar="EVIDENCE-ID", shell_complete=complete_evidence)
@with_journal
def remove(journal: Journal, id: str) -> None:
    """Remove evidence from its entry. The file itself is not deleted."""
    held = journal.evidence.get(id)
    journal.evidence.remove(held.item.id)
    click.echo(f"Removed {held.item.id}  {cut(held.item.title, 60)}")
    say("The file itself was not deleted. To attach it again: ksbtui undo")

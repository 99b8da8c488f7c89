"""``evidence``: attach, list, check, open, change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import (
    complete_evidence,
    complete_ids,
    complete_kinds,
    group_showing,
    options,
    reporting,
    with_journal,
)
from ksbtui.cli.output import cut, print_json, print_rows, say

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


@group_showing("list")
def evidence() -> None:
    r"""Files and links that show what you did. Files stay where they are.

    \b
    ksbtui evidence                                 all of it
    ksbtui evidence add 3yhv ~/work/triage-map.png --kind "process map"
    ksbtui evidence check
    """


_about = options(
    click.option(
        "--kind",
        metavar="KIND",
        help="Kind of evidence, such as a process map.",
        shell_complete=complete_kinds,
    ),
    click.option("--title", metavar="TEXT", help="A title. The default is the file's name."),
    click.option("--note", metavar="TEXT", help="A note on what it shows."),
)


@evidence.command()
@click.argument("id", shell_complete=complete_ids)
@click.argument("target", metavar="PATH|URL", type=click.Path())
@_about
@click.option("--copy", is_flag=True, help="Also keep a copy in the journal's own folder.")
@click.option("--private", is_flag=True, help="Keep it out of calls, shares and exports.")
@reporting
def add(journal: Journal, id: str, target: str, as_json: bool, **about: Any) -> None:
    r"""Attach a file or link to the entry ID.

    \b
    ksbtui evidence add 3yhv report.pdf --kind impact --note "Hours saved in May"
    ksbtui evidence add 3yhv https://example.org/board --title "Kanban board"
    """
    details = {name: value for name, value in about.items() if value is not None}
    saved = journal.evidence.add(id, target, **details)
    if as_json:
        print_json(journal.entry_json.of(saved.entry))
    else:
        item = saved.entry.evidence[-1]
        click.echo(f"Attached {item.id}  {item.kind}  {cut(item.title, 60)}")


@evidence.command("list")
@click.argument("id", required=False, default="", shell_complete=complete_ids)
@reporting
def list_(journal: Journal, id: str, as_json: bool) -> None:
    """List all evidence, or that of the entry ID."""
    artefacts = journal.evidence.all(id)
    if as_json:
        print_json({"evidence": [a.as_json() for a in artefacts], "total": len(artefacts)})
        return
    if not artefacts:
        say("You have no evidence yet. Attach some with: ksbtui evidence add ID PATH")
    print_rows(
        (
            item.id,
            entry.id,
            entry.day.isoformat(),
            *map(cut, (item.kind, item.title, item.target), (20, 40, 80)),
        )
        for item, entry in ((artefact.item, artefact.entry) for artefact in artefacts)
    )


@evidence.command()
@click.argument("id", required=False, default="", shell_complete=complete_ids)
@reporting
def check(journal: Journal, id: str, as_json: bool) -> None:
    """Check which files are missing, moved or changed since you attached them."""
    checks = journal.evidence.check(id)
    if as_json:
        checked = [
            {**check.attachment.as_json(), "state": check.state, "found": check.moved_to}
            for check in checks
        ]
        states = ("missing", "moved", "changed")
        counts = {state: sum(check.state == state for check in checks) for state in states}
        print_json({"checked": checked, **counts})
        return
    wrong = [check for check in checks if not check.well]
    print_rows((c.attachment.item.id, cut(c.attachment.item.title, 40), c.text) for c in wrong)
    say(f"{len(checks)} checked; {len(checks) - len(wrong)} unchanged or links.")
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
    details = {name: value for name, value in fields.items() if value is not None}
    if path is not None:
        journal.evidence.point(id, path)
    if details:
        journal.evidence.change(id, **details)
    item = journal.evidence.get(id).item
    click.echo(f"Saved {item.id}  {item.kind}  {cut(item.title, 60)}")


@evidence.command()
@click.argument("id", metavar="EVIDENCE-ID", shell_complete=complete_evidence)
@with_journal
def remove(journal: Journal, id: str) -> None:
    """Remove evidence from its entry. The file itself is not deleted."""
    item = journal.evidence.get(id).item
    journal.evidence.remove(item.id)
    click.echo(f"Removed {item.id}  {cut(item.title, 60)}")
    say("The file itself was not deleted. To attach it again: ksbtui undo")

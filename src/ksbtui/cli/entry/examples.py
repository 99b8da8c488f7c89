"""``examples``: packs of tagged texts that suggestions learn from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import json_option, with_journal
from ksbtui.cli.output import cut, print_json, print_rows, say
from ksbtui.cli.personal import ask_about, redact_option
from ksbtui.cli.typed import complete_ids
from ksbtui.core.text.text import number_of
from ksbtui.errors import Conflict

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


@click.group()
def examples() -> None:
    r"""Packs of texts with the KSBs their authors chose: suggestions learn from them.

    \b
    ksbtui examples export mine.json 3yhv 8k2d       entries you name, for somebody else
    ksbtui examples add mine.json                    a pack that somebody gave you
    ksbtui examples list
    ksbtui examples remove mine
    ksbtui handover open amira.ksb examples export amira.json --verified

    A pack holds titles, notes and what was learned, with codes; no days and no names of
    entries' authors. It is a file that you move yourself, and nothing in it is ever tagged.
    """


@examples.command("export")
@click.argument("pack")
@click.argument("ids", nargs=-1, shell_complete=complete_ids)
@click.option("--verified", is_flag=True, help="Every verified entry that is not private.")
@redact_option
@json_option
@with_journal
def export_(
    journal: Journal,
    pack: str,
    ids: tuple[str, ...],
    verified: bool,
    redact: bool | None,
    as_json: bool,
) -> None:
    """Write a pack of the entries you name, after a check for personal data."""
    from ksbtui.exports.saving import save_new
    from ksbtui.journal.progress.examples import to_bytes

    path = Path(pack).expanduser()
    if path.exists():
        raise Conflict(f"{path} is there already; nothing was written.", "Name another file.")
    made = journal.examples.export(ids, verified)
    findings = journal.examples.findings(made)
    if findings and ask_about(findings, redact, "pack"):
        made = journal.examples.redacted(made)
    save_new(path, to_bytes(made).decode())
    if as_json:
        print_json({"path": str(path), "standard": made.standard, "examples": len(made.examples)})
        return
    say(f"The pack holds {number_of(len(made.examples), 'example')} for {made.standard}.")
    click.echo(str(path))


@examples.command()
@click.argument("pack")
@click.option("--name", metavar="NAME", help="What to keep it as; the file's name by default.")
@json_option
@with_journal
def add(journal: Journal, pack: str, name: str | None, as_json: bool) -> None:
    """Keep a pack that somebody gave you, and suggest from it."""
    from ksbtui.imports.safety import read_bytes

    path = Path(pack).expanduser()
    added = journal.examples.add(read_bytes(path), name or path.stem)
    if as_json:
        print_json(
            {
                "name": added.name,
                "path": str(added.path),
                "examples": added.examples,
                "other_codes": list(added.other_codes),
            }
        )
        return
    say(f"{added.name}: {number_of(added.examples, 'example')} to suggest from.")
    if added.other_codes:
        codes = ", ".join(added.other_codes)
        say(f"Left out, because they say something else in your standard: {codes}")
    say(f"Kept in {added.path}; remove it with: ksbtui examples remove {added.name}")


@examples.command("list")
@json_option
@with_journal
def list_(journal: Journal, as_json: bool) -> None:
    """List the packs kept here."""
    kept = journal.examples.kept()
    if as_json:
        print_json({"packs": kept})
        return
    print_rows(
        (one.name, one.standard, number_of(one.examples, "example"), cut(one.problem, 60))
        for one in kept
    )
    if not kept:
        say("There is no pack. Ask your tutor or another learner for one: ksbtui examples add PACK")


@examples.command()
@click.argument("name")
@with_journal
def remove(journal: Journal, name: str) -> None:
    """Remove a pack; suggestions forget it."""
    path = journal.examples.remove(name)
    say(f"Removed {path}.")

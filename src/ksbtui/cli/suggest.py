"""``suggest``: KSBs that a text speaks of."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import json_option, with_journal
from ksbtui.cli.output import cut, print_json, say
from ksbtui.cli.typed import complete_ids, read_id_count
from ksbtui.core.text import clean

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


@click.command()
@click.argument("text", required=False, metavar="[TEXT|-]")
@click.option("-n", "--limit", metavar="N", default="5", show_default=True)
@click.option("--only", metavar="gaps|module", default="all", help="Your gaps, or this module.")
@click.option(
    "--entry", "entry_id", metavar="ID", help="Suggest for an entry.", shell_complete=complete_ids
)
@json_option
@with_journal
def suggest(
    journal: Journal, text: str | None, limit: str, only: str, entry_id: str | None, as_json: bool
) -> None:
    r"""Suggest KSBs for a text, with your own words that led there; nothing is tagged.

    \b
    ksbtui suggest "I drew the process map with two agents and found the retyping"
    ksbtui suggest --entry 3yhv --only gaps
    pbpaste | ksbtui suggest -
    """
    number = read_id_count(limit)
    if entry_id is not None:
        from ksbtui.journal.suggesting import text_of

        entry = journal.entries.get(entry_id)
        text, entry_id = text_of(entry.title, entry.notes, entry.learned), entry.id
    elif text in (None, "-"):
        text = sys.stdin.read()
    found = journal.suggesting.suggest(clean(text or ""), number, only, entry_id or "")
    if as_json:
        print_json(journal.suggesting.as_json(found))
        return
    statements = {ksb.code: ksb for ksb in journal.enrolled.standard.ksbs}
    for one in found:
        click.echo(f"{one.code:<4} {one.band:<7} {cut(statements[one.code].text, 88)}")
        if one.phrases:
            quoted = ", ".join(f"“{cut(phrase, 40)}”" for phrase in one.phrases)
            click.echo(f"     {quoted} in: {cut(one.sentence.strip(), 120)}")
        if one.like:
            click.echo(f"     like your entry {one.like}")
    if not found:
        say("No clear match. Say what you used, made or decided, and try again.")
    elif entry_id:
        say(f"Take what fits: ksbtui edit {entry_id} -k CODES")

"""``suggest``: KSBs that a text speaks of."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import json_option, with_journal
from ksbtui.cli.output import cut, print_json, say
from ksbtui.cli.typed import complete_ids, read_id_count
from ksbtui.core.days import full_day
from ksbtui.core.text.text import clean

if TYPE_CHECKING:
    from ksbtui.core.coverage.suggestions import Suggestion
    from ksbtui.journal.journal import Journal


@click.command()
@click.argument("text", required=False, metavar="[TEXT|-]")
@click.option(
    "-n", "--limit", metavar="N", default="5", show_default=True, help="At most N suggestions."
)
@click.option("--only", metavar="gaps|module", default="all", help="Your gaps, or this module.")
@click.option(
    "--entry", "entry_id", metavar="ID", help="Suggest for an entry.", shell_complete=complete_ids
)
@click.option("--model", metavar="FOLDER|PACKAGE|none", help="Use a sentence model from now on.")
@json_option
@with_journal
def suggest(
    journal: Journal,
    text: str | None,
    limit: str,
    only: str,
    entry_id: str | None,
    model: str | None,
    as_json: bool,
) -> None:
    r"""Suggest KSBs for a text, with your own words that led there; nothing is tagged.

    \b
    ksbtui suggest "I drew the process map with two agents and found the retyping"
    ksbtui suggest --entry 3yhv --only gaps
    pbpaste | ksbtui suggest -
    ksbtui suggest --model ~/minilm          a model you have: .onnx and vocabulary; none: off
    """
    if model is not None:
        _use_model(model)
        if text is None and entry_id is None:
            return
    number = read_id_count(limit)
    if entry_id is not None:
        from ksbtui.journal.progress.suggestions import text_of

        entry = journal.entries.get(entry_id)
        text, entry_id = text_of(entry.title, entry.notes, entry.learned), entry.id
    elif text is None or text == "-":
        text = sys.stdin.read()
    found = journal.suggesting.suggest(clean(text or ""), number, only, entry_id or "")
    if journal.suggesting.problem:
        say(journal.suggesting.problem)
    if as_json:
        print_json(journal.suggesting.as_json(found))
        return
    from ksbtui.core.coverage.suggestions import split

    skills, behaviours = split(found)
    _print(journal, skills)
    if behaviours:
        click.echo("Behaviours to consider")
        _print(journal, behaviours)
    if not found:
        say("No clear match. Say what you used, made or decided, and try again.")
    elif entry_id:
        say(f"Take what fits: ksbtui edit {entry_id} -k CODES")


def _use_model(name: str) -> None:
    """Try a sentence model and keep the choice; ``none`` turns it off."""
    from pathlib import Path

    from ksbtui.store.meaning import choose_model

    if name == "none":
        choose_model("")
        say("No sentence model is used.")
        return
    from ksbtui.store.meaning.model import load_model

    folder = Path(name).expanduser()
    name = str(folder.absolute()) if folder.is_dir() else name
    load_model(name)
    choose_model(name)
    say(f"Suggestions use the sentence model {name} from now on; --model none turns it off.")


def _print(journal: Journal, suggestions: Iterable[Suggestion]) -> None:
    """Print each with its band, statement and reason: the learner's words, or an entry alike."""
    from ksbtui.presentation.entries import like_text

    texts = {ksb.code: ksb.text for ksb in journal.enrolled.standard.ksbs}
    for one in suggestions:
        click.echo(f"{one.code:<4} {one.band:<7} {cut(texts[one.code], 88)}")
        if one.phrases:
            quoted = ", ".join(f'"{cut(phrase, 40)}"' for phrase in one.phrases)
            click.echo(f"     {quoted} in: {cut(one.sentence.strip(), 120)}")
        if one.like:
            click.echo(f"     {cut(like_text(one, journal.entries, full_day, title=True), 120)}")

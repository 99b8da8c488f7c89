"""``suggest``: KSBs that a text speaks of; ``examples``: tagged texts that it learns from."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import complete_ids, read_count, reporting, with_journal
from ksbtui.cli.exchange.export import ask_about, redact_option
from ksbtui.cli.output import cut, print_json, print_result, print_rows, say
from ksbtui.core.coverage.suggestions import split
from ksbtui.core.days import full_day
from ksbtui.core.text.text import clean, number_of
from ksbtui.errors import Conflict
from ksbtui.exports.making import save_new
from ksbtui.imports.source import read_bytes
from ksbtui.journal.progress.examples import to_bytes
from ksbtui.journal.progress.suggestions import text_of
from ksbtui.presentation.entries import like_text
from ksbtui.store.meaning import choose_model

if TYPE_CHECKING:
    from ksbtui.core.coverage.suggestions import Suggestion
    from ksbtui.journal.journal import Journal


@click.command()
@click.argument("text", required=False, metavar="[TEXT|-]")
@click.option(
    "-n", "--limit", metavar="N", default="5", show_default=True, help="Show at most N suggestions."
)
@click.option(
    "--only",
    metavar="gaps|module",
    default="all",
    help="Suggest only from your gaps, or only from this module.",
)
@click.option(
    "--entry",
    "entry_id",
    metavar="ID",
    help="Suggest for the text of this entry.",
    shell_complete=complete_ids,
)
@click.option("--model", metavar="FOLDER|PACKAGE|none", help="Use a sentence model from now on.")
@reporting
def suggest(
    journal: Journal,
    text: str | None,
    limit: str,
    only: str,
    entry_id: str | None,
    model: str | None,
    as_json: bool,
) -> None:
    r"""Suggest KSBs for a text, with the words they come from. Nothing is tagged.

    \b
    ksbtui suggest "I drew the process map with two agents and found the retyping"
    ksbtui suggest --entry 3yhv --only gaps
    pbpaste | ksbtui suggest -
    ksbtui suggest --model ~/minilm          use a sentence model you have; none turns it off
    """
    if model is not None:
        _use_model(model)
        if text is None and entry_id is None:
            return
    number = read_count(limit)
    if entry_id is not None:
        entry = journal.entries.get(entry_id)
        text, entry_id = text_of(entry.title, entry.notes, entry.learned), entry.id
    elif text is None or text == "-":
        text = sys.stdin.read()
    suggestions = journal.suggesting.suggest(clean(text or ""), number, only, entry_id or "")
    if journal.suggesting.problem:
        say(journal.suggesting.problem)
    if as_json:
        print_json(journal.suggesting.as_json(suggestions))
        return
    skills, behaviours = split(suggestions)
    _print(journal, skills)
    if behaviours:
        click.echo("Behaviours to consider")
        _print(journal, behaviours)
    if not suggestions:
        say("No clear match. Write what you used, made or decided, then try again.")
    elif entry_id:
        say(f"To add those that fit: ksbtui edit {entry_id} -k CODES")


def _use_model(name: str) -> None:
    """Try a sentence model and keep the choice; ``none`` turns it off."""
    if name == "none":
        choose_model("")
        say("ksbtui no longer uses a sentence model.")
        return
    # deferred: numpy and onnxruntime, for those who chose a model
    from ksbtui.store.meaning import load_model

    folder = Path(name).expanduser()
    name = str(folder.absolute()) if folder.is_dir() else name
    load_model(name)
    choose_model(name)
    say(f"Suggestions now use the sentence model {name}. To turn it off: --model none")


def _print(journal: Journal, suggestions: Iterable[Suggestion]) -> None:
    """Print each with its band, statement and reason: the learner's words, or an entry alike."""
    texts = {ksb.code: ksb.text for ksb in journal.enrolled.standard.ksbs}
    for ksb in suggestions:
        click.echo(f"{ksb.code:<4} {ksb.band:<7} {cut(texts[ksb.code], 88)}")
        if ksb.phrases:
            quoted = ", ".join(f'"{cut(phrase, 40)}"' for phrase in ksb.phrases)
            click.echo(f"     {quoted} in: {cut(ksb.sentence.strip(), 120)}")
        if ksb.like:
            click.echo(f"     {cut(like_text(ksb, journal.entries, full_day, title=True), 120)}")


@click.group()
def examples() -> None:
    r"""Packs of texts with the KSBs their authors chose. KSB suggestions learn from them.

    \b
    ksbtui examples export mine.json 3yhv 8k2d       entries you choose, for somebody else
    ksbtui examples add mine.json                    a pack from somebody else
    ksbtui examples list
    ksbtui examples remove mine
    ksbtui handover open amira.ksb examples export amira.json --verified

    A pack contains titles, notes, what was learned and KSB codes. It has no days and no authors'
    names. You share the file yourself. ksbtui never tags anything by itself.
    """


@examples.command("export")
@click.argument("pack")
@click.argument("ids", nargs=-1, shell_complete=complete_ids)
@click.option("--verified", is_flag=True, help="Use every verified entry that is not private.")
@redact_option
@reporting
def export_(
    journal: Journal,
    pack: str,
    ids: tuple[str, ...],
    verified: bool,
    redact: bool | None,
    as_json: bool,
) -> None:
    """Write a pack from the entries you choose, after a check for personal data."""
    path = Path(pack).expanduser()
    if path.exists():
        raise Conflict(f"{path} already exists. Nothing was written.", "Choose another file name.")
    contents = journal.examples.export(ids, verified)
    findings = journal.examples.findings(contents)
    if findings and ask_about(findings, redact, "pack"):
        contents = journal.examples.redacted(contents)
    save_new(path, to_bytes(contents).decode())
    standard, total = contents.standard, len(contents.examples)
    if not as_json:
        say(f"The pack contains {number_of(total, 'example')} for {standard}.")
    document = {"path": str(path), "standard": standard, "examples": total}
    print_result(document, str(path), as_json)


@examples.command()
@click.argument("pack")
@click.option("--name", metavar="NAME", help="A name for the pack. The default is the file's name.")
@reporting
def add(journal: Journal, pack: str, name: str | None, as_json: bool) -> None:
    """Keep a pack from somebody else, and suggest from it."""
    path = Path(pack).expanduser()
    added = journal.examples.add(read_bytes(path), name or path.stem)
    if as_json:
        pack_json = {"name": added.name, "path": str(added.path), "examples": added.examples}
        print_json(pack_json | {"other_codes": added.other_codes})
        return
    say(f"{added.name}: {number_of(added.examples, 'example')} to suggest from.")
    if added.other_codes:
        codes = ", ".join(added.other_codes)
        say(f"Left out, because these codes mean something else in your standard: {codes}")
    say(f"Saved in {added.path}. To remove it: ksbtui examples remove {added.name}")


@examples.command("list")
@reporting
def list_(journal: Journal, as_json: bool) -> None:
    """List the packs you have added."""
    packs = journal.examples.kept()
    if as_json:
        print_json({"packs": packs})
        return
    print_rows(
        (pack.name, pack.standard, number_of(pack.examples, "example"), cut(pack.problem, 60))
        for pack in packs
    )
    if not packs:
        say(
            "You have no packs. If you get one from your tutor or another learner: "
            "ksbtui examples add PACK"
        )


@examples.command()
@click.argument("name")
@with_journal
def remove(journal: Journal, name: str) -> None:
    """Remove a pack. Suggestions no longer use it."""
    path = journal.examples.remove(name)
    say(f"Removed {path}.")

"""``import`` of feedback, and ``conflicts``: what you and somebody else wrote of the same thing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import group_showing, reporting, with_journal
from ksbtui.cli.exchange.handover import ask_passphrase
from ksbtui.cli.output import cut, print_json, say
from ksbtui.core.days import full_day
from ksbtui.errors import NotFound, Unreadable
from ksbtui.journal.exchange.handover import HANDOVER, data_format, read_data, read_feedback
from ksbtui.presentation.exchange import note_text, taken_text, value_text

if TYPE_CHECKING:
    from ksbtui.journal.exchange.feedback import Taken
    from ksbtui.journal.exchange.merge import Double
    from ksbtui.journal.journal import Journal


def take_feedback(journal: Journal, files: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Bring feedback files in, each as one change; the first that is refused ends it."""
    read = []
    for file in files:
        path = Path(file).expanduser()
        data = read_data(path, ask_passphrase)
        if data_format(data) == HANDOVER:
            raise Unreadable(
                f"{path.name} is a shared journal, not feedback.",
                f"Open it with: ksbtui handover open {path.name}",
            )
        read.append(read_feedback(data, path.name))
    outcomes = [journal.feedback.take(feedback, dry_run) for feedback in read]
    if as_json:
        print_json(_as_json(outcomes))
        return
    for taken in outcomes:
        _print(taken)
    if dry_run:
        say("Nothing was written.")


def _as_json(outcomes: list[Taken]) -> dict[str, object]:
    notes = [note for taken in outcomes for note in taken.notes]
    reasons = [(note.what == "skipped", {"row": note.id, "reason": note.why}) for note in notes]
    return {
        "added": sum(taken.added for taken in outcomes),
        "changed": sum(taken.changed for taken in outcomes),
        "unchanged": sum(taken.unchanged for taken in outcomes),
        "missing": 0,
        "minutes": 0,
        "skipped": [reason for skipped, reason in reasons if skipped],
        "warnings": [reason for skipped, reason in reasons if not skipped and reason["reason"]],
        "senders": [taken.sender for taken in outcomes],
        "lines": notes,
    }


def _print(taken: Taken) -> None:
    click.echo(taken_text(taken))
    say(*(f"  {cut(note_text(note), 110)}" for note in taken.notes))
    if taken.added or taken.changed:
        say("To undo: ksbtui undo")
    if any(note.what == "kept" and "both texts" in note.why for note in taken.notes):
        say("To choose which text to keep: ksbtui conflicts")


@group_showing("list")
def conflicts() -> None:
    r"""Show texts that differ on two devices, and choose which to keep.

    When you change the same text on two devices, ksbtui keeps both. The entry shows one;
    the others are listed here.

    \b
    ksbtui conflicts
    ksbtui conflicts keep 1 --version 2
    ksbtui conflicts keep 1 --text "Both, in one"
    ksbtui conflicts keep 1 --join
    """


@conflicts.command("list", hidden=True)
@reporting
def list_(journal: Journal, as_json: bool) -> None:
    """List them, and entries that were purged elsewhere."""
    doubles, wishes = journal.merges.doubles(), journal.merges.wishes()
    if as_json:
        rows = [{"number": n, **_json(double)} for n, double in enumerate(doubles, 1)]
        print_json({"conflicts": rows, "purged_elsewhere": [entry.id for entry in wishes]})
        return
    for number, double in enumerate(doubles, 1):
        when = f", {full_day(double.day)}" if double.day else ""
        click.echo(f"{number}. {cut(double.title, 60)}{when} ({double.thing}): {double.path}")
        for version, value in enumerate(double.values, 1):
            click.echo(f"   {version}{' (shown)' if version == 1 else ''}: {_line(value)}")
    if doubles:
        way = "ksbtui conflicts keep NUMBER --version N"
        say(f"These texts differ on two devices. To choose one: {way}")
    else:
        say("No texts differ on two devices.")
    for entry in wishes:
        title = "(private)" if entry.private else entry.title
        say(f"Purged on your other device but still here: {entry.id}  {cut(title, 60)}")
    if wishes:
        say("To remove one here as well: ksbtui purge ID")


@conflicts.command()
@click.argument("number")
@click.option("--version", "version", metavar="N", help="The number of the version to keep.")
@click.option("--text", metavar="TEXT", help="Keep this new text instead.")
@click.option("--join", is_flag=True, help="Keep all texts, one after the other.")
@with_journal
def keep(journal: Journal, number: str, version: str | None, text: str | None, join: bool) -> None:
    """Choose the version of a text to keep. You can undo it."""
    if (version is not None) + (text is not None) + join != 1:
        raise Unreadable("Choose one thing to keep.", "Use --version N, --text TEXT or --join.")
    double = _numbered(journal.merges.doubles(), number, "conflict")
    if join:
        if not all(isinstance(value, str) for value in double.values):
            raise Unreadable("--join only works for texts.", "Use --version N.")
        value: Any = ("; " if double.path == "title" else "\n\n").join(filter(None, double.values))
    elif text is not None:
        if not isinstance(double.shown, str):
            raise Unreadable(f"{double.path} is not a text.", "Use --version N.")
        value = text
    else:
        value = _numbered(double.values, version or "", "version")
    journal.merges.keep(double.id, value)
    click.echo(f"Saved for {cut(double.title, 60)}, {double.path}: {_line(value)}")


def _numbered(items: Any, number: str, what: str) -> Any:
    if not number.isdecimal() or not 1 <= int(number) <= len(items):
        raise NotFound(f"There is no {what} {cut(number, 20)}.", "To see them: ksbtui conflicts")
    return items[int(number) - 1]


def _json(double: Double) -> dict[str, Any]:
    head = {"id": double.thing, "kind": double.kind, "field": double.path}
    versions = {"shown": double.shown, "others": double.others}
    return {**head, "title": double.title, "day": double.day, **versions}


def _line(value: Any) -> str:
    return cut(" ".join(value_text(value).split()), 90)

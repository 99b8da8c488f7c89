"""``import`` of feedback, and ``conflicts``: what you and somebody else wrote of the same thing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import json_option, reporting, with_journal
from ksbtui.cli.output import cut, print_json, say
from ksbtui.core.codec import encode_fields
from ksbtui.core.days import full_day
from ksbtui.errors import NotFound, Unreadable

if TYPE_CHECKING:
    from ksbtui.journal.exchange.feedback import Taken
    from ksbtui.journal.exchange.merge import Double
    from ksbtui.journal.journal import Journal


def take_feedback(journal: Journal, files: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Bring feedback files in, each as one change; the first that is refused ends it."""
    from ksbtui.cli.exchange.handover import ask_passphrase
    from ksbtui.journal.exchange.handover import HANDOVER, data_format, read_data, read_feedback

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
    taken = [journal.feedback.take(one, dry_run) for one in read]
    if as_json:
        print_json(_as_json(taken))
        return
    for one in taken:
        _print(one)
    if dry_run:
        say("Nothing was written.")


def _as_json(taken: list[Taken]) -> dict[str, object]:
    notes = [encode_fields(note) for one in taken for note in one.notes]
    return {
        "added": sum(one.added for one in taken),
        "changed": sum(one.changed for one in taken),
        "unchanged": sum(one.unchanged for one in taken),
        "missing": 0,
        "minutes": 0,
        "skipped": [
            {"row": note["id"], "reason": note["why"]}
            for note in notes
            if note["what"] == "skipped"
        ],
        "warnings": [
            {"row": note["id"], "reason": note["why"]}
            for note in notes
            if note["what"] != "skipped" and note["why"]
        ],
        "senders": [one.sender for one in taken],
        "lines": notes,
    }


def _print(taken: Taken) -> None:
    from ksbtui.presentation.exchange import note_text, taken_text

    click.echo(taken_text(taken))
    for note in taken.notes:
        say(f"  {cut(note_text(note), 110)}")
    if taken.added or taken.changed:
        say("To undo: ksbtui undo")
    if any(note.what == "kept" and "both texts" in note.why for note in taken.notes):
        say("To choose which text to keep: ksbtui conflicts")


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def conflicts(ctx: click.Context, as_json: bool) -> None:
    r"""Show texts that differ on two devices, and choose which to keep.

    When you change the same text on two devices, ksbtui keeps both. The entry shows one;
    the others are listed here.

    \b
    ksbtui conflicts
    ksbtui conflicts keep 1 --version 2
    ksbtui conflicts keep 1 --text "Both, in one"
    ksbtui conflicts keep 1 --join
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(_list, as_json=as_json)


@click.command()
@reporting
def _list(journal: Journal, as_json: bool) -> None:
    found, wishes = journal.merges.doubles(), journal.merges.wishes()
    if as_json:
        rows = [{"number": n, **_json(one)} for n, one in enumerate(found, 1)]
        print_json({"conflicts": rows, "purged_elsewhere": [entry.id for entry in wishes]})
        return
    for number, one in enumerate(found, 1):
        when = f", {full_day(one.day)}" if one.day else ""
        click.echo(f"{number}. {cut(one.title, 60)}{when} ({one.thing}): {one.path}")
        for version, value in enumerate(one.values, 1):
            click.echo(f"   {version}{' (shown)' if version == 1 else ''}: {_line(value)}")
    if found:
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
    one = _numbered(journal.merges.doubles(), number, "conflict")
    if join:
        if not all(isinstance(value, str) for value in one.values):
            raise Unreadable("--join only works for texts.", "Use --version N.")
        value: Any = ("; " if one.path == "title" else "\n\n").join(filter(None, one.values))
    elif text is not None:
        if not isinstance(one.shown, str):
            raise Unreadable(f"{one.path} is not a text.", "Use --version N.")
        value = text
    else:
        value = _numbered(one.values, version or "", "version")
    journal.merges.keep(one.id, value)
    click.echo(f"Saved for {cut(one.title, 60)}, {one.path}: {_line(value)}")


def _numbered(found: Any, number: str, what: str) -> Any:
    if not number.isdecimal() or not 1 <= int(number) <= len(found):
        raise NotFound(f"There is no {what} {cut(number, 20)}.", "To see them: ksbtui conflicts")
    return found[int(number) - 1]


def _json(one: Double) -> dict[str, Any]:
    return {
        "id": one.thing,
        "kind": one.kind,
        "field": one.path,
        "title": one.title,
        "day": one.day,
        "shown": one.shown,
        "others": list(one.others),
    }


def _line(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("title") or "; ".join(str(item) for item in value.values())
    elif isinstance(value, list):
        value = " ".join(map(str, value))
    return cut(" ".join(str("nothing" if value in (None, "") else value).split()), 90)

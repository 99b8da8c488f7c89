"""``submit``, and ``show --copy``: the way into the provider's e-portfolio."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import json_option, with_journal
from ksbtui.cli.output import cut, print_json, raw_stderr, say
from ksbtui.cli.typed import complete_ids, read_day
from ksbtui.core.days import full_day
from ksbtui.core.entry.entries import Entry

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...", shell_complete=complete_ids)
@click.option("--since", metavar="DAY", help="Every counting entry from that day on.")
@click.option("--not", "not_copied", is_flag=True, help="Take the mark off again.")
@json_option
@with_journal
def submit(
    journal: Journal, ids: tuple[str, ...], since: str | None, not_copied: bool, as_json: bool
) -> None:
    r"""Mark entries as copied into your provider's e-portfolio; undo takes it back.

    \b
    ksbtui submit 3yhv 8kd2
    ksbtui submit --since 1/9
    ksbtui list --search submitted:no      what is not there yet
    """
    if not ids and since is None:
        raise click.MissingParameter(param_type="argument", param_hint="ID or --since")
    day = read_day(since, journal) if since else None
    changed: list[Entry] = []
    if ids:
        changed += journal.portfolio.submit(ids, copied=not not_copied)
    else:
        changed += journal.portfolio.submit(since=day, copied=not not_copied)
    if as_json:
        print_json({"entries": journal.entry_json.of_all(changed), "total": len(changed)})
        return
    for entry in changed:
        click.echo(f"{entry.id}  {full_day(entry.day)}  {cut(entry.title, 60)}")
    what = "not in" if not_copied else "in"
    say(f"{len(changed)} marked as {what} your e-portfolio; ksbtui undo takes it back.")


def copy_entry(journal: Journal, entry: Entry, form_id: str, as_json: bool) -> None:
    """Print an entry as a form asks for it, and put it on the terminal's clipboard if there is one.

    A form named becomes the usual one.
    """
    from ksbtui.core.entry.forms import form_text

    form = journal.portfolio.choose(form_id) if form_id else journal.portfolio.form()
    boxes = journal.portfolio.boxes(entry, form)
    if as_json:
        fields: list[Any] = [{"label": box.label, "text": box.text} for box in boxes]
        print_json({"form": form.id, "entry": entry.id, "fields": fields})
        return
    text = form_text(boxes)
    click.echo(text, nl=False)
    if to_clipboard(text):
        say(f"Copied for {form.name}. Pasted it? Then: ksbtui submit {entry.id}")
    else:
        say(f"For {form.name}. Pasted it? Then: ksbtui submit {entry.id}")


def to_clipboard(text: str) -> bool:
    """Hand a text to the terminal's clipboard (OSC 52); False where stderr is no terminal."""
    if not sys.stderr.isatty():
        return False
    from base64 import b64encode

    encoded = b64encode(text.encode("utf-8", "replace")).decode("ascii")
    terminal = raw_stderr()
    terminal.write(f"\x1b]52;c;{encoded}\x07")
    terminal.flush()
    return True

"""``coach verify``, ``question`` and ``answer``: what a tutor says of entries, and the replies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import read_day_if, read_text, reporting
from ksbtui.cli.output import cut, print_json, print_result
from ksbtui.core.coaching.changed import entry_json
from ksbtui.core.days import full_day

if TYPE_CHECKING:
    from ksbtui.core.entry.entries import Entry
    from ksbtui.journal.journal import Journal


@click.command()
@click.argument("ids", nargs=-1, required=True)
@click.option("--by", metavar="NAME", default="", help="The name of the person who verifies it.")
@click.option("--day", metavar="DAY", help="The day it was verified, if not today.")
@click.option("--comment", metavar="TEXT", default="", help="A comment to save with each entry.")
@click.option("--off", is_flag=True, help="Remove the verification.")
@reporting
def verify(
    journal: Journal,
    ids: tuple[str, ...],
    by: str,
    day: str,
    comment: str,
    off: bool,
    as_json: bool,
) -> None:
    r"""Record that somebody verified entries: who and when. It is not proof.

    If the day, time, type, codes or text of an entry change later, the mark is removed.

    \b
    ksbtui coach verify 3yhv 7kqp --by "Ruth Adeyemi" --comment "Saw the test record"
    """
    tutor, call = _under_way(journal)
    if off:
        entries = journal.verifying.unverify(ids)
    else:
        on = read_day_if(day, journal)
        entries = journal.verifying.verify(ids, by or tutor, on, comment, source=call)
    if as_json:
        print_json({"entries": [_entry_json(entry) for entry in entries]})
        return
    for entry in entries:
        title = "(private)" if entry.private else cut(entry.title, 60)
        mark = f"verified by {entry.verified.by}" if entry.verified else "no longer verified"
        click.echo(f"{entry.id}  {full_day(entry.day)}  {title}  {mark}")


@click.command()
@click.argument("id")
@click.option("--by", metavar="NAME", default="", help="The name of the person who asks.")
@click.option("--comment", metavar="TEXT", default="", help="The question.")
@reporting
def question(journal: Journal, id: str, by: str, comment: str, as_json: bool) -> None:
    r"""Ask a question about an entry. It stays open until it is answered.

    \b
    ksbtui coach question 3yhv --by "Ruth Adeyemi" --comment "How many cases were lost?"
    """
    tutor, call = _under_way(journal)
    asked = journal.verifying.question(id, by or tutor, comment, source=call)
    line = f"Question {asked.id} about {asked.entry}: {cut(asked.text, 80)}"
    print_result(asked.as_json(), line, as_json)


@click.command()
@click.argument("id")
@click.argument("text", default="")
@reporting
def answer(journal: Journal, id: str, text: str, as_json: bool) -> None:
    """Answer a question, by its id or its entry's id; - reads stdin."""
    answered = journal.verifying.answer(id, read_text(text))
    line = f"Answered {answered.id}: {cut(answered.text, 80)}"
    print_result(answered.as_json(), line, as_json)


def _entry_json(entry: Entry) -> dict[str, object]:
    hidden = {"title": "(private)", "evidence": []} if entry.private else {}
    return {**entry_json(entry), **hidden}


def _under_way(journal: Journal) -> tuple[str, str]:
    """The tutor and the id of the call under way, which need not be named again."""
    call = journal.calls.underway
    return (call.tutor, call.id) if call else ("", "")

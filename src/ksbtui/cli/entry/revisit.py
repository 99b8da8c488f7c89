"""``revisit``: an old reflection, and what you would do now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import complete_ids, json_option, read_text, with_journal
from ksbtui.cli.output import print_json, say
from ksbtui.core.days import full_day
from ksbtui.core.durations import parse_minutes
from ksbtui.core.entry.revisit import QUESTION, ago_text

if TYPE_CHECKING:
    from ksbtui.core.entry.entries import Entry
    from ksbtui.journal.journal import Journal


@click.command()
@click.argument("id", required=False, shell_complete=complete_ids)
@click.option("--learned", metavar="TEXT|-", help="What you would do now; - reads stdin.")
@click.option("-t", "--time", metavar="TIME", help="How long it took. The default is 15m.")
@json_option
@with_journal
def revisit(
    journal: Journal, id: str | None, learned: str | None, time: str | None, as_json: bool
) -> None:
    r"""Return to an old reflection, and write what you would do now.

    \b
    ksbtui revisit                           a suggestion for this week
    ksbtui revisit 3yhv                      one you choose
    ksbtui revisit 3yhv --learned "I would ask the agents first, because …"
    ksbtui ask --revisit                     answer one question at a time

    Your answer is a new entry. Both entries show the link, and your next review shows them
    side by side.
    """
    if id is None and learned is None:
        _offer(journal, as_json)
        return
    entry = journal.entries.get(id) if id else _offered(journal)
    if learned is None:
        _show(journal, entry, as_json)
        return
    from ksbtui.cli.entry.entries import say_saved

    fields: dict[str, Any] = {"minutes": parse_minutes(time)} if time else {}
    saved = journal.revisits.write(entry.id, read_text(learned), **fields)
    say_saved(journal, saved, "Logged", as_json)


def _offered(journal: Journal) -> Entry:
    from ksbtui.errors import NotFound

    offer = journal.revisits.offer()
    if offer is None:
        raise NotFound(
            "You have no reflection that is old enough yet.",
            "To choose an entry yourself: ksbtui revisit ID",
        )
    return offer.entry


def _offer(journal: Journal, as_json: bool) -> None:
    _ = journal.enrolled
    offer = journal.revisits.offer()
    if as_json:
        found = offer and _json(journal, offer.entry) | {"reason": offer.reason, "why": offer.why}
        print_json({"revisit": found})
    elif offer is None:
        say("None of your reflections is two months old yet.")
    else:
        _print(journal, offer.entry, offer.text)
        say(offer.why)


def _show(journal: Journal, entry: Entry, as_json: bool) -> None:
    if as_json:
        print_json({"revisit": _json(journal, entry)})
        return
    ago = ago_text(entry.day, journal.as_at)
    text = f'{ago[:1].upper()}{ago[1:]} you wrote: "{journal.revisits.quote(entry)}"'
    _print(journal, entry, text)


def _print(journal: Journal, entry: Entry, text: str) -> None:
    click.echo(f"{text}\n{QUESTION}\n")
    click.echo(f"{full_day(entry.day)}  {entry.title}  {' '.join(entry.ksbs)}")
    say(f"To read it: ksbtui show {entry.id}")
    say(
        f"To answer: ksbtui revisit {entry.id} --learned TEXT   (or: ksbtui ask --revisit "
        f"{entry.id})"
    )


def _json(journal: Journal, entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "day": entry.day,
        "title": entry.title,
        "ksbs": list(entry.ksbs),
        "ago": ago_text(entry.day, journal.as_at),
        "quote": journal.revisits.quote(entry),
        "question": QUESTION,
    }

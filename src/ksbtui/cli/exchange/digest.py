"""``digest``: a short text about the last days, to paste into an e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import json_option, with_journal
from ksbtui.cli.output import print_json, say
from ksbtui.cli.personal import ask_about, redact_option
from ksbtui.cli.typed import read_day

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


@click.command()
@click.option("--for", "reader", default="me", metavar="WHO", help="employer, tutor or me.")
@click.option("--since", metavar="DAY", help="From this day on, instead of the last seven days.")
@redact_option
@json_option
@with_journal
def digest(
    journal: Journal, reader: str, since: str | None, redact: bool | None, as_json: bool
) -> None:
    r"""Print a short text for an e-mail: what was done, hours, what is next and asked.

    \b
    ksbtui digest --for employer
    ksbtui digest --for tutor --since 1/11 > mail.txt

    Nothing private is in it. It is checked for personal data first, and sent nowhere. What
    your employer answers you type in with: ksbtui gateway verify B1 --by NAME --comment TEXT;
    who has ksbtui opens your handover and writes it there.
    """
    from ksbtui.core.exchange.personal_data import check_text
    from ksbtui.core.exchange.personal_data import redact as redacted
    from ksbtui.presentation.exchange.digest import digest_json, digest_text

    found = journal.digests.digest(
        reader.strip().lower(), read_day(since, journal) if since else None
    )
    text = digest_text(found)
    names = journal.exchange.names
    findings = check_text(text, names) if found.reader != "me" else ()
    if findings and ask_about(findings, redact, "text"):
        text = redacted(text, names)
        if as_json:
            say("Entries are left out of the document.")
            print_json({"reader": found.reader, "text": text, "redacted": True})
            return
    if as_json:
        print_json({**digest_json(found), "redacted": False})
    else:
        click.echo(text, nl=False)

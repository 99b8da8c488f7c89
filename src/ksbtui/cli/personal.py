"""Personal data in what a command is about to write: shown, and removed where wanted."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ksbtui.cli.output import say
from ksbtui.core.text.text import number_of
from ksbtui.errors import Conflict

if TYPE_CHECKING:
    from ksbtui.core.exchange.personal_data import Finding
    from ksbtui.journal.journal import Journal

redact_option = click.option(
    "--redact/--keep-personal-data",
    default=None,
    help="Remove personal data from the file, or keep it, without asking.",
)


def ask_about(findings: Sequence[Finding], redact: bool | None, what: str) -> bool:
    """Show what was found and where; ask on a terminal, else do as told or stop.

    ``what`` it is in is an export or a file. Tells whether to remove it. Refuses where
    nothing was said and nobody can be asked: personal data never leaves unseen.
    """
    from ksbtui.core.exchange.personal_data import TAKEN_OUT, told

    found = number_of(len(findings), "piece")
    say(f"This {what} holds {found} of personal data:")
    for line in told(findings):
        say(f"  {line}")
    if redact is None:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise Conflict(
                f"The {what} was not written, because it holds personal data.",
                "Add --redact to remove it, or --keep-personal-data to keep it.",
            )
        redact = click.confirm(f"Remove it from this {what}?", default=True, err=True)
    if redact:
        say(TAKEN_OUT.format(what=what))
    else:
        say(f"The {what} keeps it.")
    return redact


def save_checked(journal: Journal, path: str, text: str, redact: bool | None) -> Path:
    """Write a text where no file is yet, once its personal data was asked about."""
    from ksbtui.core.exchange.personal_data import check_text
    from ksbtui.core.exchange.personal_data import redact as redacted
    from ksbtui.exports.saving import save_new

    names = journal.exchange.names
    findings = check_text(text, names)
    if findings and ask_about(findings, redact, "file"):
        text = redacted(text, names)
    return save_new(Path(path), text)

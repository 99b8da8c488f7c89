"""Personal data in what is about to leave by a command: shown, and taken out where wanted."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ksbtui.cli.output import say

if TYPE_CHECKING:
    from ksbtui.core.exchange.personal_data import Finding
    from ksbtui.journal.journal import Journal

redact_option = click.option(
    "--redact/--no-redact", default=None, help="Personal data out, or in, without asking."
)


def ask_about(findings: Sequence[Finding], redact: bool | None, what: str) -> bool:
    """Show what was found and where; ask on a terminal, else go on as told.

    ``what`` it stands in is an export or a file.
    """
    from ksbtui.core.exchange.personal_data import TAKEN_OUT, told

    say(f"Personal data, {len(findings)} found:")
    for line in told(findings):
        say(f"  {line}")
    if redact is None and sys.stdin.isatty() and sys.stderr.isatty():
        redact = click.confirm(f"Take it out of this {what}?", default=True, err=True)
    if redact:
        say(TAKEN_OUT.format(what=what))
        return True
    say(f"It stays in the {what}; --redact takes it out. Your journal is as it was.")
    return False


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

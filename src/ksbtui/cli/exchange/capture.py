"""``capture``: an offline page to note activities on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import with_journal
from ksbtui.cli.output import say
from ksbtui.errors import Conflict, Unreadable
from ksbtui.store.files.paths import typed_path

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal

SUFFIXES = (".html", ".htm")


@click.command()
@click.argument("path")
@with_journal
def capture(journal: Journal, path: str) -> None:
    """Write a page to note activities on your phone, offline.

    \b
    ksbtui capture capture.html
    ksbtui import ksbtui-capture.csv

    Copy the page to your phone and open it in the browser. It keeps your entries on the
    phone until you save them as ksbtui-capture.csv. Bring that file to this computer and
    import it. The page sends nothing and holds nothing from your journal.
    """
    # Jinja is loaded only here: no other quick command needs it.
    from ksbtui.exports.reports.capture import capture_page
    from ksbtui.exports.saving import save_file

    place = typed_path(path)
    if place.suffix.lower() not in SUFFIXES:
        raise Unreadable("The capture page is an HTML file.", "End the path with .html.")
    if place.exists():
        raise Conflict(f"{place} exists already.", "Choose another file name.")
    save_file(place, capture_page(journal.enrolled))
    click.echo(str(place))
    say("Copy it to your phone and open it in the browser. It works without a connection.")

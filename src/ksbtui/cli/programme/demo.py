"""``demo``: look around in an invented learner's journal."""

from __future__ import annotations

from pathlib import Path

import click

from ksbtui.cli.context import Context
from ksbtui.cli.opening import is_terminal, open_app
from ksbtui.cli.typed import read_id_count
from ksbtui.store.files.paths import typed_path

DEMO_NAME = "demo.db"


@click.command()
@click.argument("path", required=False)
@click.option("--entries", metavar="N", help="Exactly N entries, to try any size.")
@click.option("--no-open", is_flag=True, help="Only make it and print its path.")
@click.pass_obj
def demo(context: Context, path: str | None, entries: str | None, no_open: bool) -> int:
    """Make an invented learner's journal and open it; your own is not touched.

    Without PATH it is made in your data folder; one you played in before is kept
    beside it as demo-before.db.
    """
    from ksbtui.journal.demo.demo import make_demo

    given = path or context.journal_option
    place = typed_path(given) if given else _usual_place()
    count = read_id_count(entries) if entries else None
    journal = make_demo(place, context.clock, count)
    journal.close()
    if no_open or not is_terminal():
        click.echo(str(place))
        return 0
    context.journal_option = str(place)
    return open_app(context)


def _usual_place() -> Path:
    """Free the usual place of the demo; an earlier one is set aside."""
    from ksbtui.store.files.paths import data_folder

    place = data_folder() / DEMO_NAME
    if place.exists():
        place.replace(place.with_name("demo-before.db"))
    return place

"""What opens on the screen: the journal, or with ``demo`` an invented one; ``keys`` of it."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import Context, finish, json_option, read_id_count
from ksbtui.cli.output import print_json, print_rows, say
from ksbtui.errors import Busy
from ksbtui.store.files.paths import typed_path

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


WAITS = 30
"""Half-second waits for another program before giving up."""


def is_terminal() -> bool:
    """Tell whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def open_app(context: Context) -> int:
    """Run the app on the chosen journal; returns its exit code."""
    if not is_terminal():
        click.echo("ksbtui needs a terminal to open on the screen.", err=True)
        click.echo("Use a command instead, such as: ksbtui status (see ksbtui --help)", err=True)
        return 2
    journal = context.journal
    _open(journal)
    return open_journal(journal)


def open_journal(journal: Journal) -> int:
    """Run the app on a journal, which is closed afterwards; returns the exit code."""
    from ksbtui.app import run_app

    # The app draws with escape sequences, on the terminal itself.
    sys.stdout, sys.stderr = (getattr(one, "raw", one) for one in (sys.stdout, sys.stderr))
    try:
        return run_app(journal)
    finally:
        finish(journal)
        journal.close()


def _open(journal: Journal) -> None:
    """Read the journal before the screen is taken, waiting for another program that saves."""
    if refusal := journal.context.gone:
        raise refusal
    if not journal.exists:
        return
    journal.context.patience = 0.2
    for attempt in range(WAITS):
        try:
            _ = journal.course or (journal.context.set_aside and journal.enrolled)
            return
        except Exception as problem:
            error = journal.refused(problem)
            if not isinstance(error, Busy) or attempt == WAITS - 1:
                raise error or problem from problem
        if attempt == 0:
            click.echo("Another ksbtui is saving. Waiting for it …", err=True)
        time.sleep(0.3)


DEMO_NAME = "demo.db"


@click.command()
@click.argument("path", required=False)
@click.option(
    "--entries", metavar="N", help="Make exactly N entries, to try a journal of any size."
)
@click.option("--no-open", is_flag=True, help="Make it and print its path, without opening it.")
@click.pass_obj
def demo(context: Context, path: str | None, entries: str | None, no_open: bool) -> int:
    """Make the journal of an invented learner and open it. Your own is not changed.

    Without PATH it is made in your data folder. An earlier demo is kept beside it as
    demo-before.db.
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


@click.command()
@json_option
def keys(as_json: bool) -> int:
    r"""List every key by its command's id, and any mistakes in your settings file.

    To change a key, add its id to your settings file: {"keys": {"journal.edit": "f6"}}.
    Separate several keys with commas. Use names as shown here: ctrl+e, f5, space, slash.

    \b
    ksbtui keys                 every key
    ksbtui keys --json          the same for a program
    """
    from ksbtui.screens.shell.keymap import contexts, read_keymap
    from ksbtui.screens.shell.keys import EVERYWHERE, PROGRAM, keys_of
    from ksbtui.settings import load_settings, settings_path

    settings = load_settings()
    keymap = read_keymap(settings.keys)
    problems = (*settings.problems, *keymap.problems)
    screens = [
        ("Everywhere", (*EVERYWHERE, *PROGRAM)),
        *((one.name, one.own) for one in contexts()),
    ]
    rows = [
        (name, command.id, ", ".join(keys_of(command, keymap.keys)), command)
        for name, commands in screens
        for command in commands
        if command.id
    ]
    if as_json:
        found = [
            {"screen": name, "id": id, "keys": now, "default": ", ".join(c.keys), "help": c.help}
            for name, id, now, c in rows
        ]
        print_json({"settings": str(settings_path()), "keys": found, "problems": problems})
    else:
        print_rows((name, id, now, command.help) for name, id, now, command in rows)
        for problem in problems:
            say(problem)
        say(f"Set your own keys in {settings_path()}")
    return 0

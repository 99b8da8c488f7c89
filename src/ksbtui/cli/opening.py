"""What opens on the screen: the journal, or with ``demo`` an invented one; ``keys`` of it."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import Context, finish, json_option, read_count
from ksbtui.cli.output import print_json, print_rows, say
from ksbtui.errors import Busy
from ksbtui.store.files.paths import data_folder, typed_path

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


WAITS = 30
"""How often another program is waited for, 0.5 s each, before giving up."""


def is_terminal() -> bool:
    """Tell whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def open_app(context: Context) -> int:
    """Run the app on the chosen journal; returns its exit code."""
    if not is_terminal():
        say("ksbtui needs a terminal to open on the screen.")
        say("Use a command instead, such as: ksbtui status (see ksbtui --help)")
        return 2
    _wait_for(context.journal)
    return open_journal(context.journal)


def open_journal(journal: Journal) -> int:
    """Run the app on a journal, which is closed afterwards; returns the exit code."""
    # deferred: the screens and the demo, which no other command loads
    from ksbtui.app import run_app

    # The app draws with escape sequences, on the terminal itself.
    sys.stdout, sys.stderr = (getattr(stream, "raw", stream) for stream in (sys.stdout, sys.stderr))
    try:
        return run_app(journal)
    finally:
        finish(journal)
        journal.close()


def _wait_for(journal: Journal) -> None:
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
            say("Another ksbtui is saving. Waiting for it …")
        time.sleep(0.3)


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

    count = read_count(entries) if entries else None
    if named := path or context.journal_option:
        target = typed_path(named)
    else:
        target = data_folder() / "demo.db"
        if target.exists():
            target.replace(target.with_name("demo-before.db"))
    make_demo(target, context.clock, count).close()
    if no_open or not is_terminal():
        click.echo(str(target))
        return 0
    context.journal_option = str(target)
    return open_app(context)


@click.command()
@json_option
def keys(as_json: bool) -> None:
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
    problems, path = (*settings.problems, *keymap.problems), str(settings_path())
    screens = [("Everywhere", (*EVERYWHERE, *PROGRAM)), *((c.name, c.own) for c in contexts())]
    rows = [
        (screen, command.id, ", ".join(keys_of(command, keymap.keys)), command)
        for screen, commands in screens
        for command in commands
        if command.id
    ]
    if as_json:
        listed = [
            {"screen": screen, "id": id, "keys": now, "default": ", ".join(c.keys), "help": c.help}
            for screen, id, now, c in rows
        ]
        print_json({"settings": path, "keys": listed, "problems": problems})
        return
    print_rows((screen, id, now, command.help) for screen, id, now, command in rows)
    say(*problems, f"Set your own keys in {path}")

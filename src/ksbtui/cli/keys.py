"""``ksbtui keys``: every key of the screens, and what the settings file says of them."""

from __future__ import annotations

import click

from ksbtui.cli.context import json_option
from ksbtui.cli.output import print_json, print_rows, say


@click.command()
@json_option
def keys(as_json: bool) -> int:
    r"""List every key by its command's id, and name what your settings file gets wrong.

    Put your own keys into the file that is named, by id: {"keys": {"journal.edit": "f6"}}.
    Several keys go by commas; names are as shown here, such as ctrl+e, f5, space or slash.

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
        say(f"Your own keys go into {settings_path()}.")
    return 0

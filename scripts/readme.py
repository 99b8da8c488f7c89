"""Write README.md's tables of commands and keys from the program; ``--check`` only compares.

Usage: python scripts/readme.py [--check]
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from ksbtui.cli.commands import COMMANDS  # noqa: E402
from ksbtui.screens.shell.keymap import contexts  # noqa: E402
from ksbtui.screens.shell.keys import EVERYWHERE, PROGRAM, shown_key  # noqa: E402

README = ROOT / "README.md"


def written(text: str) -> str:
    """Give the README with its tables as the program has them."""
    for name, table in (("commands", command_table()), ("keys", key_table())):
        place = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text = place.sub(lambda found, table=table: found[1] + table + found[2], text)  # type: ignore[misc]
    return text


def command_table() -> str:
    """Give every command with its line."""
    rows = "".join(f"| `{name}` | {line} |\n" for name, (_, line) in COMMANDS.items())
    return "| command | what it does |\n|---|---|\n" + rows


def key_table() -> str:
    """Give every key that is explained, by screen; those of everywhere once."""
    everywhere = (*EVERYWHERE, *PROGRAM)
    screens = [("Everywhere", everywhere), *((one.name, one.own) for one in contexts())]
    rows = "".join(
        f"| {name} | `{shown_key(one, {})}` | {one.help} | {f'`{one.id}`' if one.id else ''} |\n"
        for name, commands in screens
        for one in commands
        if one.help and (name == "Everywhere" or one.id not in {"app.back", "app.undo"})
    )
    return "| screen | key | what it does | id |\n|---|---|---|---|\n" + rows


def main() -> None:
    """Write the table, or fail where it differs."""
    text = README.read_text(encoding="utf-8")
    if "--check" in sys.argv:
        sys.exit(0 if text == written(text) else "README.md is stale: python scripts/readme.py")
    README.write_text(written(text), encoding="utf-8")


if __name__ == "__main__":
    main()

"""Write README.md's tables of screens, commands and keys; ``--check`` only compares.

Usage: python scripts/readme.py [--check]
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from ksbtui.cli.commands import COMMANDS  # noqa: E402
from ksbtui.screens import SCREENS  # noqa: E402
from ksbtui.screens.shell.keymap import contexts  # noqa: E402
from ksbtui.screens.shell.keys import EVERYWHERE, PROGRAM, shown_key  # noqa: E402

README = ROOT / "README.md"


def written(text: str) -> str:
    """Give the README with its tables as the program has them."""
    tables = {"commands": command_table, "keys": key_table, "screens": screen_table}
    for name, table in tables.items():
        start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        before, _, rest = text.partition(start)
        text = before + start + table() + end + rest.partition(end)[2]
    return text


def screen_table() -> str:
    """Give every place of the tab bar with the question it answers."""
    classes = [getattr(import_module(place.module), place.class_) for place in SCREENS]
    rows = "".join(
        f"| `{place.key}` | {place.name} | {screen.question} |\n"
        for place, screen in zip(SCREENS, classes, strict=True)
    )
    return "| key | screen | the question it answers |\n|---|---|---|\n" + rows


def command_table() -> str:
    """Give every command with its line."""
    rows = "".join(f"| `{name}` | {line} |\n" for name, (_, line) in COMMANDS.items())
    return "| command | what it does |\n|---|---|\n" + rows


def key_table() -> str:
    """Give every key that is explained, by screen; those of everywhere once."""
    everywhere = (*EVERYWHERE, *PROGRAM)
    screens = [("Everywhere", everywhere), *((context.name, context.own) for context in contexts())]
    rows = "".join(
        f"| {name} | `{shown_key(key, {})}` | {key.help} | {f'`{key.id}`' if key.id else ''} |\n"
        for name, commands in screens
        for key in commands
        if key.help and (name == "Everywhere" or key.id not in {"app.back", "app.undo"})
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

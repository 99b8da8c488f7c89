"""The dialog of set-up that reads a standard from a file."""

from __future__ import annotations

from ksbtui.core.programme.standards import Standard
from ksbtui.errors import NotFound
from ksbtui.store.files.paths import typed_path
from ksbtui.widgets.forms.ask import Ask


def ask_for_file() -> Ask[Standard]:
    """Ask for a file that holds a standard; answers with the standard read."""
    return Ask(
        "Which file holds the standard?",
        read_file,
        text="A saved page, text, a sheet, JSON or TOML. Nothing is sent anywhere.",
    )


def read_file(text: str) -> Standard:
    """Read a standard from the file named."""
    from ksbtui.imports.standards import read_standard

    path = typed_path(text.strip().strip("'\""))
    if not text.strip() or not path.is_file():
        raise NotFound(f"There is no file {text.strip() or 'of no name'}.", "Enter its whole path.")
    standard = read_standard(path)
    if not standard.ref:
        name = "".join(sign for sign in path.stem.upper() if sign.isalnum())
        standard = read_standard(path, ref=name or "OWN")
    return standard

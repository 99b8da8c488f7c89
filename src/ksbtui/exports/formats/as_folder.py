"""A folder of text files, by name; :func:`ksbtui.exports.making.save_folder` places them."""

from __future__ import annotations

from collections.abc import Mapping

from ksbtui.core.text.text import printable
from ksbtui.exports.making import Tell


def write_folder(files: Mapping[str, str], tell: Tell) -> Mapping[str, str]:
    """The files, without control characters."""
    return {name: printable(text) for name, text in files.items()}

"""A folder of text files, by name; :func:`ksbtui.exports.saving.save_folder` places them."""

from __future__ import annotations

from collections.abc import Mapping

from ksbtui.exports.saving import Tell


def write(files: Mapping[str, str], tell: Tell) -> Mapping[str, str]:
    """The files as they are."""
    return files

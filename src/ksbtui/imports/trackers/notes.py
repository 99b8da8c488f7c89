"""A folder of Markdown notes."""

from __future__ import annotations

from pathlib import Path

from ksbtui.errors import Unreadable
from ksbtui.imports.logs.model import Options, Reading


def read_notes(path: Path, options: Options) -> Reading:
    """The activities of a folder."""
    raise Unreadable(f"{path.name} is a folder.", "Give the path of one file.")

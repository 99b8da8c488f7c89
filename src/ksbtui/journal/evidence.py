"""Evidence: files and links attached to entries."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from ksbtui.core.entries import Evidence
from ksbtui.core.text import quoted
from ksbtui.errors import NotFound, StoreProblem
from ksbtui.journal.ids import new_id

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal

OTHER = "other"
_CHUNK = 1 << 20


class EvidenceFiles:
    """The artefacts of a journal: read, hashed and left where they are."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def attach(self, target: str, kind: str = OTHER, title: str = "") -> Evidence:
        """Make an artefact of a path or a link; a file is hashed and stays where it is."""
        if "://" in target:
            return Evidence(new_id(), kind, title or target, target)
        path = Path(target).expanduser().absolute()
        if not path.exists():
            raise NotFound(f"There is no file {quoted(target)}.", "Check the path, or give a link.")
        if not path.is_file():
            raise NotFound(f"{quoted(target)} is no file.", "Name one file, not a folder.")
        digest = hashlib.sha256()
        size = 0
        try:
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
        except OSError as problem:
            raise StoreProblem(
                f"{quoted(target)} cannot be read: {problem.strerror}.", "Check its permissions."
            ) from problem
        return Evidence(new_id(), kind, title or path.name, str(path), digest.hexdigest(), size)

"""Every file of a journal's: what may hold the learner's words beside the journal itself."""

from __future__ import annotations

import mmap
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from ksbtui.store.files.paths import attachment_folder, backup_folder, real_path


def own_files(journal: Path) -> Iterator[Path]:
    """Backups, files set aside by a restore, unfinished copies and copied evidence, by name."""
    real = real_path(journal)
    if real.parent.is_dir():
        for path in sorted(real.parent.iterdir()):
            begins = path.name.lstrip(".").startswith(real.name)
            if begins and path != real and not path.name.endswith(".damaged") and path.is_file():
                yield path
    for folder in (backup_folder(journal), attachment_folder(journal)):
        for where, _, names in sorted(os.walk(folder)):
            yield from (Path(where) / name for name in sorted(names))


def holding(journal: Path, entry: str, texts: Iterable[str]) -> list[Path]:
    """Files of the journal's that still hold an entry (by its id) or one of its texts."""
    wanted = [text.encode() for text in texts]
    return [path for path in own_files(journal) if _knows(path, entry) or _holds(path, wanted)]


def _knows(path: Path, entry: str) -> bool:
    """Whether a file is a journal with that entry in its rows or its history."""
    try:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            found = connection.execute(
                "SELECT 1 FROM entry WHERE id = ? UNION ALL "
                "SELECT 1 FROM change WHERE kind = 'entry' AND id = ?",
                (entry, entry),
            ).fetchone()
        finally:
            connection.close()
    except (sqlite3.Error, ValueError):
        return False
    return found is not None


def _holds(path: Path, texts: Iterable[bytes]) -> bool:
    """Whether the bytes of a file hold one of the texts; one that cannot be read may."""
    try:
        with path.open("rb") as file:
            if not os.fstat(file.fileno()).st_size:
                return False
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                return any(data.find(text) >= 0 for text in texts)
    except (OSError, ValueError):
        return True

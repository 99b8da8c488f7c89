"""What a maintainer needs to know of a journal that does not work, without the learner's words."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from pathlib import Path

from ksbtui import __version__
from ksbtui.errors import KsbtuiError
from ksbtui.journal.backup.checking import check
from ksbtui.journal.context import Context
from ksbtui.store.database.connection import file_version
from ksbtui.store.database.reports import counts, sqlite_version
from ksbtui.store.files import backups
from ksbtui.store.files.paths import data_folder, is_there

_NAMED = re.compile(r"^(Entry|Record \S+) .*")
"""What was found in one entry or record may repeat words of it: only its kind is told."""


def report(context: Context) -> Iterator[tuple[str, str]]:
    """Versions, counts and checks, a name and a value each; no title, name, path or note."""
    yield "ksbtui", __version__
    yield "Python", platform.python_version()
    yield "SQLite", sqlite_version()
    yield "System", f"{platform.system()} {platform.release()} {platform.machine()}"
    yield from _journal(context)
    note = data_folder() / "fault.txt"
    if is_there(note):
        lines = note.read_text(encoding="utf-8", errors="replace").splitlines()
        for number, line in enumerate(lines[:30]):
            yield ("Last fault" if number == 0 else "", _without_home(line))


def _journal(context: Context) -> Iterator[tuple[str, str]]:
    if not is_there(context.path):
        yield "Journal", "none"
        return
    yield "Size", f"{context.path.stat().st_size:,} bytes"
    try:
        yield "Format", str(file_version(context.path))
        for name, number in counts(context.store.connection):
            yield name, f"{number:,}"
        for line in check(context).lines:
            named = _NAMED.match(line.what)
            found = "does not read" if named else line.found.partition(":")[0]
            yield (named[1] if named else line.what), f"{found}{'' if line.ok else '  !'}"
    except Exception as problem:
        error = context.refused(problem)
        if error is None:
            raise
        kind = type(problem.__cause__ or problem if isinstance(problem, KsbtuiError) else problem)
        yield "Opening it", f"{kind.__name__}  !"
    yield "Backups", str(len(backups.listed(context.path)))


def _without_home(line: str) -> str:
    """A place in the program's own files, without the name of who uses the computer."""
    return line.replace(str(Path.home()), "~")

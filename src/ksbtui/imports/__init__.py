"""Reads what learners already have: published standards, training logs, calendars.

One module a format. Nothing here knows a journal: bytes in, plain ``core`` values and
warnings out. Readers are imported only when a file of their kind is met.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

from ksbtui.core.exchange.imported import Reading
from ksbtui.core.text.text import quoted
from ksbtui.errors import NotFound
from ksbtui.imports.source import MAX_FILE, Options, container, decode_text, read_bytes

_TEXT_FORMATS: dict[str, str] = {
    "ics": "calendars",
    "watson": "timers",
    "timewarrior": "timers",
    "jrnl-json": "journals",
    "dayone": "journals",
    "clockify": "timesheets",
    "toggl": "timesheets",
    "dayone-plist": "journals",
    "jrnl": "journals",
    "diary": "diaries",
}
"""Formats found in a text, each with the module of its ``sniff`` and ``read``, in this order."""

_RULED = re.compile(r"^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*\|[-:| \t]*$", re.MULTILINE)
"""The line below the headings of a Markdown table."""

FORMATS = ("log", *_TEXT_FORMATS, "notes")


def read_activities(path: Path, options: Options, format: str = "") -> tuple[Reading, str]:
    """The activities of a file or folder, and the format they were read from."""
    if format and format not in FORMATS:
        raise NotFound(
            f"ksbtui does not read the format {quoted(format)}.",
            f"Use one of: {', '.join(FORMATS)}.",
        )
    if path.is_dir() or format == "notes" or _is_note(path, format):
        # deferred: each reader is loaded for a file of its own kind
        from ksbtui.imports.trackers.notes import read_notes

        return read_notes(path, options), "notes"
    data = read_bytes(path, MAX_FILE)
    if container(data) == "text" and format != "log":
        text, _ = decode_text(data, path.name)
        for name in (format,) if format else _TEXT_FORMATS:
            module = import_module(f"ksbtui.imports.trackers.{_TEXT_FORMATS[name]}")
            if format or module.sniff(text, name):
                reading: Reading = module.read(text, options, path.name, name)
                return reading, name
    from ksbtui.imports.logs import read_log
    from ksbtui.imports.tables.files import read_grids

    return read_log(read_grids(path), options, path.name), "log"


def _is_note(path: Path, format: str) -> bool:
    """Whether a file is a single Markdown note, without a table or a heading for each day."""
    if format or path.suffix.lower() not in (".md", ".markdown", ".mdown"):
        return False
    from ksbtui.imports.trackers.diaries import sniff

    text, _ = decode_text(read_bytes(path, MAX_FILE), path.name)
    return _RULED.search(text) is None and not sniff(text, "diary")

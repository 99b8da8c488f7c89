"""Journals that keep text by day: jrnl (JSON and text) and Day One.

They know no hours: a note counts where it names its time, as a line ``Time: 1h30`` or as
``(1h30)`` in its title; ``--time`` gives one for all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ksbtui.core.exchange.activities import Note, Reading
from ksbtui.errors import Unreadable
from ksbtui.imports.logs.options import Options
from ksbtui.imports.trackers.common import add, london, sections, time_in
from ksbtui.imports.trackers.json_text import json_of

_STAMP = re.compile(
    r"^\[?(\d{4}-\d{2}-\d{2})[ T](\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?)\]? ?(.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_TAG = re.compile(r"(?<!\S)@(\w+)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")


def sniff(text: str, format: str) -> bool:
    """Whether a text is that journal's."""
    start = text.lstrip("\ufeff \r\n")
    if format == "jrnl":
        return _STAMP.match(start) is not None
    if not start.startswith("{"):
        return False
    data = json_of(text, "The file", quiet=True)
    entries = data.get("entries") if isinstance(data, dict) else None
    if not isinstance(entries, list) or not entries or not isinstance(entries[0], dict):
        return False
    return ("creationDate" if format == "dayone" else "body") in entries[0]


def read(text: str, options: Options, name: str, format: str) -> Reading:
    """Every entry that names its time."""
    read_entries = {"jrnl": _jrnl_text, "jrnl-json": _jrnl, "dayone": _day_one}[format]
    reading = Reading()
    for row, item in enumerate(read_entries(text, name), start=1):
        if item is None:
            reading.refused.append(Note(row, "it has no day that can be read"))
            continue
        day, words, tags = item
        title, _, body = words.strip().partition("\n")
        title = title.lstrip("# ").strip()
        minutes = time_in(title, body) or options.minutes
        notes, learned = sections(body)
        add(reading, row, day, minutes, title, tags=tags, notes=[notes], learned=learned)
    return reading


_Item = tuple[date, str, list[str]]


def _entries(text: str, name: str) -> list[Any]:
    data = json_of(text, name)
    entries = data.get("entries") if isinstance(data, dict) else None
    if not isinstance(entries, list):
        raise Unreadable(f"{name} holds no list of entries.", "Export the journal again as JSON.")
    return entries


def _jrnl(text: str, name: str) -> Iterator[_Item | None]:
    for entry in _entries(text, name):
        try:
            words = f"{entry['title']}\n{entry.get('body', '')}"
            yield date.fromisoformat(entry["date"]), words, [str(t) for t in entry.get("tags", [])]
        except (KeyError, TypeError, ValueError):
            yield None


def _jrnl_text(text: str, name: str) -> Iterator[_Item | None]:
    """Entries of jrnl's text form: each begins with its day and time at the line's start."""
    text = text.lstrip("\ufeff")
    starts = list(_STAMP.finditer(text))
    if not starts:
        raise Unreadable(f"{name} holds no jrnl entries.", "Export with: jrnl --format text")
    ends = [match.start() for match in starts[1:]] + [len(text)]
    for match, end in zip(starts, ends, strict=True):
        words = f"{match[3].rstrip(' *')}\n{text[match.end() : end].strip()}"
        try:
            yield date.fromisoformat(match[1]), words, _TAG.findall(words)
        except ValueError:
            yield None


def _day_one(text: str, name: str) -> Iterator[_Item | None]:
    """Day One's export: Markdown with escaped signs, instants in UTC, the zone beside them."""
    for entry in _entries(text, name):
        try:
            moment = datetime.fromisoformat(entry["creationDate"])
            words = _ESCAPED.sub(r"\1", str(entry.get("text", "")))
            yield london(moment, ZoneInfo("UTC")).date(), words, list(entry.get("tags", []))
        except (KeyError, TypeError, ValueError):
            yield None

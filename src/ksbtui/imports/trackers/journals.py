"""Journals that keep text by day: jrnl (JSON and text) and Day One.

They know no hours: a note counts where it names its time, as a line ``Time: 1h30`` or as
``(1h30)`` in its title; ``--time`` gives one for all others.
"""

from __future__ import annotations

import plistlib
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from xml.parsers.expat import ExpatError
from zoneinfo import ZoneInfo

from ksbtui.core.exchange.imported import Note, Reading
from ksbtui.errors import KsbtuiError, Unreadable
from ksbtui.imports.source import Options
from ksbtui.imports.times import read_day
from ksbtui.imports.trackers.common import (
    LONDON,
    add,
    check_order,
    json_of,
    sections,
    tags_in,
    time_in,
)
from ksbtui.imports.trackers.diaries import DAY

_CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2})?(?: ?[AP]\.?M\.?)?"
_STAMP = re.compile(
    rf"^(?:\[({DAY})(?:[ T,]+(?:at )?{_CLOCK})?(?: [A-Z]{{2,5}})?\]|({DAY})[ T,]+{_CLOCK}) ?(.*)$",
    re.IGNORECASE | re.MULTILINE,
)
"""What begins an entry of jrnl: in brackets a day in any form, without them also its time."""
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")


_Item = tuple[date, str, list[str]]
"""A day, the words of an entry, and its tags."""


def sniff(text: str, format: str) -> bool:
    """Whether a text is that journal's."""
    start = text.lstrip("\ufeff \r\n")
    if format == "jrnl":
        return _STAMP.match(start) is not None
    if format == "dayone-plist":
        return "<plist" in start[:400] and "<key>Creation Date</key>" in start
    if not start.startswith("{"):
        return False
    data = json_of(text, "The file", quiet=True)
    entries = data.get("entries") if isinstance(data, dict) else None
    if not isinstance(entries, list) or not entries or not isinstance(entries[0], dict):
        return False
    return ("creationDate" if format == "dayone" else "body") in entries[0]


def read(text: str, options: Options, name: str, format: str) -> Reading:
    """Every entry that names its time."""
    reading = Reading()
    if format == "jrnl":
        items = _jrnl_text(text, name, options)
    else:
        items = {"jrnl-json": _jrnl, "dayone": _day_one, "dayone-plist": _plist}[format](text, name)
    for row, item in enumerate(items, start=1):
        if item is None:
            reading.refused.append(Note(row, "its day cannot be read"))
            continue
        day, words, tags = item
        title, _, body = words.strip().partition("\n")
        title = title.strip("# *").strip()
        minutes = time_in(title, body) or options.minutes
        notes, learned = sections(body)
        add(reading, row, day, minutes, title, tags=tags, notes=[notes], learned=learned)
    return reading


def _entries(text: str, name: str) -> list[Any]:
    data = json_of(text, name)
    entries = data.get("entries") if isinstance(data, dict) else None
    if not isinstance(entries, list):
        raise Unreadable(
            f"{name} contains no list of entries.", "Export the journal again as JSON."
        )
    return entries


def _jrnl(text: str, name: str) -> Iterator[_Item | None]:
    for entry in _entries(text, name):
        try:
            words = f"{entry['title']}\n{entry.get('body', '')}"
            yield date.fromisoformat(entry["date"]), words, [str(t) for t in entry.get("tags", [])]
        except (KeyError, TypeError, ValueError):
            yield None


def _jrnl_text(text: str, name: str, options: Options) -> Iterator[_Item | None]:
    """Entries of jrnl's text form: each begins with its day and time at the line's start."""
    text = text.lstrip("\ufeff")
    starts = list(_STAMP.finditer(text))
    if not starts:
        raise Unreadable(f"{name} contains no jrnl entries.", "Export with: jrnl --format text")
    ends = [match.start() for match in starts[1:]] + [len(text)]
    order = check_order([match[1] or match[2] for match in starts], options)
    for match, end in zip(starts, ends, strict=True):
        words = f"{match[3].strip(' *')}\n{text[match.end() : end].strip()}"
        try:
            day, _ = read_day(match[1] or match[2], order, options.as_at)
            yield day, words, list(tags_in(words))
        except KsbtuiError:
            yield None


def _day_one(text: str, name: str) -> Iterator[_Item | None]:
    """Day One's export: Markdown with escaped signs, instants in UTC, the zone beside them."""
    for entry in _entries(text, name):
        try:
            moment = datetime.fromisoformat(entry["creationDate"])
            words = _ESCAPED.sub(r"\1", str(entry.get("text", "")))
            day = _local_day(moment, entry.get("timeZone"))
            yield day, words, list(entry.get("tags", []))
        except (KeyError, TypeError, ValueError):
            yield None


def _plist(text: str, name: str) -> Iterator[_Item | None]:
    """One entry of Day One's first version: a property list, its instant in UTC."""
    if "<!ENTITY" in text:
        raise Unreadable(
            f"{name} contains XML that a journal never needs.", "Do not trust this file."
        )
    try:
        entry = plistlib.loads(text.lstrip("\ufeff \r\n").encode())
        moment, words = entry["Creation Date"], str(entry.get("Entry Text", ""))
        tags = [str(tag) for tag in entry.get("Tags", [])]
        yield _local_day(moment, entry.get("Time Zone")), words, tags
    except (KeyError, TypeError, ValueError, AttributeError, ExpatError):
        yield None


def _local_day(moment: datetime, zone: object) -> date:
    """The day of an instant where it was written down; London where that is not told."""
    known = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return known.astimezone(ZoneInfo(str(zone)) if zone else LONDON).date()
    except (KeyError, ValueError, OSError):
        return known.astimezone(LONDON).date()

"""Watson and Timewarrior: what their commands print or keep as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from ksbtui.core.exchange.imported import Note, Reading
from ksbtui.errors import Unreadable
from ksbtui.imports.source import Options
from ksbtui.imports.trackers.common import add, json_of, span, split_tags

_STAMP = "%Y%m%dT%H%M%SZ"


def sniff(text: str, format: str) -> bool:
    """Whether a text is a list of frames (Watson) or of intervals (Timewarrior)."""
    if not text.lstrip("\ufeff \r\n").startswith("["):
        return False
    data = json_of(text, "The file", quiet=True)
    return isinstance(data, list) and bool(data) and _is(data[0], format)


def _is(item: Any, format: str) -> bool:
    if format == "watson":
        frame = isinstance(item, list) and len(item) >= 5 and isinstance(item[0], int | float)
        return frame or (isinstance(item, dict) and "start" in item and "project" in item)
    stamp = item.get("start") if isinstance(item, dict) else None
    return isinstance(stamp, str) and stamp.endswith("Z") and stamp[8:9] == "T"


def read(text: str, options: Options, name: str, format: str) -> Reading:
    """Every frame or interval that has an end."""
    data = json_of(text, name)
    if not isinstance(data, list):
        raise Unreadable(f"{name} contains no list of intervals.", "Export it again as JSON.")
    reading = Reading()
    for row, item in enumerate(data, start=1):
        try:
            begun, ended, title, tags = (_watson if format == "watson" else _timew)(item)
        except (ValueError, KeyError, TypeError, IndexError, OverflowError, OSError):
            reading.refused.append(Note(row, "its start or end cannot be read"))
            continue
        if ended is None:
            reading.skipped.append(Note(row, "no hours; still running"))
            continue
        day, minutes = span(begun, ended)
        add(reading, row, day, minutes, title, tags=tags)
    return reading


def _watson(item: Any) -> tuple[datetime, datetime | None, str, Sequence[str]]:
    """A frame as ``watson log --json`` prints it, or as its own file keeps it."""
    if isinstance(item, list):
        start, end, project, _, tags = item[:5]
        return datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC), project, tags
    stop = item.get("stop")
    end = datetime.fromisoformat(stop) if stop else None
    return datetime.fromisoformat(item["start"]), end, str(item["project"]), item.get("tags", [])


def _timew(item: Any) -> tuple[datetime, datetime | None, str, Sequence[str]]:
    """An interval as ``timew export`` prints it, in UTC; without an annotation its tags name it."""
    tags = [str(tag) for tag in item.get("tags", [])]
    begun = datetime.strptime(item["start"], _STAMP).replace(tzinfo=UTC)
    end = item.get("end")
    ended = datetime.strptime(end, _STAMP).replace(tzinfo=UTC) if end else None
    title = str(item.get("annotation", "")) or ", ".join(split_tags(tags)[2])
    return begun, ended, title, tags

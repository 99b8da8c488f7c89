"""A folder of Markdown notes, one activity a file; front matter is welcome, not needed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from ksbtui.core.exchange.imported import Activity, Note, Reading
from ksbtui.errors import KsbtuiError, NotFound, Unreadable
from ksbtui.imports.logs.own_logs import PRIVATE
from ksbtui.imports.logs.words import read_module, read_paid, read_type
from ksbtui.imports.source import MEGABYTE, Options, decode_text, read_bytes
from ksbtui.imports.times import read_day, read_hours, read_minutes
from ksbtui.imports.trackers import journals
from ksbtui.imports.trackers.common import add, sections, time_in

MOST_FILES = 5_000
MOST_SEEN = 50_000
"""Files and folders that are looked at on the way."""
_SUFFIXES = (".md", ".markdown", ".mdown", ".txt", ".doentry")
_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_KEY = re.compile(r"([A-Za-z][\w -]{0,30}?)\s*:\s*(.*)")
_OWN = {"id", "day", "minutes", "title", "type"}
"""Keys of the front matter of a file that ksbtui wrote."""
_OWN_PART = re.compile(r"^## (What I did|What I learned|Evidence)\n\n", re.MULTILINE)
_OWN_HEADING = re.compile(r"^\\(?=\\*## (?:What I did|What I learned|Evidence)$)", re.MULTILINE)
_SHOWN_TAG = re.compile(r"\\<(?=[A-Za-z/!?])")
_SHOWN_LINK = re.compile(r"\\\](?=\(\s*(?:javascript|vbscript|data):)", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)")
_OWN_EVIDENCE = re.compile(r"- (.*) \(([a-z-]+)\): (.*)")
_DAY_IN_NAME = re.compile(r"(?<!\d)(\d{4})[-_ /]?(\d{2})[-_ /]?(\d{2})(?!\d)")


def read_notes(path: Path, options: Options) -> Reading:
    """Every note of a folder by its name; rows are numbered in that order, ``where`` names them."""
    files = [path] if path.is_file() else _files(path)
    if not files:
        raise NotFound(
            f"{path.name} contains no Markdown notes.", "Choose a folder with .md files."
        )
    reading = Reading()
    for row, file in enumerate(files, start=1):
        where = str(file.relative_to(path)) if path.is_dir() else file.name
        text, _ = decode_text(read_bytes(file, 2 * MEGABYTE), where)
        _read_note(reading, row, where, text.replace("\r\n", "\n"), options)
    return reading


def _raw(text: str) -> str:
    """A text as it was before it was written into Markdown that a browser may show."""
    return _OWN_HEADING.sub("", _SHOWN_LINK.sub("]", _SHOWN_TAG.sub("<", text)))


def own_note(front: dict[str, Any], body: str, row: int, where: str) -> Activity:
    """An entry from a file of ksbtui's own folder, field by field."""
    parts, name, at = {"What I did": "", "What I learned": "", "Evidence": ""}, "", 0
    for match in _OWN_PART.finditer(body):
        order = list(parts)
        if name and order.index(match[1]) <= order.index(name):
            continue
        if name:
            parts[name] = body[at : match.start()].strip("\n")
        name, at = match[1], match.end()
    if name:
        parts[name] = body[at:].strip("\n")
    evidence = [_OWN_EVIDENCE.fullmatch(line) for line in parts["Evidence"].splitlines()]
    verified = front.get("verified")
    submitted, first = front.get("submitted"), front.get("first_day")
    return Activity(
        row=row,
        where=where,
        day=date.fromisoformat(front["day"]),
        first_day=date.fromisoformat(first) if first else None,
        minutes=int(front["minutes"]),
        title=str(front["title"]),
        type=str(front["type"]),
        module=front.get("module"),
        notes=_raw(parts["What I did"]),
        learned=_raw(parts["What I learned"]),
        codes=tuple(front.get("ksbs", ())),
        paid=str(front.get("paid", "yes")),
        new_learning=front.get("new_learning") is not False,
        relevant=front.get("relevant") is not False,
        private=bool(front.get("private")) or front["title"] == PRIVATE,
        verified=(verified["by"], date.fromisoformat(verified["day"])) if verified else None,
        submitted=date.fromisoformat(submitted) if submitted else None,
        links=tuple((_ESCAPED.sub(r"\1", m[1]), _ESCAPED.sub(r"\1", m[3])) for m in evidence if m),
    )


def _files(folder: Path) -> list[Path]:
    """The notes of a folder and those below it, by name; hidden ones and empty ones not."""
    notes = []
    paths = list(islice(folder.rglob("*"), MOST_SEEN + 1))
    if len(paths) > MOST_SEEN:
        raise Unreadable(f"{folder.name} contains too much to read.", "Choose a smaller folder.")
    for file in sorted(paths):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if file.suffix.lower() in _SUFFIXES and not hidden and file.is_file():
            if file.stat().st_size:
                notes.append(file)
            if len(notes) > MOST_FILES:
                raise Unreadable(
                    f"{folder.name} contains over {MOST_FILES:,} notes.", "Choose a smaller folder."
                )
    return notes


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The keys of a note's front matter (simple YAML, or JSON values), and its body."""
    match = _FRONT.match(text)
    if match is None:
        return {}, text
    values: dict[str, Any] = {}
    key = ""
    for line in match[1].splitlines():
        if (item := re.match(r"\s*-\s+(.+)", line)) and key:
            values[key] = [*(values[key] if isinstance(values[key], list) else []), _value(item[1])]
        elif pair := _KEY.fullmatch(line.strip()):
            key = pair[1].strip().lower()
            values[key] = _value(pair[2])
    return values, text[match.end() :]


def _value(text: str) -> Any:
    text = text.strip()
    try:
        return json.loads(text)
    except ValueError:
        pass
    if text.startswith("[") and text.endswith("]"):
        return [part.strip().strip("'\"") for part in text[1:-1].split(",") if part.strip()]
    return text.strip("'\"")


def _read_note(reading: Reading, row: int, where: str, text: str, options: Options) -> None:
    front, body = front_matter(text)
    if front.keys() >= _OWN:
        reading.activities.append(own_note(front, body, row, where))
        reading.own = True
        return
    for format in ("dayone-plist", "jrnl") if not front else ():
        if journals.sniff(text, format):
            reading.add(journals.read(text, options, where, format).within(where))
            return
    title, body = _titled(front, body, where)
    try:
        day = _day(front, where, options)
        minutes = _minutes(front) or time_in(title, body) or options.minutes
    except KsbtuiError as problem:
        reading.refused.append(Note(row, problem.message, where))
        return
    if day is None:
        reading.skipped.append(Note(row, "no date", where))
        return
    done, learned = sections(body)
    tags = [*_listed(front.get("tags")), *_listed(front.get("ksbs"))]
    before = len(reading.activities)
    add(reading, row, day, minutes, title, tags=tags, notes=[done], learned=learned, where=where)
    if len(reading.activities) > before:
        _settle(reading, front)


def _settle(reading: Reading, front: dict[str, Any]) -> None:
    """Lay type, module and pay of the front matter over the activity just read."""
    activity = reading.activities[-1]
    reading.activities[-1] = replace(
        activity,
        type=read_type(str(front.get("type") or "")) or activity.type,
        module=read_module(str(front.get("module") or "")) or activity.module,
        paid=_paid(front.get("paid")) or activity.paid,
    )


def _paid(value: Any) -> str | None:
    if value is None:
        return None
    return str(value) if value in ("yes", "paid-back", "no") else read_paid(str(value))


def _titled(front: dict[str, Any], body: str, where: str) -> tuple[str, str]:
    """The title and the text below it: front matter, first heading, else the file's name."""
    lines = body.strip().splitlines()
    heading = re.match(r"#\s+(.*\S)", lines[0]) if lines else None
    rest = "\n".join(lines[1:]) if heading else body
    if front.get("title"):
        return str(front["title"]), rest
    if heading:
        return heading[1], rest
    stem = _DAY_IN_NAME.sub("", Path(where).stem).strip(" -_").replace("-", " ").replace("_", " ")
    words = next((line for line in lines if line.strip() and not time_in("", line)), "Note")
    return (stem if not stem.isdigit() else "") or words.strip("#*- "), body


def _day(front: dict[str, Any], where: str, options: Options) -> date | None:
    value = next((front[key] for key in ("day", "date", "created") if front.get(key)), None)
    if value is not None:
        return read_day(str(value), options.order or "dmy", options.as_at)[0]
    match = _DAY_IN_NAME.search(Path(where).name) or _DAY_IN_NAME.search(Path(where).as_posix())
    if match is None:
        return None
    return read_day("-".join(match.groups()), "dmy", options.as_at)[0]


def _minutes(front: dict[str, Any]) -> int | None:
    if front.get("minutes"):
        return read_minutes(front["minutes"])[0]
    value = next((front[key] for key in ("hours", "duration", "time") if front.get(key)), None)
    return read_hours(value)[0] if value is not None else None


def _listed(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(item) for item in value]
    return re.split(r"[,\s]+", value.strip()) if isinstance(value, str) and value.strip() else []

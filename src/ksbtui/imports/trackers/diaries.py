"""One Markdown or text file with a heading for each day, and daily notes with several parts.

A heading that begins with a day opens an entry; what follows the day is its title. Parts
below it that name a time of their own are activities of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ksbtui.core.exchange.imported import Note, Reading
from ksbtui.errors import KsbtuiError, Unreadable
from ksbtui.imports.source import Options
from ksbtui.imports.times import read_day
from ksbtui.imports.trackers.common import add, check_order, sections, tags_in, time_in

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
DAY = (
    rf"{_WEEKDAY}(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ -]{_MONTH}(?:,?[ -]\d{{4}})?"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?)"
)
"""A day at the beginning of a line, in any of the forms that are read."""

_DATED = re.compile(
    rf"^[ \t]*(#{{1,6}}[ \t]+|\*\*|__|(?=\d))({DAY})(?![\w/])[ \t]*[-–—:,|)]*[ \t]*(.*?)[ \t*_#]*$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADING = re.compile(r"^[ \t]*(#{1,6})[ \t]+(.*\S)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Part:
    """A dated part of a file: its line, day as written, title and text."""

    row: int
    day: str
    title: str
    body: str


def sniff(text: str, format: str) -> bool:
    """Whether a text has a heading for each day: two of them, or one that names its time."""
    dated = [match for match in _DATED.finditer(text) if match[1]]
    return len(dated) > 1 or (len(dated) == 1 and time_in(dated[0][3], text) is not None)


def read(text: str, options: Options, name: str, format: str) -> Reading:
    """Every dated part, and the parts of it that name a time of their own."""
    reading = Reading()
    parts = list(_parts(text))
    if not parts:
        raise Unreadable(
            f"{name} has no headings with a day.", "Add a heading such as: ## 14 January 2026"
        )
    order = check_order([part.day for part in parts], options)
    for part in parts:
        try:
            day, odd = read_day(part.day, order, options.as_at)
        except KsbtuiError as problem:
            reading.refused.append(Note(part.row, problem.message))
            continue
        if odd:
            reading.warnings.append(Note(part.row, odd))
        add_text(reading, part.row, day, part.title, part.body, options)
    before = text[: text.find(parts[0].day)].strip("# \n")
    if time_in("", before):
        reading.warnings.append(Note(1, "there is a time before the first day; it was not read"))
    return reading


def _parts(text: str) -> Iterator[_Part]:
    dated = [match for match in _DATED.finditer(text) if match[1]]
    ends = [match.start() for match in dated[1:]] + [len(text)]
    for match, end in zip(dated, ends, strict=True):
        row = text.count("\n", 0, match.start()) + 1
        body = re.sub(r"(?m)^\s*(?:---+|\*\*\*+)\s*$", "", text[match.end() : end]).strip()
        yield _Part(row, match[2], match[3].strip(), body)


def add_text(
    reading: Reading,
    row: int,
    day: date,
    title: str,
    body: str,
    options: Options,
    *,
    tags: tuple[str, ...] = (),
    where: str = "",
) -> None:
    """Add a day's text: the parts that name a time of their own, else the whole as one."""
    inner = [part for part in _inner(body) if time_in(part[0], part[1]) is not None]
    own = time_in(title, body.split("\n#", 1)[0])
    named = [part for part in inner if not _only_time(part[0])]
    if own is None and len(named) > 1:
        for heading, text in named:
            notes, learned = sections(text)
            add(
                reading, row, day, time_in(heading, text), heading,
                tags=(*tags, *tags_in(text)), notes=[notes], learned=learned, where=where,
            )  # fmt: skip
        return
    minutes = time_in(title, body) or options.minutes
    notes, learned = sections(body)
    lines = (line.strip("#*- ") for line in body.splitlines() if not time_in("", line))
    words = title or next((line for line in lines if line), "")
    rest = notes if title else notes.partition("\n")[2] if notes.startswith(words) else notes
    add(
        reading, row, day, minutes, words,
        tags=(*tags, *tags_in(body)), notes=[rest], learned=learned, where=where,
    )  # fmt: skip


def _inner(body: str) -> Iterator[tuple[str, str]]:
    """The headings within a text, each with what stands below it."""
    headings = list(_HEADING.finditer(body))
    ends = [match.start() for match in headings[1:]] + [len(body)]
    for match, end in zip(headings, ends, strict=False):
        yield match[2].strip("*# "), body[match.end() : end].strip()


def _only_time(heading: str) -> bool:
    """Whether a heading is only the time of the part above it."""
    return time_in("", heading) is not None

"""What calendars, trackers and notes share: JSON, London days, titles, tags, times in a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from ksbtui.core.entry.entries import MAX_MINUTES
from ksbtui.core.exchange.imported import Activity, Note, Reading, headline
from ksbtui.core.text.text import clean, one_line, quoted
from ksbtui.errors import KsbtuiError, Unreadable
from ksbtui.imports.logs.words import codes_in_cell, codes_in_text, ordered, read_type, role_of
from ksbtui.imports.source import Options
from ksbtui.imports.times import order_of, read_hours, read_minutes


def json_of(text: str, name: str, *, quiet: bool = False) -> Any:
    """The value of a JSON text; refuses what is none, or gives None where ``quiet``."""
    try:
        return json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as problem:
        if quiet:
            return None
        raise Unreadable(f"{name} is not valid JSON.", "Export it again.") from problem


NO_TIME = "no hours: add a line such as Time: 1h30, or use --time 1h for all of these"
"""What is said of a note that does not tell how long it took."""
LONDON = ZoneInfo("Europe/London")
"""A learner in England: an instant is logged on the day it was there."""

_TAG = re.compile(r"(?<![\w#&/])[@#]([A-Za-z]\w*)")
_CODE_TAG = re.compile(r"[@#]?[KSBksb]\d{1,2}")
_LABELLED = re.compile(
    r"^\W*(?:total )?(time|duration|hours?|minutes?|mins?|spent|took)"
    r"(?: (?:spent|taken|logged|worked|so far|today|\w+ total))?\W*?(?:::?|=)\W*?"
    r"([\d.~½¼¾]\S{0,12}.{0,30}?|half.{0,10})[*_)\]]*\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_AMOUNT = re.compile(
    r"[\d.,:½¼¾]+\s*(?:h\w*|m\w*)?(?:\s*(?:and|,)?\s*\d+\s*m\w*)?(?=\s|$)", re.IGNORECASE
)
_BRACKETED = re.compile(r"[(\[]\s*(\d[\d.:,]*\s*(?:h\w*|m\w*)?(?:\s*\d+\s*m?\w*)?)\s*[)\]]")


def london(moment: datetime, zone: tzinfo = LONDON) -> datetime:
    """An instant as London's clocks showed it; one without a zone is in ``zone``."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(LONDON)


def span(start: datetime, end: datetime) -> tuple[date, int]:
    """The London day an activity began on, and its minutes, half up."""
    begun, ended = london(start), london(end)
    return begun.date(), int((ended - begun).total_seconds() / 60 + 0.5) if ended > begun else 0


def split_tags(tags: Iterable[str]) -> tuple[tuple[str, ...], str, list[str]]:
    """KSB codes, the activity type and the other words among tags."""
    codes: set[str] = set()
    kind, words = "", []
    for tag in tags:
        bare = tag.strip().lstrip("@#")
        if _CODE_TAG.fullmatch(bare):
            codes.update(codes_in_cell(bare))
            continue
        if bare:
            words.append(bare)
            kind = kind or read_type(bare)
    return ordered(codes), kind, words


def time_in(title: str, body: str) -> int | None:
    """Minutes that a note names: ``Time: 1h30`` on a line, or ``(1h30)`` in its title."""
    if match := _LABELLED.search(body):
        read = read_minutes if match[1].lower().startswith("min") else read_hours
        text = match[2]
    elif bracketed := _BRACKETED.search(title):
        read, text = read_hours, bracketed[1]
    else:
        return None
    amount = _AMOUNT.match(text.strip())
    for spelt in (text.strip(), amount[0].strip() if amount else ""):
        try:
            return read(spelt)[0] or None
        except KsbtuiError:
            continue
    return None


def tags_in(text: str) -> tuple[str, ...]:
    """The words marked as tags in a text: ``@K1``, ``#workshop``."""
    return tuple(_TAG.findall(text))


def check_order(days: Sequence[str], options: Options) -> str:
    """The order of day and month in a file's days; asked for where nothing decides."""
    order = options.order or order_of(days, options.as_at, options.first)
    if order in ("open", "both"):
        first = next(day for day in days if order_of([day]))
        raise Unreadable(
            f"It is not clear whether the day or the month comes first: {quoted(first)}.",
            "Add --date-order dmy if the day comes first, or --date-order mdy if the month does.",
        )
    return order or "dmy"


def sections(text: str) -> tuple[str, str]:
    """What was done and what was learned, by the headings of a text; else all is the first."""
    done: list[str] = []
    learned: list[str] = []
    here = done
    for line in text.splitlines():
        heading = re.match(r"\s{0,3}#{1,6}\s+(.*\S)", line)
        if heading:
            here = learned if role_of(heading[1]) == "learned" else done
            if role_of(heading[1]) in ("learned", "text"):
                continue
        here.append(line)
    return "\n".join(done).strip(), "\n".join(learned).strip()


def add(
    reading: Reading,
    row: int,
    day: date,
    minutes: int | None,
    text: str,
    *,
    tags: Sequence[str] = (),
    notes: Sequence[str] = (),
    learned: str = "",
    where: str = "",
) -> None:
    """Add one activity to a reading, or the reason why it is none."""
    if not minutes:
        reading.skipped.append(Note(row, NO_TIME, where))
        return
    if minutes > MAX_MINUTES:
        reading.refused.append(Note(row, "it lasts more than a day", where))
        return
    title, rest = headline(text)
    codes, kind, words = split_tags(tags)
    joined = "\n\n".join(part for part in (rest, *notes) if part.strip())
    reading.activities.append(
        Activity(
            row=row,
            day=day,
            minutes=minutes,
            title=one_line(title) or " ".join(words) or "Activity without a title",
            type=kind,
            notes=clean(joined).strip("\n"),
            learned=clean(learned).strip("\n"),
            codes=ordered({*codes, *codes_in_text(title, joined, learned)}),
            where=where,
        )
    )

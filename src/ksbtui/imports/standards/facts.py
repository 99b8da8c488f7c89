"""The key facts of a standard: reference, version, level, title, hours, dates, routes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ksbtui.imports.standards.lines import Line
from ksbtui.imports.standards.statements import code_of, heading, statement_start

_LABELS = {
    "ref": r"(?:standard |unit |apprenticeship )?(?:reference|ref|code)(?: (?:number|no|code))?\.?",
    "version": r"version(?: number)?",
    "level": r"level|apprenticeship level",
    "title": r"title|name|occupation|standard(?: title| name)?|apprenticeship(?: standard| title)?"
    r"|(?:apprenticeship )?unit(?: title)?|standard title",
    "hours": r"(?:minimum|min)[ -].{0,30}hours.{0,30}|(?:off-the-job|otj).{0,20}hours.{0,20}"
    r"|minimum off-the-job.{0,20}|minimum hours|min hours|training hours",
    "maximum": r"(?:maximum|max) hours.{0,20}",
    "duration": r".{0,30}\bduration\b.{0,30}",
    "routes": r"routes?",
    "approved": r"approved for delivery|date approved|approved",
    "updated": r"date updated|last updated",
    "earliest": r"earliest start(?: date)?|starts? from",
    "latest": r"latest start(?: date)?|starts? to",
}
_PATTERNS = tuple((name, re.compile(text, re.IGNORECASE)) for name, text in _LABELS.items())
_FACT = re.compile(r"([A-Za-z][A-Za-z /()'-]{1,60}?)\s*:\s*(\S.{0,300})", re.DOTALL)
_REFERENCE = re.compile(r"\b((?:ST|AU|FA|OS)\d{4,5})\b", re.IGNORECASE)
_VERSION = re.compile(r"\bv(?:ersion)?\.?\s*(\d{1,3}(?:\.\d{1,3})?)\b", re.IGNORECASE)
_LEVEL = re.compile(r"\blevel\s*:?\s*(\d)\b", re.IGNORECASE)
_HOURS = re.compile(
    r"(?:ranging from|between|from|of)\s+(\d{1,4})\s*(?:and|to|[-–])\s*(\d{1,4})\s+hours",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d{1,4})\s*(?:and|to|[-–])\s*(\d{1,4})")
_WEEKS = re.compile(r"(\d{1,3})\s*(?:and|to|[-–])\s*(\d{1,3})\s+weeks", re.IGNORECASE)
_MONTHS = re.compile(r"(\d{1,3})(?:\s*months?)?", re.IGNORECASE)
_UNIT = re.compile(r"\s*[–—:,(-]?\s*\(?apprenticeship unit\)?\s*$", re.IGNORECASE)
_NOT_TITLES = re.compile(
    r"(?:skills england|institute for apprenticeships.*|ifate|gov\.uk|home|menu|skip to .*|search"
    r"|cookies?.*|apprenticeships?|(?:occupational|apprenticeship) standards?|apprenticeship units?"
    r"|.*©.*|back.*|print.*|download.*|share.*|page \d.*|https?:.*)",
    re.IGNORECASE,
)
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LISTED_ROUTES = ("Agriculture, environmental and animal care", "Legal, finance and accounting")
_HEAD_LINES = 60
"""A title or a bare reference is looked for above this many lines with text."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page says about the standard as a whole; None or empty where it is silent."""

    ref: str = ""
    version: str = ""
    title: str = ""
    kind: str = "apprenticeship"
    level: int | None = None
    min_minutes: int | None = None
    max_minutes: int | None = None
    typical_months: int | None = None
    typical_weeks: tuple[int, int] | None = None
    approved: date | None = None
    updated: date | None = None
    starts_from: date | None = None
    starts_to: date | None = None
    routes: tuple[str, ...] = ()
    labelled: dict[str, str] = field(default_factory=dict)


def is_fact(text: str) -> bool:
    """Whether a line is one of the facts read here, such as ``Level: 4``."""
    match = _FACT.match(text)
    return match is not None and _label(match[1]) != ""


def read_facts(lines: Sequence[Line]) -> Facts:
    """The facts among a page's lines; the first mention of each counts."""
    labelled = _labelled(lines)
    head = [line for line in lines if not line.blank][:_HEAD_LINES]
    above = _above(head)
    top = " \n".join(line.text for line in above)
    text = "\n".join(line.text for line in lines)
    title = labelled.get("title") or _title(above)
    ref = _reference(labelled.get("ref", "")) or _reference(top, strict=True)
    is_unit = bool(_UNIT.search(title)) or ref.startswith("AU")
    is_unit = is_unit or any(
        re.fullmatch(r"apprenticeship unit(?: details)?", line.text, re.IGNORECASE)
        for line in lines
    )
    least, most = _hours(labelled, text if is_unit else "")
    weeks = _WEEKS.search(text) if is_unit else None
    return Facts(
        ref=ref,
        version=_version(labelled, top),
        title=_plain_title(title),
        kind="unit" if is_unit else "apprenticeship",
        level=_number(labelled.get("level", "")) or _matched(_LEVEL, top),
        min_minutes=least,
        max_minutes=most,
        typical_months=None if is_unit else _months(labelled.get("duration", "")),
        typical_weeks=(int(weeks[1]), int(weeks[2])) if weeks else None,
        approved=read_date(labelled.get("approved", "")),
        updated=read_date(labelled.get("updated", "")),
        starts_from=read_date(labelled.get("earliest", "")),
        starts_to=read_date(labelled.get("latest", "")),
        routes=_routes(labelled.get("routes", "")),
        labelled=labelled,
    )


def read_date(text: str) -> date | None:
    """A day as pages print it: 17/03/2026, 10 December 2025, or ISO."""
    if match := re.search(r"\b(\d{4})-(\d{2})-(\d{2})\b", text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif match := re.search(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b", text):
        day, month, year = int(match[1]), int(match[2]), int(match[3])
    elif match := re.search(
        r"\b(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})\b", text
    ):
        name = match[2][:3].lower()
        if name not in _MONTH_NAMES:
            return None
        day, month, year = int(match[1]), _MONTH_NAMES.index(name) + 1, int(match[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _label(text: str) -> str:
    name = " ".join(text.split())
    return next((key for key, pattern in _PATTERNS if pattern.fullmatch(name)), "")


def _labelled(lines: Sequence[Line]) -> dict[str, str]:
    """The first value of each known label.

    From ``Label: value`` lines, two-cell rows, and a label alone above its value.
    """
    values: dict[str, str] = {}
    waiting = ""
    for line in lines:
        if waiting and not line.blank:
            values.setdefault(waiting, line.text)
            waiting = ""
        filled = [cell for cell in line.cells if cell]
        if len(filled) == 2 and len(filled[0]) <= 60:
            label, value = filled[0].rstrip(": "), filled[1]
        elif (match := _FACT.match(line.text)) and not line.cells:
            label, value = match[1], match[2]
        else:
            waiting = _label(line.text[:-1].strip()) if line.text[-1:] == ":" else waiting
            continue
        key = _label(label)
        if key and (key not in ("level", "hours") or re.search(r"\d", value)):
            values.setdefault(key, value.strip())
    return values


def _above(head: Sequence[Line]) -> list[Line]:
    """The lines above the first fact, section or statement: where a title stands."""
    above: list[Line] = []
    for line in head:
        title_like = line.level == 1 and not heading(line.text)
        if not title_like and (
            is_fact(line.text)
            or heading(line.text)
            or statement_start(line.text)
            or code_of(line.text)
            or len(line.cells) > 1
        ):
            break
        above.append(line)
    return above


def _title(above: Sequence[Line]) -> str:
    """The page's first heading, else its first line that looks like a title."""
    headings = [line for line in above if line.level == 1]
    for line in (*headings, *above):
        text = line.text
        if len(text) <= 150 and not text.endswith(".") and not _NOT_TITLES.fullmatch(text):
            return text
    return ""


def _plain_title(text: str) -> str:
    text = re.sub(
        r"\s*[(\[]?\s*\b(?:ST|AU|FA|OS)\d{4,5}\b\s*(?:[,:–-]?\s*v(?:ersion)?\.?\s*[\d.]+)?\s*[)\]]?",
        " ",
        text,
        flags=re.IGNORECASE,
    )
    text = re.sub(r"\s*[(,–-]\s*v(?:ersion)?\.?\s*[\d.]+\s*\)?\s*$", "", text, flags=re.IGNORECASE)
    text = re.sub(r"\s*[(,–-]\s*level\s*\d\s*\)?\s*$", "", text, flags=re.IGNORECASE)
    return _UNIT.sub("", " ".join(text.split())).strip(" :–—-")


def _reference(text: str, strict: bool = False) -> str:
    """The reference in a value; without a known form the first word of the value itself."""
    match = _REFERENCE.search(text)
    if match:
        return match[1].upper()
    first = "" if strict else (text.split() or [""])[0].strip(",.;")
    return first if re.fullmatch(r"[A-Za-z0-9._/-]{2,20}", first) else ""


def _version(labelled: dict[str, str], top: str) -> str:
    match = re.search(r"\d{1,3}(?:\.\d{1,3})*", labelled.get("version", ""))
    if match:
        return match[0]
    version = _VERSION.search(f"{labelled.get('ref', '')} {labelled.get('title', '')} {top}")
    return version[1] if version else ""


def _hours(labelled: dict[str, str], text: str) -> tuple[int | None, int | None]:
    """Minimum and maximum hours in minutes, from the label or a unit's sentence."""
    value = labelled.get("hours", "").replace(",", "")
    span = (
        _RANGE.search(value) or _HOURS.search(labelled.get("duration", "")) or _HOURS.search(text)
    )
    if span:
        return int(span[1]) * 60, int(span[2]) * 60
    least, most = _number(value), _number(labelled.get("maximum", "").replace(",", ""))
    return (least * 60 if least else None), (most * 60 if most else None)


def _months(text: str) -> int | None:
    if "week" in text.lower() or "hour" in text.lower():
        return None
    return _matched(_MONTHS, text)


def _number(text: str) -> int | None:
    match = re.search(r"\d{1,6}", text)
    return int(match[0]) if match else None


def _matched(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    return int(match[1]) if match else None


def _routes(text: str) -> tuple[str, ...]:
    """The routes of a list; a route with a comma of its own stays whole."""
    for number, name in enumerate(_LISTED_ROUTES):
        text = re.sub(re.escape(name), f"\0{number}", text, flags=re.IGNORECASE)
    parts = (part.strip() for part in re.split(r"[,;|]", text))
    return tuple(
        _LISTED_ROUTES[int(part[1])] if part[0] == "\0" else part for part in parts if part
    )

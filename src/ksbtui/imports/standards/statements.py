"""What a line of a standard is: a KSB statement, a note, or a heading and the part it opens."""

from __future__ import annotations

import re
from dataclasses import dataclass

END = (".", "!", "?", ";", ":")
_CODE_ONLY = re.compile(r"([KSBksb])[\s.]?0*([1-9]\d{0,2})\*?[.:)]?")
_START = re.compile(
    r"(?:(?:knowledge|skills?|behaviours?|ksb)\s+)?[(\[]?([KSB])[\s.]?0*([1-9]\d{0,2})\*?[)\]]?"
    r"\s*(?:(?P<sep>[:.)=|–—-])\s*|\s+)(?P<text>\S.*)",
    re.DOTALL | re.IGNORECASE,
)
_LOOSE = re.compile(r"(?:[KSB]\d|and\b|or\b|to\b|is\b|are\b|was\b|has\b|have\b|,|&|/|–|-)")
_INNER = re.compile(r"(?<=\S)\s+(?=\*{0,2}[KSB]\d{1,3}\*{0,2}:\s)")
_CODES = re.compile(
    r"\b([KSB])\s?0*([1-9]\d{0,2})(?:\s*(?:-|–|to)\s*(?:\1)?\s?0*([1-9]\d{0,2}))?\b"
)
_CODE_LIST = re.compile(
    r"(?:\s|,|;|/|&|\+|\band\b|\bto\b|-|–|\.|\(|\)|[KSB]\s?\d{1,3}\b)+", re.IGNORECASE
)

_METHODS = (
    r"assess(?:ed|ment)|AM\s?\d|EPA\b|end-point|methods?\b|grad(?:e|ing)|pass\b|distinction|"
    r"professional discussion|interview|observation|(?:work.based )?project|portfolio|"
    r"multiple.choice|knowledge test|skills test|practical|presentation|mandatory|mapped to|"
    r"links? to|linked to|dut(?:y|ies)\s+\d|evidence(?:d)? (?:by|in|through)"
)
_NOTE_LINE = re.compile(
    rf"[(\[{{*_]*\s*(?:(?:{_METHODS}|notes?|tips?|evidence|example evidence|see also|see|links?|"
    r"read more|more|related|duties|duty|outcomes?|sources?|criteria|mapping|weighting|edit|copy|"
    r"comments?|status|rating|confidence|tutor|module|type|theme)\b[^:]{0,40}:|"
    rf"(?:assessed|mapped|linked) (?:by|in|through|via|using|to|with)\b|AM\s?\d\b|"
    r"(?:https?://|www\.)|back to\b|return to\b|©|crown copyright\b)",
    re.IGNORECASE,
)
_WRAPPED_NOTE = re.compile(rf"[(\[]\s*(?:{_METHODS})[^()\[\]]{{0,200}}[)\]]\.?$", re.IGNORECASE)
_METHOD_NAME = (
    r"(?:professional discussion|practical (?:assessment|observation)"
    r"|observation(?: with questions)?|knowledge test|skills test|multiple[- ]choice (?:test|exam)"
    r"|project(?: report)?|portfolio(?: of evidence)?|interview|presentation|AM\s?\d|EPA|core"
    r"|mandatory)"
)
_METHOD_LINE = re.compile(
    rf"{_METHOD_NAME}(?:\s*(?:,|and|&|/|\+)\s*{_METHOD_NAME}){{0,5}}", re.IGNORECASE
)
_TRAILING = (
    re.compile(rf"\s*[(\[]\s*(?:{_METHODS})[^()\[\]]{{0,200}}[)\]]\.?$", re.IGNORECASE),
    re.compile(
        r"(?<=[.;!?])\s+(?:assessed|assessment|evidenced|mapped|linked)"
        r"(?:\s+(?:by|in|through|via|using|to|with|method|methods)\b|\s*:)[^.]{0,200}\.?$",
        re.IGNORECASE,
    ),
    re.compile(
        r"\s+[–—-]\s+(?:assessed|mapped) (?:by|in|through|via|to)\b.{0,200}$", re.IGNORECASE
    ),
    re.compile(r"(?<=[.;!?])\s+\(?AM\s?\d(?:\s*[,&/+]\s*AM\s?\d){0,5}\)?$"),
)


def code_of(text: str) -> str | None:
    """The code, such as ``K7``, if that is all the text says."""
    match = _CODE_ONLY.fullmatch(text.strip())
    return f"{match[1].upper()}{match[2]}" if match else None


def code_list(text: str) -> tuple[str, ...]:
    """The codes of a text that names nothing else (``K1, S3-S5``), in its order."""
    if len(text) > 5_000 or not _CODE_LIST.fullmatch(text):
        return ()
    return codes_in(text)


def codes_in(text: str) -> tuple[str, ...]:
    """Every code named in a text, ranges spelled out, each once."""
    codes: dict[str, None] = {}
    for match in _CODES.finditer(text.upper().replace(" TO ", "-")):
        first = int(match[2])
        last = int(match[3]) if match[3] else first
        for number in range(first, last + 1 if 0 <= last - first < 200 else first + 1):
            codes[f"{match[1]}{number}"] = None
    return tuple(codes)


def statement_start(text: str, loose: bool = True) -> tuple[str, str] | None:
    """The code and the first words of a line that begins a statement.

    ``loose`` also takes ``K1 The role of …`` without a mark behind the code; prose
    such as "K1 and K2 are assessed" is told apart by its next word.
    """
    match = _START.match(text)
    if match is None:
        return None
    code, words = f"{match[1].upper()}{match[2]}", match["text"].strip()
    if match["sep"] in (None, "-", "–"):
        if not loose or match[1].islower() or _LOOSE.match(words) or not words[0].isupper():
            return None
    elif match[1].islower() and match["sep"] not in ":|":
        return None
    return code, words


def split_statements(text: str) -> list[str]:
    """A line with several statements run together, cut before each code and colon."""
    return _INNER.split(text) if text.count(":") > 1 else [text]


def is_note(text: str) -> bool:
    """Whether a line beside a statement speaks of it: assessment, links, marks."""
    return bool(_NOTE_LINE.match(text) or _WRAPPED_NOTE.match(text) or _METHOD_LINE.fullmatch(text))


def is_continued(statement: str, line: str) -> bool:
    """Whether a line goes on in the middle of the statement's sentence."""
    return (
        bool(statement)
        and not statement.endswith(END)
        and line[:1].islower()
        and not re.match(r"(?:assess|mapped to|linked to|https?:|www\.)", line)
    )


def is_noise(text: str) -> bool:
    """Whether a line is the page's own: a page number, a footer."""
    return bool(re.fullmatch(r"(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", text.strip(), re.I))


def without_notes(text: str) -> str:
    """The statement alone: what assessment says behind its end is cut off."""
    text = " ".join(text.split())
    for _ in range(3):
        shorter = text
        for pattern in _TRAILING:
            shorter = pattern.sub("", shorter)
        if shorter == text:
            break
        text = shorter
    return text.strip()


_TYPE = r"(?:knowledge|skills?|behaviou?rs?|ksbs?)"
_KSB_HEADING = re.compile(
    rf"(?:(?:core|technical|transferable|occupational|the)\s+)?{_TYPE}"
    rf"(?:\s*(?:,|and|&|,\s*and)\s*{_TYPE}){{0,2}}(?:\s*\(ksbs?\))?"
    r"(?:\s+(?:statements?|requirements?|list))?",
    re.IGNORECASE,
)
_DUTIES = re.compile(r"(?:occupation(?:al|'s)?\s+)?dut(?:y|ies)(?:\s+and\s+ksbs)?", re.IGNORECASE)
_OUTCOMES = re.compile(
    r"(?:knowledge and skills? outcomes?|learning outcomes?|outcomes?)(?:\s+and .{0,40})?",
    re.IGNORECASE,
)
_JOBS = re.compile(r"(?:typical\s+)?job titles(?:\s+include)?", re.IGNORECASE)
_OTHER = re.compile(
    r"(?:key information|contents|assessment(?: plan)?|qualifications?|version log|funding|"
    r"validation and assessment|english and maths|entry requirements?|introduction|"
    r"who is it for\??|occupation(?:al)? (?:summary|standard|profile)|details of .{0,60}|"
    r"professional recognition|additional information|regulat(?:ed|ion) .{0,60}|"
    r"apprenticeship unit details|sector subject area codes?|end-point assessment.{0,30}|"
    r"gateway.{0,30}|glossary|grading.{0,30}|change log|duration|introduction and overview)",
    re.IGNORECASE,
)
_OPTION = re.compile(
    r"(?:(?:the\s+)?(?P<kind>option|pathway|specialism)\s*"
    r"(?P<number>\d{1,2}|[A-Z](?=\s*[:–—.)-]|$))?\s*(?:[:–—-]\s*(?P<name>\S.{0,120}))?"
    r"|(?P<lead>\S.{0,80}?)\s+(?:option|pathway|specialism)(?:\s+ksbs?)?)",
    re.IGNORECASE,
)
_CORE = re.compile(rf"core(?:\s+(?:{_TYPE}|option|occupation|pathway|statements))?", re.IGNORECASE)
_OPTION_TAIL = re.compile(rf"\s*(?:[:–—(-]\s*)?(?:additional\s+)?\b{_TYPE}\)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """What opens: ``ksbs``, ``duties``, ``outcomes``, ``jobs``, ``other``, ``option``."""

    section: str
    option: str | None = None
    """The option whose statements follow; empty for core, None if it says nothing."""


def heading(text: str, marked: bool = False) -> Heading | None:
    """What a line opens, or None; ``marked`` when the file itself says it is a heading."""
    name = text.strip().rstrip(":").strip()
    if not name or len(name) > 160:
        return None
    if _CORE.fullmatch(name):
        return Heading("ksbs", "")
    option = _option(name, marked)
    if option:
        return Heading("ksbs", option)
    for section, pattern in (
        ("ksbs", _KSB_HEADING),
        ("duties", _DUTIES),
        ("outcomes", _OUTCOMES),
        ("jobs", _JOBS),
        ("other", _OTHER),
    ):
        if pattern.fullmatch(name):
            return Heading(section)
    return Heading("other") if marked else None


def option_name(text: str) -> str:
    """The option a cell or heading names; empty for core."""
    name = " ".join(text.split())
    if not name or _CORE.fullmatch(name) or name.lower() in ("all", "none", "n/a", "-"):
        return ""
    return _option(name, marked=True) or name


def _option(name: str, marked: bool) -> str:
    """The option's name: ``Data`` of "Option 1: Data", else "Option 1"; empty if none."""
    match = _OPTION.fullmatch(name)
    if match is None:
        return ""
    if match["lead"]:
        lead = match["lead"].strip()
        return "" if not marked or lead.lower() in ("the", "each", "your", "core") else lead
    if match["name"]:
        shorter = _OPTION_TAIL.sub("", match["name"]).strip()
        return shorter or _label(match)
    return _label(match) if match["number"] else ""


def _label(match: re.Match[str]) -> str:
    return f"{match['kind'].capitalize()} {match['number'] or ''}".strip()

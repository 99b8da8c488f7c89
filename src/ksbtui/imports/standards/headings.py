"""Which part of a standard a heading, a table's head or a single line opens."""

from __future__ import annotations

import re
from dataclasses import dataclass

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

"""The words of other people's logs: activity types, pay, modules and KSB codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ksbtui.core.programme.standards import code_key

_TYPES = (
    ("english-maths", r"english|maths|functional skills"),
    ("review", r"(?:progress|tripartite|12 week|twelve week|quarterly) review|^reviews?$"),
    ("induction", r"induction|onboarding"),
    ("assignment", r"assignment|coursework|portfolio|essay|write up|writing"),
    ("revision", r"revis|mock|past papers?"),
    ("assessment", r"assessment|exams?\b|\btests?$"),
    ("work", r"on the job|on job|normal (?:work|job|duties)|business as usual|\bbau\b|day job"),
    ("shadowing", r"shadow|visit"),
    ("coaching", r"coach|mentor|one to one|\b1 ?(?:2|to)? ?1\b|supervision"),
    ("reflection", r"reflect|journal"),
    ("event", r"event|conference|network|competition|exhibition"),
    ("e-learning", r"e ?learning|online (?:course|learning|module|training)|videos?|mooc|podcast"),
    ("practice", r"practice|practise|practical|simulation|role play|rehears"),
    (
        "workshop",
        r"workshop|master ?class|in house|short courses?|training (?:course|day)|hackathon",
    ),
    ("session", r"session|lecture|class|lesson|webinar|seminar|tutorial|taught|teaching|contact"),
    ("research", r"research|reading|self study|stud(?:y|ies)|literature"),
    ("project", r"project"),
    ("other", r"^(?:other.*|misc.*|additional.*|training)$"),
)
_TYPES_FOUND = tuple((id, re.compile(pattern)) for id, pattern in _TYPES)
TYPE_IDS = frozenset(id for id, _ in _TYPES)

_YES = {"y", "yes", "true", "1", "x", "✓", "✔", "paid", "in work time", "work time"}
_NO = {"n", "no", "false", "0", "unpaid", "own time", "no unpaid"}
_BACK = re.compile(r"toil|paid back|back|lieu|agreed")

_MODULE = re.compile(r"(?:module|unit|m)?\s*(\d{1,2})(?:\s*[:.)–—-]\s*.*|\s+\D.*)?", re.IGNORECASE)
_IN_TEXT = re.compile(
    r"(?<![A-Za-z0-9])([KSB])0{0,2}(\d{1,2})(?!\d)"
    r"(?:\s*(?:[-–—]|\bto\b)\s*([KSB])0{0,2}(\d{1,2})(?!\d)|[-–—](\d{1,2})(?![\d:.]))?"
    r"(?![A-Za-z])"
)
_CODE_TOKEN = re.compile(
    r"([ksb])?\s*0{0,2}(\d{1,2})(?:\s*(?:-|–|—|to)\s*([ksb])?0{0,2}(\d{1,2}))?"
)


_NAMES = re.compile(r"\b(?:knowledge|skills?|behaviou?rs?)\b")


@lru_cache(maxsize=2_000)
def plain(text: str) -> str:
    """A heading or word for comparing: small letters and digits with single spaces."""
    return " ".join(re.sub(r"[^a-z0-9✓✔]+", " ", text.lower()).split())


@lru_cache(maxsize=2_000)
def read_type(text: str) -> str:
    """The id of the activity type a word means; empty where none is meant."""
    wanted = plain(text)
    if (dashed := wanted.replace(" ", "-")) in TYPE_IDS:
        return dashed
    return next((id for id, pattern in _TYPES_FOUND if pattern.search(wanted)), "")


def read_paid(text: str) -> str | None:
    """``yes``, ``paid-back`` or ``no`` of an answer about paid hours; None where unclear."""
    wanted = plain(text)
    if _BACK.search(wanted):
        return "paid-back"
    if wanted in _YES:
        return "yes"
    return "no" if wanted in _NO else None


def read_module(text: str) -> int | None:
    """The number in ``3``, ``Module 3`` or ``M3: Data``; None where there is none."""
    match = _MODULE.fullmatch(text.strip())
    return int(match[1]) if match else None


def codes_in_text(*texts: str) -> tuple[str, ...]:
    """KSB codes written in running text: capital letter and number, ranges spelt out."""
    found: set[str] = set()
    for text in texts:
        for letter, first, other, last, bare in _IN_TEXT.findall(text):
            found.update(_span(letter, first, other, last or bare))
    return ordered(found)


def codes_in_cell(text: str, letter: str = "") -> tuple[str, ...]:
    """KSB codes of a column for codes; a bare number takes the last letter or the column's."""
    found: set[str] = set()
    current = letter.lower()
    for match in _CODE_TOKEN.finditer(_NAMES.sub(lambda name: name[0][0], text.lower())):
        current = match[1] or current
        if current:
            found.update(_span(current.upper(), match[2], (match[3] or "").upper(), match[4] or ""))
    return ordered(found)


def _span(letter: str, first: str, other: str, last: str) -> Iterable[str]:
    low, high = int(first), int(last) if last else int(first)
    if other and other != letter:
        return (f"{letter}{low}", f"{other}{high}")
    if not low <= high <= low + 60:
        return (f"{letter}{low}", f"{letter}{high}") if last and other else (f"{letter}{low}",)
    return tuple(f"{letter}{n}" for n in range(low, high + 1))


def ordered(codes: Iterable[str]) -> tuple[str, ...]:
    """Codes each once, K, S, B then by number; ``K0`` is none."""
    return tuple(sorted({code for code in codes if code[1:] != "0"}, key=code_key))


def is_answer(cell: object) -> bool:
    """Whether a cell only says yes or no, or is a tick."""
    return isinstance(cell, bool) or str(cell).strip().lower() in {*_YES, *_NO, "n/a", "✗", "☑"}


_LINK = re.compile(r"https?://[^\s<>\"|,;]+", re.IGNORECASE)
_AROUND = " \t()[]<>:-–—,;|"
_LONGEST = 80
"""A longer line is a text of its own, not the title of the link in it."""

Link = tuple[str, str]
"""A title and where the link leads."""


def split_links(texts: Iterable[str]) -> tuple[tuple[Link, ...], list[str]]:
    """Each link once, with the words of its line as its title, and the lines that hold none.

    Words that would be lost (two links on a line, a long line) stay as a line too.
    """
    links: dict[str, str] = {}
    rest: list[str] = []
    for line in (line.strip() for text in texts for line in text.splitlines()):
        found = [_whole(match[0]) for match in _LINK.finditer(line)]
        words = _LINK.sub(" ", line).strip(_AROUND)
        titled = len(found) == 1 and len(words) <= _LONGEST
        for target in found:
            links.setdefault(target, words if titled and words else target)
        if line and words and not titled:
            rest.append(line)
    return tuple((title, target) for target, title in links.items()), rest


def _whole(link: str) -> str:
    """A link without the full stop or bracket that a sentence put behind it."""
    link = link.rstrip(".:!?'")
    while link.endswith(")") and link.count(")") > link.count("("):
        link = link[:-1]
    return link

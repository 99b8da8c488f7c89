"""The search line: facets, words and phrases, read from anything a person may type.

``ksb:S6 type:coaching after:2026-03 "data quality" gover``: a known facet with a value it can
take narrows the search, everything else is words. The word still being typed (the last one,
unless a space follows) stands for every word that begins so. ``-word``, ``-"a phrase"`` and
``-type:coaching`` leave out what they would find. No text is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from ksbtui.core.days import add_months, parse_day
from ksbtui.core.frozen import dataclass
from ksbtui.core.text.text import clean
from ksbtui.errors import Unreadable

LONGEST = 500
"""Characters of a search line that are read."""

MOST_WORDS = 24

FACETS = (
    ("ksb", "ksb:S6", "tagged with this KSB (ksb:none: untagged)"),
    ("type", "type:coaching", "of this activity type"),
    ("module", "module:3", "in this module (module:none: in none)"),
    ("after", "after:2026-03", "from this day, month or year on"),
    ("before", "before:2026-03", "earlier than this day, month or year"),
    ("on", "on:mon", "on this day, or in this month or year"),
    ("counted", "counted:no", "that count as training hours, or do not"),
    ("has", "has:evidence", "with evidence, learned, notes or ksbs"),
    ("no", "no:evidence", "without them"),
    ("submitted", "submitted:no", "copied into your e-portfolio, or not yet"),
    ("verified", "verified:yes", "that somebody verified, or not"),
    ("private", "private:yes", "kept private, or not"),
    ("rule", "rule:paid-hours", "that fail this rule first"),
)
"""Every facet with an example and what it asks for, as the screens and the help explain it."""

PARTS = ("evidence", "learned", "notes", "ksbs")

LEAVE_OUT = ("-draft", "without this word, phrase or facet")
"""The same for what is left out."""

_PIECE = re.compile(r'(?:(?<!\S)(-)(?=["\w]))?(?:([A-Za-z]+):)?(?:"([^"]*)("?)|(\S+))')
_CODE = re.compile(r"([KSBksb])0*([0-9]{1,4})")
_YEAR_MONTH = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?")
_ANSWERS = {"yes": True, "y": True, "no": False, "n": False}
_PUNCTUATION = set("'\"’‘“”.,;:!?()[]{}<>-–—/\\…_|`")


@dataclass(frozen=True, slots=True)
class Word:
    """One word or phrase: ``tokens`` as they are indexed, folded; ``raw`` as typed.

    ``prefix``: the last token may go on. ``literal``: the text must also hold ``raw`` itself,
    for signs (``c++``, ``*``, emoji) and for scripts written without spaces.
    """

    raw: str
    tokens: tuple[str, ...]
    prefix: bool = False
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What a search line asks for; empty fields ask for nothing."""

    words: tuple[Word, ...] = ()
    ksbs: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    module: int | None = None
    since: date | None = None
    until: date | None = None
    """Both inclusive."""
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    """Of :data:`PARTS`, and ``module``."""
    counted: bool | None = None
    submitted: bool | None = None
    verified: bool | None = None
    private: bool | None = None
    rule: str = ""
    without: tuple[Query, ...] = ()
    """What is left out: of each, one word or facet."""


def parse_query(text: str, today: date) -> Query:
    """Read a search line; whatever is no facet is words."""
    text = clean(text)[:LONGEST]
    query = Query()
    words: list[Word] = []
    for piece in _PIECE.finditer(text):
        minus, name, phrase, closing, bare = piece.groups()
        value = phrase if bare is None else bare
        base = Query() if minus else query
        narrowed = _narrowed(base, (name or "").lower(), value, today) if name and value else None
        still_typed = piece.end() == len(text) and not closing
        if minus:
            left = narrowed or Query(
                words=tuple(_words(f"{name}:{value}" if name else value, still_typed))
            )
            if left != Query() and len(query.without) < MOST_WORDS:
                query = replace(query, without=(*query.without, left))
        elif narrowed is not None:
            query = narrowed
        else:
            words.extend(_words(f"{name}:{value}" if name else value, still_typed))
    return replace(query, words=tuple(words[:MOST_WORDS]))


def _words(raw: str, prefix: bool) -> list[Word]:
    found = tuple(folded(token) for token in tokens(raw))
    spaceless = any(_spaceless(char) for char in raw)
    signs = any(not (_in_token(c) or c in _PUNCTUATION or c.isspace()) for c in raw)
    if spaceless:
        return [Word(part, (), literal=True) for part in raw.split()]
    if not raw.strip():
        return []
    return [Word(raw, found, prefix and bool(found), literal=signs or not found)]


def _in_token(char: str) -> bool:
    return char.isalnum() or "\u0300" <= char <= "\u036f"


def _spaceless(char: str) -> bool:
    """Whether a letter belongs to a script that sets no space between words (CJK, Thai …)."""
    return char.isalpha() and (
        "\u0e00" <= char <= "\u0eff"
        or "\u1000" <= char <= "\u109f"
        or "\u1780" <= char <= "\u17ff"
        or "\u2e80" <= char <= "\ua4cf"
        or "\uf900" <= char <= "\ufaff"
        or char >= "\U00020000"
    )


_TOKEN = re.compile("(?:[^\\W_]|[\u0300-\u036f])+")


def tokens(text: str) -> list[str]:
    """The words of a text as they stand in it, without signs."""
    return _TOKEN.findall(text)


def folded(token: str) -> str:
    """A word without case and accents, as the index compares it."""
    if token.isascii():
        return token.lower()
    from unicodedata import combining, normalize

    return "".join(c for c in normalize("NFKD", token.lower()) if not combining(c))


def _narrowed(query: Query, name: str, value: str, today: date) -> Query | None:
    """The query with one facet more, or None where it is no facet or takes no such value."""
    if name in ("counted", "submitted", "verified", "private"):
        answer = _ANSWERS.get(value.lower())
        return None if answer is None else _with(query, **{name: answer})
    if name in ("after", "before", "on"):
        return _dated(query, name, value, today)
    return _FACET_READERS[name](query, value) if name in _FACET_READERS else None


def _ksb(query: Query, value: str) -> Query | None:
    if value.lower() == "none":
        return replace(query, lacks=(*query.lacks, "ksbs"))
    codes = []
    for part in value.split(","):
        match = _CODE.fullmatch(part)
        if match is None:
            return None
        codes.append(f"{match[1].upper()}{int(match[2])}")
    return replace(query, ksbs=(*query.ksbs, *codes))


def _type(query: Query, value: str) -> Query | None:
    kinds = tuple(part.lower() for part in value.split(",") if part)
    return replace(query, types=(*query.types, *kinds)) if kinds else None


def _module(query: Query, value: str) -> Query | None:
    if value.lower() == "none":
        return replace(query, lacks=(*query.lacks, "module"))
    return replace(query, module=int(value)) if re.fullmatch("[0-9]{1,3}", value) else None


def _has(query: Query, value: str) -> Query | None:
    part = _part(value)
    return replace(query, has=(*query.has, part)) if part else None


def _no(query: Query, value: str) -> Query | None:
    part = _part(value)
    return replace(query, lacks=(*query.lacks, part)) if part else None


def _rule(query: Query, value: str) -> Query | None:
    return replace(query, rule=value.lower()) if re.fullmatch("[a-zA-Z-]+", value) else None


def _part(value: str) -> str:
    return next((p for p in PARTS if value.lower() in (p, p.removesuffix("s"))), "")


_FACET_READERS: dict[str, Callable[[Query, str], Query | None]] = {
    "ksb": _ksb,
    "type": _type,
    "module": _module,
    "has": _has,
    "no": _no,
    "rule": _rule,
}


def _with(query: Query, **values: Any) -> Query:
    return replace(query, **values)


def _dated(query: Query, name: str, value: str, today: date) -> Query | None:
    span = _period(value, today)
    if span is None:
        return None
    first, last = span
    if name in ("after", "on"):
        query = replace(query, since=max(first, query.since or first))
    if name == "before" and first == date.min:
        return None
    until = last if name == "on" else first - timedelta(days=1)
    if name in ("before", "on"):
        query = replace(query, until=min(until, query.until or until))
    return query


def _period(value: str, today: date) -> tuple[date, date] | None:
    """First and last day of a year, a month or a day as people write it."""
    match = _YEAR_MONTH.fullmatch(value)
    try:
        if match is not None:
            first = date(int(match[1]), int(match[2] or 1), 1)
            return first, add_months(first, 1 if match[2] else 12) - timedelta(days=1)
        day = parse_day(value, today)
    except (Unreadable, ValueError, OverflowError):
        return None
    return day, day

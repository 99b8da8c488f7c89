"""The search line: facets, words and phrases, read from anything a person may type.

``ksb:S6 type:coaching after:2026-03 "data quality" gover``: a known facet with a value it can
take narrows the search, everything else is words. The word still being typed (the last one,
unless a space follows) stands for every word that begins so. ``-word``, ``-"a phrase"`` and
``-type:coaching`` leave out what they would find. No text is refused.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from ksbtui.core.days import ONE_DAY, add_months, parse_day
from ksbtui.core.frozen import dataclass
from ksbtui.core.text.text import clean
from ksbtui.errors import Unreadable

LONGEST = 500
"""Characters of a search line that are read."""

MOST_WORDS = 24

FACETS = (
    ("ksb", "ksb:S6", "tagged with this KSB (ksb:none: untagged)"),
    ("type", "type:coaching", "of this activity type"),
    ("module", "module:3", "in this module (module:none: without a module)"),
    ("after", "after:2026-03", "from this day, month or year on"),
    ("before", "before:2026-03", "earlier than this day, month or year"),
    ("on", "on:mon", "on this day, or in this month or year"),
    ("counted", "counted:no", "that count as training hours, or do not"),
    ("has", "has:evidence", "with evidence, learned, notes or ksbs"),
    ("no", "no:evidence", "without them"),
    ("submitted", "submitted:no", "copied into your e-portfolio, or not yet"),
    ("verified", "verified:yes", "verified by somebody, or not"),
    ("private", "private:yes", "kept private, or not"),
    ("rule", "rule:paid-hours", "that do not count because of this rule"),
)
"""Every facet with an example and what it asks for, as the screens and the help explain it."""

PARTS = ("evidence", "learned", "notes", "ksbs")

LEAVE_OUT = ("-draft", "without this word, phrase or facet")
"""The same for what is left out."""

# Kept as texts: re compiles and remembers each when it is first tried.
_PIECE = r'(?:(?<!\S)(-)(?=["\w]))?(?:([A-Za-z]+):)?(?:"([^"]*)("?)|(\S+))'
_CODE = r"([KSBksb])0*([0-9]{1,4})"
_YEAR_MONTH = r"([0-9]{4})(?:-([0-9]{1,2}))?"
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
    for piece in re.finditer(_PIECE, text):
        minus, name, phrase, closing, bare = piece.groups()
        value = phrase if bare is None else bare
        base = Query() if minus else query
        narrowed = _narrowed(base, name.lower(), value, today) if name and value else None
        still_typed = piece.end() == len(text) and not closing
        typed = _words(f"{name}:{value}" if name else value, still_typed)
        if minus:
            left = narrowed or Query(words=tuple(typed))
            if left != Query() and len(query.without) < MOST_WORDS:
                query = replace(query, without=(*query.without, left))
        elif narrowed is not None:
            query = narrowed
        else:
            words.extend(typed)
    return replace(query, words=tuple(words[:MOST_WORDS]))


def _words(raw: str, prefix: bool) -> list[Word]:
    if any(_spaceless(char) for char in raw):
        return [Word(part, (), literal=True) for part in raw.split()]
    if not raw.strip():
        return []
    indexed = tuple(folded(token) for token in tokens(raw))
    signs = any(
        not (c.isalnum() or "\u0300" <= c <= "\u036f" or c in _PUNCTUATION or c.isspace())
        for c in raw
    )
    return [Word(raw, indexed, prefix and bool(indexed), literal=signs or not indexed)]


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


TOKEN = re.compile("(?:[^\\W_]|[\u0300-\u036f])+")


def tokens(text: str) -> list[str]:
    """The words of a text as they stand in it, without signs."""
    return TOKEN.findall(text)


def folded(token: str) -> str:
    """A word without case and accents, as the index compares it."""
    if token.isascii():
        return token.lower()
    # deferred: only a search for accented words needs it
    from unicodedata import combining, normalize

    return "".join(c for c in normalize("NFKD", token.lower()) if not combining(c))


def _narrowed(query: Query, name: str, value: str, today: date) -> Query | None:
    """The query with one facet more, or None where it is no facet or takes no such value."""
    fields = _asked(name, value, today)
    for field, new in fields.items():
        before = getattr(query, field)
        if isinstance(new, tuple):
            fields[field] = (*before, *new)
        elif before and field in ("since", "until"):
            fields[field] = max(before, new) if field == "since" else min(before, new)
    return replace(query, **fields) if fields else None


def _asked(name: str, value: str, today: date) -> dict[str, Any]:
    """What a facet asks for, by the field of a query; empty for none, or one it cannot take."""
    plain = value.lower()
    match name:
        case "counted" | "submitted" | "verified" | "private":
            return {name: _ANSWERS[plain]} if plain in _ANSWERS else {}
        case "ksb" | "module" if plain == "none":
            return {"lacks": ("ksbs" if name == "ksb" else name,)}
        case "ksb":
            codes = [re.fullmatch(_CODE, part) for part in value.split(",")]
            normal = tuple(f"{code[1].upper()}{int(code[2])}" for code in codes if code)
            return {"ksbs": normal} if all(codes) else {}
        case "type" if kinds := tuple(part for part in plain.split(",") if part):
            return {"types": kinds}
        case "module" if re.fullmatch("[0-9]{1,3}", value):
            return {name: int(value)}
        case "has" | "no":
            parts = tuple(part for part in PARTS if plain in (part, part.removesuffix("s")))
            return {"has" if name == "has" else "lacks": parts} if parts else {}
        case "rule" if re.fullmatch("[a-zA-Z-]+", value):
            return {name: plain}
        case "after" | "before" | "on" if span := _period(value, today):
            return _days(name, *span)
    return {}


def _days(name: str, first: date, last: date) -> dict[str, Any]:
    if name == "on":
        return {"since": first, "until": last}
    if name == "after":
        return {"since": first}
    return {"until": first - ONE_DAY} if first > date.min else {}


def _period(value: str, today: date) -> tuple[date, date] | None:
    """First and last day of a year, a month or a day as people write it."""
    match = re.fullmatch(_YEAR_MONTH, value)
    try:
        if match is not None:
            first = date(int(match[1]), int(match[2] or 1), 1)
            return first, add_months(first, 1 if match[2] else 12) - ONE_DAY
        day = parse_day(value, today)
    except (Unreadable, ValueError, OverflowError):
        return None
    return day, day

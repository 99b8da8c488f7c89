"""Making a learner's text harmless where a format would run, reject or misread it."""

from __future__ import annotations

import re
import unicodedata

from ksbtui.core.text.text import printable

_STARTS = tuple("=+-@＝＋－＠")
_TAGS = re.compile(r"<(?=[A-Za-z/!?])")
_SCRIPTS = re.compile(r"\](?=\(\s*(?:javascript|vbscript|data):)", re.IGNORECASE)
_OUTSIDE = re.compile(r"[^A-Za-z0-9]+")


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, even once saved again as CSV.

    An apostrophe goes before ``= + - @`` (their wide forms too), also behind white space or
    another apostrophe, so that taking one away again gives the text.
    """
    risky = text.lstrip("' \t\r\n").startswith(_STARTS) or text.startswith(("\t", "\r"))
    return f"'{text}" if risky else text


def markdown_text(text: str) -> str:
    """Markdown as typed, but for what a browser would run: tags and script links show as text."""
    return _SCRIPTS.sub(r"\\]", _TAGS.sub(r"\\<", printable(text)))


def slug(text: str, most: int = 48) -> str:
    """A part of a file name from a title: letters, digits and dashes only, never empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = _OUTSIDE.sub("-", plain).strip("-").lower()
    if len(words) > most:
        words = words[:most].rsplit("-", 1)[0] or words[:most]
    return words or "entry"

"""Making a learner's text harmless where a format would run, reject or misread it."""

from __future__ import annotations

import re
import unicodedata

_STARTS = tuple("=+-@＝＋－＠")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_OUTSIDE = re.compile(r"[^A-Za-z0-9]+")


def harmless_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, even once saved again as CSV.

    An apostrophe goes before ``= + - @`` (their wide forms too), also behind white space.
    """
    risky = text.lstrip().startswith(_STARTS) or text.startswith(("\t", "\r"))
    return f"'{text}" if risky else text


def printable(text: str) -> str:
    """The text without control characters, which XML and spreadsheets refuse."""
    return _CONTROLS.sub("", text)


def slug(text: str, most: int = 48) -> str:
    """A part of a file name from a title: letters, digits and dashes only, never empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = _OUTSIDE.sub("-", plain).strip("-").lower()
    if len(words) > most:
        words = words[:most].rsplit("-", 1)[0] or words[:most]
    return words or "entry"

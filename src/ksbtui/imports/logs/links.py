"""Links in a column for evidence, apart from the words beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable

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

"""Where a text matches a search: spans to show, and a piece of the text cut around the first.

The index compares stems, so the caller may give a stemmer; without one, words match that are
equal or, for the word still being typed, begin so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ksbtui.core.text.query import Query, Word, folded
from ksbtui.core.text.terms import Span

Stem = Callable[[str], str]

READ = 20_000
"""Characters of one text that are looked through."""

_TOKEN = re.compile("(?:[^\\W_]|[\u0300-\u036f])+")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text on one line, and where in it the matches stand."""

    text: str
    spans: tuple[Span, ...] = ()


def highlight(text: str, query: Query, stem: Stem | None = None) -> tuple[Span, ...]:
    """The places of a text that the words of a query match, in order, never overlapping."""
    if not query.words or not text:
        return ()
    text = text[:READ]
    tokens = [(folded(match[0]), Span(*match.span())) for match in _TOKEN.finditer(text)]
    found = [span for word in query.words for span in _found(text, tokens, word, stem)]
    return tuple(_merged(sorted(found)))


def snippet(text: str, query: Query, width: int = 80, stem: Stem | None = None) -> Snippet:
    """About ``width`` characters of a text around its first match, or its beginning."""
    spans = highlight(text, query, stem)
    first = max(0, spans[0].start - width // 3) if spans else 0
    if first and (gap := text.rfind(" ", max(0, first - 15), first)) >= 0:
        first = gap + 1
    last = min(len(text), first + width)
    lead = "…" if first else ""
    tail = "…" if last < len(text) else ""
    line = "".join(" " if char in "\r\n\t" else char for char in text[first:last])
    shift = len(lead) - first
    kept = tuple(
        Span(span.start + shift, min(span.end, last) + shift)
        for span in spans
        if first <= span.start < last
    )
    return Snippet(f"{lead}{line}{tail}", kept)


def _found(
    text: str, tokens: list[tuple[str, Span]], word: Word, stem: Stem | None
) -> Iterator[Span]:
    if word.literal:
        for match in re.finditer(re.escape(word.raw), text, re.IGNORECASE):
            yield Span(*match.span())
        return
    wanted = word.tokens
    for at in range(len(tokens) - len(wanted) + 1):
        if all(
            _same(tokens[at + step][0], token, stem, word.prefix and step == len(wanted) - 1)
            for step, token in enumerate(wanted)
        ):
            yield Span(tokens[at][1].start, tokens[at + len(wanted) - 1][1].end)


def _same(found: str, wanted: str, stem: Stem | None, prefix: bool) -> bool:
    if found == wanted or (prefix and found.startswith(wanted)):
        return True
    return stem is not None and found[:1] == wanted[:1] and stem(found) == stem(wanted)


def _merged(spans: list[Span]) -> Iterator[Span]:
    last: Span | None = None
    for span in spans:
        if last is None or span.start >= last.end:
            if last is not None:
                yield last
            last = span
        else:
            last = Span(last.start, max(last.end, span.end))
    if last is not None:
        yield last

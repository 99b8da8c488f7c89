"""Finding as one types: a page of entries for a search line, and where each one matches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from ksbtui.core.entry.entries import Entry, Filter
from ksbtui.core.text.query import Query, Word, folded, parse_query, tokens
from ksbtui.core.text.terms import Snippet, Span, highlight, snippet
from ksbtui.journal.context import Context
from ksbtui.journal.entry.entries import Entries
from ksbtui.store.database import search

SHORTEST_RESPELT = 4
"""Letters of a word from which a near one is looked for."""
CLOSE = 0.72
"""How alike two words must be, of 1 (:mod:`difflib`)."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found; where it matches is worked out when it is shown."""

    entry: Entry
    query: Query

    @property
    def title(self) -> tuple[Span, ...]:
        return highlight(self.entry.title, self.query, stem())

    def snippet(self, width: int = 80) -> Snippet:
        """A piece of the first other text that matches, else the beginning of one."""
        entry = self.entry
        evidence = " · ".join(f"{item.title} {item.note}".strip() for item in entry.evidence)
        texts = [text for text in (entry.learned, entry.notes, evidence) if text]
        cuts = (snippet(text, self.query, width, stem()) for text in texts)
        first = next((cut for cut in cuts if cut.spans), None)
        return first or Snippet(snippet(texts[0], Query(), width).text if texts else "")


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of hits, newest day first; ``total`` is the least it is unless ``exact``."""

    hits: tuple[Hit, ...]
    total: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Respelt:
    """A search line with words the journal does not hold put right: each as typed and as meant."""

    line: str
    words: tuple[tuple[str, str], ...]

    @property
    def said(self) -> str:
        """What was looked for in place of what."""
        return ", ".join(f"{meant}, because no entry has {typed}" for typed, meant in self.words)


class Searching:
    """The search of a journal."""

    def __init__(self, context: Context, entries: Entries) -> None:
        self._context = context
        self._entries = entries
        self._stems: tuple[int, frozenset[str]] = (-1, frozenset())

    def respelt(self, line: str) -> Respelt | None:
        """Put words right that no entry holds, for a search that found nothing.

        None where there is no near word, or nothing is found with it either.
        """
        changed, words = line, []
        for word in parse_query(line, self._context.as_at).words:
            meant = self._near(word)
            if meant and word.raw in changed:
                changed = changed.replace(word.raw, meant, 1)
                words.append((word.raw, meant))
        matches = words and self._entries.find(Filter(search=changed), limit=0).total
        return Respelt(changed, tuple(words)) if matches else None

    def _near(self, word: Word) -> str:
        """The word of the journal that is nearest to one it does not hold; empty for none."""
        # deferred: only words that nothing matches need these
        from difflib import SequenceMatcher, get_close_matches

        if word.literal or len(word.tokens) != 1 or len(word.tokens[0]) < SHORTEST_RESPELT:
            return ""
        typed, stems = word.tokens[0], self._vocabulary()
        if typed in stems or stem()(typed) in stems:
            return ""
        spellings = (typed, stem()(typed))
        near = [s for s in stems if abs(len(s) - len(spellings[1])) <= 2 and not s.isdecimal()]
        close = {
            candidate for by in spellings for candidate in get_close_matches(by, near, 4, CLOSE)
        }

        near_words = {full for candidate in close if (full := self._in_full(candidate))}
        return max(
            near_words, key=lambda w: (SequenceMatcher(None, typed, w).ratio(), w), default=""
        )

    def _in_full(self, stemmed: str) -> str:
        """A word of some entry that has this stem; empty if there is none near the top."""
        for entry in self._entries.find(Filter(search=stemmed), 5).entries:
            for word in tokens(" ".join((entry.title, entry.notes, entry.learned))):
                if stem()(folded(word)) == stemmed:
                    return word.lower()
        return ""

    def _vocabulary(self) -> frozenset[str]:
        if self._stems[0] != self._context.revision and self._context.exists:
            with self._context.store.guarded() as connection:
                self._stems = (self._context.revision, search.vocabulary(connection))
        return self._stems[1]

    def find(self, line: str, limit: int = 50, offset: int = 0) -> Hits:
        query = parse_query(line, self._context.as_at)
        page = self._entries.find(Filter(search=line), limit, offset, count=False)
        return Hits(tuple(Hit(e, query) for e in page.entries), page.total, page.exact)


@cache
def stem() -> Callable[[str], str]:
    """The stemmer of the index (Porter's), loaded when a match is first shown."""
    from snowballstemmer import stemmer

    return cache(stemmer("porter").stemWord)

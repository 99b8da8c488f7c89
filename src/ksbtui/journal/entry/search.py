"""Finding as one types: a page of entries for a search line, and where each one matches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from ksbtui.core.entry.entries import Entry
from ksbtui.core.text.highlight import Snippet, highlight, snippet
from ksbtui.core.text.query import Query, parse_query
from ksbtui.core.text.terms import Span
from ksbtui.journal.context import Context
from ksbtui.journal.entry.entries import Entries, Filter


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found; where it matches is worked out when it is shown."""

    entry: Entry
    query: Query

    @property
    def title(self) -> tuple[Span, ...]:
        """Where the title matches."""
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


class Searching:
    """The search of a journal."""

    def __init__(self, context: Context, entries: Entries) -> None:
        self._context = context
        self._entries = entries

    def find(self, line: str, limit: int = 50, offset: int = 0) -> Hits:
        """A page of what a search line finds; quick at any size, for every keystroke."""
        query = parse_query(line, self._context.as_at)
        found = self._entries.find(Filter(search=line), limit, offset, count=False)
        return Hits(tuple(Hit(e, query) for e in found.entries), found.total, found.exact)


@cache
def stem() -> Callable[[str], str]:
    """The stemmer of the index (Porter's), loaded when a match is first shown."""
    from snowballstemmer import stemmer

    return cache(stemmer("porter").stemWord)

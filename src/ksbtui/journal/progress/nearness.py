"""What comes close to a KSB in words: entries not tagged with it, and another standard's KSB."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from ksbtui.core.coverage.coverage import Coverage
from ksbtui.core.coverage.term_index import Index
from ksbtui.core.programme.programmes import Course
from ksbtui.core.programme.standards import Standard
from ksbtui.core.programme.versions import CLOSE as CLOSE_STATEMENTS
from ksbtui.core.programme.versions import compare_standards
from ksbtui.core.text.terms import Reader
from ksbtui.journal.context import Context
from ksbtui.journal.progress.progress import Progress
from ksbtui.store.database import rows
from ksbtui.store.seed import seeds

NEWEST = 300
"""So many of the newest entries are compared, to bound the time."""
CLOSE = 0.08
"""Least cosine of an entry with a statement (the band ``likely`` of the suggester)."""


@dataclass(frozen=True, slots=True)
class NearEntry:
    """An entry's words and tags, as far as nearness needs them."""

    id: str
    day: date
    title: str
    text: str
    ksbs: tuple[str, ...]


def newest_texts(context: Context) -> tuple[NearEntry, ...]:
    """Read the newest entries of the present enrolment."""
    with context.store.guarded() as connection:
        enrolment, public = context.enrolled.enrolment.id, context.hides_private
        texts = rows.texts(connection, enrolment, NEWEST, public=public)
    return tuple(
        NearEntry(id, day, title, "\n".join((title, notes, learned)), codes)
        for id, day, title, notes, learned, codes in texts
    )


class Nearness:
    """Entries as vectors of terms. Building takes some time and no journal: use a thread.

    Texts that an earlier one has read are not read again.
    """

    def __init__(self, entries: Iterable[NearEntry], earlier: Nearness | None = None) -> None:
        self._entries = {entry.id: entry for entry in entries}
        self._reader: Reader = (
            earlier._reader if earlier else Reader(seeds.stem, seeds.thesaurus(), seeds.stems())
        )
        known = earlier._read if earlier else {}
        texts = {entry.text for entry in self._entries.values()}
        self._read: dict[str, Counter[str]] = {
            text: known.get(text) or self._reader.counts(text) for text in texts
        }
        self._index = Index({id: self._read[entry.text] for id, entry in self._entries.items()})

    def near(self, code: str, statement: str, most: int = 3) -> tuple[NearEntry, ...]:
        """Give the entries closest to a statement that do not carry its code, closest first."""
        scores = self._index.scores(self._index.query(self._reader.counts(statement)))
        near = [
            (score, self._entries[id])
            for id, score in scores.items()
            if score >= CLOSE and code not in self._entries[id].ksbs
        ]
        near.sort(key=lambda pair: (-pair[0], -pair[1].day.toordinal(), pair[1].id))
        return tuple(entry for _, entry in near[:most])


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest statement of a standard the learner was on before, and how it stands there."""

    ref: str
    code: str
    state: str
    statement: str
    similarity: float


class Earlier:
    """The newest other standard of this journal, to compare with; none for most learners."""

    def __init__(self, context: Context, progress: Progress) -> None:
        self._progress = progress
        present = context.enrolled
        self._standard: Standard = present.standard
        others = [
            course for course in context.courses if course.standard.ref != present.standard.ref
        ]
        self._other: Course | None = others[-1] if others else None

    @cached_property
    def _coverage(self) -> Coverage:
        assert self._other is not None, "asked for only where there is another"
        return self._progress.view_of(self._other).coverage

    def nearest(self, code: str) -> Nearest | None:
        """Give the other standard's nearest statement, if it is worth reading side by side."""
        ksb = self._standard.ksb(code)
        if self._other is None or ksb is None:
            return None
        (pair,) = compare_standards(replace(self._standard, ksbs=(ksb,)), self._other.standard)
        if pair.b is None or pair.similarity < CLOSE_STATEMENTS:
            return None
        there = self._coverage.ksb(pair.b)
        if there is None:
            return None
        ref = self._other.standard.ref
        return Nearest(ref, pair.b, there.state, there.statement, pair.similarity)

"""From text to terms, and where a text matches a search.

A term is a stem ("test"), a pair of neighbouring stems ("user guid") or an idea of the thesaurus
("§resources"). Terms keep their spans, so that a suggestion can point at the learner's own words.

A search compares stems as the index does, if the caller has a stemmer; without one, words match
that are equal or, for the word still being typed, begin so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ksbtui.core.text.query import TOKEN, Query, Word, folded

TEXT_LIMIT = 20_000
"""Characters of a text that are read (some 3,500 words); the rest is left out to bound the time."""

SENTENCE_LIMIT = 400
"""Characters after which a sentence without an end is cut, so that it can be shown."""

IDEA = "§"
"""First character of a term that stands for an idea of the thesaurus; no word holds it."""

_STOP_WORDS = """
a about after all also although am an and any are aren as at be because been before being but by
can cannot could couldn d did didn do does doesn doing don done down during each for from further
had hadn has hasn have haven having he her here hers herself him himself his how i if in into is
isn it its itself just ll m me more most my myself no nor not now of off on once only or other our
ours out over own re s same she should shouldn so some such t than that the their theirs them
themselves then there these they this those through to too under until up ve very was wasn we were
weren what when where which while who whom why will with won would wouldn you your yours
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())

_WEAK_WORDS = """
able appropriate approach ask asked day different end etc example find first found gave get give
go going good got help helped include including know last learn learned learnt like look lot made
make many method month much need needed new next one part people principle put range really
relevant show start support take team thing think thought three time today took two understand
understanding understood use used using various want way week well went work worked working year
"""
WEAK_WORDS = frozenset(_WEAK_WORDS.split())
"""Words that any entry and many statements hold: alone they are no reason for a suggestion."""

_EVERYDAY_WORDS = """
act arrived asleep bath bed birthday bite book booked both break breakfast bring broke bus busy
buy cake call called car cards cat chair chat chatted chores clean cleaned cleaning clear cleared
clearing close closed coffee cold colleague colleagues commute cook cooked cup deliveries delivery
dentist desk desks dinner discuss discussed dog door drink drive drove early easy eat email emails
evening exercise exercises expenses family fell fill filled film finish finished fit floor food
football free friend friends fun game garden gym half heating holiday home hour hours house inbox
involved journey kids kitchen late leave left lift light listen listened long lunch managed meal
mess message messages mind minutes missed moved moving music nice night non old online open opened
order ordered orders outside paper park parked parties party pass phone picked pizza place play
played post quick quiet rain rained rather read ready rest room round run running school screen
second sent shop shopping short shut simple sit sleep slept small snow sort sorted spent stay step
steps store story sun table tea third tidied tidy tired town train trains travel travelled trip
turn turned visit visited wait waited walk walked walking wash watch watched wear weather weekend
wet wrong
"""
EVERYDAY_WORDS = frozenset(_EVERYDAY_WORDS.split())
"""Words as written that mean something else outside work ("train", "party"): likewise no reason."""

_LETTERS = 3
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9+#'’]*")
_SENTENCE_END = re.compile(r"[.!?]+(?=\s)|[\r\n]+|(?<=\s)[-*•]+(?=\s)")


class Span(NamedTuple):
    """A piece of a text: from `start` up to, not including, `end`, in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: where it stands, and every term in it with its spans, in order of writing."""

    span: Span
    terms: Mapping[str, tuple[Span, ...]]

    def counts(self) -> Counter[str]:
        """Return how often each term occurs."""
        return Counter({term: len(spans) for term, spans in self.terms.items()})


class Reader:
    """Reads texts into sentences of terms, with one stemmer (cached) and one thesaurus.

    `stem` gives the stem of a lower-case English word. `thesaurus` maps the name of an idea to the
    words and phrases that speak of it. `stems` are stems known beforehand, which saves time.
    """

    def __init__(
        self,
        stem: Callable[[str], str],
        thesaurus: Mapping[str, Sequence[str]] | None = None,
        stems: Mapping[str, str] | None = None,
    ) -> None:
        self._stem = stem
        self._stems = dict(stems or {})
        self._words: dict[str, tuple[str, bool]] = {}
        # by the first letters, which stemming keeps: phrases are stemmed when a text comes near
        self._unread: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for idea, phrases in (thesaurus or {}).items():
            for phrase in phrases:
                words = tuple(_WORD.findall(phrase.lower()))
                if words:
                    self._unread.setdefault(words[0][:_LETTERS], []).append((words, IDEA + idea))
        self._not_telling = STOP_WORDS | {self._stem_of(word) for word in WEAK_WORDS}

    def telling(self, text: str) -> set[str]:
        """Return the stems of the words of a text that say something of their own."""
        words = (match[0].lower() for match in _WORD.finditer(text))
        stems = {self._stem_of(word) for word in words if word not in EVERYDAY_WORDS}
        return stems - self._not_telling

    def _stem_of(self, word: str) -> str:
        """Return the stem of a lower-case word, worked out once; a stop word is its own."""
        stem = self._stems.get(word)
        if stem is None:
            stem = self._stems[word] = word if word in STOP_WORDS else self._stem(word)
        return stem

    def _phrases_from(self, stem: str) -> Sequence[tuple[tuple[str, ...], str]]:
        """Return the phrases of the thesaurus that start with a stem, each with its idea."""
        for words, idea in self._unread.pop(stem[:_LETTERS], ()):
            stems = tuple(self._stem_of(word) for word in words)
            known = self._phrases.setdefault(stems[0], [])
            if (stems, idea) not in known:
                known.append((stems, idea))
        return self._phrases.get(stem, ())

    def read(self, text: str) -> tuple[Sentence, ...]:
        """Return the sentences of the first 20,000 characters that hold at least one term."""
        sentences = (self._sentence(text, span) for span in sentence_spans(text[:TEXT_LIMIT]))
        return tuple(sentence for sentence in sentences if sentence.terms)

    def counts(self, text: str) -> Counter[str]:
        """Return how often each term occurs in the first 20,000 characters."""
        total: Counter[str] = Counter()
        for span in sentence_spans(text[:TEXT_LIMIT]):
            words = [self._read_word(word) for word in _WORD.findall(text, span.start, span.end)]
            total.update([term for term, _, _ in self._terms(words)])
        return total

    def _sentence(self, text: str, span: Span) -> Sentence:
        matches = list(_WORD.finditer(text, span.start, span.end))
        words = [self._read_word(match[0]) for match in matches]
        terms: dict[str, list[Span]] = {}
        for term, first, last in self._terms(words):
            place = Span(matches[first].start(), matches[last].end())
            terms.setdefault(term, []).append(place)
        return Sentence(span, {term: tuple(spans) for term, spans in terms.items()})

    def _read_word(self, word: str) -> tuple[str, bool]:
        """Return the stem of a word as written, and whether it is a stop word."""
        known = self._words.get(word)
        if known is None:
            # "don't", "it's": what stands before the apostrophe decides
            bare = word.lower().replace("’", "'").split("'", 1)[0]
            known = self._words[word] = self._stem_of(bare), bare in STOP_WORDS
        return known

    def _terms(self, words: Sequence[tuple[str, bool]]) -> Iterator[tuple[str, int, int]]:
        """Yield each term of a sentence with its first and its last word, in order of writing."""
        before = -1
        for at, (stem, stop) in enumerate(words):
            for phrase, idea in self._phrases_from(stem):
                end = at + len(phrase)
                if phrase == tuple([word[0] for word in words[at:end]]):
                    yield idea, at, end - 1
            if stop:
                continue
            yield stem, at, at
            if before >= 0:
                yield f"{words[before][0]} {stem}", before, at
            before = at


def sentence_spans(text: str) -> Iterator[Span]:
    """Yield where each sentence, line or list item stands, trimmed, none longer than 400."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield from _cut(text, start, match.end())
        start = match.end()
    yield from _cut(text, start, len(text))


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = end
        if end - start > SENTENCE_LIMIT:
            space = text.rfind(" ", start + 1, start + SENTENCE_LIMIT)
            stop = space if space > start else start + SENTENCE_LIMIT
        piece = text[start:stop]
        left = len(piece) - len(piece.lstrip())
        trimmed = piece.strip()
        if trimmed:
            yield Span(start + left, start + left + len(trimmed))
        start = stop


Stem = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text on one line, and where in it the matches stand."""

    text: str
    spans: tuple[Span, ...] = ()


def highlight(text: str, query: Query, stem: Stem | None = None) -> tuple[Span, ...]:
    """The places of a text that the words of a query match, in order, never overlapping."""
    if not query.words or not text:
        return ()
    text = text[:TEXT_LIMIT]
    tokens = [(folded(match[0]), Span(*match.span())) for match in TOKEN.finditer(text)]
    spans: list[Span] = []
    for span in sorted(
        match for word in query.words for match in _matches(text, tokens, word, stem)
    ):
        if spans and span.start < spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(spans[-1].end, span.end))
        else:
            spans.append(span)
    return tuple(spans)


def snippet(text: str, query: Query, width: int = 80, stem: Stem | None = None) -> Snippet:
    """About ``width`` characters of a text around its first match, or its beginning."""
    spans = highlight(text, query, stem)
    first = max(0, spans[0].start - width // 3) if spans else 0
    if first and (gap := text.rfind(" ", max(0, first - 15), first)) >= 0:
        first = gap + 1
    last = min(len(text), first + width)
    lead, tail = "…" if first else "", "…" if last < len(text) else ""
    line = "".join(" " if char in "\r\n\t" else char for char in text[first:last])
    shift = len(lead) - first
    shown = tuple(
        Span(span.start + shift, min(span.end, last) + shift)
        for span in spans
        if first <= span.start < last
    )
    return Snippet(f"{lead}{line}{tail}", shown)


def _matches(
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


def _same(token: str, wanted: str, stem: Stem | None, prefix: bool) -> bool:
    if token == wanted or (prefix and token.startswith(wanted)):
        return True
    return stem is not None and token[:1] == wanted[:1] and stem(token) == stem(wanted)
